//! The three engines that the scenarios run in, and the soak.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use crate::browsers::Browser;
use crate::command::{self, Transcript};
use crate::debian::{self, Program};
use crate::hosts;
use crate::project::Project;
use crate::tools::Tools;

/// Where their tests are.
pub const FOLDER: &str = "tests/e2e/engines";
/// So many test files at a time; each starts several browsers.
pub const AT_A_TIME: usize = 2;

/// Looks into the collector's database, beside the collector.
pub const SQLITE: Program = Program {
    variable: "SQLITE3",
    names: &["sqlite3"],
    package: "sqlite3",
};

const PROGRAMS: [Program; 5] = [
    SQLITE,
    Program {
        variable: "FIREFOX",
        names: &["firefox-esr", "firefox"],
        package: "firefox-esr",
    },
    Program {
        variable: "WEBKIT_WEBDRIVER",
        names: &["WebKitWebDriver"],
        package: "webkit2gtk-driver",
    },
    // No program for users, and so not on PATH.
    Program {
        variable: "MINIBROWSER",
        names: &[
            "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
            "/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser",
        ],
        package: "webkit2gtk-driver",
    },
    Program {
        variable: "XVFB",
        names: &["Xvfb"],
        package: "xvfb",
    },
];

/// Runs the scenarios in all engines, and the short soak. `limits` are flags for the runner.
pub fn test(project: &Project, tools: &Tools, limits: Vec<String>) -> Result<Transcript> {
    let files = crate::test::test_files(&project.root)?;
    let files = files.into_iter().filter(|file| file.starts_with(FOLDER));
    let mut node = node(tools)?;
    hosts::build_frameworks(project, tools)?;
    node.args(["--test", "--test-reporter=spec"])
        .args(limits)
        .args(files)
        .env("HEADSTART_BIN", project.built_server()?);
    for (variable, program) in debian::ensure(&PROGRAMS)? {
        node.env(variable, program);
    }
    node.env("GECKODRIVER", tools.ensure_geckodriver()?);
    command::transcribe(node)
}

/// Runs a soak of that collector in Chromium.
pub fn soak(tools: &Tools, server: &Path, flags: &[String]) -> Result<()> {
    let mut node = node(tools)?;
    node.arg("tests/e2e/soak.mjs")
        .args(flags)
        .env("HEADSTART_BIN", server);
    for (variable, program) in debian::ensure(&[SQLITE])? {
        node.env(variable, program);
    }
    command::run(&mut node)
}

/// Node.js, and Chromium, which both need.
fn node(tools: &Tools) -> Result<Command> {
    tools.ensure_node()?;
    let browser = Browser::ensure()?;
    let mut node = tools.command("node")?;
    node.env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver);
    Ok(node)
}
