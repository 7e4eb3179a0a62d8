//! Transport: takes the queue to the collector, and takes out of it what the collector has.

mod body;
mod confess;
mod last_words;
mod report;
mod settle;
mod sign_out;
mod turn;

use headstart_core::text::digits;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::outbox::{Kind, Limit};
use headstart_core::time::SECOND;
use headstart_core::{AnonymousId, Message, TabId, UserId};
use wasm_bindgen::prelude::*;

use crate::collector::{Collector, Request};
use crate::console::Console;
use crate::native::{Native, get};
use crate::queue::{LARGEST, Queue, TooLarge, Turn, take_out};
use crate::timer::Timer;
use crate::tokens::Tokens;

const PATH: &str = "/v1/batch";
/// Messages that come within this time travel together, milliseconds.
const GATHER: i64 = SECOND;
/// While the browser is offline, milliseconds; it says when it no longer is, most of the time.
const LOOK_OFFLINE: i64 = 30 * SECOND;
/// The most that travels in one request; the collector takes 500 KB.
const MOST: Limit = Limit {
    messages: 100,
    bytes: 400_000,
};

/// Sends what is in the queue, a batch at a time.
pub struct Transport {
    native: Rc<Native>,
    console: Rc<Console>,
    collector: Rc<Collector>,
    tokens: Rc<Tokens>,
    queue: Queue,
    state: Cell<State>,
    /// What is not yet queued, until it [has begun](Self::begin).
    early: RefCell<Option<Vec<Message>>>,
    busy: Cell<bool>,
    timer: RefCell<Option<Timer>>,
    /// When it is time to tell what was thrown away.
    telling: RefCell<Option<Timer>>,
    /// This tab's turn to send, while it has it.
    turn: RefCell<Option<Turn>>,
    /// When it began, monotonic milliseconds.
    turn_began_at: Cell<i64>,
    /// The request that is being waited for.
    stop: RefCell<Option<Request>>,
    /// Not before this moment of the monotonic clock.
    not_before: Cell<i64>,
    failures: Cell<u32>,
    waits: Cell<u32>,
    /// So many messages in one request, after the collector found some too large.
    most: Cell<usize>,
    /// What is on its way, by name.
    on_its_way: RefCell<Vec<(String, Carrier)>>,
    /// Bytes that are on their way in requests that outlive the page.
    outliving: Cell<usize>,
    /// Whether the page was left; the browser may bring it back.
    left: Cell<bool>,
    /// Whether the collector cannot unpack what it is sent.
    plain: Cell<bool>,
    /// Users whose messages the collector does not take without a new token.
    unproven: RefCell<Vec<String>>,
    /// Users who signed out, with their tokens, until their own messages are sent.
    signed_out: RefCell<Vec<(UserId, String)>>,
    /// The browser whose events were thrown away, as soon as it is known.
    speaker: RefCell<AnonymousId>,
    /// When it was last told what was thrown away, monotonic milliseconds.
    told_at: Cell<i64>,
    /// Whether it was said that the host calls too often.
    said_too_often: Cell<bool>,
    /// Told after every attempt, whatever came of it.
    attempted: RefCell<Option<Rc<dyn Fn()>>>,
}

/// Whether anything may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It may.
    Open,
    /// The user has not answered yet: messages are kept in memory.
    Held,
    /// The user does not want it: there are no messages.
    Denied,
    /// The collector does not know the write key.
    Refused,
    /// The widget is gone.
    Ended,
}

/// What carries a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Carrier {
    /// A request that ends with the page.
    Request,
    /// A request that outlives the page.
    Outliving,
    /// Something that outlives the page, and never says what came of it.
    Blind,
}

impl Transport {
    /// Transport of the project's queue to that collector. `state` is what the user has answered
    /// so far: [`State::Open`], [`State::Held`] or [`State::Denied`].
    pub fn new(
        native: &Rc<Native>,
        console: &Rc<Console>,
        collector: &Rc<Collector>,
        tokens: &Rc<Tokens>,
        tab: TabId,
        state: State,
    ) -> Rc<Self> {
        let held = state != State::Open;
        Rc::new(Self {
            queue: Queue::new(native, &collector.write_key, tab, held),
            native: Rc::clone(native),
            console: Rc::clone(console),
            collector: Rc::clone(collector),
            tokens: Rc::clone(tokens),
            state: Cell::new(state),
            early: RefCell::new(Some(Vec::new())),
            busy: Cell::new(false),
            timer: RefCell::default(),
            telling: RefCell::default(),
            turn: RefCell::default(),
            turn_began_at: Cell::new(0),
            stop: RefCell::default(),
            not_before: Cell::new(0),
            failures: Cell::new(0),
            waits: Cell::new(0),
            most: Cell::new(MOST.messages),
            on_its_way: RefCell::default(),
            outliving: Cell::new(0),
            left: Cell::new(false),
            plain: Cell::new(false),
            unproven: RefCell::default(),
            signed_out: RefCell::default(),
            speaker: RefCell::default(),
            told_at: Cell::new(i64::MIN / 2),
            said_too_often: Cell::new(false),
            attempted: RefCell::default(),
        })
    }

    /// Has `attempted` called after every attempt to send, also one that failed or was put off.
    pub fn on_attempt(&self, attempted: impl Fn() + 'static) {
        *self.attempted.borrow_mut() = Some(Rc::new(attempted));
    }

    /// Begins to queue messages, and to send them: until then they are in memory, so that what there is to be
    /// seen is seen first.
    pub fn begin(self: &Rc<Self>) {
        for message in self.early.take().unwrap_or_default() {
            self.push(message);
        }
        self.soon();
    }

    /// Queues a message; it is in the browser's hands when this returns, once this [has begun](Self::begin).
    pub fn push(self: &Rc<Self>, message: Message) {
        if let Some(early) = &mut *self.early.borrow_mut() {
            early.push(message);
            return;
        }
        if matches!(self.state.get(), State::Denied | State::Ended) {
            return;
        }
        if let Err(TooLarge(bytes)) = self.queue.push(&message) {
            self.console.warn(&[
                "an event of ",
                &digits(bytes),
                " bytes was not sent: the most is ",
                &digits(LARGEST),
                "; send ids instead of documents",
            ]);
            return;
        }
        if self.left.get() {
            // Nobody knows whether there is a later.
            self.hide(true);
        } else {
            self.soon();
        }
    }

    /// Counts a call of the host's that was not taken, because there are too many.
    pub fn refuse_call(self: &Rc<Self>, kind: Kind) {
        if self.state.get() != State::Denied {
            self.queue.store.lose("rate", kind.name());
            self.soon();
        }
        if !self.said_too_often.replace(true) {
            self.console.warn(&[
                "this page calls 'track' or 'page' more than 20 times a second, and what is too much is left out; look for a loop",
            ]);
        }
    }

    /// Sends in a moment, with what else comes by then.
    pub fn soon(self: &Rc<Self>) {
        if self.state.get() != State::Open || self.busy.get() || self.timer.borrow().is_some() {
            return;
        }
        self.arm(GATHER);
    }

    /// Sends now, if it may.
    pub fn flush(self: &Rc<Self>) {
        if self.busy.get() {
            // It goes on until nothing is left, and then tells.
            return;
        }
        if !self.may_send() {
            if self.state.get() == State::Open {
                let offline = self.is_offline();
                self.arm(if offline { LOOK_OFFLINE } else { GATHER });
            }
            self.tell();
            return;
        }
        self.busy.set(true);
        drop(self.timer.take());
        self.send_in_turn();
    }

    /// The browser is online again: earlier failures say nothing about now.
    pub fn retry(self: &Rc<Self>) {
        self.failures.set(0);
        self.not_before.set(0);
        self.flush();
    }

    /// The page is looked at again, so what was handed to the browser for its end can be asked about.
    /// One that was left and is back may never hear what became of its requests: Firefox keeps the
    /// answers from it.
    pub fn come_back(self: &Rc<Self>) {
        let was_left = self.left.replace(false);
        let mut on_its_way = self.on_its_way.borrow_mut();
        on_its_way.retain(|(_, carrier)| match carrier {
            Carrier::Request => true,
            Carrier::Outliving => !was_left,
            Carrier::Blind => false,
        });
        drop(on_its_way);
        if was_left {
            self.outliving.set(0);
        }
        self.soon();
    }

    /// The user has not answered yet whether they may be tracked: messages stay in memory.
    pub fn hold(&self) {
        self.shut(State::Held);
        self.queue.store.hold();
    }

    /// The user does not want anything sent: what waits is thrown away.
    pub fn deny(&self) {
        if let Some(early) = &mut *self.early.borrow_mut() {
            early.clear();
        }
        self.shut(State::Denied);
        self.queue.destroy();
        self.speaker.take();
        self.signed_out.take();
    }

    /// The user agrees: what waits in memory goes to disk, and is sent.
    pub fn grant(self: &Rc<Self>) {
        if matches!(self.state.get(), State::Held | State::Denied) {
            self.state.set(State::Open);
            self.queue.store.release();
            self.soon();
        }
    }

    /// Ends it: nothing is sent any more.
    pub fn end(&self) {
        self.shut(State::Ended);
        drop(self.attempted.take());
        self.queue.store.close(true);
    }

    fn shut(&self, state: State) {
        if self.state.get() != State::Ended {
            self.state.set(state);
        }
        drop(self.timer.take());
        drop(self.telling.take());
        self.turn.take();
    }

    /// There is a new token of that user's: what waited for it may go.
    pub fn prove(self: &Rc<Self>, user: &UserId) {
        let proven = [user.to_string()];
        take_out(&mut self.unproven.borrow_mut(), &proven);
        self.soon();
    }

    fn is_offline(&self) -> bool {
        get(&get(self.native.window(), "navigator"), "onLine") == JsValue::FALSE
    }

    /// Milliseconds until the collector may be asked again.
    fn wait(&self) -> i64 {
        (self.not_before.get() - self.native.now().monotonic).max(0)
    }

    fn may_send(&self) -> bool {
        self.early.borrow().is_none()
            && self.state.get() == State::Open
            && !self.is_offline()
            && self.wait() == 0
    }

    fn is_unproven(&self, user: Option<&str>) -> bool {
        let unproven = self.unproven.borrow();
        user.is_some_and(|user| unproven.iter().any(|held| held == user))
    }

    /// What carries a message: of several the one that lasts longest.
    fn carried(&self, name: &str) -> Option<Carrier> {
        let mut longest = None;
        for (carried, carrier) in self.on_its_way.borrow().iter() {
            if carried == name {
                longest = longest.max(Some(*carrier));
            }
        }
        longest
    }

    /// The oldest messages that nothing carries and nothing keeps from going.
    fn free(&self, limit: Limit) -> Vec<String> {
        let may = |name: &str, user: Option<&str>| {
            self.carried(name).is_none() && !self.is_unproven(user)
        };
        self.queue.oldest(limit, &may)
    }

    fn has_free(&self) -> bool {
        let limit = Limit {
            messages: 1,
            bytes: 0,
        };
        !self.free(limit).is_empty()
    }

    fn tell(&self) {
        let attempted = self.attempted.borrow().clone();
        if let Some(attempted) = attempted {
            attempted();
        }
    }

    fn arm(self: &Rc<Self>, wait: i64) {
        let timer = self.flush_after(wait.max(self.wait()));
        self.timer.replace(Some(timer));
    }

    fn flush_after(self: &Rc<Self>, wait: i64) -> Timer {
        let this = Rc::downgrade(self);
        Timer::after(wait, move || {
            if let Some(this) = this.upgrade() {
                drop(this.timer.take());
                drop(this.telling.take());
                this.flush();
            }
        })
    }

    fn note(&self, names: &[String], carrier: Carrier) {
        let mut on_its_way = self.on_its_way.borrow_mut();
        for name in names {
            on_its_way.push((name.clone(), carrier));
        }
    }

    fn forget(&self, names: &[String]) {
        // One of each name: what is carried twice is still being carried.
        let mut on_its_way = self.on_its_way.borrow_mut();
        for name in names {
            let place = on_its_way.iter().position(|(carried, _)| carried == name);
            if let Some(place) = place {
                on_its_way.remove(place);
            }
        }
    }
}
