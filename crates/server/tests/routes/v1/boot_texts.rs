//! Of a user's traits, those are told that the content's texts have placeholders for.

use serde_json::{Value, json};

use crate::support::Collector;

async fn told(document: Value) -> (Value, Value) {
    let collector = Collector::with_content(json!([document])).await;
    let traits = json!({ "name": "Ada", "plan": "pro", "email": "someone@example.com" });
    collector
        .take(json!([
            { "type": "identify", "userId": "user-1", "traits": traits },
            { "type": "group", "userId": "user-1", "groupId": "acme", "traits": { "seats": 3, "owner": "x" } }
        ]))
        .await;
    let boot = collector.boot(json!({ "userId": "user-1" })).await;
    let names = |of: &str| {
        let traits = boot["known"][of].as_object().cloned().unwrap_or_default();
        json!(traits.keys().collect::<Vec<_>>())
    };
    (names("traits"), names("account_traits"))
}

fn list(more: Value, task: Value) -> Value {
    let mut list = json!({ "id": "c", "kind": "checklist", "title": "C", "tasks": [
        { "id": "t", "title": "T", "markable": true }
    ] });
    let extend = |object: &mut Value, more: Value| {
        let fields = object.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
    };
    extend(&mut list, more);
    extend(&mut list["tasks"][0], task);
    list
}

#[tokio::test]
async fn a_placeholder_in_any_text_has_its_trait_told_and_no_other() {
    const TEXT: &str = "{{user.name | there}}, {{ account.seats }}";
    let action = |key: &str, value: Value| json!({ "label": "L", "path": "/a", key: value });
    let modal = |more: Value| {
        let mut modal = json!({ "id": "m", "kind": "modal", "title": "M" });
        let fields = modal.as_object_mut().expect("an object");
        fields.extend(more.as_object().expect("an object").clone());
        modal
    };
    for document in [
        list(json!({ "title": TEXT }), json!({})),
        list(
            json!({ "description": format!("*Hello* {TEXT}") }),
            json!({}),
        ),
        list(
            json!({ "done_message": format!("- a **{TEXT}**") }),
            json!({}),
        ),
        list(json!({}), json!({ "title": TEXT })),
        list(json!({}), json!({ "description": TEXT })),
        list(json!({}), json!({ "action": action("label", json!(TEXT)) })),
        list(
            json!({}),
            json!({ "action": action("fill", json!({ "#a": TEXT })) }),
        ),
        modal(json!({ "title": TEXT })),
        modal(json!({ "body": ["p", "old form"], "title": TEXT })),
        modal(json!({ "body": [["p", ["em", TEXT]]] })),
        modal(
            json!({ "actions": [action("label", json!("A")), action("fill", json!({ "#a": TEXT }))] }),
        ),
        json!({ "id": "t", "kind": "tour", "title": "T", "steps": [{ "id": "s", "title": TEXT }] }),
    ] {
        let expect = (json!(["name"]), json!(["seats"]));
        assert_eq!(told(document.clone()).await, expect, "{document}");
    }
    let none = list(json!({ "title": "user.name" }), json!({}));
    assert_eq!(told(none).await, (json!([]), json!([])));
}

#[tokio::test]
async fn a_trait_that_any_condition_asks_about_is_told() {
    let plan = json!({ "trait": { "name": "plan" } });
    let step = |field: &str, value: Value| {
        json!({ "id": "t", "kind": "tour", "title": "T", "steps": [
            { "id": "s", "title": "S", field: value }
        ] })
    };
    for document in [
        list(json!({ "trigger": plan }), json!({})),
        list(json!({}), json!({ "audience": plan })),
        list(json!({}), json!({ "unlock_when": plan })),
        list(
            json!({}),
            json!({ "done_when": { "all": [plan, { "page": { "path": "/" } }] } }),
        ),
        step("advance_when", plan.clone()),
        step("branches", json!([{ "when": plan, "to": "s" }])),
    ] {
        let expect = (json!(["plan"]), json!([]));
        assert_eq!(told(document.clone()).await, expect, "{document}");
    }
}
