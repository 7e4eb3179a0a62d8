//! The refresher: asks the collector again what there is for the user, so that what happened
//! elsewhere (a server's event, another device) shows here.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::{ContentId, Person, Properties, Value};
use wasm_bindgen::JsValue;

use crate::answer::Answer;
use crate::backoff::delay;
use crate::collector::Collector;
use crate::console::Console;
use crate::encode::encode;
use crate::native::{Native, get};
use crate::tokens::Tokens;
use crate::ui::words::spoken;

/// When the tab is looked at: at most so often, milliseconds.
pub const AFTER_LOOK: i64 = 3_000;
/// While the user is at it: so often, milliseconds. A little less than a tick, so that every tick asks.
pub const WHILE_ACTIVE: i64 = 4_500;

/// Asks, one request at a time, and backs off when there is no answer.
#[derive(Debug)]
pub struct Refresher {
    native: Rc<Native>,
    collector: Rc<Collector>,
    tokens: Rc<Tokens>,
    console: Rc<Console>,
    /// When to ask, if at all.
    due_at: Cell<Option<i64>>,
    busy: Cell<bool>,
    closed: Cell<bool>,
    /// Whether the user may be named.
    named: Cell<bool>,
    /// Whether the collector wants proof of who the user is, and there is none yet.
    unproven: Cell<bool>,
    failures: Cell<u32>,
    /// Whether the explainer is open, which wants to know of all content.
    debugs: Cell<bool>,
    /// The language that the host wants; empty if it does not say.
    language: RefCell<String>,
    /// Moments of the monotonic clock, milliseconds.
    asked_at: Cell<i64>,
    not_before: Cell<i64>,
}

impl Refresher {
    /// A refresher that has just been told, in that language: the page was booted.
    pub fn new(
        native: &Rc<Native>,
        collector: &Rc<Collector>,
        tokens: &Rc<Tokens>,
        console: &Rc<Console>,
        language: String,
    ) -> Rc<Self> {
        Rc::new(Self {
            native: Rc::clone(native),
            collector: Rc::clone(collector),
            tokens: Rc::clone(tokens),
            console: Rc::clone(console),
            due_at: Cell::new(None),
            busy: Cell::new(false),
            closed: Cell::new(false),
            named: Cell::new(true),
            unproven: Cell::new(false),
            debugs: Cell::new(false),
            language: RefCell::new(language),
            failures: Cell::new(0),
            asked_at: Cell::new(native.now().monotonic),
            not_before: Cell::new(0),
        })
    }

    /// There is something to ask about, whenever the last time was.
    pub fn want(&self) {
        self.unproven.set(false);
        self.due_at.set(Some(0));
    }

    /// From now on also content is asked for that is over for the user or not meant for them.
    pub fn debug(&self) {
        if !self.debugs.replace(true) {
            self.want();
        }
    }

    /// From now on everything is asked for in that language.
    pub fn speak(&self, language: String) {
        if *self.language.borrow() != language {
            self.language.replace(language);
            self.want();
        }
    }

    /// The host gave a new token, with which the collector may say more.
    pub fn prove(&self) {
        if self.unproven.get() {
            self.not_before.set(0);
        }
        self.want();
    }

    /// Whether the collector is told who asks.
    pub fn name(&self, named: bool) {
        self.named.set(named);
    }

    /// It would be good to know, as soon as the last time is so long ago (milliseconds).
    pub fn want_after(&self, gap: i64) {
        let at = self.asked_at.get() + gap;
        self.due_at
            .set(Some(self.due_at.get().map_or(at, |due| due.min(at))));
    }

    /// Whether to ask now.
    pub fn is_due(&self) -> bool {
        let now = self.native.now().monotonic;
        self.due_at.get().is_some_and(|at| now >= at)
            && !self.busy.get()
            && !self.closed.get()
            && !self.unproven.get()
            && now >= self.not_before.get()
    }

    /// Asks on behalf of that person, also for content that the host called for, and hands over the collector's answer, parsed but not checked.
    pub fn ask(
        self: &Rc<Self>,
        person: &Person,
        called: Option<&ContentId>,
        take: impl FnOnce(JsValue) + 'static,
    ) {
        let now = self.native.now().monotonic;
        self.due_at.set(None);
        self.busy.set(true);
        self.asked_at.set(now);
        let body = self.body(person, called);
        let request = self.collector.post("/v1/boot", &body.into(), false);
        let this = Rc::clone(self);
        request.answer(move |answer| {
            this.busy.set(false);
            if this.closed.get() {
                return;
            }
            if answer.is_ok() {
                this.failures.set(0);
                take(answer.body);
            } else {
                this.put_off(&answer);
            }
        });
    }

    /// Asks no more, or again.
    pub fn close(&self, closed: bool) {
        self.closed.set(closed);
    }

    fn put_off(&self, answer: &Answer) {
        let problem = get(&get(&answer.body, "error"), "code").as_string();
        let problem = problem.filter(|code| code.starts_with("identity_"));
        if let Some(problem) = problem.filter(|_| answer.status == 401) {
            self.unproven.set(true);
            // Most pages name the user first and fetch a token then.
            if problem != "identity_token_missing" {
                self.console.warn(&[
                    "the collector does not believe who the user is, and waits for the next identify with a good token: ",
                    &answer.problem(),
                ]);
            }
        } else if matches!(answer.status, 401 | 403) {
            self.closed.set(true);
        }
        let failures = self.failures.get().saturating_add(1);
        self.failures.set(failures);
        let wait = AFTER_LOOK + delay(failures, answer.retry_after, self.native.random());
        self.not_before.set(self.native.now().monotonic + wait);
        self.due_at.set(Some(0));
    }

    fn body(&self, person: &Person, called: Option<&ContentId>) -> String {
        let mut fields = Properties::new();
        let mut put = |name: &str, value: Value| {
            fields.insert(name.to_owned(), value);
        };
        put("writeKey", self.collector.write_key.as_str().into());
        if self.named.get() {
            put("anonymousId", person.anonymous.as_str().into());
        }
        if let Some(user) = person.user.as_ref().filter(|_| self.named.get()) {
            put("userId", user.as_str().into());
            if let Some(token) = self.tokens.of(user) {
                put("token", token.into());
            }
        }
        if let Some(content) = called {
            put("show", content.as_str().into());
        }
        if self.debugs.get() {
            put("debug", true.into());
        }
        let language = self.language.borrow();
        if !language.is_empty() {
            put("language", language.as_str().into());
        }
        put("words", spoken().into());
        put("refresh", true.into());
        encode(&Value::Map(fields))
    }
}
