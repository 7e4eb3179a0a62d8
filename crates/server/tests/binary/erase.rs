use std::fs;
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Collector, agent, headstart, keys, run};

/// A collector to which a user and two browsers have sent something.
fn started() -> (TempDir, Collector) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let collector = Collector::start(folder.path());
    let (write_key, _) = keys(folder.path());
    let body = json!({ "writeKey": write_key, "batch": [
        { "type": "track", "anonymousId": "browser-1", "event": "x" },
        { "type": "identify", "anonymousId": "browser-1", "userId": "jörg/1?",
          "traits": { "plan": "pro" } },
        { "type": "track", "anonymousId": "browser-2", "event": "x" }
    ] });
    let answer = agent()
        .post(format!("{}/v1/batch", collector.url))
        .send(body.to_string())
        .and_then(|mut answer| answer.body_mut().read_json::<Value>())
        .expect("an answer");
    assert_eq!(answer["accepted"], 3);
    (folder, collector)
}

fn erase(folder: &TempDir, collector: &Collector, whom: [&str; 2]) -> (bool, String, String) {
    let mut command = headstart();
    command.arg("erase").args(whom);
    command.args(["--server", &collector.url, "--data"]);
    run(command.arg(folder.path()))
}

fn anywhere(folder: &TempDir, text: &str) -> bool {
    let files = fs::read_dir(folder.path()).expect("a folder");
    files
        .map(|file| fs::read(file.expect("a file").path()).expect("it can be read"))
        .any(|bytes| {
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
}

#[test]
fn a_user_is_erased_with_their_browsers_while_the_collector_runs() {
    let (folder, collector) = started();
    assert!(anywhere(&folder, "jörg/1?") && anywhere(&folder, "browser-1"));
    let (good, out, error) = erase(&folder, &collector, ["--user", "jörg/1?"]);
    assert!(good, "{error}");
    insta::assert_snapshot!(out, @"jörg/1?: erased, with 1 browser, 2 events, 1 trait, 0 sessions and 0 visits");
    assert!(!anywhere(&folder, "jörg/1?") && !anywhere(&folder, "browser-1"));
    assert!(anywhere(&folder, "browser-2"), "somebody else");
    let (good, out, error) = erase(&folder, &collector, ["--anonymous", "browser-2"]);
    assert!(good, "{error}");
    insta::assert_snapshot!(out, @"browser-2: erased, with 1 browser, 1 event, 0 traits, 0 sessions and 0 visits");
    assert!(!anywhere(&folder, "browser-2"));
}

#[test]
fn who_is_not_there_is_told_with_the_remedy() {
    let (folder, collector) = started();
    let (good, out, error) = erase(&folder, &collector, ["--user", "browser-2"]);
    assert!(!good);
    assert_eq!(out, "");
    assert!(error.contains("there is no user `browser-2`"), "{error}");
    assert!(error.contains("headstart erase --anonymous ID"), "{error}");
    let (good, _, error) = erase(&folder, &collector, ["--anonymous", "browser-1"]);
    assert!(!good);
    assert!(error.contains("erase that user"), "{error}");
}

#[test]
fn whom_to_erase_must_be_said_and_no_more_than_one() {
    let check = |command: &mut Command| {
        let (good, _, error) = run(command);
        assert!(!good);
        assert!(
            error.contains("--user") && error.contains("--anonymous"),
            "{error}"
        );
    };
    check(headstart().arg("erase"));
    check(headstart().args(["erase", "--user", "a", "--anonymous", "b"]));
}
