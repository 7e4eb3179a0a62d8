//! Checklists and their tasks.

use serde::Serialize;

use crate::condition::Condition;
use crate::content::{Action, RichText};
use crate::facts::Facts;
use crate::id::TaskId;
use crate::run::Run;
use crate::time::Span;

/// A list of tasks with progress.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checklist {
    /// What the launcher and the panel are headed with.
    pub title: String,
    /// A line below the title.
    pub description: Option<RichText>,
    /// Whether completing it is what "activated" means.
    pub activation: bool,
    /// What is said when all required tasks are done.
    pub done_message: Option<RichText>,
    /// Whether each task opens only after the one before it.
    pub in_order: bool,
    /// The tasks, in the order shown.
    pub tasks: Vec<Task>,
}

/// One task of a checklist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Task {
    /// Its id, unique in the checklist and stable across versions.
    pub id: TaskId,
    /// What to do, in a few words.
    pub title: String,
    /// How and why, in a sentence or two.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<RichText>,
    /// Whom it is for; without it, everyone. A task that is not meant for a user does not count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Condition>,
    /// Whether the checklist is complete only with it.
    #[serde(skip_serializing_if = "is_yes")]
    #[cfg_attr(feature = "schema", schemars(default = "yes"))]
    pub required: bool,
    /// Whether the user may leave it out; the checklist is then complete without it.
    #[serde(default, skip_serializing_if = "is_no")]
    pub skippable: bool,
    /// How much of the progress it is, beside the others. From 1 to 100.
    #[serde(skip_serializing_if = "is_one")]
    #[cfg_attr(feature = "schema", schemars(default = "one"))]
    pub weight: u32,
    /// When it is done; without it, only when the host calls `complete`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_when: Option<Condition>,
    /// Whether the user may mark it as done, and undo that.
    #[serde(default, skip_serializing_if = "is_no")]
    pub markable: bool,
    /// What its button does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Ids of tasks that must be done before this one is open to the user. A condition that holds
    /// counts all the same: what is done is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<TaskId>,
    /// When it opens to the user, besides; what is done before counts all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unlock_when: Option<Condition>,
    /// How long after the checklist was first shown it is due. From then on a reminder comes up until it
    /// is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Span>,
}

impl Default for Task {
    /// Where the author says nothing else: required, and as much as any other.
    fn default() -> Self {
        Self {
            id: TaskId::default(),
            title: String::new(),
            description: None,
            audience: None,
            required: true,
            skippable: false,
            weight: 1,
            done_when: None,
            markable: false,
            action: None,
            after: Vec::new(),
            unlock_when: None,
            due: None,
        }
    }
}

impl Checklist {
    /// Those of its tasks that are meant for this user: the others do not count.
    pub fn meant_for(&self, facts: &Facts<'_>) -> Meant<'_> {
        let mut tasks = Vec::new();
        for task in &self.tasks {
            let audience = task.audience.as_ref();
            if audience.is_none_or(|audience| audience.holds(facts)) {
                tasks.push(task);
            }
        }
        Meant {
            tasks,
            in_order: self.in_order,
        }
    }

    /// The task of that id.
    pub fn task(&self, id: &TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == *id)
    }
}

/// The tasks of a checklist that are meant for a user.
#[derive(Debug)]
pub struct Meant<'a> {
    /// They, in the order shown.
    pub tasks: Vec<&'a Task>,
    in_order: bool,
}

impl<'a> Meant<'a> {
    /// The task of that id.
    pub fn task(&self, id: &TaskId) -> Option<&'a Task> {
        self.tasks.iter().copied().find(|task| task.id == *id)
    }

    /// When the last of the counted tasks was done or skipped, wall milliseconds: all required tasks, or if
    /// there are none all; `None` while one is neither, or none was done.
    pub fn completed_at(&self, run: &Run) -> Option<i64> {
        self.counted().find(|task| run.is_done(&task.id))?;
        let mut last = None;
        for task in self.counted() {
            last = last.max(Some(run.settled_at(&task.id)?));
        }
        last
    }

    /// How much of it is done, and out of how much: the sums of the weights. What was skipped counts
    /// in neither.
    pub fn progress(&self, run: &Run) -> (u32, u32) {
        let mut progress = (0u32, 0u32);
        for task in self.tasks.iter().filter(|task| !run.is_skipped(&task.id)) {
            progress.1 = progress.1.saturating_add(task.weight);
            if run.is_done(&task.id) {
                progress.0 = progress.0.saturating_add(task.weight);
            }
        }
        progress
    }

    /// The tasks that are still to be done or skipped before this one opens: those that it names, and in
    /// a checklist that is gone through in order all that come before it.
    pub fn locked_by<'b>(&'b self, task: &'b Task, run: &'b Run) -> impl Iterator<Item = &'b Task> {
        let mut before = self.in_order;
        self.tasks.iter().copied().filter(move |other| {
            before &= other.id != task.id;
            (before || task.after.contains(&other.id)) && run.settled_at(&other.id).is_none()
        })
    }

    /// Whether the user can do this task now.
    pub fn is_open(&self, task: &Task, run: &Run, facts: &Facts<'_>) -> bool {
        run.settled_at(&task.id).is_none()
            && self.locked_by(task, run).next().is_none()
            && task
                .unlock_when
                .as_ref()
                .is_none_or(|when| when.holds(facts))
    }

    /// What is to be done next: the `preferred` task if it can be done now, else the first that can,
    /// those that count for completion before those that do not.
    pub fn next_task(
        &self,
        run: &Run,
        facts: &Facts<'_>,
        preferred: Option<&TaskId>,
    ) -> Option<&'a Task> {
        let can_be_done = |task: &&Task| self.is_open(task, run, facts);
        preferred
            .and_then(|id| self.task(id))
            .filter(can_be_done)
            .or_else(|| self.counted().find(can_be_done))
            .or_else(|| self.tasks.iter().copied().find(can_be_done))
    }

    fn counted(&self) -> impl Iterator<Item = &'a Task> {
        let any_required = self.tasks.iter().any(|task| task.required);
        self.tasks
            .iter()
            .copied()
            .filter(move |task| task.required || !any_required)
    }
}

#[cfg(feature = "schema")]
fn yes() -> bool {
    true
}

#[cfg(feature = "schema")]
fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_yes(required: &bool) -> bool {
    *required
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_no(flag: &bool) -> bool {
    !*flag
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_one(weight: &u32) -> bool {
    *weight == 1
}
