//! What is told to those who cannot see it happen: the text of the live region.

use headstart_core::content::{Form, RichText};
use headstart_core::engine::view::{ChecklistView, TaskState, TaskView, View};

use super::words::{Word, say, say_about, say_of};

/// What happened between two views that is worth interrupting for, if anything.
pub(super) fn between(old: &View, new: &View) -> Option<String> {
    let mut sentences = Vec::new();
    if let Some(checklist) = &new.checklist
        && let Some(was) = same(old, checklist)
    {
        for task in newly_done(was, checklist) {
            sentences.push(say_about(Word::TaskDone, &task.title));
        }
        if checklist.complete && !was.complete {
            sentences.push(celebration(checklist));
        } else if !sentences.is_empty() {
            sentences.push(say_of(Word::Count, checklist.done, checklist.tasks.len()));
        }
    }
    for card in &new.cards {
        let was = old
            .cards
            .iter()
            .find(|was| was.content == card.content && was.step == card.step);
        // A dialog is read out by itself, and a hint only when it is opened.
        let speaks = match card.form {
            Form::Modal => false,
            Form::Hint => card.open && was.is_some_and(|was| !was.open),
            _ => was.is_none(),
        };
        if speaks {
            if card.form == Form::Reminder {
                sentences.push(say(Word::Reminder));
            }
            sentences.push(card.title.clone());
            if let Some(body) = &card.body {
                sentences.push(body.text());
            }
        }
    }
    let mut said = String::new();
    for sentence in sentences {
        if !said.is_empty() {
            said.push_str(&say(Word::Stop));
        }
        said.push_str(&sentence);
    }
    (!said.is_empty()).then_some(said)
}

/// The tasks that are done now and were not before.
pub(super) fn newly_done<'a>(was: &ChecklistView, now: &'a ChecklistView) -> Vec<&'a TaskView> {
    let mut tasks = Vec::new();
    for task in &now.tasks {
        let before = was.tasks.iter().find(|before| before.id == task.id);
        if task.state == TaskState::Done
            && before.is_some_and(|before| before.state != TaskState::Done)
        {
            tasks.push(task);
        }
    }
    tasks
}

/// What is said once a checklist is complete.
pub(super) fn celebration(checklist: &ChecklistView) -> String {
    checklist
        .done_message
        .as_ref()
        .map_or_else(|| say(Word::Celebration), RichText::text)
}

/// The same checklist as it was before, if it was there.
pub(super) fn same<'a>(old: &'a View, checklist: &ChecklistView) -> Option<&'a ChecklistView> {
    old.checklist
        .as_ref()
        .filter(|was| was.content == checklist.content)
}
