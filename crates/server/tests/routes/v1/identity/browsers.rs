//! Browsers: what is anonymous needs no token, and what a user has taken over is theirs.

use serde_json::{Value, json};

use crate::support::identity::token_for;
use crate::support::{Collector, HOUR, MINUTE, NOW, checklist, with};

fn by_browser(id: &str, anonymous: &str, event: &str) -> Value {
    json!({ "type": "track", "messageId": id, "anonymousId": anonymous, "event": event })
}

/// A collector where user-1 has come from browser-1, with one task done before and one after.
async fn claimed() -> (Collector, String) {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let group = json!({ "userId": "user-1", "groupId": "acme", "traits": { "seats": 5 } });
    collector.server("/v1/group", group).await;
    collector
        .take(json!([by_browser("m1", "browser-1", "Invoice Created")]))
        .await;
    collector.pass(MINUTE);
    let answer = collector
        .batch_with(
            json!(token_for("user-1", &secret)),
            json!([
                { "type": "identify", "messageId": "m2", "userId": "user-1",
                  "anonymousId": "browser-1" },
                { "type": "track", "messageId": "m3", "userId": "user-1",
                  "anonymousId": "browser-1", "event": "Bank Connected" }
            ]),
        )
        .await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    (collector, secret)
}

async fn boot(collector: &Collector, who: Value) -> Value {
    let answer = collector.browser("/v1/boot", who).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    collector.store.probe(NOW).await.expect("a database");
    answer.json()
}

#[tokio::test]
async fn somebody_unknown_needs_no_token() {
    let (collector, _) = Collector::enforcing(json!([checklist()])).await;
    collector
        .take(json!([by_browser("m1", "browser-1", "Invoice Created")]))
        .await;
    let booted = boot(&collector, json!({ "anonymousId": "browser-1" })).await;
    assert_eq!(
        booted["known"]["runs"]["getting-started"]["tasks"],
        json!({ "create-invoice": NOW })
    );
}

#[tokio::test]
async fn a_users_progress_is_not_told_to_who_knows_their_browsers_id() {
    let (collector, secret) = claimed().await;
    collector.pass(HOUR / 2);
    let stolen = json!({ "anonymousId": "browser-1" });
    let mut told = boot(&collector, stolen.clone()).await;
    let mut to_a_stranger = boot(&collector, json!({ "anonymousId": "browser-2" })).await;
    // All that shows is that the browser was seen when it was claimed; that is known to who asks.
    told["known"]["first_seen"] = json!(null);
    to_a_stranger["known"]["first_seen"] = json!(null);
    assert_eq!(told, to_a_stranger);
    let with_anothers_token = json!({ "token": token_for("user-2", &secret) });
    let booted = boot(&collector, with(stolen.clone(), with_anothers_token)).await;
    assert!(booted["known"]["runs"].is_null(), "{booted}");
    let with_their_token = json!({ "token": token_for("user-1", &secret) });
    let booted = boot(&collector, with(stolen, with_their_token)).await;
    let tasks = &booted["known"]["runs"]["getting-started"]["tasks"];
    assert_eq!(
        tasks.as_object().map(serde_json::Map::len),
        Some(2),
        "{tasks}"
    );
}

#[tokio::test]
async fn a_users_progress_is_not_moved_by_who_knows_their_browsers_id() {
    let (collector, secret) = claimed().await;
    let before = collector.progress("user-1").await;
    let about = json!({ "content_id": "getting-started", "version": 1 });
    let own = |event: &str| {
        json!({
            "type": "track", "anonymousId": "browser-1", "event": event, "properties": about
        })
    };
    let messages = json!([
        { "type": "identify", "anonymousId": "browser-1", "traits": { "company_name": "Theirs" } },
        by_browser("x1", "browser-1", "Bank Connected"),
        own("Checklist Dismissed"),
        own("Content Recalled"),
        own("Checklist Completed"),
        { "type": "track", "anonymousId": "browser-1", "event": "Session Started",
          "properties": { "session_id": "s", "started_at": NOW } },
        { "type": "track", "anonymousId": "browser-1", "event": "Session Updated",
          "properties": { "session_id": "s", "tab_id": "t", "engaged_ms": 9, "length_ms": 9 } }
    ]);
    for token in [json!(null), json!("x"), json!(token_for("user-2", &secret))] {
        let answer = collector.batch_with(token, messages.clone()).await;
        // Nothing is refused: it counts for somebody unknown.
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    boot(&collector, json!({ "anonymousId": "browser-1" })).await;
    assert_eq!(collector.progress("user-1").await, before);
    let of_user = "person = (SELECT id FROM people WHERE key = 'user-1')";
    for (table, expect) in [("user_traits", 0), ("sessions", 0), ("visits", 0)] {
        let count = collector.row::<i64>(&format!("SELECT count(*) FROM {table} WHERE {of_user}"));
        assert_eq!(count, expect, "{table}");
    }
    assert_eq!(
        collector.rows::<String>(&format!(
            "SELECT message_id FROM events WHERE {of_user} AND kind = 'track' AND name NOT LIKE
             'Checklist%' ORDER BY seq"
        )),
        ["m1", "m3"]
    );
}

#[tokio::test]
async fn what_a_stray_browser_does_is_settled_for_itself() {
    let (collector, _) = claimed().await;
    collector
        .take(json!([by_browser("m9", "browser-1", "Invoice Created")]))
        .await;
    let booted = boot(&collector, json!({ "anonymousId": "browser-1" })).await;
    // The user did this task, too, and its message id is the same.
    assert_eq!(
        booted["known"]["runs"]["getting-started"]["tasks"],
        json!({ "create-invoice": NOW + MINUTE })
    );
}

#[tokio::test]
async fn what_the_users_own_browser_sends_late_joins_them_with_their_token() {
    let (collector, secret) = claimed().await;
    let late = json!([by_browser("late", "browser-1", "Opened")]);
    let token = json!(token_for("user-1", &secret));
    let answer = collector.batch_with(token, late).await;
    assert_eq!(answer.json(), json!({ "accepted": 1, "duplicates": 0 }));
    assert_eq!(
        collector.row::<String>(
            "SELECT key FROM people JOIN events ON events.person = people.id
             WHERE message_id = 'late'"
        ),
        "user-1"
    );
}

#[tokio::test]
async fn a_message_sent_again_with_a_token_counts_once() {
    let (collector, secret) = claimed().await;
    let message = json!([by_browser("twice", "browser-1", "Opened")]);
    collector.take(message.clone()).await;
    let token = json!(token_for("user-1", &secret));
    let answer = collector.batch_with(token, message).await;
    assert_eq!(answer.json(), json!({ "accepted": 0, "duplicates": 1 }));
}

#[tokio::test]
async fn nobody_joins_a_history_to_a_user_without_their_token() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    collector
        .take(json!([by_browser("m1", "browser-1", "Invoice Created")]))
        .await;
    let join =
        |user: &str| json!({ "type": "identify", "userId": user, "anonymousId": "browser-1" });
    for token in [json!(null), json!(token_for("user-2", &secret))] {
        let answer = collector.batch_with(token, json!([join("user-1")])).await;
        assert_eq!(answer.rejected().len(), 1);
    }
    assert!(collector.progress("user-1").await.is_null());
    assert_eq!(
        collector.rows::<Option<i64>>("SELECT joined FROM people"),
        [None]
    );
    let token = json!(token_for("user-1", &secret));
    collector.batch_with(token, json!([join("user-1")])).await;
    assert!(!collector.progress("user-1").await.is_null());
}

#[tokio::test]
async fn a_browser_that_was_claimed_cannot_be_claimed_by_another_user() {
    let (collector, secret) = claimed().await;
    let join = json!({ "type": "identify", "userId": "user-2", "anonymousId": "browser-1" });
    let token = json!(token_for("user-2", &secret));
    let answer = collector.batch_with(token.clone(), json!([join])).await;
    assert_eq!(answer.status, 200);
    assert!(collector.progress("user-2").await.is_null());
    // Nor does what they send of it move the one who did.
    let before = collector.progress("user-1").await;
    let own = json!({
        "type": "track", "anonymousId": "browser-1", "event": "Checklist Dismissed",
        "properties": { "content_id": "getting-started" }
    });
    collector.batch_with(token, json!([own])).await;
    assert_eq!(collector.progress("user-1").await, before);
}

#[tokio::test]
async fn a_browser_of_the_same_id_as_a_user_is_not_that_user() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let done = json!([{ "type": "track", "userId": "user-1", "event": "Invoice Created" }]);
    collector
        .batch_with(json!(token_for("user-1", &secret)), done)
        .await;
    let booted = boot(&collector, json!({ "anonymousId": "user-1" })).await;
    assert!(booted["known"]["runs"].is_null(), "{booted}");
}
