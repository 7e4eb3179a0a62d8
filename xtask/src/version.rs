//! Version numbers, as tools print them and as `Cargo.lock` has them.

use std::fmt;
use std::str::FromStr;

use anyhow::{Context, Error, Result};
use serde::Deserialize;

/// A version of three numbers, compared number by number. What follows them (`-rc.1`, `+build`)
/// plays no part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// Changes that break.
    pub major: u32,
    /// Changes that add.
    pub minor: u32,
    /// Changes that repair.
    pub patch: u32,
}

impl FromStr for Version {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let numbers = text.split(['-', '+']).next().unwrap_or(text);
        let mut numbers = numbers.split('.').map(str::parse);
        let mut next = || {
            numbers
                .next()
                .and_then(Result::ok)
                .with_context(|| format!("`{text}` is no version such as 1.2.3"))
        };
        Ok(Self {
            major: next()?,
            minor: next()?,
            patch: next()?,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

/// Finds the version in what a tool prints on `--version`: `wasm-pack 0.15.1`, `v20.1.0`,
/// `Chromium 156.0.1.2 built on Debian`.
pub fn of_output(output: &str) -> Option<Version> {
    output
        .split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find_map(|word| {
            let three: Vec<&str> = word.splitn(4, '.').take(3).collect();
            three.join(".").parse().ok()
        })
}

/// The version of the crate in the text of a `Cargo.lock`; the highest, if it is there in several.
pub fn in_lock(lock: &str, name: &str) -> Result<Option<Version>> {
    #[derive(Deserialize)]
    struct Lock {
        #[serde(default)]
        package: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        name: String,
        version: String,
    }
    let lock: Lock = toml::from_str(lock).context("Cargo.lock cannot be read")?;
    lock.package
        .iter()
        .filter(|package| package.name == name)
        .map(|package| package.version.parse())
        .try_fold(None, |highest, version| Ok(highest.max(Some(version?))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().expect("a version")
    }

    #[test]
    fn versions_compare_by_number_not_by_letter() {
        assert!(version("0.9.0") < version("0.15.1"));
        assert!(version("20.0.0") < version("20.10.0"));
        assert!(version("9.99.99") < version("10.0.0"));
        assert_eq!(version("1.2.3-rc.1"), version("1.2.3"));
    }

    #[test]
    fn what_is_no_version_is_refused_by_name() {
        let error = "twenty".parse::<Version>().expect_err("no numbers");
        assert_eq!(error.to_string(), "`twenty` is no version such as 1.2.3");
        assert!("20.1".parse::<Version>().is_err());
    }

    #[test]
    fn the_version_is_found_in_what_tools_print() {
        let check = |output, expect: Option<&str>| {
            assert_eq!(of_output(output), expect.map(version), "{output}");
        };
        check("wasm-pack 0.15.1\n", Some("0.15.1"));
        check("wasm-bindgen 0.2.130", Some("0.2.130"));
        check("v20.19.2", Some("20.19.2"));
        check("Chromium 156.0.8078.80 built on Debian", Some("156.0.8078"));
        check(
            "ChromeDriver 156.0.8078.80 (abc-refs/branch-heads/1@{#2})",
            Some("156.0.8078"),
        );
        check("command not found", None);
        check("", None);
    }

    #[test]
    fn the_highest_version_is_found_in_a_lock_file() {
        let lock = r#"
            version = 4
            [[package]]
            name = "syn"
            version = "2.0.119"
            [[package]]
            name = "syn"
            version = "10.0.0"
            [[package]]
            name = "wasm-bindgen"
            version = "0.2.130"
        "#;
        let check = |name, expect: Option<&str>| {
            assert_eq!(
                in_lock(lock, name).expect("a lock file"),
                expect.map(version)
            );
        };
        check("wasm-bindgen", Some("0.2.130"));
        check("syn", Some("10.0.0"));
        check("yew", None);
    }
}
