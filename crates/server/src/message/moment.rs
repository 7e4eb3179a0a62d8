//! When something happened, by two clocks that may disagree.

use headstart_core::Value;
use headstart_core::time::{DAY, MINUTE, parse_iso};
use serde_json::value::RawValue;

use crate::message::Received;

/// Clocks that differ by no more are left alone, milliseconds. A correction adds the time that the
/// request was under way to every event, which puts events of several requests out of order that were
/// in order; it pays only where a clock is plainly wrong. No request is under way for as long as this.
pub const TOLERANCE: i64 = MINUTE;

/// Numbers below this (the year 1973 in milliseconds) are seconds by mistake.
const LEAST_MILLIS: i64 = 1_000 * DAY;

/// The sender's clock and ours at the moment of sending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    sent_at: Option<i64>,
    received_at: i64,
}

impl Moment {
    /// Received at this time, wall milliseconds by our clock.
    pub fn received_at(received_at: i64) -> Self {
        Self {
            sent_at: None,
            received_at,
        }
    }

    /// Sent at this time by the sender's clock, if that is said.
    #[must_use]
    pub fn sent_at(self, sent_at: Option<i64>) -> Self {
        Self {
            sent_at: sent_at.or(self.sent_at),
            ..self
        }
    }

    /// Where to place what happened at `claimed` by the sender's clock, and what was added to that.
    /// Without a claim it happened when it was received.
    ///
    /// Source of the correction: Segment's API, `timestamp = receivedAt - (sentAt -
    /// originalTimestamp)`.
    pub fn place(self, claimed: Option<i64>) -> (i64, i64) {
        let Some(claimed) = claimed else {
            return (self.received_at, 0);
        };
        let ahead = self
            .sent_at
            .map_or(0, |sent_at| sent_at.saturating_sub(self.received_at));
        let correction = if ahead.abs() > TOLERANCE {
            ahead.saturating_neg()
        } else {
            0
        };
        (claimed.saturating_add(correction).max(0), correction)
    }
}

/// Sees to it that nothing lies in the future. Where one message of a request is claimed to have happened
/// more than [`TOLERANCE`] after it was received (wall milliseconds), the clock that says so is wrong, and
/// all that is claimed to lie ahead happened when it was received. So what was in order stays in order.
pub(crate) fn hold_to_arrival(messages: &mut [Received], received_at: i64) {
    let latest = messages.iter().map(|message| message.at).max();
    if latest.is_none_or(|at| at <= received_at.saturating_add(TOLERANCE)) {
        return;
    }
    for message in messages.iter_mut() {
        if message.at > received_at {
            let ahead = message.at.saturating_sub(received_at);
            message.correction = message.correction.saturating_sub(ahead);
            message.at = received_at;
        }
    }
}

/// Reads an ISO 8601 time, or milliseconds since 1970.
pub(crate) fn read_time(raw: &RawValue) -> Option<i64> {
    match serde_json::from_str::<Value>(raw.get()).ok()? {
        Value::Text(text) => parse_iso(&text),
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a cast from f64 saturates, and the least is checked"
        )]
        Value::Number(number) => Some(number as i64).filter(|millis| *millis >= LEAST_MILLIS),
        _ => None,
    }
}
