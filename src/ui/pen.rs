//! What every drawing function needs besides the thing it draws.

use headstart_core::{Act, TaskId};
use yew::Callback;

use super::draw::Drawing;

/// What every drawing function needs besides the thing it draws.
pub(super) struct Pen<'a> {
    /// What the user does goes here.
    pub act: &'a Callback<Act>,
    /// The tasks that were done since the panel was last closed.
    pub fresh: &'a [TaskId],
    /// Whether the user wants no more tips and tours.
    pub hushed: bool,
    /// Whether the user wants little motion.
    pub calm: bool,
}

impl Pen<'_> {
    /// Begins to draw a template, as [`draw!`](super::template::draw) has it; an empty one has what is filled in
    /// follow each other.
    pub(super) fn draw(&self, template: &'static str) -> Drawing {
        Drawing::new(self.act, template)
    }
}
