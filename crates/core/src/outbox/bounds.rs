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

/// Which of the labels, oldest first, must go so that the others are within the bounds: of the
/// least important kind the oldest, until that suffices; then of the next. Answers their places.
pub fn excess(labels: &[Label], bounds: Bounds) -> Vec<usize> {
    let mut messages = labels.len();
    let mut bytes: usize = labels.iter().map(|label| label.bytes).sum();
    let mut going = Vec::new();
    for kind in Kind::ALL {
        for (place, label) in labels.iter().enumerate() {
            if messages <= bounds.messages && bytes <= bounds.bytes {
                return going;
            }
            if label.kind == kind {
                messages -= 1;
                bytes -= label.bytes;
                going.push(place);
            }
        }
    }
    going
}

/// Which of the labels tell of what is too long ago at `now` (wall milliseconds). Answers their
/// places.
pub fn expired(labels: &[Label], now: i64) -> Vec<usize> {
    let old = |label: &Label| now.saturating_sub(label.at) > LONGEST_WAIT;
    let places = labels.iter().enumerate();
    places
        .filter(|(_, label)| old(label))
        .map(|(place, _)| place)
        .collect()
}
