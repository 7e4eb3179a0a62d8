//! Off, observe, enforce; and two secrets, of which one follows the other.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::identity::{EXP, sign, token_for};
use crate::support::{Answer, Collector, checklist, track};

/// All sorts of tokens, with what is counted of each: signed, without, not well.
fn tokens(secret: &str) -> Vec<(Value, [u64; 3])> {
    vec![
        (json!(token_for("user-1", secret)), [1, 0, 0]),
        (json!(null), [0, 1, 0]),
        (json!("x"), [0, 0, 1]),
        (json!(7), [0, 0, 1]),
        (json!(token_for("user-2", secret)), [0, 0, 1]),
        (
            json!(sign(json!({ "sub": "user-1", "exp": 1 }), secret)),
            [0, 0, 1],
        ),
    ]
}

async fn boot(collector: &Collector, token: &Value) -> Answer {
    let body = json!({ "userId": "user-1", "anonymousId": "browser-1", "token": token });
    collector.browser("/v1/boot", body).await
}

async fn done(collector: &Collector, token: &Value) -> Answer {
    let message = track("m1", "user-1", "Invoice Created");
    collector.batch_with(token.clone(), json!([message])).await
}

#[tokio::test]
async fn off_is_how_it_begins_and_tokens_are_not_looked_at() {
    for (token, _) in tokens("is_whatever") {
        let collector = Collector::with_content(json!([checklist()])).await;
        collector.add_secret().await;
        assert_eq!(done(&collector, &token).await.status, 200, "{token}");
        let booted = boot(&collector, &token).await;
        assert!(booted.json()["known"]["runs"].is_object(), "{token}");
        assert_eq!(collector.traffic().await, [0, 0, 0]);
    }
}

#[tokio::test]
async fn observing_refuses_nothing_and_counts() {
    let secret = "";
    for (index, (_, expect)) in tokens(secret).into_iter().enumerate() {
        let collector = Collector::with_content(json!([checklist()])).await;
        let secret = collector.add_secret().await;
        collector.set_mode("observe").await;
        let (token, _) = tokens(&secret)[index].clone();
        assert_eq!(done(&collector, &token).await.status, 200, "{token}");
        let booted = boot(&collector, &token).await;
        assert!(booted.json()["known"]["runs"].is_object(), "{token}");
        assert_eq!(
            collector.traffic().await,
            expect.map(|count| 2 * count),
            "{token}"
        );
    }
}

#[tokio::test]
async fn observing_leaves_everything_as_it_is_when_off() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector.set_mode("observe").await;
    collector
        .take(json!([
            { "type": "identify", "userId": "user-1", "anonymousId": "browser-1" },
            { "type": "track", "messageId": "m1", "anonymousId": "browser-1",
              "event": "Invoice Created" },
            { "type": "group", "userId": "user-1", "groupId": "acme" }
        ]))
        .await;
    let booted = collector.boot(json!({ "anonymousId": "browser-1" })).await;
    assert!(booted["known"]["runs"].is_object());
    let again = json!([track("m1", "user-2", "Something Else")]);
    let answer = collector.batch(again).await;
    assert_eq!(answer.json(), json!({ "accepted": 0, "duplicates": 1 }));
}

#[tokio::test]
async fn what_names_neither_user_nor_account_is_not_counted() {
    let collector = Collector::start();
    collector.set_mode("observe").await;
    collector.boot(json!({ "anonymousId": "browser-1" })).await;
    collector
        .take(json!([{ "type": "track", "anonymousId": "browser-1", "event": "Opened" }]))
        .await;
    assert_eq!(collector.traffic().await, [0, 0, 0]);
}

#[tokio::test]
async fn each_message_counts_and_a_bad_one_does_not() {
    let collector = Collector::start();
    let secret = collector.add_secret().await;
    collector.set_mode("observe").await;
    let token = sign(
        json!({ "sub": "user-1", "account": "acme", "exp": EXP }),
        &secret,
    );
    let answer = collector
        .batch_with(
            json!(token),
            json!([
                track("m1", "user-1", "Opened"),
                { "type": "group", "userId": "user-1", "groupId": "acme" },
                { "type": "group", "anonymousId": "browser-1", "groupId": "other" },
                track("m2", "user-2", "Opened"),
                { "type": "track", "userId": "user-1" },
                { "type": "page", "anonymousId": "browser-1" }
            ]),
        )
        .await;
    assert_eq!(answer.rejected(), [(4, "missing_field".to_owned())]);
    assert_eq!(collector.traffic().await, [2, 0, 2]);
}

#[tokio::test]
async fn enforcing_counts_what_it_refuses() {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    for (token, _) in tokens(&secret) {
        boot(&collector, &token).await;
    }
    assert_eq!(collector.traffic().await, [1, 1, 4]);
}

#[tokio::test]
async fn two_secrets_are_good_and_a_removed_one_is_not() {
    let (collector, old) = Collector::enforcing(json!([])).await;
    let new = collector.add_secret().await;
    let (by_old, by_new) = (token_for("user-1", &old), token_for("user-1", &new));
    let status = async |token: &str| boot(&collector, &json!(token)).await.status.as_u16();
    assert_eq!((status(&by_old).await, status(&by_new).await), (200, 200));
    let removed = collector
        .admin(Method::DELETE, "/api/v1/identity/secrets/1", "")
        .await;
    assert_eq!(removed.status, 200, "{}", removed.text());
    assert_eq!((status(&by_old).await, status(&by_new).await), (401, 200));
    let collector = collector.restart();
    let status = async |token: &str| boot(&collector, &json!(token)).await.status.as_u16();
    assert_eq!((status(&by_old).await, status(&by_new).await), (401, 200));
}
