//! `cargo xtask lint`: what tools can say about the text of the sources.

use anyhow::{Result, bail};

use crate::command;
use crate::manifest::Manifest;
use crate::project::{Project, WASM_TARGET};
use crate::tools::Tools;

/// Checks everything and then fails if anything was wrong; with `fix`, lets the tools repair what
/// they can first.
pub fn run(project: &Project, manifest: &Manifest, fix: bool) -> Result<()> {
    let tools = Tools::new(project, manifest)?;
    tools.ensure_component("fmt", "rustfmt")?;
    tools.ensure_component("clippy", "clippy")?;
    tools.ensure_target()?;
    tools.ensure_node()?;

    let host = [
        "--workspace",
        "--exclude",
        "headstart",
        "--exclude",
        "headstart-standalone",
        "--all-targets",
    ];
    let widget = [
        "--package",
        "headstart",
        "--package",
        "headstart-standalone",
        "--target",
        WASM_TARGET,
        "--all-targets",
    ];
    if fix {
        command::run(tools.command("cargo")?.args(["fmt", "--all"]))?;
        for scope in [&host[..], &widget[..]] {
            let mut clippy = tools.command("cargo")?;
            clippy
                .arg("clippy")
                .args(scope)
                .args(["--fix", "--allow-dirty", "--allow-staged"]);
            command::run(&mut clippy)?;
        }
        command::run(
            tools
                .command("prettier")?
                .args(["--write", "--log-level=warn", "."]),
        )?;
    }

    let mut failed = Vec::new();
    let mut check = |what: &'static str, program: &str, arguments: &[&[&str]]| -> Result<()> {
        let mut command = tools.command(program)?;
        for arguments in arguments {
            command.args(*arguments);
        }
        if let Err(error) = command::run(&mut command) {
            println!("{error:#}");
            failed.push(what);
        }
        Ok(())
    };
    let deny: &[&str] = &["--", "--deny", "warnings"];
    check("rustfmt", "cargo", &[&["fmt", "--all", "--check"]])?;
    check(
        "prettier",
        "prettier",
        &[&["--check", "--log-level=warn", "."]],
    )?;
    check("tsc", "tsc", &[&["--project", "tsconfig.json"]])?;
    check("clippy", "cargo", &[&["clippy"], &host, deny])?;
    check(
        "clippy of the widget",
        "cargo",
        &[&["clippy"], &widget, deny],
    )?;
    if !failed.is_empty() {
        bail!(
            "{} found something: `cargo xtask lint --fix` repairs what can be repaired by a tool",
            failed.join(", ")
        );
    }
    Ok(())
}
