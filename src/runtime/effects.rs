//! What the engine wants done.

use std::rc::Rc;

use headstart_core::Input;
use headstart_core::engine::Effect;
use headstart_core::session::Signal;
use wasm_bindgen::prelude::*;

use crate::runtime::Runtime;
use crate::timer::Timer;

#[wasm_bindgen(module = "/www/fill.js")]
extern "C" {
    /// Puts a text into the form field of that selector as if the user had typed it; never into one for
    /// passwords.
    #[wasm_bindgen(js_name = fillIn)]
    fn fill_in(selector: &str, text: &str);
}

impl Runtime {
    pub(super) fn perform(self: &Rc<Self>, effect: Effect) {
        match effect {
            Effect::Send(message) => {
                self.log.add(&message);
                self.transport.push(message);
            }
            Effect::Watch { selector, value } => self.elements.watch(&selector, value),
            Effect::Unwatch(selector) => self.elements.unwatch(&selector),
            Effect::WakeAt(at) => self.wake_at(at),
            Effect::Refresh => {
                // First what the collector does not know yet.
                self.refresher.want();
                self.transport.flush();
            }
            Effect::SaveKnown => self.memory.known_changed(self.saver()),
            Effect::SaveUi => self.memory.ui_changed(self.saver()),
            Effect::SaveSession(record) => self.memory.save_session(&record),
            // These run the host's code, which should find everything as it will be.
            Effect::Navigate(_) | Effect::OpenLink(_) | Effect::Notify(_) | Effect::Fill { .. } => {
                self.deeds.borrow_mut().push(effect);
            }
        }
    }

    pub(super) fn do_deed(self: &Rc<Self>, deed: Effect) {
        if !self.alive.get() {
            return;
        }
        match deed {
            Effect::Navigate(path) => self.navigator.go(&path, &self.callbacks),
            Effect::OpenLink(link) => self.navigator.open(&link),
            Effect::Fill { selector, value } => fill_in(selector.as_str(), &value),
            Effect::Notify(notice) => {
                let weak = Rc::downgrade(self);
                let ask = notice.ask;
                let screen = self.screen.borrow().clone();
                let root = screen.map(|screen| screen.root());
                self.callbacks
                    .tell(&notice, &self.console, root, move |done| {
                        if let Some(this) = weak.upgrade().filter(|this| this.is_alive())
                            && let Some(id) = ask
                        {
                            this.dispatch(Input::Answered { id, done });
                        }
                    });
            }
            _ => {}
        }
    }

    fn saver(self: &Rc<Self>) -> impl FnOnce() + 'static {
        let weak = Rc::downgrade(self);
        move || {
            if let Some(this) = weak.upgrade().filter(|this| this.is_alive()) {
                this.save();
            }
        }
    }

    fn wake_at(self: &Rc<Self>, at: i64) {
        let weak = Rc::downgrade(self);
        let wait = at.saturating_sub(self.native.now().wall);
        let timer = Timer::after(wait, move || {
            let Some(this) = weak.upgrade() else { return };
            drop(this.wake.take());
            if this.native.now().wall < at {
                // The wait was longer than browsers count to, or the clock was set.
                this.wake_at(at);
            } else {
                this.dispatch(Input::Signal {
                    signal: Signal::Tick,
                    stored: None,
                });
            }
        });
        self.wake.replace(Some(timer));
    }
}
