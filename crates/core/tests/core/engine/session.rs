use headstart_core::engine::REPORT_EVERY;
use headstart_core::session::{IDLE, Signal};
use headstart_core::time::SECOND;
use headstart_core::{Body, Effect, Message, Value};

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

#[test]
fn running_totals_are_reported_at_least_every_15_seconds_of_use() {
    let mut page = Page::with(&[]);
    let mut since = 0;
    for _ in 0..12 {
        let effects = tick(&mut page, 1);
        since += 5 * SECOND;
        if tracked(&effects).contains(&"Session Updated".to_owned()) {
            since = 0;
        }
        assert!(since < REPORT_EVERY + 5 * SECOND, "{since} ms unreported");
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
