use serde_json::{Value, json};

use crate::support::{Collector, DAY, HOUR, MINUTE, NOW, SECOND, track_at};

/// Sends one message by a clock that is `ahead` of the collector's, and looks where it was placed.
async fn placed(timestamp: Option<i64>, sent_at: Option<Value>) -> i64 {
    let collector = Collector::start();
    let mut message = track_at("m1", "user-1", "Invoice Created", NOW);
    message["timestamp"] = json!(timestamp);
    let body = json!({
        "writeKey": collector.keys.write_key, "sentAt": sent_at, "batch": [message]
    });
    let answer = collector.post("/v1/batch", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    collector.row("SELECT at FROM events")
}

#[tokio::test]
async fn without_a_time_it_happened_when_it_was_received() {
    assert_eq!(placed(None, None).await, NOW);
}

#[tokio::test]
async fn late_messages_land_at_their_own_time() {
    let then = NOW - 14 * DAY;
    assert_eq!(placed(Some(then), None).await, then);
    assert_eq!(placed(Some(then), Some(json!(NOW))).await, then);
}

#[tokio::test]
async fn a_clock_wrong_by_minutes_is_corrected() {
    let ahead = 2 * HOUR;
    let at = placed(Some(NOW + ahead - MINUTE), Some(json!(NOW + ahead))).await;
    assert_eq!(at, NOW - MINUTE);
    let behind = -3 * DAY;
    let at = placed(Some(NOW + behind - MINUTE), Some(json!(NOW + behind))).await;
    assert_eq!(at, NOW - MINUTE);
}

#[tokio::test]
async fn a_clock_wrong_by_seconds_is_left_alone() {
    let at = placed(Some(NOW - 10 * SECOND), Some(json!(NOW - 5 * MINUTE))).await;
    assert_eq!(at, NOW - 10 * SECOND);
    let at = placed(Some(NOW + 30 * SECOND), Some(json!(NOW + 30 * SECOND))).await;
    assert_eq!(at, NOW + 30 * SECOND);
}

#[tokio::test]
async fn what_is_claimed_to_lie_in_the_future_happened_when_it_was_received() {
    assert_eq!(placed(Some(NOW + DAY), None).await, NOW);
    assert_eq!(placed(Some(NOW + 4 * HOUR), Some(json!(NOW))).await, NOW);
}

#[tokio::test]
async fn the_time_of_sending_may_be_iso_8601() {
    let two_hours_ahead = json!("2026-11-22T13:00:00+01:00");
    assert_eq!(
        placed(Some(NOW + 2 * HOUR), Some(two_hours_ahead)).await,
        NOW
    );
}

#[tokio::test]
async fn a_time_of_sending_that_cannot_be_read_corrects_nothing() {
    assert_eq!(
        placed(Some(NOW - MINUTE), Some(json!("just now"))).await,
        NOW - MINUTE
    );
}

#[tokio::test]
async fn times_that_no_clock_tells_do_no_harm() {
    assert_eq!(placed(Some(i64::MAX), None).await, NOW);
    assert_eq!(placed(Some(i64::MAX), Some(json!(i64::MAX))).await, NOW);
    assert_eq!(placed(Some(NOW), Some(json!(i64::MAX))).await, 0);
}
