use serde_json::{Value, json};

use crate::support::{Collector, DAY, HOUR, MINUTE, NOW, SECOND, own};

fn updated(id: &str, user: &str, session: &str, tab: &str, length: i64, engaged: i64) -> Value {
    own(
        id,
        user,
        "Session Updated",
        NOW,
        json!({
            "session_id": session, "tab_id": tab, "started_at": NOW - HOUR,
            "length_ms": length, "engaged_ms": engaged
        }),
    )
}

fn began(user: &str, session: &str, at: i64) -> Value {
    own(
        &format!("{session}/started"),
        user,
        "Session Started",
        at,
        json!({ "session_id": session, "started_at": at, "length_ms": 0, "engaged_ms": 0 }),
    )
}

async fn numbers(collector: &Collector) -> Value {
    collector.admin_get("/api/v1/metrics/sessions").await.json()
}

#[tokio::test]
async fn length_and_engaged_time_are_told_by_median_and_90th_percentile() {
    let collector = Collector::start();
    let messages: Vec<Value> = (1..=10)
        .map(|n| {
            let (user, session) = (format!("user-{n}"), format!("session-{n}"));
            updated(&session, &user, &session, "tab", n * MINUTE, n * SECOND)
        })
        .collect();
    collector.take(json!(messages)).await;
    insta::assert_json_snapshot!(numbers(&collector).await, @r#"
    {
      "count": 10,
      "ends": [
        {
          "content_id": null,
          "engaged": {
            "median_ms": 5000,
            "p90_ms": 9000
          },
          "length": {
            "median_ms": 300000,
            "p90_ms": 540000
          },
          "never_came_back": 10,
          "people": 10,
          "sessions": 10,
          "task_id": null,
          "title": null
        }
      ],
      "engaged": {
        "median_ms": 5000,
        "p90_ms": 9000
      },
      "length": {
        "median_ms": 300000,
        "p90_ms": 540000
      },
      "people": 10,
      "repeat_session_rate": 0.0
    }
    "#);
}

#[tokio::test]
async fn of_running_totals_the_largest_is_kept() {
    let first = updated("m1", "user-1", "s", "tab", 15 * SECOND, 10 * SECOND);
    let second = updated("m2", "user-1", "s", "tab", 30 * SECOND, 20 * SECOND);
    for order in [json!([first, second, first]), json!([second, first])] {
        let collector = Collector::start();
        collector.batch(order).await;
        let numbers = numbers(&collector).await;
        assert_eq!(numbers["count"], 1);
        assert_eq!(numbers["length"]["median_ms"], 30 * SECOND);
        assert_eq!(numbers["engaged"]["median_ms"], 20 * SECOND);
    }
}

#[tokio::test]
async fn engaged_time_of_a_sessions_tabs_adds_up() {
    let collector = Collector::start();
    collector
        .take(json!([
            updated("m1", "user-1", "s", "tab-1", 60 * SECOND, 30 * SECOND),
            updated("m2", "user-1", "s", "tab-2", 90 * SECOND, 20 * SECOND)
        ]))
        .await;
    let numbers = numbers(&collector).await;
    assert_eq!(numbers["length"]["median_ms"], 90 * SECOND);
    assert_eq!(numbers["engaged"]["median_ms"], 50 * SECOND);
}

#[tokio::test]
async fn nobody_is_engaged_longer_than_the_session_was() {
    let collector = Collector::start();
    collector
        .take(json!([
            updated("m1", "user-1", "s", "tab-1", 60 * SECOND, 50 * SECOND),
            updated("m2", "user-1", "s", "tab-2", 60 * SECOND, 50 * SECOND)
        ]))
        .await;
    let numbers = numbers(&collector).await;
    assert_eq!(numbers["engaged"]["median_ms"], 60 * SECOND);
}

#[tokio::test]
async fn totals_that_no_session_has_are_held_at_its_bounds() {
    let collector = Collector::start();
    collector
        .take(json!([updated("m1", "user-1", "s", "tab", 40 * DAY, -5)]))
        .await;
    let numbers = numbers(&collector).await;
    assert_eq!(numbers["length"]["median_ms"], DAY);
    assert_eq!(numbers["engaged"]["median_ms"], 0);
}

#[tokio::test]
async fn a_session_that_was_never_updated_counts_with_no_length() {
    let collector = Collector::start();
    collector.take(json!([began("user-1", "s", NOW)])).await;
    let numbers = numbers(&collector).await;
    assert_eq!(numbers["count"], 1);
    assert_eq!(numbers["length"]["median_ms"], 0);
}

#[tokio::test]
async fn who_comes_back_is_known_from_sessions() {
    let collector = Collector::start();
    collector
        .take(json!([
            began("once", "s1", NOW - 2 * DAY),
            began("twice", "s2", NOW - 2 * DAY),
            began("twice", "s3", NOW)
        ]))
        .await;
    let numbers = numbers(&collector).await;
    assert_eq!(numbers["people"], 2);
    assert_eq!(numbers["repeat_session_rate"], 0.5);
}

#[tokio::test]
async fn who_comes_back_is_known_from_boots_alone() {
    let collector = Collector::start();
    collector.boot(json!({ "userId": "once" })).await;
    collector.boot(json!({ "userId": "twice" })).await;
    collector.pass(31 * MINUTE);
    collector.boot(json!({ "userId": "twice" })).await;
    let numbers = numbers(&collector).await;
    assert_eq!(numbers["count"], 0);
    assert_eq!(numbers["people"], 2);
    assert_eq!(numbers["repeat_session_rate"], 0.5);
}

#[tokio::test]
async fn a_boot_and_the_session_it_began_are_one() {
    let collector = Collector::start();
    collector.boot(json!({ "userId": "user-1" })).await;
    collector.pass(5 * SECOND);
    collector
        .take(json!([began("user-1", "s", NOW + 5 * SECOND)]))
        .await;
    assert_eq!(numbers(&collector).await["repeat_session_rate"], 0.0);
    collector.pass(DAY);
    collector.boot(json!({ "userId": "user-1" })).await;
    assert_eq!(numbers(&collector).await["repeat_session_rate"], 1.0);
}

#[tokio::test]
async fn sessions_and_visits_of_a_browser_become_the_users() {
    let collector = Collector::start();
    collector.boot(json!({ "anonymousId": "browser-1" })).await;
    collector.pass(DAY);
    let mut by_browser = began("browser-1", "s", NOW + DAY);
    by_browser["userId"] = Value::Null;
    by_browser["anonymousId"] = json!("browser-1");
    collector
        .take(json!([
            by_browser,
            { "type": "identify", "userId": "user-1", "anonymousId": "browser-1" }
        ]))
        .await;
    let numbers = numbers(&collector).await;
    assert_eq!(numbers["people"], 1);
    assert_eq!(numbers["repeat_session_rate"], 1.0);
}

#[tokio::test]
async fn nobody_has_no_rate() {
    let collector = Collector::start();
    let numbers = numbers(&collector).await;
    assert_eq!(numbers["people"], 0);
    assert_eq!(numbers["repeat_session_rate"], Value::Null);
}
