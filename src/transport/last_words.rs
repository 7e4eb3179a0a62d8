//! Last words: what is sent when the page is hidden or left, and may never run again.

use std::rc::Rc;

use headstart_core::outbox::Limit;

use super::{Carrier, MOST, PATH, State, Transport};
use crate::queue::Batch;

/// The bytes that all requests of a page which outlive it may have together. Browsers allow 64 KiB,
/// the host's included (Fetch standard, "HTTP-network-or-cache fetch").
const ALLOWANCE: usize = 60_000;
/// What a body has besides its messages and the token, bytes.
const FRAME: usize = 200;

/// What outlives a page.
#[derive(Clone, Copy)]
enum Means {
    Request,
    Beacon,
    Later,
}

impl Transport {
    /// The page is hidden, perhaps for good: sends what is this tab's so that it outlives the page.
    /// With `leaving`, also what an ordinary request is carrying, as that may be cut off.
    pub fn hide(self: &Rc<Self>, leaving: bool) {
        self.left.set(leaving);
        let open = self.state.get() == State::Open;
        if open && (self.may_send() || self.queue.store.place() == "memory") {
            if leaving {
                self.confess(true);
            }
            self.say_last_words(leaving);
        }
        self.queue.store.secure();
        if leaving {
            // A page that holds a lock or a database, or waits for an answer, may not be kept to come
            // back to.
            let stop = self.stop.take();
            if let Some(request) = stop {
                request.stop();
            }
            self.turn.take();
            self.queue.store.close(false);
        }
    }

    fn say_last_words(self: &Rc<Self>, leaving: bool) {
        let means = if self.collector.can_keep_alive() {
            Means::Request
        } else {
            Means::Beacon
        };
        while self.outlive(leaving, means) {}
        if leaving {
            self.revoke(false);
            self.outlive(leaving, Means::Later);
        }
    }

    /// Hands one batch to the browser. Says whether there was one, and the browser took it.
    fn outlive(self: &Rc<Self>, leaving: bool, means: Means) -> bool {
        let allowance = match means {
            // Browsers count these apart from the others.
            Means::Later => ALLOWANCE,
            _ => ALLOWANCE - self.outliving.get(),
        };
        let token = self.tokens.longest();
        let limit = Limit {
            messages: MOST.messages,
            bytes: allowance.saturating_sub(FRAME + token),
        };
        let names = self.queue.oldest(limit, &|name, user| {
            let carried = self.carried(name);
            let may = match carried {
                None => true,
                Some(Carrier::Request) => leaving,
                Some(_) => false,
            };
            may && !self.is_unproven(user) && self.queue.store.recall(name).is_string()
        });
        let batch = self.queue.recall(names);
        let body = self.body(&batch);
        if batch.names.is_empty() || body.len() > allowance {
            return false;
        }
        let (handed, carrier) = match means {
            Means::Request => {
                self.send_outliving(&body, &batch);
                (true, Carrier::Outliving)
            }
            Means::Beacon | Means::Later => {
                let later = matches!(means, Means::Later);
                let handed = self.collector.hand_over(PATH, &body, later);
                (handed, Carrier::Blind)
            }
        };
        if handed {
            self.note(&batch.names, carrier);
        }
        handed
    }

    fn send_outliving(self: &Rc<Self>, body: &str, batch: &Batch) {
        let size = body.len();
        self.outliving.set(self.outliving.get() + size);
        let request = self.collector.post(PATH, &body.into(), true);
        let this = Rc::clone(self);
        let batch = batch.clone();
        request.answer(move |answer| {
            this.outliving
                .set(this.outliving.get().saturating_sub(size));
            this.forget(&batch.names);
            this.settle(&batch, &answer);
        });
    }
}
