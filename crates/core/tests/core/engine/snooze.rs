//! Putting off.

use headstart_core::content::Snooze;
use headstart_core::engine::{Reason, Verdict};
use headstart_core::time::{DAY, HOUR, MINUTE, Span};
use headstart_core::{Act, Effect};
use serde_json::json;

use super::{Page, checklist, modal, notices, plus, tour, tracked, wake};

fn tomorrow() -> Snooze {
    Snooze::For(Span::from_millis(DAY))
}

#[test]
fn what_is_put_off_for_a_time_comes_back_then_whatever_its_frequency() {
    for frequency in ["once", "every_session", "until_dismissed", "until_done"] {
        let mut page = Page::with(&[plus(modal("it"), "frequency", json!(frequency))]);
        let effects = page.act(Act::Snooze("it".into(), tomorrow()));
        assert_eq!(tracked(&effects), ["Content Snoozed"]);
        assert_eq!(notices(&effects), ["snoozed"]);
        let until = page.now.wall + DAY;
        assert_eq!(wake(&effects), Some(until));
        assert_eq!(page.verdict("it"), Verdict::Hidden(Reason::Snoozed(until)));
        page.next_session();
        assert_eq!(page.up(), None, "{frequency}");
        page.wait(DAY);
        assert!(page.up().is_some(), "{frequency}");
    }
}

#[test]
fn what_is_put_off_until_the_next_session_comes_back_in_it() {
    let mut page = Page::with(&[modal("it")]);
    page.act(Act::Snooze("it".into(), Snooze::NextSession));
    let verdict = Verdict::Hidden(Reason::Snoozed(i64::MAX));
    assert_eq!(page.verdict("it"), verdict);
    page.wait(20 * MINUTE);
    assert_eq!(page.verdict("it"), verdict);
    page.next_session();
    assert_eq!(page.verdict("it"), Verdict::Shown);
}

#[test]
fn a_button_can_put_off() {
    let actions = json!([{"label": "Try it", "path": "/"}, {"label": "Later", "snooze": "2h"}]);
    let mut page = Page::with(&[plus(modal("it"), "actions", actions)]);
    let effects = page.press("it", 1);
    assert_eq!(tracked(&effects), ["Content Snoozed"]);
    page.wait(HOUR);
    assert_eq!(page.up(), None);
    page.wait(HOUR);
    assert!(page.up().is_some());
}

#[test]
fn a_checklist_put_off_leaves_with_its_panel_and_comes_back() {
    let mut page = Page::with(&[checklist()]);
    page.act(Act::Open("list".into()));
    let effects = page.act(Act::Snooze("list".into(), tomorrow()));
    assert!(effects.contains(&Effect::SaveUi));
    assert_eq!(page.view().checklist, None);
    page.wait(DAY);
    let list = page.view().checklist.expect("it is back");
    assert!(!list.open);
}

#[test]
fn what_is_put_off_can_be_called_back_and_put_off_again() {
    for document in [modal("it"), plus(checklist(), "id", json!("it"))] {
        let mut page = Page::with(&[document]);
        page.act(Act::Snooze("it".into(), tomorrow()));
        page.act(Act::Show("it".into()));
        assert_eq!(page.verdict("it"), Verdict::Shown);
        page.act(Act::Snooze("it".into(), tomorrow()));
        assert!(matches!(
            page.verdict("it"),
            Verdict::Hidden(Reason::Snoozed(_))
        ));
    }
}

#[test]
fn a_tour_put_off_goes_on_where_it_was_left() {
    let mut page = Page::with(&[tour()]);
    page.appear("#one");
    page.appear("#two");
    page.act(Act::Next("tour".into()));
    page.act(Act::Snooze("tour".into(), tomorrow()));
    assert_eq!(page.up(), None);
    page.wait(DAY);
    assert_eq!(page.step().as_deref(), Some("two"));
}

#[test]
fn what_came_back_and_was_sent_away_stays_away() {
    let mut page = Page::with(&[modal("it")]);
    page.act(Act::Snooze("it".into(), tomorrow()));
    page.wait(DAY);
    page.act(Act::Dismiss("it".into()));
    page.wait(DAY);
    assert_eq!(page.verdict("it"), Verdict::Hidden(Reason::Dismissed));
}

#[test]
fn what_the_user_asked_for_is_not_offered_to_be_put_off_and_the_rest_that_interrupts_is() {
    let mut page = Page::with(&[modal("it")]);
    assert!(page.card("it").expect("it is up").can_snooze);
    page.act(Act::Show("it".into()));
    assert!(!page.card("it").expect("it is up").can_snooze);
}
