//! The command line.

mod content;
#[cfg(test)]
mod documented;
mod erase;
mod identity;
mod remote;
mod script;
mod serve;
mod settings;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};

use crate::store;

/// In-product onboarding that you host yourself: the collector and its tools.
#[derive(Debug, Parser)]
#[command(name = "headstart", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the collector. The first start makes everything it needs in the data folder.
    Serve(serve::Options),
    /// Print the write key and the secret key as JSON.
    Keys(Data),
    /// Print the lines that a page embeds.
    Script(script::ScriptOptions),
    /// Write what browsers load into a folder, for a server of your own.
    Assets(script::AssetsOptions),
    /// Check, push, publish and fetch content, and go back to what was published before.
    #[command(subcommand)]
    Content(content::Command),
    /// Say who may speak for a user: the mode, and the secrets that your backend signs with.
    #[command(subcommand)]
    Identity(identity::Command),
    /// Print how the project is set, or set it: how often users are interrupted, and more.
    Settings(settings::Options),
    /// Remove every trace of a person, for good.
    Erase(erase::Options),
}

#[derive(Clone, Debug, Args)]
struct Data {
    /// The folder that holds all data; made if it is not there.
    #[arg(
        long,
        env = "HEADSTART_DATA",
        value_name = "DIR",
        default_value = "./headstart-data"
    )]
    data: PathBuf,
}

/// Does what the command line says. What goes wrong is told on stderr, with the remedy.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Serve(options) => serve::run(&options),
        Command::Keys(options) => keys(&options),
        Command::Script(options) => script::print(&options),
        Command::Assets(options) => script::export(&options),
        Command::Content(command) => content::run(command),
        Command::Identity(command) => identity::run(command),
        Command::Settings(options) => settings::run(&options),
        Command::Erase(options) => erase::run(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn keys(options: &Data) -> Result<()> {
    let keys = store::keys(&options.data)?;
    let json = serde_json::to_string(&keys).context("cannot write the keys as JSON")?;
    println!("{json}");
    Ok(())
}
