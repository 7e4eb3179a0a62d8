//! Bounds: how much may wait, and what goes when it is more.

use super::label::{Kind, Label};
use crate::time::DAY;

/// What happened longer ago than this is not sent any more, milliseconds: the collector would not
/// take it for news either.
pub const LONGEST_WAIT: i64 = 14 * DAY;

/// How much may wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// So many messages.
    pub messages: usize,
    /// So many bytes of JSON.
    pub bytes: usize,
}

impl Bounds {
    /// In a database of our own.
    pub const DISK: Self = Self {
        messages: 5_000,
        bytes: 4 << 20,
    };
    /// In what the host uses as well and has little of (`localStorage` holds 5 MB), or in memory.
    pub const SHARED: Self = Self {
        messages: 1_000,
        bytes: 1 << 20,
    };
}

/// Which of the names, oldest first, must go so that the others are within the bounds: of the least
/// important kind the oldest, until that suffices; then of the next. What has no label goes first.
pub fn excess(names: &[String], bounds: Bounds) -> Vec<String> {
    let mut messages = names.len();
    let mut bytes = 0;
    for name in names {
        bytes += Label::read(name).map_or(0, |label| label.bytes);
    }
    let mut going = Vec::new();
    let [a, b, c, d] = Kind::ALL;
    for kind in [None, Some(a), Some(b), Some(c), Some(d)] {
        for name in names {
            if messages <= bounds.messages && bytes <= bounds.bytes {
                return going;
            }
            let label = Label::read(name);
            if label.map(|label| label.kind) == kind {
                messages -= 1;
                bytes -= label.map_or(0, |label| label.bytes);
                going.push(name.clone());
            }
        }
    }
    going
}

/// Which of the names tell of what is too long ago at `now` (wall milliseconds).
pub fn expired(names: &[String], now: i64) -> Vec<String> {
    let mut old = Vec::new();
    for name in names {
        if Label::read(name).is_some_and(|label| now.saturating_sub(label.at) > LONGEST_WAIT) {
            old.push(name.clone());
        }
    }
    old
}
