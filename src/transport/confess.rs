//! Confessing: what was thrown away is told to the collector, by itself, and not one by one.

use std::rc::Rc;

use headstart_core::event::name;
use headstart_core::time::SECOND;
use headstart_core::{Event, Message, Person};

use super::{GATHER, Transport};
use crate::native::get;
use crate::value::read_properties;

/// At most one report comes in this time, milliseconds: a loop in the page must not become a stream of
/// them.
const EVERY: i64 = 5 * SECOND;

impl Transport {
    /// Sees to it that what was thrown away is told in a while, as of that person's browser.
    pub fn own_up(self: &Rc<Self>, person: &Person) {
        self.speaker.replace(person.anonymous.clone());
        let waits = self.timer.borrow().is_some() || self.telling.borrow().is_some();
        let owes = || get(&self.queue.store.report(), "dropped").as_f64() > Some(0.0);
        if !waits && self.may_send() && owes() {
            let wait = self.told_at.get() + EVERY - self.native.now().monotonic;
            let timer = self.flush_after(wait.max(GATHER));
            self.telling.replace(Some(timer));
        }
    }

    /// Queues a report of what was thrown away, now that the collector can be reached. Says whether
    /// there is one. Unless it is `urgent` it waits until some time has passed since the last one.
    pub(super) fn confess(&self, urgent: bool) -> bool {
        let now = self.native.now();
        let anonymous = self.speaker.borrow().clone();
        let early = now.monotonic < self.told_at.get() + EVERY;
        if anonymous.as_str().is_empty() || early && !urgent {
            return false;
        }
        let Some((properties, _)) = read_properties(&self.queue.store.confess()) else {
            return false;
        };
        self.told_at.set(now.monotonic);
        let event = Event {
            message_id: self.native.unique().into(),
            name: name::EVENTS_DROPPED.to_owned(),
            at: now.wall,
            properties,
        };
        // It is about the browser; nobody need prove who they are to say so.
        let person = Person {
            anonymous,
            user: None,
        };
        self.queue.push(&Message::track(event, person)).is_ok()
    }
}
