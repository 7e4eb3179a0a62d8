//! Builds, measures, tests and demonstrates Headstart: `cargo xtask --help`.
//!
//! Everything a command needs beyond Rust and Node.js it fetches or builds itself, once, and says
//! so; see [`tools`] for where it is kept.

mod artefact;
mod bench;
mod book;
mod browsers;
mod command;
mod copies;
mod counts;
mod debian;
mod demo;
mod encoding;
mod engines;
mod features;
mod gallery;
mod glue;
mod hosts;
mod lint;
mod loader;
mod manifest;
mod names;
mod order;
mod package;
mod patched;
mod project;
mod shares;
mod shims;
mod size;
mod soak;
mod test;
#[cfg(test)]
mod tidy;
mod tools;
mod version;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use manifest::Manifest;
use project::Project;

#[derive(Parser)]
#[command(name = "cargo xtask", about, version)]
struct Flags {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Builds the widget, the files a browser gets, the collector that serves them, and the npm package
    Build {
        /// The cargo profile of the widget; by default the one in wasm-pack.toml
        #[arg(long)]
        profile: Option<String>,
    },
    /// Makes the npm package in pkg again from what is built
    Package,
    /// Builds all and serves the demo application with the widget in it
    Demo {
        /// The port on 127.0.0.1
        #[arg(long, default_value_t = 7373)]
        port: u16,
        /// Forgets what earlier runs of the demo recorded
        #[arg(long)]
        fresh: bool,
    },
    /// Takes the pictures of the gallery's states, with which the tests compare from then on
    Gallery,
    /// Runs every test there is, and ends on the counts
    Test {
        /// Only this stage; may be given several times
        #[arg(long, value_enum)]
        only: Vec<test::Stage>,
    },
    /// Prints what a browser downloads, and fails over the budgets in wasm-pack.toml
    Size,
    /// Runs the benchmarks of the engine and of the collector; `bench track` those in a browser
    #[command(args_conflicts_with_subcommands = true)]
    Bench {
        #[command(subcommand)]
        in_browser: Option<bench::InBrowser>,
        /// Only benchmarks whose name contains this
        filter: Option<String>,
    },
    /// Simulates users through faults and kills in Chromium, and fails if any event is lost
    Soak(soak::Options),
    /// Writes the made pages of the book, and makes a website of it in target/book/site
    Book,
    /// Takes the README's pictures again, of the demo in Chromium
    Pictures,
    /// Checks formatting, clippy's lints and JavaScript types
    Lint {
        /// Repairs what the tools can repair by themselves
        #[arg(long)]
        fix: bool,
    },
}

fn main() -> ExitCode {
    let outcome = match Flags::parse().task {
        Task::Build { profile } => {
            with_project(|project, manifest| artefact::build(project, manifest, profile.as_deref()))
        }
        Task::Package => with_project(package::run),
        Task::Demo { port, fresh } => {
            with_project(|project, manifest| demo::run(project, manifest, port, fresh))
        }
        Task::Gallery => with_project(gallery::run),
        Task::Size => with_project(size::run),
        Task::Bench { in_browser, filter } => with_project(|project, manifest| match &in_browser {
            Some(what) => bench::in_browser(project, manifest, what),
            None => bench::run(project, filter.as_deref()),
        }),
        Task::Soak(options) => {
            with_project(|project, manifest| soak::run(project, manifest, &options))
        }
        Task::Book => with_project(book::run),
        Task::Pictures => with_project(book::take_pictures),
        Task::Lint { fix } => with_project(|project, manifest| lint::run(project, manifest, fix)),
        // Ends on its counts, so it reports its own failures.
        Task::Test { only } => return test::main(&only),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn with_project(task: impl FnOnce(&Project, &Manifest) -> Result<()>) -> Result<()> {
    let project = Project::locate()?;
    let manifest = Manifest::read(&project.root)?;
    task(&project, &manifest)
}
