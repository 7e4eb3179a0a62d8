//! One coordination over all that interrupts.

use headstart_core::engine::{Limits, Reason, Verdict};
use headstart_core::facts::{Busy, ElementFact};
use headstart_core::session::Signal;
use headstart_core::time::{DAY, HOUR, MINUTE, Span};
use headstart_core::{Act, Consent, Effect, Input, Known};
use serde_json::{Value as Json, json};

use super::{Page, checklist, modal, plus, tip, tour, tracked, wake};

fn named(id: &str, priority: i32) -> Json {
    plus(modal(id), "priority", json!(priority))
}

fn page_within(limits: Limits, content: &[Json]) -> Page {
    let mut page = Page::new();
    page.signal(Signal::Visible(true));
    page.signal(Signal::Focused(true));
    page.boot_within(limits, content, Known::default());
    page
}

fn many() -> Vec<Json> {
    let ids = ["a", "b", "c", "d"];
    ids.into_iter().map(|id| named(id, 0)).collect()
}

fn close(page: &mut Page) -> Vec<Effect> {
    let up = page.up().expect("something is up");
    page.pass(1);
    page.act(Act::Dismiss(up.as_str().into()))
}

#[test]
fn one_piece_interrupts_at_a_time_of_whatever_kind_the_greatest_priority_first() {
    let tip = plus(
        plus(tip(), "trigger", json!({"page": {"path": "/"}})),
        "priority",
        json!(2),
    );
    let mut page = Page::new();
    page.signal(Signal::Visible(true));
    page.go("/");
    page.boot(
        &[plus(tour(), "priority", json!(3)), tip, named("modal", 1)],
        Known::default(),
    );
    assert_eq!(
        page.up().as_deref(),
        Some("modal"),
        "the others wait for their elements"
    );
    page.act(Act::Dismiss("modal".into()));
    page.appear("#templates");
    assert_eq!(page.up().as_deref(), Some("tip"));
    page.appear("#one");
    assert_eq!(
        page.up().as_deref(),
        Some("tip"),
        "what has the place keeps it"
    );
    assert_eq!(
        page.verdict("tour"),
        Verdict::Hidden(Reason::LowerPriority("tip".into()))
    );
    close(&mut page);
    assert_eq!(page.up().as_deref(), Some("tour"));
}

#[test]
fn what_has_the_place_keeps_it_from_what_is_more_urgent() {
    let late = plus(
        named("late", 9),
        "trigger",
        json!({"event": {"name": "Go"}}),
    );
    let mut page = Page::with(&[named("first", 0), late]);
    page.track("Go");
    assert_eq!(page.up().as_deref(), Some("first"));
    assert_eq!(
        page.verdict("late"),
        Verdict::Hidden(Reason::LowerPriority("first".into()))
    );
}

#[test]
fn what_is_asked_for_takes_the_place_and_gives_it_back() {
    let mut page = Page::with(&[named("first", 5), named("second", 0)]);
    page.act(Act::Show("second".into()));
    assert_eq!(page.up().as_deref(), Some("second"));
    page.act(Act::Dismiss("second".into()));
    assert_eq!(page.up().as_deref(), Some("first"));
}

#[test]
fn what_is_asked_for_last_goes_first() {
    let mut page = Page::with(&many());
    for id in ["b", "d", "c"] {
        page.pass(1);
        page.act(Act::Show(id.into()));
        assert_eq!(page.up().as_deref(), Some(id));
    }
}

#[test]
fn what_was_asked_for_in_an_earlier_session_has_no_claim_in_this_one() {
    let often = |id, priority| plus(named(id, priority), "frequency", json!("every_session"));
    let limits = Limits {
        per_session: Some(1),
        ..Limits::default()
    };
    let mut page = page_within(limits, &[often("asked", 0), often("urgent", 5)]);
    page.act(Act::Dismiss("urgent".into()));
    page.act(Act::Show("asked".into()));
    assert_eq!(page.up().as_deref(), Some("asked"));
    let known = page.engine.known().clone();
    let mut page = Page::new();
    page.pass(DAY);
    page.signal(Signal::Visible(true));
    page.boot_within(limits, &[often("asked", 0), often("urgent", 5)], known);
    assert_eq!(page.up().as_deref(), Some("urgent"));
    page.act(Act::Dismiss("urgent".into()));
    assert_eq!(page.verdict("asked"), Verdict::Hidden(Reason::SessionLimit));
}

#[test]
fn a_session_has_so_many_interruptions_and_the_next_session_has_its_own() {
    let limits = Limits {
        per_session: Some(2),
        ..Limits::default()
    };
    let mut page = page_within(limits, &many());
    close(&mut page);
    close(&mut page);
    assert_eq!(page.up(), None);
    assert_eq!(page.verdict("c"), Verdict::Hidden(Reason::SessionLimit));
    page.next_session();
    assert_eq!(page.up().as_deref(), Some("c"));
}

#[test]
fn a_day_has_so_many_interruptions_and_the_engine_wakes_when_it_is_over() {
    let limits = Limits {
        per_day: Some(2),
        ..Limits::default()
    };
    let mut page = page_within(limits, &many());
    let first = page.now.wall;
    close(&mut page);
    page.wait(HOUR);
    let effects = close(&mut page);
    assert_eq!(page.verdict("c"), Verdict::Hidden(Reason::DayLimit));
    assert_eq!(wake(&effects), Some(first + DAY));
    page.next_session();
    assert_eq!(page.up(), None, "also in the next session");
    page.pass(first + DAY - 1 - page.now.wall);
    page.wait(0);
    assert_eq!(page.up(), None);
    page.wait(1);
    assert_eq!(page.up().as_deref(), Some("c"));
}

#[test]
fn a_limit_of_nothing_lets_nothing_interrupt() {
    for limits in [
        Limits {
            per_session: Some(0),
            ..Limits::default()
        },
        Limits {
            per_day: Some(0),
            ..Limits::default()
        },
    ] {
        let mut page = page_within(limits, &many());
        assert_eq!(page.up(), None);
        page.act(Act::Show("a".into()));
        assert_eq!(page.up().as_deref(), Some("a"), "but what is asked for");
    }
}

#[test]
fn after_an_interruption_there_is_quiet_from_its_end() {
    let limits = Limits {
        quiet: Some(Span::from_millis(10 * MINUTE)),
        ..Limits::default()
    };
    let mut page = page_within(limits, &many());
    page.wait(15 * MINUTE);
    let effects = close(&mut page);
    let until = page.now.wall + 10 * MINUTE;
    assert_eq!(page.verdict("b"), Verdict::Hidden(Reason::Quiet(until)));
    assert_eq!(wake(&effects), Some(until));
    page.wait(10 * MINUTE - 1);
    assert_eq!(page.up(), None);
    page.wait(1);
    assert_eq!(page.up().as_deref(), Some("b"));
}

#[test]
fn what_was_asked_for_neither_counts_nor_makes_quiet_nor_is_held_back() {
    let limits = Limits {
        per_session: Some(1),
        quiet: Some(Span::from_millis(10 * MINUTE)),
        ..Limits::default()
    };
    let never = json!({"event": {"name": "Go"}});
    let asked = plus(tip(), "trigger", never.clone());
    let by_itself = plus(modal("by-itself"), "trigger", never);
    let mut page = page_within(limits, &[asked, by_itself]);
    page.act(Act::Show("tip".into()));
    page.wait(5 * MINUTE);
    // Its element comes later.
    page.appear("#templates");
    assert_eq!(page.up().as_deref(), Some("tip"));
    assert!(page.engine.known().interruptions.is_empty());
    page.act(Act::Dismiss("tip".into()));
    assert_eq!(page.engine.known().quiet_since, None);
    page.track("Go");
    assert_eq!(page.up().as_deref(), Some("by-itself"));
    page.act(Act::Dismiss("by-itself".into()));
    page.act(Act::Show("tip".into()));
    assert_eq!(page.up().as_deref(), Some("tip"));
}

#[test]
fn sending_away_what_was_never_up_makes_no_quiet() {
    let limits = Limits {
        quiet: Some(Span::from_millis(10 * MINUTE)),
        ..Limits::default()
    };
    let never = plus(
        modal("never"),
        "trigger",
        json!({"event": {"name": "Never"}}),
    );
    let late = plus(modal("late"), "trigger", json!({"event": {"name": "Go"}}));
    let mut page = page_within(limits, &[never, late]);
    page.act(Act::Dismiss("never".into()));
    page.track("Go");
    assert_eq!(page.up().as_deref(), Some("late"));
}

#[test]
fn nothing_comes_up_by_itself_while_the_user_is_busy_and_it_does_after() {
    for busy in [Busy::Typing, Busy::Dialog, Busy::Away] {
        let document = plus(modal("it"), "trigger", json!({"event": {"name": "Go"}}));
        let mut page = Page::with(&[document]);
        page.busy(Some(busy));
        page.track("Go");
        assert_eq!(page.verdict("it"), Verdict::Hidden(Reason::Busy(busy)));
        page.busy(None);
        assert_eq!(page.verdict("it"), Verdict::Shown);
        page.busy(Some(busy));
        assert_eq!(page.verdict("it"), Verdict::Shown, "what is up stays");
    }
}

#[test]
fn what_points_into_the_dialog_that_is_open_does_not_wait_until_it_is_closed() {
    for (in_dialog, busy, expect) in [
        (true, Busy::Dialog, Verdict::Shown),
        (
            false,
            Busy::Dialog,
            Verdict::Hidden(Reason::Busy(Busy::Dialog)),
        ),
        (
            true,
            Busy::Typing,
            Verdict::Hidden(Reason::Busy(Busy::Typing)),
        ),
    ] {
        let document = plus(tip(), "trigger", json!({"event": {"name": "Go"}}));
        let mut page = Page::with(&[document]);
        page.busy(Some(busy));
        page.apply(Input::Element {
            selector: "#templates".into(),
            fact: ElementFact {
                present: true,
                visible: true,
                in_dialog,
                ..ElementFact::default()
            },
        });
        page.track("Go");
        assert_eq!(page.verdict("tip"), expect, "{in_dialog} {busy:?}");
    }
}

#[test]
fn what_does_not_interrupt_and_what_is_asked_for_come_up_though_the_user_is_busy() {
    let banner = json!({"id": "banner", "version": 1, "kind": "banner", "title": "B"});
    let mut page = Page::new();
    page.busy(Some(Busy::Typing));
    page.signal(Signal::Visible(true));
    page.boot(&[banner, checklist(), modal("it")], Known::default());
    assert_eq!(page.verdict("banner"), Verdict::Shown);
    assert_eq!(page.verdict("list"), Verdict::Shown);
    assert_eq!(
        page.verdict("it"),
        Verdict::Hidden(Reason::Busy(Busy::Typing))
    );
    page.act(Act::Show("it".into()));
    assert_eq!(page.verdict("it"), Verdict::Shown);
}

#[test]
fn without_consent_what_needs_none_is_coordinated_and_nothing_is_tracked() {
    let limits = Limits {
        per_session: Some(2),
        quiet: Some(Span::from_millis(10 * MINUTE)),
        ..Limits::default()
    };
    let mut page = Page::new();
    page.apply(Input::ConsentDenied);
    page.signal(Signal::Visible(true));
    let needy = plus(modal("needy"), "trigger", json!({"event": {"name": "Go"}}));
    let mut all = many();
    all.push(needy);
    page.boot_within(limits, &all, Known::default());
    assert_eq!(page.view().cards.len(), 1);
    assert_eq!(page.verdict("needy"), Verdict::Hidden(Reason::Consent));
    close(&mut page);
    assert!(matches!(
        page.verdict("b"),
        Verdict::Hidden(Reason::Quiet(_))
    ));
    page.wait(10 * MINUTE);
    assert_eq!(page.up().as_deref(), Some("b"));
    close(&mut page);
    page.wait(10 * MINUTE);
    assert_eq!(page.verdict("c"), Verdict::Hidden(Reason::SessionLimit));
    assert!(!page.effects.iter().any(Effect::is_tracking));
}

#[test]
fn taking_consent_back_is_no_way_round_limits_or_the_wish_for_no_tips() {
    let limits = Limits {
        per_session: Some(1),
        ..Limits::default()
    };
    let plain = json!({"id": "hint", "version": 1, "kind": "tip", "form": "hint", "title": "H", "target": "#it"});
    let mut all = many();
    all.push(plain);
    let mut page = page_within(limits, &all);
    page.appear("#it");
    close(&mut page);
    page.act(Act::Hush(true));
    page.apply(Input::ConsentDenied);
    assert_eq!(page.engine.consent(), Consent::Denied);
    assert_eq!(page.up(), None);
    assert_eq!(page.verdict("b"), Verdict::Hidden(Reason::SessionLimit));
    assert_eq!(page.verdict("hint"), Verdict::Hidden(Reason::Hushed));
    let person = headstart_core::json::to_text(&page.engine.known().to_value());
    assert!(!person.contains("anon"), "nobody is named: {person}");
}

#[test]
fn who_was_interrupted_is_told_with_the_event() {
    let page = Page::with(&[modal("it")]);
    assert_eq!(tracked(&page.effects), ["Session Started", "Modal Shown"]);
    let shown = super::messages(&page.effects).remove(1);
    let text = headstart_core::json::to_text(&shown.to_value());
    assert!(text.contains(r#""interrupts":true"#), "{text}");
}
