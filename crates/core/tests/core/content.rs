mod checklist;
mod delivery;
mod guide;
mod rich_text;
mod round_trip;

use headstart_core::content::{ActionTarget, Frequency};
use headstart_core::{Content, ContentDocument};
use serde_json::{Value as Json, json};

#[expect(clippy::needless_pass_by_value, reason = "callers build it in place")]
fn checklist(tasks: Json) -> Json {
    json!({"id": "list", "kind": "checklist", "title": "Get started", "tasks": tasks})
}

fn tip() -> Json {
    json!({"id": "tip", "kind": "tip", "title": "Look here", "target": "#there"})
}

fn with(mut document: Json, path: &str, value: Json) -> Json {
    *document.pointer_mut(path).unwrap() = value;
    document
}

fn plus(mut document: Json, field: &str, value: Json) -> Json {
    document[field] = value;
    document
}

fn task() -> Json {
    json!({"id": "a", "title": "Do it", "done_when": {"event": {"name": "Done"}}})
}

fn problems(document: Json) -> Vec<String> {
    let document: ContentDocument = serde_json::from_value(document).unwrap();
    match document.check() {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// The document has this problem, and no other.
fn check(document: Json, expect: &str) {
    assert_eq!(problems(document), [expect]);
}

#[expect(clippy::needless_pass_by_value, reason = "callers build it in place")]
fn check_condition(condition: Json, expect: &str) {
    let document = checklist(json!([{"id": "a", "title": "Do it", "done_when": condition}]));
    assert_eq!(problems(document), [format!("tasks[0].done_when.{expect}")]);
}

#[test]
fn a_sound_document_has_no_problems() {
    assert_eq!(problems(checklist(json!([task()]))), Vec::<String>::new());
    assert_eq!(problems(tip()), Vec::<String>::new());
}

#[test]
fn a_problem_names_the_path_through_lists_and_conditions() {
    let third = json!({"id": "c", "title": "Do it", "done_when": {"event": {"name": ""}}});
    let second = with(task(), "/id", json!("b"));
    check(
        checklist(json!([task(), second, third])),
        "tasks[2].done_when.event.name: must not be empty",
    );
    check_condition(
        json!({"all": [{"not": {"any": [{"event": {"name": " "}}]}}]}),
        "all[0].not.any[0].event.name: must not be empty",
    );
}

#[test]
fn all_problems_are_told_at_once() {
    let document = json!({"id": "", "kind": "checklist", "title": " ", "tasks": []});
    assert_eq!(
        problems(document),
        [
            "id: must not be empty",
            "title: must not be empty",
            "tasks: a checklist needs at least one task; add one",
        ]
    );
}

#[test]
fn ids_are_plain_and_unique() {
    check(
        with(checklist(json!([task()])), "/id", json!("two words")),
        "id: may only have letters, digits, `-`, `_` and `.`",
    );
    check(
        with(checklist(json!([task()])), "/id", json!("x".repeat(65))),
        "id: is longer than 64 characters; shorten it",
    );
    check(
        checklist(json!([task(), task()])),
        "tasks[1].id: `a` is taken by an earlier task; choose another",
    );
}

#[test]
fn a_task_that_could_hardly_get_done_is_told() {
    let problems = problems(checklist(json!([{"id": "a", "title": "Do it"}])));
    assert_eq!(problems.len(), 1);
    assert!(
        problems[0]
            .starts_with("tasks[0].done_when: the task has neither a condition nor an action")
    );
}

#[test]
fn tasks_wait_for_others_of_their_list_and_not_in_a_circle() {
    let after = |id: &str, after: Json| plus(with(task(), "/id", json!(id)), "after", after);
    check(
        checklist(json!([after("a", json!(["z"]))])),
        "tasks[0].after[0]: there is no task `z` in this checklist",
    );
    check(
        checklist(json!([after("a", json!(["a"]))])),
        "tasks[0].after[0]: a task cannot wait for itself; remove it",
    );
    let circle = problems(checklist(json!([
        after("a", json!(["b"])),
        after("b", json!(["a"]))
    ])));
    assert_eq!(
        circle,
        [
            "tasks[0].after: these tasks wait for each other in a circle, so none could open; break it",
            "tasks[1].after: these tasks wait for each other in a circle, so none could open; break it",
        ]
    );
}

#[test]
fn an_action_leads_to_exactly_one_place_and_a_safe_one() {
    let action = |action: Json| checklist(json!([plus(task(), "action", action)]));
    let one = "tasks[0].action: must have exactly one of `path`, `link`, `callback`, `start`, `step`, `snooze` and `close`";
    check(action(json!({"label": "Go"})), one);
    check(
        action(json!({"label": "Go", "path": "/a", "link": "https://example.com"})),
        one,
    );
    check(
        action(json!({"label": "", "path": "/a"})),
        "tasks[0].action.label: must not be empty",
    );
    for path in [
        "a",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
    ] {
        check(
            action(json!({"label": "Go", "path": path})),
            "tasks[0].action.path: must be a path of your own application, beginning with one `/`, without spaces",
        );
    }
    for link in [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        " https://example.com",
        "https://a b",
        "/a",
    ] {
        check(
            action(json!({"label": "Go", "link": link})),
            "tasks[0].action.link: must begin with `https://`, `http://` or `mailto:`, without spaces",
        );
    }
    for link in [
        "https://example.com",
        "HTTP://example.com",
        "mailto:help@example.com",
    ] {
        assert_eq!(
            problems(action(json!({"label": "Go", "link": link}))),
            Vec::<String>::new()
        );
    }
}

#[test]
fn fields_of_the_other_kind_are_out_of_place() {
    check(
        plus(checklist(json!([task()])), "target", json!("#a")),
        "target: a checklist has no such field; remove it",
    );
    check(
        plus(tip(), "activation", json!(true)),
        "activation: a tip has no such field; remove it",
    );
}

#[test]
fn a_tip_needs_a_sound_target() {
    let mut aimless = tip();
    aimless.as_object_mut().unwrap().remove("target");
    check(
        aimless,
        "target: a tip needs the element it points at; give a CSS selector",
    );
    check(
        with(tip(), "/target", json!(" ")),
        "target: must not be empty; give a CSS selector",
    );
    for selector in ["[data-x", "a:not(.b", "[a='b]", "a)"] {
        check(
            with(tip(), "/target", json!(selector)),
            "target: has a bracket or quote that is not closed",
        );
    }
    for selector in ["[data-x=\"]\"]", "a:not(.b)", "#a\\(b"] {
        assert_eq!(
            problems(with(tip(), "/target", json!(selector))),
            Vec::<String>::new()
        );
    }
}

#[test]
fn conditions_that_say_nothing_or_too_much_are_told() {
    check_condition(
        json!({"all": []}),
        "all: must have at least one condition; add one",
    );
    check_condition(
        json!({"page": {}}),
        "page: says nothing; give `path`, `query` or `hash`",
    );
    check_condition(
        json!({"page": {"path": "invoices"}}),
        "page.path: must begin with `/`",
    );
    check_condition(
        json!({"page": {"path": "/a?b=c"}}),
        "page.path: is the path alone; put what follows `?` in `query`, what follows `#` in `hash`",
    );
    check_condition(
        json!({"page": {"hash": "#a"}}),
        "page.hash: is written without `#`; remove it",
    );
    check_condition(
        json!({"event": {"name": "A", "at_least": 0}}),
        "event.at_least: must be from 1 to 100",
    );
    check_condition(
        json!({"sessions": {"at_least": 101}}),
        "sessions.at_least: must be from 1 to 100",
    );
    check_condition(
        json!({"session": {}}),
        "session: says nothing; give `length_at_least` or `engaged_at_least`",
    );
    check_condition(
        json!({"first_seen": {}}),
        "first_seen: says nothing; give `at_least` or `less_than`",
    );
    check_condition(
        json!({"trait": {"name": ""}}),
        "trait.name: must not be empty",
    );
    check_condition(
        json!({"trait": {"name": "a", "is": {"less_than": "soon"}}}),
        "trait.is: can only be ordered against a number or an ISO 8601 date such as \"2026-01-31\"",
    );
    check_condition(
        json!({"event": {"name": "A", "where": {"n": {"at_least": true}}}}),
        "event.where.n: can only be ordered against a number or an ISO 8601 date such as \"2026-01-31\"",
    );
    check_condition(
        json!({"event": {"name": "Session Started"}}),
        "event.name: is one of Headstart's own events; ask for `content`, `sessions` or `session` instead",
    );
}

#[test]
fn conditions_nested_too_deep_are_told_and_not_followed() {
    let mut condition = json!({"page": {"path": "/"}});
    for _ in 0..40 {
        condition = json!({"not": condition});
    }
    let found = problems(checklist(json!([with(task(), "/done_when", condition)])));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].ends_with("conditions are nested deeper than 16; flatten them"),
        "{found:?}"
    );
}

#[test]
fn too_many_tasks_are_told() {
    let tasks: Vec<Json> = (0..51)
        .map(|n| with(task(), "/id", json!(format!("t{n}"))))
        .collect();
    check(
        checklist(json!(tasks)),
        "tasks: has more than 50 tasks; split the checklist",
    );
}

#[test]
fn a_document_becomes_content_and_back() {
    let full = json!({
        "id": "list", "version": 3, "kind": "checklist", "priority": 5, "title": "Get started",
        "audience": {"trait": {"name": "plan"}},
        "description": "Five steps", "activation": true, "done_message": "Well done",
        "tasks": [{"id": "a", "title": "Do it", "description": "Like so", "required": false,
                   "done_when": {"event": {"name": "Done"}},
                   "action": {"label": "Go", "path": "/go"}}]
    });
    let content: Content = serde_json::from_value(full.clone()).unwrap();
    assert_eq!(serde_json::to_value(&content).unwrap(), full);
    let tip_json = plus(
        plus(tip(), "frequency", json!("until_dismissed")),
        "body",
        json!("Here"),
    );
    let tip: Content = serde_json::from_value(tip_json.clone()).unwrap();
    assert_eq!(tip.delivery.frequency, Frequency::UntilDismissed);
    assert_eq!(serde_json::to_value(&tip).unwrap(), tip_json);
}

#[test]
fn an_action_knows_where_it_leads() {
    let content: Content = serde_json::from_value(checklist(json!([plus(
        task(),
        "action",
        json!({"label": "Go", "callback": "import"})
    )])))
    .unwrap();
    let task = &content.checklist().unwrap().tasks[0];
    assert_eq!(
        task.action.as_ref().unwrap().target(),
        Some(ActionTarget::Callback("import"))
    );
}

#[test]
fn the_demo_projects_content_is_sound() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../www/content");
    let mut read = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        assert_eq!(
            problems(serde_json::from_str(&text).unwrap()),
            Vec::<String>::new()
        );
        read += 1;
    }
    assert!(read >= 2, "only {read} documents");
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_describes_the_documents() {
    insta::assert_json_snapshot!(schemars::schema_for!(ContentDocument));
}
