//! Last words: what is sent when the page is hidden or left, and may never run again.

use std::rc::Rc;

use headstart_core::outbox::{Label, Limit};
use wasm_bindgen_futures::spawn_local;

use super::{Carrier, MOST, PATH, State, Transport};
use crate::queue::Entry;

/// The bytes that all requests of a page which outlive it may have together. Browsers allow 64 KiB,
/// the host's included (Fetch standard, "HTTP-network-or-cache fetch").
const ALLOWANCE: usize = 60_000;
/// What a body has besides its messages and the token, bytes.
const FRAME: usize = 200;

impl Transport {
    /// The page is hidden, perhaps for good: sends what is this tab's so that it outlives the page.
    /// With `leaving`, also what an ordinary request is carrying, as that may be cut off.
    pub fn hide(self: &Rc<Self>, leaving: bool) {
        self.left.set(leaving);
        self.queue.dropped.save();
        let open = self.state.get() == State::Open;
        if open && (self.may_send() || self.queue.store.place() == "memory") {
            self.say_last_words(leaving);
        }
        if leaving {
            // A page that holds a lock or a database, or waits for an answer, may not be kept to come
            // back to.
            let stop = self.stop.take();
            if let Some(stop) = stop {
                stop();
            }
            self.turn.take();
            self.queue.store.close(false);
        }
    }

    fn say_last_words(self: &Rc<Self>, leaving: bool) {
        let keeps_alive = self.collector.can_keep_alive();
        while self.outlive(
            leaving,
            ALLOWANCE - self.outliving.get(),
            |this, body, batch| {
                if keeps_alive {
                    this.send_outliving(body, batch);
                    Some(Carrier::Outliving)
                } else {
                    let taken = this.collector.beacon(PATH, body);
                    taken.then_some(Carrier::Blind)
                }
            },
        ) {}
        if leaving {
            self.revoke(false);
            // Browsers count these apart from the others.
            self.outlive(leaving, ALLOWANCE, |this, body, _| {
                let taken = this.collector.post_later(PATH, body);
                taken.then_some(Carrier::Blind)
            });
        }
    }

    /// Hands one batch to `hand`, within an allowance. Says whether it was taken.
    fn outlive(
        self: &Rc<Self>,
        leaving: bool,
        allowance: usize,
        hand: impl FnOnce(&Rc<Self>, &str, &[Entry]) -> Option<Carrier>,
    ) -> bool {
        let token = self.tokens.longest();
        let limit = Limit {
            messages: MOST.messages,
            bytes: allowance.saturating_sub(FRAME + token),
        };
        let may = |label: &Label| self.is_free(label) || (leaving && self.may_be_cut_off(label));
        let labels = self.queue.oldest(limit, true, &may);
        let batch = self.queue.at_hand(&labels);
        let body = self.body(&batch);
        if batch.is_empty() || body.len() > allowance {
            return false;
        }
        let names: Vec<_> = batch.iter().map(|entry| entry.label.name.clone()).collect();
        let Some(carrier) = hand(self, &body, &batch) else {
            return false;
        };
        self.note(&names, carrier);
        true
    }

    fn send_outliving(self: &Rc<Self>, body: &str, batch: &[Entry]) {
        let size = body.len();
        self.outliving.set(self.outliving.get() + size);
        let request = self.collector.post(PATH, &body.into(), true);
        let this = Rc::clone(self);
        let batch = batch.to_vec();
        spawn_local(async move {
            let answer = request.answer().await;
            this.outliving.set(this.outliving.get() - size);
            let names: Vec<_> = batch.iter().map(|entry| entry.label.name.clone()).collect();
            this.forget(&names);
            this.settle(&batch, &answer);
        });
    }

    /// Whether nothing but an ordinary request carries it.
    fn may_be_cut_off(&self, label: &Label) -> bool {
        let on_its_way = self.on_its_way.borrow();
        let mut carried = on_its_way.iter().filter(|(name, _)| *name == label.name);
        carried.all(|(_, carrier)| *carrier == Carrier::Request)
            && !label
                .user
                .as_ref()
                .is_some_and(|user| self.unproven.borrow().contains(user))
    }
}
