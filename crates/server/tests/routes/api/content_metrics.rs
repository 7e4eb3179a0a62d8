use serde_json::{Value, json};

use crate::support::{Collector, MINUTE, NOW, checklist, own};

const PATH: &str = "/api/v1/metrics/content?id=";

fn tour() -> Value {
    json!({
        "id": "tour", "kind": "tour", "title": "Look around",
        "steps": [
            { "id": "one", "title": "One" },
            { "id": "two", "title": "Two" },
            { "id": "three", "title": "Three" }
        ]
    })
}

/// What a user did with some content, one thing a minute.
async fn does(collector: &Collector, user: &str, content: &str, deeds: &[(&str, Value)]) {
    let mut messages = Vec::new();
    for (event, more) in deeds {
        let at = collector.now() + MINUTE * i64::try_from(messages.len()).expect("a few");
        let mut properties = json!({ "content_id": content, "version": 1 });
        let fields = properties.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        let id = format!("{user}-{content}-{}", messages.len());
        messages.push(own(&id, user, event, at, properties));
    }
    collector.pass(MINUTE * i64::try_from(deeds.len()).expect("a few"));
    collector.take(json!(messages)).await;
}

fn step(id: &str) -> (&'static str, Value) {
    ("Tour Step Viewed", json!({ "step_id": id }))
}

#[tokio::test]
async fn of_a_tour_it_is_told_who_came_to_each_step_and_where_they_left() {
    let collector = Collector::with_content(json!([tour()])).await;
    let started = || ("Tour Started", json!({}));
    let gone = || ("Tour Dismissed", json!({}));
    let through = [started(), step("one"), step("two"), step("three")];
    let done = [&through[..], &[("Tour Completed", json!({}))]].concat();
    does(&collector, "finishes", "tour", &done).await;
    does(
        &collector,
        "leaves",
        "tour",
        &[started(), step("one"), step("two"), gone()],
    )
    .await;
    let back = [started(), step("one"), step("two"), step("one"), gone()];
    does(&collector, "goes-back", "tour", &back).await;
    does(
        &collector,
        "underway",
        "tour",
        &[started(), step("one"), step("two")],
    )
    .await;
    // Closed once, called back, and gone through in the end.
    let again = [started(), step("one"), gone(), step("one"), step("three")];
    let again = [&again[..], &[("Tour Completed", json!({}))]].concat();
    does(&collector, "comes-back", "tour", &again).await;
    let later = [started(), step("one"), ("Content Snoozed", json!({}))];
    does(&collector, "later", "tour", &later).await;
    does(
        &collector,
        "compared",
        "tour",
        &[("Content Withheld", json!({}))],
    )
    .await;
    insta::assert_json_snapshot!(collector.admin_get(&format!("{PATH}tour")).await.json());
}

#[tokio::test]
async fn of_any_kind_it_is_told_who_saw_followed_and_sent_it_away() {
    let card = |id: &str, kind: &str| json!({ "id": id, "kind": kind, "title": kind });
    let mut tip = card("a-tip", "tip");
    tip["target"] = json!("#a");
    let cards = json!([tip, card("a-banner", "banner"), card("a-modal", "modal")]);
    let collector = Collector::with_content(cards).await;
    for (id, kind) in [
        ("a-tip", "Tip"),
        ("a-banner", "Banner"),
        ("a-modal", "Modal"),
    ] {
        let event = |what: &str| format!("{kind} {what}");
        let (shown, completed, dismissed) =
            (event("Shown"), event("Completed"), event("Dismissed"));
        let deed = |name| (name, json!({}));
        for (user, deeds) in [
            ("follows", vec![deed(shown.as_str()), deed(&completed)]),
            (
                "closes",
                vec![
                    deed(&shown),
                    deed(&dismissed),
                    deed(&shown),
                    deed(&dismissed),
                ],
            ),
            ("looks", vec![deed(&shown)]),
        ] {
            does(&collector, user, id, &deeds).await;
        }
        let numbers = collector.admin_get(&format!("{PATH}{id}")).await.json();
        let expect = json!({
            "content": id, "title": kind.to_lowercase(),
            "shown": 3, "completed": 1, "dismissed": 1, "snoozed": 0, "withheld": 0
        });
        assert_eq!(numbers, expect);
    }
}

#[tokio::test]
async fn of_a_checklist_it_is_told_who_did_and_who_left_out_each_task() {
    let mut list = checklist();
    for task in list["tasks"].as_array_mut().expect("tasks") {
        task["markable"] = json!(true);
        task["skippable"] = json!(true);
    }
    let collector = Collector::with_content(json!([list])).await;
    let shown = || ("Checklist Shown", json!({}));
    let mark = |task: &str, mark: &str| {
        (
            "Checklist Task Marked",
            json!({ "task_id": task, "mark": mark }),
        )
    };
    let did = |task: &str| ("Checklist Task Completed", json!({ "task_id": task }));
    let bank = "connect-bank";
    for (user, deeds) in [
        ("does", vec![shown(), did(bank)]),
        ("marks", vec![shown(), mark(bank, "done")]),
        (
            "does-and-marks",
            vec![shown(), did(bank), mark(bank, "done")],
        ),
        ("skips", vec![shown(), mark(bank, "skipped")]),
        (
            "skips-but-does",
            vec![shown(), mark(bank, "skipped"), did(bank)],
        ),
        (
            "undoes",
            vec![shown(), mark(bank, "done"), mark(bank, "open")],
        ),
        (
            "thinks-better",
            vec![shown(), mark(bank, "done"), mark(bank, "skipped")],
        ),
        ("never-sees-it", vec![did(bank)]),
    ] {
        does(&collector, user, "getting-started", &deeds).await;
    }
    let numbers = collector
        .admin_get(&format!("{PATH}getting-started"))
        .await
        .json();
    assert_eq!(numbers["shown"], 7);
    assert_eq!(
        numbers["tasks"][2],
        json!({ "id": bank, "title": "Connect your bank", "completed": 4, "skipped": 2 })
    );
    assert_eq!(numbers["steps"], Value::Null);
}

#[tokio::test]
async fn what_is_not_published_is_told_beside_what_is() {
    let collector = Collector::with_content(json!([tour()])).await;
    let answer = collector.admin_get(&format!("{PATH}trou")).await;
    assert_eq!(
        answer.error(),
        (404, "not_found".to_owned(), "id".to_owned())
    );
    assert!(answer.text().contains("`tour`"), "{}", answer.text());
    let answer = collector.admin_get("/api/v1/metrics/content").await;
    assert_eq!(
        answer.error(),
        (400, "invalid_field".to_owned(), "id".to_owned())
    );
    assert_eq!(collector.now(), NOW);
}
