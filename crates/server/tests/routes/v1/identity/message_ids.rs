//! Message ids that somebody else could know beforehand, so as to use them up or to find out whether
//! they were used.

use serde_json::{Value, json};

use crate::support::identity::token_for;
use crate::support::{Collector, NOW, checklist, track, with};

const DONE: &str = "user-1/getting-started/done/connect-bank";

fn task_done() -> Value {
    json!({ "content_id": "getting-started", "version": 1, "task_id": "connect-bank" })
}

fn with_id(id: &str, who: Value, event: &str) -> Value {
    let message = json!({ "type": "track", "messageId": id, "event": event });
    with(with(message, who), json!({ "properties": task_done() }))
}

/// All that somebody else could send under the id of user-1's milestone.
fn pre_empting() -> Vec<Value> {
    let own = "Checklist Task Completed";
    vec![
        with_id(DONE, json!({ "anonymousId": "browser-9" }), "Whatever"),
        with_id(DONE, json!({ "anonymousId": "browser-9" }), own),
        with_id(DONE, json!({ "anonymousId": "user-1" }), "Whatever"),
        // Its own by every letter: a browser may call itself what it likes.
        with_id(DONE, json!({ "anonymousId": "user-1" }), own),
        with_id(
            DONE,
            json!({ "anonymousId": "user-1/getting-started" }),
            own,
        ),
        json!({ "type": "page", "messageId": DONE, "anonymousId": "browser-9" }),
        json!({ "type": "identify", "messageId": DONE, "anonymousId": "browser-9" }),
    ]
}

async fn bank_connected(collector: &Collector) -> Value {
    let event = json!({ "userId": "user-1", "event": "Bank Connected" });
    let answer = collector.server("/v1/track", event).await;
    assert_eq!(answer.json(), json!({ "accepted": 1, "duplicates": 0 }));
    collector.progress("user-1").await["getting-started"]["tasks"].clone()
}

#[tokio::test]
async fn nobody_uses_up_the_id_of_anothers_milestone_in_whatever_mode() {
    for mode in ["off", "observe", "enforce"] {
        for message in pre_empting() {
            let collector = Collector::with_content(json!([checklist()])).await;
            collector.add_secret().await;
            collector.set_mode(mode).await;
            let answer = collector.batch(json!([message])).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            let tasks = bank_connected(&collector).await;
            assert_eq!(tasks, json!({ "connect-bank": NOW }), "{mode} {message}");
        }
    }
}

#[tokio::test]
async fn what_the_users_browser_reports_is_not_pre_empted_either() {
    for mode in ["off", "observe", "enforce"] {
        for message in pre_empting() {
            let collector = Collector::with_content(json!([checklist()])).await;
            let secret = collector.add_secret().await;
            collector.set_mode(mode).await;
            collector.batch(json!([message])).await;
            let who = json!({ "userId": "user-1" });
            let done = with_id(DONE, who, "Checklist Task Completed");
            let token = json!(token_for("user-1", &secret));
            let answer = collector.batch_with(token, json!([done])).await;
            let expect = json!({ "accepted": 1, "duplicates": 0 });
            assert_eq!(answer.json(), expect, "{mode} {message}");
        }
    }
}

#[tokio::test]
async fn a_signed_user_does_not_use_up_anothers_milestone_either() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let message = with_id(
        DONE,
        json!({ "userId": "user-2" }),
        "Checklist Task Completed",
    );
    let token = json!(token_for("user-2", &secret));
    assert_eq!(
        collector.batch_with(token, json!([message])).await.status,
        200
    );
    assert_eq!(
        bank_connected(&collector).await,
        json!({ "connect-bank": NOW })
    );
}

#[tokio::test]
async fn a_milestone_is_counted_once_by_whoever_reports_it() {
    for mode in ["off", "enforce"] {
        let collector = Collector::with_content(json!([checklist()])).await;
        let secret = collector.add_secret().await;
        collector.set_mode(mode).await;
        bank_connected(&collector).await;
        let message = with_id(
            DONE,
            json!({ "userId": "user-1" }),
            "Checklist Task Completed",
        );
        let token = json!(token_for("user-1", &secret));
        for _ in 0..2 {
            let answer = collector.batch_with(token.clone(), json!([message])).await;
            let expect = json!({ "accepted": 0, "duplicates": 1 });
            assert_eq!(answer.json(), expect, "{mode}");
        }
    }
}

/// The message ids that a customer's servers give may be guessed: the number of an invoice.
#[tokio::test]
async fn where_it_is_enforced_nobody_uses_up_or_finds_out_an_id_of_anothers() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let guess = json!([{
        "type": "track", "messageId": "invoice-42", "anonymousId": "browser-9", "event": "x"
    }]);
    collector.take(guess).await;
    let event = json!({
        "messageId": "invoice-42", "userId": "user-1", "event": "Invoice Created"
    });
    let answer = collector.server("/v1/track", event.clone()).await;
    assert_eq!(answer.json(), json!({ "accepted": 1, "duplicates": 0 }));
    let answer = collector.server("/v1/track", event.clone()).await;
    assert_eq!(answer.json(), json!({ "accepted": 0, "duplicates": 1 }));
    let token = json!(token_for("user-1", &secret));
    let again = json!([track("invoice-42", "user-1", "Invoice Created")]);
    let answer = collector.batch_with(token, again).await;
    assert_eq!(answer.json(), json!({ "accepted": 0, "duplicates": 1 }));
    for id in [
        "invoice-42",
        DONE,
        "user-1/getting-started/done/create-invoice",
    ] {
        let who = json!({ "anonymousId": "browser-10" });
        collector.take(json!([with_id(id, who, "x")])).await;
    }
}

#[tokio::test]
async fn what_a_user_did_as_somebody_unknown_does_not_show_in_the_answers_either() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let as_browser = json!({ "anonymousId": "browser-1" });
    let id = "browser-1/getting-started/done/connect-bank";
    let done = with_id(id, as_browser, "Checklist Task Completed");
    collector.take(json!([done])).await;
    let join = json!({ "type": "identify", "userId": "user-1", "anonymousId": "browser-1" });
    let token = json!(token_for("user-1", &secret));
    collector.batch_with(token, json!([join])).await;
    // `take` wants it to be new.
    collector.take(json!([done])).await;
}
