//! A running collector, spoken to over HTTP with the secret key.

use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::Args;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use ureq::Agent;
use ureq::http::Response;

use crate::store;

#[derive(Debug, Args)]
pub(super) struct Remote {
    /// The running collector.
    #[arg(
        long,
        env = "HEADSTART_SERVER",
        value_name = "URL",
        default_value = "http://127.0.0.1:7373"
    )]
    server: String,
    /// The secret key; without it, the one in the data folder is taken.
    #[arg(
        long,
        env = "HEADSTART_SECRET_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    secret_key: Option<String>,
    /// The collector's data folder, to take the secret key from.
    #[arg(
        long,
        env = "HEADSTART_DATA",
        value_name = "DIR",
        default_value = "./headstart-data"
    )]
    data: PathBuf,
}

/// What the collector answers when it can't.
#[derive(Debug, Deserialize)]
struct Refused {
    error: Detail,
    #[serde(default)]
    problems: Vec<Problem>,
}

#[derive(Debug, Deserialize)]
struct Detail {
    message: String,
}

/// One thing that is wrong with a document.
#[derive(Debug, Deserialize)]
struct Problem {
    content: String,
    path: String,
    message: String,
}

impl Problem {
    fn line(&self) -> String {
        let path = match self.path.as_str() {
            "" => String::new(),
            path => format!("{path}: "),
        };
        format!("{}: {path}{}", self.content, self.message)
    }
}

impl Remote {
    pub(super) fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let response = agent()
            .get(self.url(path))
            .header("authorization", self.authorization()?)
            .call();
        self.answer(response)
    }

    pub(super) fn post<T: DeserializeOwned>(&self, path: &str, body: String) -> Result<T> {
        let response = agent()
            .post(self.url(path))
            .header("authorization", self.authorization()?)
            .content_type("application/json")
            .send(body);
        self.answer(response)
    }

    pub(super) fn put<T: DeserializeOwned>(&self, path: &str, body: String) -> Result<T> {
        let response = agent()
            .put(self.url(path))
            .header("authorization", self.authorization()?)
            .content_type("application/json")
            .send(body);
        self.answer(response)
    }

    pub(super) fn delete<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let response = agent()
            .delete(self.url(path))
            .header("authorization", self.authorization()?)
            .call();
        self.answer(response)
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.trim_end_matches('/'))
    }

    fn authorization(&self) -> Result<String> {
        let key = match &self.secret_key {
            Some(key) => key.clone(),
            // Not made here: another folder's key would be of no use.
            None if !self.data.is_dir() => bail!(
                "there is no secret key: give --secret-key, or the collector's data folder with \
                 --data ({} is none)",
                self.data.display()
            ),
            None => store::keys(&self.data)?.secret_key,
        };
        Ok(format!("Bearer {key}"))
    }

    fn answer<T: DeserializeOwned>(
        &self,
        response: Result<Response<ureq::Body>, ureq::Error>,
    ) -> Result<T> {
        let mut response = response.with_context(|| {
            format!(
                "cannot reach the collector at {}; start it with `headstart serve`, or say where \
                 it is with --server",
                self.server
            )
        })?;
        let status = response.status();
        if status.is_success() {
            return response
                .body_mut()
                .with_config()
                .limit(64 * 1_024 * 1_024)
                .read_json()
                .with_context(|| format!("cannot read the answer of {}", self.server));
        }
        let refused: Refused = response.body_mut().read_json().with_context(|| {
            format!(
                "{} answers {status}; is it a Headstart collector?",
                self.server
            )
        })?;
        if refused.problems.is_empty() {
            return Err(anyhow!("{}", refused.error.message));
        }
        let lines: Vec<String> = refused.problems.iter().map(Problem::line).collect();
        Err(anyhow!("{}", lines.join("\n")))
    }
}

/// Any text as one segment of a path. Dots too are encoded, since `..` would lead elsewhere.
pub(super) fn segment(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'-' | b'_' | b'~' => char::from(byte).to_string(),
            _ if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn agent() -> Agent {
    Agent::config_builder()
        // What is wrong is in the body.
        .http_status_as_error(false)
        .build()
        .into()
}
