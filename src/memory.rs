//! Memory: what the browser remembers of the user from one page to the next, and between tabs.
//!
//! All of it is a convenience: progress is on the collector, too, and what is unsent is in the
//! [queue](crate::queue).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::engine::{Prefill, UiState};
use headstart_core::session::SessionRecord;
use headstart_core::text::{concat, digits, join, number, split};
use headstart_core::{ContentId, Decode, Known, Person, TaskId, Value};

use crate::encode::encode;
use crate::native::Native;
use crate::runtime::early::NOTE;
use crate::storage::Storage;
use crate::timer::Timer;
use crate::value::read_all;
use crate::waiting::then;

/// Several changes in a row cost one write, milliseconds.
const GATHER: i64 = 200;

/// What the browser remembers.
#[derive(Debug)]
pub struct Memory {
    native: Rc<Native>,
    storage: Rc<Storage>,
    due: Cell<Due>,
    timer: RefCell<Option<Timer>>,
    /// The text of what is known as this tab last wrote or read it.
    last_known: RefCell<String>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Due {
    known: bool,
    ui: bool,
}

impl Memory {
    /// Memory in that storage.
    pub fn new(native: &Rc<Native>, storage: &Rc<Storage>) -> Self {
        Self {
            native: Rc::clone(native),
            storage: Rc::clone(storage),
            due: Cell::default(),
            timer: RefCell::default(),
            last_known: RefCell::default(),
        }
    }

    /// What is remembered of that person. What is remembered of others is forgotten: they sign in
    /// again, and the collector tells.
    pub fn known(&self, person: &Person) -> Option<Known> {
        let name = known_name(person);
        for other in self.storage.names("known.") {
            if other != name {
                self.storage.remove(&other);
            }
        }
        self.read_known(&self.storage.get(&name)?)
    }

    /// The same, for a page that has broken `JSON`: hands it over in a moment, if there is any.
    pub fn known_without_json(&self, person: &Person, take: impl FnOnce(Known) + 'static) {
        if let Some(text) = self.storage.get(&known_name(person)) {
            then(&self.native.parse_later(&text), move |parsed| {
                let known = read_all(&parsed).map(Known::from_value);
                if let Some(Ok(known)) = known {
                    take(known);
                }
            });
        }
    }

    /// What another tab wrote of that person under that name, unless it is what this tab has.
    pub fn known_from(&self, person: &Person, name: &str, text: &str) -> Option<Known> {
        if name != known_name(person) || *self.last_known.borrow() == text {
            return None;
        }
        self.read_known(text)
    }

    fn read_known(&self, text: &str) -> Option<Known> {
        text.clone_into(&mut self.last_known.borrow_mut());
        Known::from_value(read_all(&self.native.parse(text)?)?).ok()
    }

    /// What was open.
    pub fn ui(&self) -> UiState {
        let stored = self.storage.get("ui");
        let mut state = stored.map_or_else(UiState::default, |stored| read_ui(&stored));
        let form = self.storage.get("form");
        state.prefill = form.and_then(|text| self.read_form(&text));
        state
    }

    fn read_form(&self, text: &str) -> Option<Prefill> {
        Prefill::from_value(read_all(&self.native.parse(text)?)?).ok()
    }

    /// The session that the tabs share, as it is stored now.
    pub fn session(&self) -> Option<SessionRecord> {
        let text = self.storage.get("session")?;
        let fields = split(&text, b"|");
        let [id @ .., started_at, last_active_at] = fields.as_slice() else {
            return None;
        };
        Some(SessionRecord {
            id: join(id, "|").into(),
            started_at: number(started_at)?,
            last_active_at: number(last_active_at)?,
        })
    }

    /// Shares the session with the other tabs, as `id|start|last use`.
    pub fn save_session(&self, record: &SessionRecord) {
        let text = join(
            &[
                record.id.as_str(),
                &digits(record.started_at),
                &digits(record.last_active_at),
            ],
            "|",
        );
        self.storage.set("session", &text);
    }

    /// Another person begins: the session is not theirs, nor is what is known.
    pub fn change_person(&self, from: &Person, to: &Person, session_ended: bool) {
        if session_ended {
            self.storage.remove("session");
        }
        if from.key() != to.key() {
            self.storage.remove(&known_name(from));
            self.last_known.borrow_mut().clear();
        }
        self.save_person(to);
    }

    /// Writes down who the user is, for the loader on the next page and for the other tabs.
    pub fn save_person(&self, person: &Person) {
        // The user goes first and comes last: whoever sees the browser's id change finds the user
        // that goes with it, or none.
        if person.user.is_none() {
            self.storage.remove("user");
        }
        self.update("anonymous", person.anonymous.as_str());
        if let Some(user) = &person.user {
            self.update("user", user.as_str());
        }
    }

    fn update(&self, name: &str, text: &str) {
        if self.storage.get(name).as_deref() != Some(text) {
            self.storage.set(name, text);
        }
    }

    /// Asks for `save` to be called soon, for what is known.
    pub fn known_changed(&self, save: impl FnOnce() + 'static) {
        self.change(|due| due.known = true, save);
    }

    /// Asks for `save` to be called soon, for what is open.
    pub fn ui_changed(&self, save: impl FnOnce() + 'static) {
        self.change(|due| due.ui = true, save);
    }

    fn change(&self, mark: impl FnOnce(&mut Due), save: impl FnOnce() + 'static) {
        let mut due = self.due.get();
        mark(&mut due);
        self.due.set(due);
        if self.timer.borrow().is_none() {
            let timer = Timer::after(GATHER, save);
            self.timer.replace(Some(timer));
        }
    }

    /// What other tabs have written of that person since this one looked, if a save is due: it must
    /// be taken in before it is written over.
    pub fn unread(&self, person: &Person) -> Option<Known> {
        if !self.due.get().known {
            return None;
        }
        let name = known_name(person);
        let text = self.storage.get(&name)?;
        self.known_from(person, &name, &text)
    }

    /// Nothing of what has changed is to be written, and nothing of what was is remembered.
    pub fn forget(&self) {
        self.due.take();
        self.last_known.borrow_mut().clear();
        self.end();
    }

    /// Calls nobody any more.
    pub fn end(&self) {
        drop(self.timer.take());
    }

    /// Writes what has changed since the last time.
    pub fn save(&self, person: &Person, known: &Value, ui: &UiState) {
        let due = self.due.take();
        drop(self.timer.borrow_mut().take());
        if due.ui {
            let open = ui.open.as_ref().map_or("", ContentId::as_str);
            let expanded = ui.expanded.as_ref().map_or("", TaskId::as_str);
            let hint = ui.hint.as_ref().map_or("", ContentId::as_str);
            let tour = ui.trail_of.as_ref().map_or("", ContentId::as_str);
            // No id has either sign in it.
            let mut text = join(&[open, expanded, hint, tour, ""], "|");
            for step in &ui.trail {
                text.push_str(step.as_str());
                text.push(',');
            }
            if !ui.trail.is_empty() {
                text.pop();
            }
            while text.ends_with('|') {
                text.pop();
            }
            self.storage.set("ui", &text);
            match &ui.prefill {
                Some(prefill) => {
                    self.update("form", &encode(&prefill.to_value()));
                    // By this the loader knows that the next page has something to do.
                    self.storage.set(NOTE, "1");
                }
                None => self.storage.remove("form"),
            }
        }
        if due.known {
            let text = encode(known);
            self.storage.set(&known_name(person), &text);
            *self.last_known.borrow_mut() = text;
        }
    }
}

/// The name under which it is stored what is known of that person.
pub fn known_name(person: &Person) -> String {
    concat(&["known.", person.key()])
}

/// What was open, as [`Memory::save`] writes it.
fn read_ui(stored: &str) -> UiState {
    let mut fields = split(stored, b"|")
        .into_iter()
        .map(|id| Some(id).filter(|id| !id.is_empty()));
    let mut field = || fields.next().flatten();
    let mut state = UiState {
        open: field().map(Into::into),
        expanded: field().map(Into::into),
        hint: field().map(Into::into),
        trail_of: field().map(Into::into),
        ..UiState::default()
    };
    for step in split(field().unwrap_or_default(), b",") {
        if !step.is_empty() {
            state.trail.push(step.into());
        }
    }
    state
}
