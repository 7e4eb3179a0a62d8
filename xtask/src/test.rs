//! `cargo xtask test`: everything that can be checked, in stages, from quick to slow. Ends at once
//! where what the rest stands on fails, and else runs them all, to tell of all that is wrong in one go. The last line
//! has the counts of all tests that ran.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::artefact::{self, Dist};
use crate::book;
use crate::browsers::{self, Browser, Proxy};
use crate::command::{self, Transcript};
use crate::counts::{self, Counts};
use crate::debian;
use crate::demo;
use crate::engines;
use crate::hosts;
use crate::lint;
use crate::manifest::Manifest;
use crate::patched;
use crate::project::{Project, WASM_TARGET};
use crate::size;
use crate::tools::Tools;
use crate::version::Version;

/// One part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Stage {
    /// Formatting, clippy, JavaScript types
    Lint,
    /// The tests of core, collector and xtask, on this machine
    Native,
    /// The widget and the collector, as they are shipped
    Build,
    /// The budgets
    Size,
    /// The book, made into a website
    Book,
    /// The widget's own tests, in a browser
    Browser,
    /// The whole: collector, loader and widget in real pages
    E2e,
    /// What must survive faults and kills, in three engines
    Engines,
}

/// How a stage ended.
struct Report {
    stage: Stage,
    took: Duration,
    /// What was counted, in a stage that runs tests.
    counts: Option<Counts>,
    /// Why it failed.
    failure: Option<String>,
}

/// Runs the stages, or only some, and prints the counts last.
pub fn main(only: &[Stage]) -> ExitCode {
    let stages: Vec<Stage> = Stage::value_variants()
        .iter()
        .copied()
        .filter(|stage| only.is_empty() || only.contains(stage))
        .collect();
    let mut reports = Vec::new();
    let setup = Project::locate().and_then(|project| {
        let manifest = Manifest::read(&project.root)?;
        Ok((project, manifest))
    });
    match setup {
        Ok((project, manifest)) => {
            for stage in &stages {
                let report = run(*stage, &project, &manifest);
                let ends = report.failure.is_some() && stage.is_ground();
                reports.push(report);
                if ends {
                    break;
                }
            }
        }
        Err(error) => eprintln!("error: {error:#}"),
    }
    let passed = reports.len() == stages.len() && reports.iter().all(|r| r.failure.is_none());
    print!("{}", summary(&stages, &reports));
    if passed {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn run(stage: Stage, project: &Project, manifest: &Manifest) -> Report {
    println!("\n=== {} ===", stage.name());
    let started = Instant::now();
    let outcome = stage.run(project, manifest);
    let took = started.elapsed();
    let (counts, failure) = match outcome {
        Ok(outcome) => outcome.verdict(),
        Err(error) => (None, Some(format!("{error:#}"))),
    };
    match &failure {
        None => println!("=== {}: ok, {} ===", stage.name(), time(took)),
        Some(why) => println!(
            "=== {}: FAILED after {}: {why} ===",
            stage.name(),
            time(took)
        ),
    }
    Report {
        stage,
        took,
        counts,
        failure,
    }
}

/// What a stage found out: nothing countable, or what a runner printed and how it is read.
enum Outcome {
    Checked,
    Tested(Transcript, fn(&str) -> Result<Counts>),
}

impl Outcome {
    /// The counts, and why the stage failed if it did. A runner is believed only if it closed with
    /// counts, ran something, and its exit code agrees.
    fn verdict(&self) -> (Option<Counts>, Option<String>) {
        let Self::Tested(transcript, read) = self else {
            return (None, None);
        };
        match read(&transcript.text) {
            Err(error) => (None, Some(format!("{error:#}"))),
            Ok(counts) => {
                let failure = if counts.failed > 0 {
                    Some(format!("{} tests failed", counts.failed))
                } else if !transcript.success {
                    Some("the runner failed, though no test did".to_owned())
                } else if counts.passed == 0 {
                    Some("no test ran".to_owned())
                } else {
                    None
                };
                (Some(counts), failure)
            }
        }
    }
}

impl Stage {
    fn name(self) -> &'static str {
        match self {
            Self::Lint => "lint",
            Self::Native => "native",
            Self::Build => "build",
            Self::Size => "size",
            Self::Book => "book",
            Self::Browser => "browser",
            Self::E2e => "e2e",
            Self::Engines => "engines",
        }
    }

    /// Whether nothing after it says much if it fails.
    fn is_ground(self) -> bool {
        matches!(self, Self::Lint | Self::Native | Self::Build)
    }

    fn run(self, project: &Project, manifest: &Manifest) -> Result<Outcome> {
        let tools = Tools::new(project, manifest)?;
        match self {
            Self::Lint => lint::run(project, manifest, false).map(|()| Outcome::Checked),
            Self::Native => native(&tools),
            Self::Build => artefact::build(project, manifest, None).map(|()| Outcome::Checked),
            Self::Size => {
                tools.ensure_wasm()?;
                let dist = Dist::assemble(project, manifest, &tools)
                    .context("the widget is not built: run the stage `build` first")?;
                size::measure(project, manifest, &tools, &dist).map(|_| Outcome::Checked)
            }
            Self::Book => book::make(project, &tools).map(|_| Outcome::Checked),
            Self::Browser => browser(project, manifest, &tools),
            Self::E2e => end_to_end(project, &tools),
            Self::Engines => {
                let limits = runner_limits(tools.node()?, engines::AT_A_TIME);
                let transcript = engines::test(project, &tools, limits)?;
                Ok(Outcome::Tested(transcript, counts::of_node))
            }
        }
    }
}

fn native(tools: &Tools) -> Result<Outcome> {
    let mut cargo = tools.command("cargo")?;
    // The widget itself exists in browsers only.
    cargo.args([
        "test",
        "--workspace",
        "--exclude",
        "headstart",
        "--exclude",
        "headstart-standalone",
        "--no-fail-fast",
    ]);
    Ok(Outcome::Tested(
        command::transcribe(cargo)?,
        counts::of_cargo,
    ))
}

fn browser(project: &Project, manifest: &Manifest, tools: &Tools) -> Result<Outcome> {
    tools.ensure_wasm()?;
    let browser = Browser::ensure()?;
    let scratch = project.scratch();
    fs::create_dir_all(&scratch).with_context(|| format!("cannot create {}", scratch.display()))?;
    let capabilities = scratch.join("webdriver.json");
    tools.ensure_node()?;
    let proxy = Proxy::start(tools.command("node")?)?;
    browsers::write_capabilities(&browser, &proxy, &capabilities)?;
    let steer = |mut command: Command| {
        command
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities)
            // Seconds; the defaults of 20 and 5 are for faster machines than a shared one.
            .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30");
        command::transcribe(command)
    };
    let mut wasm_pack = tools.command("wasm-pack")?;
    wasm_pack
        .args(["test", "--headless", "--chrome", "--chromedriver"])
        .arg(&browser.driver)
        // What is tested is compiled with the same changes as what is shipped.
        .args([".", "--no-default-features"])
        .args(patched::arguments(
            project,
            tools,
            &manifest.wasm.widget.patches,
        )?);
    let mut transcript = steer(wasm_pack)?;
    // And the part of an application in Yew without, as that has it; and what its documentation shows.
    for target in [
        &["--test", "component", "--test", "ui_keys"][..],
        &["--doc"],
    ] {
        let mut cargo = tools.command("cargo")?;
        cargo
            .args(["test", "--target", WASM_TARGET])
            .args(target)
            .env("CHROMEDRIVER", &browser.driver)
            .env(
                "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER",
                "wasm-bindgen-test-runner",
            );
        let host = steer(cargo)?;
        transcript.success &= host.success;
        transcript.text += &host.text;
    }
    Ok(Outcome::Tested(transcript, counts::of_cargo))
}

fn end_to_end(project: &Project, tools: &Tools) -> Result<Outcome> {
    tools.ensure_node()?;
    let browser = Browser::ensure()?;
    let server = project.built_server()?;
    demo::rehearse(project).context("`cargo xtask demo` would not begin")?;
    hosts::build(project, tools)?;
    let mut files = test_files(&project.root)?;
    files.retain(|file| !file.starts_with(engines::FOLDER));
    if files.is_empty() {
        bail!("there is no tests/**/*.test.mjs");
    }
    // Each starts a browser.
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let mut node = tools.command("node")?;
    node.args(["--test", "--test-reporter=spec"])
        .args(runner_limits(tools.node()?, (cores / 2).clamp(1, 4)))
        .args(files)
        .env("HEADSTART_BIN", &server)
        .env("CHROMIUM", &browser.chromium);
    for (variable, program) in debian::ensure(&[engines::SQLITE])? {
        node.env(variable, program);
    }
    Ok(Outcome::Tested(command::transcribe(node)?, counts::of_node))
}

/// At most so many files at a time, and at most ten minutes for one; for versions of Node.js that
/// can be told so.
fn runner_limits(node: Version, files: usize) -> Vec<String> {
    if node
        < (Version {
            major: 20,
            minor: 11,
            patch: 0,
        })
    {
        return Vec::new();
    }
    vec![
        format!("--test-concurrency={files}"),
        "--test-timeout=600000".to_owned(),
    ]
}

/// Every `tests/**/*.test.mjs`, as a path from the root.
pub fn test_files(root: &Path) -> Result<Vec<PathBuf>> {
    fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
        let cannot = || format!("cannot list {}", folder.display());
        for entry in fs::read_dir(folder).with_context(cannot)? {
            let path = entry.with_context(cannot)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() {
                if name != "node_modules" {
                    walk(&path, files)?;
                }
            } else if name.ends_with(".test.mjs") {
                files.push(path);
            }
        }
        Ok(())
    }
    let mut files = Vec::new();
    walk(&root.join("tests"), &mut files)?;
    for file in &mut files {
        if let Ok(relative) = file.strip_prefix(root) {
            *file = relative.to_owned();
        }
    }
    files.sort();
    Ok(files)
}

/// The table of stages and, as the last line, the counts of all.
fn summary(stages: &[Stage], reports: &[Report]) -> String {
    let mut text = String::from("\n");
    let mut total = Counts::default();
    for stage in stages {
        let name = stage.name();
        let Some(report) = reports.iter().find(|report| report.stage == *stage) else {
            row(&mut text, name, "", "not run");
            continue;
        };
        let counted = report.counts.map(|counts| {
            total = total + counts;
            format!(
                "{} passed, {} failed, {} skipped",
                counts.passed, counts.failed, counts.skipped
            )
        });
        let failed = report.failure.as_ref().map(|why| format!("FAILED: {why}"));
        let said: Vec<String> = counted.into_iter().chain(failed).collect();
        let said = if said.is_empty() {
            "ok".to_owned()
        } else {
            said.join("; ")
        };
        row(&mut text, name, &time(report.took), &said);
    }
    // A stage can fail without a failed test (a lint, a budget, a runner that died), and the last
    // line must not look like success then.
    let unaccounted = reports.len() < stages.len() && reports.iter().all(|r| r.failure.is_none());
    let failures = reports
        .iter()
        .filter(|r| r.failure.is_some() && r.counts.is_none_or(|counts| counts.failed == 0))
        .count();
    total.failed += failures + usize::from(unaccounted);
    text + &format!("\n{} passed, {} failed\n", total.passed, total.failed)
}

fn row(text: &mut String, name: &str, time: &str, said: &str) {
    writeln!(text, "{name:<9}{time:>8}  {said}").expect("a String takes any text");
}

fn time(duration: Duration) -> String {
    let seconds = duration.as_secs();
    format!("{}m {:02}s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(stage: Stage, counts: Option<(usize, usize)>, failure: Option<&str>) -> Report {
        Report {
            stage,
            took: Duration::from_secs(75),
            counts: counts.map(|(passed, failed)| Counts {
                passed,
                failed,
                skipped: 0,
            }),
            failure: failure.map(str::to_owned),
        }
    }

    fn last_line(stages: &[Stage], reports: &[Report]) -> String {
        summary(stages, reports)
            .lines()
            .last()
            .expect("a line")
            .to_owned()
    }

    #[test]
    fn the_last_line_sums_the_stages() {
        use Stage::{E2e, Lint, Native};
        let check = |reports: &[Report], expect: &str| {
            assert_eq!(last_line(&[Lint, Native, E2e], reports), expect);
        };
        let lint = || report(Lint, None, None);
        check(
            &[
                lint(),
                report(Native, Some((40, 0)), None),
                report(E2e, Some((2, 0)), None),
            ],
            "42 passed, 0 failed",
        );
        check(
            &[
                lint(),
                report(Native, Some((38, 2)), Some("2 tests failed")),
            ],
            "38 passed, 2 failed",
        );
        check(
            &[
                lint(),
                report(Native, Some((40, 0)), Some("the runner failed")),
            ],
            "40 passed, 1 failed",
        );
        check(&[report(Lint, None, Some("clippy"))], "0 passed, 1 failed");
        check(&[], "0 passed, 1 failed");
    }

    #[test]
    fn the_summary_names_the_stage_that_failed_and_those_not_run() {
        let stages = [Stage::Lint, Stage::Native, Stage::Build];
        let reports = [
            report(Stage::Lint, None, None),
            report(Stage::Native, Some((3, 1)), Some("1 tests failed")),
        ];
        assert_eq!(
            summary(&stages, &reports),
            "\n\
             lint       1m 15s  ok\n\
             native     1m 15s  3 passed, 1 failed, 0 skipped; FAILED: 1 tests failed\n\
             build              not run\n\
             \n\
             3 passed, 1 failed\n"
        );
    }

    #[test]
    fn a_runner_is_believed_only_if_all_agrees() {
        let check = |text: &str, success, expect: Option<&str>| {
            let transcript = Transcript {
                success,
                text: text.to_owned(),
            };
            let (_, failure) = Outcome::Tested(transcript, counts::of_cargo).verdict();
            assert_eq!(failure.as_deref(), expect);
        };
        check("test result: ok. 3 passed; 0 failed", true, None);
        check(
            "test result: FAILED. 3 passed; 2 failed",
            false,
            Some("2 tests failed"),
        );
        check(
            "test result: ok. 3 passed; 0 failed",
            false,
            Some("the runner failed, though no test did"),
        );
        check(
            "test result: ok. 0 passed; 0 failed",
            true,
            Some("no test ran"),
        );
        check(
            "all good",
            true,
            Some("no closing line `test result: …` was found"),
        );
    }
}
