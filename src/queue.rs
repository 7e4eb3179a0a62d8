//! The queue: messages that the collector has not yet acknowledged, on disk.
//!
//! Each message is a key of its own, so that tabs cannot overwrite each other's, and a tab that dies
//! loses nothing: any other tab, or the next page, sends what it left. Should two send the same
//! one, the collector counts it once, by its message id.

use std::cell::Cell;
use std::rc::Rc;

use headstart_core::time::MINUTE;
use headstart_core::{Message, TabId, Value};

use crate::encode::{self, encode};
use crate::native::Native;
use crate::storage::Storage;

/// So many messages at most; over that the oldest go.
pub const MOST: usize = 1_000;
/// When there are too many, so many go at once: looking for the oldest costs.
const DROP: usize = 100;
/// The most one message may have, bytes of JSON: what the collector takes.
pub const LARGEST: usize = 32 * 1024;
/// A message that no one has sent for so long may be sent by a tab whose it is not, milliseconds.
/// Only for browsers without Web Locks.
const ORPHANED: i64 = MINUTE;

const BEGINNING: &str = "queue.";

/// The messages waiting.
#[derive(Debug)]
pub struct Queue {
    native: Rc<Native>,
    storage: Rc<Storage>,
    tab: TabId,
    pushed: Cell<u32>,
    /// How many are waiting, as far as this tab knows.
    length: Cell<usize>,
}

/// One message waiting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The name it is stored under.
    pub name: String,
    /// Its JSON.
    pub text: String,
}

/// Whose messages are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those of this tab.
    Own,
    /// Those of this tab, and those that other tabs seem to have left behind.
    OwnAndLeft,
    /// Those of all tabs.
    All,
}

/// Why a message is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    /// What it has, bytes of JSON.
    pub bytes: usize,
}

impl Queue {
    /// The queue in that storage, for this tab.
    pub fn new(native: &Rc<Native>, storage: &Rc<Storage>, tab: TabId) -> Self {
        let queue = Self {
            native: Rc::clone(native),
            storage: Rc::clone(storage),
            tab,
            pushed: Cell::new(0),
            length: Cell::new(0),
        };
        queue.length.set(queue.names().len());
        queue
    }

    /// Puts a message at the end.
    ///
    /// # Errors
    /// [`TooLarge`] when the collector would refuse it anyway.
    pub fn push(&self, message: &Message) -> Result<(), TooLarge> {
        let text = encode(&message.to_value());
        if text.len() > LARGEST {
            return Err(TooLarge { bytes: text.len() });
        }
        if self.length.get() >= MOST {
            self.shrink();
        }
        let now = self.native.now().wall;
        let turn = self.pushed.get();
        self.pushed.set(turn.wrapping_add(1));
        // Sorted as text they are in the order in which they came: 13 digits last until 2286.
        let name = format!("{BEGINNING}{now:013}.{turn:010}.{}", self.tab);
        self.storage.set(&name, &text);
        self.length.set(self.length.get() + 1);
        Ok(())
    }

    /// The oldest messages for which `fits` says yes, up to so many and so many bytes; one at
    /// least, if there is any.
    pub fn oldest(
        &self,
        whose: Whose,
        most: usize,
        most_bytes: usize,
        fits: &dyn Fn(&str) -> bool,
    ) -> Vec<Entry> {
        let now = self.native.now().wall;
        let mut bytes = 0;
        let mut entries = Vec::new();
        for name in self.names() {
            if entries.len() >= most {
                break;
            }
            if !self.is_meant(&name, whose, now) || !fits(&name) {
                continue;
            }
            // Another tab may have sent and removed it meanwhile.
            let Some(text) = self.storage.get(&name) else {
                continue;
            };
            bytes += text.len() + 1;
            if bytes > most_bytes && !entries.is_empty() {
                break;
            }
            entries.push(Entry { name, text });
        }
        entries
    }

    /// Takes messages out.
    pub fn remove(&self, entries: &[Entry]) {
        for entry in entries {
            self.storage.remove(&entry.name);
        }
        self.length
            .set(self.length.get().saturating_sub(entries.len()));
    }

    /// Takes all messages out.
    pub fn clear(&self) {
        for name in self.names() {
            self.storage.remove(&name);
        }
        self.length.set(0);
    }

    /// How many messages wait.
    pub fn len(&self) -> usize {
        self.names().len()
    }

    /// Whether none waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn shrink(&self) {
        let names = self.names();
        let over = (names.len() + DROP).saturating_sub(MOST);
        for name in names.iter().take(over) {
            self.storage.remove(name);
        }
        self.length.set(names.len().saturating_sub(over));
    }

    fn names(&self) -> Vec<String> {
        self.storage.names(BEGINNING)
    }

    fn is_meant(&self, name: &str, whose: Whose, now: i64) -> bool {
        let mut parts = name[BEGINNING.len()..].splitn(3, '.');
        let pushed_at = parts.next().and_then(|text| text.parse::<i64>().ok());
        let own = parts.nth(1) == Some(self.tab.as_str());
        match whose {
            Whose::All => true,
            Whose::Own => own,
            // What has no time, or one far off, is not waiting for anyone.
            Whose::OwnAndLeft => own || pushed_at.is_none_or(|at| (now - at).abs() > ORPHANED),
        }
    }
}

/// The body of `POST /v1/batch`: the messages are JSON already.
pub fn body(write_key: &str, sent_at: &str, entries: &[Entry]) -> String {
    let mut body = String::from("{\"writeKey\":");
    encode::write(&Value::from(write_key), &mut body);
    body.push_str(",\"sentAt\":");
    encode::write(&Value::from(sent_at), &mut body);
    body.push_str(",\"batch\":[");
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            body.push(',');
        }
        body.push_str(&entry.text);
    }
    body.push_str("]}");
    body
}
