//! Dead letters: what the collector refused for good, kept for the integrator to look at.

use std::rc::Rc;

use js_sys::{Array, Object};

use crate::native::set;
use crate::storage::Storage;

const NAME: &str = "dead";
/// So many are kept; the oldest make way.
const MOST: usize = 20;
/// So many characters of each of their texts.
const LONGEST: usize = 200;

/// The latest messages that were refused: of each its id, what it was, and what is wrong with it.
#[derive(Debug)]
pub struct DeadLetters {
    storage: Rc<Storage>,
}

impl DeadLetters {
    /// Those in that storage.
    pub fn new(storage: &Rc<Storage>) -> Self {
        Self {
            storage: Rc::clone(storage),
        }
    }

    /// Adds one.
    pub fn add(&self, parts: [&str; 3]) {
        let clean = |part: &str| -> String {
            let part = part.chars().take(LONGEST);
            part.map(|c| if c.is_control() { ' ' } else { c }).collect()
        };
        let kept = self.storage.get(NAME).unwrap_or_default();
        let mut lines: Vec<&str> = kept.lines().collect();
        let line = parts.map(clean).join("\t");
        lines.push(&line);
        let first = lines.len().saturating_sub(MOST);
        self.storage.set(NAME, &lines[first..].join("\n"));
    }

    /// All of them, oldest first.
    pub fn list(&self) -> Array {
        let list = Array::new();
        for line in self.storage.get(NAME).unwrap_or_default().lines() {
            let letter = Object::new();
            for (name, text) in ["messageId", "event", "error"].iter().zip(line.split('\t')) {
                set(&letter, name, &text.into());
            }
            list.push(&letter);
        }
        list
    }

    /// Forgets them.
    pub fn clear(&self) {
        self.storage.remove(NAME);
    }
}
