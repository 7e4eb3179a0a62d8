use std::collections::BTreeSet;
use std::io::Write;

use axum::body::Body;
use axum::http::{Request, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};

use crate::support::{Answer, Collector, track, with};

async fn send_gzipped(collector: &Collector, bytes: &[u8]) -> Answer {
    let request = Request::post("/v1/batch")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::CONTENT_ENCODING, "gzip")
        .body(Body::from(bytes.to_vec()))
        .expect("a request");
    collector.send(request).await
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("memory");
    encoder.finish().expect("memory")
}

/// A message of so many bytes.
fn message_of(bytes: usize) -> Value {
    let fill = |length: usize| {
        with(
            track("large", "user-1", "Invoice Created"),
            json!({ "properties": { "note": "x".repeat(length) } }),
        )
    };
    fill(bytes - fill(0).to_string().len())
}

#[tokio::test]
async fn a_message_of_32_kilobytes_is_taken_and_one_byte_more_is_not() {
    let collector = Collector::start();
    let largest = message_of(32 * 1_024);
    assert_eq!(largest.to_string().len(), 32 * 1_024);
    let too_large = with(message_of(32 * 1_024 + 1), json!({ "messageId": "larg3" }));
    let answer = collector.batch(json!([too_large, largest])).await;
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "accepted": 1,
      "duplicates": 0,
      "error": {
        "code": "invalid_events",
        "message": "1 of 2 messages were refused, the others are stored; the first: batch[0]: has 32769 bytes, of which 32768 are allowed; send less with it",
        "path": "batch[0]"
      },
      "rejected": [
        {
          "error": {
            "code": "event_too_large",
            "message": "batch[0]: has 32769 bytes, of which 32768 are allowed; send less with it",
            "path": "batch[0]"
          },
          "index": 0,
          "message_id": "larg3"
        }
      ]
    }
    "#);
}

#[tokio::test]
async fn a_batch_of_more_than_500_kilobytes_is_to_be_sent_in_parts() {
    let collector = Collector::start();
    let messages = vec![message_of(30_000); 18];
    let answer = collector.batch(json!(messages)).await;
    assert_eq!(answer.status, 413);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "too_large",
        "message": "the body has more than 512000 bytes (uncompressed); send it in parts"
      }
    }
    "#);
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM events"), 0);
}

#[tokio::test]
async fn gzipped_bodies_are_read() {
    let collector = Collector::start();
    let body = json!({
        "writeKey": collector.keys.write_key,
        "batch": [track("m1", "user-1", "Invoice Created")]
    });
    let answer = send_gzipped(&collector, &gzip(body.to_string().as_bytes())).await;
    assert_eq!(answer.json(), json!({ "accepted": 1, "duplicates": 0 }));
}

/// Every route that takes a body from a page, with a good one and the most bytes that it takes.
fn routes_of_pages(write_key: &str) -> Vec<(&'static str, Value, usize)> {
    let of = |more: Value| with(json!({ "writeKey": write_key, "userId": "user-1" }), more);
    let batch = json!({ "writeKey": write_key, "batch": [track("m1", "user-1", "x")] });
    let (boot, all) = (16 * 1_024, 500 * 1_024);
    vec![
        ("/v1/boot", of(json!({})), boot),
        ("/v1/batch", batch, all),
        ("/v1/identify", of(json!({})), all),
        ("/v1/track", of(json!({ "event": "x" })), all),
        ("/v1/page", of(json!({})), all),
        ("/v1/group", of(json!({ "groupId": "acme" })), all),
        ("/v1/reset", of(json!({})), boot),
    ]
}

#[tokio::test]
async fn the_routes_of_pages_are_all_that_there_are() {
    let collector = Collector::start();
    let document = collector.get("/api/openapi.json").await.json();
    let described = document["paths"].as_object().expect("paths").keys();
    let described: BTreeSet<&str> = described
        .map(String::as_str)
        .filter(|path| path.starts_with("/v1/"))
        .collect();
    let listed = routes_of_pages("").into_iter().map(|(path, _, _)| path);
    assert_eq!(listed.collect::<BTreeSet<_>>(), described);
}

#[tokio::test]
async fn gzip_is_known_by_its_first_bytes_though_no_header_names_it() {
    let collector = Collector::start();
    for (path, body, _) in routes_of_pages(&collector.keys.write_key) {
        let gzipped = gzip(body.to_string().as_bytes());
        let answer = collector.post_text(path, gzipped).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    }
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM events"), 5);
}

#[tokio::test]
async fn a_body_that_unpacks_to_more_than_is_allowed_is_refused() {
    let collector = Collector::start();
    let bomb = gzip(&vec![b' '; 300 * 1_024 * 1_024]);
    assert!(bomb.len() < 500 * 1_024);
    let answer = send_gzipped(&collector, &bomb).await;
    assert_eq!(answer.error(), (413, "too_large".to_owned(), String::new()));
}

#[tokio::test]
async fn what_unpacks_to_more_than_is_allowed_is_refused_on_every_route_of_pages() {
    let collector = Collector::start();
    for (path, body, most) in routes_of_pages(&collector.keys.write_key) {
        let body = body.to_string();
        // JSON may have blanks after it, so these differ in nothing but their length.
        let largest = format!("{body}{}", " ".repeat(most - body.len()));
        let answer = collector.post_text(path, gzip(largest.as_bytes())).await;
        assert_ne!(answer.status, 413, "{path}: {}", answer.text());
        let larger = format!("{largest} ");
        let answer = collector.post_text(path, gzip(larger.as_bytes())).await;
        assert_eq!(
            answer.error(),
            (413, "too_large".to_owned(), String::new()),
            "{path}"
        );
    }
}

#[tokio::test]
async fn a_gzip_of_many_parts_is_bounded_as_a_whole() {
    let collector = Collector::start();
    let part = gzip(&vec![b' '; 60_000]);
    let answer = collector.post_text("/v1/batch", part.repeat(10)).await;
    assert_eq!(answer.error(), (413, "too_large".to_owned(), String::new()));
}

#[tokio::test]
async fn a_broken_gzip_is_told_apart_from_broken_json() {
    let collector = Collector::start();
    let mut cut_off = gzip(b"{}");
    cut_off.truncate(12);
    for answer in [
        send_gzipped(&collector, &cut_off).await,
        send_gzipped(&collector, b"{\"batch\":[]}").await,
        collector.post_text("/v1/batch", cut_off).await,
        collector.post_text("/v1/batch", b"\x1f\x8b".to_vec()).await,
    ] {
        assert_eq!(answer.error().1, "unreadable_body", "{}", answer.text());
        assert_eq!(answer.status, 400);
    }
}

#[tokio::test]
async fn other_encodings_are_refused_with_the_remedy() {
    let collector = Collector::start();
    let request = Request::post("/v1/batch")
        .header(header::CONTENT_ENCODING, "br")
        .body(Body::from("x"))
        .expect("a request");
    let answer = collector.send(request).await;
    assert_eq!(answer.status, 415);
    assert_eq!(answer.error().1, "unsupported_encoding");
}

#[tokio::test]
async fn json_nested_too_deep_spoils_its_own_message_only() {
    let collector = Collector::start();
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    let body = format!(
        r#"{{"writeKey":"{}","batch":[
            {{"type":"track","messageId":"deep","userId":"u","event":"x","properties":{{"a":{deep}}}}},
            {{"type":"track","messageId":"flat","userId":"u","event":"x"}}]}}"#,
        collector.keys.write_key
    );
    let answer = collector.post_text("/v1/batch", body).await;
    assert_eq!(answer.json()["accepted"], 1);
    assert_eq!(answer.json()["rejected"][0]["message_id"], "deep");
    assert_eq!(
        answer.json()["rejected"][0]["error"]["path"],
        "batch[0].properties"
    );
}
