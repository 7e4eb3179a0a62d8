//! The browser that the tests run in, and its driver.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::command;
use crate::debian;
use crate::version;

/// Debian's packages of both.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];
const CHROMIUM: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const DRIVER: [&str; 1] = ["chromedriver"];

/// Chromium and the program that steers it.
pub struct Browser {
    /// The browser.
    pub chromium: PathBuf,
    /// Its driver, of the same major version.
    pub driver: PathBuf,
}

impl Browser {
    /// Finds both, and installs Debian's packages where that is possible without asking: on
    /// Debian, as root.
    pub fn ensure() -> Result<Self> {
        if Self::find()?.is_none() {
            if !debian::can_install() {
                bail!(
                    "the browser tests need Chromium and its driver: install them (Debian: apt-get install {}), or name them in the variables CHROMIUM and CHROMEDRIVER",
                    PACKAGES.join(" ")
                );
            }
            debian::install(&PACKAGES)?;
        }
        let browser = Self::find()?.context(
            "Debian's browser packages are installed, but Chromium or chromedriver is not on PATH",
        )?;
        browser.check_versions()?;
        Ok(browser)
    }

    fn find() -> Result<Option<Self>> {
        let chromium = debian::locate("CHROMIUM", &CHROMIUM)?;
        let driver = debian::locate("CHROMEDRIVER", &DRIVER)?;
        Ok(chromium
            .zip(driver)
            .map(|(chromium, driver)| Self { chromium, driver }))
    }

    fn check_versions(&self) -> Result<()> {
        let [chromium, driver] = [&self.chromium, &self.driver].map(|program| -> Result<_> {
            let output = command::output(Command::new(program).arg("--version"))?;
            version::of_output(&output)
                .with_context(|| format!("{} --version printed no version", program.display()))
        });
        let (chromium, driver) = (chromium?, driver?);
        if chromium.major != driver.major {
            bail!(
                "{} is of version {chromium}, but {} of {driver}, and a driver steers only its own major version: install matching ones, or name them in CHROMIUM and CHROMEDRIVER",
                self.chromium.display(),
                self.driver.display()
            );
        }
        Ok(())
    }
}

/// Writes the capabilities by which wasm-bindgen's test runner starts this very browser.
pub fn write_capabilities(browser: &Browser, proxy: &Proxy, path: &Path) -> Result<()> {
    let through = format!("--proxy-server=127.0.0.1:{}", proxy.port);
    let capabilities = serde_json::json!({
        "goog:chromeOptions": {
            "binary": browser.chromium,
            // Or this machine's own addresses would go past it.
            "args": [through, "--proxy-bypass-list=<-loopback>"]
        }
    });
    fs::write(path, capabilities.to_string())
        .with_context(|| format!("cannot write {}", path.display()))
}

/// The proxy between browser and test server; see its source.
const PROXY: &str = "tests/support/narrow.mjs";

/// A proxy that runs until it is dropped.
pub struct Proxy {
    child: Child,
    port: u16,
}

impl Proxy {
    /// Starts it.
    pub fn start(mut node: Command) -> Result<Self> {
        let mut child = node
            .arg(PROXY)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot run {PROXY}"))?;
        let mut line = String::new();
        let output = child.stdout.take().context("it was piped")?;
        BufReader::new(output).read_line(&mut line)?;
        let port = line.trim().parse();
        let port = port.with_context(|| format!("{PROXY} did not print its port"))?;
        Ok(Self { child, port })
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
