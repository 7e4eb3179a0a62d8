mod rich_text;

use headstart_core::decode::Decode;
use headstart_core::engine::{Limits, Prefill, UiState};
use headstart_core::time::{MINUTE, Span};
use headstart_core::{Boot, Condition, ContentDocument, Decoder, Known, Value};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

use crate::value::any_value;

fn value(json: Json) -> Value {
    serde_json::from_value(json).unwrap()
}

fn document(field: &str, is: Json) -> Json {
    let mut document = json!({
        "id": "list", "kind": "checklist", "title": "Get started",
        "tasks": [{"id": "a", "title": "Do it", "done_when": {"event": {"name": "Done"}}}]
    });
    *document.pointer_mut(field).unwrap() = is;
    document
}

/// Reading this fails with these words.
fn check(json: Json, expect: &str) {
    let problem = ContentDocument::from_value(value(json)).unwrap_err();
    assert_eq!(problem.to_string(), expect);
}

#[test]
fn what_cannot_be_read_is_told_with_its_path_and_what_belongs_there() {
    check(
        document("/title", json!(7)),
        "title: must be a text, not a number",
    );
    check(
        document("/tasks", json!({})),
        "tasks: must be a list, not an object",
    );
    check(
        document("/tasks/0", json!("a")),
        "tasks[0]: must be an object, not a text",
    );
    check(
        document("/tasks/0/title", json!(null)),
        "tasks[0].title: is missing; add it",
    );
    check(
        document("/kind", json!("walk")),
        "kind: there is no `walk`; use one of `checklist`, `tip`, `tour`, `banner`, `modal`",
    );
    check(
        document(
            "/tasks/0/done_when/event",
            json!({"name": "A", "at_least": 1.5}),
        ),
        "tasks[0].done_when.event.at_least: must be a whole number, not a number",
    );
    check(
        document(
            "/tasks/0/done_when/event",
            json!({"name": "A", "at_least": -1}),
        ),
        "tasks[0].done_when.event.at_least: must be a whole number from 0 up",
    );
    check(
        document(
            "/tasks/0/done_when/event",
            json!({"name": "A", "at_least": 4_294_967_296_u64}),
        ),
        "tasks[0].done_when.event.at_least: is too far from 0; use a smaller number",
    );
    check(
        document(
            "/tasks/0/done_when/event",
            json!({"name": "A", "within": "a while"}),
        ),
        "tasks[0].done_when.event.within: `a while` is not a span of time; write a whole number \
         and a unit, such as \"30s\", \"15m\", \"24h\", \"7d\" or \"4w\"",
    );
}

#[test]
fn a_condition_of_no_known_kind_is_told_where_it_stands() {
    let unknown = document(
        "/tasks/0/done_when",
        json!({"all": [{"evnt": {"name": "A"}}]}),
    );
    check(
        unknown,
        "tasks[0].done_when.all[0]: there is no `evnt`; use one of `all`, `any`, `not`, `event`, \
         `page`, `element`, `trait`, `content`, `sessions`, `session`, `first_seen`, `share`, `locale`, `device`",
    );
    check(
        document("/tasks/0/done_when", json!({"page": {}, "event": {}})),
        "tasks[0].done_when: must have exactly one field, its kind",
    );
    let filter = json!({"name": "A", "where": {"amount": {"above": 5}}});
    check(
        document("/tasks/0/done_when/event", filter),
        "tasks[0].done_when.event.where.amount: there is no `above`; use one of `exists`, `missing`, \
         {`equals`: …}, `not_equals`, `one_of`, `contains`, `starts_with`, `greater_than`, \
         `at_least`, `less_than`, `at_most`",
    );
}

#[test]
fn fields_that_are_not_understood_are_named_and_passed_over() {
    let mut misspelt = document("/title", json!("Get started"));
    misspelt["tittle"] = json!("x");
    misspelt["tasks"][0]["done_when"]["event"]["atleast"] = json!(2);
    let mut decoder = Decoder::default();
    assert!(decoder.read::<ContentDocument>(value(misspelt)).is_ok());
    assert_eq!(
        decoder.unknown(),
        ["tasks[0].done_when.event.atleast", "tittle"]
    );
}

#[test]
fn an_empty_boot_is_a_boot() {
    assert_eq!(Boot::from_value(value(json!({}))), Ok(Boot::default()));
}

#[test]
fn every_kind_of_condition_is_read_as_it_is_written() {
    for condition in [
        json!({"all": [{"any": []}, {"not": {"page": {"path": "/a", "query": {"b": "c"}, "hash": "d"}}}]}),
        json!({"event": {"name": "A", "where": {"n": "exists", "m": "missing"}, "at_least": 3, "within": "1w"}}),
        json!({"element": {"selector": "#a", "is": "present"}}),
        json!({"element": {"selector": "#a", "is": "visible"}}),
        json!({"element": {"selector": "#a", "is": "clicked"}}),
        json!({"element": {"selector": "#a", "is": {"value": {"starts_with": "x"}}}}),
        json!({"trait": {"of": "account", "name": "plan", "is": {"one_of": ["a", 1, null]}}}),
        json!({"content": {"id": "list", "is": "shown"}}),
        json!({"content": {"id": "list", "is": "started"}}),
        json!({"content": {"id": "list", "is": "completed"}}),
        json!({"content": {"id": "list", "is": "dismissed"}}),
        json!({"content": {"id": "list", "is": {"task_done": "a"}}}),
        json!({"sessions": {"at_least": 2, "within": "2d"}}),
        json!({"session": {"length_at_least": "5m", "engaged_at_least": "90s"}}),
        json!({"first_seen": {"at_least": "1h", "less_than": "36h"}}),
        json!({"trait": {"name": "a", "is": {"equals": {"deep": [true]}}}}),
        json!({"trait": {"name": "a", "is": {"not_equals": false}}}),
        json!({"trait": {"name": "a", "is": {"contains": "x"}}}),
        json!({"trait": {"name": "a", "is": {"greater_than": 1.5}}}),
        json!({"trait": {"name": "a", "is": {"at_least": 1}}}),
        json!({"trait": {"name": "a", "is": {"less_than": "2026-01-01"}}}),
        json!({"trait": {"name": "a", "is": {"at_most": -1}}}),
    ] {
        let read = Condition::from_value(value(condition.clone())).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), condition);
    }
}

proptest! {
    #[test]
    fn anything_at_all_is_read_or_refused_without_panic(value in any_value()) {
        let _ = ContentDocument::from_value(value.clone());
        let _ = Condition::from_value(value.clone());
        let _ = Known::from_value(value.clone());
        let _ = Boot::from_value(value);
    }
}

#[test]
fn what_is_open_is_kept_and_read_back() {
    for ui in [
        UiState::default(),
        UiState {
            open: Some("list".into()),
            expanded: Some("create".into()),
            hint: Some("hint".into()),
            trail: vec!["one".into(), "two".into()],
            trail_of: Some("tour".into()),
            prefill: Some(Prefill {
                path: "/new".to_owned(),
                fields: [("#name".into(), "Sample | one".to_owned())]
                    .into_iter()
                    .collect(),
                person: "user".to_owned(),
                at: 7,
            }),
            ..UiState::default()
        },
    ] {
        assert_eq!(UiState::from_value(ui.to_value()), Ok(ui));
    }
}

#[test]
fn the_limits_of_a_project_come_with_the_boot() {
    let boot = json!({"settings": {"debug": true, "limits": {"per_session": 2, "per_day": 3, "quiet": "10m"}}});
    let settings = Boot::from_value(value(boot.clone())).unwrap().settings;
    assert_eq!(
        settings.limits,
        Limits {
            per_session: Some(2),
            per_day: Some(3),
            quiet: Some(Span::from_millis(10 * MINUTE)),
        }
    );
    assert!(settings.debug);
    let written = serde_json::to_value(&settings).unwrap();
    assert_eq!(written["limits"], boot["settings"]["limits"]);
}
