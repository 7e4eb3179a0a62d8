use std::collections::BTreeSet;

use headstart_core::engine::{Check, Reason, Verdict};
use headstart_core::facts::Busy;
use headstart_core::run::CELEBRATION;
use headstart_core::{Act, Known};
use serde_json::json;

use super::{Page, checklist, tip};

#[test]
fn every_piece_of_content_is_explained() {
    let page = Page::with(&[checklist(), tip()]);
    assert_eq!(page.verdict("list"), Verdict::Shown);
    assert_eq!(page.verdict("tip"), Verdict::Hidden(Reason::Trigger));
}

#[test]
fn the_first_reason_is_told_in_the_order_in_which_it_is_decided() {
    let mut document = tip();
    document["audience"] = json!({"trait": {"name": "plan"}});
    let mut page = Page::with(&[document.clone()]);
    assert_eq!(page.verdict("tip"), Verdict::Hidden(Reason::Audience));
    let mut known = Known::default();
    known.traits.set("plan", "pro".into(), 1);
    page.boot(&[document], known);
    assert_eq!(page.verdict("tip"), Verdict::Hidden(Reason::Trigger));
    page.track("Created");
    assert_eq!(
        page.verdict("tip"),
        Verdict::Hidden(Reason::TargetMissing("#templates".into()))
    );
    page.appear("#templates");
    assert_eq!(page.verdict("tip"), Verdict::Shown);
    page.act(Act::Dismiss("tip".into()));
    assert_eq!(page.verdict("tip"), Verdict::Hidden(Reason::Dismissed));
}

#[test]
fn a_completed_checklist_says_so() {
    let mut page = Page::with(&[checklist()]);
    page.track("Created");
    page.track("Sent");
    assert_eq!(page.verdict("list"), Verdict::Shown);
    page.pass(CELEBRATION + 1);
    page.go("/elsewhere");
    assert_eq!(page.verdict("list"), Verdict::Hidden(Reason::Completed));
}

#[test]
fn a_page_that_was_not_looked_at_says_so() {
    let mut page = Page::new();
    page.boot(&[checklist()], Known::default());
    assert_eq!(page.verdict("list"), Verdict::Hidden(Reason::NotLookedAt));
}

#[test]
fn what_conditions_came_to_has_the_shape_in_which_they_were_written() {
    let mut document = tip();
    document["audience"] = json!({"all": [
        {"trait": {"name": "plan"}},
        {"not": {"any": [{"event": {"name": "Created"}}, {"page": {"path": "/"}}]}}
    ]});
    let mut page = Page::with(&[document, checklist()]);
    page.go("/");
    let check = |holds, parts| Check { holds, parts };
    let leaf = |holds| check(holds, vec![]);
    let [tip, list] = &page.engine.explain(page.now)[..] else {
        unreachable!("there are two pieces");
    };
    let any = check(true, vec![leaf(false), leaf(true)]);
    assert_eq!(
        tip.checks.audience,
        Some(check(false, vec![leaf(false), check(false, vec![any])]))
    );
    assert_eq!(tip.checks.trigger, Some(leaf(false)));
    assert_eq!(tip.checks.tasks, []);
    assert_eq!(
        (&list.checks.audience, &list.checks.trigger),
        (&None, &None)
    );
    let tasks = vec![Some(leaf(false)); 3];
    assert_eq!(list.checks.tasks, tasks);
}

#[test]
fn a_task_without_a_condition_has_nothing_to_come_to() {
    let mut document = checklist();
    let task = document["tasks"][0].as_object_mut().unwrap();
    task.remove("done_when");
    let page = Page::with(&[document]);
    let list = &page.engine.explain(page.now)[0];
    assert_eq!(list.checks.tasks[0], None);
    assert!(list.checks.tasks[1].is_some());
}

#[test]
fn every_reason_has_a_word_of_its_own() {
    let all = [
        Reason::Consent,
        Reason::NotLookedAt,
        Reason::Dismissed,
        Reason::Completed,
        Reason::Schedule,
        Reason::Snoozed(1),
        Reason::Audience,
        Reason::Hushed,
        Reason::Trigger,
        Reason::Frequency,
        Reason::Holdout,
        Reason::Busy(Busy::Typing),
        Reason::SessionLimit,
        Reason::DayLimit,
        Reason::Quiet(1),
        Reason::Page,
        Reason::TargetMissing("#a".into()),
        Reason::LowerPriority("a".into()),
    ];
    let words: BTreeSet<_> = all.iter().map(Reason::code).collect();
    assert_eq!(words.len(), all.len());
}
