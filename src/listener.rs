//! Event listeners that end with their owner.

use std::rc::Rc;

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Event;

use crate::native::Native;
use crate::told::{Told, told};

/// Listens to one kind of event until it is dropped: in the capture phase, so that the page cannot
/// stop what it handles, and passively, so that it never holds up scrolling.
#[derive(Debug)]
pub struct Listener {
    native: Rc<Native>,
    target: JsValue,
    name: &'static str,
    callback: Told,
}

impl Listener {
    /// Calls `callback` with every event called `name` that reaches `target`. It may be called
    /// again while it runs: an action can click a link.
    pub fn new(
        native: &Rc<Native>,
        target: &JsValue,
        name: &'static str,
        callback: impl Fn(Event) + 'static,
    ) -> Self {
        Self::of(native, target, name, Box::new(callback))
    }

    /// Apart, so that there is one copy of this for all callbacks.
    fn of(
        native: &Rc<Native>,
        target: &JsValue,
        name: &'static str,
        callback: Box<dyn Fn(Event)>,
    ) -> Self {
        let callback = told(move |event| callback(event.unchecked_into()));
        native.listen(true, target, name, callback.as_ref());
        Self {
            native: Rc::clone(native),
            target: target.clone(),
            name,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.native
            .listen(false, &self.target, self.name, self.callback.as_ref());
    }
}
