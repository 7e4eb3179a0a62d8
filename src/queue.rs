//! The queue: messages that the collector has not yet acknowledged, on disk.
//!
//! All tabs of a browser have one. Whoever comes next, another tab or the next page, sends what a tab has
//! left. Should two send the same message, the collector counts it once, by its message id.

mod dropped;
mod recent;
mod store;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::outbox::{Label, Limit, Reason, batch, excess, expired, replaces};
use headstart_core::{Message, TabId};

pub use self::dropped::Dropped;
use self::recent::Recent;
pub use self::store::{Store, Turn, open_store};
use self::store::{list, user_of};
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
    pub store: Store,
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
    /// The queue of the project with that write key, for this tab. One that is `held` stays in
    /// memory until it is let go.
    pub fn new(
        native: &Rc<Native>,
        storage: &Rc<Storage>,
        project: &str,
        tab: TabId,
        held: bool,
    ) -> Self {
        Self {
            native: Rc::clone(native),
            store: open_store(project, held),
            tab,
            turn: Cell::new(0),
            labels: RefCell::default(),
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
                going.push(name);
                self.forget(&going);
            }
        }
        self.fresh.borrow_mut().push(label.clone());
        insert(&mut self.labels.borrow_mut(), label.clone());
        going.extend(self.make_room());
        let names = list(going.iter().map(String::as_str));
        if going.contains(&label.name) {
            // It was itself what was least important.
            self.store.remove(&names);
        } else {
            self.store.put(&label.name, &text, &names);
            self.recent.borrow_mut().add(Entry { label, text });
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
        self.forget(&going);
        going
    }

    /// Asks the store what is waiting, in whichever tab it came up.
    pub async fn look(&self) {
        self.fresh.take();
        let Some(names) = self.store.all().await else {
            return;
        };
        let mut labels = Vec::new();
        for label in self.fresh.take() {
            insert(&mut labels, label);
        }
        let mut unreadable = Vec::new();
        for name in names {
            match Label::read(&name) {
                Some(label) => insert(&mut labels, label),
                None => unreadable.push(name),
            }
        }
        self.recent
            .borrow_mut()
            .retain(|name| find(&labels, name).is_ok());
        self.labels.replace(labels);
        for name in unreadable {
            self.renew(&name).await;
        }
        let going = self.make_room();
        self.remove(&going);
        self.dropped.save();
    }

    /// Gives a label to a message that an earlier version has left.
    async fn renew(&self, name: &str) {
        let old = list([name]);
        let texts = self.store.texts(&old).await;
        if let Some(text) = texts.and_then(|texts| texts.get(0).as_string()) {
            let user = user_of(&text);
            let now = self.native.now().wall;
            let label = Label::renewed(name, text.len(), user.as_ref(), now);
            self.store.put(&label.name, &text, &old);
            insert(&mut self.labels.borrow_mut(), label);
        }
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
    pub fn at_hand(&self, labels: &[Label]) -> Vec<Entry> {
        let recent = self.recent.borrow();
        let mut entries = Vec::new();
        for label in labels {
            if let Some(text) = recent.get(&label.name) {
                entries.push(entry(label, text.to_owned()));
            }
        }
        entries
    }

    /// The texts of messages. Those that are there no longer, because another tab has sent them,
    /// are left out, and forgotten.
    pub async fn read(&self, labels: &[Label]) -> Vec<Entry> {
        let mut entries = self.at_hand(labels);
        if entries.len() < labels.len() {
            entries.clear();
            let names = list(labels.iter().map(|label| label.name.as_str()));
            let Some(texts) = self.store.texts(&names).await else {
                return entries;
            };
            for (label, text) in labels.iter().zip(texts.iter()) {
                match text.as_string() {
                    Some(text) => entries.push(entry(label, text)),
                    None => self.forget(std::slice::from_ref(&label.name)),
                }
            }
        }
        entries
    }

    /// Takes messages out.
    pub fn remove(&self, names: &[String]) {
        if !names.is_empty() {
            self.forget(names);
            self.store.remove(&list(names.iter().map(String::as_str)));
        }
    }

    fn forget(&self, names: &[String]) {
        if !names.is_empty() {
            let stays = |label: &Label| !names.contains(&label.name);
            self.labels.borrow_mut().retain(stays);
            self.fresh.borrow_mut().retain(stays);
            self.recent
                .borrow_mut()
                .retain(|name| !names.iter().any(|gone| gone == name));
        }
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

fn entry(label: &Label, text: String) -> Entry {
    let label = label.clone();
    Entry { label, text }
}

fn insert(labels: &mut Vec<Label>, label: Label) {
    if let Err(place) = find(labels, &label.name) {
        labels.insert(place, label);
    }
}

fn find(labels: &[Label], name: &str) -> Result<usize, usize> {
    labels.binary_search_by(|label| label.name.as_str().cmp(name))
}
