//! `cargo xtask demo`: the demo application, the widget in it and the collector behind it, on one
//! port of this machine.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::artefact;
use crate::command;
use crate::manifest::Manifest;
use crate::project::Project;

/// The checklist of the demo.
const CHECKLIST: &str = "getting-started";
/// The one user of the demo application.
const USER: &str = "user-1";
/// How long the collector may take to answer after it was started.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long it may take to write what it has, after it was asked to end.
const FAREWELL: Duration = Duration::from_secs(10);

/// What `headstart keys` prints.
#[derive(Deserialize)]
struct Keys {
    write_key: String,
    secret_key: String,
}

/// Builds everything, then serves until Ctrl-C.
pub fn run(project: &Project, manifest: &Manifest, port: u16, fresh: bool) -> Result<()> {
    check_port(port)?;
    artefact::build(project, manifest, None)?;
    let ended = Arc::new(AtomicBool::new(false));
    let end = Arc::clone(&ended);
    ctrlc::set_handler(move || end.store(true, Ordering::Relaxed))
        .context("cannot listen for Ctrl-C")?;
    let folder = project.root.join("target/demo");
    let (collector, url, keys) = begin(project, &folder, port, fresh, &ended)?;
    println!("{}", directions(&url, &keys));
    collector.wait(&ended)
}

/// Begins the demo with what is built, in a place of its own, and ends it at once.
pub fn rehearse(project: &Project) -> Result<()> {
    let free =
        TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    let port = free.context("127.0.0.1 has no free port")?.port();
    let folder = project.scratch().join("demo");
    begin(project, &folder, port, true, &AtomicBool::new(false)).map(drop)
}

/// Serves the application, with all its content published.
fn begin(
    project: &Project,
    folder: &Path,
    port: u16,
    fresh: bool,
    ended: &AtomicBool,
) -> Result<(Collector, String, Keys)> {
    let (site, data) = (folder.join("site"), folder.join("data"));
    if fresh {
        remove(&data)?;
    }
    fs::create_dir_all(&data).with_context(|| format!("cannot create {}", data.display()))?;
    let server = project.server();
    let keys = command::output(Command::new(&server).args(["keys", "--data"]).arg(&data))?;
    let keys: Keys = serde_json::from_str(&keys)
        .context("`headstart keys` did not print {\"write_key\":…,\"secret_key\":…}")?;
    let www = project.root.join("www");
    lay_out(&www.join("demo"), &site, &keys)?;
    copy(&www.join("gallery"), &site.join("gallery"))?;
    copy(&www.join("words"), &site.join("gallery/words"))?;

    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let url = format!("http://{address}");
    let mut collector = Collector::start(&server, address, &data, &site)?;
    collector.wait_until_ready(address, ended)?;
    publish(&server, &url, &keys.secret_key, &www)?;
    Ok((collector, url, keys))
}

fn check_port(port: u16) -> Result<()> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port))
        .map(drop)
        .with_context(|| {
            format!(
                "port {port} of 127.0.0.1 is taken: end what uses it, or choose another with --port"
            )
        })
}

/// Copies the application's files anew and writes the key into its page, as a customer would.
fn lay_out(source: &Path, site: &Path, keys: &Keys) -> Result<()> {
    remove(site)?;
    copy(source, site)?;
    let page = site.join("index.html");
    let html =
        fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    if !html.contains("WRITE_KEY") {
        bail!(
            "{} has no WRITE_KEY to replace",
            source.join("index.html").display()
        );
    }
    fs::write(&page, html.replace("WRITE_KEY", &keys.write_key))
        .with_context(|| format!("cannot write {}", page.display()))
}

/// Publishes what `content` in the folder has, and has it look as `settings.json` says.
fn publish(server: &Path, url: &str, secret_key: &str, www: &Path) -> Result<()> {
    let folder = www.join("content");
    let cannot = || format!("cannot list {}", folder.display());
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&folder).with_context(cannot)? {
        let path = entry.with_context(cannot)?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
    files.sort();
    if files.is_empty() {
        bail!("{} has no content: a demo of nothing", folder.display());
    }
    let run = |arguments: &[&str]| {
        let mut command = Command::new(server);
        command.args(arguments);
        command.args(["--server", url, "--secret-key", secret_key]);
        command
    };
    // Not shown as commands: they carry the key.
    print!(
        "{}",
        command::output(run(&["content", "push"]).args(&files))?
    );
    print!("{}", command::output(&mut run(&["content", "publish"]))?);
    let settings = www.join("settings.json");
    command::output(run(&["settings"]).arg("--set").arg(settings))?;
    Ok(())
}

fn directions(url: &str, keys: &Keys) -> String {
    let Keys {
        write_key,
        secret_key,
    } = keys;
    format!(
        r#"
The demo is running. Open

    {url}/

and do the five tasks of the checklist. The last one is done by a server:

    curl -u {write_key}: {url}/v1/track -H 'Content-Type: application/json' \
      -d '{{"userId":"{USER}","event":"Bank Connected"}}'

How many users were activated, and how long their sessions were:

    curl -H 'Authorization: Bearer {secret_key}' '{url}/api/v1/metrics/activation?content={CHECKLIST}'
    curl -H 'Authorization: Bearer {secret_key}' '{url}/api/v1/metrics/sessions'

The collector's API is described by {url}/api/openapi.json

Every component of the widget, in every state, theme and language:

    {url}/gallery/

Ctrl-C ends the demo; what it recorded stays in target/demo/data, until --fresh.
"#
    )
}

/// The collector as a child process, which ends when this value does.
struct Collector {
    child: Child,
}

impl Collector {
    fn start(server: &Path, address: SocketAddr, data: &Path, site: &Path) -> Result<Self> {
        let child = Command::new(server)
            .args(["serve", "--listen", &address.to_string(), "--data"])
            .arg(data)
            .arg("--site")
            .arg(site)
            .spawn()
            .with_context(|| format!("cannot start {}", server.display()))?;
        Ok(Self { child })
    }

    fn wait_until_ready(&mut self, address: SocketAddr, ended: &AtomicBool) -> Result<()> {
        let started = Instant::now();
        while !is_ready(address) {
            if let Some(status) = self.child.try_wait().context("lost the collector")? {
                bail!("the collector ended at once ({status}); it says why above");
            }
            if ended.load(Ordering::Relaxed) {
                bail!("interrupted");
            }
            if started.elapsed() > PATIENCE {
                bail!(
                    "the collector did not answer on http://{address}/readyz for {} seconds",
                    PATIENCE.as_secs()
                );
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    /// Waits for Ctrl-C, and then for the collector to have written everything.
    fn wait(mut self, ended: &AtomicBool) -> Result<()> {
        while !ended.load(Ordering::Relaxed) {
            if let Some(status) = self.child.try_wait().context("lost the collector")? {
                bail!("the collector ended by itself ({status})");
            }
            thread::sleep(Duration::from_millis(100));
        }
        self.end();
        println!("\nThe demo has ended.");
        Ok(())
    }

    fn end(&mut self) {
        // Ctrl-C reached the collector as well, but a signal sent to xtask alone did not.
        drop(
            Command::new("kill")
                .args(["-TERM", &self.child.id().to_string()])
                .output(),
        );
        let asked = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) {
            if asked.elapsed() > FAREWELL {
                drop(self.child.kill());
                drop(self.child.wait());
                return;
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        if matches!(self.child.try_wait(), Ok(None)) {
            self.end();
        }
    }
}

/// Whether `GET /readyz` is answered with 200.
fn is_ready(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        // In one piece: who answers after the first of several would reset the connection.
        let request =
            format!("GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    let cannot = || format!("cannot copy {} to {}", from.display(), to.display());
    fs::create_dir_all(to).with_context(cannot)?;
    for entry in fs::read_dir(from).with_context(cannot)? {
        let entry = entry.with_context(cannot)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), &target).with_context(cannot)?;
        }
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys {
            write_key: "wk_1".into(),
            secret_key: "sk_2".into(),
        }
    }

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = taken.local_addr().expect("its address").port();
        let error = check_port(port).expect_err("taken").to_string();
        assert!(
            error.contains(&format!("port {port}")) && error.contains("--port"),
            "{error}"
        );
        drop(taken);
        assert!(check_port(port).is_ok());
    }

    #[test]
    fn the_site_is_the_application_with_the_key_in_its_page() {
        let folder = std::env::temp_dir().join(format!("headstart-demo-{}", std::process::id()));
        let (source, site) = (folder.join("source"), folder.join("site"));
        fs::create_dir_all(source.join("app")).expect("a folder");
        fs::write(
            source.join("index.html"),
            "<script data-write-key=\"WRITE_KEY\">",
        )
        .expect("a page");
        fs::write(source.join("app/main.js"), "WRITE_KEY").expect("a script");
        fs::create_dir_all(&site).expect("a folder");
        fs::write(site.join("stale.js"), "").expect("a stale file");

        lay_out(&source, &site, &keys()).expect("a site");
        let text = |name: &str| fs::read_to_string(site.join(name)).expect("a file");
        assert_eq!(text("index.html"), "<script data-write-key=\"wk_1\">");
        assert_eq!(text("app/main.js"), "WRITE_KEY");
        assert!(!site.join("stale.js").exists());
        remove(&folder).expect("removed");
    }

    #[test]
    fn the_collector_is_ready_when_it_says_so() {
        let check = |answer: &'static str, expect: bool| {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
            let address = listener.local_addr().expect("its address");
            let server = thread::spawn(move || {
                let (mut stream, _) = listener.accept().expect("a request");
                let mut request = [0; 512];
                let length = stream.read(&mut request).expect("a request");
                stream.write_all(answer.as_bytes()).expect("an answer");
                String::from_utf8_lossy(&request[..length]).into_owned()
            });
            assert_eq!(is_ready(address), expect, "{answer}");
            let request = server.join().expect("the server ended");
            assert!(request.starts_with("GET /readyz HTTP/1.1\r\n"), "{request}");
        };
        check("HTTP/1.1 200 OK\r\n\r\n{}", true);
        check("HTTP/1.1 503 Service Unavailable\r\n\r\n{}", false);
        check("", false);
    }

    #[test]
    fn the_directions_can_be_pasted() {
        let text = directions("http://127.0.0.1:7373", &keys());
        assert!(
            text.contains("curl -u wk_1: http://127.0.0.1:7373/v1/track"),
            "{text}"
        );
        assert!(
            text.contains(r#"-d '{"userId":"user-1","event":"Bank Connected"}'"#),
            "{text}"
        );
        assert!(text.contains("'Authorization: Bearer sk_2' 'http://127.0.0.1:7373/api/v1/metrics/activation?content=getting-started'"), "{text}");
    }
}
