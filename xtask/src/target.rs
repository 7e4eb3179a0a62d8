//! What the widget is compiled for: Rust's own target for browsers, but for one thing, how functions hand values to
//! each other.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::artefact;
use crate::command;
use crate::manifest::StandardLibrary;
use crate::project::{Project, WASM_TARGET};

/// What the target is called, and the folder that cargo has for it.
pub const NAME: &str = "wasm32-widget";

/// Writes the target down for the compiler.
pub fn describe(project: &Project, library: &StandardLibrary) -> Result<PathBuf> {
    let own = command::output(
        Command::new("rustc")
            .args(["--print", "target-spec-json", "-Zunstable-options"])
            .args(["--target", WASM_TARGET])
            .envs(library.environment())
            .current_dir(&project.root),
    )?;
    let path = project.scratch().join(NAME).with_extension("json");
    let target = with_abi(&own, &library.abi)?;
    // Everything is compiled anew for a target that was written anew.
    if fs::read_to_string(&path).ok().as_ref() != Some(&target) {
        artefact::write(&path, target.as_bytes())?;
    }
    Ok(path)
}

fn with_abi(target: &str, abi: &str) -> Result<String> {
    let mut target: serde_json::Value =
        serde_json::from_str(target).context("rustc describes a target in JSON")?;
    target["llvm-abiname"] = abi.into();
    Ok(target.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_abi_differs_from_rusts_own_target() {
        assert_eq!(
            with_abi(r#"{"arch":"wasm32"}"#, "experimental-mv").expect("JSON"),
            r#"{"arch":"wasm32","llvm-abiname":"experimental-mv"}"#
        );
        with_abi("error: no such target", "experimental-mv").expect_err("no JSON");
    }
}
