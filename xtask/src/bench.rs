//! `cargo xtask bench`: how fast the engine and the collector are, measured by criterion, and what
//! the widget costs a page, measured in Chromium beside its peers.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::Subcommand;

use crate::artefact;
use crate::browsers::Browser;
use crate::command;
use crate::manifest::Manifest;
use crate::project::{Project, SERVER_PACKAGE};
use crate::tools::Tools;

/// The document that the measurements of the widget are kept in.
const DOCUMENT: &str = "docs/performance.md";
/// Names a collector that is to be measured as it is, the widget in it too.
const SERVER_VARIABLE: &str = "HEADSTART_BIN";

/// What is measured in a browser.
#[derive(Subcommand)]
pub enum InBrowser {
    /// The cost of tracking an event, beside posthog-js and analytics-next: a quarter of an hour
    Track {
        /// How often each library has its turn on the main thread
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
        /// Puts the tables into docs/performance.md
        #[arg(long)]
        write: bool,
    },
    /// The cost of coming onto the screen, beside driver.js, Shepherd, Intro.js and posthog-js: five minutes
    Web {
        /// How often each has its turn
        #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
        /// Puts the table into docs/performance.md
        #[arg(long)]
        write: bool,
    },
    /// The cost of watching targets on a page that changes a thousand times a second: four minutes
    Watch {
        /// How often the page is measured with the widget and without it
        #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
        rounds: u32,
        /// Puts the figures into docs/performance.md
        #[arg(long)]
        write: bool,
    },
}

/// Runs all benchmarks of criterion, or those whose name contains the filter.
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

/// Measures in a browser what is asked for.
pub fn in_browser(project: &Project, manifest: &Manifest, what: &InBrowser) -> Result<()> {
    let (script, rounds, write) = match what {
        InBrowser::Track { rounds, write } => ("tests/bench/track.mjs", rounds, write),
        InBrowser::Web { rounds, write } => ("tests/bench/web.mjs", rounds, write),
        InBrowser::Watch { rounds, write } => ("tests/bench/watch.mjs", rounds, write),
    };
    let original = collector(project, manifest)?;
    let tools = Tools::new(project, manifest)?;
    tools.ensure_node()?;
    // A build meanwhile must not change what is measured.
    let server = project
        .scratch()
        .join("measured")
        .with_extension(env::consts::EXE_EXTENSION);
    fs::create_dir_all(project.scratch()).context("there is no room for what is measured")?;
    fs::copy(&original, &server)
        .with_context(|| format!("cannot copy {}", project.show(&original)))?;
    let browser = Browser::ensure()?;
    let mut node = tools.command("node")?;
    node.args([script, "--rounds", &rounds.to_string()])
        .env(SERVER_VARIABLE, &server)
        .env("CHROMIUM", &browser.chromium);
    if *write {
        node.args(["--write", DOCUMENT]);
    }
    command::run(&mut node)
}

/// The collector of this checkout, built anew where need be, unless the variable names another.
pub fn collector(project: &Project, manifest: &Manifest) -> Result<PathBuf> {
    if let Some(named) = env::var_os(SERVER_VARIABLE).filter(|value| !value.is_empty()) {
        let named = PathBuf::from(named);
        return fs::canonicalize(&named).with_context(|| {
            format!(
                "{SERVER_VARIABLE} is {}, which is not there",
                named.display()
            )
        });
    }
    artefact::build(project, manifest, None)?;
    Ok(project.server())
}
