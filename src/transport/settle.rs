//! Settling: what becomes of messages, by what the collector answers.

use headstart_core::text::digits;
use std::rc::Rc;

use headstart_core::outbox::Label;
use js_sys::Array;

use super::{MOST, State, Transport};
use crate::answer::Answer;
use crate::backoff::delay;
use crate::native::get;
use crate::queue::{Batch, take_out};

/// After so many failures in a row the integrator hears of it.
const FAILURES_TO_TELL: u32 = 3;

/// Whether the collector may have answered so because it cannot unpack what it was sent.
pub fn is_misunderstood(answer: &Answer) -> bool {
    matches!(answer.status, 400 | 415 | 422) && answer.rejected().length() == 0
}

impl Transport {
    /// Does what an answer to a batch asks for.
    pub(super) fn settle(self: &Rc<Self>, batch: &Batch, answer: &Answer) {
        // Any proxy or login page can answer 200; only the collector counts what it took.
        let counted = get(&answer.body, "accepted").as_f64().is_some();
        let rejected = answer.rejected();
        match answer.status {
            200..=299 if counted => self.done(batch, &rejected),
            400 if rejected.length() > 0 => self.done(batch, &rejected),
            400 | 413 if batch.names.len() > 1 => self.most.set(batch.names.len() / 2),
            400 | 413 => {
                self.bury(batch, 0, &answer.problem());
                self.done(batch, &rejected);
            }
            401 | 403 => {
                if self.state.get() == State::Open {
                    self.state.set(State::Refused);
                }
                self.console.warn(&[
                    "nothing is sent any more, as the collector does not take this write key (",
                    &answer.problem(),
                    "); check data-write-key",
                ]);
            }
            _ => self.put_off(answer),
        }
    }

    fn done(self: &Rc<Self>, batch: &Batch, rejected: &Array) {
        let mut staying = Vec::new();
        for rejection in rejected.iter() {
            let error = get(&rejection, "error");
            let text = |name| get(&error, name).as_string().unwrap_or_default();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "`as` saturates, and no message has such a place"
            )]
            let place = get(&rejection, "index").as_f64().unwrap_or(f64::MAX) as usize;
            let Some(name) = batch.names.get(place) else {
                continue;
            };
            let user = Label::read(name).and_then(|label| label.user);
            match user.filter(|_| text("code").starts_with("identity_")) {
                // It waits for a good token of that user's.
                Some(user) => {
                    staying.push(name.clone());
                    self.unproven.borrow_mut().push(user.to_owned());
                }
                None => self.bury(batch, place, &text("message")),
            }
        }
        let mut going = batch.names.clone();
        take_out(&mut going, &staying);
        self.queue.remove(&going);
        self.failures.set(0);
        self.most.set((self.most.get() * 2).clamp(1, MOST.messages));
    }

    fn bury(&self, batch: &Batch, place: usize, problem: &str) {
        let text = get(&batch.texts, &digits(place)).as_string();
        self.queue.store.bury(&text.unwrap_or_default(), problem);
        self.console.warn(&[
            "the collector refused an event for good; headstart('debug') lists those it refused: ",
            problem,
        ]);
    }

    fn put_off(self: &Rc<Self>, answer: &Answer) {
        let failures = self.failures.get().saturating_add(1);
        self.failures.set(failures);
        let wait = delay(failures, answer.retry_after, self.native.random());
        self.not_before.set(self.native.now().monotonic + wait);
        if self.state.get() == State::Open {
            self.arm(wait);
        }
        if failures == FAILURES_TO_TELL {
            self.console.warn(&[
                "the collector cannot be reached; events are kept and sent when it can be again",
            ]);
        }
    }
}
