//! What this tab queued last, still at hand: a page that is being left has no time to ask a
//! database.

use std::collections::VecDeque;

use super::Entry;

/// So many bytes of messages at most; browsers take no more from a page that is being left.
const MOST_BYTES: usize = 64 * 1024;

/// The newest messages of this tab that are not known to have arrived.
#[derive(Debug, Default)]
pub struct Recent {
    entries: VecDeque<Entry>,
    bytes: usize,
}

impl Recent {
    /// Adds one, and lets go of the oldest if that is too much.
    pub fn add(&mut self, entry: Entry) {
        self.bytes += entry.text.len();
        self.entries.push_back(entry);
        while self.bytes > MOST_BYTES
            && let Some(oldest) = self.entries.pop_front()
        {
            self.bytes -= oldest.text.len();
        }
    }

    /// The text of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut entries = self.entries.iter();
        let found = entries.find(|entry| entry.label.name == name)?;
        Some(&found.text)
    }

    /// Keeps those that `stay`.
    pub fn retain(&mut self, stay: impl Fn(&str) -> bool) {
        self.entries.retain(|entry| stay(&entry.label.name));
        self.bytes = self.entries.iter().map(|entry| entry.text.len()).sum();
    }
}
