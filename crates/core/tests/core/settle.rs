use headstart_core::content::Form;
use headstart_core::run::Mark;
use headstart_core::settle::{Milestone, Reached, Showing, Surroundings, is_milestone_of, settle};
use headstart_core::{Content, Known, Run};
use serde_json::json;

fn checklist() -> Content {
    serde_json::from_value(json!({
        "id": "list", "version": 2, "kind": "checklist", "title": "Get started", "activation": true,
        "audience": {"trait": {"name": "plan", "is": {"equals": "trial"}}},
        "tasks": [
            {"id": "a", "title": "A", "done_when": {"event": {"name": "A"}}},
            {"id": "b", "title": "B", "done_when": {"content": {"id": "list", "is": {"task_done": "a"}}}},
            {"id": "c", "title": "C", "required": false, "done_when": {"event": {"name": "C"}}},
            {"id": "d", "title": "D", "required": false, "action": {"label": "Go", "callback": "d"}}
        ]
    }))
    .unwrap()
}

fn on_trial() -> Known {
    let mut known = Known::default();
    known.traits.set("plan", "trial".into(), 0);
    known
}

fn see(known: &mut Known, event: &str, at: i64) {
    known
        .sightings
        .or_default(&event.into())
        .add(at, event.into());
}

fn reached(known: &mut Known, now: i64) -> Vec<(Reached, i64)> {
    let settled = settle(&[checklist()], known, &Surroundings::none("user-1"), now);
    settled
        .milestones
        .into_iter()
        .map(|milestone| (milestone.what, milestone.at))
        .collect()
}

#[test]
fn a_task_is_done_when_its_condition_first_held_not_when_someone_looked() {
    let mut known = on_trial();
    see(&mut known, "C", 40);
    assert_eq!(
        reached(&mut known, 100),
        [(Reached::TaskDone("c".into()), 40)]
    );
    assert_eq!(known.run(&"list".into()).tasks.get("c"), Some(&40));
}

#[test]
fn what_one_task_brings_about_is_settled_in_the_same_go() {
    let mut known = on_trial();
    see(&mut known, "A", 40);
    assert_eq!(
        reached(&mut known, 100),
        [
            (Reached::TaskDone("a".into()), 40),
            (Reached::TaskDone("b".into()), 100),
            (Reached::Completed { again: false }, 100),
            (Reached::Activated, 100),
        ]
    );
}

#[test]
fn settling_again_brings_nothing_new() {
    let mut known = on_trial();
    see(&mut known, "A", 40);
    reached(&mut known, 100);
    assert_eq!(reached(&mut known, 200), []);
}

#[test]
fn a_checklist_meant_for_others_does_not_settle() {
    let mut known = Known::default();
    see(&mut known, "A", 40);
    assert_eq!(reached(&mut known, 100), []);
    assert!(known.runs.is_empty());
}

#[test]
fn optional_tasks_can_be_done_after_completion() {
    let mut known = on_trial();
    see(&mut known, "A", 40);
    reached(&mut known, 100);
    see(&mut known, "C", 150);
    assert_eq!(
        reached(&mut known, 200),
        [(Reached::TaskDone("c".into()), 150)]
    );
}

#[test]
fn the_collector_and_the_browser_report_a_milestone_under_the_same_message_id() {
    let ids = || {
        let mut known = on_trial();
        see(&mut known, "A", 40);
        let settled = settle(
            &[checklist()],
            &mut known,
            &Surroundings::none("user-1"),
            100,
        );
        let events: Vec<_> = settled
            .milestones
            .iter()
            .map(|milestone| milestone.event("user-1", None))
            .collect();
        events
            .into_iter()
            .map(|event| event.message_id.0)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        ids(),
        [
            "user-1/list/done/a",
            "user-1/list/done/b",
            "user-1/list/completed",
            "user-1/list/activated"
        ]
    );
    assert_eq!(ids(), ids());
}

#[test]
fn every_milestone_is_reported_with_content_version_task_and_session() {
    let events = milestones().into_iter().map(|milestone| {
        let event = milestone.event("user-1", Some("session-1"));
        let properties = headstart_core::json::to_text(&event.properties.into());
        format!("{} | {} | {properties}", event.message_id, event.name)
    });
    insta::assert_snapshot!(events.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_checklist_that_was_shown_is_taken_up_by_the_first_task_done_after_it() {
    let mut known = on_trial();
    let shown = Run {
        shown_at: Some(50),
        ..Run::default()
    };
    known.runs.insert("list".into(), shown);
    see(&mut known, "C", 40);
    assert_eq!(
        reached(&mut known, 100),
        [(Reached::TaskDone("c".into()), 40)]
    );
    see(&mut known, "A", 60);
    assert!(reached(&mut known, 100).contains(&(Reached::Started, 60)));
}

/// One of each kind.
fn milestones() -> Vec<Milestone> {
    let whats = [
        (Showing::Checklist, Reached::Shown { again: false }),
        (Showing::Tip, Reached::Shown { again: false }),
        (Showing::Tip, Reached::Shown { again: true }),
        (Showing::Tour, Reached::Shown { again: false }),
        (Showing::Banner, Reached::Shown { again: false }),
        (Showing::Modal, Reached::Shown { again: false }),
        (Showing::Checklist, Reached::Started),
        (Showing::Checklist, Reached::TaskDone("a".into())),
        (
            Showing::Checklist,
            Reached::Marked("a".into(), Mark::Skipped),
        ),
        (Showing::Tour, Reached::Step("welcome".into())),
        (Showing::Checklist, Reached::Completed { again: false }),
        (Showing::Tip, Reached::Completed { again: false }),
        (Showing::Tour, Reached::Completed { again: true }),
        (Showing::Banner, Reached::Completed { again: false }),
        (Showing::Modal, Reached::Completed { again: false }),
        (Showing::Checklist, Reached::Activated),
        (Showing::Checklist, Reached::Dismissed),
        (Showing::Tip, Reached::Dismissed),
        (Showing::Tour, Reached::Dismissed),
        (Showing::Banner, Reached::Dismissed),
        (Showing::Modal, Reached::Dismissed),
        (Showing::Tour, Reached::Snoozed(86_400_007)),
        (Showing::Tour, Reached::Snoozed(i64::MAX)),
        (Showing::Modal, Reached::Withheld),
        (Showing::Modal, Reached::Recalled),
    ];
    let of = |(showing, what)| Milestone {
        content: "list".into(),
        version: 2,
        what,
        at: 40,
        showing,
        form: (showing == Showing::Tip).then_some(Form::Hint),
        interrupts: showing == Showing::Tour,
    };
    whats.into_iter().map(of).collect()
}

#[test]
fn a_milestones_message_id_is_known_to_be_its_own() {
    for milestone in milestones() {
        for person in ["user-1", "team/user-1", ""] {
            let event = milestone.event(person, Some("session-1"));
            let id = event.message_id.as_str();
            assert!(
                is_milestone_of(person, id, &event.name, &event.properties),
                "{id}"
            );
        }
    }
}

#[test]
fn a_message_id_made_of_another_person_content_task_or_event_is_not_a_milestones_own() {
    let events: Vec<_> = milestones()
        .iter()
        .map(|milestone| milestone.event("user-1", None))
        .collect();
    for event in &events {
        let id = event.message_id.as_str();
        let own = |person: &str, id: &str, name: &str, field: &str, value: &str| {
            let mut properties = event.properties.clone();
            properties.insert(field.to_owned(), value.into());
            is_milestone_of(person, id, name, &properties)
        };
        let name = &event.name;
        assert!(!own("user-2", id, name, "x", "y"), "{id}");
        assert!(!own("user", id, name, "x", "y"), "{id}");
        assert!(!own("user-1", id, name, "content_id", "other"), "{id}");
        assert!(!own("user-1", id, "Invoice Created", "x", "y"), "{id}");
        assert!(!own("user-1", &format!("{id}x"), name, "x", "y"), "{id}");
        if id.contains("/done/") {
            assert!(!own("user-1", id, name, "task_id", "b"), "{id}");
        }
    }
    assert!(!is_milestone_of(
        "user-1",
        "user-1/list/shown",
        "Checklist Shown",
        &headstart_core::Properties::new()
    ));
}
