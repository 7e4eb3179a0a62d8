//! Starting, in steps: each is a task of its own, so that on a slow phone the page can answer its user in between.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use headstart_core::condition::Device;
use headstart_core::engine::Start;
use headstart_core::text::split_at;
use headstart_core::{Consent, Engine, Input, MessageId};
use js_sys::Array;
use wasm_bindgen::JsValue;

use super::{Runtime, consent, hear};
use crate::boot;
use crate::callbacks::Callbacks;
use crate::collector::Collector;
use crate::config::Config;
use crate::console::Console;
use crate::log::Log;
use crate::memory::Memory;
use crate::native::{Native, get};
use crate::navigator::Navigator;
use crate::refresher::Refresher;
use crate::signals::{Busy, Elements, Signals};
use crate::storage::Storage;
use crate::timer::Timer;
use crate::tokens::Tokens;
use crate::transport::Transport;
use crate::ui::words::learn;

/// The name of the query parameter that opens the explainer, where the project allows it.
const DEBUG: &str = "headstart_debug";
/// So long the browser has to draw what is to be seen, milliseconds: a frame or two of a slow phone.
const TO_BE_SEEN: i64 = 200;

/// What is still to be done of the start.
#[derive(Default)]
pub(super) struct Starting {
    step: RefCell<Option<Step>>,
    timer: RefCell<Option<Timer>>,
    may_show: Cell<bool>,
}

impl Starting {
    /// Whether the start has come so far that something may be on screen.
    pub(super) fn may_show(&self) -> bool {
        self.may_show.get()
    }
}

/// In an order by which what is to be seen is seen first.
enum Step {
    /// Find out where the user is.
    Look(First),
    /// Take in what there is for them.
    Read(First),
    /// Make a place for it on the page.
    Mount(Vec<MessageId>),
    /// Put it there.
    Show(Vec<MessageId>),
    /// Hear what happens from now on, and send what has happened so far; that of the early calls is stored under
    /// these names until then.
    Hear(Vec<MessageId>),
}

/// What is first to be shown.
struct First {
    boot: JsValue,
    calls: Array,
}

impl Runtime {
    /// Makes everything, and begins with it as soon as the page has had its turn, or when [`Runtime::finish`]
    /// is called. `None` where there is no page.
    pub fn start(config: Config) -> Option<Rc<Self>> {
        let native = Native::capture()?;
        let storage = Rc::new(Storage::new(&config.write_key));
        let consent = consent::at_start(&config, &native, &storage);
        if consent != Consent::Granted {
            storage.erase();
        }
        let person = consent::person_under(consent, config.person, &native, &storage);
        let memory = Memory::new(&native, &storage);
        let known = memory.known(&person).unwrap_or_default();
        if consent != Consent::Denied {
            memory.save_person(&person);
        }
        let tab = native.unique();
        let console = Rc::new(Console::default());
        let collector = Collector::new(config.endpoint, config.write_key.clone());
        let collector = Rc::new(collector);
        let tokens = Rc::new(Tokens::default());
        let state = consent::state_under(consent);
        let transport = Transport::new(
            &native,
            &console,
            &collector,
            &tokens,
            tab.as_str().into(),
            state,
        );
        let engine = Engine::new(Start {
            tab: tab.into(),
            person: person.clone(),
            known,
            ui: memory.ui(),
            consent,
            query: config.query,
        });
        let this = Rc::new_cyclic(|weak: &Weak<Self>| {
            let hear = hear(weak);
            Self {
                starting: Starting::default(),
                callbacks: Callbacks::default(),
                log: Log::default(),
                answer: RefCell::new(config.boot.clone()),
                transport,
                memory,
                refresher: Refresher::new(&native, &collector, &tokens, &console, config.language),
                tokens,
                navigator: Navigator::new(&console),
                elements: Elements::new(&console, &hear),
                signals: RefCell::default(),
                engine: RefCell::new(engine),
                person: RefCell::new(person),
                bucket: RefCell::default(),
                inbox: RefCell::default(),
                deeds: RefCell::default(),
                busy: Cell::new(false),
                alive: Cell::new(true),
                ready: Cell::new(false),
                ignores_gpc: config.ignores_gpc,
                wake: RefCell::default(),
                active_at: Cell::new(native.now().monotonic),
                screen: RefCell::default(),
                notes: RefCell::default(),
                distraction: RefCell::default(),
                shows: Cell::new(false),
                open_root: config.open_root,
                broken_screen: Cell::new(false),
                native,
                console,
                storage,
            }
        });
        this.begin_under(consent);
        this.then(
            Step::Look(First {
                boot: config.boot,
                calls: config.calls,
            }),
            0,
        );
        Some(this)
    }

    /// Does at once what is still to be done of the start.
    pub fn finish(self: &Rc<Self>) {
        while self.go_on() {}
    }

    fn then(self: &Rc<Self>, step: Step, delay: i64) {
        self.starting.step.replace(Some(step));
        let weak = Rc::downgrade(self);
        let timer = Timer::after(delay, move || {
            if let Some(this) = weak.upgrade() {
                this.go_on();
            }
        });
        self.starting.timer.replace(Some(timer));
    }

    /// Does the next step. Says whether there was one.
    fn go_on(self: &Rc<Self>) -> bool {
        drop(self.starting.timer.take());
        match self.starting.step.take().filter(|_| self.alive.get()) {
            Some(Step::Look(first)) => {
                self.look_first();
                self.then(Step::Read(first), 0);
            }
            Some(Step::Read(first)) => {
                let early = self.read_first(&first);
                self.then(Step::Mount(early), 0);
            }
            Some(Step::Mount(early)) => {
                self.make_room();
                self.then(Step::Show(early), 0);
            }
            Some(Step::Show(early)) => {
                self.starting.may_show.set(true);
                self.work();
                self.then(Step::Hear(early), TO_BE_SEEN);
                // Before anything that the user does to what they see now.
                if self.alive.get() {
                    self.ready.set(true);
                    self.callbacks
                        .refuse("ready", &JsValue::UNDEFINED, &self.console);
                }
            }
            Some(Step::Hear(early)) => self.hear_page(&early),
            None => return false,
        }
        true
    }

    /// Where the user is and whether they look comes first, so that what is shown at once is shown in a session.
    fn look_first(self: &Rc<Self>) {
        let hear = hear(&Rc::downgrade(self));
        self.distraction.replace(Some(Busy::start(&hear)));
        let signals = Signals::start(self.storage.prefix(), &hear);
        self.signals.replace(Some(signals));
    }

    fn read_first(self: &Rc<Self>, first: &First) -> Vec<MessageId> {
        match boot::read(&first.boot, &self.console) {
            Some(boot) => {
                learn(&first.boot);
                self.dispatch(Input::Booted(boot));
            }
            None => self.refresher.want(),
        }
        if !self.native.can_parse() {
            self.remember_later();
        }
        self.catch_up(&first.calls)
    }

    fn hear_page(self: &Rc<Self>, early: &[MessageId]) {
        let weak = Rc::downgrade(self);
        self.transport.on_attempt(move || {
            if let Some(this) = weak.upgrade() {
                this.turn_to_collector();
            }
        });
        self.transport.begin();
        self.have_caught_up(early);
        if let Some(signals) = &*self.signals.borrow() {
            signals.listen();
        }
        let search = get(&get(self.native.window(), "location"), "search").as_string();
        if self.engine.borrow().settings().debug
            && search.is_some_and(|search| split_at(&search, DEBUG).is_some())
        {
            crate::commands::explain(self);
        }
    }

    /// Tells the engine what the user has before them.
    pub(super) fn survey(self: &Rc<Self>) {
        let document = self.native.document();
        let root = document.document_element();
        let lang = root.and_then(|root| root.get_attribute("lang"));
        let window = self.native.window();
        let own = || get(&get(window, "navigator"), "language").as_string();
        let locale = lang.filter(|lang| !lang.is_empty()).or_else(own);
        let width = get(window, "innerWidth").as_f64().unwrap_or(f64::MAX);
        self.dispatch(Input::Surroundings {
            locale: locale.unwrap_or_default(),
            device: Device::of_width(width),
        });
    }

    fn remember_later(self: &Rc<Self>) {
        let this = Rc::clone(self);
        let person = self.person();
        let of = person.clone();
        self.memory.known_without_json(&of, move |known| {
            if this.alive.get() && this.person() == person {
                this.dispatch(Input::Learnt(known));
            }
        });
    }
}
