//! What tells of tips, tours, banners and modals is held to the same rules as what tells of checklists.

use serde_json::{Value, json};

use crate::support::identity::token_for;
use crate::support::{Collector, NOW, with};

fn content() -> Value {
    json!([{ "id": "m", "kind": "modal", "title": "M" }])
}

fn told(id: &str, event: &str, more: Value) -> Value {
    let properties = with(json!({ "content_id": "m", "version": 1 }), more);
    json!({
        "type": "track", "messageId": id, "event": event, "timestamp": NOW,
        "properties": properties
    })
}

/// Each of the new events as `user-1`'s browser reports it, and what then is known of it.
fn events() -> Vec<(Value, &'static str)> {
    let at = |word: &str| format!("user-1/m/{word}/{NOW}");
    let marked = format!("user-1/m/marked/t/{NOW}");
    let mark = json!({ "task_id": "t", "mark": "done" });
    vec![
        (
            told(
                "user-1/m/shown",
                "Modal Shown",
                json!({ "interrupts": true }),
            ),
            "/runs/m/last_shown",
        ),
        (
            told(&at("shown"), "Tip Shown", json!({ "interrupts": true })),
            "/interruptions/0",
        ),
        (
            told("user-1/m/shown", "Banner Shown", json!({})),
            "/runs/m/shown_at",
        ),
        (
            told("user-1/m/shown", "Tour Started", json!({})),
            "/runs/m/started_at",
        ),
        (
            told(&at("step"), "Tour Step Viewed", json!({ "step_id": "s" })),
            "/runs/m/step",
        ),
        (
            told("user-1/m/completed", "Modal Completed", json!({})),
            "/runs/m/completed_at",
        ),
        (
            told(
                &at("dismissed"),
                "Tour Dismissed",
                json!({ "interrupts": true }),
            ),
            "/quiet_since",
        ),
        (
            told(
                &at("snoozed"),
                "Content Snoozed",
                json!({ "until": NOW + 1 }),
            ),
            "/runs/m/snoozed",
        ),
        (
            told(&marked, "Checklist Task Marked", mark),
            "/runs/m/marks/t",
        ),
        (
            told("user-1/m/withheld", "Content Withheld", json!({})),
            "/runs/m/withheld_at",
        ),
        (
            told(&at("recalled"), "Content Recalled", json!({})),
            "/runs/m/recalled_at",
        ),
        (
            told(
                &format!("user-1/tips/{NOW}"),
                "Tips Chosen",
                json!({ "wanted": false }),
            ),
            "/hushed",
        ),
    ]
}

async fn known(collector: &Collector) -> Value {
    let who = json!({ "userId": "user-1", "refresh": true });
    collector.server("/v1/boot", who).await.json()["known"].clone()
}

#[tokio::test]
async fn without_a_token_nobody_tells_anything_of_a_user() {
    for (event, path) in events() {
        let (collector, secret) = Collector::enforcing(content()).await;
        let as_user = |user: &str| with(event.clone(), json!({ "userId": user }));
        for token in [json!(null), json!(token_for("user-2", &secret))] {
            let answer = collector
                .batch_with(token, json!([as_user("user-1")]))
                .await;
            assert_eq!(answer.status, 400, "{event}");
        }
        assert_eq!(known(&collector).await.pointer(path), None, "{event}");
        let token = json!(token_for("user-1", &secret));
        let answer = collector
            .batch_with(token, json!([as_user("user-1")]))
            .await;
        assert_eq!(
            answer.json(),
            json!({ "accepted": 1, "duplicates": 0 }),
            "{event}"
        );
        assert!(known(&collector).await.pointer(path).is_some(), "{event}");
    }
}

#[tokio::test]
async fn nobody_uses_up_the_id_under_which_a_user_tells_it() {
    for (event, path) in events() {
        let (collector, secret) = Collector::enforcing(content()).await;
        for thief in [
            json!({ "anonymousId": "browser-9" }),
            json!({ "anonymousId": "user-1" }),
        ] {
            let answer = collector
                .batch_with(json!(null), json!([with(event.clone(), thief)]))
                .await;
            assert_eq!(answer.status, 200, "{event}");
        }
        let token = json!(token_for("user-1", &secret));
        let own = with(event.clone(), json!({ "userId": "user-1" }));
        let answer = collector.batch_with(token, json!([own])).await;
        assert_eq!(
            answer.json(),
            json!({ "accepted": 1, "duplicates": 0 }),
            "{event}"
        );
        assert!(known(&collector).await.pointer(path).is_some(), "{event}");
    }
}

#[tokio::test]
async fn what_a_milestone_tells_twice_counts_once() {
    for (event, path) in events() {
        let collector = Collector::with_content(content()).await;
        let own = with(event.clone(), json!({ "userId": "user-1" }));
        collector.take(json!([own])).await;
        let answer = collector.batch(json!([own])).await;
        assert_eq!(
            answer.json(),
            json!({ "accepted": 0, "duplicates": 1 }),
            "{event}"
        );
        assert!(known(&collector).await.pointer(path).is_some(), "{event}");
    }
}
