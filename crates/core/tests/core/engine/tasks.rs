//! Checklists in full: order, weights, skipping, marking, audiences, what follows.

use headstart_core::engine::{ChecklistView, Reason, TaskState, Verdict};
use headstart_core::run::Mark;
use headstart_core::time::{DAY, HOUR};
use headstart_core::{Act, Effect, Input, Known};
use serde_json::{Value as Json, json};

use super::{Page, START, checklist, messages, modal, notices, plus, tracked, wake};

/// A list of tasks `a`, `b`, `c`, each done by the event of its name.
fn list() -> Json {
    let task = |id: &str| json!({"id": id, "title": id.to_uppercase(), "done_when": {"event": {"name": id}}});
    json!({"id": "list", "version": 1, "kind": "checklist", "title": "Begin",
           "tasks": [task("a"), task("b"), task("c")]})
}

fn with(task: usize, field: &str, value: Json) -> Json {
    let mut document = list();
    document["tasks"][task][field] = value;
    document
}

fn view(page: &Page) -> ChecklistView {
    page.view().checklist.expect("a checklist is on screen")
}

fn states(page: &Page) -> Vec<TaskState> {
    let tasks = view(page).tasks.into_iter();
    tasks.map(|task| task.state).collect()
}

fn mark(page: &mut Page, task: &str, mark: Mark) -> Vec<Effect> {
    page.act(Act::Mark("list".into(), task.into(), mark))
}

fn locked(by: &[&str]) -> TaskState {
    TaskState::Locked(by.iter().map(|title| (*title).to_owned()).collect())
}

#[test]
fn in_order_each_task_opens_after_those_before_it() {
    let mut page = Page::with(&[plus(list(), "in_order", json!(true))]);
    assert_eq!(
        states(&page),
        [TaskState::Open, locked(&["A"]), locked(&["A", "B"])]
    );
    page.track("b");
    assert_eq!(
        states(&page),
        [TaskState::Open, TaskState::Done, locked(&["A"])],
        "what is done is done"
    );
    page.track("a");
    assert_eq!(states(&page)[2], TaskState::Open);
}

#[test]
fn a_task_opens_also_when_its_author_says() {
    let mut page = Page::with(&[with(1, "unlock_when", json!({"event": {"name": "Go"}}))]);
    assert_eq!(states(&page)[1], locked(&[]));
    page.track("Go");
    assert_eq!(states(&page)[1], TaskState::Open);
}

#[test]
fn a_task_that_opens_by_time_alone_wakes_for_it() {
    let when = json!({"first_seen": {"at_least": "2d"}});
    let mut page = Page::with(&[with(1, "unlock_when", when)]);
    assert_eq!(wake(&page.effects), Some(START + 2 * DAY));
    page.wait(2 * DAY);
    page.signal(headstart_core::session::Signal::Visible(true));
    assert_eq!(states(&page)[1], TaskState::Open);
}

#[test]
fn progress_is_weighed_and_leaves_out_what_was_skipped() {
    let mut document = with(0, "weight", json!(5));
    document["tasks"][2]["skippable"] = json!(true);
    let mut page = Page::with(&[document]);
    assert_eq!(view(&page).progress, (0, 7));
    page.track("a");
    assert_eq!(view(&page).progress, (5, 7));
    mark(&mut page, "c", Mark::Skipped);
    assert_eq!(view(&page).progress, (5, 6));
}

#[test]
fn what_is_done_already_counts_at_once() {
    let mut known = Known::default();
    let seen = known.sightings.or_default(&"a".into());
    seen.add(START - DAY, "m".into());
    let mut page = Page::new();
    page.signal(headstart_core::session::Signal::Visible(true));
    let effects = page.boot(&[list()], known);
    assert_eq!(view(&page).progress, (1, 3));
    let done = messages(&effects)
        .into_iter()
        .find(|message| message.id.as_str().ends_with("/done/a"));
    assert_eq!(done.expect("it is reported").at, START - DAY);
    assert!(
        !tracked(&effects).contains(&"Checklist Started".to_owned()),
        "it was not done from the list"
    );
}

#[test]
fn a_task_that_may_be_skipped_is_settled_so_and_the_skip_can_be_undone() {
    let mut page = Page::with(&[with(0, "skippable", json!(true))]);
    let task = |page: &Page| view(page).tasks[0].clone();
    assert!(task(&page).can_skip && !task(&page).can_undo);
    let effects = mark(&mut page, "a", Mark::Skipped);
    assert_eq!(tracked(&effects)[0], "Checklist Task Marked");
    assert_eq!(notices(&effects), ["task_skipped"]);
    assert_eq!(task(&page).state, TaskState::Skipped);
    assert!(!task(&page).can_skip && task(&page).can_undo);
    page.pass(1);
    let effects = mark(&mut page, "a", Mark::Open);
    assert_eq!(notices(&effects), ["task_reopened"]);
    assert_eq!(task(&page).state, TaskState::Open);
    page.track("a");
    assert_eq!(task(&page).state, TaskState::Done);
}

#[test]
fn a_task_that_may_be_marked_is_done_so_and_the_mark_can_be_undone() {
    let mut page = Page::with(&[with(0, "markable", json!(true))]);
    let task = |page: &Page| view(page).tasks[0].clone();
    assert!(task(&page).can_mark);
    let effects = mark(&mut page, "a", Mark::Done);
    assert_eq!(tracked(&effects)[0], "Checklist Task Marked");
    assert_eq!(notices(&effects)[0], "task_completed");
    assert_eq!(task(&page).state, TaskState::Done);
    assert!(task(&page).can_undo && !task(&page).can_mark);
    mark(&mut page, "a", Mark::Open);
    assert_eq!(task(&page).state, TaskState::Open);
}

#[test]
fn what_was_done_of_itself_is_neither_marked_nor_undone() {
    let mut document = with(0, "markable", json!(true));
    document["tasks"][0]["skippable"] = json!(true);
    let mut page = Page::with(&[document]);
    page.track("a");
    for wanted in [Mark::Done, Mark::Skipped, Mark::Open] {
        assert_eq!(mark(&mut page, "a", wanted), [], "{wanted:?}");
    }
    assert!(!view(&page).tasks[0].can_undo);
}

#[test]
fn what_its_author_does_not_allow_is_not_marked() {
    let mut page = Page::with(&[list()]);
    let task = view(&page).tasks[0].clone();
    assert!(!task.can_skip && !task.can_mark);
    for wanted in [Mark::Done, Mark::Skipped, Mark::Open] {
        assert_eq!(mark(&mut page, "a", wanted), [], "{wanted:?}");
    }
    assert_eq!(mark(&mut page, "none", Mark::Done), []);
}

#[test]
fn what_is_marked_twice_is_marked_once() {
    let mut page = Page::with(&[with(0, "markable", json!(true))]);
    mark(&mut page, "a", Mark::Done);
    assert_eq!(mark(&mut page, "a", Mark::Done), []);
}

#[test]
fn a_list_is_complete_when_all_is_done_or_skipped_and_not_when_all_is_skipped() {
    let mut document = list();
    for task in 0..3 {
        document["tasks"][task]["skippable"] = json!(true);
    }
    let mut page = Page::with(&[document]);
    for task in ["a", "b", "c"] {
        mark(&mut page, task, Mark::Skipped);
    }
    assert!(!view(&page).complete);
    page.track("b");
    assert!(view(&page).complete);
}

#[test]
fn a_task_that_was_skipped_opens_what_waits_for_it() {
    let mut document = with(0, "skippable", json!(true));
    document["tasks"][1]["after"] = json!(["a"]);
    let mut page = Page::with(&[document]);
    assert_eq!(states(&page)[1], locked(&["A"]));
    mark(&mut page, "a", Mark::Skipped);
    assert_eq!(states(&page)[1], TaskState::Open);
}

#[test]
fn a_task_that_is_not_meant_for_the_user_does_not_count() {
    let mut document = with(0, "audience", json!({"trait": {"name": "admin"}}));
    document["in_order"] = json!(true);
    let mut page = Page::with(&[document]);
    assert_eq!(view(&page).tasks.len(), 2);
    assert_eq!(states(&page)[0], TaskState::Open, "nor does it lock others");
    assert_eq!(view(&page).progress, (0, 2));
    page.track("a");
    page.track("b");
    page.track("c");
    assert!(view(&page).complete);
    assert!(!page.engine.known().run(&"list".into()).is_done(&"a".into()));
}

#[test]
fn a_list_of_which_nothing_is_meant_for_the_user_is_not_shown() {
    let mut document = list();
    for task in 0..3 {
        document["tasks"][task]["audience"] = json!({"first_seen": {"at_least": "1d"}});
    }
    let mut page = Page::with(&[document]);
    assert_eq!(page.verdict("list"), Verdict::Hidden(Reason::Audience));
    assert_eq!(wake(&page.effects), Some(START + DAY));
    page.wait(DAY);
    assert_eq!(page.verdict("list"), Verdict::Shown);
}

#[test]
fn a_task_says_when_it_is_due_while_it_is_open() {
    let mut page = Page::with(&[with(0, "due", json!("2d"))]);
    let due = |page: &Page| view(page).tasks[0].due.map(|due| (due.at, due.over));
    assert_eq!(due(&page), Some((START + 2 * DAY, false)));
    assert_eq!(wake(&page.effects), Some(START + 2 * DAY));
    page.wait(2 * DAY);
    assert_eq!(due(&page), Some((START + 2 * DAY, true)));
    page.track("a");
    assert_eq!(due(&page), None);
}

#[test]
fn a_task_can_start_a_tour_which_the_panel_makes_way_for() {
    let action = json!({"label": "Show me", "start": "tour"});
    let mut page = Page::with(&[
        with(0, "action", action),
        plus(
            super::tour(),
            "trigger",
            json!({"event": {"name": "Never"}}),
        ),
    ]);
    page.appear("#one");
    page.act(Act::Open("list".into()));
    page.act(Act::Press {
        content: "list".into(),
        task: Some("a".into()),
        button: 0,
    });
    assert_eq!(page.up().as_deref(), Some("tour"));
    assert!(!view(&page).open);
}

#[test]
fn a_task_can_open_a_form_that_is_filled_in() {
    let action = json!({"label": "Create", "path": "/new", "fill": {"#name": "Sample"}});
    let mut page = Page::with(&[with(0, "action", action)]);
    let effects = page.act(Act::Press {
        content: "list".into(),
        task: Some("a".into()),
        button: 0,
    });
    assert_eq!(effects[0], Effect::Navigate("/new".into()));
    let filled = Effect::Fill {
        selector: "#name".into(),
        value: "Sample".into(),
    };
    page.go("/new");
    assert!(page.appear("#name").contains(&filled));
}

fn complete(page: &mut Page) -> Vec<Effect> {
    ["a", "b", "c"]
        .iter()
        .flat_map(|task| page.track(task))
        .collect()
}

#[test]
fn a_completed_list_starts_the_guide_that_follows_it() {
    let next = plus(
        modal("next"),
        "trigger",
        json!({"event": {"name": "Never"}}),
    );
    let mut page = Page::with(&[plus(list(), "next", json!("next")), next]);
    let effects = complete(&mut page);
    assert_eq!(page.up().as_deref(), Some("next"));
    assert!(notices(&effects).contains(&"recalled".to_owned()));
    assert!(view(&page).complete, "and is celebrated meanwhile");
}

#[test]
fn a_completed_list_is_celebrated_and_then_makes_way_for_the_list_that_follows_it() {
    let mut after = plus(checklist(), "id", json!("after"));
    after["trigger"] = json!({"event": {"name": "Never"}});
    let mut page = Page::with(&[plus(list(), "next", json!("after")), after]);
    page.act(Act::Open("list".into()));
    complete(&mut page);
    let list = view(&page);
    assert_eq!((list.content.as_str(), list.open), ("list", true));
    page.act(Act::Dismiss("list".into()));
    let after = view(&page);
    assert_eq!((after.content.as_str(), after.open), ("after", false));
}

#[test]
fn what_follows_and_has_not_been_sent_is_asked_for() {
    let mut page = Page::with(&[plus(list(), "next", json!("next"))]);
    let effects = complete(&mut page);
    assert!(effects.contains(&Effect::Refresh));
    assert_eq!(page.engine.called(), Some(&"next".into()));
}

#[test]
fn a_list_that_is_asked_for_comes_up_whatever_its_trigger_and_its_priority() {
    let mut other = plus(checklist(), "id", json!("other"));
    other["trigger"] = json!({"event": {"name": "Never"}});
    other["priority"] = json!(-5);
    let mut page = Page::with(&[list(), other]);
    assert_eq!(page.verdict("other"), Verdict::Hidden(Reason::Trigger));
    page.act(Act::Show("other".into()));
    let shown = view(&page);
    assert_eq!((shown.content.as_str(), shown.open), ("other", true));
}

#[test]
fn a_list_that_is_asked_for_comes_up_though_another_is_being_celebrated() {
    let other = plus(checklist(), "id", json!("other"));
    let mut page = Page::with(&[plus(list(), "priority", json!(5)), other]);
    complete(&mut page);
    assert_eq!(view(&page).content.as_str(), "list");
    page.pass(1_000);
    page.act(Act::Show("other".into()));
    assert_eq!(view(&page).content.as_str(), "other");
}

#[test]
fn the_next_list_by_priority_comes_up_when_one_is_over() {
    let other = plus(checklist(), "id", json!("other"));
    let mut page = Page::with(&[plus(list(), "priority", json!(5)), other]);
    complete(&mut page);
    page.wait(HOUR);
    page.signal(headstart_core::session::Signal::Visible(true));
    assert_eq!(view(&page).content.as_str(), "other");
    assert_eq!(page.verdict("list"), Verdict::Hidden(Reason::Completed));
}

#[test]
fn texts_of_a_list_have_the_users_traits_filled_in() {
    let mut document = plus(list(), "title", json!("Welcome, {{user.name | friend}}"));
    document["description"] = json!([["p", "Plan: {{account.plan | none}}"]]);
    document["tasks"][0]["title"] = json!("Name {{user.name | it}}");
    let mut page = Page::with(&[document]);
    let mut known = Known::default();
    known.traits.set("name", "Ada".into(), 1);
    page.apply(Input::Learnt(known));
    let list = view(&page);
    assert_eq!(list.title, "Welcome, Ada");
    assert_eq!(list.description.expect("it has one").text(), "Plan: none");
    assert_eq!(list.tasks[0].title, "Name Ada");
}
