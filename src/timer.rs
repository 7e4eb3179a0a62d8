//! Timers that end with their owner.

use std::cell::Cell;

use wasm_bindgen::JsValue;

use crate::native::{after, cancel};
use crate::told::{Told, told};

/// Calls something once, after a while, unless it is dropped before.
#[derive(Debug)]
pub struct Timer {
    id: JsValue,
    _callback: Told,
}

impl Timer {
    /// Calls `callback` after `delay` milliseconds, at the most the 2³¹−1 that browsers count to.
    pub fn after(delay: i64, callback: impl FnOnce() + 'static) -> Self {
        Self::of(delay, Box::new(callback))
    }

    /// Apart, so that there is one copy of this for all callbacks.
    fn of(delay: i64, callback: Box<dyn FnOnce()>) -> Self {
        let delay = i32::try_from(delay.max(0)).unwrap_or(i32::MAX);
        let callback = Cell::new(Some(callback));
        let callback = told(move |_| {
            if let Some(callback) = callback.take() {
                callback();
            }
        });
        Self {
            id: after(callback.as_ref(), delay),
            _callback: callback,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        cancel(&self.id);
    }
}
