//! The pages under `tests/hosts` that have to be built: the one in Yew, and those in React, Vue and
//! Svelte, each with the packages of its own lock file, and those that take Headstart from npm. The
//! others are served as they are.

use anyhow::{Context, Result};

use crate::command;
use crate::project::Project;
use crate::tools::Tools;

/// Built by Vite, into `target/hosts`.
const FRAMEWORKS: [&str; 3] = ["react", "vue", "svelte"];

/// Builds all of them.
pub fn build(project: &Project, tools: &Tools) -> Result<()> {
    build_yew(project, tools)?;
    build_frameworks(project, tools)?;
    build_package(project, tools)
}

fn build_yew(project: &Project, tools: &Tools) -> Result<()> {
    tools.ensure_wasm()?;
    let mut wasm_pack = tools.command("wasm-pack")?;
    wasm_pack
        .current_dir(project.root.join("tests/hosts/yew"))
        .args(["build", "--dev", "--target", "web"])
        .args(["--no-typescript", "--no-pack", "--out-name", "host"])
        .arg("--out-dir")
        .arg(project.root.join("target/hosts/yew"));
    command::run(&mut wasm_pack)
}

/// Builds those in React, Vue and Svelte: some seconds, once their packages are there.
pub fn build_frameworks(project: &Project, tools: &Tools) -> Result<()> {
    for framework in FRAMEWORKS {
        let folder = project.root.join("tests/hosts").join(framework);
        tools.ensure_packages(&folder, "60 MB")?;
        let mut vite = tools.command("node")?;
        vite.current_dir(&folder)
            .args(["node_modules/vite/bin/vite.js", "build"])
            .args(["--logLevel", "warn"]);
        command::run(&mut vite)
            .with_context(|| format!("the page in {framework} cannot be built"))?;
    }
    Ok(())
}

/// Packs the npm package and builds the pages that use it, with several bundlers.
fn build_package(project: &Project, tools: &Tools) -> Result<()> {
    let folder = project.root.join("tests/hosts/package");
    tools.ensure_packages(&folder, "430 MB")?;
    let mut node = tools.command("node")?;
    node.current_dir(&folder).arg("build.mjs");
    command::run(&mut node).context("the pages that use the npm package cannot be built")
}
