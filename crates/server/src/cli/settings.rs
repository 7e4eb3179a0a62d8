//! `headstart settings`.

use std::fs;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::Value;

use crate::cli::remote::Remote;

const PATH: &str = "/api/v1/settings";

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Settings to put in place of all that there are: JSON, or a file with it. What is not in it is as
    /// at the beginning.
    #[arg(long, env = "HEADSTART_SET", value_name = "FILE|JSON")]
    set: Option<String>,
    #[command(flatten)]
    remote: Remote,
}

/// Prints the settings, after setting them if that is asked for.
pub(super) fn run(options: &Options) -> Result<()> {
    let settings: Value = match &options.set {
        None => options.remote.get(PATH)?,
        Some(json) if json.trim_start().starts_with('{') => {
            options.remote.put(PATH, json.clone())?
        }
        Some(file) => {
            let json = fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
            options.remote.put(PATH, json)?
        }
    };
    let json = serde_json::to_string_pretty(&settings).context("cannot write JSON")?;
    println!("{json}");
    Ok(())
}
