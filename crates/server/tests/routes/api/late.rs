//! What arrives late lands at its own time, and the numbers are corrected to what they would have been.

use serde_json::{Value, json};

use crate::support::{Collector, DAY, HOUR, MINUTE, NOW, own, track_at, with};

/// Two tasks, each done by an event.
fn checklist() -> Value {
    json!({
        "id": "c", "kind": "checklist", "title": "C", "activation": true,
        "tasks": [
            { "id": "a", "title": "A", "done_when": { "event": { "name": "A" } } },
            { "id": "b", "title": "B", "done_when": { "event": { "name": "B" } } }
        ]
    })
}

fn started(id: &str, user: &str, at: i64) -> Value {
    let about = json!({ "content_id": "c", "version": 1 });
    own(id, user, "Checklist Started", at, about)
}

async fn activation(collector: &Collector) -> Value {
    let answer = collector.admin_get("/api/v1/metrics/activation").await;
    answer.json()
}

/// How many people started, did each task, were activated, and the median time to activation.
async fn numbers(collector: &Collector) -> (u64, Vec<u64>, u64, Option<i64>) {
    let numbers = activation(collector).await;
    let count = |value: &Value| value.as_u64().expect("a number");
    let tasks = numbers["tasks"].as_array().expect("tasks");
    (
        count(&numbers["started"]),
        tasks.iter().map(|task| count(&task["completed"])).collect(),
        count(&numbers["activated"]),
        numbers["median_time_to_activation_ms"].as_i64(),
    )
}

#[tokio::test]
async fn an_event_14_days_late_activates_at_its_own_time_and_nobody_stops_there_any_more() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector
        .take(json!([
            started("m1", "user-1", NOW - HOUR),
            track_at("m2", "user-1", "A", NOW - 50 * MINUTE)
        ]))
        .await;
    assert_eq!(numbers(&collector).await, (1, vec![1, 0], 0, None));
    collector.pass(14 * DAY);
    collector
        .take(json!([track_at("m3", "user-1", "B", NOW - 40 * MINUTE)]))
        .await;
    assert_eq!(
        collector.row::<i64>("SELECT at FROM events WHERE message_id = 'm3'"),
        NOW - 40 * MINUTE
    );
    insta::assert_json_snapshot!(activation(&collector).await);
}

#[tokio::test]
async fn a_late_event_corrects_when_people_were_activated() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector
        .take(json!([
            started("m1", "user-1", NOW - 10 * DAY),
            track_at("m2", "user-1", "A", NOW - 10 * DAY + MINUTE),
            // Done once more, since nobody knew of the first time.
            track_at("m3", "user-1", "B", NOW - DAY)
        ]))
        .await;
    assert_eq!(numbers(&collector).await, (1, vec![1, 1], 1, Some(9 * DAY)));
    collector
        .take(json!([track_at(
            "m4",
            "user-1",
            "B",
            NOW - 10 * DAY + HOUR
        )]))
        .await;
    assert_eq!(numbers(&collector).await, (1, vec![1, 1], 1, Some(HOUR)));
}

#[tokio::test]
async fn where_the_late_one_came_first_the_other_is_what_activated() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector
        .take(json!([
            started("m1", "user-1", NOW - 10 * DAY),
            track_at("m2", "user-1", "A", NOW - 8 * DAY),
            track_at("m3", "user-1", "B", NOW - DAY),
            track_at("m4", "user-1", "B", NOW - 9 * DAY)
        ]))
        .await;
    assert_eq!(numbers(&collector).await, (1, vec![1, 1], 1, Some(2 * DAY)));
}

#[tokio::test]
async fn a_task_that_a_browser_reports_late_corrects_when_all_was_done() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let done = |task: &str, at: i64| {
        let id = format!("user-1/c/done/{task}");
        let about = json!({ "content_id": "c", "version": 1, "task_id": task });
        own(&id, "user-1", "Checklist Task Completed", at, about)
    };
    collector
        .take(json!([
            started("user-1/c/started", "user-1", NOW - 10 * DAY),
            done("a", NOW - 8 * DAY),
            done("b", NOW - DAY)
        ]))
        .await;
    assert_eq!(numbers(&collector).await.3, Some(9 * DAY));
    // Another of their browsers knew better.
    let earlier = json!([done("b", NOW - 9 * DAY)]);
    let answer = collector.batch(earlier.clone()).await;
    let once = json!({ "accepted": 0, "duplicates": 1 });
    assert_eq!(answer.json(), once, "it counts once all the same");
    assert_eq!(numbers(&collector).await.3, Some(2 * DAY));
    let later = json!([done("b", NOW - HOUR)]);
    assert_eq!(collector.batch(later).await.json(), once);
    assert_eq!(collector.batch(earlier).await.json(), once);
    assert_eq!(numbers(&collector).await, (1, vec![1, 1], 1, Some(2 * DAY)));
}

#[tokio::test]
async fn of_a_milestone_that_several_browsers_report_the_earliest_time_stays() {
    let times = [NOW - 3 * HOUR, NOW - 5 * HOUR, NOW - 4 * HOUR];
    let reports = times.map(|at| started("user-1/c/started", "user-1", at));
    for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1]] {
        let collector = Collector::with_content(json!([checklist()])).await;
        for place in order {
            collector.batch(json!([reports[place]])).await;
        }
        assert_eq!(
            collector.rows::<i64>("SELECT at FROM events"),
            [NOW - 5 * HOUR]
        );
    }
}

#[tokio::test]
async fn the_version_of_the_earliest_report_is_the_one_they_began_with() {
    let shown = |version: u32, at: i64| {
        let about = json!({ "content_id": "c", "version": version });
        own("user-1/c/shown", "user-1", "Checklist Shown", at, about)
    };
    let reports = [shown(2, NOW - HOUR), shown(1, NOW - 2 * HOUR)];
    for order in [[0, 1], [1, 0]] {
        let collector = Collector::with_content(json!([checklist()])).await;
        let changed = with(checklist(), json!({ "title": "Changed" }));
        collector.publish(json!([changed])).await;
        for place in order {
            collector.batch(json!([reports[place]])).await;
        }
        let boot = collector.boot(json!({ "userId": "user-1" })).await;
        assert_eq!(boot["content"][0]["version"], 1);
    }
}

#[tokio::test]
async fn nobody_else_and_nothing_else_moves_a_milestone() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let id = "user-1/c/started";
    collector
        .take(json!([started(id, "user-1", NOW - HOUR)]))
        .await;
    let earlier = NOW - 9 * DAY;
    collector
        .batch(json!([
            started(id, "user-2", earlier),
            track_at(id, "user-1", "Something Else", earlier),
            own(
                id,
                "user-1",
                "Checklist Started",
                earlier,
                json!({ "content_id": "d" })
            )
        ]))
        .await;
    assert_eq!(
        collector.rows::<i64>("SELECT at FROM events WHERE user_id = 'user-1'"),
        [NOW - HOUR]
    );
    // And a plain event keeps the time that it first came with.
    collector
        .take(json!([track_at("m1", "user-1", "A", NOW - MINUTE)]))
        .await;
    collector
        .batch(json!([track_at("m1", "user-1", "A", earlier)]))
        .await;
    assert_eq!(
        collector.row::<i64>("SELECT at FROM events WHERE message_id = 'm1'"),
        NOW - MINUTE
    );
}

#[tokio::test]
async fn a_late_event_counts_together_with_those_after_it() {
    let twice = json!({ "event": { "name": "A", "at_least": 2, "within": "1h" } });
    let content = json!([{
        "id": "c", "kind": "checklist", "title": "C", "activation": true,
        "tasks": [{ "id": "a", "title": "A", "done_when": twice }]
    }]);
    let collector = Collector::with_content(content).await;
    collector
        .take(json!([
            started("m1", "user-1", NOW - 14 * DAY),
            track_at("m2", "user-1", "A", NOW - 13 * DAY)
        ]))
        .await;
    assert_eq!(numbers(&collector).await, (1, vec![0], 0, None));
    collector
        .take(json!([track_at(
            "m3",
            "user-1",
            "A",
            NOW - 13 * DAY - 30 * MINUTE
        )]))
        .await;
    assert_eq!(numbers(&collector).await, (1, vec![1], 1, Some(DAY)));
}

#[tokio::test]
async fn a_late_event_of_a_browser_counts_for_the_user_who_has_claimed_it() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector
        .take(json!([
            started("m1", "user-1", NOW - 2 * HOUR),
            track_at("m2", "user-1", "A", NOW - HOUR),
            { "type": "identify", "userId": "user-1", "anonymousId": "browser-1" }
        ]))
        .await;
    collector.pass(14 * DAY);
    collector
        .take(json!([{
            "type": "track", "messageId": "m3", "anonymousId": "browser-1", "event": "B",
            "timestamp": NOW - 90 * MINUTE
        }]))
        .await;
    assert_eq!(numbers(&collector).await, (1, vec![1, 1], 1, Some(HOUR)));
}

#[tokio::test]
async fn what_a_browser_did_counts_together_with_what_its_user_did_at_the_same_time() {
    let twice = json!({ "event": { "name": "A", "at_least": 2, "within": "1h" } });
    let content = json!([{
        "id": "c", "kind": "checklist", "title": "C", "activation": true,
        "tasks": [{ "id": "a", "title": "A", "done_when": twice }]
    }]);
    let collector = Collector::with_content(content).await;
    collector
        .take(json!([
            started("m1", "user-1", NOW - 9 * DAY),
            track_at("m2", "user-1", "A", NOW - 8 * DAY),
            {
                "type": "track", "messageId": "m3", "anonymousId": "browser-1", "event": "A",
                "timestamp": NOW - 8 * DAY + MINUTE
            }
        ]))
        .await;
    assert_eq!(numbers(&collector).await, (1, vec![0], 0, None));
    collector
        .take(json!([{ "type": "identify", "userId": "user-1", "anonymousId": "browser-1" }]))
        .await;
    assert_eq!(
        numbers(&collector).await,
        (1, vec![1], 1, Some(DAY + MINUTE))
    );
}

#[tokio::test]
async fn a_session_14_days_late_corrects_lengths_and_who_came_back() {
    let collector = Collector::start();
    let session = |id: &str, began: i64, length: i64| {
        let properties = json!({
            "session_id": id, "tab_id": "tab", "started_at": began, "length_ms": length,
            "engaged_ms": length / 2
        });
        own(id, "user-1", "Session Updated", began + length, properties)
    };
    collector
        .take(json!([session("s1", NOW - HOUR, 10 * MINUTE)]))
        .await;
    collector.pass(14 * DAY);
    collector
        .take(json!([session("s2", NOW - DAY, 4 * MINUTE)]))
        .await;
    let answer = collector.admin_get("/api/v1/metrics/sessions").await;
    insta::assert_json_snapshot!(answer.json());
}
