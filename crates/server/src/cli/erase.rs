//! `headstart erase`.

use anyhow::{Result, bail};
use clap::Args;
use serde::Deserialize;

use crate::cli::remote::{Remote, segment};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    whom: Whom,
    #[command(flatten)]
    remote: Remote,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Whom {
    /// The user's id, as the host application names them. Their browsers go with them.
    #[arg(long, env = "HEADSTART_USER", value_name = "ID")]
    user: Option<String>,
    /// The anonymous id of a browser of which no user is known.
    #[arg(long, env = "HEADSTART_ANONYMOUS", value_name = "ID")]
    anonymous: Option<String>,
}

/// What was removed.
#[derive(Debug, Deserialize)]
struct Erased {
    browsers: usize,
    events: usize,
    traits: usize,
    sessions: usize,
    visits: usize,
}

pub(super) fn run(options: &Options) -> Result<()> {
    let (id, query) = match (&options.whom.user, &options.whom.anonymous) {
        (Some(user), _) => (user, ""),
        (None, Some(anonymous)) => (anonymous, "?anonymous=true"),
        (None, None) => bail!("say whom to erase: --user ID, or --anonymous ID"),
    };
    let path = format!("/api/v1/people/{}{query}", segment(id));
    let erased: Erased = options.remote.delete(&path)?;
    println!(
        "{id}: erased, with {}, {}, {}, {} and {}",
        count(erased.browsers, "browser"),
        count(erased.events, "event"),
        count(erased.traits, "trait"),
        count(erased.sessions, "session"),
        count(erased.visits, "visit")
    );
    Ok(())
}

fn count(number: usize, of: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {of}{plural}")
}
