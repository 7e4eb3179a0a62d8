//! Checklists and their tasks.

use serde::Serialize;

use crate::condition::Condition;
use crate::id::TaskId;
use crate::run::Run;

/// A list of tasks with progress.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checklist {
    /// What the launcher and the panel are headed with.
    pub title: String,
    /// A line below the title.
    pub description: Option<String>,
    /// Whether completing it is what "activated" means.
    pub activation: bool,
    /// What is said when all required tasks are done.
    pub done_message: Option<String>,
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
    pub description: Option<String>,
    /// Whether the checklist is complete only with it.
    #[serde(skip_serializing_if = "is_yes")]
    #[cfg_attr(feature = "schema", schemars(default = "yes"))]
    pub required: bool,
    /// When it is done; without it, only when the host calls `complete`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_when: Option<Condition>,
    /// What its button does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Ids of tasks that must be done before this one is open to the user. A condition that holds
    /// counts all the same: what is done is done.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<TaskId>,
}

/// A button that takes the user there. Exactly one of `path`, `link` and `callback`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Action {
    /// What the button says.
    pub label: String,
    /// A path of the host application, beginning with `/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// An address to open in a new tab: `https:`, `http:` or `mailto:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The name of a callback that the host registers with `headstart('on', 'action:NAME', …)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<String>,
}

/// Where an action leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionTarget<'a> {
    /// To a path of the host application.
    Path(&'a str),
    /// To another address, in a new tab.
    Link(&'a str),
    /// To the host's own callback.
    Callback(&'a str),
}

impl Action {
    /// Where it leads; `None` if it says nothing, or several things at once.
    pub fn target(&self) -> Option<ActionTarget<'_>> {
        match (&self.path, &self.link, &self.callback) {
            (Some(path), None, None) => Some(ActionTarget::Path(path)),
            (None, Some(link), None) => Some(ActionTarget::Link(link)),
            (None, None, Some(callback)) => Some(ActionTarget::Callback(callback)),
            _ => None,
        }
    }
}

impl Checklist {
    /// The task of that id.
    pub fn task(&self, id: &TaskId) -> Option<&Task> {
        self.tasks.iter().find(|task| task.id == *id)
    }

    /// Whether all required tasks are done. A checklist of optional tasks only is complete when all
    /// of them are done.
    pub fn is_complete(&self, run: &Run) -> bool {
        self.counted().all(|task| run.is_done(&task.id))
    }

    /// When the last of the counted tasks was done, wall milliseconds; `None` while one is not.
    pub fn completed_at(&self, run: &Run) -> Option<i64> {
        let times: Option<Vec<i64>> = self
            .counted()
            .map(|task| run.tasks.get(&task.id).copied())
            .collect();
        times?.into_iter().max()
    }

    /// The tasks that are still to be done before this one opens.
    pub fn locked_by<'a>(&'a self, task: &'a Task, run: &'a Run) -> impl Iterator<Item = &'a Task> {
        task.after
            .iter()
            .filter(|id| !run.is_done(id))
            .filter_map(|id| self.task(id))
    }

    /// What is to be done next: the `preferred` task if it can be done now, else the first that can,
    /// those that count for completion before those that do not.
    pub fn next_task(&self, run: &Run, preferred: Option<&TaskId>) -> Option<&Task> {
        let can_be_done =
            |task: &&Task| !run.is_done(&task.id) && self.locked_by(task, run).next().is_none();
        preferred
            .and_then(|id| self.task(id))
            .filter(can_be_done)
            .or_else(|| self.counted().find(can_be_done))
            .or_else(|| self.tasks.iter().find(can_be_done))
    }

    fn counted(&self) -> impl Iterator<Item = &Task> {
        let any_required = self.tasks.iter().any(|task| task.required);
        self.tasks
            .iter()
            .filter(move |task| task.required || !any_required)
    }
}

#[cfg(feature = "schema")]
fn yes() -> bool {
    true
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_yes(required: &bool) -> bool {
    *required
}
