//! What is known of one user, wherever it was learnt.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::id::{ContentId, Selector};
use crate::run::{Run, earliest};
use crate::sightings::Sightings;
use crate::value::{Properties, Value};

/// What is known of one user: traits, the events that conditions ask about, and how far each piece
/// of content has got. The collector sends it at boot, the browser keeps its own copy, and
/// [`Known::merge`] makes one of both: commutative, associative, idempotent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// When the user was first seen, wall milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<i64>,
    /// The user's traits.
    #[serde(default, skip_serializing_if = "Traits::is_empty")]
    pub traits: Traits,
    /// Their account's traits.
    #[serde(default, skip_serializing_if = "Traits::is_empty")]
    pub account_traits: Traits,
    /// When events that conditions ask about were seen, by [`crate::condition::EventMatcher::key`].
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sightings: BTreeMap<String, Sightings>,
    /// When elements that conditions ask about were first clicked, wall milliseconds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub clicked: BTreeMap<Selector, i64>,
    /// How far each piece of content has got.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub runs: BTreeMap<ContentId, Run>,
}

impl Known {
    /// Takes in what another side knows of the same user.
    pub fn merge(&mut self, other: &Self) {
        self.first_seen = earliest(self.first_seen, other.first_seen);
        self.traits.merge(&other.traits);
        self.account_traits.merge(&other.account_traits);
        for (key, seen) in &other.sightings {
            self.sightings.entry(key.clone()).or_default().merge(seen);
        }
        for (selector, at) in &other.clicked {
            let first = self.clicked.entry(selector.clone()).or_insert(*at);
            *first = (*first).min(*at);
        }
        for (content, run) in &other.runs {
            self.runs.entry(content.clone()).or_default().merge(run);
        }
    }

    /// How far a piece of content has got; nowhere, if nothing is known of it.
    pub fn run(&self, content: &ContentId) -> Run {
        self.runs.get(content).cloned().unwrap_or_default()
    }
}

/// Traits, each with the time it was set: the last one set wins, whatever order they arrive in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Traits(BTreeMap<String, (i64, Value)>);

impl Traits {
    /// The trait's value, if it was ever set.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).map(|(_, value)| value)
    }

    /// Sets a trait as of `at` (wall milliseconds). An older setting never undoes a newer one; of two
    /// at the same moment the greater value stays.
    pub fn set(&mut self, name: &str, value: Value, at: i64) {
        let setting = (at, value);
        match self.0.get_mut(name) {
            Some(old) if *old >= setting => {}
            Some(old) => *old = setting,
            None => {
                self.0.insert(name.to_owned(), setting);
            }
        }
    }

    /// Sets several as of `at`.
    pub fn set_all(&mut self, traits: &Properties, at: i64) {
        for (name, value) in traits {
            self.set(name, value.clone(), at);
        }
    }

    /// Takes in another's settings.
    pub fn merge(&mut self, other: &Self) {
        for (name, (at, value)) in &other.0 {
            self.set(name, value.clone(), *at);
        }
    }

    /// Whether none was ever set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
