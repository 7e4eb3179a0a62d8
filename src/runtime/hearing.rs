//! What the page, the user and the other tabs bring.

use std::rc::Rc;

use headstart_core::session::Signal;
use headstart_core::time::MINUTE;
use headstart_core::{Consent, Input, Person, Properties, UserId};
use wasm_bindgen::JsValue;

use crate::boot;
use crate::commands::no_content;
use crate::refresher::{AFTER_LOOK, WHILE_ACTIVE};
use crate::runtime::Runtime;
use crate::signals::News;
use crate::ui::words::learn;

/// For so long after the last activity we keep asking what has happened elsewhere, milliseconds.
const AT_IT: i64 = 2 * MINUTE;

impl Runtime {
    pub(super) fn hear(self: &Rc<Self>, news: News) {
        if !self.alive.get() {
            return;
        }
        match news {
            News::Input(input) => {
                let signal = match &input {
                    Input::Signal { signal, .. } => Some(*signal),
                    _ => None,
                };
                let elsewhere = matches!(input, Input::PageChanged(_));
                self.dispatch(input);
                if let Some(signal) = signal {
                    self.follow_signal(signal);
                }
                if elsewhere {
                    self.survey();
                    self.stay_on_page();
                }
            }
            News::Leaving => self.leave(true),
            News::Online => {
                self.transport.retry();
                self.look_up(AFTER_LOOK);
            }
            News::Replaced => self.work(),
            News::Stored { name, text } => self.hear_tab(&name, text),
        }
    }

    fn follow_signal(self: &Rc<Self>, signal: Signal) {
        let now = self.native.now().monotonic;
        match signal {
            Signal::Visible(true) => {
                self.active_at.set(now);
                self.transport.come_back();
                self.look_up(AFTER_LOOK);
            }
            Signal::Visible(false) => self.leave(false),
            Signal::Focused(true) => {
                self.active_at.set(now);
                self.look_up(AFTER_LOOK);
            }
            Signal::Focused(false) => {}
            Signal::Active => self.active_at.set(now),
            Signal::Tick => {
                self.elements.look();
                self.stay_on_page();
                if self.shows.get() && now - self.active_at.get() < AT_IT {
                    self.look_up(WHILE_ACTIVE);
                }
                self.turn_to_collector();
            }
        }
    }

    /// The page may be gone in a moment: everything is written and handed to the browser now.
    fn leave(self: &Rc<Self>, for_good: bool) {
        self.finish();
        if for_good {
            // Whoever was at work was cut off, see `www/signals.js`.
            self.busy.set(false);
            self.work();
        }
        self.save();
        self.transport.hide(for_good);
    }

    fn look_up(self: &Rc<Self>, gap: i64) {
        // What there is for nobody in particular is not news.
        if self.consent() == Consent::Granted {
            self.refresher.want_after(gap);
        }
        self.turn_to_collector();
    }

    /// What there is to do with the collector, besides sending: to ask it, and to own up to what was
    /// thrown away.
    pub(super) fn turn_to_collector(self: &Rc<Self>) {
        if self.alive.get() {
            self.transport.own_up(&self.person());
            self.refresh_if_due();
        }
    }

    fn refresh_if_due(self: &Rc<Self>) {
        if self.alive.get() && self.refresher.is_due() {
            self.refresh();
        }
    }

    fn refresh(self: &Rc<Self>) {
        let person = self.person();
        let weak = Rc::downgrade(self);
        let asked_for = person.clone();
        let called = self.engine.borrow().called().cloned();
        self.refresher.ask(&person, called.as_ref(), move |answer| {
            if let Some(this) = weak.upgrade() {
                this.take_answer(&answer, &asked_for);
            }
        });
    }

    fn take_answer(self: &Rc<Self>, answer: &JsValue, asked_for: &Person) {
        if self.person() == *asked_for {
            if let Some(boot) = boot::read(answer, &self.console) {
                self.answer.replace(answer.clone());
                learn(answer);
                let called = self.engine.borrow().called().cloned();
                self.dispatch(Input::Booted(boot));
                if let Some(called) = called.filter(|id| !self.has(id)) {
                    self.console
                        .warn(&["call of 'show': ", &no_content(&called)]);
                }
            }
        } else {
            // Someone else is here now, and waits for what is theirs.
            self.refresher.want();
        }
        self.refresh_if_due();
    }

    /// Another tab has stored something.
    fn hear_tab(self: &Rc<Self>, name: &str, text: Option<String>) {
        let person = self.person();
        match (name, text) {
            ("consent", Some(answer)) => {
                self.set_consent(answer == "granted");
            }
            // Those whom this tab may not know it has heard of when it may.
            _ if self.consent() != Consent::Granted => {}
            ("anonymous", Some(id)) if id != person.anonymous.as_str() => {
                self.dispatch(Input::Reset {
                    anonymous: id.into(),
                });
                if let Some(user) = self.storage.get("user") {
                    self.become_user(user);
                }
            }
            ("user", Some(user)) => self.become_user(user),
            (_, Some(text)) => {
                if let Some(known) = self.memory.known_from(&person, name, &text) {
                    self.dispatch(Input::Learnt(known));
                }
            }
            _ => {}
        }
    }

    /// From now on everything is to be in that language.
    pub fn speak(self: &Rc<Self>, language: String) {
        self.refresher.speak(language);
        self.turn_to_collector();
    }

    /// There is a new token of that user's: what waited for it may go, and the collector may say more
    /// than it did without.
    pub fn prove(self: &Rc<Self>, user: &UserId) {
        self.transport.prove(user);
        if self.consent() == Consent::Granted {
            self.refresher.prove();
            self.transport.flush();
        }
    }

    fn become_user(self: &Rc<Self>, user: String) {
        if self.person().user.is_none_or(|own| own.as_str() != user) {
            self.dispatch(Input::Identified {
                user: user.into(),
                traits: Properties::new(),
            });
        }
    }
}
