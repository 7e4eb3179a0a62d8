use serde_json::{Value, json};

use crate::support::{Collector, HOUR, MINUTE, NOW, checklist, own, track, track_at, with};

/// The milestones on disk: message id and time before now.
fn milestones(collector: &Collector) -> Vec<String> {
    collector.rows(&format!(
        "SELECT name || ' ' || message_id || ' ' || ({NOW} - at) FROM events
         WHERE content_id IS NOT NULL ORDER BY seq"
    ))
}

#[tokio::test]
async fn an_event_from_a_server_completes_a_task_with_no_browser_around() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector
        .take(json!([track_at(
            "m1",
            "user-1",
            "Bank Connected",
            NOW - MINUTE
        )]))
        .await;
    assert_eq!(
        milestones(&collector),
        ["Checklist Task Completed user-1/getting-started/done/connect-bank 60000"]
    );
}

#[tokio::test]
async fn the_last_required_task_activates() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector
        .take(json!([
            track_at("m1", "user-1", "Bank Connected", NOW - HOUR),
            track_at("m2", "user-1", "Invoice Created", NOW - MINUTE),
            { "type": "identify", "userId": "user-1", "timestamp": NOW - 2 * MINUTE,
              "traits": { "company_name": "Acme" } }
        ]))
        .await;
    insta::assert_snapshot!(milestones(&collector).join("\n"));
    let run: String = collector.row(
        "SELECT json_array(kind, user_id, properties, context) FROM events
         WHERE name = 'Activation Reached'",
    );
    insta::assert_snapshot!(run, @r#"["track","user-1","{\"content_id\":\"getting-started\",\"version\":1}","{}"]"#);
}

#[tokio::test]
async fn a_task_that_the_browser_reported_as_well_counts_once() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let reported = own(
        "user-1/getting-started/done/connect-bank",
        "user-1",
        "Checklist Task Completed",
        NOW,
        json!({ "content_id": "getting-started", "version": 1, "task_id": "connect-bank" }),
    );
    collector
        .take(json!([track("m1", "user-1", "Bank Connected")]))
        .await;
    let answer = collector.batch(json!([reported])).await;
    assert_eq!(answer.json(), json!({ "accepted": 0, "duplicates": 1 }));
    assert_eq!(milestones(&collector).len(), 1);
}

#[tokio::test]
async fn events_before_the_content_was_published_count() {
    let collector = Collector::start();
    collector
        .take(json!([track_at(
            "m1",
            "user-1",
            "Bank Connected",
            NOW - HOUR
        )]))
        .await;
    collector.publish(json!([checklist()])).await;
    collector
        .take(json!([track("m2", "user-1", "Invoice Created")]))
        .await;
    assert_eq!(
        milestones(&collector),
        [
            "Checklist Task Completed user-1/getting-started/done/create-invoice 0",
            "Checklist Task Completed user-1/getting-started/done/connect-bank 3600000"
        ]
    );
}

#[tokio::test]
async fn only_events_whose_properties_fit_count() {
    let content = json!([{
        "id": "c", "kind": "checklist", "title": "C",
        "tasks": [{ "id": "t", "title": "T", "done_when": { "event": {
            "name": "Invoice Created", "at_least": 2, "where": { "total": { "at_least": 100 } }
        } } }]
    }]);
    let collector = Collector::with_content(content).await;
    let invoice = |id: &str, total: i64| {
        with(
            track(id, "user-1", "Invoice Created"),
            json!({ "properties": { "total": total } }),
        )
    };
    collector
        .take(json!([
            invoice("m1", 200),
            invoice("m2", 99),
            invoice("m3", 50)
        ]))
        .await;
    assert!(milestones(&collector).is_empty());
    collector.take(json!([invoice("m4", 100)])).await;
    assert_eq!(
        milestones(&collector)[0],
        "Checklist Task Completed user-1/c/done/t 0"
    );
}

#[tokio::test]
async fn what_arrives_late_counts_as_it_would_have_then() {
    let content = json!([{
        "id": "c", "kind": "checklist", "title": "C",
        "tasks": [
            { "id": "often", "title": "T", "done_when": { "event": {
                "name": "Invoice Created", "at_least": 2, "within": "1h"
            } } },
            { "id": "named", "title": "T", "done_when": { "trait": { "name": "company_name" } } },
            { "id": "both", "title": "T", "done_when": { "all": [
                { "event": { "name": "Invoice Created" } }, { "event": { "name": "Bank Connected" } }
            ] } }
        ]
    }]);
    let collector = Collector::with_content(content).await;
    let then = NOW - 14 * 24 * HOUR;
    collector
        .take(json!([track_at(
            "m0",
            "user-1",
            "Bank Connected",
            NOW - MINUTE
        )]))
        .await;
    collector
        .take(json!([
            track_at("m1", "user-1", "Invoice Created", then),
            track_at("m2", "user-1", "Invoice Created", then + MINUTE),
            { "type": "identify", "userId": "user-1", "timestamp": then + 2 * MINUTE,
              "traits": { "company_name": "Acme" } }
        ]))
        .await;
    let ago = |name: &str, millis: i64| format!("Checklist {name} {millis}");
    assert_eq!(
        milestones(&collector),
        [
            ago("Task Completed user-1/c/done/often", NOW - then - MINUTE),
            ago(
                "Task Completed user-1/c/done/named",
                NOW - then - 2 * MINUTE
            ),
            ago("Task Completed user-1/c/done/both", MINUTE),
            ago("Completed user-1/c/completed", MINUTE),
        ]
    );
}

#[tokio::test]
async fn two_late_events_far_apart_are_not_within_an_hour() {
    let content = json!([{
        "id": "c", "kind": "checklist", "title": "C",
        "tasks": [{ "id": "often", "title": "T", "done_when": { "event": {
            "name": "Invoice Created", "at_least": 2, "within": "1h"
        } } }]
    }]);
    let collector = Collector::with_content(content).await;
    for (id, at) in [("m1", NOW), ("m2", NOW - 14 * 24 * HOUR)] {
        let message = track_at(id, "user-1", "Invoice Created", at);
        collector.take(json!([message])).await;
    }
    assert!(milestones(&collector).is_empty());
}

#[tokio::test]
async fn a_page_of_the_same_name_is_no_event() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector
        .take(json!([
            { "type": "page", "userId": "user-1", "name": "Bank Connected" },
            track("m2", "user-1", "Invoice Created")
        ]))
        .await;
    assert_eq!(milestones(&collector).len(), 1);
}

#[tokio::test]
async fn traits_of_the_account_count_for_its_users() {
    let content = json!([{
        "id": "c", "kind": "checklist", "title": "C",
        "tasks": [{ "id": "t", "title": "T", "done_when":
            { "trait": { "of": "account", "name": "seats", "is": { "at_least": 5 } } } }]
    }]);
    let collector = Collector::with_content(content).await;
    collector
        .take(json!([
            { "type": "group", "userId": "user-1", "groupId": "acme", "traits": { "seats": 5 } }
        ]))
        .await;
    assert_eq!(milestones(&collector).len(), 2, "done and completed");
}

#[tokio::test]
async fn users_stay_with_the_version_they_began_with() {
    let two_tasks = checklist_of(&["create-invoice", "connect-bank"]);
    let collector = Collector::with_content(json!([checklist()])).await;
    let shown = |user: &str, version: u32| {
        own(
            &format!("{user}/getting-started/shown"),
            user,
            "Checklist Shown",
            NOW - HOUR,
            json!({ "content_id": "getting-started", "version": version }),
        )
    };
    collector.take(json!([shown("early", 1)])).await;
    collector.publish(json!([two_tasks])).await;
    collector.take(json!([shown("late", 2)])).await;
    for user in ["early", "late"] {
        let prefix = format!("{user}-");
        collector
            .take(json!([
                track(&format!("{prefix}1"), user, "Invoice Created"),
                track(&format!("{prefix}2"), user, "Bank Connected")
            ]))
            .await;
    }
    assert_eq!(
        collector.rows::<String>("SELECT user_id FROM events WHERE name = 'Activation Reached'"),
        ["late"]
    );
    let tasks = |boot: Value| boot["content"][0]["tasks"].as_array().map(Vec::len);
    let early = collector.boot(json!({ "userId": "early" })).await;
    assert_eq!(early["content"][0]["version"], 1);
    assert_eq!(tasks(early), Some(3));
    let late = collector.boot(json!({ "userId": "late" })).await;
    assert_eq!(tasks(late), Some(2));
    let new = collector.boot(json!({ "userId": "new" })).await;
    assert_eq!(new["content"][0]["version"], 2);
}

fn checklist_of(tasks: &[&str]) -> Value {
    let mut checklist = checklist();
    let all = checklist["tasks"].as_array().expect("tasks").clone();
    let kept = all
        .into_iter()
        .filter(|task| tasks.iter().any(|id| task["id"] == *id))
        .collect();
    checklist["tasks"] = Value::Array(kept);
    checklist
}

/// A checklist of two tasks, the second of which is only for those of whom `audience` holds.
fn with_audience(audience: Value) -> Value {
    let task = |event: &str| {
        let done_when = json!({ "event": { "name": event } });
        json!({ "id": event.to_lowercase(), "title": event, "done_when": done_when })
    };
    let mut second = task("B");
    second["audience"] = audience;
    json!([{ "id": "c", "kind": "checklist", "title": "C", "tasks": [task("A"), second] }])
}

#[tokio::test]
async fn a_task_that_is_not_meant_for_a_user_does_not_count() {
    let pro = json!({ "trait": { "name": "plan", "is": { "equals": "pro" } } });
    let collector = Collector::with_content(with_audience(pro)).await;
    let plan = |user: &str, plan: &str| json!({ "type": "identify", "userId": user, "traits": { "plan": plan } });
    collector
        .take(json!([plan("free", "free"), plan("pro", "pro")]))
        .await;
    collector
        .take(json!([track("m1", "free", "A"), track("m2", "pro", "A")]))
        .await;
    let complete = || {
        collector.rows::<String>("SELECT user_id FROM events WHERE name = 'Checklist Completed'")
    };
    assert_eq!(complete(), ["free"]);
    collector.take(json!([track("m3", "pro", "B")])).await;
    assert_eq!(complete(), ["free", "pro"]);
}

#[tokio::test]
async fn for_whom_only_a_browser_can_tell_a_task_counts_until_a_browser_tells() {
    let completed = |collector: &Collector| {
        collector.row::<i64>("SELECT count(*) FROM events WHERE name = 'Checklist Completed'")
    };
    for audience in [
        json!({ "device": "desktop" }),
        json!({ "not": { "device": "phone" } }),
        json!({ "any": [{ "locale": "de" }, { "trait": { "name": "x" } }] }),
        json!({ "page": { "path": "/" } }),
    ] {
        let collector = Collector::with_content(with_audience(audience.clone())).await;
        collector.take(json!([track("m1", "user-1", "A")])).await;
        assert_eq!(completed(&collector), 0, "{audience}");
        collector.take(json!([track("m2", "user-1", "B")])).await;
        assert_eq!(completed(&collector), 1, "{audience}");
    }
}

#[tokio::test]
async fn marks_complete_a_checklist_with_no_browser_around() {
    let mut content = with_audience(json!(null));
    for task in content[0]["tasks"].as_array_mut().expect("tasks") {
        task["markable"] = json!(true);
        task["skippable"] = json!(true);
    }
    let mark = |task: &str, mark: &str, at: i64| {
        let properties = json!({ "content_id": "c", "version": 1, "task_id": task, "mark": mark });
        let id = format!("user-1/c/marked/{task}/{at}");
        own(&id, "user-1", "Checklist Task Marked", at, properties)
    };
    for (messages, expect) in [
        (
            vec![mark("a", "done", NOW - 2), mark("b", "skipped", NOW - 1)],
            Some(NOW - 1),
        ),
        (
            vec![mark("a", "skipped", NOW - 2), mark("b", "skipped", NOW - 1)],
            None,
        ),
        (
            vec![
                mark("b", "skipped", NOW - HOUR),
                track_at("m", "user-1", "A", NOW - MINUTE),
            ],
            Some(NOW - MINUTE),
        ),
        (
            vec![
                mark("a", "done", NOW - 2),
                mark("a", "open", NOW - 1),
                mark("b", "done", NOW),
            ],
            None,
        ),
        // Undone only later: as of then it was complete.
        (
            vec![
                mark("a", "open", NOW),
                mark("b", "done", NOW - HOUR),
                mark("a", "done", NOW - MINUTE),
            ],
            Some(NOW - MINUTE),
        ),
    ] {
        let collector = Collector::with_content(content.clone()).await;
        for message in &messages {
            collector.take(json!([message])).await;
        }
        let at = collector.rows::<i64>("SELECT at FROM events WHERE name = 'Checklist Completed'");
        assert_eq!(at.first().copied(), expect, "{messages:?}");
    }
}
