//! The log: the latest events, for the explainer.

use std::cell::RefCell;

use headstart_core::event::property;
use headstart_core::{Body, Message, Value};
use js_sys::{Array, Object};

use crate::native::set;

/// So many are kept.
const MOST: usize = 30;

/// The latest events of this page, latest first, as JavaScript gets them.
#[derive(Debug, Default)]
pub struct Log(RefCell<Vec<Object>>);

impl Log {
    /// Adds what is sent: its name, when (wall milliseconds), and about which content, task or step.
    #[expect(clippy::cast_precision_loss, reason = "dates stay far below 2^53")]
    pub fn add(&self, message: &Message) {
        let Body::Track { event, properties } = &message.body else {
            return;
        };
        let mut about = String::new();
        for name in [property::CONTENT_ID, property::TASK_ID, property::STEP_ID] {
            if let Some(id) = properties.get(name).and_then(Value::as_text) {
                about.push_str(if about.is_empty() { "" } else { " / " });
                about.push_str(id);
            }
        }
        let entry = Object::new();
        set(&entry, "name", &event.as_str().into());
        set(&entry, "at", &(message.at as f64).into());
        set(&entry, "about", &about.into());
        let mut entries = self.0.borrow_mut();
        entries.insert(0, entry);
        entries.truncate(MOST);
    }

    /// The events.
    pub fn events(&self) -> Array {
        let events = Array::new();
        for event in self.0.borrow().iter() {
            events.push(event);
        }
        events
    }
}
