//! Whether the user is busy, so that nothing interrupts them: see `www/busy.js`, which it is.

use headstart_core::Input;
use headstart_core::facts::Busy as State;
use wasm_bindgen::prelude::*;

use crate::signals::{Hear, News};
use crate::told::{Told, told};

#[wasm_bindgen(module = "/www/busy.js")]
extern "C" {
    type Watch;

    #[wasm_bindgen(js_name = watchBusy)]
    fn watch_busy(changed: &Told) -> Watch;

    #[wasm_bindgen(method)]
    fn now(this: &Watch) -> String;

    #[wasm_bindgen(method)]
    fn close(this: &Watch);
}

/// Watches it until it is dropped.
pub struct Busy {
    watch: Watch,
    _changed: Told,
}

impl Busy {
    /// Tells when it may have changed.
    pub fn start(hear: &Hear) -> Self {
        let hear = std::rc::Rc::clone(hear);
        let changed = told(move |_| hear(News::Replaced));
        Self {
            watch: watch_busy(&changed),
            _changed: changed,
        }
    }

    /// How it is now.
    pub fn input(&self) -> Input {
        Input::Busy(match self.watch.now().as_str() {
            "typing" => Some(State::Typing),
            "dialog" => Some(State::Dialog),
            "away" => Some(State::Away),
            _ => None,
        })
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.watch.close();
    }
}
