//! The log: the latest events, for the explainer.

use std::cell::RefCell;
use std::collections::VecDeque;

use headstart_core::event::property;
use headstart_core::{Body, Message, Value};
use js_sys::{Array, Object};

use crate::native::set;

/// So many are kept.
const MOST: usize = 30;

/// The latest events of this page, latest first.
#[derive(Debug, Default)]
pub struct Log(RefCell<VecDeque<Entry>>);

#[derive(Debug)]
struct Entry {
    name: String,
    /// Wall milliseconds.
    at: i64,
    /// Which content, task or step.
    about: String,
}

impl Log {
    /// Adds what is sent.
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
        let mut entries = self.0.borrow_mut();
        entries.push_front(Entry {
            name: event.clone(),
            at: message.at,
            about,
        });
        entries.truncate(MOST);
    }

    /// The events, as JavaScript gets them.
    pub fn events(&self) -> Array {
        let entries = self.0.borrow();
        entries.iter().map(Entry::object).collect()
    }
}

impl Entry {
    #[expect(clippy::cast_precision_loss, reason = "dates stay far below 2^53")]
    fn object(&self) -> Object {
        let object = Object::new();
        set(&object, "name", &self.name.as_str().into());
        set(&object, "at", &(self.at as f64).into());
        set(&object, "about", &self.about.as_str().into());
        object
    }
}
