use headstart_core::engine::{ChecklistView, TaskState};
use headstart_core::run::CELEBRATION;
use headstart_core::{Act, Effect, Known, Map, Run};
use serde_json::json;

use super::{Page, START, asked, checklist, notices, tracked};

fn shown(page: &Page) -> ChecklistView {
    page.view().checklist.expect("a checklist is on screen")
}

fn states(page: &Page) -> Vec<TaskState> {
    shown(page)
        .tasks
        .into_iter()
        .map(|task| task.state)
        .collect()
}

#[test]
fn a_checklist_comes_up_small_once_the_page_is_looked_at() {
    let page = Page::with(&[checklist()]);
    let view = shown(&page);
    assert!(!view.open);
    assert_eq!((view.done, view.tasks.len()), (0, 3));
    assert_eq!(
        tracked(&page.effects),
        ["Session Started", "Checklist Shown"]
    );
}

#[test]
fn a_page_in_the_background_shows_nothing() {
    let mut page = Page::new();
    let effects = page.boot(&[checklist()], Known::default());
    assert_eq!(page.view().checklist, None);
    assert_eq!(tracked(&effects), Vec::<String>::new());
}

#[test]
fn being_shown_is_reported_once() {
    let mut page = Page::with(&[checklist()]);
    page.effects.clear();
    page.boot(&[checklist()], Known::default());
    page.go("/elsewhere");
    assert_eq!(tracked(&page.effects), Vec::<String>::new());
}

#[test]
fn opening_it_starts_it_once() {
    let mut page = Page::with(&[checklist()]);
    let effects = page.act(Act::Open("list".into()));
    assert!(shown(&page).open);
    assert_eq!(tracked(&effects), ["Checklist Started"]);
    assert_eq!(notices(&effects), ["started"]);
    page.act(Act::Minimise);
    assert!(!shown(&page).open);
    assert_eq!(
        tracked(&page.act(Act::Open("list".into()))),
        Vec::<String>::new()
    );
}

#[test]
fn a_tracked_event_completes_its_task_and_starts_the_checklist() {
    let mut page = Page::with(&[checklist()]);
    let effects = page.track("Created");
    assert_eq!(
        tracked(&effects),
        ["Created", "Checklist Task Completed", "Checklist Started"]
    );
    assert_eq!(states(&page)[0], TaskState::Done);
    assert_eq!(shown(&page).done, 1);
}

#[test]
fn a_locked_task_names_what_it_waits_for_and_opens_after_it() {
    let mut page = Page::with(&[checklist()]);
    assert_eq!(states(&page)[1], TaskState::Locked(vec!["Create".into()]));
    page.track("Created");
    assert_eq!(states(&page)[1], TaskState::Open);
}

#[test]
fn what_is_done_counts_though_its_task_was_locked() {
    let mut page = Page::with(&[checklist()]);
    page.track("Sent");
    assert_eq!(states(&page)[1], TaskState::Done);
}

#[test]
fn visiting_a_page_completes_its_task_for_good() {
    let mut page = Page::with(&[checklist()]);
    page.go("/team");
    page.go("/elsewhere");
    assert_eq!(states(&page)[2], TaskState::Done);
}

#[test]
fn all_required_tasks_complete_the_checklist_and_activate_the_user() {
    let mut page = Page::with(&[checklist()]);
    page.track("Created");
    let effects = page.track("Sent");
    assert_eq!(
        tracked(&effects),
        [
            "Sent",
            "Checklist Task Completed",
            "Checklist Completed",
            "Activation Reached"
        ]
    );
    assert_eq!(
        notices(&effects),
        ["task_completed", "completed", "activated"]
    );
    assert!(shown(&page).complete);
}

#[test]
fn a_completed_checklist_leaves_after_the_time_to_celebrate() {
    let mut page = Page::with(&[checklist()]);
    page.track("Created");
    let effects = page.track("Sent");
    let wake = START + CELEBRATION + 1;
    assert!(effects.contains(&Effect::WakeAt(wake)), "{effects:?}");
    page.pass(CELEBRATION + 1);
    page.go("/elsewhere");
    assert_eq!(page.view().checklist, None);
}

#[test]
fn a_checklist_that_is_complete_no_longer_asks_whether_to_go() {
    let mut page = Page::with(&[checklist()]);
    page.act(Act::Open("list".into()));
    page.act(Act::AskDismiss);
    page.track("Created");
    assert!(shown(&page).confirming);
    page.track("Sent");
    assert!(shown(&page).complete);
    assert!(!shown(&page).confirming);
}

#[test]
fn dismissing_asks_once_and_then_it_stays_away() {
    let mut page = Page::with(&[checklist()]);
    page.act(Act::Open("list".into()));
    page.act(Act::AskDismiss);
    assert!(shown(&page).confirming);
    page.act(Act::KeepIt);
    assert!(!shown(&page).confirming);
    let effects = page.act(Act::Dismiss("list".into()));
    assert_eq!(tracked(&effects), ["Checklist Dismissed"]);
    assert_eq!(page.view().checklist, None);
    page.boot(&[checklist()], Known::default());
    assert_eq!(page.view().checklist, None);
    assert_eq!(
        tracked(&page.act(Act::Dismiss("list".into()))),
        Vec::<String>::new()
    );
}

#[test]
fn the_host_can_call_a_dismissed_checklist_back() {
    let mut page = Page::with(&[checklist()]);
    page.act(Act::Dismiss("list".into()));
    page.act(Act::Show("list".into()));
    assert!(shown(&page).open);
    page.act(Act::Dismiss("list".into()));
    assert_eq!(page.view().checklist, None);
}

#[test]
fn an_action_goes_to_a_path_a_link_or_the_host() {
    let mut page = Page::with(&[checklist()]);
    let mut press = |task: &str| {
        let task = Some(task.into());
        page.act(Act::Press {
            content: "list".into(),
            task,
            button: 0,
        })
    };
    assert_eq!(press("create"), [Effect::Navigate("/new".into())]);
    assert_eq!(
        press("invite"),
        [Effect::OpenLink("https://example.com/how".into())]
    );
    assert_eq!(press("send"), [], "it is locked");
    page.track("Created");
    let task = Some("send".into());
    let effects = page.act(Act::Press {
        content: "list".into(),
        task,
        button: 0,
    });
    assert_eq!(asked(&effects), [(1, "action:send".to_owned())]);
}

#[test]
fn the_panel_makes_way_for_what_is_to_be_done_on_the_page() {
    for (task, open) in [("create", false), ("invite", true)] {
        let mut page = Page::with(&[checklist()]);
        page.act(Act::Open("list".into()));
        page.act(Act::Press {
            content: "list".into(),
            task: Some(task.into()),
            button: 0,
        });
        assert_eq!(shown(&page).open, open, "{task}");
    }
}

#[test]
fn a_task_unfolds_and_folds() {
    let mut page = Page::with(&[checklist()]);
    page.act(Act::Open("list".into()));
    page.act(Act::Toggle("send".into()));
    assert!(shown(&page).tasks[1].expanded);
    page.act(Act::Toggle("create".into()));
    assert!(!shown(&page).tasks[1].expanded);
    assert!(shown(&page).tasks[0].expanded);
    page.act(Act::Toggle("create".into()));
    assert!(!shown(&page).tasks[0].expanded);
}

#[test]
fn the_host_can_complete_a_task_that_the_list_has() {
    let mut page = Page::with(&[checklist()]);
    let effects = page.act(Act::Complete("list".into(), "create".into()));
    assert_eq!(
        tracked(&effects),
        ["Checklist Task Completed", "Checklist Started"]
    );
    for (content, task) in [
        ("list", "create"),
        ("list", "unheard-of"),
        ("other", "create"),
    ] {
        assert_eq!(page.act(Act::Complete(content.into(), task.into())), []);
    }
}

#[test]
fn what_the_collector_knows_from_elsewhere_arrives_and_the_host_is_told() {
    let mut page = Page::with(&[checklist()]);
    let mut known = Known::default();
    let tasks = Map::from_iter([("create".into(), START - 5)]);
    known.runs.insert(
        "list".into(),
        Run {
            tasks,
            ..Run::default()
        },
    );
    let effects = page.boot(&[checklist()], known);
    assert_eq!(states(&page)[0], TaskState::Done);
    assert_eq!(notices(&effects), ["task_completed"]);
    assert_eq!(
        tracked(&effects),
        Vec::<String>::new(),
        "the collector knows it already"
    );
}

#[test]
fn of_two_checklists_the_one_with_greater_priority_is_shown() {
    let mut urgent = checklist();
    urgent["id"] = json!("urgent");
    urgent["priority"] = json!(5);
    let mut page = Page::with(&[checklist(), urgent]);
    assert_eq!(shown(&page).content.as_str(), "urgent");
    page.act(Act::Dismiss("urgent".into()));
    assert_eq!(shown(&page).content.as_str(), "list");
}

#[test]
fn a_checklist_for_others_is_not_shown_until_the_user_is_one_of_them() {
    let mut list = checklist();
    list["audience"] = json!({"trait": {"name": "plan", "is": {"equals": "trial"}}});
    let mut page = Page::with(&[list]);
    assert_eq!(page.view().checklist, None);
    let traits = Map::from_iter([("plan".to_owned(), "trial".into())]);
    let mut known = Known::default();
    known.traits.set_all(&traits, START);
    page.apply(headstart_core::Input::Learnt(known));
    assert!(page.view().checklist.is_some());
}

#[test]
fn open_state_and_progress_survive_a_reload() {
    let mut page = Page::with(&[checklist()]);
    page.act(Act::Open("list".into()));
    page.act(Act::Toggle("send".into()));
    page.track("Created");
    let start = headstart_core::engine::Start {
        tab: "tab2".into(),
        person: page.engine.person().clone(),
        known: page.engine.known().clone(),
        ui: page.engine.ui().clone(),
        ..headstart_core::engine::Start::default()
    };
    let before = page.view();
    page.engine = headstart_core::Engine::new(start);
    page.signal(headstart_core::session::Signal::Visible(true));
    page.effects.clear();
    page.boot(&[checklist()], Known::default());
    assert_eq!(page.view(), before);
    assert_eq!(tracked(&page.effects), Vec::<String>::new());
}

#[test]
fn calling_back_what_was_sent_away_is_reported_and_what_is_there_is_only_opened() {
    let mut page = Page::with(&[checklist()]);
    assert_eq!(
        tracked(&page.act(Act::Show("list".into()))),
        ["Checklist Started"]
    );
    page.act(Act::Dismiss("list".into()));
    let effects = page.act(Act::Show("list".into()));
    assert_eq!(tracked(&effects), ["Content Recalled"]);
    assert_eq!(notices(&effects), ["recalled"]);
}

#[test]
fn what_the_collector_no_longer_sends_is_asked_for_and_shown_when_it_comes() {
    let mut page = Page::with(&[]);
    let effects = page.act(Act::Show("list".into()));
    assert_eq!(effects, [Effect::Refresh]);
    assert_eq!(page.engine.called(), Some(&"list".into()));
    let mut known = Known::default();
    known.runs.insert(
        "list".into(),
        Run {
            dismissed_at: Some(START - 5),
            ..Run::default()
        },
    );
    page.boot(&[checklist()], known);
    assert!(shown(&page).open);
    assert_eq!(page.engine.called(), None);
}

#[test]
fn what_does_not_exist_is_asked_for_once() {
    let mut page = Page::with(&[checklist()]);
    page.act(Act::Show("unheard-of".into()));
    let effects = page.boot(&[checklist()], Known::default());
    assert_eq!(page.engine.called(), None);
    assert!(!effects.contains(&Effect::Refresh));
}
