//! What every drawing function needs besides the thing it draws.

use headstart_core::{Act, TaskId};
use yew::{Callback, KeyboardEvent, MouseEvent};

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
    /// A handler of clicks that does one thing.
    pub(super) fn does(&self, act: Act) -> Callback<MouseEvent> {
        let emit = self.act.clone();
        Callback::from(move |_| emit.emit(act.clone()))
    }

    /// A handler of keys: what Escape does here, if anything. The keys that work our buttons are
    /// kept from the page, which may have shortcuts on them.
    pub(super) fn keys(&self, escape: Option<Act>) -> Callback<KeyboardEvent> {
        let emit = self.act.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Escape" => {
                if let Some(act) = &escape {
                    event.prevent_default();
                    event.stop_propagation();
                    emit.emit(act.clone());
                }
            }
            "Enter" | " " => event.stop_propagation(),
            _ => {}
        })
    }
}
