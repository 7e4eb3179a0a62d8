//! The pages under `tests/hosts` that have to be built: the one in Yew, and those in React, Vue and
//! Svelte, each with the packages of its own lock file, and those that take Headstart from npm. The
//! others are served as they are. And the examples, which have one lock file for all.

use anyhow::{Context, Result};

use crate::command;
use crate::project::Project;
use crate::tools::Tools;

/// Built by Vite, into `target/hosts`.
const FRAMEWORKS: [&str; 3] = ["react", "vue", "svelte"];

/// Builds all of them.
pub fn build(project: &Project, tools: &Tools) -> Result<()> {
    tools.ensure_wasm()?;
    build_yew(
        project,
        tools,
        "tests/hosts/yew",
        "target/hosts/yew",
        "host",
    )?;
    build_yew(project, tools, "examples/yew", "examples/yew/dist", "app")?;
    build_frameworks(project, tools)?;
    build_package(project, tools)?;
    build_examples(project, tools)
}

fn build_yew(project: &Project, tools: &Tools, from: &str, to: &str, name: &str) -> Result<()> {
    let mut wasm_pack = tools.command("wasm-pack")?;
    wasm_pack
        .current_dir(project.root.join(from))
        .args(["build", "--dev", "--target", "web"])
        .args(["--no-typescript", "--no-pack", "--out-name", name])
        .arg("--out-dir")
        .arg(project.root.join(to));
    command::run(&mut wasm_pack).with_context(|| format!("{from} cannot be built"))
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
    tools.ensure_packages(&folder, "110 MB")?;
    let mut node = tools.command("node")?;
    node.current_dir(&folder).arg("build.mjs");
    command::run(&mut node).context("the pages that use the npm package cannot be built")
}

/// Checks and builds the examples that bundlers build.
fn build_examples(project: &Project, tools: &Tools) -> Result<()> {
    tools.ensure_packages(&project.root.join("examples"), "680 MB")?;
    let mut node = tools.command("node")?;
    node.arg("tests/e2e/examples/build.mjs");
    command::run(&mut node).context("the examples cannot be built")
}
