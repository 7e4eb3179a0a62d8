//! Turns: this tab takes what waits to the collector while no other tab does.

use std::mem;
use std::rc::Rc;

use headstart_core::outbox::Limit;
use headstart_core::time::SECOND;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

use super::{Carrier, MOST, PATH, Transport, settle};
use crate::answer::Answer;
use crate::queue::{Batch, Turn, ask_for_turn};
use crate::waiting::follow;

/// While another tab is sending, milliseconds.
const WAIT_FOR_OTHER: i64 = 2 * SECOND;
/// After so many of those waits in a row the other tab hangs, and its turn is taken from it.
const MOST_WAITS: u32 = 30;
/// The longest turn, milliseconds; then the others have theirs.
const LONGEST_TURN: i64 = 20 * SECOND;

/// Below this many bytes nothing is gained by packing: it fits into the first packets that a
/// connection sends anyway.
const LEAST_TO_PACK: usize = 2_048;

#[wasm_bindgen(module = "/www/pack.js")]
extern "C" {
    /// The text in gzip, where that gains something. It goes as text/plain, for which no leave is
    /// asked; the collector knows gzip by its first bytes.
    fn pack(text: &str) -> Promise;
}

/// What is waited for while it is this tab's turn.
enum Step {
    /// The turn.
    Turn,
    /// What is waiting, in whichever tab it came up.
    Names,
    /// The texts of those messages.
    Texts(Vec<String>),
    /// The body of a batch, packed.
    Pack(Batch, String),
    /// What the collector says of a batch, which went packed or not.
    Answer(Batch, bool),
}

impl Transport {
    /// Sends while no other tab does.
    pub(super) fn send_in_turn(self: &Rc<Self>) {
        let hangs = self.waits.get() >= MOST_WAITS;
        let asked = ask_for_turn(&self.collector.write_key, &self.queue.store, hangs);
        let this = Rc::clone(self);
        let mut step = Step::Turn;
        follow(&asked, move |value| {
            let next = this.take(mem::replace(&mut step, Step::Turn), value);
            let Some((next, promise)) = next else {
                this.turn.take();
                this.busy.set(false);
                if this.has_free() {
                    // It came while the turn was being given back, or the turn was too short for it.
                    this.soon();
                }
                this.tell();
                return None;
            };
            step = next;
            Some(promise)
        });
    }

    /// Does what is to be done with what came, and answers what is waited for next.
    fn take(self: &Rc<Self>, step: Step, value: JsValue) -> Option<(Step, Promise)> {
        match step {
            Step::Turn => {
                let Some(turn) = Turn::of(value) else {
                    self.waits.set(self.waits.get() + 1);
                    self.arm(WAIT_FOR_OTHER);
                    return None;
                };
                self.waits.set(0);
                self.turn.replace(Some(turn));
                return Some((Step::Names, self.queue.store.names()));
            }
            Step::Names => {
                if let Ok(names) = value.dyn_into() {
                    self.queue.take_in(&names);
                }
                self.say_place();
                self.turn_began_at.set(self.native.now().monotonic);
            }
            Step::Texts(names) => {
                let texts = value.dyn_into().ok();
                match texts.and_then(|texts| self.queue.batch_of(names.clone(), texts)) {
                    Some(batch) => return Some(self.pack(batch)),
                    None => self.forget(&names),
                }
            }
            Step::Pack(batch, text) => {
                let is_packed = value.is_object();
                let body = if is_packed { value } else { text.into() };
                return Some(self.send(batch, &body, is_packed));
            }
            Step::Answer(batch, is_packed) => {
                self.hear(&batch, &Answer::read(&value), is_packed);
                self.forget(&batch.names);
            }
        }
        self.go_on()
    }

    fn say_place(&self) {
        match self.queue.store.place().as_str() {
            "localstorage" => self.console.warn(&[
                "this browser gives no database (IndexedDB), so events wait in localStorage until they are sent, fewer of them",
            ]),
            "memory" => self.console.warn(&[
                "this browser's storage is blocked or full, so events that cannot be sent before the page is left are lost",
            ]),
            _ => {}
        }
    }

    /// Takes the next batch, if it may still go.
    fn go_on(self: &Rc<Self>) -> Option<(Step, Promise)> {
        loop {
            let lasts = self.turn.borrow().as_ref().is_some_and(Turn::lasts);
            let long = self.native.now().monotonic - self.turn_began_at.get() > LONGEST_TURN;
            if !lasts || !self.may_send() || long {
                return None;
            }
            let names = self.free(Limit {
                messages: self.most.get(),
                ..MOST
            });
            if !names.is_empty() {
                self.note(&names, Carrier::Request);
                let texts = self.queue.texts(&names);
                return Some((Step::Texts(names), texts));
            }
            if !self.confess(false) {
                self.revoke(true);
                return None;
            }
        }
    }

    fn pack(&self, batch: Batch) -> (Step, Promise) {
        let text = self.body(&batch);
        if text.len() < LEAST_TO_PACK || self.plain.get() {
            return self.send(batch, &text.into(), false);
        }
        let packing = pack(&text);
        (Step::Pack(batch, text), packing)
    }

    fn send(&self, batch: Batch, body: &JsValue, is_packed: bool) -> (Step, Promise) {
        let request = self.collector.post(PATH, body, false);
        let answered = request.answered();
        self.stop.replace(Some(request));
        (Step::Answer(batch, is_packed), answered)
    }

    fn hear(self: &Rc<Self>, batch: &Batch, answer: &Answer, is_packed: bool) {
        if self.stop.take().is_none() {
            // The page was left, and something that outlives it carries this.
        } else if is_packed && settle::is_misunderstood(answer) {
            self.plain.set(true);
        } else {
            self.settle(batch, answer);
        }
    }
}
