//! `cargo xtask gallery`: takes the pictures of the gallery's states anew, and keeps them as what they are
//! compared with from now on.

use anyhow::Result;

use crate::bench;
use crate::browsers::Browser;
use crate::command;
use crate::manifest::Manifest;
use crate::project::Project;
use crate::tools::Tools;

/// The test that compares them, and keeps them if it is told to.
const TEST: &str = "tests/e2e/gallery.test.mjs";

/// Builds what is missing, and takes them.
pub fn run(project: &Project, manifest: &Manifest) -> Result<()> {
    let server = bench::collector(project, manifest)?;
    let tools = Tools::new(project, manifest)?;
    tools.ensure_node()?;
    let browser = Browser::ensure()?;
    let mut node = tools.command("node")?;
    node.args(["--test", "--test-reporter=spec", TEST])
        .env("HEADSTART_GALLERY", "keep")
        .env("HEADSTART_BIN", server)
        .env("CHROMIUM", &browser.chromium);
    command::run(&mut node)?;
    println!("Look at all of them before they are committed: tests/e2e/gallery/kept");
    Ok(())
}
