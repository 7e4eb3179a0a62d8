//! What is on screen.

use crate::content::{Form, RichText, Side, Spotlight};
use crate::engine::input::Act;
use crate::id::{ContentId, Selector, StepId, TaskId};

/// Exactly what is on screen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The checklist: its launcher, and its panel if it is open.
    pub checklist: Option<ChecklistView>,
    /// The cards: tips, the step of a tour, banners, modals. At most one of them
    /// [interrupts](Form::interrupts).
    pub cards: Vec<CardView>,
    /// Whether the user has said that they want no more tips and tours.
    pub hushed: bool,
}

impl View {
    /// The card that has the user's attention.
    pub fn interruption(&self) -> Option<&CardView> {
        self.cards.iter().find(|card| card.form.interrupts())
    }
}

/// A checklist on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChecklistView {
    /// Which content.
    pub content: ContentId,
    /// The language of its texts, as a tag, if its author says.
    pub language: Option<String>,
    /// Its heading.
    pub title: String,
    /// The line below it.
    pub description: Option<RichText>,
    /// What is said once it is complete.
    pub done_message: Option<RichText>,
    /// The tasks, in order.
    pub tasks: Vec<TaskView>,
    /// How many of them are done.
    pub done: usize,
    /// How much of it is done, and out of how much.
    pub progress: (u32, u32),
    /// Whether all that must be done is done.
    pub complete: bool,
    /// Whether the panel is open.
    pub open: bool,
    /// Whether it is asking if it should go.
    pub confirming: bool,
}

/// A task on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a thing of its own to be seen"
)]
pub struct TaskView {
    /// Which task.
    pub id: TaskId,
    /// What to do.
    pub title: String,
    /// How and why.
    pub description: Option<RichText>,
    /// Whether the checklist is complete only with it.
    pub required: bool,
    /// How it stands.
    pub state: TaskState,
    /// Whether it is unfolded.
    pub expanded: bool,
    /// Its button, if it has one.
    pub action: Option<ButtonView>,
    /// When it is due, wall milliseconds, if it is and is still to be done.
    pub due: Option<Due>,
    /// Whether the user may leave it out.
    pub can_skip: bool,
    /// Whether the user may mark it as done.
    pub can_mark: bool,
    /// Whether the user may undo what they marked it as.
    pub can_undo: bool,
}

/// When a task is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The moment, wall milliseconds.
    pub at: i64,
    /// Whether it is past.
    pub over: bool,
}

/// How a task stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// To be done.
    Open,
    /// Done.
    Done,
    /// Left out by the user.
    Skipped,
    /// Waiting: for others, with their titles, or for what its author says.
    Locked(Vec<String>),
}

/// A card on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardView {
    /// Which content.
    pub content: ContentId,
    /// The language of its texts, as a tag, if its author says.
    pub language: Option<String>,
    /// Which step of it; empty where there are none.
    pub step: StepId,
    /// What it looks like.
    pub form: Form,
    /// Its place among the steps of a tour, counted from 1, and how many there are.
    pub place: Option<(usize, usize)>,
    /// The element it points at; without it, it is in the middle of the screen.
    pub target: Option<Selector>,
    /// On which side of the element it should be.
    pub side: Option<Side>,
    /// Whether all but the element is dimmed.
    pub spotlight: Option<Spotlight>,
    /// Its heading.
    pub title: String,
    /// What it says.
    pub body: Option<RichText>,
    /// Its buttons, the main one first.
    pub buttons: Vec<ButtonView>,
    /// Whether one can go back.
    pub can_go_back: bool,
    /// Of a hint, whether it is open.
    pub open: bool,
    /// Of what came by itself, whether the user may put it off.
    pub can_snooze: bool,
}

/// A button on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ButtonView {
    /// What it says.
    pub label: Label,
    /// What it does.
    pub act: Act,
    /// How it stands, if it asks the host and was pressed.
    pub asked: Option<Asked>,
}

/// How a button stands of which the host is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The host has not answered yet.
    Waiting,
    /// The host has not done it.
    Failed,
}

/// What a button says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// What the author wrote.
    Text(String),
    /// That it goes on.
    Next,
    /// That this was the last.
    Done,
    /// That it shows what is to be done.
    ShowMe,
}

impl CardView {
    /// Whether the page is scrolled to its element: it is a step of a tour, or the user asked for it. What
    /// came by itself does not take the user's page from under them, and a hint waits to be found.
    pub fn is_scrolled_to(&self) -> bool {
        self.form == Form::Tour || (self.form != Form::Hint && !self.can_snooze)
    }
}
