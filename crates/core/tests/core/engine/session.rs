use headstart_core::session::{IDLE, Signal};
use headstart_core::time::SECOND;
use headstart_core::{Act, Body, Effect, Message, Value};
use proptest::prelude::*;

use super::{Page, messages, tracked};

fn totals(message: &Message) -> (f64, f64) {
    let Body::Track { properties, .. } = &message.body else {
        panic!("a track message")
    };
    let number = |name: &str| {
        properties
            .get(name)
            .and_then(Value::as_number)
            .expect("a number")
    };
    (number("length_ms"), number("engaged_ms"))
}

fn tick(page: &mut Page, times: usize) -> Vec<Effect> {
    let mut effects = Vec::new();
    for _ in 0..times {
        page.pass(5 * SECOND);
        effects.extend(page.signal(Signal::Tick));
    }
    effects
}

#[test]
fn a_session_is_announced_when_it_begins_and_has_one_id_for_all_tabs() {
    let mut page = Page::new();
    let effects = page.signal(Signal::Visible(true));
    assert_eq!(tracked(&effects), ["Session Started"]);
    let session = page.engine.clock().record().expect("a session").id.clone();
    assert_eq!(messages(&effects)[0].id.0, format!("{session}/started"));
    assert!(
        effects
            .iter()
            .any(|effect| matches!(effect, Effect::SaveSession(_)))
    );
}

/// What was reported last of engaged time, milliseconds.
fn reported(page: &Page) -> f64 {
    messages(&page.effects)
        .iter()
        .rfind(|message| is_update(message))
        .map_or(0.0, |message| totals(message).1)
}

fn is_update(message: &Message) -> bool {
    matches!(&message.body, Body::Track { event, .. } if event == "Session Updated")
}

/// The task that the last totals name, as `content/task`.
fn task_at_hand(page: &Page) -> Option<String> {
    let messages = messages(&page.effects);
    let message = messages.iter().rfind(|message| is_update(message))?;
    let Body::Track { properties, .. } = &message.body else {
        return None;
    };
    let text = |name: &str| properties.get(name).and_then(Value::as_text);
    Some(format!("{}/{}", text("content_id")?, text("task_id")?))
}

fn leave(page: &mut Page) {
    page.pass(SECOND);
    page.signal(Signal::Active);
    page.pass(SECOND);
    page.signal(Signal::Visible(false));
}

proptest! {
    #[test]
    fn a_tab_that_is_killed_loses_at_most_15_seconds(
        // The browser ticks every five seconds, sometimes later, and somebody uses the page.
        ticks in prop::collection::vec((5_000_i64..6_000, any::<bool>()), 1..60),
        killed_after in 0_i64..6_000,
    ) {
        let mut page = Page::with(&[]);
        for (wait, used) in ticks {
            page.pass(wait);
            page.signal(Signal::Tick);
            if used {
                page.signal(Signal::Active);
            }
        }
        page.pass(killed_after);
        let reported = reported(&page);
        // Only now, so that it is not reported: what the clock would say.
        let mut clock = page.engine.clock().clone();
        clock.signal(Signal::Tick, None, page.now);
        let truth = clock.totals().expect("a session").engaged;
        #[expect(clippy::cast_precision_loss, reason = "a few minutes")]
        let lost = truth as f64 - reported;
        prop_assert!(lost <= 15_000.0, "{lost} ms lost");
    }
}

#[test]
fn the_last_totals_are_reported_when_the_page_goes_out_of_sight() {
    let mut page = Page::with(&[]);
    page.pass(7 * SECOND);
    let effects = page.signal(Signal::Visible(false));
    assert_eq!(tracked(&effects), ["Session Updated"]);
    assert_eq!(totals(&messages(&effects)[0]), (7_000.0, 7_000.0));
}

#[test]
fn nothing_is_reported_while_nothing_changes() {
    let mut page = Page::with(&[]);
    page.pass(7 * SECOND);
    page.signal(Signal::Visible(false));
    assert_eq!(tracked(&tick(&mut page, 100)), Vec::<String>::new());
}

#[test]
fn a_session_that_ended_reports_its_totals_before_the_next_begins() {
    let mut page = Page::with(&[]);
    page.pass(7 * SECOND);
    page.signal(Signal::Visible(false));
    page.pass(IDLE + 1);
    let effects = page.signal(Signal::Visible(true));
    assert_eq!(tracked(&effects), ["Session Updated", "Session Started"]);
    assert_eq!(totals(&messages(&effects)[0]), (7_000.0, 7_000.0));
}

#[test]
fn a_session_that_began_before_the_boot_counts_for_conditions() {
    let mut list = super::checklist();
    list["audience"] = serde_json::json!({"sessions": {"at_least": 1}});
    let page = Page::with(&[list]);
    assert!(page.view().checklist.is_some());
}

#[test]
fn the_totals_name_the_task_that_the_user_is_on() {
    let mut page = Page::with(&[super::checklist()]);
    leave(&mut page);
    assert_eq!(task_at_hand(&page).as_deref(), Some("list/create"));
}

#[test]
fn an_unfolded_task_is_the_one_that_the_user_is_on_while_it_can_be_done() {
    // What is unfolded, and what the session is left at: `send` waits for `create`.
    for (unfolded, at) in [("invite", "list/invite"), ("send", "list/create")] {
        let mut page = Page::with(&[super::checklist()]);
        page.act(Act::Open("list".into()));
        page.act(Act::Toggle(unfolded.into()));
        leave(&mut page);
        assert_eq!(task_at_hand(&page).as_deref(), Some(at), "{unfolded}");
    }
}

#[test]
fn a_task_that_is_done_is_left_for_the_next_even_if_no_time_has_passed_since_the_last_report() {
    let mut page = Page::with(&[super::checklist()]);
    leave(&mut page);
    page.track("Created");
    page.signal(Signal::Visible(false));
    assert_eq!(task_at_hand(&page).as_deref(), Some("list/send"));
}

#[test]
fn once_the_checklist_is_complete_or_dismissed_the_user_is_on_no_task() {
    let mut complete = Page::with(&[super::checklist()]);
    complete.act(Act::Complete("list".into(), "create".into()));
    complete.act(Act::Complete("list".into(), "send".into()));
    complete.act(Act::Complete("list".into(), "invite".into()));
    leave(&mut complete);
    assert_eq!(task_at_hand(&complete), None);
    let mut dismissed = Page::with(&[super::checklist()]);
    dismissed.act(Act::Dismiss("list".into()));
    leave(&mut dismissed);
    assert_eq!(task_at_hand(&dismissed), None);
}

#[test]
fn a_session_that_ends_at_reset_names_the_task_of_the_one_who_leaves() {
    let mut page = Page::with(&[super::checklist()]);
    page.pass(SECOND);
    page.apply(headstart_core::Input::Reset {
        anonymous: "next".into(),
    });
    assert_eq!(task_at_hand(&page).as_deref(), Some("list/create"));
}
