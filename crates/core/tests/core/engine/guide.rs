//! Guides of one card: tips, hints, notes in the page, banners and modals.

use headstart_core::content::Form;
use headstart_core::engine::{Label, Reason, Verdict};
use headstart_core::{Act, Effect, Input, Known};
use serde_json::{Value as Json, json};

use super::{Page, messages, modal, notices, plus, tracked};

/// One of each form, at once on any page.
fn guide(form: &str) -> Json {
    let mut document = json!({
        "id": "guide", "version": 1, "title": "Look", "kind": form,
        "actions": [{"label": "Try it", "callback": "try"}, {"label": "Not now", "callback": "no"}]
    });
    if !matches!(form, "banner" | "modal") {
        document["kind"] = json!("tip");
        document["form"] = json!(form);
        document["target"] = json!("#it");
    }
    document
}

const FORMS: [(&str, &str); 5] = [
    ("tooltip", "Tip"),
    ("hint", "Tip"),
    ("inline", "Tip"),
    ("banner", "Banner"),
    ("modal", "Modal"),
];

fn page_with(document: Json) -> Page {
    let mut page = Page::with(&[document]);
    page.appear("#it");
    page
}

#[test]
fn each_form_is_shown_and_reported_under_its_name() {
    for (form, name) in FORMS {
        let page = page_with(guide(form));
        let card = page.card("guide").expect(form);
        assert_eq!(card.form.name(), form);
        assert_eq!(card.place, None, "it has no steps");
        assert!(
            tracked(&page.effects).contains(&format!("{name} Shown")),
            "{form}"
        );
        assert_eq!(page.verdict("guide"), Verdict::Shown);
    }
}

#[test]
fn only_tooltips_modals_and_tours_interrupt() {
    for (form, interrupts) in [
        ("tooltip", true),
        ("modal", true),
        ("hint", false),
        ("inline", false),
        ("banner", false),
    ] {
        let page = page_with(guide(form));
        assert_eq!(page.up().is_some(), interrupts, "{form}");
        assert_eq!(
            page.engine.known().interruptions.len(),
            usize::from(interrupts),
            "{form}"
        );
    }
}

#[test]
fn the_main_button_completes_it_and_any_other_sends_it_away() {
    for (form, name) in FORMS {
        for (button, end, reason) in [
            (0, "Completed", Reason::Completed),
            (1, "Dismissed", Reason::Dismissed),
        ] {
            let mut page = page_with(guide(form));
            let id = page.press_asking("guide", button);
            let effects = page.answer(id, true);
            assert_eq!(tracked(&effects), [format!("{name} {end}")]);
            assert_eq!(page.card("guide"), None);
            assert_eq!(page.verdict("guide"), Verdict::Hidden(reason));
        }
    }
}

#[test]
fn closing_it_sends_it_away() {
    for (form, name) in FORMS {
        let mut page = page_with(guide(form));
        let effects = page.act(Act::Dismiss("guide".into()));
        assert_eq!(tracked(&effects), [format!("{name} Dismissed")]);
        assert_eq!(notices(&effects), ["dismissed"]);
        assert_eq!(page.card("guide"), None);
    }
}

#[test]
fn an_end_says_whether_it_had_interrupted() {
    for (form, interrupts) in [("tooltip", true), ("modal", true), ("banner", false)] {
        let mut page = page_with(guide(form));
        let effects = page.act(Act::Dismiss("guide".into()));
        let text = headstart_core::json::to_text(&messages(&effects)[0].to_value());
        assert_eq!(text.contains(r#""interrupts":true"#), interrupts, "{form}");
    }
}

#[test]
fn using_what_it_points_at_completes_a_tooltip_and_a_hint_but_not_a_note() {
    for (form, completes) in [("tooltip", true), ("hint", true), ("inline", false)] {
        let mut page = page_with(guide(form));
        page.apply(Input::Clicked("#it".into()));
        assert_eq!(page.card("guide").is_none(), completes, "{form}");
    }
}

#[test]
fn a_button_does_what_its_action_says() {
    for (action, expect) in [
        (
            json!({"path": "/new"}),
            Some(Effect::Navigate("/new".into())),
        ),
        (
            json!({"link": "https://example.com"}),
            Some(Effect::OpenLink("https://example.com".into())),
        ),
        (json!({"close": true}), None),
    ] {
        let mut action = action;
        action["label"] = json!("Go");
        let document = plus(modal("guide"), "actions", json!([action]));
        let mut page = Page::with(&[document]);
        let effects = page.press("guide", 0);
        let first = effects.into_iter().next().unwrap();
        if let Some(expect) = expect {
            assert_eq!(first, expect);
            assert_eq!(page.verdict("guide"), Verdict::Hidden(Reason::Completed));
        } else {
            assert_eq!(page.verdict("guide"), Verdict::Hidden(Reason::Dismissed));
        }
    }
}

#[test]
fn a_button_that_starts_other_content_brings_it_up_instead() {
    let start = plus(
        modal("first"),
        "actions",
        json!([{"label": "Go on", "start": "second"}]),
    );
    let second = plus(
        modal("second"),
        "trigger",
        json!({"event": {"name": "Never"}}),
    );
    let mut page = Page::with(&[start, second]);
    assert_eq!(page.up().as_deref(), Some("first"));
    page.press("first", 0);
    assert_eq!(page.up().as_deref(), Some("second"));
    assert_eq!(page.verdict("first"), Verdict::Hidden(Reason::Completed));
}

#[test]
fn what_follows_comes_up_when_a_guide_is_completed_and_not_when_it_is_sent_away() {
    for (button, follows) in [(0, true), (1, false)] {
        let first = plus(modal("first"), "next", json!("second"));
        let second = plus(
            modal("second"),
            "trigger",
            json!({"event": {"name": "Never"}}),
        );
        let mut page = Page::with(&[first, second]);
        page.press("first", button);
        assert_eq!(page.up().is_some(), follows, "button {button}");
    }
}

#[test]
fn a_hint_opens_and_closes_and_one_is_open_at_a_time() {
    let other = plus(guide("hint"), "id", json!("other"));
    let mut page = Page::with(&[guide("hint"), other]);
    page.appear("#it");
    let open = |page: &Page| ["guide", "other"].map(|id| page.card(id).expect("it is there").open);
    assert_eq!(open(&page), [false, false]);
    assert!(
        page.act(Act::OpenHint("guide".into()))
            .contains(&Effect::SaveUi)
    );
    assert_eq!(open(&page), [true, false]);
    page.act(Act::OpenHint("other".into()));
    assert_eq!(open(&page), [false, true]);
    page.act(Act::OpenHint("other".into()));
    assert_eq!(open(&page), [false, false]);
}

#[test]
fn a_hint_that_comes_back_is_closed() {
    let mut page = page_with(guide("hint"));
    page.act(Act::OpenHint("guide".into()));
    page.act(Act::Dismiss("guide".into()));
    page.act(Act::Show("guide".into()));
    assert!(!page.card("guide").expect("it is back").open);
}

#[test]
fn hints_and_notes_are_there_all_at_once_and_banners_one_at_a_time() {
    for (form, count) in [("hint", 3), ("inline", 3), ("banner", 1), ("modal", 1)] {
        let all = ["a", "b", "c"].map(|id| plus(guide(form), "id", json!(id)));
        let mut page = Page::with(&all);
        page.appear("#it");
        assert_eq!(page.view().cards.len(), count, "{form}");
    }
}

#[test]
fn pages_bound_where_it_is_shown() {
    for (form, _) in FORMS {
        let document = plus(guide(form), "page", json!({"path": "/invoices/**"}));
        let mut page = page_with(document);
        assert_eq!(page.verdict("guide"), Verdict::Hidden(Reason::Page));
        page.go("/invoices/7");
        assert!(page.card("guide").is_some(), "{form}");
        page.go("/");
        assert!(page.card("guide").is_none(), "{form}");
    }
}

#[test]
fn a_card_shows_its_texts_with_the_users_traits_filled_in() {
    let mut document = plus(
        guide("modal"),
        "title",
        json!("Hello {{user.name | there}}"),
    );
    document["body"] = json!([["p", "On ", ["strong", "{{account.plan | free}}"]]]);
    document["actions"] = json!([{"label": "Go, {{user.name | you}}", "close": true}]);
    let mut page = page_with(document);
    let texts = |page: &Page| {
        let card = page.card("guide").expect("it is up");
        let body = card.body.expect("it has one").text();
        (card.title, body, card.buttons[0].label.clone())
    };
    let (title, body, label) = texts(&page);
    assert_eq!((title.as_str(), body.as_str()), ("Hello there", "On free"));
    assert_eq!(label, Label::Text("Go, you".into()));
    let mut known = Known::default();
    known.traits.set("name", "Ada".into(), 1);
    known.account_traits.set("plan", "pro".into(), 1);
    page.apply(Input::Learnt(known));
    let (title, body, label) = texts(&page);
    assert_eq!((title.as_str(), body.as_str()), ("Hello Ada", "On pro"));
    assert_eq!(label, Label::Text("Go, Ada".into()));
}

#[test]
fn what_the_user_asked_for_comes_up_whatever_its_trigger_and_is_not_put_off_by_the_widget() {
    let document = plus(
        modal("guide"),
        "trigger",
        json!({"event": {"name": "Never"}}),
    );
    let mut page = Page::with(&[document]);
    assert_eq!(page.up(), None);
    let effects = page.act(Act::Show("guide".into()));
    assert_eq!(tracked(&effects), ["Content Recalled", "Modal Shown"]);
    let card = page.card("guide").expect("it is up");
    assert_eq!(card.form, Form::Modal);
    assert!(!card.can_snooze);
}

#[test]
fn a_button_of_a_card_that_has_gone_by_then_does_nothing() {
    let mut page = Page::with(&[modal("guide")]);
    page.press("guide", 0);
    assert_eq!(page.press("guide", 0), []);
}
