//! When and to whom a guide comes up by itself.

use headstart_core::condition::Device;
use headstart_core::content::Snooze;
use headstart_core::engine::{Reason, Verdict};
use headstart_core::time::{DAY, HOUR, MINUTE};
use headstart_core::{Act, Effect, Input, Known};
use serde_json::{Value as Json, json};

use super::{Page, START, modal, plus, tracked, wake};

fn frequent(frequency: Json) -> Json {
    plus(modal("guide"), "frequency", frequency)
}

/// Whether it is up again in the next session, after what was done with it in the first.
fn check_next_session(frequency: &Json, end: Option<usize>, again: bool) {
    let mut page = Page::with(&[frequent(frequency.clone())]);
    assert!(page.up().is_some());
    if let Some(button) = end {
        page.press("guide", button);
        page.go("/elsewhere");
        assert_eq!(page.up(), None, "not again in the same session");
    }
    page.next_session();
    assert_eq!(page.up().is_some(), again, "{frequency} after {end:?}");
}

#[test]
fn a_frequency_decides_whether_it_comes_again_in_the_next_session() {
    let (completed, dismissed, nothing) = (Some(0), Some(1), None);
    for (frequency, end, again) in [
        ("once", nothing, false),
        ("once", dismissed, false),
        ("once", completed, false),
        ("every_session", nothing, true),
        ("every_session", dismissed, true),
        ("every_session", completed, true),
        ("until_dismissed", nothing, true),
        ("until_dismissed", dismissed, false),
        ("until_dismissed", completed, false),
        ("until_done", nothing, true),
        ("until_done", dismissed, true),
        ("until_done", completed, false),
    ] {
        check_next_session(&json!(frequency), end, again);
    }
    check_next_session(&json!({"every": "3d"}), nothing, false);
}

#[test]
fn every_so_often_is_counted_from_when_it_was_last_up() {
    let mut page = Page::with(&[frequent(json!({"every": "3d"}))]);
    page.pass(HOUR);
    let effects = page.act(Act::Dismiss("guide".into()));
    let again = page.now.wall + 3 * DAY;
    assert_eq!(wake(&effects), Some(again));
    page.next_session();
    page.now.wall = again - 1;
    page.wait(0);
    assert_eq!(page.verdict("guide"), Verdict::Hidden(Reason::Frequency));
    page.wait(1);
    assert!(page.up().is_some());
}

#[test]
fn what_comes_again_can_be_sent_away_again() {
    for (frequency, pass) in [
        (json!("every_session"), 0),
        (json!("until_done"), 0),
        (json!({"every": "3d"}), 3 * DAY),
    ] {
        let mut page = Page::with(&[frequent(frequency.clone())]);
        for _ in 0..3 {
            assert!(page.up().is_some(), "{frequency}");
            let effects = page.act(Act::Dismiss("guide".into()));
            assert_eq!(tracked(&effects), ["Modal Dismissed"], "{frequency}");
            assert_eq!(page.up(), None, "{frequency}");
            page.pass(pass);
            page.next_session();
        }
    }
}

#[test]
fn what_comes_often_does_not_come_back_at_once_when_it_was_up_for_long() {
    let mut page = Page::with(&[frequent(json!({"every": "10m"}))]);
    page.pass(25 * MINUTE);
    page.act(Act::Dismiss("guide".into()));
    page.go("/elsewhere");
    assert_eq!(page.up(), None);
    page.wait(10 * MINUTE);
    assert!(page.up().is_some());
}

#[test]
fn a_schedule_says_from_when_to_when_and_wakes_for_both() {
    let schedule = json!({"from": START + HOUR, "until": START + 2 * HOUR});
    for document in [
        plus(modal("guide"), "schedule", schedule.clone()),
        plus(super::checklist(), "schedule", schedule),
    ] {
        let id = document["id"].as_str().unwrap().to_owned();
        let mut page = Page::with(&[document]);
        let off = Verdict::Hidden(Reason::Schedule);
        assert_eq!(page.verdict(&id), off);
        assert_eq!(wake(&page.effects), Some(START + HOUR));
        page.wait(HOUR - 1);
        assert_eq!(page.verdict(&id), off);
        let effects = page.wait(1);
        assert_eq!(page.verdict(&id), Verdict::Shown);
        assert_eq!(wake(&effects), Some(START + 2 * HOUR));
        page.wait(HOUR - 1);
        assert_eq!(page.verdict(&id), Verdict::Shown);
        page.wait(1);
        assert_eq!(page.verdict(&id), off, "also what is up");
        page.act(Act::Show(id.as_str().into()));
        assert_eq!(page.verdict(&id), Verdict::Shown, "it was asked for");
    }
}

#[test]
fn an_audience_holds_also_for_what_was_asked_for() {
    let document = plus(
        modal("guide"),
        "audience",
        json!({"trait": {"name": "plan"}}),
    );
    let mut page = Page::with(&[document]);
    assert_eq!(page.verdict("guide"), Verdict::Hidden(Reason::Audience));
    page.act(Act::Show("guide".into()));
    assert_eq!(page.up(), None);
    assert_eq!(page.verdict("guide"), Verdict::Hidden(Reason::Audience));
}

#[test]
fn language_and_device_are_asked_as_the_browser_has_them() {
    let mut german = plus(modal("guide"), "audience", json!({"locale": "de"}));
    german["trigger"] = json!({"device": "phone"});
    let mut page = Page::with(&[german]);
    let mut tell = |locale: &str, device| {
        page.apply(Input::Surroundings {
            locale: locale.into(),
            device,
        });
        page.verdict("guide")
    };
    assert_eq!(tell("en", Device::Phone), Verdict::Hidden(Reason::Audience));
    assert_eq!(
        tell("de-AT", Device::Desktop),
        Verdict::Hidden(Reason::Trigger)
    );
    assert_eq!(tell("de-AT", Device::Phone), Verdict::Shown);
}

#[test]
fn other_content_can_bring_it_up_a_while_later() {
    let late = plus(
        modal("late"),
        "trigger",
        json!({"content": {"id": "first", "is": "completed", "since": "2h"}}),
    );
    let mut page = Page::with(&[modal("first"), late]);
    page.pass(1);
    let effects = page.press("first", 0);
    assert_eq!(wake(&effects), Some(page.now.wall + 2 * HOUR));
    page.next_session();
    assert_eq!(page.up(), None);
    page.wait(2 * HOUR);
    assert_eq!(page.up().as_deref(), Some("late"));
}

#[test]
fn who_wants_no_more_tips_has_announcements_all_the_same_and_can_think_better_of_it() {
    let tip = |form: &str| json!({"id": form, "version": 1, "kind": "tip", "form": form, "title": "T", "target": "#it"});
    let banner = json!({"id": "banner", "version": 1, "kind": "banner", "title": "B"});
    let tour = plus(super::tour(), "trigger", json!({"event": {"name": "Go"}}));
    let mut page = Page::with(&[
        tip("tooltip"),
        tip("hint"),
        tip("inline"),
        banner,
        modal("modal"),
        tour,
    ]);
    page.appear("#it");
    page.track("Go");
    page.press("modal", 0);
    assert!(!page.view().hushed);
    let effects = page.act(Act::Hush(true));
    assert_eq!(tracked(&effects), ["Tips Chosen"]);
    assert!(effects.contains(&Effect::SaveKnown));
    assert!(page.view().hushed);
    for id in ["tooltip", "hint", "inline", "tour"] {
        assert_eq!(page.verdict(id), Verdict::Hidden(Reason::Hushed), "{id}");
    }
    assert_eq!(page.verdict("banner"), Verdict::Shown);
    assert_eq!(page.act(Act::Hush(true)), [], "said already");
    page.act(Act::Show("tooltip".into()));
    assert_eq!(page.verdict("tooltip"), Verdict::Shown, "it was asked for");
    page.act(Act::Hush(false));
    for id in ["hint", "inline"] {
        assert_eq!(page.verdict(id), Verdict::Shown, "{id}");
    }
}

#[test]
fn modals_come_up_though_tips_are_not_wanted() {
    let mut page = Page::new();
    page.signal(headstart_core::session::Signal::Visible(true));
    page.act(Act::Hush(true));
    page.boot(&[modal("modal")], Known::default());
    assert_eq!(page.verdict("modal"), Verdict::Shown);
}

#[test]
fn of_two_choices_about_tips_the_later_counts_whatever_arrives_last() {
    let mut page = Page::with(&[modal("modal")]);
    page.act(Act::Hush(true));
    let old = Known {
        hushed: Some((START - 5, false)),
        ..Known::default()
    };
    page.apply(Input::Learnt(old));
    assert!(page.view().hushed);
}

fn held_out(document: Json) -> Json {
    plus(document, "holdout", json!(100))
}

#[test]
fn who_is_held_out_never_sees_it_also_when_it_is_asked_for_and_it_is_reported_once() {
    for document in [
        held_out(modal("it")),
        held_out(plus(super::checklist(), "id", json!("it"))),
    ] {
        let mut page = Page::with(std::slice::from_ref(&document));
        assert_eq!(page.verdict("it"), Verdict::Hidden(Reason::Holdout));
        assert!(tracked(&page.effects).contains(&"Content Withheld".to_owned()));
        page.effects.clear();
        page.act(Act::Show("it".into()));
        page.boot(&[document], Known::default());
        page.next_session();
        assert_eq!(page.up(), None);
        assert_eq!(page.view().checklist, None);
        assert!(!tracked(&page.effects).contains(&"Content Withheld".to_owned()));
    }
}

#[test]
fn who_would_not_have_seen_it_anyway_is_not_one_to_compare_with() {
    let withheld = |page: &Page| tracked(&page.effects).contains(&"Content Withheld".to_owned());
    let elsewhere = plus(held_out(modal("it")), "page", json!({"path": "/reports"}));
    let mut page = Page::with(&[elsewhere]);
    assert!(!withheld(&page));
    page.go("/reports");
    assert!(withheld(&page));
    let mut page = Page::with(&[held_out(super::tour())]);
    assert!(!withheld(&page));
    page.appear("#one");
    assert!(withheld(&page));
}

#[test]
fn a_holdout_of_nobody_holds_nobody_out() {
    let page = Page::with(&[plus(modal("it"), "holdout", json!(0))]);
    assert_eq!(page.verdict("it"), Verdict::Shown);
}

/// A page whose clock is set back by an hour and a half in the middle of a session.
fn set_back(documents: &[Json]) -> Page {
    let mut page = Page::with(documents);
    page.now.wall -= 90 * MINUTE;
    page.wait(1_000);
    page
}

#[test]
fn a_clock_that_is_set_back_neither_loses_what_comes_up_nor_brings_it_up_again_and_again() {
    for frequency in ["once", "every_session", "until_dismissed", "until_done"] {
        let document = plus(
            frequent(json!(frequency)),
            "trigger",
            json!({"event": {"name": "Go"}}),
        );
        let mut page = set_back(&[document]);
        let effects = page.track("Go");
        assert_eq!(tracked(&effects), ["Go", "Modal Shown"], "{frequency}");
        page.effects.clear();
        for _ in 0..5 {
            page.track("Go");
            assert!(page.up().is_some(), "{frequency}");
        }
        assert_eq!(page.engine.known().interruptions.len(), 1, "{frequency}");
        page.act(Act::Dismiss("guide".into()));
        page.track("Go");
        assert_eq!(page.up(), None, "{frequency}");
    }
}

#[test]
fn a_clock_that_is_set_back_ends_nothing_that_was_put_off() {
    let mut page = set_back(&[super::checklist(), frequent(json!("once"))]);
    for id in ["list", "guide"] {
        page.act(Act::Snooze(id.into(), Snooze::NextSession));
        let verdict = Verdict::Hidden(Reason::Snoozed(i64::MAX));
        assert_eq!(page.verdict(id), verdict, "{id}");
        page.act(Act::Show(id.into()));
        assert_eq!(page.verdict(id), Verdict::Shown, "{id}");
    }
}
