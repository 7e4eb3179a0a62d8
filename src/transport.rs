//! Transport: takes the queue to the collector, and takes out of it what the collector has.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::Message;
use headstart_core::time::format_iso;
use js_sys::{Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::answer::{Answer, rejected};
use crate::backoff::delay;
use crate::collector::Collector;
use crate::console::Console;
use crate::native::{Native, call, function, get, set};
use crate::queue::{Entry, Queue, Whose, body};
use crate::timer::Timer;

const PATH: &str = "/v1/batch";
/// Messages that come within this time travel together, milliseconds.
const GATHER: i64 = 1_000;
/// While another tab is sending, milliseconds.
const WAIT_FOR_OTHER: i64 = 2_000;
/// After so many of those waits in a row we send our own without waiting: that tab may hang.
const MOST_WAITS: u32 = 20;
/// So many messages at most in one request.
const MOST_EVENTS: usize = 100;
/// So many bytes of messages at most in one request; the collector takes 500 KB.
const MOST_BYTES: usize = 400_000;
/// So many bytes of messages at most as a page is left; browsers take 64 KiB in all.
const MOST_BYTES_LEAVING: usize = 58_000;
/// After so many failures in a row the integrator hears of it.
const FAILURES_TO_TELL: u32 = 3;

/// Sends what is in the queue, a batch at a time.
pub struct Transport {
    native: Rc<Native>,
    console: Rc<Console>,
    collector: Rc<Collector>,
    queue: Queue,
    state: Cell<State>,
    busy: Cell<bool>,
    timer: RefCell<Option<Timer>>,
    /// Not before this moment of the monotonic clock.
    not_before: Cell<i64>,
    failures: Cell<u32>,
    waits: Cell<u32>,
    /// So many messages in one request, after the collector found some too large.
    most: Cell<usize>,
    /// What is on its way, by name, and whether it outlives the page.
    on_its_way: RefCell<Vec<(String, bool)>>,
    /// Told after every attempt, whatever came of it.
    attempted: RefCell<Option<Rc<dyn Fn()>>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    /// The collector does not know the write key.
    Refused,
    /// The user does not want it.
    Denied,
    /// The widget is gone.
    Ended,
}

impl Transport {
    /// Transport of that queue to that collector.
    pub fn new(
        native: &Rc<Native>,
        console: &Rc<Console>,
        collector: &Rc<Collector>,
        queue: Queue,
    ) -> Rc<Self> {
        Rc::new(Self {
            native: Rc::clone(native),
            console: Rc::clone(console),
            collector: Rc::clone(collector),
            queue,
            state: Cell::new(State::Open),
            busy: Cell::new(false),
            timer: RefCell::default(),
            not_before: Cell::new(0),
            failures: Cell::new(0),
            waits: Cell::new(0),
            most: Cell::new(MOST_EVENTS),
            on_its_way: RefCell::default(),
            attempted: RefCell::default(),
        })
    }

    /// Has `attempted` called after every attempt to send, also one that failed or was put off.
    pub fn on_attempt(&self, attempted: impl Fn() + 'static) {
        *self.attempted.borrow_mut() = Some(Rc::new(attempted));
    }

    /// Queues a message; it is on disk when this returns.
    pub fn push(self: &Rc<Self>, message: &Message) {
        if matches!(self.state.get(), State::Denied | State::Ended) {
            return;
        }
        if let Err(too_large) = self.queue.push(message) {
            self.console.warn(&format!(
                "an event of {} bytes was not sent: the most is {}; send ids instead of documents",
                too_large.bytes,
                crate::queue::LARGEST
            ));
            return;
        }
        self.soon();
    }

    /// How many messages wait.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Sends in a moment, with what else comes by then.
    pub fn soon(self: &Rc<Self>) {
        if self.state.get() != State::Open || self.busy.get() || self.timer.borrow().is_some() {
            return;
        }
        let wait = self.not_before.get() - self.native.now().monotonic;
        self.arm(wait.max(GATHER));
    }

    /// Sends now, if it may.
    pub fn flush(self: &Rc<Self>) {
        if self.busy.get() {
            // It goes on until nothing is left, and then tells.
            return;
        }
        if !self.may_send() {
            if self.state.get() == State::Open {
                let wait = self.not_before.get() - self.native.now().monotonic;
                self.arm(wait.max(GATHER));
            }
            self.tell();
            return;
        }
        self.busy.set(true);
        drop(self.timer.take());
        let this = Rc::clone(self);
        spawn_local(async move {
            this.send_in_turn().await;
            this.busy.set(false);
            if this.has_free() {
                // It came while the lock was being given back.
                this.soon();
            }
            this.tell();
        });
    }

    /// The browser is online again: earlier failures say nothing about now.
    pub fn retry(self: &Rc<Self>) {
        self.failures.set(0);
        self.not_before.set(0);
        self.flush();
    }

    /// The page is hidden, perhaps for good: sends what is this tab's so that it outlives the page.
    /// With `leaving`, also what an ordinary request is carrying, as that may be cut off.
    pub fn hide(self: &Rc<Self>, leaving: bool, kept_on_disk: bool) {
        let open = self.state.get() == State::Open;
        if !open || (!self.may_send() && kept_on_disk) {
            return;
        }
        let free: &dyn Fn(&str) -> bool = &|name| {
            let on_its_way = self.on_its_way.borrow();
            let mut carried = on_its_way.iter().filter(|(carried, _)| carried == name);
            carried.all(|(_, outlives)| leaving && !outlives)
        };
        let batch = self
            .queue
            .oldest(Whose::Own, MOST_EVENTS, MOST_BYTES_LEAVING, free);
        if batch.is_empty() {
            return;
        }
        let body = self.body(&batch);
        if !self.collector.can_keep_alive() && self.collector.beacon(PATH, &body) {
            // Nobody says whether it arrived, so it stays until the next page, which sends it again;
            // until then it need not go a third time.
            self.note(&batch, true);
            return;
        }
        self.note(&batch, true);
        let request = self.collector.post(PATH, &body, true);
        let this = Rc::clone(self);
        spawn_local(async move {
            let answer = request.answer().await;
            this.forget(&batch);
            this.settle(&batch, &answer);
        });
    }

    /// The page is looked at again, so what was handed to the browser for its end can be asked about.
    pub fn come_back(self: &Rc<Self>) {
        if !self.collector.can_keep_alive() {
            self.on_its_way.borrow_mut().clear();
        }
        if self.has_free() {
            self.soon();
        }
    }

    /// The user does not want anything sent: what waits is thrown away.
    pub fn deny(&self) {
        if self.state.get() != State::Ended {
            self.state.set(State::Denied);
        }
        drop(self.timer.take());
        self.queue.clear();
    }

    /// The user wants it after all.
    pub fn grant(self: &Rc<Self>) {
        if self.state.get() == State::Denied {
            self.state.set(State::Open);
        }
    }

    /// Ends it: nothing is sent any more.
    pub fn end(&self) {
        self.state.set(State::Ended);
        drop(self.timer.take());
        drop(self.attempted.take());
    }

    fn may_send(&self) -> bool {
        let online = get(&get(self.native.window(), "navigator"), "onLine") != JsValue::FALSE;
        self.state.get() == State::Open
            && online
            && self.native.now().monotonic >= self.not_before.get()
    }

    fn has_free(&self) -> bool {
        let free: &dyn Fn(&str) -> bool = &|name| self.is_free(name);
        !self.queue.oldest(Whose::All, 1, 0, free).is_empty()
    }

    fn is_free(&self, name: &str) -> bool {
        let on_its_way = self.on_its_way.borrow();
        !on_its_way.iter().any(|(carried, _)| carried == name)
    }

    fn tell(&self) {
        let attempted = self.attempted.borrow().clone();
        if let Some(attempted) = attempted {
            attempted();
        }
    }

    fn arm(self: &Rc<Self>, wait: i64) {
        let this = Rc::downgrade(self);
        let timer = Timer::after(&self.native, wait, move || {
            if let Some(this) = this.upgrade() {
                drop(this.timer.take());
                this.flush();
            }
        });
        self.timer.replace(Some(timer));
    }

    /// Drains the queue while no other tab does, where the browser can tell.
    async fn send_in_turn(self: &Rc<Self>) {
        if self.queue.is_empty() {
            return;
        }
        match self.with_lock().await {
            Turn::Taken => self.waits.set(0),
            Turn::Unknown => self.drain(Whose::OwnAndLeft).await,
            Turn::Others if self.waits.get() < MOST_WAITS => {
                self.waits.set(self.waits.get() + 1);
                self.arm(WAIT_FOR_OTHER);
            }
            Turn::Others => self.drain(Whose::Own).await,
        }
    }

    async fn with_lock(self: &Rc<Self>) -> Turn {
        let locks = get(&get(self.native.window(), "navigator"), "locks");
        let Some(request) = function(&locks, "request") else {
            return Turn::Unknown;
        };
        let this = Rc::clone(self);
        let run = Closure::once(move |lock: JsValue| -> Promise {
            future_to_promise(async move {
                let ours = lock.is_truthy();
                if ours {
                    this.drain(Whose::All).await;
                }
                Ok(ours.into())
            })
        });
        let options = Object::new();
        set(&options, "ifAvailable", &true.into());
        let name = format!("headstart.{}.send", self.collector.write_key);
        let asked = call(&request, &locks, &[&name.into(), &options, run.as_ref()])
            .and_then(|asked| Native::promise(&asked));
        let Some(asked) = asked else {
            return Turn::Unknown;
        };
        match JsFuture::from(asked).await {
            Ok(ours) if ours.is_truthy() => Turn::Taken,
            Ok(_) => Turn::Others,
            Err(_) => Turn::Unknown,
        }
    }

    async fn drain(self: &Rc<Self>, whose: Whose) {
        while self.may_send() {
            let free: &dyn Fn(&str) -> bool = &|name| self.is_free(name);
            let batch = self.queue.oldest(whose, self.most.get(), MOST_BYTES, free);
            if batch.is_empty() {
                return;
            }
            self.note(&batch, false);
            let body = self.body(&batch);
            let answer = self.collector.post(PATH, &body, false).answer().await;
            self.forget(&batch);
            self.settle(&batch, &answer);
        }
    }

    fn body(&self, batch: &[Entry]) -> String {
        let sent_at = format_iso(self.native.now().wall);
        body(&self.collector.write_key, &sent_at, batch)
    }

    fn note(&self, batch: &[Entry], outlives: bool) {
        let names = batch.iter().map(|entry| (entry.name.clone(), outlives));
        self.on_its_way.borrow_mut().extend(names);
    }

    fn forget(&self, batch: &[Entry]) {
        self.on_its_way
            .borrow_mut()
            .retain(|(carried, _)| !batch.iter().any(|entry| entry.name == *carried));
    }

    /// Does what an answer to a batch asks for.
    fn settle(self: &Rc<Self>, batch: &[Entry], answer: &Answer) {
        // Any proxy or login page can answer 200; only the collector counts what it took.
        let counted = get(&answer.body, "accepted").as_f64().is_some();
        match (answer.status, rejected(&answer.body)) {
            (200..=299, rejects) if counted => self.done(batch, rejects),
            (400, rejects @ Some(_)) => self.done(batch, rejects),
            (400 | 413, _) if batch.len() > 1 => self.most.set(batch.len() / 2),
            (400 | 413, _) => {
                self.console.warn(&format!(
                    "the collector refused an event for good, and it was dropped: {}",
                    answer.problem()
                ));
                self.done(batch, None);
            }
            (401 | 403, _) => {
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

    fn done(&self, batch: &[Entry], rejects: Option<(u32, String)>) {
        self.queue.remove(batch);
        self.failures.set(0);
        self.most.set((self.most.get() * 2).clamp(1, MOST_EVENTS));
        if let Some((count, first)) = rejects {
            self.console.warn(&format!(
                "the collector refused {count} of {} events; the first: {first}",
                batch.len()
            ));
        }
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

/// Whether this tab may send.
enum Turn {
    /// It had its turn.
    Taken,
    /// Another tab is sending.
    Others,
    /// The browser cannot tell.
    Unknown,
}
