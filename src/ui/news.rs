//! What is told to those who cannot see it happen: the text of the live region.

use headstart_core::engine::view::{ChecklistView, TaskState, TaskView, View};

use super::words::Words;

/// What happened between two views that is worth interrupting for, if anything.
pub(super) fn between(old: &View, new: &View, words: &Words) -> Option<String> {
    let mut sentences = Vec::new();
    if let Some(checklist) = &new.checklist {
        let was = same(old, checklist);
        sentences.extend(
            was.into_iter().flat_map(|was| {
                newly_done(was, checklist).map(|task| words.task_done(&task.title))
            }),
        );
        if was.is_some_and(|was| checklist.complete && !was.complete) {
            sentences.push(celebration(checklist, words).to_owned());
        } else if !sentences.is_empty() {
            sentences.push(words.count(checklist.done, checklist.tasks.len()));
        }
    }
    if let Some(tip) = &new.tip
        && old
            .tip
            .as_ref()
            .is_none_or(|was| was.content != tip.content)
    {
        sentences.push(tip.title.clone());
        sentences.extend(tip.body.clone());
    }
    let mut said = String::new();
    for sentence in sentences {
        if !said.is_empty() {
            said.push_str(". ");
        }
        said.push_str(&sentence);
    }
    (!said.is_empty()).then_some(said)
}

/// The tasks that are done now and were not before.
pub(super) fn newly_done<'a>(
    was: &'a ChecklistView,
    now: &'a ChecklistView,
) -> impl Iterator<Item = &'a TaskView> {
    let is_done = |task: &&TaskView| task.state == TaskState::Done;
    now.tasks.iter().filter(is_done).filter(|task| {
        was.tasks
            .iter()
            .any(|before| before.id == task.id && before.state != TaskState::Done)
    })
}

/// What is said once a checklist is complete.
pub(super) fn celebration<'a>(checklist: &'a ChecklistView, words: &'a Words) -> &'a str {
    checklist
        .done_message
        .as_deref()
        .unwrap_or(words.celebration)
}

/// The same checklist as it was before, if it was there.
pub(super) fn same<'a>(old: &'a View, checklist: &ChecklistView) -> Option<&'a ChecklistView> {
    old.checklist
        .as_ref()
        .filter(|was| was.content == checklist.content)
}
