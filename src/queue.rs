//! The queue: messages that the collector has not yet acknowledged, on disk.
//!
//! All tabs of a browser have one. Whoever comes next, another tab or the next page, sends what a tab has
//! left. Should two send the same message, the collector counts it once, by its message id.

pub mod database;
mod dropped;
mod recent;
mod store;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::outbox::{Label, Limit, Reason, batch, excess, expired, replaces};
use headstart_core::{Message, TabId};

pub use self::dropped::Dropped;
use self::recent::Recent;
pub use self::store::Store;
use crate::console::Console;
use crate::encode::encode;
use crate::native::Native;
use crate::storage::Storage;

/// The most one message may have, bytes of JSON: what the collector takes.
pub const LARGEST: usize = 32 * 1024;

/// One message waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it is kept under.
    pub label: Label,
    /// Its JSON.
    pub text: String,
}

/// Why a message is not taken: it has so many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge(pub usize);

/// The messages waiting.
#[derive(Debug)]
pub struct Queue {
    native: Rc<Native>,
    /// Where they are.
    pub store: Rc<Store>,
    tab: TabId,
    turn: Cell<u32>,
    /// What is waiting, oldest first, as far as this tab knows.
    labels: RefCell<Vec<Label>>,
    /// What was pushed since the store was last asked.
    fresh: RefCell<Vec<Label>>,
    recent: RefCell<Recent>,
    /// The session whose running totals were pushed last, and under which name.
    totals: RefCell<(String, String)>,
    /// What was thrown away.
    pub dropped: Dropped,
}

impl Queue {
    /// The queue of that name, for this tab. One that is `held` stays in memory until it is let go.
    pub fn new(
        native: &Rc<Native>,
        console: &Rc<Console>,
        storage: &Rc<Storage>,
        name: String,
        tab: TabId,
        held: bool,
    ) -> Self {
        let store = Store::new(native, console, storage, name, held);
        Self {
            native: Rc::clone(native),
            tab,
            turn: Cell::new(0),
            labels: RefCell::new(store.stored()),
            store,
            fresh: RefCell::default(),
            recent: RefCell::default(),
            totals: RefCell::default(),
            dropped: Dropped::new(native, storage),
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
        let label = Label::new(message, turn, &self.tab, text.len());
        let mut going = Vec::new();
        if let Some(session) = replaces(message) {
            let latest = (session.to_owned(), label.name.clone());
            let (before, name) = self.totals.replace(latest);
            if before == session {
                self.forget(|old| *old == name);
                going.push(name);
            }
        }
        insert(&mut self.labels.borrow_mut(), label.clone());
        self.fresh.borrow_mut().push(label.clone());
        going.extend(self.make_room());
        let entry = Entry { label, text };
        // It may have been itself what was least important.
        let kept = Some(&entry).filter(|entry| !going.contains(&entry.label.name));
        self.store.write(kept, &going);
        if kept.is_some() {
            self.recent.borrow_mut().add(entry);
        }
        Ok(())
    }

    /// Throws away what is over the bounds or too old. Answers the names.
    fn make_room(&self) -> Vec<String> {
        let labels = self.labels.borrow();
        let old = expired(&labels, self.native.now().wall);
        let over = excess(&labels, self.store.bounds());
        let mut going = Vec::new();
        for (places, reason) in [(old, Reason::Age), (over, Reason::Full)] {
            for place in places {
                let label = &labels[place];
                if !going.contains(&label.name) {
                    self.dropped.add(reason, label.kind);
                    going.push(label.name.clone());
                }
            }
        }
        drop(labels);
        if !going.is_empty() {
            self.forget(|name| going.contains(name));
        }
        going
    }

    /// Asks the store what is waiting, in whichever tab it came up.
    pub async fn look(&self) {
        self.fresh.take();
        // What is waiting in the database waits for it to be open; what comes meanwhile is fresh.
        let Some(kept) = self.store.labels().await else {
            return;
        };
        let mut labels = Vec::new();
        let stored = self.store.stored();
        for label in stored.into_iter().chain(kept).chain(self.fresh.take()) {
            insert(&mut labels, label);
        }
        self.recent.borrow_mut().retain(|name| has(&labels, name));
        self.labels.replace(labels);
        let going = self.make_room();
        self.store.write(None, &going);
        self.dropped.save();
    }

    /// The oldest messages that `may` go, as far as this tab knows, up to a limit, and of one known
    /// user at most. Where the page is being `left`, those that are at hand.
    pub fn oldest(&self, limit: Limit, left: bool, may: &dyn Fn(&Label) -> bool) -> Vec<Label> {
        let labels = self.labels.borrow();
        let recent = self.recent.borrow();
        let at_hand = |label: &Label| !left || recent.get(&label.name).is_some();
        let chosen = batch(&labels, limit, &|label| at_hand(label) && may(label));
        chosen.into_iter().cloned().collect()
    }

    /// The texts of messages that are at hand.
    pub fn at_hand(&self, labels: Vec<Label>) -> Vec<Entry> {
        let recent = self.recent.borrow();
        let entry = |label: Label| {
            let text = recent.get(&label.name)?.to_owned();
            Some(Entry { label, text })
        };
        labels.into_iter().filter_map(entry).collect()
    }

    /// The texts of messages. Those that are there no longer, because another tab has sent them,
    /// are left out, and forgotten.
    pub async fn read(&self, labels: Vec<Label>) -> Vec<Entry> {
        let at_hand = self.at_hand(labels.clone());
        if at_hand.len() == labels.len() {
            return at_hand;
        }
        let Some(texts) = self.store.read(&labels).await else {
            return Vec::new();
        };
        let mut entries = Vec::new();
        for (label, text) in labels.into_iter().zip(texts) {
            match text {
                Some(text) => entries.push(Entry { label, text }),
                None => self.forget(|name| *name == label.name),
            }
        }
        entries
    }

    /// Takes messages out.
    pub fn remove(&self, names: &[String]) {
        self.forget(|name| names.contains(name));
        self.store.write(None, names);
    }

    fn forget(&self, gone: impl Fn(&String) -> bool) {
        self.labels.borrow_mut().retain(|label| !gone(&label.name));
        self.fresh.borrow_mut().retain(|label| !gone(&label.name));
        let labels = self.labels.borrow();
        self.recent.borrow_mut().retain(|name| has(&labels, name));
    }

    /// Calls with what is waiting, as far as this tab knows.
    pub fn with_labels<T>(&self, look: impl FnOnce(&[Label]) -> T) -> T {
        look(&self.labels.borrow())
    }

    /// Throws away all there is, on disk too, and keeps what comes from now on in memory.
    pub fn destroy(&self) {
        self.labels.take();
        self.fresh.take();
        self.recent.take();
        self.dropped.clear();
        self.store.destroy();
    }
}

fn insert(labels: &mut Vec<Label>, label: Label) {
    if let Err(place) = find(labels, &label.name) {
        labels.insert(place, label);
    }
}

fn has(labels: &[Label], name: &str) -> bool {
    find(labels, name).is_ok()
}

fn find(labels: &[Label], name: &str) -> Result<usize, usize> {
    labels.binary_search_by(|label| label.name.as_str().cmp(name))
}
