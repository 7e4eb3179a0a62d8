//! Elements that do not come.

use headstart_core::engine::{Label, Reason, Verdict};
use headstart_core::facts::ElementFact;
use headstart_core::{Act, Effect, Input};
use serde_json::{Value as Json, json};

use super::{Page, modal, plus, tour, tracked, wake};

/// The tour at its second step, whose element is not there and which then does this.
fn at_second(then: &str) -> Page {
    let mut document = tour();
    document["steps"][1]["if_missing"] = json!(then);
    document["steps"][1]["wait"] = json!("5s");
    document["steps"][1]["spotlight"] = json!("usable");
    at_second_of(&[document])
}

fn at_second_of(content: &[Json]) -> Page {
    let mut page = Page::with(content);
    page.go("/invoices");
    page.appear("#one");
    page.effects.clear();
    page.act(Act::Next("tour".into()));
    page
}

/// The names of the events, but for those of the session.
fn reported(effects: &[Effect]) -> Vec<String> {
    let mut names = tracked(effects);
    names.retain(|name| !name.starts_with("Session"));
    names
}

fn missing(effects: &[Effect]) -> usize {
    let names = tracked(effects);
    names
        .iter()
        .filter(|name| *name == "Target Missing")
        .count()
}

#[test]
fn a_step_waits_for_its_element_and_wakes_when_it_has_waited_long_enough() {
    let mut page = at_second("hide");
    assert_eq!(page.up(), None);
    assert_eq!(
        page.verdict("tour"),
        Verdict::Hidden(Reason::TargetMissing("#two".into()))
    );
    assert_eq!(wake(&page.effects), Some(page.now.wall + 5_000));
    assert_eq!(missing(&page.wait(4_999)), 0);
    assert_eq!(missing(&page.wait(1)), 1);
}

#[test]
fn without_a_word_from_the_author_it_waits_ten_seconds() {
    let mut page = at_second_of(&[tour()]);
    assert_eq!(missing(&page.wait(9_999)), 0);
    assert_eq!(missing(&page.wait(1)), 1);
}

#[test]
fn an_element_that_comes_in_time_is_not_missed() {
    let mut page = at_second("skip");
    page.wait(4_000);
    page.appear("#two");
    assert_eq!(page.step().as_deref(), Some("two"));
    assert_eq!(missing(&page.wait(60_000)), 0);
}

#[test]
fn what_is_missing_is_reported_once_with_the_page_and_the_nearest_match() {
    let mut page = at_second("hide");
    page.apply(Input::Element {
        selector: "#two".into(),
        fact: ElementFact {
            present: true,
            nearest: "it is hidden".into(),
            ..ElementFact::default()
        },
    });
    let effects = page.wait(5_000);
    let message = super::messages(&effects).remove(0);
    let text = headstart_core::json::to_text(&message.to_value());
    for part in [
        r#""event":"Target Missing""#,
        r#""content_id":"tour""#,
        r#""step_id":"two""#,
        r##""selector":"#two""##,
        r#""nearest":"it is hidden""#,
        r#""path":"/invoices""#,
        r#""version":1"#,
        r#""session_id":""#,
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
    page.effects.clear();
    page.wait(60_000);
    page.track("Other");
    assert_eq!(missing(&page.effects), 0);
}

#[test]
fn a_step_to_be_hidden_stays_so_until_its_element_comes_after_all() {
    let mut page = at_second("hide");
    page.wait(5_000);
    assert_eq!(page.up(), None);
    page.wait(60_000);
    page.appear("#two");
    assert_eq!(page.step().as_deref(), Some("two"));
}

#[test]
fn a_step_to_be_skipped_is_passed_over_in_the_same_moment() {
    let mut page = at_second("skip");
    let effects = page.wait(5_000);
    assert_eq!(page.step().as_deref(), Some("three"));
    assert_eq!(reported(&effects), ["Target Missing", "Tour Step Viewed"]);
}

#[test]
fn of_steps_to_be_skipped_each_waits_for_its_own_element() {
    let mut document = tour();
    for step in [1, 2] {
        document["steps"][step]["if_missing"] = json!("skip");
        document["steps"][step]["target"] = json!(format!("#none-{step}"));
        document["steps"][step]["wait"] = json!("5s");
    }
    let mut page = at_second_of(&[document]);
    let effects = page.wait(5_000);
    assert_eq!(
        wake(&effects),
        Some(page.now.wall + 5_000),
        "it does not hang"
    );
    let effects = page.wait(5_000);
    assert_eq!(reported(&effects), ["Target Missing", "Tour Completed"]);
    assert_eq!(page.verdict("tour"), Verdict::Hidden(Reason::Completed));
}

#[test]
fn a_step_to_be_centred_is_shown_without_its_element_and_can_be_gone_on_from() {
    let mut document = tour();
    document["steps"][1]["if_missing"] = json!("centre");
    document["steps"][1]["advance_on_target"] = json!(true);
    document["steps"][1]["spotlight"] = json!("usable");
    let mut page = at_second_of(&[document]);
    page.wait(10_000);
    let card = page.card("tour").expect("it is up");
    assert_eq!(
        (card.step.as_str(), card.target, card.spotlight),
        ("two", None, None)
    );
    assert_eq!(
        card.buttons[0].label,
        Label::Next,
        "there is nothing to click"
    );
    page.appear("#two");
    let card = page.card("tour").expect("it is up");
    assert_eq!(card.target, Some("#two".into()));
    assert_eq!(card.buttons, [], "now there is");
}

#[test]
fn the_place_is_kept_while_it_waits_and_let_go_after() {
    let late = plus(modal("late"), "trigger", json!({"event": {"name": "Go"}}));
    let mut page = at_second_of(&[tour(), late]);
    page.track("Go");
    assert_eq!(page.up(), None);
    assert_eq!(
        page.verdict("late"),
        Verdict::Hidden(Reason::LowerPriority("tour".into()))
    );
    page.wait(10_000);
    assert_eq!(page.up().as_deref(), Some("late"), "in the same moment");
    page.appear("#two");
    assert_eq!(page.up().as_deref(), Some("late"), "it has the place now");
    page.act(Act::Dismiss("late".into()));
    assert_eq!(page.step().as_deref(), Some("two"));
}

#[test]
fn what_has_lost_its_place_to_what_was_asked_for_is_not_passed_over_meanwhile() {
    let asked = plus(
        modal("asked"),
        "trigger",
        json!({"event": {"name": "Never"}}),
    );
    let mut document = tour();
    document["steps"][1]["if_missing"] = json!("skip");
    let mut page = at_second_of(&[document, asked]);
    page.act(Act::Show("asked".into()));
    assert_eq!(missing(&page.wait(60_000)), 0);
    page.act(Act::Dismiss("asked".into()));
    page.appear("#two");
    assert_eq!(page.step().as_deref(), Some("two"));
}

#[test]
fn a_tour_that_has_not_begun_is_never_gone_through_because_nothing_of_it_is_there() {
    let mut document = tour();
    for step in 0..3 {
        document["steps"][step]["target"] = json!("#none");
        document["steps"][step]["if_missing"] = json!("skip");
        document["steps"][step]["wait"] = json!("0s");
    }
    let mut page = Page::with(&[document]);
    page.wait(1_000);
    page.wait(60_000);
    assert_eq!(reported(&page.effects), ["Target Missing"]);
    assert_eq!(
        page.verdict("tour"),
        Verdict::Hidden(Reason::TargetMissing("#none".into()))
    );
}

#[test]
fn a_tip_waits_for_ever_unless_its_author_says_how_long() {
    let tip = json!({"id": "tip", "version": 1, "kind": "tip", "title": "T", "target": "#it"});
    let mut page = Page::with(std::slice::from_ref(&tip));
    page.wait(600_000);
    assert_eq!(missing(&page.effects), 0);
    let mut page = Page::with(&[plus(tip, "wait", json!("3s"))]);
    assert_eq!(missing(&page.wait(2_999)), 0);
    assert_eq!(missing(&page.wait(1)), 1);
    page.appear("#it");
    assert_eq!(page.up().as_deref(), Some("tip"));
}

#[test]
fn each_visit_to_a_page_reports_what_is_missing_there_anew() {
    let mut document = tour();
    document["steps"][1]["page"] = json!({"path": "/invoices"});
    let mut page = at_second_of(&[document]);
    assert_eq!(missing(&page.wait(10_000)), 1);
    page.go("/");
    page.wait(60_000);
    page.go("/invoices");
    assert_eq!(missing(&page.wait(10_000)), 1);
}

#[test]
fn an_element_that_vanishes_under_a_step_is_waited_for_again() {
    let mut page = at_second("hide");
    page.appear("#two");
    page.wait(60_000);
    page.vanish("#two");
    assert_eq!(page.up(), None);
    page.wait(1_000);
    page.appear("#two");
    assert_eq!(page.step().as_deref(), Some("two"));
    assert_eq!(missing(&page.effects), 0);
}
