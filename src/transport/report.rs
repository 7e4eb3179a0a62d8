//! What is going on, for those who ask.

use headstart_core::outbox::Kind;
use js_sys::Object;
use wasm_bindgen::JsValue;

use super::{State, Transport};
use crate::native::set;

impl Transport {
    /// What is going on, as `headstart('debug')` shows it.
    pub fn report(&self) -> Object {
        let report = Object::new();
        let kinds = Object::new();
        let (messages, bytes) = self.queue.with_labels(|labels| {
            for kind in Kind::ALL {
                let of_kind = labels.iter().filter(|label| label.kind == kind).count();
                set(&kinds, kind.name(), &js(of_kind));
            }
            let bytes: usize = labels.iter().map(|label| label.bytes).sum();
            (labels.len(), bytes)
        });
        set(&report, "messages", &js(messages));
        set(&report, "kinds", &kinds);
        set(&report, "bytes", &js(bytes));
        set(&report, "place", &self.queue.store.place().into());
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
        set(&report, "state", &state.into());
        set(
            &report,
            "wait",
            &js(usize::try_from(wait).unwrap_or_default()),
        );
        let dropped = self.queue.dropped.all().count();
        set(&report, "dropped", &dropped.into());
        set(&report, "dead", &self.dead.list());
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
