//! What can be wrong with tips, banners, modals and tours.

use serde_json::{Value as Json, json};

use super::{check, plus, problems, tip};

fn card(kind: &str) -> Json {
    json!({"id": "card", "kind": kind, "title": "Look"})
}

fn tour(steps: &[Json]) -> Json {
    json!({"id": "tour", "kind": "tour", "title": "Around", "steps": steps})
}

fn step() -> Json {
    json!({"id": "one", "title": "One", "target": "#one"})
}

fn with_step(field: &str, value: Json) -> Json {
    tour(&[plus(step(), field, value)])
}

fn is_sound(document: Json) {
    assert_eq!(problems(document), Vec::<String>::new());
}

#[test]
fn a_card_of_each_kind_needs_little() {
    is_sound(card("banner"));
    is_sound(card("modal"));
    is_sound(tour(&[step()]));
    for form in ["tooltip", "hint", "inline"] {
        is_sound(plus(tip(), "form", json!(form)));
    }
}

#[test]
fn fields_belong_to_their_kinds() {
    let fields = [
        ("description", json!("d"), &["checklist"][..]),
        ("activation", json!(true), &["checklist"]),
        ("done_message", json!("d"), &["checklist"]),
        ("in_order", json!(true), &["checklist"]),
        ("form", json!("hint"), &["tip"]),
        ("target", json!("#a"), &["tip"]),
        ("wait", json!("5s"), &["tip"]),
        ("side", json!("top"), &["tip", "banner"]),
        ("page", json!({"path": "/"}), &["tip", "banner", "modal"]),
        ("body", json!("b"), &["tip", "banner", "modal"]),
        (
            "action",
            json!({"label": "Go", "close": true}),
            &["tip", "banner", "modal"],
        ),
        (
            "actions",
            json!([{"label": "Go", "close": true}]),
            &["tip", "banner", "modal"],
        ),
        (
            "frequency",
            json!("once"),
            &["tip", "banner", "modal", "tour"],
        ),
    ];
    let kinds = [
        ("checklist", super::checklist(json!([super::task()]))),
        ("tip", tip()),
        ("banner", card("banner")),
        ("modal", card("modal")),
        ("tour", tour(&[step()])),
    ];
    for (field, value, belongs) in &fields {
        for (kind, document) in &kinds {
            let document = plus(document.clone(), field, value.clone());
            if belongs.contains(kind) {
                is_sound(document);
            } else {
                check(
                    document,
                    &format!("{field}: a {kind} has no such field; remove it"),
                );
            }
        }
    }
}

#[test]
fn tasks_and_steps_belong_to_their_kinds() {
    check(
        plus(tip(), "tasks", json!([super::task()])),
        "tasks: a tip has no such field; remove it",
    );
    check(
        plus(tip(), "steps", json!([step()])),
        "steps: a tip has no such field; remove it",
    );
}

#[test]
fn a_banner_and_a_note_are_above_or_below() {
    for side in ["start", "end"] {
        check(
            plus(card("banner"), "side", json!(side)),
            "side: a banner is at the `top` or the `bottom`",
        );
        check(
            plus(plus(tip(), "form", json!("inline")), "side", json!(side)),
            "side: an inline note is before (`top`) or after (`bottom`) its element",
        );
        is_sound(plus(tip(), "side", json!(side)));
    }
    for side in ["top", "bottom"] {
        is_sound(plus(card("banner"), "side", json!(side)));
        is_sound(plus(
            plus(tip(), "form", json!("inline")),
            "side",
            json!(side),
        ));
    }
}

#[test]
fn buttons_are_few_and_given_in_one_place() {
    let close = json!({"label": "Go", "close": true});
    check(
        plus(
            plus(tip(), "action", close.clone()),
            "actions",
            json!([close]),
        ),
        "actions: there is an `action` as well; put all buttons into `actions`",
    );
    check(
        plus(card("modal"), "actions", json!(vec![close.clone(); 5])),
        "actions: has more than 4 buttons; remove some",
    );
    check(
        with_step("actions", json!(vec![close; 5])),
        "steps[0].actions: has more than 4 buttons; remove some",
    );
}

#[test]
fn a_button_does_exactly_one_thing_whichever_it_is() {
    let one = "must have exactly one of `path`, `link`, `callback`, `start`, `step`, `snooze` and `close`";
    let things = [
        ("path", json!("/a")),
        ("link", json!("https://example.com")),
        ("callback", json!("go")),
        ("start", json!("other")),
        ("snooze", json!("1d")),
        ("snooze", json!("next_session")),
        ("close", json!(true)),
        ("step", json!("one")),
    ];
    for (field, value) in &things {
        let action = plus(json!({"label": "Go"}), field, value.clone());
        is_sound(with_step("actions", json!([action])));
        for (other, value) in things.iter().filter(|(other, _)| other != field) {
            let both = plus(action.clone(), other, value.clone());
            check(
                with_step("actions", json!([both])),
                &format!("steps[0].actions[0]: {one}"),
            );
        }
    }
}

#[test]
fn a_button_that_puts_off_does_so_for_some_time() {
    check(
        plus(
            card("modal"),
            "actions",
            json!([{"label": "Later", "snooze": "0s"}]),
        ),
        "actions[0].snooze: is no time at all; give a span, or `next_session`",
    );
}

#[test]
fn only_a_tour_has_steps_to_go_to_and_only_those_it_has() {
    let actions = json!([{"label": "Go", "step": "two"}]);
    check(
        plus(card("modal"), "actions", actions.clone()),
        "actions[0].step: only a tour has steps; remove it",
    );
    check(
        with_step("actions", actions),
        "steps[0].actions[0].step: there is no step `two` in this tour",
    );
    check(
        with_step(
            "branches",
            json!([{"when": {"page": {"path": "/"}}, "to": "two"}]),
        ),
        "steps[0].branches[0].to: there is no step `two` in this tour",
    );
}

#[test]
fn a_tour_has_steps_but_not_too_many_each_with_an_id_of_its_own() {
    check(tour(&[]), "steps: a tour needs at least one step; add one");
    check(
        tour(&[step(), step()]),
        "steps[1].id: `one` is taken by an earlier step; choose another",
    );
    check(
        tour(&[plus(step(), "id", json!("a b"))]),
        "steps[0].id: may only have letters, digits, `-`, `_` and `.`",
    );
    let steps: Vec<Json> = (0..51)
        .map(|n| plus(step(), "id", json!(format!("s{n}"))))
        .collect();
    check(
        tour(&steps),
        "steps: has more than 50 steps; split the tour",
    );
}

#[test]
fn what_is_about_an_element_needs_one() {
    for (field, value) in [
        ("advance_on_target", json!(true)),
        ("spotlight", json!("usable")),
        ("side", json!("top")),
        ("wait", json!("5s")),
    ] {
        check(
            tour(&[plus(
                json!({"id": "one", "title": "One"}),
                field,
                value.clone(),
            )]),
            &format!("steps[0].{field}: needs an element; give a `target`, or remove it"),
        );
        is_sound(with_step(field, value));
    }
}

#[test]
fn a_step_is_looked_at_in_all_its_parts() {
    for (field, value, problem) in [
        ("title", json!(" "), "title: must not be empty"),
        (
            "target",
            json!(""),
            "target: must not be empty; give a CSS selector",
        ),
        (
            "path",
            json!("//evil.example"),
            "path: must be a path of your own application, beginning with one `/`, without spaces",
        ),
        (
            "page",
            json!({}),
            "page: says nothing; give `path`, `query` or `hash`",
        ),
        (
            "advance_when",
            json!({"any": []}),
            "advance_when.any: must have at least one condition; add one",
        ),
        (
            "branches",
            json!([{"when": {"event": {"name": ""}}, "to": "one"}]),
            "branches[0].when.event.name: must not be empty",
        ),
    ] {
        check(with_step(field, value), &format!("steps[0].{problem}"));
    }
}

#[test]
fn a_selector_may_name_alternatives_hosts_roles_and_texts() {
    for target in [
        json!("#a || [data-x=\"b\"] || role=button[name=\"Save\"]"),
        json!("my-app >>> .list >>> button:text(\"Save (all)\"):nth(-1)"),
        json!(["#a", "role=button[name=\"Save\"]"]),
    ] {
        is_sound(plus(tip(), "target", target));
    }
}
