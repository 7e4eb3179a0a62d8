//! `cargo xtask bench`: how fast the engine and the collector are, measured by criterion.

use std::process::Command;

use anyhow::Result;

use crate::command;
use crate::project::{Project, SERVER_PACKAGE};

/// Runs all benchmarks, or those whose name contains the filter.
pub fn run(project: &Project, filter: Option<&str>) -> Result<()> {
    for package in ["headstart-core", SERVER_PACKAGE] {
        let mut cargo = Command::new("cargo");
        // Without `--benches` cargo would also pass the filter to doctests.
        cargo
            .args(["bench", "--package", package, "--benches"])
            .current_dir(&project.root);
        if let Some(filter) = filter {
            cargo.args(["--", filter]);
        }
        command::run(&mut cargo)?;
    }
    Ok(())
}
