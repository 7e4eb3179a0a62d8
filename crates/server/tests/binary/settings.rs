use std::fs;

use serde_json::{Value, json};

use crate::support::{Collector, headstart, run};

#[test]
fn settings_are_printed_and_set_from_text_or_a_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let collector = Collector::start(&data);
    let settings = |set: &[&str]| {
        run(headstart()
            .arg("settings")
            .args(set)
            .args(["--server", &collector.url, "--data"])
            .arg(&data))
    };
    let told = |set: &[&str]| -> Value {
        let (good, out, error) = settings(set);
        assert!(good, "{error}");
        serde_json::from_str(&out).expect("JSON")
    };
    assert_eq!(told(&[])["limits"]["per_day"], 8);
    let set = told(&["--set", r#"{"debug": true, "limits": {"per_day": 2}}"#]);
    let expect = json!({
        "always_load": false, "debug": true,
        "limits": { "per_session": 4, "per_day": 2, "quiet": "1m" }
    });
    assert_eq!(set, expect);
    assert_eq!(told(&[]), expect);
    let file = folder.path().join("settings.json");
    fs::write(&file, r#"{"limits": {"per_day": null}}"#).expect("a file");
    let set = told(&["--set", file.to_str().expect("a path")]);
    assert_eq!(set["limits"]["per_day"], Value::Null);
    assert_eq!(set["debug"], false);
    let (good, _, error) = settings(&["--set", r#"{"limits": {"quiet": "soon"}}"#]);
    assert!(!good);
    assert!(error.contains("is not a span of time"), "{error}");
    let (good, _, error) = settings(&["--set", "no/such.json"]);
    assert!(!good);
    assert!(error.contains("cannot read no/such.json"), "{error}");
}
