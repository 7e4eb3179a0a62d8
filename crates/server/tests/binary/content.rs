use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Collector, headstart, keys, run};

fn tip(id: &str, title: &str) -> Value {
    json!({ "id": id, "kind": "tip", "title": title, "target": "#new" })
}

fn write(folder: &Path, name: &str, json: &Value) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, json.to_string()).expect("a file");
    path
}

fn content(subcommand: &str) -> Command {
    let mut command = headstart();
    command.args(["content", subcommand]);
    command
}

#[test]
fn good_files_are_good_without_a_collector() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let one = write(folder.path(), "one.json", &tip("one", "One"));
    let more = json!([tip("two", "Two"), tip("three", "Three")]);
    let two = write(folder.path(), "more.json", &more);
    let (good, out, error) = run(content("validate").args([&one, &two]));
    assert!(good, "{error}");
    assert_eq!(out, "one: good\ntwo: good\nthree: good\n");
    fs::write(folder.path().join("notes.txt"), "not content").expect("a file");
    let (good, out, _) = run(content("validate").arg(folder.path()));
    assert!(good);
    assert_eq!(out, "two: good\nthree: good\none: good\n");
}

#[test]
fn what_is_not_translated_is_listed_by_content_and_language() {
    let (folder, collector, secret_key) = started();
    let mut tip = tip("a", "Title");
    tip["body"] = json!("Text");
    tip["translations"] =
        json!({ "de": { "title": "Titel" }, "fr": { "title": "T", "body": "B" } });
    let file = write(folder.path(), "a.json", &tip);
    let report = "a: de: not translated: body\na: fr: all is translated\n";
    let (good, out, error) = run(content("validate").arg(&file));
    assert!(good, "{error}");
    assert_eq!(out, format!("a: good\n{report}"));
    let mut push = content("push");
    push.args(["--server", &collector.url, "--secret-key", &secret_key]);
    let (good, out, error) = run(push.arg(&file));
    assert!(good, "{error}");
    assert_eq!(out, format!("a: pushed\n{report}"));
}

#[test]
fn the_demos_own_content_is_good() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../www/content");
    let (good, _, error) = run(content("validate").arg(folder));
    assert!(good, "{error}");
}

#[test]
fn all_that_is_wrong_is_told_by_file_and_path() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "a.json", &tip("", "Title"));
    let mut unknown = tip("b", "");
    unknown["colour"] = json!("red");
    write(folder.path(), "b.json", &unknown);
    fs::write(folder.path().join("c.json"), "{\n  \"id\": }").expect("a file");
    write(folder.path(), "d.json", &tip("twice", "D"));
    write(folder.path(), "e.json", &tip("twice", "E"));
    let (good, out, error) = run(content("validate").arg(folder.path()));
    assert!(!good);
    assert_eq!(out, "");
    let told = error.replace(&format!("{}/", folder.path().display()), "");
    insta::assert_snapshot!(told);
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let (good, _, error) = run(content("validate").arg("no/such.json"));
    assert!(!good);
    assert!(error.contains("cannot read no/such.json"), "{error}");
}

#[test]
fn content_goes_through_a_collector_and_comes_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let collector = Collector::start(&data);
    let remote = |command: &mut Command| {
        let (good, out, error) = run(command
            .args(["--server", &collector.url, "--data"])
            .arg(&data));
        assert!(good, "{error}");
        out
    };
    let files = folder.path().join("files");
    fs::create_dir(&files).expect("a folder");
    write(&files, "one.json", &tip("one", "One"));
    write(&files, "two.json", &tip("two", "Two"));
    let out = remote(content("publish").args::<_, &str>([]));
    assert_eq!(out, "there is nothing to publish; push content first\n");
    assert_eq!(
        remote(content("push").arg(&files)),
        "one: pushed\ntwo: pushed\n"
    );
    let out = remote(content("publish").arg("two"));
    assert_eq!(out, "two: published as version 1\n");
    let out = remote(&mut content("publish"));
    assert_eq!(
        out,
        "one: published as version 1\ntwo: unchanged, still version 1\n"
    );
    let pulled = folder.path().join("pulled");
    remote(content("pull").arg("--out").arg(&pulled));
    let (good, _, error) = run(content("validate").arg(&pulled));
    assert!(good, "{error}");
    remote(content("push").arg(&pulled));
    let out = remote(&mut content("publish"));
    assert_eq!(
        out,
        "one: unchanged, still version 1\ntwo: unchanged, still version 1\n"
    );
}

#[test]
fn an_older_version_is_given_back() {
    let (folder, collector, secret_key) = started();
    let remote = |command: &mut Command| {
        run(command.args(["--server", &collector.url, "--secret-key", &secret_key]))
    };
    for title in ["One", "Two", "Three"] {
        let file = write(folder.path(), "a.json", &tip("a", title));
        remote(content("push").arg(file));
        remote(&mut content("publish"));
    }
    let another = "a: the draft is another one; push what you want before you publish\n";
    let (good, out, error) = remote(content("rollback").arg("a"));
    assert!(good, "{error}");
    let told = "a: version 2 again, published as version 4\n";
    assert_eq!(out, format!("{told}{another}"));
    let (_, out, _) = remote(content("rollback").args(["a", "--version", "3"]));
    assert_eq!(out, "a: version 3 again, published as version 5\n");
    let (_, out, _) = remote(content("rollback").args(["a", "--version", "3"]));
    assert_eq!(out, "a: unchanged, still version 5\n");
    let (good, _, error) = remote(content("rollback").args(["a", "--version", "9"]));
    assert!(!good);
    assert!(error.contains("name one of 1 to 5"), "{error}");
}

#[test]
fn what_was_written_in_markdown_is_pulled_as_it_was_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let collector = Collector::start(&data);
    let file = folder.path().join("news.json");
    let text = "{\n  \"kind\": \"modal\", \"id\": \"news\",\n  \"title\": \"News\",\n  \"body\": \"See **this**, \\\\*not\\\\* that\"\n}\n";
    fs::write(&file, text).expect("a file");
    for arguments in [vec!["push"], vec!["pull", "--out"]] {
        let path = if arguments.len() > 1 {
            folder.path()
        } else {
            file.as_path()
        };
        let (good, _, error) = run(headstart()
            .arg("content")
            .args(&arguments)
            .arg(path)
            .args(["--server", &collector.url, "--data"])
            .arg(&data));
        assert!(good, "{error}");
    }
    assert_eq!(fs::read_to_string(&file).expect("a file"), text);
}

#[test]
fn the_secret_key_may_be_given() {
    let (_folder, collector, secret_key) = started();
    let mut publish = content("publish");
    publish.args(["--server", &collector.url, "--secret-key"]);
    let (good, _, error) = run(publish.arg(&secret_key));
    assert!(good, "{error}");
    let (good, _, _) = run(content("publish")
        .env("HEADSTART_SERVER", &collector.url)
        .env("HEADSTART_SECRET_KEY", &secret_key));
    assert!(good);
}

#[test]
fn a_wrong_key_is_told_with_the_remedy() {
    let (_folder, collector, _) = started();
    let mut publish = content("publish");
    publish.args(["--server", &collector.url, "--secret-key", "sk_wrong"]);
    let (good, _, error) = run(&mut publish);
    assert!(!good);
    assert!(error.contains("`headstart keys` prints"), "{error}");
}

#[test]
fn without_a_key_it_is_told_where_one_comes_from() {
    let mut publish = content("publish");
    publish.args(["--data", "no/such/folder"]);
    let (good, _, error) = run(&mut publish);
    assert!(!good);
    assert!(
        error.contains("--secret-key") && error.contains("--data"),
        "{error}"
    );
    assert!(!Path::new("no/such/folder").exists());
}

#[test]
fn a_collector_that_does_not_run_is_told_with_the_remedy() {
    let mut publish = content("publish");
    publish.args(["--server", "http://127.0.0.1:1", "--secret-key", "sk_x"]);
    let (good, _, error) = run(&mut publish);
    assert!(!good);
    assert!(error.contains("http://127.0.0.1:1"), "{error}");
    assert!(error.contains("start it with `headstart serve`"), "{error}");
}

#[test]
fn the_schema_is_one_that_the_content_itself_names() {
    let (good, out, _) = run(&mut content("schema"));
    assert!(good);
    let schema: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["title"], "ContentDocument");
    assert_eq!(schema["required"], json!(["id", "kind"]));
    for field in [
        "audience",
        "tasks",
        "target",
        "trigger",
        "language",
        "translations",
    ] {
        assert!(schema["properties"][field].is_object(), "{field}");
    }
}

fn started() -> (TempDir, Collector, String) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let collector = Collector::start(folder.path());
    let (_, secret_key) = keys(folder.path());
    (folder, collector, secret_key)
}
