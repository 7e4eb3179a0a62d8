//! What the widget is compiled for: Rust's own target for browsers, but for one thing, how functions hand values to
//! each other.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::artefact;
use crate::command;
use crate::manifest::{Artefact, StandardLibrary};
use crate::project::{Project, WASM_TARGET};

/// What the target is called, and the folder that cargo has for it.
pub const NAME: &str = "wasm32-widget";

/// What cargo compiled for it.
pub fn compiled(project: &Project, artefact: &Artefact) -> PathBuf {
    let profile = match artefact.profile.as_str() {
        "dev" => "debug",
        other => other,
    };
    project
        .target
        .join(NAME)
        .join(profile)
        .join(format!("{}.wasm", artefact.package.replace('-', "_")))
}

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

/// Refuses a module in which LLVM calls a function of the compiler's own runtime, which Rust wrote for the usual ABI:
/// the linker put a trap in the place of each such call. They compute with 128 bits, which nothing here needs.
pub fn check(wasm: &[u8]) -> Result<()> {
    const TRAP: &[u8] = b"signature_mismatch:";
    let Some(found) = wasm.windows(TRAP.len()).position(|name| name == TRAP) else {
        return Ok(());
    };
    let name = wasm[found + TRAP.len()..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'_');
    bail!(
        "the widget calls `{}`, which has another ABI: read whole numbers with headstart_core::whole, and multiply an `i64` neither checked nor saturating",
        name.map(|byte| char::from(*byte)).collect::<String>()
    );
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
    fn calls_that_the_linker_made_traps_are_named() {
        check(b"\0asm\x08__multi3").expect("no trap");
        let error = check(b"\x1bsignature_mismatch:__multi3\0").expect_err("a trap");
        assert!(error.to_string().contains("`__multi3`"), "{error}");
    }

    #[test]
    fn only_the_abi_differs_from_rusts_own_target() {
        assert_eq!(
            with_abi(r#"{"arch":"wasm32"}"#, "experimental-mv").expect("JSON"),
            r#"{"arch":"wasm32","llvm-abiname":"experimental-mv"}"#
        );
        with_abi("error: no such target", "experimental-mv").expect_err("no JSON");
    }
}
