//! Reminders of tasks that are due.

use headstart_core::content::Form;
use headstart_core::content::Snooze;
use headstart_core::engine::{Label, Limits, Reason, Verdict};
use headstart_core::run::Mark;
use headstart_core::time::{DAY, HOUR, Span};
use headstart_core::{Act, Known};
use serde_json::{Value as Json, json};

use super::{Page, START, checklist, modal, plus, tracked};

/// The checklist with its first task due after two days.
fn list() -> Json {
    let mut document = checklist();
    document["tasks"][0]["due"] = json!("2d");
    document["tasks"][0]["skippable"] = json!(true);
    document
}

/// A page on which the task has just come to be due.
fn due() -> Page {
    due_in(&[list()])
}

fn due_in(content: &[Json]) -> Page {
    let mut page = Page::with(content);
    page.pass(2 * DAY - HOUR);
    page.next_session();
    page.effects.clear();
    page.wait(HOUR);
    page
}

const REMINDER: &str = "list.due.create";

fn is_up(page: &Page) -> bool {
    page.up().as_deref() == Some(REMINDER)
}

#[test]
fn it_comes_up_when_the_task_is_due_and_interrupts() {
    let mut page = due();
    assert!(is_up(&page));
    assert_eq!(tracked(&page.effects), ["Tip Shown"]);
    assert_eq!(page.engine.known().interruptions.len(), 1);
    let card = page.card(REMINDER).expect("it is up");
    assert_eq!((card.form, card.title.as_str()), (Form::Reminder, "Create"));
    assert_eq!(card.buttons[0].label, Label::ShowMe);
    page.act(card.buttons[0].act.clone());
    assert!(page.view().checklist.expect("it is there").open);
}

#[test]
fn not_before_it_is_due() {
    let mut page = Page::with(&[list()]);
    page.pass(2 * DAY - HOUR);
    page.next_session();
    let left = START + 2 * DAY - page.now.wall;
    page.wait(left - 1);
    assert_eq!(page.verdict(REMINDER), Verdict::Hidden(Reason::Audience));
}

#[test]
fn it_is_counted_and_held_back_as_other_interruptions_are() {
    let limits = Limits {
        per_session: Some(0),
        ..Limits::default()
    };
    let mut page = Page::with(&[list()]);
    page.boot_within(limits, &[list()], Known::default());
    page.wait(2 * DAY);
    page.next_session();
    assert_eq!(
        page.verdict(REMINDER),
        Verdict::Hidden(Reason::SessionLimit)
    );
}

#[test]
fn it_goes_when_the_task_is_done_or_left_out_or_the_list_is() {
    for (what, act) in [
        ("done", None),
        (
            "skipped",
            Some(Act::Mark("list".into(), "create".into(), Mark::Skipped)),
        ),
        ("dismissed", Some(Act::Dismiss("list".into()))),
        (
            "put off",
            Some(Act::Snooze("list".into(), Snooze::NextSession)),
        ),
    ] {
        let mut page = due();
        assert!(is_up(&page), "{what}");
        match act {
            Some(act) => page.act(act),
            None => page.track("Created"),
        };
        assert!(!is_up(&page), "{what}");
    }
}

#[test]
fn sent_away_it_comes_again_a_day_later() {
    let mut page = due();
    page.wait(HOUR);
    page.act(Act::Dismiss(REMINDER.into()));
    assert!(!is_up(&page));
    page.wait(DAY - HOUR);
    page.next_session();
    assert!(!is_up(&page), "it is not a day yet");
    page.wait(HOUR);
    assert!(is_up(&page));
    page.act(Act::Dismiss(REMINDER.into()));
    assert!(!is_up(&page), "and can be sent away again");
}

#[test]
fn opening_the_checklist_closes_it() {
    let mut page = due();
    let effects = page.act(Act::Open("list".into()));
    assert!(tracked(&effects).contains(&"Tip Dismissed".to_owned()));
    assert!(!is_up(&page));
    page.act(Act::Minimise);
    page.go("/elsewhere");
    assert!(!is_up(&page));
}

#[test]
fn put_off_it_comes_back_then() {
    let mut page = due();
    let snooze = Snooze::For(Span::from_millis(2 * HOUR));
    page.act(Act::Snooze(REMINDER.into(), snooze));
    assert!(!is_up(&page));
    page.wait(2 * HOUR);
    assert!(is_up(&page));
}

#[test]
fn a_list_reminds_once_a_day_however_much_is_due() {
    let mut document = list();
    document["tasks"][2]["due"] = json!("2d");
    let mut page = due_in(&[document]);
    page.pass(1);
    page.act(Act::Open("list".into()));
    assert_eq!(page.up(), None, "not the other one at once");
    page.wait(DAY);
    page.signal(headstart_core::session::Signal::Visible(true));
    assert!(page.up().is_some());
}

#[test]
fn it_is_only_for_the_list_that_is_on_screen() {
    let mut other = plus(checklist(), "id", json!("other"));
    other["priority"] = json!(5);
    other["trigger"] = json!({"event": {"name": "Go"}});
    let mut page = due_in(&[list(), other]);
    assert!(is_up(&page));
    page.track("Go");
    assert_eq!(
        page.view().checklist.expect("it is there").content.as_str(),
        "other"
    );
    assert!(!is_up(&page));
    assert_eq!(page.verdict(REMINDER), Verdict::Hidden(Reason::Trigger));
}

#[test]
fn it_waits_for_its_turn() {
    let modal = plus(modal("modal"), "frequency", json!("every_session"));
    let mut page = due_in(&[list(), modal]);
    assert_eq!(page.up().as_deref(), Some("modal"));
    page.act(Act::Dismiss("modal".into()));
    assert!(is_up(&page));
}

#[test]
fn a_task_for_others_reminds_nobody() {
    let mut document = list();
    document["tasks"][0]["audience"] = json!({"trait": {"name": "admin"}});
    let page = due_in(&[document]);
    assert_eq!(page.up(), None);
}
