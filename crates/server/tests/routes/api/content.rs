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
