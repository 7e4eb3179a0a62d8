//! What is known of one user, wherever it was learnt.

use serde::{Serialize, Serializer};

use crate::id::{ContentId, Selector};
use crate::map::Map;
use crate::run::Run;
use crate::sightings::Sightings;
use crate::time::{delay, hasten};
use crate::value::{Properties, Value};

/// What is known of one user: traits, the events that conditions ask about, and how far each piece
/// of content has got. The collector sends it at boot, the browser keeps its own copy, and
/// [`Known::merge`] makes one of both: commutative, associative, idempotent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// When the user was first seen, wall milliseconds.
    pub first_seen: Option<i64>,
    /// The user's traits.
    pub traits: Traits,
    /// Their account's traits.
    pub account_traits: Traits,
    /// When events that conditions ask about were seen, by [`crate::condition::EventMatcher::key`].
    pub sightings: Map<String, Sightings>,
    /// When elements that conditions ask about were first clicked, wall milliseconds.
    pub clicked: Map<Selector, i64>,
    /// How far each piece of content has got.
    pub runs: Map<ContentId, Run>,
    /// When the user was interrupted.
    pub interruptions: Sightings,
    /// When the last interruption ended, as far as that was told, wall milliseconds.
    pub quiet_since: Option<i64>,
    /// When the user last chose whether to have tips and tours, and whether they want them no more.
    pub hushed: Option<(i64, bool)>,
}

impl Known {
    /// Takes in what another side knows of the same user.
    pub fn merge(&mut self, other: &Self) {
        hasten(&mut self.first_seen, other.first_seen);
        self.traits.merge(&other.traits);
        self.account_traits.merge(&other.account_traits);
        for (key, seen) in &other.sightings {
            self.sightings.or_default(key).merge(seen);
        }
        for (selector, at) in &other.clicked {
            put_earliest(&mut self.clicked, selector, *at);
        }
        for (content, run) in &other.runs {
            self.runs.or_default(content).merge(run);
        }
        self.interruptions.merge(&other.interruptions);
        delay(&mut self.quiet_since, other.quiet_since);
        self.hushed = self.hushed.max(other.hushed);
    }

    /// Whether the user wants no more tips and tours.
    pub fn is_hushed(&self) -> bool {
        self.hushed.is_some_and(|(_, hushed)| hushed)
    }

    /// Its JSON form, which [`crate::decode::Decode`] reads back.
    pub fn to_value(&self) -> Value {
        let mut fields = Properties::new();
        put_time(&mut fields, "first_seen", self.first_seen);
        self.traits.put(&mut fields, "traits");
        self.account_traits.put(&mut fields, "account_traits");
        put_map(
            &mut fields,
            "sightings",
            &self.sightings,
            Sightings::to_value,
        );
        put_map(&mut fields, "clicked", &self.clicked, |at| number(*at));
        put_map(&mut fields, "runs", &self.runs, Run::to_value);
        if !self.interruptions.is_empty() {
            put(&mut fields, "interruptions", self.interruptions.to_value());
        }
        put_time(&mut fields, "quiet_since", self.quiet_since);
        if let Some((at, hushed)) = self.hushed {
            put(&mut fields, "hushed", timed(at, hushed.into()));
        }
        Value::Map(fields)
    }

    /// How far a piece of content has got; nowhere, if nothing is known of it.
    pub fn run(&self, content: &ContentId) -> &Run {
        self.runs.get(content).unwrap_or(Run::NOWHERE)
    }
}

impl Serialize for Known {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_value().serialize(serializer)
    }
}

/// Milliseconds as JSON has them.
#[expect(
    clippy::cast_precision_loss,
    reason = "dates stay far below 2^53 milliseconds"
)]
pub(crate) fn number(millis: i64) -> Value {
    Value::Number(millis as f64)
}

/// What was so from a time on.
pub(crate) fn timed(at: i64, value: Value) -> Value {
    Value::List(vec![number(at), value])
}

pub(crate) fn put(fields: &mut Properties, name: &str, value: Value) {
    fields.insert(name.to_owned(), value);
}

pub(crate) fn put_text(fields: &mut Properties, name: &str, text: &str) {
    put(fields, name, text.into());
}

pub(crate) fn put_time(fields: &mut Properties, name: &str, at: Option<i64>) {
    if let Some(at) = at {
        put(fields, name, number(at));
    }
}

pub(crate) fn put_map<K: AsRef<str> + Ord, V>(
    fields: &mut Properties,
    name: &str,
    map: &Map<K, V>,
    write: impl Fn(&V) -> Value,
) {
    if !map.is_empty() {
        let mut entries = Properties::new();
        for (key, value) in map {
            put(&mut entries, key.as_ref(), write(value));
        }
        put(fields, name, Value::Map(entries));
    }
}

/// Notes that something happened at a time; the earliest time stays.
pub(crate) fn put_earliest<K: AsRef<str> + Clone>(map: &mut Map<K, i64>, name: &K, at: i64) {
    match map.get_mut(name) {
        Some(earlier) => *earlier = at.min(*earlier),
        None => map.insert(name.clone(), at),
    }
}

/// Traits, each with the time it was set: the last one set wins, whatever order they arrive in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Traits(pub(crate) Map<String, (i64, Value)>);

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

    fn put(&self, fields: &mut Properties, name: &str) {
        put_map(fields, name, &self.0, |(at, value)| {
            timed(*at, value.clone())
        });
    }

    /// Whether none was ever set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
