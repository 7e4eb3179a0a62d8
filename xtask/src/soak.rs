//! `cargo xtask soak`: users in a real Chromium, with random faults and kills; afterwards every event
//! must have been counted once, and the time that they looked on be right.

use anyhow::Result;
use clap::Args;

use crate::bench;
use crate::engines;
use crate::manifest::Manifest;
use crate::project::Project;
use crate::tools::Tools;

/// How long and how hard; what is not said, `tests/e2e/soak.mjs` knows.
#[derive(Args)]
pub struct Options {
    /// How many users
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    users: Option<u32>,
    /// How many tabs each of them has open
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    tabs: Option<u32>,
    /// For how long things go wrong, seconds
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    seconds: Option<u32>,
    /// What the faults and kills are drawn from; by default a new one, which is printed
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    seed: Option<u32>,
}

/// Runs one.
pub fn run(project: &Project, manifest: &Manifest, options: &Options) -> Result<()> {
    let server = bench::collector(project, manifest)?;
    let tools = Tools::new(project, manifest)?;
    engines::soak(&tools, &server, &options.flags())
}

impl Options {
    fn flags(&self) -> Vec<String> {
        [
            ("users", self.users),
            ("tabs", self.tabs),
            ("seconds", self.seconds),
            ("seed", self.seed),
        ]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| [format!("--{name}"), value.to_string()]))
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_said_is_passed_on() {
        let options = Options {
            users: Some(3),
            tabs: None,
            seconds: None,
            seed: Some(7),
        };
        assert_eq!(options.flags(), ["--users", "3", "--seed", "7"]);
    }
}
