//! The runtime: brings inputs to the engine one after the other, does what it wants done, and shows
//! what it wants shown.
//!
//! Anything may call back in the middle of this: a host's callback calls `headstart`, a link that
//! is clicked changes the page. So inputs queue up, and no cell is borrowed while JavaScript runs.

mod consent;
pub mod early;
mod effects;
mod hearing;
mod show;
mod start;

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use headstart_core::engine::{Effect, UiState};
use headstart_core::outbox::Bucket;
use headstart_core::session::Signal;
use headstart_core::{Consent, ContentId, Engine, Explanation, Input, Person, Selector};
use wasm_bindgen::prelude::*;

pub use self::early::Early;
use crate::callbacks::Callbacks;
use crate::console::Console;
use crate::log::Log;
use crate::memory::Memory;
use crate::native::{Native, get};
use crate::navigator::Navigator;
use crate::refresher::Refresher;
use crate::signals::{Busy, Elements, Hear, Signals};
use crate::storage::Storage;
use crate::timer::Timer;
use crate::tokens::Tokens;
use crate::transport::Transport;
use crate::ui::Screen;

#[wasm_bindgen(module = "/www/explain.js")]
extern "C" {
    /// Closes the explainer, if it is open.
    #[wasm_bindgen(js_name = closeExplainer)]
    fn close_explainer();
}

/// The running widget.
pub struct Runtime {
    starting: start::Starting,
    /// The browser's functions.
    pub native: Rc<Native>,
    /// Where the integrator is told.
    pub console: Rc<Console>,
    /// The host's callbacks.
    pub callbacks: Callbacks,
    /// The latest events.
    pub log: Log,
    /// The content as the collector last sent it.
    answer: RefCell<JsValue>,
    /// Sends messages.
    pub transport: Rc<Transport>,
    /// What proves who the user is.
    pub tokens: Rc<Tokens>,
    storage: Rc<Storage>,
    memory: Memory,
    /// Asks what there is for the user.
    pub refresher: Rc<Refresher>,
    navigator: Navigator,
    elements: Elements,
    signals: RefCell<Option<Signals>>,
    engine: RefCell<Engine>,
    /// The person, as the last input left them.
    person: RefCell<Person>,
    /// How often the host may call.
    bucket: RefCell<Bucket>,
    inbox: RefCell<Vec<Input>>,
    /// What to do once the view is up to date.
    deeds: RefCell<Vec<Effect>>,
    busy: Cell<bool>,
    alive: Cell<bool>,
    ready: Cell<bool>,
    ignores_gpc: bool,
    wake: RefCell<Option<Timer>>,
    /// When the user was last active, monotonic milliseconds.
    active_at: Cell<i64>,
    screen: RefCell<Option<Rc<Screen>>>,
    notes: RefCell<Vec<show::Note>>,
    /// Whether the user is busy.
    distraction: RefCell<Option<Busy>>,
    /// Whether anything is on screen.
    shows: Cell<bool>,
    open_root: bool,
    broken_screen: Cell<bool>,
}

impl Runtime {
    /// Hands an input to the engine, now or as soon as those before it are done with.
    pub fn dispatch(self: &Rc<Self>, input: Input) {
        self.inbox.borrow_mut().push(input);
        self.work();
    }

    /// Works off what is waiting, unless that is being done already.
    fn work(self: &Rc<Self>) {
        if self.busy.replace(true) {
            return;
        }
        while self.alive.get() {
            let busy = self.distraction.borrow().as_ref().map(Busy::input);
            if let Some(busy) = busy {
                self.apply(busy);
            }
            while let Some(input) = self.next_input() {
                self.apply(input);
            }
            if self.starting.may_show() {
                self.show();
            }
            let deeds = self.deeds.take();
            let done = deeds.is_empty();
            for deed in deeds {
                self.do_deed(deed);
            }
            if done && self.inbox.borrow().is_empty() {
                break;
            }
        }
        self.busy.set(false);
        if !self.alive.get() {
            self.leave_page();
        }
    }

    fn next_input(&self) -> Option<Input> {
        let mut inbox = self.inbox.borrow_mut();
        (!inbox.is_empty()).then(|| inbox.remove(0))
    }

    fn apply(self: &Rc<Self>, mut input: Input) {
        match &mut input {
            Input::Signal { stored, .. } => *stored = self.memory.session(),
            Input::ConsentGranted { anonymous } => *anonymous = self.open_up(),
            Input::ConsentDenied => self.close_down(),
            // Nobody has signed in as far as the engine knows, so nobody signs out.
            Input::Reset { .. } if self.consent() == Consent::Denied => self.tokens.clear(),
            _ => {}
        }
        let now = self.native.now();
        let effects = self.engine.borrow_mut().apply(input, now);
        self.follow_person();
        for effect in effects {
            self.perform(effect);
        }
    }

    /// Keeps storage in step with who the engine says the user is.
    fn follow_person(&self) {
        let person = self.engine.borrow().person().clone();
        let before = self.person.replace(person.clone());
        if before != person && self.consent() != Consent::Denied {
            let session_ended = self.engine.borrow().clock().record().is_none();
            // Of nobody nothing was stored; a session that is there is another tab's.
            let nobody = before == Person::default();
            self.memory
                .change_person(&before, &person, session_ended && !nobody);
            if let Some(user) = before.user.filter(|_| person.user.is_none()) {
                self.transport.sign_out(&user);
            }
            if session_ended && !get(self.native.document(), "hidden").is_truthy() {
                // The next person is looking already.
                self.inbox.borrow_mut().push(Input::Signal {
                    signal: Signal::Visible(true),
                    stored: None,
                });
            }
        }
    }

    /// Writes down what has changed.
    fn save(self: &Rc<Self>) {
        let person = self.person.borrow().clone();
        if let Some(known) = self.memory.unread(&person) {
            self.dispatch(Input::Learnt(known));
        }
        let engine = self.engine.borrow();
        let (known, ui): (_, UiState) = (engine.known().to_value(), engine.ui().clone());
        drop(engine);
        self.memory.save(&person, &known, &ui);
    }

    /// The content as the collector last sent it.
    pub fn documents(&self) -> JsValue {
        get(&self.answer.borrow(), "content")
    }

    /// How near the best match of a selector is.
    pub fn near(&self, selector: &Selector) -> String {
        self.elements.near(selector)
    }

    /// How each piece of content stands.
    pub fn explain(&self) -> Vec<Explanation> {
        self.engine.borrow().explain(self.native.now())
    }

    /// Whether there is such content for this user.
    pub fn has(&self, content: &ContentId) -> bool {
        self.explain().iter().any(|one| one.content == *content)
    }

    /// Whether one more frequent call, made at that wall time, is taken.
    pub fn takes_call(&self, time: f64) -> bool {
        // Those made while the widget was loaded come all at once, but were not made so.
        #[expect(
            clippy::cast_possible_truncation,
            reason = "`as` saturates; a time that is out of range fills nothing"
        )]
        let at = if self.ready.get() {
            self.native.now().monotonic
        } else {
            time as i64
        };
        self.bucket.borrow_mut().take(at)
    }

    /// Who the user is.
    pub fn person(&self) -> Person {
        self.person.borrow().clone()
    }

    /// Whether the host's calls so far have been worked off.
    pub fn is_ready(&self) -> bool {
        self.ready.get()
    }

    /// Whether the widget is still there.
    pub fn is_alive(&self) -> bool {
        self.alive.get()
    }

    /// Ends it all: every node, listener, observer and timer goes. What is unsent stays on disk.
    pub fn end(self: &Rc<Self>) {
        if !self.alive.get() {
            return;
        }
        if self.consent() != Consent::Denied {
            self.save();
            self.transport.hide(false);
        }
        self.alive.set(false);
        if !self.busy.get() {
            self.leave_page();
        }
    }

    fn leave_page(&self) {
        drop(self.signals.take());
        drop(self.distraction.take());
        close_explainer();
        self.elements.close();
        drop(self.wake.take());
        self.inbox.borrow_mut().clear();
        self.deeds.borrow_mut().clear();
        self.callbacks.clear();
        self.memory.end();
        self.refresher.close(true);
        self.transport.end();
        self.clear_screen();
    }
}

fn hear(runtime: &Weak<Runtime>) -> Hear {
    let runtime = runtime.clone();
    Rc::new(move |news| {
        if let Some(runtime) = runtime.upgrade() {
            runtime.hear(news);
        }
    })
}
