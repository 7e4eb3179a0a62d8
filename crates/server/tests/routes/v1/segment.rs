use axum::body::Body;
use axum::http::{Request, header};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::support::{Answer, Collector};

/// As Segment's server libraries send: the write key as Basic user, JSON.
async fn send(collector: &Collector, path: &str, body: &Value) -> Answer {
    let basic = BASE64_STANDARD.encode(format!("{}:", collector.keys.write_key));
    let request = Request::post(path)
        .header(header::AUTHORIZATION, format!("Basic {basic}"))
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()))
        .expect("a request");
    collector.send(request).await
}

#[tokio::test]
async fn each_route_says_the_kind_of_its_message() {
    let collector = Collector::start();
    for (path, body) in [
        (
            "/v1/identify",
            json!({ "userId": "u", "traits": { "plan": "pro" } }),
        ),
        (
            "/v1/track",
            json!({ "userId": "u", "event": "Bank Connected" }),
        ),
        ("/v1/page", json!({ "userId": "u", "name": "Pricing" })),
        (
            "/v1/group",
            json!({ "userId": "u", "groupId": "acme", "traits": { "seats": 5 } }),
        ),
    ] {
        let answer = send(&collector, path, &body).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.json(), json!({ "accepted": 1, "duplicates": 0 }));
    }
    assert_eq!(
        collector.rows::<String>(
            "SELECT json_array(kind, name, account, properties) FROM events ORDER BY seq"
        ),
        [
            r#"["identify","",null,"{\"plan\":\"pro\"}"]"#,
            r#"["track","Bank Connected",null,"{}"]"#,
            r#"["page","Pricing",null,"{}"]"#,
            r#"["group","","acme","{\"seats\":5}"]"#
        ]
    );
}

#[tokio::test]
async fn a_batch_needs_no_key_in_its_body_either() {
    let collector = Collector::start();
    let body = json!({ "batch": [{ "type": "track", "userId": "u", "event": "x" }] });
    assert_eq!(send(&collector, "/v1/batch", &body).await.status, 200);
}

#[tokio::test]
async fn a_single_message_that_is_refused_tells_its_path() {
    let collector = Collector::start();
    let answer = send(&collector, "/v1/track", &json!({ "userId": "u" })).await;
    assert_eq!(answer.status, 400);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "missing_field",
        "message": "event: is missing; name what happened",
        "path": "event"
      }
    }
    "#);
    assert_eq!(
        send(&collector, "/v1/track", &json!([])).await.error().0,
        400
    );
}

#[tokio::test]
async fn the_time_of_sending_may_be_in_the_message() {
    let collector = Collector::start();
    let body = json!({
        "userId": "u", "event": "x",
        "originalTimestamp": "2026-11-22T12:59:00Z", "sentAt": "2026-11-22T13:00:00Z"
    });
    send(&collector, "/v1/track", &body).await;
    let at: i64 = collector.row("SELECT at FROM events");
    assert_eq!(at, collector.now() - 60_000);
}

#[tokio::test]
async fn another_key_is_refused() {
    let collector = Collector::start();
    for given in ["Basic d2tfeDo=", "Basic !!", "Bearer x"] {
        let request = Request::post("/v1/track")
            .header(header::AUTHORIZATION, given)
            .body(Body::from(r#"{"userId":"u","event":"x"}"#))
            .expect("a request");
        assert_eq!(collector.send(request).await.status, 401, "{given}");
    }
}
