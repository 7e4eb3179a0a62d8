//! Tours: from step to step.

use headstart_core::engine::{Label, Limits, Reason, Verdict};
use headstart_core::{Act, Effect, Input};
use serde_json::{Value as Json, json};

use super::{Page, asked, modal, notices, plus, tour, tracked};

fn page() -> Page {
    page_with(tour())
}

/// A page on which the elements of all steps are.
fn page_with(document: Json) -> Page {
    let mut page = Page::with(&[document]);
    for selector in ["#one", "#two", "#three"] {
        page.appear(selector);
    }
    page
}

/// The tour with this in one of its steps.
fn with(step: usize, field: &str, value: Json) -> Json {
    let mut document = tour();
    document["steps"][step][field] = value;
    document
}

fn next(page: &mut Page) -> Vec<Effect> {
    page.act(Act::Next("tour".into()))
}

fn back(page: &mut Page) -> Vec<Effect> {
    page.act(Act::Back("tour".into()))
}

fn at(page: &Page) -> String {
    page.step().expect("the tour is up")
}

#[test]
fn it_begins_with_its_first_step_and_says_how_many_there_are() {
    let mut page = Page::with(&[tour()]);
    let effects = page.appear("#one");
    assert_eq!(tracked(&effects), ["Tour Started", "Tour Step Viewed"]);
    let card = page.card("tour").expect("it is up");
    assert_eq!((card.step.as_str(), card.place), ("one", Some((1, 3))));
    assert_eq!(card.target, Some("#one".into()));
    assert!(!card.can_go_back);
    assert_eq!(card.buttons[0].label, Label::Next);
}

#[test]
fn next_goes_on_step_by_step_and_the_last_completes_it() {
    let mut page = page();
    assert_eq!(tracked(&next(&mut page)), ["Tour Step Viewed"]);
    assert_eq!(at(&page), "two");
    next(&mut page);
    let card = page.card("tour").expect("it is up");
    assert_eq!((card.step.as_str(), card.target), ("three", None));
    assert_eq!(card.buttons[0].label, Label::Done);
    let effects = next(&mut page);
    assert_eq!(tracked(&effects), ["Tour Completed"]);
    assert_eq!(notices(&effects), ["completed"]);
    assert_eq!(page.verdict("tour"), Verdict::Hidden(Reason::Completed));
}

#[test]
fn back_goes_the_way_it_was_come() {
    let mut page = page_with(with(
        0,
        "branches",
        json!([{"when": {"page": {"path": "/"}}, "to": "three"}]),
    ));
    page.go("/");
    next(&mut page);
    assert_eq!(at(&page), "three");
    assert!(page.card("tour").expect("it is up").can_go_back);
    assert_eq!(tracked(&back(&mut page)), ["Tour Step Viewed"]);
    assert_eq!(at(&page), "one");
    assert!(!page.card("tour").expect("it is up").can_go_back);
    assert_eq!(back(&mut page), []);
}

#[test]
fn of_several_branches_the_first_that_holds_is_taken_and_else_the_next_in_order() {
    let branches = json!([
        {"when": {"event": {"name": "A"}}, "to": "three"},
        {"when": {"event": {"name": "B"}}, "to": "one"}
    ]);
    for (events, expect) in [
        (&[][..], "two"),
        (&["A"][..], "three"),
        (&["B"][..], "one"),
        (&["B", "A"][..], "three"),
    ] {
        let mut page = page_with(with(0, "branches", branches.clone()));
        for event in events {
            page.track(event);
        }
        next(&mut page);
        assert_eq!(at(&page), expect, "{events:?}");
    }
}

#[test]
fn a_step_goes_on_when_its_condition_comes_to_hold_and_has_no_button_for_it() {
    let mut page = page_with(with(0, "advance_when", json!({"event": {"name": "Saved"}})));
    assert_eq!(page.card("tour").expect("it is up").buttons, []);
    page.track("Other");
    assert_eq!(at(&page), "one");
    page.track("Saved");
    assert_eq!(at(&page), "two");
}

#[test]
fn a_step_whose_condition_holds_already_is_passed_over_without_going_there() {
    let mut document = with(1, "advance_when", json!({"event": {"name": "Saved"}}));
    document["steps"][1]["path"] = json!("/never");
    let mut page = page_with(document);
    page.track("Saved");
    let effects = next(&mut page);
    assert_eq!(at(&page), "three");
    assert_eq!(tracked(&effects), ["Tour Step Viewed"]);
    assert!(!effects.contains(&Effect::Navigate("/never".into())));
}

#[test]
fn a_tour_whose_last_step_is_done_with_already_is_completed() {
    let mut page = page_with(with(2, "advance_when", json!({"event": {"name": "Saved"}})));
    page.track("Saved");
    next(&mut page);
    assert_eq!(at(&page), "two");
    assert!(tracked(&next(&mut page)).contains(&"Tour Completed".to_owned()));
    assert_eq!(page.up(), None);
}

#[test]
fn back_does_not_lead_to_a_step_that_would_go_on_at_once() {
    let mut page = page_with(with(1, "advance_when", json!({"event": {"name": "Saved"}})));
    next(&mut page);
    page.track("Saved");
    assert_eq!(at(&page), "three");
    back(&mut page);
    assert_eq!(at(&page), "one");
    next(&mut page);
    assert_eq!(at(&page), "three");
}

#[test]
fn there_is_no_way_back_to_where_one_could_not_stay() {
    let mut page = page_with(with(0, "advance_when", json!({"event": {"name": "Saved"}})));
    page.track("Saved");
    assert_eq!(at(&page), "two");
    assert!(!page.card("tour").expect("it is up").can_go_back);
}

#[test]
fn steps_that_lead_round_in_a_circle_end() {
    let mut document = tour();
    for (step, to) in [(0, "two"), (1, "three"), (2, "one")] {
        document["steps"][step]["advance_when"] = json!({"event": {"name": "Saved"}});
        document["steps"][step]["branches"] =
            json!([{"when": {"event": {"name": "Saved"}}, "to": to}]);
    }
    let mut page = page_with(document);
    let effects = page.track("Saved");
    assert_eq!(tracked(&effects), ["Saved"]);
    assert_eq!(at(&page), "one");
}

#[test]
fn using_the_element_goes_on_where_the_author_says_so() {
    for (says, expect) in [(true, "two"), (false, "one")] {
        let mut page = page_with(with(0, "advance_on_target", json!(says)));
        page.apply(Input::Clicked("#two".into()));
        assert_eq!(at(&page), "one", "that was another element");
        page.apply(Input::Clicked("#one".into()));
        assert_eq!(at(&page), expect);
    }
}

#[test]
fn a_button_of_a_step_does_its_work_and_goes_on() {
    let actions = json!([
        {"label": "Do it", "callback": "do"},
        {"label": "Skip ahead", "step": "three"},
        {"label": "Enough", "close": true}
    ]);
    let press = |button| {
        let mut page = page_with(with(0, "actions", actions.clone()));
        let mut effects = page.press("tour", button);
        for (id, _) in asked(&effects) {
            effects.append(&mut page.answer(id, true));
        }
        (page.step(), notices(&effects), tracked(&effects))
    };
    assert_eq!(press(0).0.as_deref(), Some("two"));
    assert_eq!(press(1).0.as_deref(), Some("three"));
    assert_eq!(
        press(2),
        (
            None,
            vec!["dismissed".into()],
            vec!["Tour Dismissed".into()]
        )
    );
}

#[test]
fn a_second_click_on_a_button_that_has_gone_means_nothing() {
    let mut page = page();
    for _ in 0..3 {
        next(&mut page);
    }
    assert_eq!(next(&mut page), []);
    assert_eq!(back(&mut page), []);
}

#[test]
fn a_step_on_another_page_is_gone_to_and_waits_until_it_is_there() {
    let mut page = page_with(with(1, "path", json!("/invoices")));
    page.go("/");
    let effects = next(&mut page);
    assert!(effects.contains(&Effect::Navigate("/invoices".into())));
    assert_eq!(page.up(), None);
    assert_eq!(page.verdict("tour"), Verdict::Hidden(Reason::Page));
    page.go("/invoices");
    assert_eq!(at(&page), "two");
}

#[test]
fn a_step_for_several_pages_is_not_gone_to_from_one_of_them() {
    let mut document = with(1, "path", json!("/invoices/new"));
    document["steps"][1]["page"] = json!({"path": "/invoices/**"});
    let mut page = page_with(document);
    page.go("/invoices/7");
    let effects = next(&mut page);
    assert!(!effects.contains(&Effect::Navigate("/invoices/new".into())));
    assert_eq!(at(&page), "two");
}

#[test]
fn nothing_else_comes_up_while_a_tour_is_on_its_way_to_another_page_and_in_time_it_does() {
    let late = plus(modal("late"), "trigger", json!({"event": {"name": "Go"}}));
    let mut page = Page::with(&[with(1, "path", json!("/invoices")), late]);
    page.go("/");
    page.appear("#one");
    page.pass(1);
    next(&mut page);
    page.track("Go");
    assert_eq!(page.up(), None, "it is on its way");
    page.wait(10_000);
    assert_eq!(page.up().as_deref(), Some("late"), "it did not arrive");
}

#[test]
fn a_tour_that_is_asked_for_goes_where_it_begins() {
    let mut document = with(0, "path", json!("/invoices"));
    document["trigger"] = json!({"event": {"name": "Never"}});
    let mut page = page_with(document);
    page.go("/");
    let effects = page.act(Act::Show("tour".into()));
    assert!(effects.contains(&Effect::Navigate("/invoices".into())));
    page.go("/invoices");
    assert_eq!(at(&page), "one");
}

#[test]
fn a_button_that_leads_where_the_next_step_is_leads_there_once() {
    let mut document = with(0, "actions", json!([{"label": "Go", "path": "/invoices"}]));
    document["steps"][1]["path"] = json!("/invoices");
    let mut page = page_with(document);
    page.go("/");
    let effects = page.press("tour", 0);
    let gone = effects
        .iter()
        .filter(|effect| matches!(effect, Effect::Navigate(_)));
    assert_eq!(gone.count(), 1);
}

#[test]
fn after_a_reload_it_goes_on_where_it_was_with_the_way_back() {
    let mut page = page();
    next(&mut page);
    page.effects
        .retain(|effect| matches!(effect, Effect::SaveSession(_)));
    page.reload(&[tour()]);
    assert_eq!(page.up(), None, "its element is not there yet");
    page.appear("#one");
    page.appear("#two");
    assert_eq!(at(&page), "two");
    assert_eq!(tracked(&page.effects), Vec::<String>::new());
    assert!(page.card("tour").expect("it is up").can_go_back);
    back(&mut page);
    assert_eq!(at(&page), "one");
}

#[test]
fn in_the_next_session_it_goes_on_where_it_was_and_is_no_new_interruption() {
    let mut page = page();
    next(&mut page);
    page.next_session();
    assert_eq!(at(&page), "two");
    assert_eq!(page.engine.known().interruptions.len(), 1);
}

#[test]
fn a_tour_that_was_gone_through_begins_anew_when_it_is_asked_for() {
    let mut page = page();
    for _ in 0..3 {
        next(&mut page);
    }
    page.act(Act::Show("tour".into()));
    assert_eq!(at(&page), "one");
    assert!(!page.card("tour").expect("it is up").can_go_back);
    for _ in 0..2 {
        next(&mut page);
    }
    assert_eq!(tracked(&next(&mut page)), ["Tour Completed"]);
}

#[test]
fn a_tour_that_was_left_halfway_goes_on_there_when_it_is_asked_for() {
    let mut page = page();
    next(&mut page);
    page.act(Act::Dismiss("tour".into()));
    page.act(Act::Show("tour".into()));
    assert_eq!(at(&page), "two");
}

#[test]
fn a_step_that_is_gone_in_a_new_version_begins_the_tour_again() {
    let mut page = page();
    next(&mut page);
    let mut document = tour();
    document["version"] = json!(2);
    document["steps"][1]["id"] = json!("other");
    page.boot(&[document], headstart_core::Known::default());
    assert_eq!(at(&page), "one");
    next(&mut page);
    assert_eq!(at(&page), "other");
}

#[test]
fn a_step_that_moved_in_a_new_version_is_still_where_the_user_is() {
    let mut page = page();
    next(&mut page);
    let mut document = tour();
    document["steps"].as_array_mut().unwrap().remove(0);
    page.boot(&[document], headstart_core::Known::default());
    let card = page.card("tour").expect("it is up");
    assert_eq!((card.step.as_str(), card.place), ("two", Some((1, 2))));
    assert!(!card.can_go_back, "where it came from is gone");
}

#[test]
fn the_way_back_is_the_tours_own() {
    let other = plus(tour(), "id", json!("other"));
    let other = plus(other, "trigger", json!({"event": {"name": "Never"}}));
    let mut page = Page::with(&[tour(), other]);
    page.appear("#one");
    page.appear("#two");
    next(&mut page);
    page.act(Act::Show("other".into()));
    assert_eq!(page.up().as_deref(), Some("other"));
    assert!(!page.card("other").expect("it is up").can_go_back);
}

#[test]
fn closing_something_else_leaves_the_way_back() {
    let banner = json!({"id": "banner", "version": 1, "kind": "banner", "title": "B"});
    let mut page = Page::with(&[tour(), banner]);
    page.appear("#one");
    page.appear("#two");
    next(&mut page);
    page.act(Act::Dismiss("banner".into()));
    back(&mut page);
    assert_eq!(at(&page), "one");
}

#[test]
fn once_in_progress_a_tour_is_not_held_back_by_limits() {
    let mut page = page();
    next(&mut page);
    let limits = Limits {
        per_session: Some(0),
        ..Limits::default()
    };
    page.boot_within(limits, &[tour()], headstart_core::Known::default());
    page.next_session();
    assert_eq!(at(&page), "two");
}

#[test]
fn a_tour_of_one_step_has_no_count() {
    let document = json!({"id": "tour", "version": 1, "kind": "tour", "title": "T",
                          "steps": [{"id": "one", "title": "One"}]});
    let page = Page::with(&[document]);
    let card = page.card("tour").expect("it is up");
    assert_eq!((card.place, &card.buttons[0].label), (None, &Label::Done));
}

#[test]
fn a_spotlight_and_a_side_are_the_steps_own() {
    let mut document = with(0, "spotlight", json!("blocked"));
    document["steps"][0]["side"] = json!("end");
    let mut page = page_with(document);
    let card = page.card("tour").expect("it is up");
    assert_eq!(
        card.spotlight.map(headstart_core::content::Spotlight::name),
        Some("blocked")
    );
    assert_eq!(
        card.side.map(headstart_core::content::Side::name),
        Some("end")
    );
    next(&mut page);
    assert_eq!(page.card("tour").expect("it is up").spotlight, None);
}
