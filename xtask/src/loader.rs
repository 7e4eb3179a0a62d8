//! The loader: told where everything is, and minified. There are two of it: the one at the fixed address, and one
//! whose address has a version, which knows what all that it loads must hash to.

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

use crate::artefact::{self, TERSER, name_assets};
use crate::manifest::Manifest;
use crate::project::Project;
use crate::tools::Tools;

/// A file that the loader fetches: its path, seen from where the loader at the fixed address is, and its bytes.
pub type Asset<'a> = (&'a str, &'a [u8]);

/// What the loader fetches, or has the glue fetch.
#[derive(Clone, Copy)]
pub struct Assets<'a> {
    /// The JavaScript that the wasm needs.
    pub glue: Asset<'a>,
    /// The widget.
    pub wasm: Asset<'a>,
    /// What is fetched when somebody opens it.
    pub explainer: Asset<'a>,
}

/// The loader of the fixed address.
pub fn plain(
    project: &Project,
    manifest: &Manifest,
    tools: &Tools,
    assets: Assets<'_>,
) -> Result<Vec<u8>> {
    let names = [("__GLUE__", assets.glue.0), ("__WASM__", assets.wasm.0)];
    build(project, manifest, tools, &names, false)
}

/// The one that is pinned.
pub fn pinned(
    project: &Project,
    manifest: &Manifest,
    tools: &Tools,
    assets: Assets<'_>,
) -> Result<Vec<u8>> {
    let [glue, wasm, explainer] =
        [assets.glue, assets.wasm, assets.explainer].map(|(_, bytes)| integrity(bytes));
    let names = [
        ("__GLUE__", assets.glue.0),
        ("__WASM__", assets.wasm.0),
        ("__EXPLAINER__", assets.explainer.0),
        ("__GLUE_INTEGRITY__", &glue),
        ("__WASM_INTEGRITY__", &wasm),
        ("__EXPLAINER_INTEGRITY__", &explainer),
    ];
    build(project, manifest, tools, &names, true)
}

fn build(
    project: &Project,
    manifest: &Manifest,
    tools: &Tools,
    names: &[(&str, &str)],
    is_pinned: bool,
) -> Result<Vec<u8>> {
    let scratch = project.scratch();
    let source = artefact::read_text(&project.root.join(&manifest.loader.source))?;
    let filled_in = name_assets(&source, names).with_context(|| manifest.loader.source.clone())?;
    let options = artefact::read_text(&project.root.join(TERSER))?;
    let (config, name) = if is_pinned {
        ("terser-pinned.json", "loader-pinned.js")
    } else {
        ("terser.json", "loader.js")
    };
    let config = scratch.join(config);
    artefact::write(&config, options_of(&options, is_pinned)?.as_bytes())?;
    let mut terser = tools.command("terser")?;
    terser.arg("--config-file").arg(config);
    artefact::minify(terser, "--output=", &scratch.join(name), &filled_in)
}

fn options_of(options: &str, is_pinned: bool) -> Result<String> {
    let mut options: Value = serde_json::from_str(options).context(TERSER)?;
    options["compress"]["global_defs"]["PINNED"] = json!(is_pinned);
    Ok(options.to_string())
}

/// What browsers check a file against. Source: Subresource Integrity (W3C), section 3.1.
fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_as_browsers_write_it() {
        // Source: Subresource Integrity (W3C), section 3.2.1, example 6.
        assert_eq!(
            integrity(b"alert('Hello, world.');"),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }

    #[test]
    fn only_the_pinned_loader_is_told_that_it_is() {
        let options = r#"{"compress":{"global_defs":{"PINNED":false,"PACKAGE":false}}}"#;
        for is_pinned in [true, false] {
            let options: Value =
                serde_json::from_str(&options_of(options, is_pinned).expect("options"))
                    .expect("JSON");
            assert_eq!(
                options["compress"]["global_defs"],
                json!({ "PINNED": is_pinned, "PACKAGE": false })
            );
        }
    }
}
