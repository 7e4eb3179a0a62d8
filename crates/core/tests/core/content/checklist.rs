//! What can be wrong with a checklist and its tasks.

use serde_json::{Value as Json, json};

use super::{check, checklist, plus, problems, task};

fn with_task(field: &str, value: Json) -> Json {
    checklist(json!([plus(task(), field, value)]))
}

#[test]
fn a_weight_is_from_1_to_100() {
    for weight in [0, 101] {
        check(
            with_task("weight", json!(weight)),
            "tasks[0].weight: must be from 1 to 100",
        );
    }
    for weight in [1, 100] {
        assert_eq!(
            problems(with_task("weight", json!(weight))),
            Vec::<String>::new()
        );
    }
}

#[test]
fn a_task_that_the_user_may_mark_needs_nothing_else() {
    let list = checklist(json!([{"id": "a", "title": "Do it", "markable": true}]));
    assert_eq!(problems(list), Vec::<String>::new());
}

#[test]
fn conditions_of_tasks_are_looked_at_wherever_they_stand() {
    for field in ["audience", "unlock_when", "done_when"] {
        check(
            with_task(field, json!({"event": {"name": ""}})),
            &format!("tasks[0].{field}.event.name: must not be empty"),
        );
    }
}

#[test]
fn a_task_has_no_step_and_is_neither_closed_nor_put_off_by_its_button() {
    for action in [
        json!({"label": "Go", "close": true}),
        json!({"label": "Go", "snooze": "1d"}),
        json!({"label": "Go", "step": "one"}),
    ] {
        check(
            with_task("action", action),
            "tasks[0].action: a task's action is one of `path`, `link`, `callback` and `start`",
        );
    }
    for action in [
        json!({"label": "Go", "start": "tour"}),
        json!({"label": "Go", "path": "/new", "fill": {"#name": "{{user.name}}"}}),
    ] {
        assert_eq!(problems(with_task("action", action)), Vec::<String>::new());
    }
}

#[test]
fn what_is_filled_in_goes_with_a_path_and_into_sound_places() {
    check(
        with_task(
            "action",
            json!({"label": "Go", "link": "https://example.com", "fill": {"#a": "x"}}),
        ),
        "tasks[0].action.fill: goes with `path`: the form that is filled in is where it leads",
    );
    check(
        with_task(
            "action",
            json!({"label": "Go", "path": "/a", "fill": {"[a": "x"}}),
        ),
        "tasks[0].action.fill: has a bracket or quote that is not closed",
    );
    let found = problems(with_task(
        "action",
        json!({"label": "Go", "path": "/a", "fill": {"#a": "{{name}}"}}),
    ));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("tasks[0].action.fill.#a: `{{name}}` names nothing"),
        "{found:?}"
    );
}

#[test]
fn what_a_button_starts_is_named_by_a_sound_id() {
    check(
        with_task("action", json!({"label": "Go", "start": "a b"})),
        "tasks[0].action.start: may only have letters, digits, `-`, `_` and `.`",
    );
}

#[test]
fn texts_of_a_checklist_are_looked_at_wherever_they_stand() {
    let told = |document: Json, path: &str| {
        let found = problems(document);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with(&format!("{path}: `{{{{name}}}}` names nothing")),
            "{found:?}"
        );
    };
    let wrong = json!("Hi {{name}}");
    for field in ["title", "description", "done_message"] {
        told(
            plus(checklist(json!([task()])), field, wrong.clone()),
            field,
        );
    }
    for field in ["title", "description"] {
        told(
            with_task(field, wrong.clone()),
            &format!("tasks[0].{field}"),
        );
    }
    told(
        with_task("action", json!({"label": "Hi {{name}}", "path": "/"})),
        "tasks[0].action.label",
    );
}

#[test]
fn a_checklist_is_there_until_it_is_done_so_it_has_no_frequency() {
    check(
        plus(checklist(json!([task()])), "frequency", json!("once")),
        "frequency: a checklist has no such field; remove it",
    );
}
