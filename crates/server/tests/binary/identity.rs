use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::support::{Collector, agent, headstart, keys, run};

fn started() -> (TempDir, Collector) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let collector = Collector::start(folder.path());
    (folder, collector)
}

/// Whether it succeeded, stdout and stderr; times are left out.
fn identity(
    (folder, collector): &(TempDir, Collector),
    arguments: &[&str],
) -> (bool, String, String) {
    let (good, out, error) = run(headstart()
        .arg("identity")
        .args(arguments)
        .args(["--server", &collector.url, "--data"])
        .arg(folder.path()));
    let words = out.split(' ').map(|word| {
        let is_time = word.starts_with("20") && word.contains('T');
        let end = word.find('Z').map_or("", |at| &word[at + 1..]);
        if is_time {
            format!("…{end}")
        } else {
            word.to_owned()
        }
    });
    (good, words.collect::<Vec<_>>().join(" "), error)
}

#[test]
fn identity_is_set_up_from_the_command_line() {
    let started = started();
    let told = |arguments: &[&str]| {
        let (good, out, error) = identity(&started, arguments);
        assert!(good, "{error}");
        (out, error)
    };
    let (out, _) = told(&["show"]);
    insta::assert_snapshot!(out, @r"
    mode: off
    no secret; make one with `headstart identity secret add`
    last seven days: nothing counted
    ");
    let (secret, error) = told(&["secret", "add"]);
    // Alone on stdout, for scripts.
    assert!(
        secret.starts_with("is_") && secret.trim().len() == 67,
        "{secret}"
    );
    insta::assert_snapshot!(error, @"secret 1, good from now on; it is not shown again, so keep it where your backend finds it:");
    told(&["secret", "add"]);
    let (out, error) = told(&["mode", "enforce"]);
    insta::assert_snapshot!(out, @r"
    mode: enforce
    secret 1: made …, never used
    secret 2: made …, never used
    last seven days: nothing counted
    ");
    assert!(
        error.starts_with("warning: nothing is known of how much"),
        "{error}"
    );
    let (out, _) = told(&["secret", "remove", "1"]);
    assert!(
        !out.contains("secret 1:") && out.contains("secret 2:"),
        "{out}"
    );
}

#[test]
fn how_much_is_signed_is_told_and_never_rounded_up() {
    let started = started();
    let (good, _, error) = identity(&started, &["mode", "observe"]);
    assert!(good, "{error}");
    let (write_key, _) = keys(started.0.path());
    let message = r#"{"type":"track","userId":"user-1","event":"Opened"}"#;
    let body = format!(r#"{{"writeKey":"{write_key}","batch":[{message},{message},{message}]}}"#);
    let sent = agent()
        .post(format!("{}/v1/batch", started.1.url))
        .send(body);
    assert_eq!(sent.expect("an answer").status(), 200);
    let (_, out, _) = identity(&started, &["show"]);
    insta::assert_snapshot!(out.lines().last().expect("a line"), @"last seven days: 0.00 % signed (0 signed, 3 without a token, 0 with one that does not do)");
}

#[test]
fn what_cannot_be_is_told_with_the_remedy() {
    let started = started();
    for (arguments, remedy) in [
        (&["mode", "enforce"][..], "headstart identity secret add"),
        (&["mode", "on"][..], "observe"),
        (&["secret", "remove", "7"][..], "headstart identity show"),
    ] {
        let (good, _, error) = identity(&started, arguments);
        assert!(!good, "{arguments:?}");
        assert!(error.contains(remedy), "{error}");
    }
}

/// What docs/identity.md tells to sign with, by Node.
fn sign_as_in_the_docs(user: &str, secret: &str) -> String {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/identity.md");
    let docs = std::fs::read_to_string(docs).expect("the docs");
    let (_, snippet) = docs.split_once("```js\n").expect("a snippet");
    let (snippet, _) = snippet.split_once("```").expect("its end");
    let script = format!("{snippet}\nconsole.log(sign({{ sub: '{user}' }}, '{secret}'));");
    let (good, out, error) =
        run(Command::new("node").args(["--input-type=module", "--eval", &script]));
    assert!(good, "{error}");
    out.trim().to_owned()
}

#[test]
fn what_is_signed_as_in_the_docs_is_good() {
    let started = started();
    let (_, secret, _) = identity(&started, &["secret", "add"]);
    let (good, _, error) = identity(&started, &["mode", "enforce"]);
    assert!(good, "{error}");
    let (write_key, _) = keys(started.0.path());
    let token = sign_as_in_the_docs("user-1", secret.trim());
    let boot = |user: &str| {
        let body = format!(r#"{{"writeKey":"{write_key}","userId":"{user}","token":"{token}"}}"#);
        let sent = agent()
            .post(format!("{}/v1/boot", started.1.url))
            .send(body);
        sent.expect("an answer").status().as_u16()
    };
    assert_eq!((boot("user-1"), boot("user-2")), (200, 401));
}
