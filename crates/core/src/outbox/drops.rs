//! Drops: the count of what was thrown away, so that nobody takes numbers for whole that are not.

use super::label::Kind;
use crate::event::{name, property};
use crate::message::Body;
use crate::value::{Properties, Value};

/// Why a message was thrown away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The host called too often.
    Rate,
    /// Too much was waiting.
    Full,
    /// It had waited too long.
    Age,
}

impl Reason {
    const ALL: [Self; 3] = [Self::Rate, Self::Full, Self::Age];

    fn name(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::Full => "full",
            Self::Age => "age",
        }
    }
}

/// How many messages were thrown away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drops {
    /// For each reason, of each kind.
    counts: [[u32; Kind::ALL.len()]; Reason::ALL.len()],
    /// When the first went, wall milliseconds.
    since: i64,
    /// When the last went, wall milliseconds.
    until: i64,
}

impl Drops {
    /// Counts one more, thrown away at that wall time.
    pub fn add(&mut self, reason: Reason, kind: Kind, at: i64) {
        let mut one = Self {
            since: at,
            until: at,
            ..Self::default()
        };
        one.counts[reason as usize][kind.rank()] = 1;
        self.merge(&one);
    }

    /// Adds another count.
    pub fn merge(&mut self, other: &Self) {
        if other.is_empty() {
            return;
        }
        if self.is_empty() {
            (self.since, self.until) = (other.since, other.until);
        }
        self.since = self.since.min(other.since);
        self.until = self.until.max(other.until);
        let counts = self.counts.iter_mut().flatten();
        for (count, more) in counts.zip(other.counts.iter().flatten()) {
            *count = count.saturating_add(*more);
        }
    }

    /// How many it is in all.
    pub fn count(&self) -> u32 {
        sum(self.counts.iter().flatten())
    }

    /// Whether it is none.
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// As text, to be kept.
    pub fn write(&self) -> String {
        let mut text = format!("{} {}", self.since, self.until);
        for count in self.counts.iter().flatten() {
            text.push(' ');
            text.push_str(&count.to_string());
        }
        text
    }

    /// Reads what was kept. What is missing or no number counts as none.
    pub fn read(text: &str) -> Self {
        let mut numbers = text.split(' ');
        let mut time = || numbers.next().and_then(|part| part.parse().ok());
        let mut drops = Self {
            since: time().unwrap_or_default(),
            until: time().unwrap_or_default(),
            ..Self::default()
        };
        for count in drops.counts.iter_mut().flatten() {
            *count = numbers
                .next()
                .and_then(|part| part.parse().ok())
                .unwrap_or_default();
        }
        drops
    }

    /// What the collector is told.
    pub fn body(&self) -> Body {
        #[expect(
            clippy::cast_precision_loss,
            reason = "dates stay far below 2^53 milliseconds"
        )]
        let time = |at: i64| Value::from(at as f64);
        let mut reasons = Properties::new();
        for reason in Reason::ALL {
            put(&mut reasons, reason.name(), &self.counts[reason as usize]);
        }
        let mut kinds = Properties::new();
        for kind in Kind::ALL {
            let of_kind = self.counts.map(|counts| counts[kind.rank()]);
            put(&mut kinds, kind.name(), &of_kind);
        }
        let mut properties = Properties::new();
        let mut set = |name: &str, value: Value| {
            properties.insert(name.to_owned(), value);
        };
        set(property::COUNT, f64::from(self.count()).into());
        set(property::REASONS, reasons.into());
        set(property::KINDS, kinds.into());
        set(property::SINCE, time(self.since));
        set(property::UNTIL, time(self.until));
        Body::Track {
            event: name::EVENTS_DROPPED.to_owned(),
            properties,
        }
    }
}

fn sum<'c>(counts: impl IntoIterator<Item = &'c u32>) -> u32 {
    let add = |sum: u32, count: &u32| sum.saturating_add(*count);
    counts.into_iter().fold(0, add)
}

fn put(properties: &mut Properties, name: &str, counts: &[u32]) {
    let count = sum(counts);
    if count > 0 {
        properties.insert(name.to_owned(), f64::from(count).into());
    }
}
