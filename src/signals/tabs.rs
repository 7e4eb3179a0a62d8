//! Tabs: what the others of the same browser have stored.

use std::rc::Rc;

use crate::listener::Listener;
use crate::native::Native;
use crate::signals::{Hear, News};
use crate::storage::{Storage, change_of};

/// Listens to the other tabs until it is dropped.
pub struct Tabs {
    _listener: Listener,
}

impl Tabs {
    /// Tells of what they store from now on.
    pub fn start(native: &Rc<Native>, storage: &Rc<Storage>, hear: &Hear) -> Self {
        let (storage, hear) = (Rc::clone(storage), Rc::clone(hear));
        let listener = Listener::new(native, native.window(), "storage", move |event| {
            if let Some((name, text)) = change_of(&storage, &event) {
                hear(News::Stored { name, text });
            }
        });
        Self {
            _listener: listener,
        }
    }
}
