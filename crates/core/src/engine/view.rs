//! What is on screen.

use crate::id::{ContentId, Selector, TaskId};

/// Exactly what is on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The checklist: its launcher, and its panel if it is open.
    pub checklist: Option<ChecklistView>,
    /// The tip.
    pub tip: Option<TipView>,
}

/// A checklist on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistView {
    /// Which content.
    pub content: ContentId,
    /// Its heading.
    pub title: String,
    /// The line below it.
    pub description: Option<String>,
    /// What is said once it is complete.
    pub done_message: Option<String>,
    /// The tasks, in order.
    pub tasks: Vec<TaskView>,
    /// How many of them are done.
    pub done: usize,
    /// Whether all that must be done is done.
    pub complete: bool,
    /// Whether the panel is open.
    pub open: bool,
    /// Whether it is asking if it should go.
    pub confirming: bool,
}

/// A task on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskView {
    /// Which task.
    pub id: TaskId,
    /// What to do.
    pub title: String,
    /// How and why.
    pub description: Option<String>,
    /// Whether the checklist is complete only with it.
    pub required: bool,
    /// How it stands.
    pub state: TaskState,
    /// Whether it is unfolded.
    pub expanded: bool,
    /// What its button says, if it has one.
    pub action: Option<String>,
}

/// How a task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// To be done.
    Open,
    /// Done.
    Done,
    /// Waiting for others: their titles.
    Locked(Vec<String>),
}

/// A tip on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TipView {
    /// Which content.
    pub content: ContentId,
    /// The element it points at.
    pub target: Selector,
    /// Its heading.
    pub title: String,
    /// A sentence or two.
    pub body: Option<String>,
    /// What its button says, if it has one.
    pub action: Option<String>,
}
