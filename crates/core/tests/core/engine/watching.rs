use headstart_core::facts::ElementFact;
use headstart_core::{Effect, Input, Known};
use serde_json::{Value as Json, json};

use super::{Page, tip, tracked};

fn form() -> Json {
    json!({
        "id": "form", "version": 1, "kind": "checklist", "title": "Fill in",
        "tasks": [
            {"id": "name", "title": "Name", "done_when":
                {"element": {"selector": "#name", "is": {"value": {"contains": "acme"}}}}},
            {"id": "save", "title": "Save", "done_when": {"element": {"selector": "#save", "is": "clicked"}}}
        ]
    })
}

fn watches(effects: &[Effect]) -> Vec<(String, bool)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Watch { selector, value } => Some((selector.to_string(), *value)),
            _ => None,
        })
        .collect()
}

#[test]
fn elements_are_watched_for_content_and_values_only_where_asked() {
    let page = Page::with(&[form(), tip()]);
    assert_eq!(
        watches(&page.effects),
        [
            ("#name".into(), true),
            ("#save".into(), false),
            ("#templates".into(), false)
        ]
    );
}

#[test]
fn what_is_no_longer_needed_is_let_go_and_nothing_is_watched_twice() {
    let mut page = Page::with(&[form(), tip()]);
    let effects = page.boot(&[form()], Known::default());
    assert_eq!(watches(&effects), []);
    assert!(effects.contains(&Effect::Unwatch("#templates".into())));
}

#[test]
fn a_form_value_completes_its_task() {
    let mut page = Page::with(&[form()]);
    let fact = |value: &str| ElementFact {
        present: true,
        in_dialog: false,
        visible: true,
        value: Some(value.into()),
        nearest: String::new(),
    };
    let typed = |page: &mut Page, value: &str| {
        page.apply(Input::Element {
            selector: "#name".into(),
            fact: fact(value),
        })
    };
    assert_eq!(tracked(&typed(&mut page, "Ac")), Vec::<String>::new());
    let effects = typed(&mut page, "Acme");
    assert_eq!(
        tracked(&effects),
        ["Checklist Task Completed", "Checklist Started"]
    );
}

#[test]
fn a_click_completes_its_task_and_is_remembered() {
    let mut page = Page::with(&[form()]);
    let effects = page.apply(Input::Clicked("#save".into()));
    assert_eq!(
        tracked(&effects),
        ["Checklist Task Completed", "Checklist Started"]
    );
    assert!(effects.contains(&Effect::SaveKnown));
    assert!(page.engine.known().clicked.contains_key("#save"));
}

#[test]
fn elements_that_nobody_asked_for_are_ignored() {
    let mut page = Page::with(&[form()]);
    assert_eq!(page.apply(Input::Clicked("#other".into())), []);
    assert_eq!(page.appear("#other"), []);
    assert!(page.engine.known().clicked.is_empty());
}
