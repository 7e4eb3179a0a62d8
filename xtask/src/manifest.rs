//! `wasm-pack.toml`, the build manifest: its head says what it is for.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::features::Feature;
use crate::patched::Patch;
use crate::version::Version;

/// The name of the file, at the repository's root.
pub const FILE: &str = "wasm-pack.toml";

/// The whole manifest.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Versions of the tools.
    pub tools: Tools,
    /// The script that a page embeds.
    pub loader: Loader,
    /// What is compiled to WebAssembly.
    pub wasm: Wasm,
    /// What the widget can do, to be told what each costs.
    #[serde(default)]
    pub features: Vec<Feature>,
}

/// Versions of the tools, pinned so that every machine builds the same bytes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tools {
    wasm_pack: String,
    wasm_bindgen: String,
    node: String,
    geckodriver: String,
    mdbook: String,
}

/// The script that a page embeds.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Loader {
    /// The path from the root.
    pub source: String,
    /// The most it may weigh, in bytes after brotli 11.
    pub budget: usize,
}

/// Every module there is.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wasm {
    /// The widget.
    pub widget: Artefact,
}

/// One WebAssembly module.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Artefact {
    /// The cargo package.
    pub package: String,
    /// Where it is, as a path from the root.
    pub folder: String,
    /// The stem of the files that wasm-pack writes.
    pub out_name: String,
    /// The cargo profile.
    pub profile: String,
    /// The settings of that profile, as Cargo.toml has them; here to be read beside the budget.
    #[cfg_attr(not(test), expect(dead_code, reason = "the tidy test compares it"))]
    pub settings: toml::Table,
    /// How the standard library is compiled, when the profile is `profile`.
    pub standard_library: StandardLibrary,
    /// Crates that are compiled with a change, when the profile is `profile`.
    #[serde(default)]
    pub patches: Vec<Patch>,
    /// The arguments of wasm-opt.
    pub wasm_opt: Vec<String>,
    /// The most that module and glue may weigh together, in bytes after brotli 11.
    pub budget: usize,
    /// Crates of which no code may be in the module.
    pub forbidden: Vec<String>,
}

/// The standard library, compiled with the artefact instead of taken as rustup brings it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StandardLibrary {
    /// Its crates.
    pub crates: Vec<String>,
    /// Their features.
    pub features: Vec<String>,
    /// The compiler's arguments, for the artefact as well.
    pub rustflags: Vec<String>,
}

impl StandardLibrary {
    /// The arguments of cargo.
    pub fn arguments(&self) -> [String; 2] {
        [
            format!("-Zbuild-std={}", self.crates.join(",")),
            format!("-Zbuild-std-features={}", self.features.join(",")),
        ]
    }

    /// The environment of cargo: the flags in the form that beats every other way to set them, and
    /// the leave for a stable toolchain to take options that are not stable.
    pub fn environment(&self) -> [(&'static str, String); 2] {
        [
            ("CARGO_ENCODED_RUSTFLAGS", self.rustflags.join("\x1f")),
            ("RUSTC_BOOTSTRAP", "1".to_owned()),
        ]
    }
}

impl Manifest {
    /// Reads the manifest of the checkout.
    pub fn read(root: &Path) -> Result<Self> {
        let path = root.join(FILE);
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        Self::parse(&text)
    }

    fn parse(text: &str) -> Result<Self> {
        let manifest: Self = toml::from_str(text).context(FILE)?;
        // A bad version is to be found when the file is read, not when a tool is needed.
        manifest.tools.wasm_pack()?;
        manifest.tools.wasm_bindgen()?;
        manifest.tools.node()?;
        Ok(manifest)
    }
}

impl Tools {
    /// The version of wasm-pack.
    pub fn wasm_pack(&self) -> Result<Version> {
        self.wasm_pack
            .parse()
            .context("wasm-pack.toml: tools.wasm-pack")
    }

    /// The version of wasm-bindgen and its command-line tool.
    pub fn wasm_bindgen(&self) -> Result<Version> {
        self.wasm_bindgen
            .strip_prefix('=')
            .with_context(|| format!("`{}` must begin with `=`: only the very version of the crate can read its output", self.wasm_bindgen))
            .and_then(str::parse)
            .context("wasm-pack.toml: tools.wasm-bindgen")
    }

    /// The oldest Node.js that will do.
    pub fn node(&self) -> Result<Version> {
        self.node.parse().context("wasm-pack.toml: tools.node")
    }

    /// The version of geckodriver.
    pub fn geckodriver(&self) -> Result<Version> {
        self.geckodriver
            .parse()
            .context("wasm-pack.toml: tools.geckodriver")
    }

    /// The version of mdBook.
    pub fn mdbook(&self) -> Result<Version> {
        self.mdbook.parse().context("wasm-pack.toml: tools.mdbook")
    }
}

#[cfg(test)]
impl Artefact {
    /// The table of `[package.metadata.wasm-pack.profile]` that wasm-pack reads for this profile:
    /// it knows three by name, and takes `custom` for every other.
    pub fn metadata_profile(&self) -> &str {
        match self.profile.as_str() {
            "dev" | "profiling" | "release" => &self.profile,
            _ => "custom",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        [tools]
        wasm-pack = "0.15.1"
        wasm-bindgen = "=0.2.130"
        node = "20.0.0"
        geckodriver = "0.37.1"
        mdbook = "0.5.4"
        [loader]
        source = "www/headstart.js"
        budget = 2_000
        [wasm.widget]
        package = "headstart"
        folder = "crates/standalone"
        out-name = "headstart"
        profile = "release"
        settings = { opt-level = "z", codegen-units = 1 }
        standard-library = { crates = ["std", "panic_abort"], features = ["f"], rustflags = ["-Zx", "-Cy"] }
        wasm-opt = ["-Oz"]
        budget = 100_000
        forbidden = ["regex"]
    "#;

    #[test]
    fn a_manifest_has_tools_and_artefacts_with_budgets() {
        let manifest = Manifest::parse(SMALL).expect("a manifest");
        assert_eq!(
            manifest
                .tools
                .wasm_bindgen()
                .expect("a version")
                .to_string(),
            "0.2.130"
        );
        assert_eq!(manifest.loader.budget, 2000);
        assert_eq!(manifest.wasm.widget.wasm_opt, ["-Oz"]);
        assert_eq!(manifest.wasm.widget.budget, 100_000);
    }

    #[test]
    fn cargo_is_told_how_to_compile_the_standard_library() {
        let manifest = Manifest::parse(SMALL).expect("a manifest");
        let library = manifest.wasm.widget.standard_library;
        assert_eq!(
            library.arguments(),
            ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=f"]
        );
        let environment = library.environment();
        assert!(environment.contains(&("CARGO_ENCODED_RUSTFLAGS", "-Zx\x1f-Cy".into())));
    }

    #[test]
    fn what_is_wrong_in_a_manifest_is_named() {
        let check = |from: &str, to: &str, expect: &str| {
            let error = Manifest::parse(&SMALL.replace(from, to)).expect_err(to);
            let message = format!("{error:#}");
            assert!(message.contains(expect), "{message}");
        };
        check("budget = 2_000", "bugdet = 2_000", "unknown field `bugdet`");
        check("budget = 2_000", "", "missing field `budget`");
        check("budget = 2_000", "budget = -1", "-1");
        check(
            "0.15.1",
            "newest",
            "tools.wasm-pack: `newest` is no version",
        );
        check(
            "=0.2.130",
            "0.2.130",
            "tools.wasm-bindgen: `0.2.130` must begin with `=`",
        );
    }

    #[test]
    fn wasm_pack_knows_three_profiles_and_calls_every_other_custom() {
        let check = |profile: &str, expect: &str| {
            let text = SMALL.replace("\"release\"", &format!("{profile:?}"));
            let manifest = Manifest::parse(&text).expect("a manifest");
            assert_eq!(manifest.wasm.widget.metadata_profile(), expect);
        };
        check("release", "release");
        check("dev", "dev");
        check("smallest", "custom");
    }
}
