//! Several tabs of one user, which tell each other what they know.

use headstart_core::engine::{Limits, Reason, Start, Verdict};
use headstart_core::facts::Busy;
use headstart_core::session::Signal;
use headstart_core::{Act, Input, Known};
use serde_json::{Value as Json, json};

use super::{Page, checklist, modal, plus, tracked};

/// Two tabs in one session, of which the first is in front.
fn tabs(limits: Limits, content: &[Json]) -> (Page, Page) {
    let mut front = Page::new();
    front.signal(Signal::Visible(true));
    front.boot_within(limits, content, Known::default());
    let mut back = Page::starting_with(Start {
        known: front.engine.known().clone(),
        ..Start::default()
    });
    back.busy(Some(Busy::Away));
    let stored = front.engine.clock().record().cloned();
    back.apply(Input::Signal {
        signal: Signal::Visible(true),
        stored,
    });
    back.boot_within(limits, content, Known::default());
    (front, back)
}

fn tell(from: &Page, to: &mut Page) -> Vec<String> {
    tracked(&to.apply(Input::Learnt(from.engine.known().clone())))
}

#[test]
fn what_is_up_in_one_tab_is_up_in_the_other_and_reported_once() {
    let (front, mut back) = tabs(Limits::default(), &[modal("a"), modal("b")]);
    assert_eq!(front.up().as_deref(), Some("a"));
    assert_eq!(back.up().as_deref(), Some("a"));
    assert_eq!(tell(&front, &mut back), Vec::<String>::new());
    assert_eq!(
        front.engine.known().interruptions,
        back.engine.known().interruptions
    );
}

#[test]
fn what_is_closed_in_one_tab_is_closed_in_the_other() {
    let limits = Limits {
        per_session: Some(1),
        ..Limits::default()
    };
    let (mut front, mut back) = tabs(limits, &[modal("a"), modal("b")]);
    back.act(Act::Dismiss("a".into()));
    tell(&back, &mut front);
    assert_eq!(front.verdict("a"), Verdict::Hidden(Reason::Dismissed));
    assert_eq!(front.verdict("b"), Verdict::Hidden(Reason::SessionLimit));
}

#[test]
fn what_interrupted_in_one_tab_counts_in_the_other() {
    let limits = Limits {
        per_session: Some(1),
        ..Limits::default()
    };
    let late = plus(modal("late"), "trigger", json!({"event": {"name": "Go"}}));
    let (mut front, mut back) = tabs(limits, &[late]);
    front.track("Go");
    front.act(Act::Dismiss("late".into()));
    tell(&front, &mut back);
    back.busy(None);
    assert_eq!(back.up(), None);
}

#[test]
fn what_is_put_off_or_hushed_in_one_tab_is_in_the_other() {
    let (mut front, mut back) = tabs(Limits::default(), &[modal("a"), super::tip()]);
    front.act(Act::Snooze(
        "a".into(),
        headstart_core::content::Snooze::NextSession,
    ));
    front.act(Act::Hush(true));
    tell(&front, &mut back);
    assert!(matches!(
        back.verdict("a"),
        Verdict::Hidden(Reason::Snoozed(_))
    ));
    assert!(back.view().hushed);
}

#[test]
fn a_session_that_another_tab_began_ends_what_was_put_off_until_then() {
    let (mut front, mut back) = tabs(Limits::default(), &[modal("a")]);
    front.act(Act::Snooze(
        "a".into(),
        headstart_core::content::Snooze::NextSession,
    ));
    tell(&front, &mut back);
    back.busy(None);
    front.next_session();
    back.now = front.now;
    let stored = front.engine.clock().record().cloned();
    back.apply(Input::Signal {
        signal: Signal::Tick,
        stored,
    });
    assert_eq!(back.verdict("a"), Verdict::Shown);
    assert!(back.card("a").is_some(), "and it is on screen");
}

#[test]
fn what_follows_a_checklist_that_was_completed_elsewhere_is_started_once() {
    let list = plus(checklist(), "next", json!("next"));
    let next = plus(
        modal("next"),
        "trigger",
        json!({"event": {"name": "Never"}}),
    );
    let mut page = Page::with(&[list.clone(), next.clone()]);
    let mut server = page.engine.known().clone();
    server.runs.or_default(&"list".into()).completed_at = Some(page.now.wall);
    page.pass(1_000);
    page.apply(Input::Learnt(server));
    assert_eq!(page.up().as_deref(), Some("next"));
    page.act(Act::Dismiss("next".into()));
    page.reload(&[list, next]);
    assert_eq!(page.up(), None);
}

#[test]
fn what_was_completed_long_ago_starts_nothing() {
    let list = plus(checklist(), "next", json!("next"));
    let next = plus(
        modal("next"),
        "trigger",
        json!({"event": {"name": "Never"}}),
    );
    let mut known = Known::default();
    known.runs.or_default(&"list".into()).completed_at = Some(5);
    let mut page = Page::new();
    page.signal(Signal::Visible(true));
    page.boot(&[list, next], known);
    assert_eq!(page.up(), None);
}
