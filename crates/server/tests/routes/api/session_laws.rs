//! What holds of sessions whatever is reported, lost, repeated or late.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

use crate::support::{Collector, DAY, HOUR, MINUTE, NOW, SECOND, own, run};

/// A report of one of a few tabs of a few sessions of a few people.
fn report() -> impl Strategy<Value = Value> {
    let who = (0..3_i64, 0..2_i64, 0..3_i64);
    // Few values, so that many are equal.
    let totals = (
        select(vec![0, 1, 2, 10]),
        select(vec![0, 1, 2, 10]),
        0..3_i64,
    );
    let task = prop::option::of(select(vec!["a", "b"]));
    (who, totals, task).prop_map(|((user, session, tab), (length, engaged, at), task)| {
        let began = NOW - 2 * DAY + session * DAY + user * HOUR;
        let mut properties = json!({
            "session_id": format!("user-{user}.{began}"), "tab_id": format!("tab-{tab}"),
            "started_at": began, "length_ms": length * MINUTE, "engaged_ms": engaged * 10 * SECOND
        });
        if let Some(task) = task {
            properties["content_id"] = json!("c");
            properties["task_id"] = json!(task);
        }
        let user = format!("user-{user}");
        own(
            "any",
            &user,
            "Session Updated",
            began + at * MINUTE,
            properties,
        )
    })
}

/// Some reports, and the same in another order, some of them several times.
fn reports_and_again() -> impl Strategy<Value = (Vec<Value>, Vec<Value>)> {
    prop::collection::vec(report(), 1..12).prop_flat_map(|reports| {
        let all = Just(reports.clone());
        let some = subsequence(reports.clone(), 0..=reports.len());
        let again = some.prop_flat_map(move |mut more| {
            more.extend(reports.iter().cloned());
            Just(more).prop_shuffle()
        });
        (all, again)
    })
}

async fn numbers(batches: &[&[Value]]) -> Value {
    let collector = Collector::start();
    for batch in batches {
        collector.take(json!(batch)).await;
    }
    collector.admin_get("/api/v1/metrics/sessions").await.json()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn neither_the_order_nor_the_repetition_of_reports_changes_a_number(
        (reports, again) in reports_and_again(), cut in any::<prop::sample::Index>(),
    ) {
        let (first, second) = again.split_at(cut.index(again.len()));
        let once = run(numbers(&[&reports]));
        prop_assert_eq!(once, run(numbers(&[first, second])));
    }

    #[test]
    fn every_session_that_is_over_ended_somewhere_and_each_person_leaves_for_good_at_most_once(
        reports in prop::collection::vec(report(), 1..12),
    ) {
        let numbers = run(numbers(&[&reports]));
        let ends = numbers["ends"].as_array().expect("a list");
        let sum = |name: &str| -> u64 { ends.iter().filter_map(|end| end[name].as_u64()).sum() };
        prop_assert_eq!(sum("sessions"), numbers["count"].as_u64().expect("a number"));
        // All are over, and nobody booted, so everybody left for good.
        prop_assert_eq!(sum("never_came_back"), numbers["people"].as_u64().expect("a number"));
    }
}
