//! When something was seen: the latest few times, each once, mergeable in any order.

use crate::id::MessageId;
use crate::known::timed;
use crate::value::Value;

/// The most sightings that are kept of one thing; a condition cannot ask for more.
pub const MOST: usize = 100;

/// The latest [`MOST`] sightings of one thing, each a time (wall milliseconds) and the id of the
/// message that told of it.
///
/// "Keep the greatest k of the union" is commutative, associative and idempotent, so two devices and
/// a server can exchange these in any order, any number of times, and agree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sightings(
    /// Sorted, each once.
    Vec<(i64, MessageId)>,
);

impl Sightings {
    /// Adds one sighting; the same id at the same time again changes nothing.
    pub fn add(&mut self, at: i64, id: MessageId) {
        let sighting = (at, id);
        if let Err(place) = self.0.binary_search(&sighting) {
            self.0.insert(place, sighting);
            if self.0.len() > MOST {
                self.0.remove(0);
            }
        }
    }

    /// Adds all of another's.
    pub fn merge(&mut self, other: &Self) {
        for (at, id) in &other.0 {
            self.add(*at, id.clone());
        }
    }

    /// The time of the `nth` latest sighting, the latest being the first; `None` if there are fewer.
    pub fn nth_latest(&self, nth: usize) -> Option<i64> {
        let index = self.0.len().checked_sub(nth)?;
        self.0.get(index).map(|(at, _)| *at)
    }

    /// The time at which the count first reached `nth`, as far as is still known: the `nth` earliest.
    pub fn nth_earliest(&self, nth: usize) -> Option<i64> {
        let index = nth.checked_sub(1)?;
        self.0.get(index).map(|(at, _)| *at)
    }

    /// The sightings, earliest first.
    pub fn iter(&self) -> impl Iterator<Item = &(i64, MessageId)> {
        self.0.iter()
    }

    /// Its JSON form.
    pub(crate) fn to_value(&self) -> Value {
        let mut all = Vec::new();
        for (at, id) in &self.0 {
            all.push(timed(*at, id.as_str().into()));
        }
        Value::List(all)
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was seen.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
