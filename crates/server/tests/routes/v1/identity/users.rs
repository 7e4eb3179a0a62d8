//! What is to be had with a good token, and only with that.

use serde_json::{Value, json};

use crate::support::identity::{EXP, sign, token_for};
use crate::support::{Collector, NOW, checklist, own, track, with};

fn about() -> Value {
    json!({ "content_id": "getting-started", "version": 1 })
}

#[tokio::test]
async fn with_their_token_a_user_reads_and_writes_their_progress() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let token = json!(token_for("user-1", &secret));
    let answer = collector
        .batch_with(
            token.clone(),
            json!([
                { "type": "identify", "userId": "user-1", "anonymousId": "browser-1",
                  "traits": { "company_name": "Acme" } },
                { "type": "page", "anonymousId": "browser-2" },
                track("m1", "user-1", "Invoice Created")
            ]),
        )
        .await;
    assert_eq!(answer.json(), json!({ "accepted": 3, "duplicates": 0 }));
    for (path, more) in [
        ("/v1/track", json!({ "event": "Bank Connected" })),
        ("/v1/identify", json!({ "traits": { "plan": "pro" } })),
        ("/v1/page", json!({ "name": "Pricing" })),
    ] {
        let who = json!({ "userId": "user-1", "token": token });
        let answer = collector.browser(path, with(more, who)).await;
        assert_eq!(answer.status, 200, "{path} {}", answer.text());
    }
    let body = json!({ "userId": "user-1", "anonymousId": "browser-1", "token": token });
    let boot = collector.browser("/v1/boot", body).await;
    let tasks = boot.json()["known"]["runs"]["getting-started"]["tasks"].clone();
    assert_eq!(
        tasks.as_object().map(serde_json::Map::len),
        Some(3),
        "{tasks}"
    );
}

#[tokio::test]
async fn no_own_event_moves_another_users_progress() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let before = collector.progress("user-1").await;
    let task = json!({ "content_id": "getting-started", "version": 1, "task_id": "connect-bank" });
    let messages = json!([
        own("1", "user-1", "Checklist Shown", NOW, about()),
        own("2", "user-1", "Checklist Started", NOW, about()),
        own("3", "user-1", "Checklist Task Completed", NOW, task),
        own("4", "user-1", "Checklist Completed", NOW, about()),
        own("5", "user-1", "Activation Reached", NOW, about()),
        own("6", "user-1", "Checklist Dismissed", NOW, about()),
        own("7", "user-1", "Content Recalled", NOW, about()),
        own(
            "8",
            "user-1",
            "Session Started",
            NOW,
            json!({ "session_id": "s" })
        ),
        own(
            "9",
            "user-1",
            "Session Updated",
            NOW,
            json!({ "session_id": "s", "tab_id": "t", "length_ms": 1, "engaged_ms": 1 })
        ),
    ]);
    for token in [json!(null), json!(token_for("user-2", &secret))] {
        let answer = collector.batch_with(token, messages.clone()).await;
        assert_eq!(answer.rejected().len(), 9, "{}", answer.text());
    }
    assert_eq!(collector.progress("user-1").await, before);
    for table in ["events", "people", "sessions", "session_tabs"] {
        let count = collector.row::<i64>(&format!("SELECT count(*) FROM {table}"));
        assert_eq!(count, 0, "{table}");
    }
}

#[tokio::test]
async fn a_batch_for_one_user_takes_nothing_of_another() {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    let answer = collector
        .batch_with(
            json!(token_for("user-1", &secret)),
            json!([
                track("m1", "user-2", "Invoice Created"),
                track("m2", "user-1", "Invoice Created"),
                { "type": "track", "messageId": "m3", "anonymousId": "browser-1", "event": "Opened" }
            ]),
        )
        .await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.rejected(), [(0, "identity_mismatch".to_owned())]);
    assert_eq!(
        collector.rows::<String>("SELECT message_id FROM events ORDER BY seq"),
        ["m2", "m3"]
    );
}

#[tokio::test]
async fn whether_a_user_exists_does_not_show() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let token = token_for("user-1", &secret);
    let known = track("m1", "user-1", "Invoice Created");
    collector.batch_with(json!(token), json!([known])).await;
    let boot = async |user: &str| {
        let answer = collector
            .browser("/v1/boot", json!({ "userId": user }))
            .await;
        (answer.status, answer.text())
    };
    assert_eq!(boot("user-1").await, boot("nobody").await);
}

#[tokio::test]
async fn traits_told_at_a_boot_change_nothing() {
    let audience = json!({ "trait": { "name": "plan", "is": { "equals": "pro" } } });
    let tip = json!({
        "id": "t", "kind": "tip", "title": "T", "target": "#x", "audience": audience
    });
    let (collector, secret) = Collector::enforcing(json!([tip])).await;
    let token = token_for("user-1", &secret);
    let told = json!({ "userId": "user-1", "traits": { "plan": "pro" } });
    let refused = collector.browser("/v1/boot", told.clone()).await;
    assert_eq!(refused.status, 401);
    let ids = |answer: &Value| answer["content"].as_array().map(Vec::len);
    let booted = collector
        .browser("/v1/boot", with(told, json!({ "token": token })))
        .await;
    assert_eq!(ids(&booted.json()), Some(1));
    let again = json!({ "userId": "user-1", "token": token });
    assert_eq!(
        ids(&collector.browser("/v1/boot", again).await.json()),
        Some(0)
    );
}

#[tokio::test]
async fn a_number_is_a_users_id_as_its_text() {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    let token = sign(json!({ "sub": 7, "exp": EXP }), &secret);
    for user in [json!("7"), json!(7)] {
        let message = json!({ "type": "track", "userId": user, "event": "Invoice Created" });
        let answer = collector.batch_with(json!(token), json!([message])).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
}

#[tokio::test]
async fn a_token_is_kept_nowhere() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let token = token_for("user-1", &secret);
    let message = json!({ "userId": "user-1", "event": "Invoice Created", "token": token });
    collector.browser("/v1/track", message.clone()).await;
    collector.browser("/v1/identify", message).await;
    let batch = json!([track("m1", "user-1", "Invoice Created")]);
    collector.batch_with(json!(token), batch).await;
    let reset = collector
        .browser("/v1/reset", json!({ "token": token }))
        .await;
    assert_eq!(reset.status, 200);
    collector.store.close();
    let (_, signature) = token.rsplit_once('.').expect("dots");
    assert!(collector.database_has(b"Invoice Created"));
    assert!(!collector.database_has(signature.as_bytes()));
    assert!(!collector.database_has(token.as_bytes()));
}
