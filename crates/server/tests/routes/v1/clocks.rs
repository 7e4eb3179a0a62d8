use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{Collector, DAY, HOUR, MINUTE, NOW, SECOND, run, track_at};

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
async fn a_clock_wrong_by_more_than_a_minute_is_corrected_and_by_less_is_left_alone() {
    for wrong in [61 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 40 * DAY] {
        for wrong in [wrong, -wrong] {
            let at = placed(Some(NOW + wrong - SECOND), Some(json!(NOW + wrong))).await;
            assert_eq!(at, NOW - SECOND, "{wrong} ms");
        }
    }
    for wrong in [0, 1, SECOND, 30 * SECOND, MINUTE] {
        for wrong in [wrong, -wrong] {
            let at = placed(Some(NOW + wrong - SECOND), Some(json!(NOW + wrong))).await;
            assert_eq!(at, NOW + wrong - SECOND, "{wrong} ms");
        }
    }
}

/// Sends messages with these times in one batch; answers with the times that they were placed at, in
/// the order in which they were stored.
async fn placed_together(timestamps: &[i64], sent_at: Option<i64>) -> Vec<i64> {
    let collector = Collector::start();
    let messages: Vec<Value> = (0..)
        .zip(timestamps)
        .map(|(number, at)| track_at(&format!("m{number}"), "user-1", "Invoice Created", *at))
        .collect();
    let body = json!({
        "writeKey": collector.keys.write_key, "sentAt": sent_at, "batch": messages
    });
    let answer = collector.post("/v1/batch", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    collector.rows("SELECT at FROM events ORDER BY seq")
}

#[tokio::test]
async fn messages_of_a_batch_are_corrected_by_the_same_and_so_stay_as_far_apart() {
    let ahead = 3 * HOUR;
    let apart = [-9 * DAY, -HOUR, -HOUR + 1, -5 * SECOND, -5 * SECOND, 0];
    let by_their_clock = apart.map(|ago| NOW + ahead + ago);
    assert_eq!(
        placed_together(&by_their_clock, Some(NOW + ahead)).await,
        apart.map(|ago| NOW + ago)
    );
}

#[tokio::test]
async fn where_one_message_lies_in_the_future_none_of_the_batch_lies_ahead_of_it() {
    let claimed = [NOW - MINUTE, NOW + 30 * SECOND, NOW + 4 * HOUR];
    assert_eq!(
        placed_together(&claimed, None).await,
        [NOW - MINUTE, NOW, NOW]
    );
    // Seconds alone are left alone.
    let claimed = [NOW - MINUTE, NOW + 30 * SECOND, NOW + 31 * SECOND];
    assert_eq!(placed_together(&claimed, None).await, claimed);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn what_was_claimed_in_order_lies_in_order_and_not_in_the_future(
        mut spans in prop::collection::vec(-20 * DAY..2 * DAY, 1..8),
        near in prop::collection::vec(-2 * MINUTE..2 * MINUTE, 1..8),
        wrong in prop_oneof![Just(None), (-2 * MINUTE..2 * MINUTE).prop_map(Some),
            (-40 * DAY..40 * DAY).prop_map(Some)],
    ) {
        spans.extend(near);
        spans.sort_unstable();
        let off = wrong.unwrap_or(0);
        let claimed: Vec<i64> = spans.iter().map(|span| NOW + off + span).collect();
        let placed = run(placed_together(&claimed, wrong.map(|off| NOW + off)));
        prop_assert!(placed.is_sorted(), "{placed:?}");
        prop_assert!(placed.iter().all(|at| *at <= NOW + MINUTE), "{placed:?}");
    }
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
