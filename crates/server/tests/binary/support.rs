//! Starting the binary, and ending what was started.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use ureq::Agent;

pub fn headstart() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headstart"));
    // What the machine's owner has set is not what is tested.
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("HEADSTART_")) {
        command.env_remove(name);
    }
    command
}

/// Runs to the end: whether it succeeded, stdout and stderr.
pub fn run(command: &mut Command) -> (bool, String, String) {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().expect("the binary starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (status.success(), text(stdout), text(stderr))
}

/// A running collector; killed when it is dropped.
pub struct Collector {
    child: Child,
    pub url: String,
}

impl Collector {
    pub fn start(data: &Path) -> Self {
        let mut command = headstart();
        command.args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--log",
            "error",
            "--data",
        ]);
        Self::spawn(command.arg(data))
    }

    pub fn spawn(command: &mut Command) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let stdout = child.stdout.take().expect("it was piped");
        let mut line = String::new();
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("a line of text");
        let url = line
            .trim()
            .strip_prefix("headstart listens on ")
            .unwrap_or_else(|| panic!("not the address: {line}"))
            .to_owned();
        Self { child, url }
    }

    /// SIGKILL: no chance to say goodbye.
    pub fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it ends");
    }

    /// SIGTERM, and waits for the end; answers whether that was a success.
    #[cfg(unix)]
    pub fn terminate(mut self) -> bool {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status();
        assert!(sent.expect("kill starts").success());
        self.child.wait().expect("it ends").success()
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        // Both fail when it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The write key and the secret key of a data folder.
pub fn keys(data: &Path) -> (String, String) {
    let (good, out, error) = run(headstart().args(["keys", "--data"]).arg(data));
    assert!(good, "{error}");
    let keys: Value = serde_json::from_str(&out).expect("JSON");
    let key = |name: &str| keys[name].as_str().expect("a key").to_owned();
    (key("write_key"), key("secret_key"))
}

pub fn agent() -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into()
}

/// The status and the text of an answer; none if there was no answer.
pub fn get(url: &str) -> Option<(u16, String)> {
    let mut answer = agent().get(url).call().ok()?;
    let mut text = String::new();
    answer
        .body_mut()
        .as_reader()
        .read_to_string(&mut text)
        .ok()?;
    Some((answer.status().as_u16(), text))
}
