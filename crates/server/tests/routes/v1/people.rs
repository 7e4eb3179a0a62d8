use serde_json::{Value, json};

use crate::support::{Collector, HOUR, MINUTE, NOW, checklist, track, with};

#[expect(
    clippy::needless_pass_by_value,
    reason = "tests read better with `json!` given as it is"
)]
fn identify(id: &str, user: &str, anonymous: &str, traits: Value) -> Value {
    json!({
        "type": "identify", "messageId": id, "userId": user, "anonymousId": anonymous,
        "traits": traits
    })
}

fn by_browser(id: &str, anonymous: &str, event: &str) -> Value {
    json!({ "type": "track", "messageId": id, "anonymousId": anonymous, "event": event })
}

/// The message ids that count for a user or a browser.
fn events_of(collector: &Collector, key: &str) -> Vec<String> {
    collector.rows(&format!(
        "SELECT message_id FROM events JOIN people ON people.id = events.person
         WHERE key = '{key}' ORDER BY message_id"
    ))
}

#[tokio::test]
async fn a_browsers_history_joins_the_user_at_identify() {
    let collector = Collector::start();
    collector
        .take(json!([
            by_browser("m1", "browser-1", "Invoice Created"),
            by_browser("other", "browser-2", "Invoice Created")
        ]))
        .await;
    collector
        .take(json!([identify("m2", "user-1", "browser-1", json!({}))]))
        .await;
    assert_eq!(events_of(&collector, "user-1"), ["m1", "m2"]);
    assert_eq!(events_of(&collector, "browser-2"), ["other"]);
}

#[tokio::test]
async fn what_a_browser_sends_late_joins_its_user_too() {
    let collector = Collector::start();
    collector
        .take(json!([identify("m1", "user-1", "browser-1", json!({}))]))
        .await;
    collector
        .take(json!([by_browser("m2", "browser-1", "Invoice Created")]))
        .await;
    assert_eq!(events_of(&collector, "user-1"), ["m1", "m2"]);
}

#[tokio::test]
async fn the_first_user_to_claim_a_browser_keeps_it() {
    let collector = Collector::start();
    collector
        .take(json!([
            by_browser("m1", "browser-1", "Invoice Created"),
            identify("m2", "user-1", "browser-1", json!({})),
            identify("m3", "user-2", "browser-1", json!({})),
            by_browser("m4", "browser-1", "Invoice Created")
        ]))
        .await;
    assert_eq!(events_of(&collector, "user-1"), ["m1", "m2", "m4"]);
    assert_eq!(events_of(&collector, "user-2"), ["m3"]);
}

#[tokio::test]
async fn a_user_id_and_an_anonymous_id_that_are_alike_are_two_people() {
    let collector = Collector::start();
    collector
        .take(json!([
            track("m1", "same", "Invoice Created"),
            by_browser("m2", "same", "Invoice Created")
        ]))
        .await;
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM people"), 2);
}

#[tokio::test]
async fn the_trait_set_last_wins_whatever_order_they_arrive_in() {
    let set = |id: &str, at: i64, plan: &str| {
        with(
            identify(id, "user-1", "browser-1", json!({ "plan": plan })),
            json!({ "timestamp": at }),
        )
    };
    let early = set("m1", NOW - HOUR, "free");
    let late = set("m2", NOW - MINUTE, "pro");
    let same_time = set("m3", NOW - MINUTE, "basic");
    for order in [
        json!([early, late, same_time]),
        json!([same_time, late, early]),
        json!([late, early, same_time]),
    ] {
        let collector = Collector::start();
        collector.take(order).await;
        assert_eq!(
            collector.rows::<String>("SELECT value FROM user_traits"),
            [r#""pro""#]
        );
    }
}

#[tokio::test]
async fn traits_of_a_browser_join_the_user() {
    let collector = Collector::start();
    collector
        .take(json!([
            {
                "type": "identify", "anonymousId": "browser-1", "timestamp": NOW - HOUR,
                "traits": { "plan": "free", "language": "de" }
            },
            identify("m2", "user-1", "browser-1", json!({ "plan": "pro" }))
        ]))
        .await;
    assert_eq!(
        collector.rows::<String>("SELECT name || '=' || value FROM user_traits ORDER BY name"),
        [r#"language="de""#, r#"plan="pro""#]
    );
}

#[tokio::test]
async fn the_account_named_last_is_the_one_a_user_belongs_to() {
    let collector = Collector::start();
    let group = |account: &str, at: i64| {
        json!({
            "type": "group", "userId": "user-1", "groupId": account, "timestamp": at
        })
    };
    collector
        .take(json!([
            group("acme", NOW - MINUTE),
            group("old", NOW - HOUR)
        ]))
        .await;
    assert_eq!(
        collector.row::<String>("SELECT account FROM people"),
        "acme"
    );
}

#[tokio::test]
async fn progress_made_before_signing_in_is_the_users() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector
        .take(json!([by_browser("m1", "browser-1", "Invoice Created")]))
        .await;
    collector
        .take(json!([identify("m2", "user-1", "browser-1", json!({}))]))
        .await;
    let boot = collector.boot(json!({ "userId": "user-1" })).await;
    assert_eq!(
        boot["known"]["runs"]["getting-started"]["tasks"],
        json!({ "create-invoice": NOW })
    );
    // Once, though it was noted for the browser and then for the user.
    assert_eq!(
        collector.row::<i64>("SELECT count(*) FROM events WHERE task_id IS NOT NULL"),
        1
    );
}

#[tokio::test]
async fn a_browser_that_joins_within_a_batch_leaves_nobody_behind() {
    let collector = Collector::with_content(json!([{
        "id": "c", "kind": "checklist", "title": "C",
        "tasks": [{ "id": "t", "title": "T", "done_when": { "all": [
            { "event": { "name": "Invoice Created" } },
            { "trait": { "name": "plan", "is": "missing" } }
        ] } }]
    }]))
    .await;
    collector
        .take(json!([
            by_browser("m1", "browser-1", "Invoice Created"),
            identify("m2", "user-1", "browser-1", json!({ "plan": "pro" }))
        ]))
        .await;
    assert_eq!(
        collector.row::<i64>("SELECT count(*) FROM events WHERE content_id IS NOT NULL"),
        0
    );
}
