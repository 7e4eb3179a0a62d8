//! What test runners say in their closing lines.

use std::ops::Add;

use anyhow::{Context, Result, bail};

/// How many tests a runner ran, and how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that held.
    pub passed: usize,
    /// Tests that did not, or were cut off.
    pub failed: usize,
    /// Tests that were left out.
    pub skipped: usize,
}

impl Add for Counts {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

/// Reads the output of `cargo test`, or of wasm-bindgen's runner below it: one closing line for
/// every test program, all of which must be there.
pub fn of_cargo(output: &str) -> Result<Counts> {
    let mut programs = 0;
    let mut closed = 0;
    let mut counts = Counts::default();
    for line in output.lines().map(str::trim) {
        // `Running tests/apply.rs (target/debug/deps/apply-1a2b)`, not wasm-bindgen's
        // "Running headless tests in Chrome on `http://…`".
        if (line.starts_with("Running ") && line.ends_with(')')) || line.starts_with("Doc-tests ") {
            programs += 1;
        } else if line == "no tests to run!" {
            closed += 1;
        } else if let Some(result) = line.strip_prefix("test result: ") {
            closed += 1;
            counts = counts + cargo_line(result).with_context(|| format!("`{line}`"))?;
        }
    }
    if closed == 0 {
        bail!("no closing line `test result: …` was found");
    }
    if closed < programs {
        bail!("{programs} test programs were started, but only {closed} reported a result");
    }
    Ok(counts)
}

/// `ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s`
fn cargo_line(result: &str) -> Result<Counts> {
    let counted = result
        .split_once(". ")
        .map_or(result, |(_, counted)| counted);
    let number = |what: &str| {
        counted
            .split(';')
            .find_map(|part| part.trim().strip_suffix(what)?.trim().parse().ok())
    };
    Ok(Counts {
        passed: number("passed").context("does not say how many passed")?,
        failed: number("failed").context("does not say how many failed")?,
        skipped: number("ignored").unwrap_or(0),
    })
}

/// Reads the output of `node --test` (reporter `spec` or `tap`): its last block of counts.
pub fn of_node(output: &str) -> Result<Counts> {
    let number = |what: &str| {
        output.lines().rev().find_map(|line| {
            let line = line.trim();
            let counted = line.strip_prefix('ℹ').or_else(|| line.strip_prefix('#'))?;
            counted
                .trim()
                .strip_prefix(what)?
                .trim()
                .parse::<usize>()
                .ok()
        })
    };
    let closing =
        |what| number(what).with_context(|| format!("no closing line `{what} N` was found"));
    Ok(Counts {
        passed: closing("pass")?,
        failed: closing("fail")? + closing("cancelled")?,
        skipped: closing("skipped")? + closing("todo")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(passed: usize, failed: usize, skipped: usize) -> Counts {
        Counts {
            passed,
            failed,
            skipped,
        }
    }

    #[test]
    fn the_programs_of_cargo_test_are_summed() {
        let output = "
     Running unittests src/lib.rs (target/debug/deps/core-0f)

running 2 tests
test clock::tests::idle ... ok
test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

     Running tests/apply.rs (target/debug/deps/apply-1a)
test result: FAILED. 3 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out; finished in 1.20s

   Doc-tests headstart_core
test result: ok. 4 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.31s
";
        assert_eq!(of_cargo(output).expect("three results"), counts(9, 1, 2));
    }

    #[test]
    fn the_browser_runner_closes_like_cargo() {
        let output = "
     Running unittests src/lib.rs (target/wasm32-unknown-unknown/debug/deps/h-f3.wasm)
no tests to run!
     Running tests/panel.rs (target/wasm32-unknown-unknown/debug/deps/panel-b8.wasm)
Running headless tests in Chrome on `http://127.0.0.1:41907`
test result: ok. 5 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.12s
";
        assert_eq!(of_cargo(output).expect("two results"), counts(5, 0, 0));
    }

    #[test]
    fn a_program_that_died_without_a_result_is_noticed() {
        let check = |output: &str, expect: &str| {
            let error = of_cargo(output).expect_err(expect);
            assert!(format!("{error:#}").contains(expect), "{error:#}");
        };
        check(
            "error: could not compile `headstart-core`",
            "no closing line",
        );
        check(
            "Running tests/a.rs (a)\ntest result: ok. 1 passed; 0 failed; 0 ignored\nRunning tests/b.rs (b)\n",
            "2 test programs were started, but only 1 reported",
        );
        check(
            "test result: ok. many passed; 0 failed",
            "does not say how many passed",
        );
    }

    #[test]
    fn both_reporters_of_node_are_read() {
        let block = |mark: &str| {
            [
                "tests 9",
                "suites 0",
                "pass 5",
                "fail 1",
                "cancelled 1",
                "skipped 2",
                "todo 0",
                "duration_ms 81.2",
            ]
            .map(|line| format!("{mark} {line}\n"))
            .concat()
        };
        assert_eq!(of_node(&block("ℹ")).expect("spec"), counts(5, 2, 2));
        assert_eq!(of_node(&block("#")).expect("tap"), counts(5, 2, 2));
    }

    #[test]
    fn nodes_last_block_counts_not_what_a_test_printed() {
        let output =
            "ℹ pass 99\nℹ tests 1\nℹ pass 1\nℹ fail 0\nℹ cancelled 0\nℹ skipped 0\nℹ todo 0\n";
        assert_eq!(of_node(output).expect("counts"), counts(1, 0, 0));
    }

    #[test]
    fn node_that_never_closed_is_noticed() {
        let error = of_node("✔ a test (3 ms)\n").expect_err("cut off");
        assert!(error.to_string().contains("no closing line"), "{error}");
    }
}
