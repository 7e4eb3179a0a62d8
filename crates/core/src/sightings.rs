//! When something was seen: the latest few times, each once, mergeable in any order.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::MessageId;

/// The most sightings that are kept of one thing; a condition cannot ask for more.
pub const MOST: usize = 100;

/// The latest [`MOST`] sightings of one thing, each a time (wall milliseconds) and the id of the
/// message that told of it.
///
/// "Keep the greatest k of the union" is commutative, associative and idempotent, so two devices and
/// a server can exchange these in any order, any number of times, and agree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Sightings(BTreeSet<(i64, MessageId)>);

impl Sightings {
    /// Adds one sighting; the same id at the same time again changes nothing.
    pub fn add(&mut self, at: i64, id: MessageId) {
        self.0.insert((at, id));
        self.shrink();
    }

    /// Adds all of another's.
    pub fn merge(&mut self, other: &Self) {
        self.0.extend(other.0.iter().cloned());
        self.shrink();
    }

    /// The time of the `nth` latest sighting, the latest being the first; `None` if there are fewer.
    pub fn nth_latest(&self, nth: usize) -> Option<i64> {
        let index = nth.checked_sub(1)?;
        self.0.iter().rev().nth(index).map(|(at, _)| *at)
    }

    /// The time at which the count first reached `nth`, as far as is still known: the `nth` earliest.
    pub fn nth_earliest(&self, nth: usize) -> Option<i64> {
        let index = nth.checked_sub(1)?;
        self.0.iter().nth(index).map(|(at, _)| *at)
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn shrink(&mut self) {
        while self.0.len() > MOST {
            self.0.pop_first();
        }
    }
}
