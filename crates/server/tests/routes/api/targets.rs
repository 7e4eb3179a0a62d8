use serde_json::{Value, json};

use crate::support::{Collector, DAY, HOUR, NOW, own, with};

const PATH: &str = "/api/v1/metrics/targets";

fn tour() -> Value {
    json!([{
        "id": "tour", "kind": "tour", "title": "T",
        "steps": [{ "id": "one", "title": "1", "target": "#new" }]
    }])
}

/// As `Engine` reports it.
fn missing(user: &str, at: i64, more: Value) -> Value {
    let properties = json!({
        "content_id": "tour", "version": 2, "step_id": "one", "selector": "#new",
        "path": "/invoices", "nearest": "there, but not visible"
    });
    let properties = with(properties, more);
    let id = format!("{user}/tour/missing/one/{at}");
    own(&id, user, "Target Missing", at, properties)
}

#[tokio::test]
async fn what_did_not_come_is_told_by_place_with_how_often_and_when_last() {
    let collector = Collector::with_content(tour()).await;
    collector
        .take(json!([
            missing("user-1", NOW - 2 * HOUR, json!({})),
            missing("user-1", NOW - HOUR, json!({})),
            missing("user-2", NOW - 3 * HOUR, json!({ "version": 1 })),
            missing("user-2", NOW, json!({ "path": "/clients" })),
            missing(
                "user-3",
                NOW - 2 * DAY,
                json!({ "step_id": null, "nearest": null })
            ),
            missing("user-3", NOW, json!({ "content_id": "unpublished" }))
        ]))
        .await;
    insta::assert_json_snapshot!(collector.admin_get(PATH).await.json());
}

#[tokio::test]
async fn it_looks_back_as_far_as_is_asked() {
    let collector = Collector::with_content(tour()).await;
    let times = [NOW - 40 * DAY, NOW - 20 * DAY, NOW - HOUR];
    for at in times {
        let path = json!({ "path": format!("/{at}") });
        collector.take(json!([missing("user-1", at, path)])).await;
    }
    for (query, expect) in [("", 2), ("?days=1", 1), ("?days=30", 2), ("?days=365", 3)] {
        let answer = collector.admin_get(&format!("{PATH}{query}")).await.json();
        let told = answer["missing"].as_array().map(Vec::len);
        assert_eq!(told, Some(expect), "{query}");
    }
    for query in ["?days=0", "?days=366", "?days=-1", "?days=week"] {
        let answer = collector.admin_get(&format!("{PATH}{query}")).await;
        let expect = (400, "invalid_field".to_owned(), "days".to_owned());
        assert_eq!(answer.error(), expect, "{query}");
    }
}
