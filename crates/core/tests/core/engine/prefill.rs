use headstart_core::engine::{Start, UiState};
use headstart_core::time::MINUTE;
use headstart_core::{Consent, Effect, Input, Known, Location};
use serde_json::{Value as Json, json};

use super::{Page, modal, plus, wake};

/// A modal whose first button leads to a form of two fields.
fn form() -> Json {
    let fill = json!({"#name": "{{user.name | you}} Ltd", "#city": "Berlin"});
    let action = json!([{"label": "Try it", "path": "/new?from=tip", "fill": fill}]);
    plus(modal("guide"), "actions", action)
}

/// A page on which the button was pressed.
fn pressed() -> Page {
    let mut page = Page::with(&[form()]);
    page.press("guide", 0);
    page
}

/// What that page keeps, on the next one.
fn next(page: &Page) -> Page {
    let mut next = Page::starting_with(kept(page));
    next.now = page.now;
    next
}

fn kept(page: &Page) -> Start {
    Start {
        ui: page.engine.ui().clone(),
        ..Start::default()
    }
}

fn fill(selector: &str, value: &str) -> Effect {
    Effect::Fill {
        selector: selector.into(),
        value: value.into(),
    }
}

fn watch(selector: &str) -> Effect {
    Effect::Watch {
        selector: selector.into(),
        value: false,
    }
}

fn fills(effects: &[Effect]) -> usize {
    let fills = |effect: &&Effect| matches!(effect, Effect::Fill { .. });
    effects.iter().filter(fills).count()
}

#[test]
fn a_button_fills_a_form_in_once_its_fields_are_there() {
    let mut page = pressed();
    let effects = page.go("/new");
    assert!(effects.contains(&watch("#name")), "{effects:?}");
    let effects = page.appear("#name");
    assert_eq!(fills(&effects), 1);
    assert!(effects.contains(&fill("#name", "you Ltd")), "{effects:?}");
    assert!(effects.contains(&Effect::Unwatch("#name".into())));
    assert_eq!(page.appear("#city")[0], fill("#city", "Berlin"));
}

#[test]
fn a_field_is_filled_in_once() {
    let mut page = pressed();
    page.go("/new");
    page.appear("#name");
    page.vanish("#name");
    assert_eq!(fills(&page.appear("#name")), 0);
}

#[test]
fn a_field_of_the_page_that_is_being_left_stays_as_it_is() {
    let mut page = pressed();
    assert_eq!(fills(&page.appear("#name")), 0);
    page.go("/elsewhere");
    assert_eq!(fills(&page.appear("#name")), 0);
    page.go("/new");
    assert_eq!(fills(&page.appear("#name")), 1);
}

#[test]
fn a_form_on_the_page_itself_is_filled_in_at_once() {
    let mut page = Page::new();
    page.go("/new/");
    page.boot(&[form()], Known::default());
    page.signal(headstart_core::session::Signal::Visible(true));
    page.press("guide", 0);
    assert_eq!(fills(&page.appear("#name")), 1);
}

#[test]
fn the_next_page_fills_in_what_this_one_was_asked_for_before_anything_is_known_of_the_user() {
    let mut page = pressed();
    assert!(page.effects.contains(&Effect::SaveUi));
    page = next(&page);
    assert!(page.go("/new").contains(&watch("#name")));
    assert!(page.appear("#name").contains(&fill("#name", "you Ltd")));
}

#[test]
fn a_page_after_that_fills_in_only_what_was_not_there_yet() {
    let mut page = pressed();
    page.go("/new");
    page.effects.clear();
    page.appear("#name");
    assert!(page.effects.contains(&Effect::SaveUi));
    page = next(&page);
    page.go("/new");
    assert_eq!(fills(&page.appear("#name")), 0);
    assert_eq!(fills(&page.appear("#city")), 1);
    assert_eq!(page.engine.ui(), &UiState::default());
}

#[test]
fn a_form_that_is_opened_much_later_is_not_filled_in() {
    for (waits, filled) in [(5 * MINUTE - 1, 1), (5 * MINUTE, 0), (-1, 0)] {
        let mut page = pressed();
        page.pass(waits);
        page = next(&page);
        page.go("/new");
        assert_eq!(fills(&page.appear("#name")), filled, "{waits}");
    }
}

#[test]
fn what_no_form_came_for_is_not_kept() {
    let mut page = pressed();
    let effects = page.go("/new");
    let due = wake(&effects).unwrap();
    assert_eq!(due - page.now.wall, 5 * MINUTE);
    let effects = page.wait(5 * MINUTE);
    assert!(effects.contains(&Effect::SaveUi), "{effects:?}");
    assert!(effects.contains(&Effect::Unwatch("#name".into())));
    assert_eq!(page.engine.ui().prefill, None);
}

#[test]
fn what_was_to_be_filled_in_for_one_user_is_not_for_the_next() {
    let mut known = Known::default();
    known.traits.set("name", "Secret".into(), 1);
    let mut page = Page::with(&[form()]);
    page.apply(Input::Learnt(known));
    page.press("guide", 0);
    let kept = kept(&page);
    assert!(format!("{kept:?}").contains("Secret"));
    page.apply(Input::Reset {
        anonymous: "other".into(),
    });
    assert_eq!(page.engine.ui(), &UiState::default());
    page.go("/new");
    assert_eq!(fills(&page.appear("#name")), 0);
    // Nor when they sign in before the next page has the widget.
    let mut engine = headstart_core::Engine::new(Start {
        person: headstart_core::Person {
            anonymous: "anon".into(),
            user: Some("ada".into()),
        },
        ..kept
    });
    let location = Location {
        path: "/new".into(),
        ..Location::default()
    };
    let effects = engine.apply(Input::PageChanged(location), page.now);
    assert!(!effects.contains(&watch("#name")), "{effects:?}");
    assert!(effects.contains(&Effect::SaveUi), "it is not kept either");
    assert_eq!(engine.ui(), &UiState::default());
}

#[test]
fn another_button_takes_the_place_of_the_one_before() {
    let other = json!([{"label": "Go", "path": "/new", "fill": {"#city": "Paris"}}]);
    let other = plus(modal("other"), "actions", other);
    let mut page = Page::with(&[form(), other]);
    page.press("guide", 0);
    page.press("other", 0);
    page.go("/new");
    assert_eq!(fills(&page.appear("#name")), 0);
    assert!(page.appear("#city").contains(&fill("#city", "Paris")));
}

#[test]
fn refusing_consent_forgets_what_was_to_be_filled_in() {
    let mut page = pressed();
    page.apply(Input::ConsentDenied);
    assert_eq!(page.engine.ui(), &UiState::default());
    page.go("/new");
    assert_eq!(fills(&page.appear("#name")), 0);
}

#[test]
fn without_consent_a_form_is_filled_in_on_this_page_and_nothing_is_kept() {
    let mut page = Page::starting_with(Start {
        consent: Consent::Denied,
        ..Start::default()
    });
    page.go("/");
    page.signal(headstart_core::session::Signal::Visible(true));
    page.boot(
        &[plus(form(), "audience", json!({"page": {"path": "/"}}))],
        Known::default(),
    );
    page.press("guide", 0);
    page.go("/new");
    assert_eq!(fills(&page.appear("#name")), 1);
    assert!(!page.effects.iter().any(Effect::is_tracking));
}
