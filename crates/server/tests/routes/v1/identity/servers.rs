//! Servers have the secret key, and with it speak for everybody.

use axum::body::Body;
use axum::http::{Request, header};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use crate::support::identity::token_for;
use crate::support::{Answer, Collector, checklist};

async fn send(collector: &Collector, authorization: String, path: &str, body: &Value) -> Answer {
    let request = Request::post(path)
        .header(header::AUTHORIZATION, authorization)
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from(body.to_string()));
    collector.send(request.expect("a request")).await
}

#[tokio::test]
async fn a_server_needs_no_token() {
    let (collector, _) = Collector::enforcing(json!([checklist()])).await;
    let secret_key = &collector.keys.secret_key;
    let basic = BASE64_STANDARD.encode(format!("{secret_key}:"));
    for authorization in [format!("Basic {basic}"), format!("Bearer {secret_key}")] {
        for (path, body) in [
            (
                "/v1/identify",
                json!({ "userId": "user-1", "anonymousId": "browser-1" }),
            ),
            (
                "/v1/track",
                json!({ "userId": "user-1", "event": "Invoice Created" }),
            ),
            ("/v1/page", json!({ "userId": "user-1" })),
            (
                "/v1/group",
                json!({ "userId": "user-1", "groupId": "acme" }),
            ),
            (
                "/v1/batch",
                json!({ "batch": [
                { "type": "track", "userId": "user-1", "event": "Bank Connected" },
                { "type": "track", "userId": "user-2", "event": "Bank Connected" }
            ] }),
            ),
            ("/v1/boot", json!({ "userId": "user-1" })),
        ] {
            let answer = send(&collector, authorization.clone(), path, &body).await;
            assert_eq!(answer.status, 200, "{path} {}", answer.text());
        }
    }
    assert_eq!(collector.traffic().await, [0, 0, 0]);
}

#[tokio::test]
async fn a_server_speaks_for_a_users_browser_too() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let join = json!({ "type": "identify", "userId": "user-1", "anonymousId": "browser-1" });
    let token = json!(token_for("user-1", &secret));
    collector.batch_with(token, json!([join])).await;
    let event = json!({ "anonymousId": "browser-1", "event": "Invoice Created" });
    collector.server("/v1/track", event).await;
    assert!(collector.progress("user-1").await.is_object());
}

#[tokio::test]
async fn the_secret_key_is_taken_from_headers_only() {
    let collector = Collector::start();
    let body = json!({
        "writeKey": collector.keys.secret_key, "userId": "user-1", "event": "Opened"
    });
    let answer = collector.post("/v1/track", &body).await;
    assert_eq!(answer.refusal(), (401, "unknown_write_key".to_owned()));
}

#[tokio::test]
async fn the_write_key_in_a_header_is_no_more_than_the_write_key() {
    let (collector, _) = Collector::enforcing(json!([])).await;
    let write_key = &collector.keys.write_key;
    let basic = BASE64_STANDARD.encode(format!("{write_key}:"));
    for authorization in [format!("Basic {basic}"), format!("Bearer {write_key}")] {
        let body = json!({ "userId": "user-1", "event": "Opened" });
        let answer = send(&collector, authorization, "/v1/track", &body).await;
        assert_eq!(answer.refusal(), (401, "identity_token_missing".to_owned()));
    }
}
