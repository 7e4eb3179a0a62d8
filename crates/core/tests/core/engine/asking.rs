//! Buttons that ask the host: what is to be seen until it has answered, and what comes of the answer.

use headstart_core::engine::{Asked, TaskView};
use headstart_core::{Act, Effect, Input};
use serde_json::{Value as Json, json};

use super::{Page, asked, modal, plus, tour, tracked, wake};

/// For so long an answer is waited for.
const PATIENCE: i64 = 10_000;

fn actions() -> Json {
    json!([{"label": "Try it", "callback": "try"}, {"label": "And that", "callback": "more"}])
}

fn page_with_modal() -> Page {
    Page::with(&[plus(modal("news"), "actions", actions())])
}

/// How the buttons of a card stand.
fn buttons(page: &Page, id: &str) -> Vec<Option<Asked>> {
    let card = page.card(id).expect("the card is up");
    card.buttons.iter().map(|button| button.asked).collect()
}

/// An open checklist whose unfolded task asks the host.
fn page_with_list() -> Page {
    let task = |id: &str| {
        json!({"id": id, "title": id, "done_when": {"event": {"name": id}},
            "action": {"label": "Go", "callback": id}})
    };
    let mut page = Page::with(&[json!({
        "id": "list", "version": 1, "kind": "checklist", "title": "Get started",
        "tasks": [task("one"), task("two")]
    })]);
    page.act(Act::Open("list".into()));
    page.act(Act::Toggle("one".into()));
    page
}

fn press(task: &str) -> Act {
    Act::Press {
        content: "list".into(),
        task: Some(task.into()),
        button: 0,
    }
}

fn press_task(page: &mut Page, task: &str) -> Vec<Effect> {
    page.act(press(task))
}

fn tasks(page: &Page) -> Vec<Option<Asked>> {
    let list = page.view().checklist.expect("the list is there");
    let asked = |task: &TaskView| task.action.as_ref().expect("it has one").asked;
    list.tasks.iter().map(asked).collect()
}

fn is_open(page: &Page) -> bool {
    page.view().checklist.expect("the list is there").open
}

#[test]
fn a_button_waits_for_the_host_and_its_card_stays_until_then() {
    let mut page = page_with_modal();
    let effects = page.press("news", 0);
    assert_eq!(asked(&effects), [(1, "action:try".to_owned())]);
    assert_eq!(tracked(&effects), Vec::<String>::new());
    assert_eq!(buttons(&page, "news"), [Some(Asked::Waiting), None]);
}

#[test]
fn once_the_host_has_done_it_the_card_has_done_its_work() {
    for (button, event) in [(0, "Modal Completed"), (1, "Modal Dismissed")] {
        let mut page = page_with_modal();
        let id = page.press_asking("news", button);
        let effects = page.answer(id, true);
        assert_eq!(tracked(&effects), [event]);
        assert_eq!(page.card("news"), None);
    }
}

#[test]
fn a_card_stays_and_says_so_when_the_host_has_failed() {
    let mut page = page_with_modal();
    let id = page.press_asking("news", 1);
    let effects = page.answer(id, false);
    assert_eq!(tracked(&effects), Vec::<String>::new());
    assert_eq!(buttons(&page, "news"), [None, Some(Asked::Failed)]);
}

#[test]
fn a_button_that_waits_asks_no_second_time() {
    let mut page = page_with_modal();
    page.press("news", 0);
    assert_eq!(asked(&page.press("news", 0)), []);
    assert_eq!(buttons(&page, "news"), [Some(Asked::Waiting), None]);
}

#[test]
fn a_button_that_failed_can_be_pressed_again_and_begins_anew() {
    let mut page = page_with_modal();
    let first = page.press_asking("news", 0);
    page.answer(first, false);
    let second = page.press_asking("news", 0);
    assert_eq!(buttons(&page, "news"), [Some(Asked::Waiting), None]);
    page.answer(first, true);
    assert_eq!(
        buttons(&page, "news"),
        [Some(Asked::Waiting), None],
        "that was answered already"
    );
    page.answer(second, true);
    assert_eq!(page.card("news"), None);
}

#[test]
fn what_failed_is_forgotten_as_soon_as_the_user_goes_on() {
    let mut page = page_with_modal();
    let id = page.press_asking("news", 0);
    page.answer(id, false);
    page.press("news", 1);
    assert_eq!(buttons(&page, "news"), [None, Some(Asked::Waiting)]);
}

#[test]
fn what_failed_is_forgotten_on_another_page() {
    let mut page = page_with_modal();
    let id = page.press_asking("news", 0);
    page.answer(id, false);
    page.go("/elsewhere");
    assert_eq!(buttons(&page, "news"), [None, None]);
}

#[test]
fn a_host_that_never_answers_counts_as_one_that_has() {
    let mut page = page_with_modal();
    let effects = page.press("news", 0);
    assert_eq!(wake(&effects), Some(page.now.wall + PATIENCE));
    page.wait(PATIENCE - 1);
    assert_eq!(buttons(&page, "news"), [Some(Asked::Waiting), None]);
    let effects = page.wait(1);
    assert!(tracked(&effects).contains(&"Modal Completed".to_owned()));
    assert_eq!(page.card("news"), None);
}

#[test]
fn an_answer_that_comes_too_late_changes_nothing() {
    let mut page = page_with_list();
    let (id, _) = asked(&press_task(&mut page, "one"))[0].clone();
    page.wait(PATIENCE);
    page.act(Act::Open("list".into()));
    page.answer(id, false);
    assert_eq!(tasks(&page), [None, None]);
}

#[test]
fn the_answer_of_content_that_has_gone_changes_nothing() {
    let mut page = page_with_modal();
    let id = page.press_asking("news", 0);
    page.act(Act::Dismiss("news".into()));
    let effects = page.answer(id, true);
    assert_eq!(tracked(&effects), Vec::<String>::new());
    page.act(Act::Show("news".into()));
    assert_eq!(buttons(&page, "news"), [None, None]);
}

#[test]
fn a_card_that_waits_has_done_its_work_when_something_else_is_to_be_shown() {
    let mut page = Page::with(&[plus(modal("news"), "actions", actions()), modal("other")]);
    page.act(Act::Show("news".into()));
    let id = page.press_asking("news", 0);
    page.pass(1000);
    let effects = page.act(Act::Show("other".into()));
    assert_eq!(tracked(&effects)[0], "Modal Completed");
    assert_eq!(page.up().as_deref(), Some("other"));
    let effects = page.answer(id, true);
    assert_eq!(tracked(&effects), Vec::<String>::new());
}

#[test]
fn a_tour_goes_on_from_the_step_that_asked_and_from_no_other() {
    let mut document = plus(tour(), "steps", json!([]));
    for id in ["one", "two"] {
        let step = json!({"id": id, "title": id, "actions": [
            {"label": "Do it", "callback": "do"}, {"label": "On", "step": "two"}]});
        document["steps"].as_array_mut().expect("steps").push(step);
    }
    let mut page = Page::with(&[document.clone()]);
    let id = page.press_asking("tour", 0);
    page.answer(id, true);
    assert_eq!(page.step().as_deref(), Some("two"));

    let mut page = Page::with(&[document]);
    let id = page.press_asking("tour", 0);
    page.press("tour", 1);
    assert_eq!(buttons(&page, "tour"), [None, None], "it is another button");
    page.answer(id, true);
    assert_eq!(page.step().as_deref(), Some("two"));
}

#[test]
fn the_panel_stays_until_the_host_has_done_what_a_task_asks() {
    let mut page = page_with_list();
    let (id, _) = asked(&press_task(&mut page, "one"))[0].clone();
    assert!(is_open(&page));
    assert_eq!(tasks(&page), [Some(Asked::Waiting), None]);
    page.answer(id, true);
    assert!(!is_open(&page));
    assert_eq!(tasks(&page), [None, None]);
}

#[test]
fn a_task_says_that_the_host_has_failed() {
    let mut page = page_with_list();
    let (id, _) = asked(&press_task(&mut page, "one"))[0].clone();
    page.answer(id, false);
    assert!(is_open(&page));
    assert_eq!(tasks(&page), [Some(Asked::Failed), None]);
}

#[test]
fn the_panel_is_not_taken_from_a_user_who_has_turned_to_another_task() {
    let mut page = page_with_list();
    let (id, _) = asked(&press_task(&mut page, "one"))[0].clone();
    page.act(Act::Toggle("two".into()));
    page.answer(id, true);
    assert!(is_open(&page));
}

#[test]
fn who_presses_another_button_does_not_wait_for_the_first_any_more() {
    let banner = plus(modal("news"), "kind", json!("banner"));
    let mut page = Page::with(&[
        plus(banner, "actions", actions()),
        plus(modal("other"), "actions", actions()),
    ]);
    let first = page.press_asking("news", 0);
    let effects = page.press("other", 0);
    assert_eq!(tracked(&effects), ["Banner Completed"]);
    assert_eq!(buttons(&page, "other"), [Some(Asked::Waiting), None]);
    assert_eq!(page.answer(first, false), []);
    assert_eq!(buttons(&page, "other"), [Some(Asked::Waiting), None]);
}

#[test]
fn a_card_whose_other_button_is_pressed_stays_for_that_ones_answer() {
    let mut page = page_with_modal();
    page.press("news", 0);
    let effects = page.press("news", 1);
    assert_eq!(tracked(&effects), Vec::<String>::new());
    assert_eq!(buttons(&page, "news"), [None, Some(Asked::Waiting)]);
}

#[test]
fn nothing_is_asked_for_somebody_who_is_there_no_more() {
    let mut page = page_with_list();
    let (id, _) = asked(&press_task(&mut page, "one"))[0].clone();
    page.apply(Input::Reset {
        anonymous: "fresh".into(),
    });
    assert_eq!(page.answer(id, false), []);
}

#[test]
fn what_is_shown_while_the_host_is_asked_comes_after_what_the_button_was_pressed_for() {
    let mut page = page_with_modal();
    let id = page.press_asking("news", 0);
    let effects = page.act(Act::Show("news".into()));
    assert_eq!(
        tracked(&effects),
        ["Modal Completed", "Content Recalled", "Modal Shown"]
    );
    page.answer(id, true);
    assert_eq!(buttons(&page, "news"), [None, None]);
}

#[test]
fn a_refusal_while_the_host_is_asked_keeps_away_what_was_sent_away() {
    let mut page = page_with_modal();
    let id = page.press_asking("news", 1);
    page.apply(Input::ConsentDenied);
    page.answer(id, true);
    assert_eq!(page.card("news"), None);
}

#[test]
fn a_panel_that_was_left_and_opened_again_stays_when_the_host_has_done_it() {
    let mut page = page_with_list();
    let (id, _) = asked(&press_task(&mut page, "one"))[0].clone();
    page.act(Act::Minimise);
    page.act(Act::Open("list".into()));
    page.answer(id, true);
    assert!(is_open(&page));
}

#[test]
fn a_panel_that_asks_whether_to_go_stays_when_the_host_has_done_it() {
    let mut page = page_with_list();
    let (id, _) = asked(&press_task(&mut page, "one"))[0].clone();
    page.act(Act::AskDismiss);
    page.answer(id, true);
    assert!(is_open(&page));
}
