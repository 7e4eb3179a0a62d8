//! What is going on, for those who ask.

use headstart_core::outbox::{Kind, Label};
use js_sys::Object;
use wasm_bindgen::JsValue;

use super::{State, Transport};
use crate::native::set;

impl Transport {
    /// What is going on, as `headstart('debug')` shows it.
    pub fn report(&self) -> Object {
        let report = self.queue.store.report();
        let names = self.queue.names();
        let kinds = Object::new();
        for kind in Kind::ALL {
            let mut count = 0;
            for name in names.iter() {
                count += usize::from(Label::read(name).is_some_and(|label| label.kind == kind));
            }
            set(&kinds, kind.name(), &js(count));
        }
        let wait = self.wait();
        let state = match self.state.get() {
            State::Held => "held",
            State::Denied => "denied",
            State::Refused => "refused",
            State::Ended => "ended",
            State::Open if self.is_offline() => "offline",
            State::Open if wait > 0 => "backing off",
            State::Open if self.busy.get() => "sending",
            State::Open => "ready",
        };
        for (name, value) in [
            ("messages", js(names.len())),
            ("bytes", js(self.queue.bytes())),
            ("kinds", kinds.into()),
            ("place", self.queue.store.place().into()),
            ("state", state.into()),
            ("wait", js(usize::try_from(wait).unwrap_or_default())),
        ] {
            set(&report, name, &value);
        }
        report
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts and bytes of a bounded queue"
)]
fn js(number: usize) -> JsValue {
    (number as f64).into()
}
