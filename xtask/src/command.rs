//! Running other programs so that a person can follow.

use std::env;
use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};

/// How long to wait for output after the program itself has ended: something it started may hold
/// its end of the pipe open.
const AFTERMATH: Duration = Duration::from_secs(5);

/// What a program printed, and whether it was content.
pub struct Transcript {
    /// Whether the exit code was 0.
    pub success: bool,
    /// Standard output and standard error in the order they came, without colours.
    pub text: String,
}

/// Prints the command line, runs it with this terminal, and fails if it does.
pub fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", line(command));
    let status = command.status().with_context(|| cannot_start(command))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs silently and returns standard output; what the program complained of is in the error.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| cannot_start(command))?;
    if !output.status.success() {
        bail!(
            "`{}` failed ({})\n{}",
            line(command),
            output.status,
            String::from_utf8_lossy(&output.stderr).trim_end()
        );
    }
    String::from_utf8(output.stdout)
        .with_context(|| format!("`{}` printed text that is not UTF-8", line(command)))
}

/// Prints the command line, runs it, shows its output as it comes, and also returns it. A failing
/// program is no error here: its transcript says how it failed.
pub fn transcribe(mut command: Command) -> Result<Transcript> {
    println!("$ {}", line(&command));
    if io::stdout().is_terminal() {
        command.env("CARGO_TERM_COLOR", "always");
    }
    let (reader, writer) = io::pipe().context("cannot make a pipe")?;
    command
        .stdin(Stdio::null())
        .stdout(writer.try_clone().context("cannot share a pipe")?)
        .stderr(writer);
    let mut child = command.spawn().with_context(|| cannot_start(&command))?;
    let name = line(&command);
    // The command holds the pipe's writing ends; without this the reader would never see the end.
    drop(command);

    let (sender, lines) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut bytes = Vec::new();
        while reader.read_until(b'\n', &mut bytes).is_ok_and(|n| n > 0) {
            let line = String::from_utf8_lossy(&bytes).into_owned();
            print!("{line}");
            // A closed standard output must not end the tests.
            drop(io::stdout().flush());
            if sender.send(line).is_err() {
                break;
            }
            bytes.clear();
        }
    });

    let mut text = String::new();
    let mut status = None;
    loop {
        match lines.recv_timeout(if status.is_some() {
            AFTERMATH
        } else {
            Duration::from_millis(200)
        }) {
            Ok(line) => text.push_str(&plain(&line)),
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) if status.is_some() => break,
            Err(RecvTimeoutError::Timeout) => {
                status = child.try_wait().with_context(|| format!("lost `{name}`"))?;
            }
        }
    }
    let status = match status {
        Some(status) => status,
        None => child.wait().with_context(|| format!("lost `{name}`"))?,
    };
    Ok(Transcript {
        success: status.success(),
        text,
    })
}

/// Finds a program on `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| {
            folder
                .join(program)
                .with_extension(env::consts::EXE_EXTENSION)
        })
        .find(|path| path.is_file())
}

/// The command as a person would type it.
pub fn line(command: &Command) -> String {
    let mut line = command.get_program().to_string_lossy().into_owned();
    for argument in command.get_args() {
        let argument = argument.to_string_lossy();
        line.push(' ');
        if argument.is_empty() || argument.contains([' ', '"', '\'', '*', '$']) {
            line.push('\'');
            line.push_str(&argument.replace('\'', r"'\''"));
            line.push('\'');
        } else {
            line.push_str(&argument);
        }
    }
    line
}

fn cannot_start(command: &Command) -> String {
    format!(
        "cannot start `{}`: is it installed and on PATH?",
        command.get_program().to_string_lossy()
    )
}

/// Removes the escape sequences by which programs colour their output (ECMA-48, CSI).
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\u{1b}' {
            plain.push(character);
        } else if characters.next() == Some('[') {
            characters.find(|c| ('\u{40}'..='\u{7e}').contains(c));
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_removed_and_text_is_kept() {
        let check = |text, expect| assert_eq!(plain(text), expect);
        check(
            "test result: \u{1b}[32mok\u{1b}[0m. 3 passed",
            "test result: ok. 3 passed",
        );
        check("\u{1b}[1m\u{1b}[92m   Running\u{1b}[0m x", "   Running x");
        check("no colour [at all]", "no colour [at all]");
    }

    #[test]
    fn a_command_line_is_shown_so_that_it_can_be_pasted() {
        let mut command = Command::new("node");
        command.args(["--test", "a b", "it's", ""]);
        assert_eq!(line(&command), r"node --test 'a b' 'it'\''s' ''");
    }

    #[test]
    fn a_transcript_has_both_streams_in_order_and_the_outcome() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo one; echo two >&2; echo three; exit 3"]);
        let transcript = transcribe(command).expect("sh runs");
        assert_eq!(transcript.text, "one\ntwo\nthree\n");
        assert!(!transcript.success);
    }

    #[test]
    fn a_program_that_cannot_be_started_is_named() {
        let error =
            run(&mut Command::new("headstart-no-such-program")).expect_err("it does not exist");
        assert!(
            error.to_string().contains("headstart-no-such-program"),
            "{error}"
        );
    }
}
