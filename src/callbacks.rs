//! Callbacks: what the host wants to be told of, by name.

use std::cell::RefCell;

use headstart_core::engine::Notice;
use headstart_core::text::concat;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::JsValue;

use crate::console::Console;
use crate::native::set;

/// The names that callbacks can be registered for, besides `action:NAME`.
pub const NAMES: [&str; 13] = [
    "ready",
    "navigate",
    "shown",
    "started",
    "task_completed",
    "completed",
    "activated",
    "dismissed",
    "step",
    "snoozed",
    "recalled",
    "task_skipped",
    "task_reopened",
];

/// The host's callbacks, each with what it was registered for.
#[derive(Debug, Default)]
pub struct Callbacks {
    registered: RefCell<Vec<(String, Function)>>,
}

impl Callbacks {
    /// Registers one more.
    pub fn add(&self, name: &str, callback: Function) {
        let registration = (name.to_owned(), callback);
        self.registered.borrow_mut().push(registration);
    }

    /// Forgets one that was registered for `name`.
    pub fn remove(&self, name: &str, callback: &JsValue) {
        let mut registered = self.registered.borrow_mut();
        registered.retain(|(wanted, one)| wanted != name || !Object::is(one, callback));
    }

    /// Forgets them all.
    pub fn clear(&self) {
        self.registered.borrow_mut().clear();
    }

    /// Tells those who want to know, in the order in which they were registered. What they throw is
    /// the host's: it goes to the console.
    pub fn tell(&self, notice: &Notice, console: &Console) {
        let detail = Object::new();
        set(&detail, "contentId", &notice.content.as_str().into());
        if let Some(task) = &notice.task {
            set(&detail, "taskId", &task.as_str().into());
        }
        let told = self.call(&notice.name, &detail, console);
        if told.is_empty()
            && let Some(action) = notice.name.strip_prefix("action:")
        {
            console.warn(&[
                "a button of `",
                notice.content.as_str(),
                "` wants the callback `",
                action,
                "`, and there is none: register it with headstart('on', 'action:",
                action,
                "', () => …)",
            ]);
        }
    }

    /// Calls those registered for `name`, and answers what they answered; one that threw counts as
    /// having answered nothing.
    pub fn call(&self, name: &str, detail: &JsValue, console: &Console) -> Vec<JsValue> {
        // Before any is called, since a callback may register another.
        let mut callbacks = Vec::new();
        for (wanted, callback) in self.registered.borrow().iter() {
            if wanted == name {
                callbacks.push(callback.clone());
            }
        }
        let mut answers = Vec::new();
        for callback in callbacks {
            answers.push(run(&callback, name, detail, console));
        }
        answers
    }
}

/// Calls one callback; if it throws, it has answered `undefined`.
pub fn run(callback: &Function, name: &str, detail: &JsValue, console: &Console) -> JsValue {
    let args = Array::of1(detail);
    Reflect::apply(callback, &JsValue::UNDEFINED, &args).unwrap_or_else(|error| {
        console.host_error(&concat(&["the callback for `", name, "`"]), &error);
        JsValue::UNDEFINED
    })
}
