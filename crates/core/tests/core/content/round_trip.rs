//! Documents as they are written, checked, delivered and read again.

use headstart_core::content::{Action, Form, Frequency, RichText, Snooze};
use headstart_core::time::{DAY, Span};
use headstart_core::{Content, ContentDocument};
use serde_json::{Value as Json, json};

/// The document is sound, and comes back from content as it was written.
fn check(document: &Json) {
    let read: ContentDocument = serde_json::from_value(document.clone()).unwrap();
    let content = read.clone().check().unwrap();
    let back = ContentDocument::from(content.clone());
    assert_eq!(back, read);
    assert_eq!(&serde_json::to_value(&content).unwrap(), document);
    let again: Content = serde_json::from_value(document.clone()).unwrap();
    assert_eq!(again, content);
}

fn common(mut document: Json) -> Json {
    let common = json!({
        "id": "it", "version": 3, "language": "pt-BR", "title": "Hello {{user.name | there}}", "priority": -2,
        "audience": {"all": [{"share": {"draw": "a", "percent": 50}}, {"locale": "pt-BR"}]},
        "trigger": {"content": {"id": "other", "is": {"task_skipped": "a"}, "since": "1d"}},
        "schedule": {"from": 1_000, "until": 2_000}, "holdout": 10, "next": "other"
    });
    for (name, value) in common.as_object().unwrap() {
        document[name] = value.clone();
    }
    document
}

fn rich() -> Json {
    json!([
        ["p", "See ", ["a", {"href": "/guide"}, ["strong", "the guide"]], ".", ["br"], ["code", "x"]],
        ["ul", ["li", "one"], ["li", ["em", "two"]]],
        ["img", {"alt": "A chart", "src": "https://example.com/a.png"}]
    ])
}

#[test]
fn a_checklist_with_everything_in_it() {
    check(&common(json!({
        "kind": "checklist", "description": rich(), "activation": true, "done_message": "Done",
        "in_order": true,
        "tasks": [
            {"id": "a", "title": "A", "description": rich(), "audience": {"device": "phone"},
             "required": false, "skippable": true, "weight": 5, "markable": true,
             "action": {"label": "Go", "path": "/new", "fill": {"#a": "{{user.name}}", "#b": "x"}},
             "unlock_when": {"event": {"name": "A"}}, "due": "2d"},
            {"id": "b", "title": "B", "done_when": {"event": {"name": "B"}}, "after": ["a"],
             "action": {"label": "Go", "start": "tour"}}
        ]
    })));
}

#[test]
fn tips_of_every_form_with_everything_in_them() {
    for form in [None, Some("hint"), Some("inline")] {
        let mut document = common(json!({
            "kind": "tip", "target": "#a || #b", "side": "top", "page": {"path": "/a"}, "wait": "5s",
            "body": rich(), "frequency": "every_session",
            "actions": [{"label": "Later", "snooze": "next_session"}, {"label": "No", "close": true}]
        }));
        if let Some(form) = form {
            document["form"] = json!(form);
        }
        check(&document);
    }
}

#[test]
fn banners_and_modals_with_everything_in_them() {
    let card = json!({
        "page": {"path": "/a", "query": {"b": "*"}, "hash": "c"}, "body": rich(), "frequency": {"every": "3d"},
        "action": {"label": "Watch", "link": "https://example.com/video"}
    });
    for kind in ["banner", "modal"] {
        let mut document = common(card.clone());
        document["kind"] = json!(kind);
        if kind == "banner" {
            document["side"] = json!("bottom");
        }
        check(&document);
    }
}

#[test]
fn a_tour_with_everything_in_it() {
    check(&common(json!({
        "kind": "tour", "frequency": "until_done",
        "steps": [
            {"id": "one", "title": "One", "body": rich(), "target": "#a", "side": "end",
             "page": {"path": "/a/**"}, "path": "/a", "advance_on_target": true,
             "actions": [{"label": "On", "step": "two"}, {"label": "Call", "callback": "it"}],
             "advance_when": {"element": {"selector": "#b", "is": "visible"}},
             "branches": [{"when": {"trait": {"name": "a"}}, "to": "two"}],
             "spotlight": "blocked", "wait": "30s", "if_missing": "centre"},
            {"id": "two", "title": "Two", "target": "#a", "if_missing": "skip"}
        ]
    })));
}

#[test]
fn frequencies_are_written_as_they_are_read() {
    let day = Span::from_millis(DAY);
    for (json, expect) in [
        (json!("every_session"), Frequency::EverySession),
        (json!("until_dismissed"), Frequency::UntilDismissed),
        (json!("until_done"), Frequency::UntilDone),
        (json!({"every": "1d"}), Frequency::Every(day)),
        (json!("once"), Frequency::Once),
    ] {
        let document = json!({"id": "m", "kind": "modal", "title": "M", "frequency": json});
        let content: Content = serde_json::from_value(document.clone()).unwrap();
        assert_eq!(content.delivery.frequency, expect);
        if expect == Frequency::default() {
            let written = serde_json::to_value(&content).unwrap();
            assert_eq!(written.get("frequency"), None, "it goes without saying");
        } else {
            check(&document);
        }
    }
}

#[test]
fn the_tip_of_old_is_read_as_ever() {
    let old = json!({
        "id": "tip", "version": 1, "kind": "tip", "title": "That was easy", "body": "Look here",
        "target": "#templates", "trigger": {"event": {"name": "Created", "within": "10m"}},
        "frequency": "until_dismissed", "action": {"label": "Show me", "path": "/templates"}
    });
    check(&old);
    let content: Content = serde_json::from_value(old).unwrap();
    let guide = content.guide().unwrap();
    let step = &guide.steps[0];
    assert_eq!((guide.form, guide.steps.len()), (Form::Tooltip, 1));
    assert_eq!(step.body, Some(RichText::plain("Look here")));
    assert_eq!(step.actions.len(), 1);
    assert_eq!(step.target, Some("#templates".into()));
}

#[test]
fn one_button_may_be_given_as_a_list_too() {
    let button = json!({"label": "Go", "close": true});
    let of = |document: Json| serde_json::from_value::<Content>(document).unwrap();
    let listed = of(json!({"id": "m", "kind": "modal", "title": "M", "actions": [button]}));
    let single = of(json!({"id": "m", "kind": "modal", "title": "M", "action": button}));
    assert_eq!(listed, single);
}

#[test]
fn what_is_put_off_is_written_as_a_span_or_as_the_next_session() {
    for (json, expect) in [
        (json!("1d"), Snooze::For(Span::from_millis(DAY))),
        (json!("next_session"), Snooze::NextSession),
    ] {
        let action = Action {
            label: "Later".into(),
            snooze: Some(expect),
            ..Action::default()
        };
        assert_eq!(serde_json::to_value(&action).unwrap()["snooze"], json);
    }
}

#[test]
fn a_list_of_selectors_is_the_same_as_their_alternatives() {
    let of = |target: Json| {
        let document = json!({"id": "t", "kind": "tip", "title": "T", "target": target});
        serde_json::from_value::<Content>(document).unwrap()
    };
    assert_eq!(of(json!(["#a", "#b >>> #c"])), of(json!("#a || #b >>> #c")));
    let condition = |selector: Json| -> headstart_core::Condition {
        let element = json!({"element": {"selector": selector, "is": "visible"}});
        serde_json::from_value(element).unwrap()
    };
    assert_eq!(condition(json!(["#a", "#b"])), condition(json!("#a || #b")));
}
