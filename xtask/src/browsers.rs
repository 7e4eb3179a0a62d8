//! The browser that the tests run in, and its driver.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;
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
            if !can_install() {
                bail!(
                    "the browser tests need Chromium and its driver: install them (Debian: apt-get install {}), or name them in the variables CHROMIUM and CHROMEDRIVER",
                    PACKAGES.join(" ")
                );
            }
            println!(
                "Installing Debian's packages {} for the browser tests, a minute or two",
                PACKAGES.join(" and ")
            );
            install().context(
                "Debian's browser packages cannot be installed: is its mirror reachable?",
            )?;
        }
        let browser = Self::find()?.context(
            "Debian's browser packages are installed, but Chromium or chromedriver is not on PATH",
        )?;
        browser.check_versions()?;
        Ok(browser)
    }

    fn find() -> Result<Option<Self>> {
        let chromium = locate("CHROMIUM", &CHROMIUM)?;
        let driver = locate("CHROMEDRIVER", &DRIVER)?;
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

/// The program that the variable names, or else the first of the names on `PATH`.
fn locate(variable: &str, names: &[&str]) -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os(variable).filter(|value| !value.is_empty()) {
        let path = PathBuf::from(named);
        if !path.exists() {
            bail!("{variable} is {}, which does not exist", path.display());
        }
        return Ok(Some(path));
    }
    Ok(names.iter().find_map(|name| command::find(name)))
}

fn can_install() -> bool {
    let root = command::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && Path::new("/etc/debian_version").exists() && command::find("apt-get").is_some()
}

fn install() -> Result<()> {
    let apt = |arguments: &[&str]| {
        command::run(
            Command::new("apt-get")
                .args(arguments)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
    };
    apt(&["update", "-q"])?;
    let mut arguments = vec!["install", "-q", "-y", "--no-install-recommends"];
    arguments.extend(PACKAGES);
    apt(&arguments)
}

/// Writes the capabilities by which wasm-bindgen's test runner starts this very browser.
pub fn write_capabilities(browser: &Browser, path: &Path) -> Result<()> {
    let capabilities = serde_json::json!({
        "goog:chromeOptions": { "binary": browser.chromium }
    });
    fs::write(path, capabilities.to_string())
        .with_context(|| format!("cannot write {}", path.display()))
}
