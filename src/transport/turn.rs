//! Turns: this tab takes what waits to the collector while no other tab does.

use std::rc::Rc;

use headstart_core::outbox::Limit;
use headstart_core::time::SECOND;
use wasm_bindgen::prelude::*;

use super::{Carrier, MOST, PATH, Transport, settle};
use crate::later::settled;
use crate::queue::{Batch, Turn};

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
    fn pack(text: &str) -> JsValue;
}

impl Transport {
    /// Sends while no other tab does.
    pub(super) async fn send_in_turn(self: &Rc<Self>) {
        let hangs = self.waits.get() >= MOST_WAITS;
        if let Some(turn) = Turn::ask(&self.collector.write_key, &self.queue.store, hangs).await {
            self.waits.set(0);
            self.turn.replace(Some(turn));
            self.drain().await;
        } else {
            self.waits.set(self.waits.get() + 1);
            self.arm(WAIT_FOR_OTHER);
        }
    }

    async fn drain(self: &Rc<Self>) {
        self.queue.look().await;
        match self.queue.store.place().as_str() {
            "localstorage" => self.console.warn(
                "this browser gives no database (IndexedDB), so events wait in localStorage until they are sent, fewer of them",
            ),
            "memory" => self.console.warn(
                "this browser's storage is blocked or full, so events that cannot be sent before the page is left are lost",
            ),
            _ => {}
        }
        let began_at = self.native.now().monotonic;
        loop {
            let now = self.native.now().monotonic;
            let lasts = self.turn.borrow().as_ref().is_some_and(Turn::lasts);
            if !lasts || !self.may_send() || now - began_at > LONGEST_TURN {
                return;
            }
            let limit = Limit {
                messages: self.most.get(),
                ..MOST
            };
            let names = self.free(limit);
            if names.is_empty() {
                if self.confess(false) {
                    continue;
                }
                self.revoke(true);
                return;
            }
            self.note(&names, Carrier::Request);
            if let Some(batch) = self.queue.read(names.clone()).await {
                self.send(&batch).await;
            }
            self.forget(&names);
        }
    }

    async fn send(self: &Rc<Self>, batch: &Batch) {
        let text = self.body(batch);
        let mut packed = JsValue::UNDEFINED;
        if text.len() >= LEAST_TO_PACK && !self.plain.get() {
            packed = settled(&[&pack(&text)]).await;
        }
        let is_packed = packed.is_object();
        let body = if is_packed { packed } else { text.into() };
        let request = self.collector.post(PATH, &body, false);
        self.stop.replace(Some(request.stop()));
        let answer = request.answer().await;
        if self.stop.take().is_none() {
            // The page was left, and something that outlives it carries this.
        } else if is_packed && settle::is_misunderstood(&answer) {
            self.plain.set(true);
        } else {
            self.settle(batch, &answer);
        }
    }
}
