//! `headstart content new` and `headstart content diff`.

use std::fs;

use serde_json::{Value, json};

use crate::support::{Collector, headstart, run};

fn new(arguments: &[&str]) -> (bool, String, String) {
    run(headstart().args(["content", "new"]).args(arguments))
}

fn names() -> Vec<String> {
    let (good, out, error) = new(&[]);
    assert!(good, "{error}");
    out.lines().map(str::to_owned).collect()
}

#[test]
fn there_are_ten_templates() {
    assert_eq!(
        names(),
        [
            "admin-and-member",
            "data-import",
            "feature-launch",
            "integration-setup",
            "mobile-first",
            "next-steps",
            "re-engagement",
            "team-invite",
            "trial-activation",
            "upgrade-nudge",
        ]
    );
}

#[test]
fn each_template_is_good_and_names_the_schema_beside_it() {
    for name in names() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().to_string_lossy().into_owned();
        let (good, out, error) = new(&[&name, "--out", &path]);
        assert!(good, "{name}: {error}");
        let mut schemas = 0;
        for file in out.lines() {
            let text = fs::read_to_string(file).expect("it was written");
            let json: Value = serde_json::from_str(&text).expect("JSON");
            if file.ends_with("content.schema.json") {
                schemas += 1;
            } else {
                assert_eq!(json["$schema"], "./content.schema.json", "{file}");
            }
        }
        assert_eq!(schemas, 1, "{name}");
        let (good, out, error) = run(headstart().args(["content", "validate", &path]));
        assert!(good, "{name}: {error}");
        assert!(!out.contains("not translated"), "{name}: {out}");
    }
}

#[test]
fn nothing_is_written_over() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().to_string_lossy().into_owned();
    let file = folder.path().join("team-invite-hint.json");
    fs::write(&file, "mine").expect("a file");
    let (good, _, error) = new(&["team-invite", "--out", &path]);
    assert!(!good);
    assert!(
        error.contains("team-invite-hint.json is there already"),
        "{error}"
    );
    assert_eq!(fs::read_to_string(&file).expect("a file"), "mine");
    assert_eq!(fs::read_dir(&path).expect("a folder").count(), 1);
}

#[test]
fn a_template_that_is_none_is_told_with_those_there_are() {
    let (good, _, error) = new(&["trial"]);
    assert!(!good);
    assert!(error.contains("there is no template `trial`"), "{error}");
    assert!(error.contains("trial-activation"), "{error}");
}

#[test]
fn a_file_is_told_by_how_it_differs_from_its_draft() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let collector = Collector::start(&data);
    let file = folder.path().join("tip.json");
    let content = |subcommand: &str| {
        let (good, out, error) = run(headstart()
            .args(["content", subcommand])
            .arg(&file)
            .args(["--server", &collector.url, "--data"])
            .arg(&data));
        assert!(good, "{error}");
        out
    };
    let mut tip = json!({"id": "tip", "kind": "tip", "title": "One", "target": "#new", "body": "See **this**"});
    fs::write(&file, tip.to_string()).expect("a file");
    assert_eq!(content("diff"), "tip: new\n");
    content("push");
    assert_eq!(content("diff"), "tip: unchanged\n");
    tip["title"] = json!("Two");
    tip["body"] = json!("See **that**");
    fs::write(&file, tip.to_string()).expect("a file");
    assert_eq!(
        content("diff"),
        "tip: changed\n  - body: \"See **this**\"\n  + body: \"See **that**\"\n  - title: \"One\"\n  + title: \"Two\"\n"
    );
}
