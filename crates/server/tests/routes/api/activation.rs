use serde_json::{Value, json};

use crate::support::{Collector, DAY, HOUR, MINUTE, NOW, checklist, own, track, track_at, with};

fn started(user: &str, at: i64) -> Value {
    own(
        &format!("{user}/getting-started/started"),
        user,
        "Checklist Started",
        at,
        json!({ "content_id": "getting-started", "version": 1 }),
    )
}

/// All that activates, the last of it at `at`.
fn all_done(user: &str, at: i64) -> Vec<Value> {
    vec![
        track_at(&format!("{user}-1"), user, "Invoice Created", at - MINUTE),
        json!({
            "type": "identify", "userId": user, "timestamp": at - MINUTE,
            "traits": { "company_name": "Acme" }
        }),
        track_at(&format!("{user}-2"), user, "Bank Connected", at),
    ]
}

const PATH: &str = "/api/v1/metrics/activation";

#[tokio::test]
async fn who_started_did_each_task_and_was_activated_is_counted() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector
        .take(json!([
            started("stops-at-once", NOW - HOUR),
            started("does-one", NOW - HOUR),
            track("m1", "does-one", "Invoice Created"),
            // Never started, so not counted.
            track("m2", "never-started", "Invoice Created")
        ]))
        .await;
    for (user, minutes) in [("quick", 10), ("middle", 20), ("slow", 50)] {
        collector.take(json!([started(user, NOW - HOUR)])).await;
        let end = NOW - HOUR + minutes * MINUTE;
        // Traits count from when they are known, so they are set while the clock is there.
        collector.pass(end - collector.now());
        collector.take(json!(all_done(user, end))).await;
    }
    insta::assert_json_snapshot!(collector.admin_get(PATH).await.json());
}

#[tokio::test]
async fn who_was_done_before_starting_took_no_time() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector.take(json!(all_done("user-1", NOW - DAY))).await;
    collector.pass(HOUR);
    collector.take(json!([started("user-1", NOW + HOUR)])).await;
    let numbers = collector.admin_get(PATH).await.json();
    assert_eq!(numbers["activated"], 1);
    assert_eq!(numbers["median_time_to_activation_ms"], 0);
}

#[tokio::test]
async fn without_anyone_there_are_no_rates() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let numbers = collector.admin_get(PATH).await.json();
    assert_eq!(numbers["started"], 0);
    assert_eq!(numbers["completion_rate"], Value::Null);
    assert_eq!(numbers["median_time_to_activation_ms"], Value::Null);
}

#[tokio::test]
async fn a_browser_and_the_user_who_claimed_it_are_one_person() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let mut by_browser = started("browser-1", NOW - HOUR);
    by_browser["userId"] = Value::Null;
    by_browser["anonymousId"] = json!("browser-1");
    collector
        .take(json!([
            by_browser,
            { "type": "identify", "userId": "user-1", "anonymousId": "browser-1" },
            started("user-1", NOW - MINUTE)
        ]))
        .await;
    assert_eq!(collector.admin_get(PATH).await.json()["started"], 1);
}

#[tokio::test]
async fn late_events_correct_the_numbers() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector.pass(14 * DAY);
    collector.take(json!([started("user-1", NOW)])).await;
    collector.take(json!(all_done("user-1", NOW + HOUR))).await;
    let numbers = collector.admin_get(PATH).await.json();
    assert_eq!(numbers["started"], 1);
    assert_eq!(numbers["activated"], 1);
}

#[tokio::test]
async fn several_checklists_must_be_told_apart() {
    let other = with(checklist(), json!({ "id": "second", "title": "Second" }));
    let collector = Collector::with_content(json!([checklist(), other])).await;
    let answer = collector.admin_get(PATH).await;
    assert_eq!(answer.status, 400);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "invalid_field",
        "message": "there are several; say which with ?content=: `getting-started`, `second`",
        "path": "content"
      }
    }
    "#);
    let answer = collector.admin_get(&format!("{PATH}?content=second")).await;
    assert_eq!(answer.json()["title"], "Second");
}

#[tokio::test]
async fn what_is_no_activation_checklist_has_no_activation() {
    let collector = Collector::start();
    let answer = collector.admin_get(PATH).await;
    assert_eq!(answer.status, 404);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "not_found",
        "message": "no activation checklist is published yet; give a checklist `\"activation\": true`, push and publish it"
      }
    }
    "#);
    let plain = with(checklist(), json!({ "id": "plain", "activation": false }));
    collector.publish(json!([checklist(), plain])).await;
    let answer = collector.admin_get(&format!("{PATH}?content=plain")).await;
    assert_eq!(answer.status, 404);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "not_found",
        "message": "`plain` is no published activation checklist; published are `getting-started`",
        "path": "content"
      }
    }
    "#);
}
