//! Settling: what becomes of messages, by what the collector answers.

use std::rc::Rc;

use headstart_core::outbox::Label;

use super::{MOST, State, Transport};
use crate::answer::{Answer, Rejection, rejections};
use crate::backoff::delay;
use crate::native::get;
use crate::queue::Entry;

/// After so many failures in a row the integrator hears of it.
const FAILURES_TO_TELL: u32 = 3;

/// Whether the collector may have answered so because it cannot unpack what it was sent.
pub fn is_misunderstood(answer: &Answer) -> bool {
    matches!(answer.status, 400 | 415 | 422) && rejections(&answer.body).is_empty()
}

impl Transport {
    /// Does what an answer to a batch asks for.
    pub(super) fn settle(self: &Rc<Self>, batch: &[Entry], answer: &Answer) {
        // Any proxy or login page can answer 200; only the collector counts what it took.
        let counted = get(&answer.body, "accepted").as_f64().is_some();
        let rejections = rejections(&answer.body);
        match answer.status {
            200..=299 if counted => self.done(batch, &rejections),
            400 if !rejections.is_empty() => self.done(batch, &rejections),
            400 | 413 if batch.len() > 1 => self.most.set(batch.len() / 2),
            400 | 413 => {
                let problem = answer.problem();
                let refused = Rejection {
                    index: 0,
                    message_id: String::new(),
                    code: String::new(),
                    problem,
                };
                self.done(batch, &[refused]);
            }
            401 | 403 => {
                if self.state.get() == State::Open {
                    self.state.set(State::Refused);
                }
                self.console.warn(&format!(
                    "nothing is sent any more, as the collector does not take this write key ({}); check data-write-key",
                    answer.problem()
                ));
            }
            _ => self.put_off(answer),
        }
    }

    fn done(self: &Rc<Self>, batch: &[Entry], rejections: &[Rejection]) {
        let mut going: Vec<String> = batch.iter().map(|entry| entry.label.name.clone()).collect();
        let mut dead = 0;
        for rejection in rejections {
            let Some(entry) = batch.get(rejection.index) else {
                continue;
            };
            if self.awaits_proof(&entry.label, rejection) {
                going.retain(|name| *name != entry.label.name);
            } else {
                dead += 1;
                self.bury(entry, rejection);
            }
        }
        self.queue.remove(&going);
        self.failures.set(0);
        self.most.set((self.most.get() * 2).clamp(1, MOST.messages));
        if dead > 0 {
            let first = rejections.first().map_or("", |first| &first.problem);
            self.console.warn(&format!(
                "the collector refused {dead} of {} events for good; headstart('debug') lists them; one of them: {first}",
                batch.len()
            ));
        }
        self.confess();
    }

    /// Whether a message was refused only for want of a good token of its user's. It waits for one.
    fn awaits_proof(&self, label: &Label, rejection: &Rejection) -> bool {
        let Some(user) = &label.user else {
            return false;
        };
        let unproven = rejection.code.starts_with("identity_");
        let mut all = self.unproven.borrow_mut();
        if unproven && !all.contains(user) {
            all.push(user.clone());
        }
        unproven
    }

    fn bury(&self, entry: &Entry, rejection: &Rejection) {
        let message = self.native.parse(&entry.text).unwrap_or_default();
        let text = |name| get(&message, name).as_string();
        let event = text("event").or_else(|| text("type")).unwrap_or_default();
        let id = text("messageId").unwrap_or_else(|| rejection.message_id.clone());
        self.dead.add([&id, &event, &rejection.problem]);
    }

    /// Tells the collector what was thrown away, now that it can be reached.
    fn confess(self: &Rc<Self>) {
        let last = self.last.borrow().clone();
        let Some(mut message) = last.filter(|_| self.state.get() == State::Open) else {
            return;
        };
        let drops = self.queue.dropped.take();
        if drops.is_empty() {
            return;
        }
        message.id = self.native.unique().into();
        message.at = self.native.now().wall;
        // It is about the browser; nobody need prove who they are to say so.
        message.person.user = None;
        message.body = drops.body();
        self.push(&message);
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
            self.console.warn(
                "the collector cannot be reached; events are kept and sent when it can be again",
            );
        }
    }
}
