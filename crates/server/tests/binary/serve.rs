use std::fs;

use serde_json::{Value, json};

use crate::support::{Collector, agent, get, headstart, keys, run};

#[test]
fn the_first_start_makes_all_that_it_needs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let data = folder.path().join("data");
    let collector = Collector::start(&data);
    let ready = get(&format!("{}/readyz", collector.url));
    assert_eq!(ready, Some((200, "ready".to_owned())));
    assert!(data.join("headstart.db").exists());
}

#[test]
fn a_second_collector_on_the_same_folder_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let _collector = Collector::start(folder.path());
    let mut second = headstart();
    second.args(["serve", "--listen", "127.0.0.1:0", "--data"]);
    let (good, _, error) = run(second.arg(folder.path()));
    assert!(!good);
    assert!(error.contains("another collector is running"), "{error}");
}

#[test]
fn an_address_that_is_taken_is_named_with_the_remedy() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut serve = headstart();
    serve.args(["serve", "--listen", &address, "--data"]);
    let (good, _, error) = run(serve.arg(folder.path()));
    assert!(!good);
    assert!(
        error.contains(&address) && error.contains("--listen"),
        "{error}"
    );
}

#[test]
fn a_site_that_is_not_there_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut serve = headstart();
    serve.args(["serve", "--site", "/no/such/folder", "--data"]);
    let (good, _, error) = run(serve.arg(folder.path()));
    assert!(!good);
    assert!(error.contains("--site /no/such/folder"), "{error}");
}

#[test]
fn every_option_may_be_a_variable() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let site = folder.path().join("site");
    fs::create_dir(&site).expect("a folder");
    fs::write(site.join("index.html"), "hello").expect("a file");
    let mut serve = headstart();
    serve
        .arg("serve")
        .env("HEADSTART_LISTEN", "127.0.0.1:0")
        .env("HEADSTART_DATA", folder.path().join("data"))
        .env("HEADSTART_SITE", &site)
        .env("HEADSTART_LOG", "error");
    let collector = Collector::spawn(&mut serve);
    assert_eq!(get(&collector.url), Some((200, "hello".to_owned())));
}

#[test]
fn prometheus_is_told_what_happened() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let collector = Collector::start(folder.path());
    let (write_key, _) = keys(folder.path());
    let message = json!({ "type": "track", "messageId": "m1", "userId": "u", "event": "x" });
    let bad = json!({ "type": "track", "userId": "u" });
    let body = json!({ "writeKey": write_key, "batch": [message, message, bad] });
    let answer = agent()
        .post(format!("{}/v1/batch", collector.url))
        .send(body.to_string());
    assert_eq!(answer.expect("an answer").status(), 400);
    let (_, text) = get(&format!("{}/metrics", collector.url)).expect("an answer");
    for line in [
        "headstart_events_total{result=\"accepted\"} 1",
        "headstart_events_total{result=\"duplicate\"} 1",
        "headstart_events_total{result=\"rejected\"} 1",
        "headstart_requests_total{route=\"/v1/batch\",status=\"400\"} 1",
        "headstart_commit_seconds_count 1",
        "headstart_writer_waiting 0",
    ] {
        assert!(
            text.lines().any(|each| each == line),
            "{line} not in\n{text}"
        );
    }
}

#[cfg(unix)]
#[test]
fn told_to_end_it_leaves_one_whole_database_behind() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let collector = Collector::start(folder.path());
    let (write_key, _) = keys(folder.path());
    let body = json!({
        "writeKey": write_key, "batch": [{ "type": "track", "userId": "u", "event": "x" }]
    });
    let answer = agent()
        .post(format!("{}/v1/batch", collector.url))
        .send(body.to_string())
        .expect("an answer")
        .body_mut()
        .read_json::<Value>();
    assert_eq!(answer.expect("JSON")["accepted"], 1);
    assert!(collector.terminate());
    let log = fs::metadata(folder.path().join("headstart.db-wal"));
    assert_eq!(log.map_or(0, |log| log.len()), 0);
}
