//! The write key is in every page: what it opens, anybody reads.

use axum::body::Body;
use axum::http::{Method, Request, header};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::support::{Collector, checklist, with};

/// What a user has done and is, by words that are nowhere else.
const MARKS: [&str; 5] = [
    "Zebra Fed",
    "zebra-trait",
    "zebra-user",
    "zebra-company",
    "zebra-run",
];

async fn with_a_past() -> Collector {
    let tip = json!({
        "id": "t", "kind": "tip", "title": "T", "target": "#x",
        "trigger": { "event": { "name": "Invoice Created" } }
    });
    let (collector, _) = Collector::enforcing(json!([checklist(), tip])).await;
    let batch = json!([
        { "type": "identify", "userId": "zebra-user", "anonymousId": "browser-1",
          "traits": { "company_name": "zebra-company", "secret": "zebra-trait" } },
        { "type": "track", "messageId": "zebra-run", "userId": "zebra-user",
          "event": "Invoice Created", "properties": { "what": "zebra-trait" } },
        { "type": "track", "userId": "zebra-user", "event": "Zebra Fed" },
        { "type": "group", "userId": "zebra-user", "groupId": "zebra-company" }
    ]);
    let answer = collector
        .server("/v1/batch", json!({ "batch": batch }))
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    collector
}

/// Every way to put the write key, and nothing better, into a request.
fn authorizations(key: &str) -> [Option<String>; 4] {
    let basic = |text: String| Some(format!("Basic {}", BASE64_STANDARD.encode(text)));
    [
        None,
        Some(format!("Bearer {key}")),
        basic(format!("{key}:")),
        basic(format!(":{key}")),
    ]
}

/// Bodies that ask for what is the user's. Their own ids are in the question, not in an answer.
fn bodies(key: &str) -> Vec<Value> {
    let key = json!({ "writeKey": key });
    [
        json!({}),
        json!({ "anonymousId": "browser-1" }),
        json!({ "anonymousId": "browser-2", "show": "getting-started" }),
        json!({ "userId": "zebra-user", "event": "x", "groupId": "zebra-company" }),
        json!({ "batch": [{ "type": "track", "anonymousId": "browser-1", "event": "x" }] }),
        json!({ "mode": "off" }),
        json!([]),
    ]
    .into_iter()
    .map(|body| {
        if body.is_object() {
            with(body, key.clone())
        } else {
            body
        }
    })
    .collect()
}

#[tokio::test]
async fn no_path_of_the_api_tells_it_events_or_numbers() {
    let collector = with_a_past().await;
    let document = collector.get("/api/openapi.json").await.json();
    let key = collector.keys.write_key.clone();
    let (mut walked, mut closed) = (0, 0);
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let filled = path.replace("{id}", "1").replace("{file}", "x.js");
        for (method, described) in methods.as_object().expect("methods") {
            let needs_secret = described["security"].is_array();
            assert_eq!(
                needs_secret,
                path.starts_with("/api/v1/"),
                "{method} {path}"
            );
            let method: Method = method.to_uppercase().parse().expect("a method");
            for authorization in authorizations(&key) {
                for body in bodies(&key) {
                    let query = format!("{filled}?writeKey={key}&key={key}");
                    let mut request = Request::builder()
                        .method(&method)
                        .uri(query)
                        .header(header::CONTENT_TYPE, "application/json");
                    if let Some(authorization) = &authorization {
                        request = request.header(header::AUTHORIZATION, authorization);
                    }
                    let request = request.body(Body::from(body.to_string()));
                    let answer = collector.send(request.expect("a request")).await;
                    if needs_secret {
                        assert_eq!(answer.status, 401, "{method} {path} {body}");
                        closed += 1;
                    }
                    let text = answer.text();
                    for mark in MARKS {
                        assert!(!text.contains(mark), "{method} {path} {body}: {text}");
                    }
                    walked += 1;
                }
            }
        }
    }
    assert!(closed >= 9 * 28 && walked > closed, "{walked} {closed}");
    // It was there to be told.
    let told = collector
        .server("/v1/boot", json!({ "userId": "zebra-user" }))
        .await;
    assert!(told.text().contains("zebra-run"), "{}", told.text());
}
