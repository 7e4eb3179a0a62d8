//! The tools that xtask needs, made available once and kept by version.
//!
//! Programs built by cargo go to a cache of the user, `tools/<crate>-<version>/bin`, below
//! `$HEADSTART_CACHE`, `$XDG_CACHE_HOME/headstart` or `~/.cache/headstart`; npm packages go to
//! `node_modules` of the checkout, at the versions in `package-lock.json`. Nothing is installed
//! for the whole machine but rustup's own targets and components, and Debian's browser packages
//! (see [`crate::browsers`]).

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
use crate::encoding;
use crate::manifest::{self, Manifest};
use crate::project::{Project, WASM_TARGET};
use crate::version::{self, Version};

/// The tools of one checkout.
pub struct Tools<'a> {
    project: &'a Project,
    manifest: &'a Manifest,
    cache: PathBuf,
}

/// A program that cargo builds from its registry.
struct CargoTool {
    package: &'static str,
    /// The first is asked for its version.
    binaries: &'static [&'static str],
    version: Version,
    /// What of it is left out or put in.
    features: &'static [&'static str],
}

impl<'a> Tools<'a> {
    /// The tools that the manifest names; none is looked for yet.
    pub fn new(project: &'a Project, manifest: &'a Manifest) -> Result<Self> {
        Ok(Self {
            project,
            manifest,
            cache: cache(|name| env::var_os(name))?,
        })
    }

    /// A command in the checkout's root that finds the tools before anything else on `PATH`.
    pub fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(program);
        command
            .current_dir(&self.project.root)
            .env("PATH", self.path()?);
        Ok(command)
    }

    /// All that wasm-pack needs: the compiler's target, wasm-bindgen, wasm-opt from npm, itself.
    pub fn ensure_wasm(&self) -> Result<()> {
        self.ensure_target()?;
        self.ensure_node()?;
        for tool in self.cargo_tools()? {
            self.ensure_cargo_tool(&tool)?;
        }
        Ok(())
    }

    /// The compiler's library for WebAssembly.
    pub fn ensure_target(&self) -> Result<()> {
        let library = command::output(
            Command::new("rustc")
                .args(["--print", "target-libdir", "--target", WASM_TARGET])
                .current_dir(&self.project.root),
        )?;
        if Path::new(library.trim()).exists() {
            return Ok(());
        }
        println!("Adding Rust's target {WASM_TARGET}, once");
        self.rustup(&["target", "add", WASM_TARGET])
    }

    /// The sources of the standard library, for artefacts that compile it anew. What it depends on,
    /// cargo fetches from its registry.
    pub fn ensure_library_sources(&self) -> Result<()> {
        let sysroot = command::output(
            Command::new("rustc")
                .args(["--print", "sysroot"])
                .current_dir(&self.project.root),
        )?;
        let sources = Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
        if sources.exists() {
            return Ok(());
        }
        println!("Adding Rust's component rust-src, once");
        self.rustup(&["component", "add", "rust-src"])
    }

    /// A component of the toolchain that is called as `cargo NAME`.
    pub fn ensure_component(&self, subcommand: &str, component: &str) -> Result<()> {
        let present = Command::new("cargo")
            .args([subcommand, "--version"])
            .current_dir(&self.project.root)
            .output()
            .is_ok_and(|output| output.status.success());
        if present {
            return Ok(());
        }
        println!("Adding Rust's component {component}, once");
        self.rustup(&["component", "add", component])
    }

    /// Node.js, and the npm packages in the versions of the lock file.
    pub fn ensure_node(&self) -> Result<()> {
        self.node()?;
        self.ensure_packages(&self.project.root, "330 MB")
    }

    /// The npm packages of a folder with a `package-lock.json`. `size` is what they take.
    pub fn ensure_packages(&self, folder: &Path, size: &str) -> Result<()> {
        let lock = folder.join("package-lock.json");
        let shown = self.project.show(&lock);
        let lock = fs::read(&lock).with_context(|| format!("cannot read {shown}"))?;
        let fingerprint = encoding::sha256(&lock);
        // Written last, so that an interrupted installation is not taken for a whole one.
        let stamp = folder.join("node_modules/.headstart");
        if fs::read_to_string(&stamp).is_ok_and(|stamp| stamp == fingerprint) {
            return Ok(());
        }
        println!("Fetching the npm packages of {shown} ({size}), less than a minute");
        let mut npm = Command::new("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
            .current_dir(folder);
        command::run(&mut npm).context(
            "the npm packages cannot be fetched: is npm installed (it comes with Node.js), and its registry reachable?",
        )?;
        fs::write(&stamp, fingerprint).with_context(|| format!("cannot write {}", stamp.display()))
    }

    /// The version of Node.js, which must be new enough.
    pub fn node(&self) -> Result<Version> {
        let needed = self.manifest.tools.node()?;
        let remedy = format!(
            "install Node.js {} or newer, from https://nodejs.org or your system's packages (Debian: apt-get install nodejs npm)",
            needed.major
        );
        let output = command::output(Command::new("node").arg("--version"))
            .with_context(|| format!("there is no Node.js: {remedy}"))?;
        let found = version::of_output(&output)
            .with_context(|| format!("`node --version` printed `{}`: {remedy}", output.trim()))?;
        if found < needed {
            bail!("Node.js {found} is too old: {remedy}");
        }
        Ok(found)
    }

    fn cargo_tools(&self) -> Result<[CargoTool; 2]> {
        let wasm_bindgen = self.manifest.tools.wasm_bindgen()?;
        let lock = fs::read_to_string(self.project.root.join("Cargo.lock"))
            .context("cannot read Cargo.lock")?;
        if let Some(locked) = version::in_lock(&lock, "wasm-bindgen")?
            && locked != wasm_bindgen
        {
            bail!(
                "{} pins wasm-bindgen {wasm_bindgen}, but Cargo.lock has {locked}, and only equal versions understand each other: set both the manifest and Cargo.toml to one version",
                manifest::FILE
            );
        }
        Ok([
            CargoTool {
                package: "wasm-bindgen-cli",
                binaries: &["wasm-bindgen", "wasm-bindgen-test-runner"],
                version: wasm_bindgen,
                features: &[],
            },
            CargoTool {
                package: "wasm-pack",
                binaries: &["wasm-pack"],
                version: self.manifest.tools.wasm_pack()?,
                features: &[],
            },
        ])
    }

    /// The program that steers Firefox.
    pub fn ensure_geckodriver(&self) -> Result<PathBuf> {
        self.ensure_single(&CargoTool {
            package: "geckodriver",
            binaries: &["geckodriver"],
            version: self.manifest.tools.geckodriver()?,
            features: &[],
        })
    }

    /// The program that makes a website of Markdown.
    pub fn ensure_mdbook(&self) -> Result<PathBuf> {
        self.ensure_single(&CargoTool {
            package: "mdbook",
            binaries: &["mdbook"],
            version: self.manifest.tools.mdbook()?,
            // Serving and watching are what takes long to build.
            features: &["--no-default-features", "--features", "search"],
        })
    }

    /// Where a tool of one program is.
    fn ensure_single(&self, tool: &CargoTool) -> Result<PathBuf> {
        self.ensure_cargo_tool(tool)?;
        let cached = tool.root(&self.cache).join("bin").join(tool.binaries[0]);
        let cached = cached.with_extension(env::consts::EXE_EXTENSION);
        if cached.exists() {
            return Ok(cached);
        }
        command::find(tool.binaries[0])
            .with_context(|| format!("{} was on PATH a moment ago", tool.binaries[0]))
    }

    fn ensure_cargo_tool(&self, tool: &CargoTool) -> Result<()> {
        let root = tool.root(&self.cache);
        if tool.is_in(&root.join("bin")) {
            return Ok(());
        }
        let global = command::find(tool.binaries[0]);
        if global
            .as_deref()
            .and_then(Path::parent)
            .is_some_and(|bin| tool.is_in(bin))
        {
            return Ok(());
        }
        println!(
            "Building {} {} once, into {}: a few minutes on two cores",
            tool.package,
            tool.version,
            root.display()
        );
        let version = tool.version.to_string();
        let mut install = Command::new("cargo");
        install
            .args([
                "install",
                tool.package,
                "--version",
                &version,
                "--force",
                "--root",
            ])
            .arg(&root)
            .args(tool.features)
            .current_dir(&self.project.root);
        let by_hand = command::line(&install);
        command::run(&mut install).with_context(|| {
            format!(
                "{} {version} cannot be built: if the registry of crates was out of reach, try again, or build it by hand with `{by_hand}`",
                tool.package
            )
        })?;
        if !tool.is_in(&root.join("bin")) {
            bail!(
                "{} was built into {} but does not run there as version {version}: remove that folder and try again",
                tool.package,
                root.display()
            );
        }
        Ok(())
    }

    fn path(&self) -> Result<OsString> {
        let mut folders = vec![self.project.root.join("node_modules/.bin")];
        for tool in self.cargo_tools()? {
            folders.push(tool.root(&self.cache).join("bin"));
        }
        let inherited = env::var_os("PATH").unwrap_or_default();
        folders.extend(env::split_paths(&inherited));
        env::join_paths(folders)
            .context("the path of the tools has a character that PATH cannot hold")
    }

    fn rustup(&self, arguments: &[&str]) -> Result<()> {
        let mut rustup = Command::new("rustup");
        rustup.args(arguments).current_dir(&self.project.root);
        let by_hand = command::line(&rustup);
        command::run(&mut rustup).with_context(|| {
            format!("rustup is needed for `{by_hand}`: install Rust from https://rustup.rs, or add the same with what installed your Rust")
        })
    }
}

impl CargoTool {
    fn root(&self, cache: &Path) -> PathBuf {
        cache
            .join("tools")
            .join(format!("{}-{}", self.package, self.version))
    }

    /// Whether the folder has all binaries, the first in the right version.
    fn is_in(&self, folder: &Path) -> bool {
        let at = |name: &str| folder.join(name).with_extension(env::consts::EXE_EXTENSION);
        self.binaries.iter().all(|name| at(name).exists())
            && command::output(Command::new(at(self.binaries[0])).arg("--version"))
                .is_ok_and(|output| version::of_output(&output) == Some(self.version))
    }
}

fn cache(variable: impl Fn(&str) -> Option<OsString>) -> Result<PathBuf> {
    let folder = |name| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    folder("HEADSTART_CACHE")
        .or_else(|| folder("XDG_CACHE_HOME").map(|cache| cache.join("headstart")))
        .or_else(|| folder("HOME").map(|home| home.join(".cache/headstart")))
        .context("no place to keep tools: set HEADSTART_CACHE to a folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cache_is_where_the_user_wants_it() {
        let check = |set: &[(&str, &str)], expect: Option<&str>| {
            let variable = |name: &str| {
                set.iter()
                    .find(|(key, _)| *key == name)
                    .map(|(_, value)| OsString::from(value))
            };
            assert_eq!(cache(variable).ok(), expect.map(PathBuf::from));
        };
        check(&[("HOME", "/h")], Some("/h/.cache/headstart"));
        check(
            &[("HOME", "/h"), ("XDG_CACHE_HOME", "/x")],
            Some("/x/headstart"),
        );
        check(
            &[
                ("HOME", "/h"),
                ("XDG_CACHE_HOME", ""),
                ("HEADSTART_CACHE", "/c"),
            ],
            Some("/c"),
        );
        check(&[], None);
    }

    #[test]
    fn a_tool_is_kept_by_its_version() {
        let tool = CargoTool {
            package: "wasm-pack",
            binaries: &["wasm-pack"],
            version: "0.15.1".parse().expect("a version"),
            features: &[],
        };
        assert_eq!(
            tool.root(Path::new("/c")),
            Path::new("/c/tools/wasm-pack-0.15.1")
        );
        assert!(!tool.is_in(Path::new("/nowhere")));
    }
}
