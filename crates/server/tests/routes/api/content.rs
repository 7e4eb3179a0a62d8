use serde_json::{Value, json};

use crate::support::{Collector, MINUTE, checklist, with};

#[tokio::test]
async fn drafts_are_listed_beside_what_is_published() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector.pass(MINUTE);
    let renamed = with(checklist(), json!({ "title": "Welcome" }));
    let other = with(checklist(), json!({ "id": "another" }));
    let answer = collector.push(json!([renamed, other])).await;
    assert_eq!(
        answer.json(),
        json!({ "pushed": ["getting-started", "another"] })
    );
    let mut list = collector.admin_get("/api/v1/content").await.json();
    for item in list["content"].as_array_mut().expect("an array") {
        let title = item["draft"]["title"].take();
        item["draft"] = title;
    }
    insta::assert_json_snapshot!(list);
}

#[tokio::test]
async fn a_change_becomes_the_next_version() {
    let collector = Collector::start();
    let publish = async |body: &str| {
        let answer = collector.admin_post("/api/v1/content/publish", body).await;
        answer.json()["published"].clone()
    };
    let item = |version: u32, changed: bool| json!([{ "id": "getting-started", "version": version, "changed": changed }]);
    collector.push(json!([checklist()])).await;
    assert_eq!(publish("").await, item(1, true));
    assert_eq!(publish("").await, item(1, false));
    // A version in a file is what it was pulled with, not a change.
    let pulled = with(
        checklist(),
        json!({ "version": 7, "$schema": "content.schema.json" }),
    );
    collector.push(json!([pulled])).await;
    assert_eq!(publish("{}").await, item(1, false));
    let renamed = with(checklist(), json!({ "title": "Welcome" }));
    collector.push(json!([renamed])).await;
    let ids = r#"{"ids":["getting-started"]}"#;
    assert_eq!(publish(ids).await, item(2, true));
    assert_eq!(
        collector.rows::<String>("SELECT document ->> 'title' FROM publications ORDER BY version"),
        ["Get started", "Welcome"]
    );
}

#[tokio::test]
async fn only_what_is_asked_for_is_published() {
    let collector = Collector::start();
    let other = with(checklist(), json!({ "id": "another" }));
    collector.push(json!([checklist(), other])).await;
    let answer = collector
        .admin_post("/api/v1/content/publish", r#"{"ids":["another"]}"#)
        .await;
    assert_eq!(
        answer.json(),
        json!({ "published": [{ "id": "another", "version": 1, "changed": true }] })
    );
    let answer = collector
        .admin_post(
            "/api/v1/content/publish",
            r#"{"ids":["getting-started","nothing"]}"#,
        )
        .await;
    assert_eq!(answer.status, 404);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "not_found",
        "message": "there is no content `nothing`; push it first with `headstart content push FILE`",
        "path": "ids[1]"
      }
    }
    "#);
    assert_eq!(
        collector.rows::<String>("SELECT id FROM publications"),
        ["another"]
    );
    let answer = collector
        .admin_post("/api/v1/content/publish", r#"{"id":["another"]}"#)
        .await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn if_one_document_is_wrong_none_is_kept_and_all_that_is_wrong_is_listed() {
    let collector = Collector::start();
    let mut wrong = with(checklist(), json!({ "id": "wrong", "titel": "Welcome" }));
    wrong["tasks"][1]["done_when"] = json!({ "event": { "name": "" } });
    wrong["tasks"][2]["done_when"] = json!({ "all": [{ "event": { "name": "x", "nme": 1 } }] });
    let no_id = json!({ "kind": "tip", "title": "T" });
    let mistyped = with(
        checklist(),
        json!({ "id": "mistyped", "tasks": [{ "id": 7 }] }),
    );
    let answer = collector
        .push(json!([checklist(), wrong, no_id, mistyped]))
        .await;
    assert_eq!(answer.status, 422);
    insta::assert_json_snapshot!(answer.json());
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM drafts"), 0);
}

#[tokio::test]
async fn mistakes_deep_in_a_condition_are_told_with_their_path() {
    let task = |done_when: Value| {
        json!([with(
            checklist(),
            json!({ "tasks": [
            { "id": "t", "title": "T", "done_when": done_when }
        ] })
        )])
    };
    for (done_when, path) in [
        (json!({ "evnt": { "name": "x" } }), "tasks[0].done_when"),
        (
            json!({ "event": { "name": 7 } }),
            "tasks[0].done_when.event.name",
        ),
        (
            json!({ "any": [{ "not": { "page": { "path": [] } } }] }),
            "tasks[0].done_when.any[0].not.page.path",
        ),
        (
            json!({ "event": { "name": "x", "within": "1 week" } }),
            "tasks[0].done_when.event.within",
        ),
        (
            json!({ "any": [{ "not": { "event": { "name": "x", "nope": 1 } } }] }),
            "tasks[0].done_when.any[0].not.event.nope",
        ),
    ] {
        let collector = Collector::start();
        let answer = collector.push(task(done_when)).await;
        assert_eq!(
            answer.error(),
            (422, "invalid_content".to_owned(), path.to_owned()),
            "{}",
            answer.text()
        );
    }
}

#[tokio::test]
async fn two_documents_of_one_id_are_refused() {
    let collector = Collector::start();
    let answer = collector.push(json!([checklist(), checklist()])).await;
    assert_eq!(
        answer.error(),
        (422, "invalid_content".to_owned(), "id".to_owned())
    );
}

#[tokio::test]
async fn what_is_no_json_is_refused() {
    let collector = Collector::start();
    let answer = collector.admin_post("/api/v1/content", "[{]").await;
    assert_eq!(answer.error().1, "invalid_json");
}

#[tokio::test]
async fn users_get_a_new_version_as_soon_as_it_is_published() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let renamed = with(checklist(), json!({ "title": "Welcome" }));
    collector.publish(json!([renamed])).await;
    let boot = collector.boot(json!({ "anonymousId": "browser-1" })).await;
    assert_eq!(boot["content"][0]["title"], "Welcome");
    assert_eq!(boot["content"][0]["version"], 2);
}

/// A checklist and a tour with Markdown in every field that takes it, and local times.
fn authored() -> Value {
    json!([
        {
            "id": "list", "kind": "checklist", "title": "*Title*",
            "description": "For **you**", "done_message": "Done.\n\nReally.",
            "schedule": { "from": "2026-12-01T09:00", "until": "2026-12-24", "zone": "Europe/Berlin" },
            "tasks": [
                { "id": "a", "title": "A", "markable": true, "description": "[See](https://example.com)" },
                { "id": "b", "title": "B", "markable": true, "description": "Plain." },
                { "id": "c", "title": "C", "markable": true, "description": [["p", "A *tree*"]] }
            ]
        },
        {
            "id": "tour", "kind": "tour", "title": "T",
            "steps": [{ "id": "s", "title": "S", "body": "1. One\n2. `Two`" }]
        },
        { "id": "modal", "kind": "modal", "title": "M", "body": "![A form](/form.png)" }
    ])
}

#[tokio::test]
async fn markdown_and_local_times_are_delivered_as_trees_and_moments() {
    let collector = Collector::with_content(authored()).await;
    let boot = collector.boot(json!({})).await;
    let content = &boot["content"];
    let list = &content[0];
    assert_eq!(list["title"], "*Title*");
    assert_eq!(
        list["description"],
        json!([["p", "For ", ["strong", "you"]]])
    );
    assert_eq!(
        list["done_message"],
        json!([["p", "Done."], ["p", "Really."]])
    );
    // Nine o'clock in Berlin, in winter, and midnight.
    let schedule = json!({ "from": 1_796_112_000_000_i64, "until": 1_798_066_800_000_i64 });
    assert_eq!(list["schedule"], schedule);
    let descriptions: Vec<&Value> = (0..3).map(|n| &list["tasks"][n]["description"]).collect();
    assert_eq!(
        json!(descriptions),
        json!([
            [["p", ["a", { "href": "https://example.com" }, "See"]]],
            "Plain.",
            [["p", "A *tree*"]]
        ])
    );
    assert_eq!(
        content[1]["body"],
        json!([["p", ["img", { "alt": "A form", "src": "/form.png" }]]])
    );
    assert_eq!(
        content[2]["steps"][0]["body"],
        json!([["ol", ["li", "One"], ["li", ["code", "Two"]]]])
    );
}

#[tokio::test]
async fn authors_get_back_what_they_wrote() {
    let collector = Collector::with_content(authored()).await;
    let drafts = async || {
        let list = collector.admin_get("/api/v1/content").await.json();
        let items = list["content"].as_array().expect("an array").clone();
        let drafts: Vec<Value> = items.iter().map(|item| item["draft"].clone()).collect();
        let changed = items.iter().any(|item| item["changed"] == true);
        (drafts, changed)
    };
    let (drafts_now, changed) = drafts().await;
    let mut wrote = authored().as_array().expect("an array").clone();
    wrote.sort_by_key(|document| document["id"].to_string());
    assert_eq!(drafts_now, wrote);
    assert!(!changed);
    // Written in another way, but the same.
    let other = json!([{ "id": "modal", "kind": "modal", "title": "M", "body": "  ![A form][1]\n\n[1]: /form.png" }]);
    collector.push(other.clone()).await;
    let (drafts_now, changed) = drafts().await;
    assert_eq!(drafts_now[1], other[0]);
    assert!(!changed);
}

#[tokio::test]
async fn what_is_wrong_with_markdown_and_times_is_told_by_path_beside_the_rest() {
    let collector = Collector::start();
    let wrong = json!([{
        "id": "list", "kind": "checklist", "title": "",
        "description": "# Heading", "done_message": "<b>Done</b>",
        "schedule": { "from": "soon", "until": "2026-03-29T02:30", "zone": "Europe/Berlin" },
        "tasks": [
            { "id": "a", "title": "A", "markable": true, "description": "[x](javascript:alert(1))\n\n---" }
        ]
    }, {
        "id": "tour", "kind": "tour", "title": "T",
        "steps": [{ "id": "s", "title": "S" }, { "id": "t", "title": "T", "body": "![](/a.png)" }]
    }]);
    let answer = collector.push(wrong).await;
    assert_eq!(answer.status, 422);
    insta::assert_json_snapshot!(answer.json()["problems"]);
}
