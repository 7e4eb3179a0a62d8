//! The checklist on stage: what is to be seen of it.

use crate::content::{Content, Delivery, Form, Frequency, Guide, Kind, Meant, Step, Task, fill};
use crate::engine::Engine;
use crate::engine::stage::Circumstances;
use crate::engine::view::{ChecklistView, Due, TaskState, TaskView};
use crate::facts::Facts;
use crate::id::ContentId;
use crate::run::{Mark, Run};
use crate::text::concat;
use crate::time::{DAY, Span, hasten};

impl Engine {
    /// The checklist on screen.
    pub(super) fn checklist_view(&self) -> Option<ChecklistView> {
        let content = self.content(self.stage.checklist()?)?;
        let facts = self.facts();
        let list = content.checklist()?;
        let meant = list.meant_for(&facts);
        let run = self.known.run(&content.id);
        let open = self.ui.open.as_ref() == Some(&content.id);
        let mut tasks = Vec::new();
        let mut done = 0;
        for task in &meant.tasks {
            let mut view = self.task_view(&content.id, &meant, task, run, &facts);
            view.expanded = open && self.ui.expanded.as_ref() == Some(&task.id);
            done += usize::from(view.state == TaskState::Done);
            tasks.push(view);
        }
        let filled = |text: &crate::content::RichText| text.filled(&self.known);
        Some(ChecklistView {
            content: content.id.clone(),
            language: content.language.clone(),
            title: fill(&list.title, &self.known),
            description: list.description.as_ref().map(filled),
            done_message: list.done_message.as_ref().map(filled),
            done,
            progress: meant.progress(run),
            complete: run.completed_at.is_some(),
            open,
            confirming: open && self.ui.confirming && run.completed_at.is_none(),
            tasks,
        })
    }

    fn task_view(
        &self,
        content: &ContentId,
        list: &Meant<'_>,
        task: &Task,
        run: &Run,
        facts: &Facts<'_>,
    ) -> TaskView {
        let state = if run.is_done(&task.id) {
            TaskState::Done
        } else if run.is_skipped(&task.id) {
            TaskState::Skipped
        } else if list.is_open(task, run, facts) {
            TaskState::Open
        } else {
            let mut waits = Vec::new();
            for other in list.locked_by(task, run) {
                waits.push(fill(&other.title, &self.known));
            }
            TaskState::Locked(waits)
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
                .map(|action| self.button(content, Some(&task.id), 0, action)),
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

/// Adds reminders of the checklists' tasks that are due, as content of their own: each comes up when its task
/// [is due](is_due), and again a day after it was sent away.
pub(super) fn add_reminders(contents: &mut Vec<Content>) {
    let mut reminders = Vec::new();
    for content in contents.iter() {
        for task in tasks_of(content).iter().filter(|task| task.due.is_some()) {
            reminders.push(reminder(content, task));
        }
    }
    contents.append(&mut reminders);
}

fn reminder(content: &Content, task: &Task) -> Content {
    Content {
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
    }
}

fn tasks_of(content: &Content) -> &[Task] {
    content.checklist().map_or(&[], |list| &list.tasks)
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
    let Some(task) = tasks_of(content)
        .iter()
        .find(|task| Some(task.id.as_str()) == id)
    else {
        return false;
    };
    let run = now.facts.known.run(&content.id);
    let Some(due) = due(task, run, now.facts.now) else {
        return false;
    };
    let mut holds = due.over;
    if !due.over {
        hasten(wake, Some(due.at));
    }
    for audience in [&content.audience, &task.audience] {
        let Some(audience) = audience else { continue };
        let outcome = audience.evaluate(&now.facts);
        hasten(wake, outcome.until);
        holds &= outcome.holds;
    }
    holds && run.settled_at(&task.id).is_none() && run.completed_at.is_none() && !run.is_dismissed()
}
