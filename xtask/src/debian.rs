//! Programs that Debian packages, and that the tests find wherever they come from.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::command;

/// A program that tests need.
pub struct Program {
    /// The environment variable that can name another, and by which the tests are told of it.
    pub variable: &'static str,
    /// What it may be called on `PATH`, or paths.
    pub names: &'static [&'static str],
    /// Debian's package of it.
    pub package: &'static str,
}

/// Finds the programs, and installs the packages of those that are missing where that is possible
/// without asking. Answers each one's variable and place.
pub fn ensure(programs: &[Program]) -> Result<Vec<(&'static str, PathBuf)>> {
    let missing = missing(programs)?;
    if !missing.is_empty() {
        if !can_install() {
            let variables: Vec<_> = programs.iter().map(|program| program.variable).collect();
            bail!(
                "the tests need programs of Debian's packages {0}: install them (apt-get install {0}), or name the programs in the variables {1}",
                missing.join(" "),
                variables.join(", ")
            );
        }
        install(&missing)?;
    }
    programs
        .iter()
        .map(|program| {
            let found = locate(program.variable, program.names)?.with_context(|| {
                format!(
                    "Debian's package {} is installed, but none of {} is there",
                    program.package,
                    program.names.join(", ")
                )
            })?;
            Ok((program.variable, found))
        })
        .collect()
}

fn missing(programs: &[Program]) -> Result<Vec<&'static str>> {
    let mut missing = Vec::new();
    for program in programs {
        if locate(program.variable, program.names)?.is_none() && !missing.contains(&program.package)
        {
            missing.push(program.package);
        }
    }
    Ok(missing)
}

/// The program that the variable names, or else the first of the names that is on `PATH` or a path.
pub fn locate(variable: &str, names: &[&str]) -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os(variable).filter(|value| !value.is_empty()) {
        let path = PathBuf::from(named);
        if !path.exists() {
            bail!("{variable} is {}, which does not exist", path.display());
        }
        return Ok(Some(path));
    }
    Ok(names.iter().find_map(|name| {
        let path = Path::new(name);
        if path.is_absolute() {
            path.exists().then(|| path.to_owned())
        } else {
            command::find(name)
        }
    }))
}

/// Whether packages can be installed without asking: on Debian, as root.
pub fn can_install() -> bool {
    let root = command::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && Path::new("/etc/debian_version").exists() && command::find("apt-get").is_some()
}

/// Installs packages.
pub fn install(packages: &[&str]) -> Result<()> {
    println!(
        "Installing Debian's packages {} for the tests, a minute or two",
        packages.join(", ")
    );
    let apt = |arguments: &[&str]| {
        command::run(
            Command::new("apt-get")
                .args(arguments)
                .env("DEBIAN_FRONTEND", "noninteractive"),
        )
    };
    let mut arguments = vec!["install", "-q", "-y", "--no-install-recommends"];
    arguments.extend(packages);
    apt(&["update", "-q"])
        .and_then(|()| apt(&arguments))
        .context("Debian's packages cannot be installed: is its mirror reachable?")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHELL: Program = Program {
        variable: "HEADSTART_TEST_NO_SUCH_VARIABLE",
        names: &["headstart-no-such-program", "sh"],
        package: "dash",
    };

    #[test]
    fn a_program_is_found_by_name_or_by_path() {
        let check = |names: &[&str], expect: bool| {
            let found = locate("HEADSTART_TEST_NO_SUCH_VARIABLE", names).expect("no variable");
            assert_eq!(found.is_some(), expect, "{names:?}");
        };
        check(&["headstart-no-such-program", "sh"], true);
        check(&["/bin/sh"], true);
        check(&["headstart-no-such-program", "/no/such/program"], false);
    }

    #[test]
    fn what_is_there_is_not_installed() {
        assert!(missing(&[SHELL]).expect("no variable").is_empty());
        let found = ensure(&[SHELL]).expect("sh is there");
        assert_eq!(found.len(), 1);
        assert!(found[0].1.ends_with("sh"));
    }

    #[test]
    fn a_package_is_named_once() {
        let absent = |package| Program {
            variable: "HEADSTART_TEST_NO_SUCH_VARIABLE",
            names: &["headstart-no-such-program"],
            package,
        };
        let programs = [absent("one"), absent("two"), absent("one")];
        assert_eq!(missing(&programs).expect("no variable"), ["one", "two"]);
    }
}
