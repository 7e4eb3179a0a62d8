//! The checklist on stage: what is to be seen of it.

use crate::content::{Content, Meant, Task, fill};
use crate::condition::holds::earlier;
use crate::engine::Engine;
use crate::engine::stage::Circumstances;
use crate::engine::view::{ChecklistView, Due, TaskState, TaskView};
use crate::facts::Facts;
use crate::run::{Mark, Run};
use crate::text::concat;

impl Engine {
    /// The checklist on screen, as of `now` (wall milliseconds).
    pub(super) fn checklist_view(&self, now: i64) -> Option<ChecklistView> {
        let content = self.content(self.stage.checklist()?)?;
        let facts = self.facts(now);
        let list = content.checklist()?;
        let meant = list.meant_for(&facts);
        let run = self.known.run(&content.id);
        let open = self.ui.open.as_ref() == Some(&content.id);
        let tasks: Vec<TaskView> = meant
            .tasks
            .iter()
            .map(|task| TaskView {
                expanded: open && self.ui.expanded.as_ref() == Some(&task.id),
                ..self.task_view(&meant, task, run, &facts)
            })
            .collect();
        let filled = |text: &crate::content::RichText| text.filled(&self.known);
        Some(ChecklistView {
            content: content.id.clone(),
            language: content.language.clone(),
            title: fill(&list.title, &self.known),
            description: list.description.as_ref().map(filled),
            done_message: list.done_message.as_ref().map(filled),
            done: tasks
                .iter()
                .filter(|task| task.state == TaskState::Done)
                .count(),
            progress: meant.progress(run),
            complete: run.completed_at.is_some(),
            open,
            confirming: open && self.ui.confirming,
            tasks,
        })
    }

    fn task_view(&self, list: &Meant<'_>, task: &Task, run: &Run, facts: &Facts<'_>) -> TaskView {
        let state = if run.is_done(&task.id) {
            TaskState::Done
        } else if run.is_skipped(&task.id) {
            TaskState::Skipped
        } else if list.is_open(task, run, facts) {
            TaskState::Open
        } else {
            let waits = list.locked_by(task, run);
            TaskState::Locked(waits.map(|other| fill(&other.title, &self.known)).collect())
        };
        let is_open = state == TaskState::Open;
        let marked = run.marks.get(&task.id).map(|(_, mark)| *mark);
        TaskView {
            id: task.id.clone(),
            title: fill(&task.title, &self.known),
            description: task
                .description
                .as_ref()
                .map(|text| text.filled(&self.known)),
            required: task.required,
            expanded: false,
            action: task
                .action
                .as_ref()
                .map(|action| fill(&action.label, &self.known)),
            due: due(task, run, facts.now).filter(|_| is_open),
            can_skip: is_open && task.skippable,
            can_mark: is_open && task.markable,
            can_undo: match state {
                TaskState::Done => marked == Some(Mark::Done) && !run.tasks.contains_key(&task.id),
                TaskState::Skipped => true,
                TaskState::Open | TaskState::Locked(_) => false,
            },
            state,
        }
    }
}

fn due(task: &Task, run: &Run, now: i64) -> Option<Due> {
    let at = run.shown_at?.saturating_add(task.due?.millis());
    Some(Due {
        at,
        over: now >= at,
    })
}

/// What stands between the ids of a checklist and of its task in the id of the reminder.
pub(super) const DUE: &str = ".due.";

/// Reminders of a checklist's tasks that are due, as content of their own: each comes up when its task
/// [is due](is_due), and again a day after it was sent away.
pub(super) fn reminders(content: &Content) -> Vec<Content> {
    use crate::content::{Delivery, Form, Frequency, Guide, Kind, Step};
    use crate::time::{DAY, Span};

    let mut reminders = Vec::new();
    for task in content.checklist().into_iter().flat_map(|list| &list.tasks) {
        if task.due.is_none() {
            continue;
        }
        reminders.push(Content {
            id: concat(&[content.id.as_str(), DUE, task.id.as_str()]).into(),
            version: content.version,
            audience: None,
            priority: content.priority,
            language: content.language.clone(),
            delivery: Delivery {
                frequency: Frequency::Every(Span::from_millis(DAY)),
                ..Delivery::default()
            },
            next: Some(content.id.clone()),
            kind: Kind::Guide(Guide {
                form: Form::Reminder,
                title: task.title.clone(),
                steps: vec![Step {
                    title: task.title.clone(),
                    ..Step::default()
                }],
            }),
        });
    }
    reminders
}

/// Whether it is time for a reminder: its task has been due since the checklist was shown and is not settled,
/// and the list is not gone.
pub(super) fn is_due(reminder: &Content, now: &Circumstances<'_>, wake: &mut Option<i64>) -> bool {
    let Some(content) = now
        .contents
        .iter()
        .find(|content| Some(&content.id) == reminder.next.as_ref())
    else {
        return false;
    };
    let id = reminder.id.as_str().strip_prefix(content.id.as_str());
    let id = id.and_then(|id| id.strip_prefix(DUE));
    let mut tasks = content.checklist().into_iter().flat_map(|list| &list.tasks);
    let Some(task) = tasks.find(|task| Some(task.id.as_str()) == id) else {
        return false;
    };
    let run = now.facts.known.run(&content.id);
    let Some(due) = due(task, run, now.facts.now) else {
        return false;
    };
    let mut holds = due.over;
    if !due.over {
        *wake = earlier(*wake, Some(due.at));
    }
    for audience in content.audience.iter().chain(&task.audience) {
        let outcome = audience.evaluate(&now.facts);
        *wake = earlier(*wake, outcome.until);
        holds &= outcome.holds;
    }
    holds
        && run.settled_at(&task.id).is_none()
        && run.completed_at.is_none()
        && !run.is_dismissed()
}
