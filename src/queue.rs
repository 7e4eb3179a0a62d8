//! The queue: messages that the collector has not yet acknowledged, on disk.
//!
//! All tabs of a browser have one. Whoever comes next, another tab or the next page, sends what a tab has
//! left. Should two send the same message, the collector counts it once, by its message id.
//!
//! A message is known by the name it is kept under, which is its [label](Label).

mod store;

use std::cell::{Cell, Ref, RefCell};
use std::rc::Rc;

use headstart_core::outbox::{Label, Limit, batch, excess, expired, replaces};
use headstart_core::{Message, TabId};
use js_sys::{Array, Promise};

use self::store::list;
pub use self::store::{Store, Turn, ask_for_turn, open_store};
use crate::encode::encode;
use crate::native::Native;

/// The most one message may have, bytes of JSON: what the collector takes.
pub const LARGEST: usize = 32 * 1024;

/// Why a message is not taken: it has so many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge(pub usize);

/// Messages that travel together.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Their names.
    pub names: Vec<String>,
    /// The JSON of each.
    pub texts: Array,
}

/// The messages waiting.
#[derive(Debug)]
pub struct Queue {
    native: Rc<Native>,
    /// Where they are.
    pub store: Store,
    tab: TabId,
    turn: Cell<u32>,
    /// What is waiting, oldest first, as far as this tab knows.
    names: RefCell<Vec<String>>,
    /// The bytes of it.
    bytes: Cell<usize>,
    /// The session whose running totals were pushed last, and under which name.
    totals: RefCell<(String, String)>,
}

impl Queue {
    /// The queue of the project with that write key, for this tab. One that is `held` stays in
    /// memory until it is let go.
    pub fn new(native: &Rc<Native>, project: &str, tab: TabId, held: bool) -> Self {
        Self {
            native: Rc::clone(native),
            store: open_store(project, held),
            tab,
            turn: Cell::new(0),
            names: RefCell::default(),
            bytes: Cell::new(0),
            totals: RefCell::default(),
        }
    }

    /// Puts a message at the end. It is in the browser's hands when this returns.
    ///
    /// # Errors
    /// [`TooLarge`] when the collector would refuse it anyway.
    pub fn push(&self, message: &Message) -> Result<(), TooLarge> {
        let text = encode(&message.to_value());
        if text.len() > LARGEST {
            return Err(TooLarge(text.len()));
        }
        let turn = self.turn.get();
        self.turn.set(turn.wrapping_add(1));
        let name = Label::write(message, turn, &self.tab, text.len());
        let mut going = Vec::new();
        if let Some(session) = replaces(message) {
            let latest = (session.to_owned(), name.clone());
            let (before, earlier) = self.totals.replace(latest);
            if before == session {
                going.push(earlier);
                self.forget(&going);
            }
        }
        self.insert(name.clone());
        going.extend(self.make_room());
        // It may have been itself what was least important.
        let kept = if going.contains(&name) { "" } else { &name };
        self.store.put(kept, &text, &list(&going));
        Ok(())
    }

    fn insert(&self, name: String) {
        let mut names = self.names.borrow_mut();
        if let Err(place) = names.binary_search(&name) {
            self.bytes.set(self.bytes.get() + bytes_of(&name));
            names.insert(place, name);
        }
    }

    /// Throws away what is over the bounds. Answers the names.
    fn make_room(&self) -> Vec<String> {
        let bounds = self.store.bounds();
        if self.names.borrow().len() <= bounds.messages && self.bytes.get() <= bounds.bytes {
            return Vec::new();
        }
        let going = excess(&self.names.borrow(), bounds);
        self.lose(&going, "full");
        going
    }

    fn lose(&self, going: &[String], reason: &str) {
        for name in going {
            let kind = Label::read(name).map_or("", |label| label.kind.name());
            self.store.lose(reason, kind);
        }
        self.forget(going);
    }

    /// Asks the store what is waiting, in whichever tab it came up, and throws away what is too old.
    pub async fn look(&self) {
        if let Some(names) = self.store.all().await {
            self.take_in(&names);
        }
    }

    /// These are waiting, as the store says.
    pub fn take_in(&self, names: &Array) {
        self.names.take();
        self.bytes.set(0);
        for name in names.iter() {
            if let Some(name) = name.as_string() {
                self.insert(name);
            }
        }
        let mut going = expired(&self.names.borrow(), self.native.now().wall);
        self.lose(&going, "age");
        going.extend(self.make_room());
        self.remove(&going);
    }

    /// The oldest messages that `may` go (asked by name and user), as far as this tab knows, up to a
    /// limit, and of one known user at most.
    pub fn oldest(&self, limit: Limit, may: &dyn Fn(&str, Option<&str>) -> bool) -> Vec<String> {
        batch(&self.names.borrow(), limit, may)
    }

    /// What this tab knows to be waiting, oldest first.
    pub fn names(&self) -> Ref<'_, Vec<String>> {
        self.names.borrow()
    }

    /// The bytes of what this tab knows to be waiting.
    pub fn bytes(&self) -> usize {
        self.bytes.get()
    }

    /// Messages of which all are at hand.
    pub fn recall(&self, names: Vec<String>) -> Batch {
        let texts = Array::new();
        for name in &names {
            texts.push(&self.store.recall(name));
        }
        Batch { names, texts }
    }

    /// Messages, with their texts. `None` if some are there no longer, because another tab has sent
    /// them: those are forgotten.
    pub async fn read(&self, names: Vec<String>) -> Option<Batch> {
        let texts = self.store.texts(&list(&names)).await?;
        self.batch_of(names, texts)
    }

    /// The texts of messages as far as they are there, as the promise of the [store](Store::read) brings them.
    pub fn texts(&self, names: &[String]) -> Promise {
        self.store.read(&list(names))
    }

    /// Messages with the texts that the store has of them. `None` if some are there no longer.
    pub fn batch_of(&self, names: Vec<String>, texts: Array) -> Option<Batch> {
        let mut gone = Vec::new();
        for (name, text) in names.iter().zip(texts.iter()) {
            if !text.is_string() {
                gone.push(name.clone());
            }
        }
        self.remove(&gone);
        gone.is_empty().then_some(Batch { names, texts })
    }

    /// Takes messages out.
    pub fn remove(&self, names: &[String]) {
        if !names.is_empty() {
            self.forget(names);
            self.store.put("", "", &list(names));
        }
    }

    fn forget(&self, gone: &[String]) {
        let mut names = self.names.borrow_mut();
        for name in gone {
            if let Ok(place) = names.binary_search(name) {
                names.remove(place);
                self.bytes.set(self.bytes.get() - bytes_of(name));
            }
        }
    }

    /// Throws away all there is, on disk too, and keeps what comes from now on in memory.
    pub fn destroy(&self) {
        self.names.take();
        self.bytes.set(0);
        self.store.destroy();
    }
}

/// Takes some texts out of a list.
pub fn take_out(list: &mut Vec<String>, gone: &[String]) {
    list.retain(|text| !gone.contains(text));
}

fn bytes_of(name: &str) -> usize {
    Label::read(name).map_or(0, |label| label.bytes)
}
