//! `headstart identity …`.

use anyhow::Result;
use clap::Subcommand;
use headstart_core::time::format_iso;
use serde::Deserialize;
use serde_json::json;

use crate::cli::remote::Remote;
use crate::identity::Mode;

const PATH: &str = "/api/v1/identity";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Tell the mode, the live secrets, and how much was signed in the last seven days.
    Show {
        #[command(flatten)]
        remote: Remote,
    },
    /// Say what is to be done with a user's data for want of a good token.
    Mode {
        mode: Mode,
        #[command(flatten)]
        remote: Remote,
    },
    /// Make and remove what your backend signs with.
    #[command(subcommand)]
    Secret(Secret),
}

#[derive(Debug, Subcommand)]
pub(super) enum Secret {
    /// Make a secret and print it, this once. At most two are live, so that one can follow the other.
    Add {
        #[command(flatten)]
        remote: Remote,
    },
    /// Remove a secret: what it has signed is refused from then on.
    Remove {
        /// Its id, as `headstart identity show` tells it.
        id: i64,
        #[command(flatten)]
        remote: Remote,
    },
}

pub(super) fn run(command: Command) -> Result<()> {
    match command {
        Command::Show { remote } => tell(&remote.get(PATH)?),
        Command::Mode { mode, remote } => {
            tell(&remote.put(PATH, json!({ "mode": mode }).to_string())?);
        }
        Command::Secret(Secret::Add { remote }) => {
            let made: Made = remote.post(&format!("{PATH}/secrets"), String::new())?;
            eprintln!(
                "secret {}, good from now on; it is not shown again, so keep it where your backend \
                 finds it:",
                made.id
            );
            println!("{}", made.secret);
        }
        Command::Secret(Secret::Remove { id, remote }) => {
            tell(&remote.delete(&format!("{PATH}/secrets/{id}"))?);
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Made {
    id: i64,
    secret: String,
}

#[derive(Deserialize)]
struct State {
    mode: Mode,
    warning: Option<String>,
    secrets: Vec<Live>,
    traffic: Traffic,
}

#[derive(Deserialize)]
struct Live {
    id: i64,
    created_at: i64,
    last_used_at: Option<i64>,
}

#[derive(Deserialize)]
struct Traffic {
    signed: u64,
    unsigned: u64,
    invalid: u64,
    signed_share: Option<f64>,
}

fn tell(state: &State) {
    println!("mode: {}", state.mode.name());
    for secret in &state.secrets {
        let used = match secret.last_used_at {
            Some(at) => format!("last used {}", format_iso(at)),
            None => "never used".to_owned(),
        };
        let made = format_iso(secret.created_at);
        println!("secret {}: made {made}, {used}", secret.id);
    }
    if state.secrets.is_empty() {
        println!("no secret; make one with `headstart identity secret add`");
    }
    let Traffic {
        signed,
        unsigned,
        invalid,
        signed_share,
    } = state.traffic;
    match signed_share {
        Some(share) => println!(
            "last seven days: {:.2} % signed ({signed} signed, {unsigned} without a token, {invalid} \
             with one that does not do)",
            // Rounding up would promise that nothing is refused.
            (share * 10_000.0).floor() / 100.0
        ),
        None => println!("last seven days: nothing counted"),
    }
    if let Some(warning) = &state.warning {
        eprintln!("warning: {warning}");
    }
}
