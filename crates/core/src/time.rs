//! Time, as it is handed in: wall clock and monotonic milliseconds, spans, ISO 8601 instants.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::{has, number_in, push_number};

/// One second, in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute, in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour, in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day of 24 hours, in milliseconds.
pub const DAY: i64 = 24 * HOUR;

/// The two clocks at one moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Now {
    /// Wall clock: milliseconds since 1970-01-01T00:00:00Z. May jump when someone sets the clock.
    pub wall: i64,
    /// Monotonic clock: milliseconds since some fixed moment of this page load. Never runs back.
    pub monotonic: i64,
}

/// A length of time an author writes: a whole number and a unit, `"30s"`, `"15m"`, `"24h"`, `"7d"`
/// or `"4w"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

/// Has a moment be the other one, where that is given, if it is earlier or there was none.
pub(crate) fn hasten(moment: &mut Option<i64>, other: Option<i64>) {
    if let Some(other) = other {
        *moment = Some(moment.map_or(other, |moment| moment.min(other)));
    }
}

/// Has a moment be the other one, if that is later.
pub(crate) fn delay(moment: &mut Option<i64>, other: Option<i64>) {
    if *moment < other {
        *moment = other;
    }
}

/// What is wrong with a text that is not a [`Span`], behind that text.
pub(crate) const NO_SPAN: &str = "` is not a span of time; write a whole number and a unit, such as \"30s\", \"15m\", \"24h\", \
    \"7d\" or \"4w\"";

/// Why a text is not a [`Span`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}{NO_SPAN}")]
pub struct SpanError(String);

impl Span {
    /// A span of that many milliseconds; a negative number counts as none.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.max(0))
    }

    /// A span of that many seconds.
    pub const fn from_seconds(seconds: u32) -> Self {
        Self(seconds as i64 * SECOND)
    }

    /// Its length in milliseconds, never negative.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Reads `"7d"` and its like.
    ///
    /// # Errors
    /// [`SpanError`] when the text is not digits followed by one of `s m h d w`, or is too long a time
    /// to count in milliseconds.
    pub fn parse(text: &str) -> Result<Self, SpanError> {
        Self::read_text(text).ok_or_else(|| SpanError(text.to_owned()))
    }

    /// The same, of what is known to be one but for mistakes.
    pub(crate) fn read_text(text: &str) -> Option<Self> {
        let (unit, digits) = text.as_bytes().split_last()?;
        let unit = match unit {
            b's' => SECOND,
            b'm' => MINUTE,
            b'h' => HOUR,
            b'd' => DAY,
            b'w' => 7 * DAY,
            _ => return None,
        };
        let count = number_in(digits)?;
        // Not `checked_mul`: see `number`.
        (count <= i64::MAX / unit).then_some(Self(count * unit))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [(7 * DAY, "w"), (DAY, "d"), (HOUR, "h"), (MINUTE, "m")];
        for (size, name) in units {
            if self.0 >= size && self.0 % size == 0 {
                return write!(f, "{}{name}", self.0 / size);
            }
        }
        write!(f, "{}s", self.0 / SECOND)
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Span {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Span".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^[0-9]+[smhdw]$",
            "description": "A length of time: a whole number and a unit, such as \"30s\", \"15m\", \"24h\", \"7d\" or \"4w\"."
        })
    }
}

/// Reads an ISO 8601 instant or date, as RFC 3339 profiles it: `2026-11-22`,
/// `2026-11-22T10:30:00Z`, `2026-11-22T10:30:00.250+02:00`. A date alone is its midnight in UTC.
/// Answers milliseconds since 1970-01-01T00:00:00Z, or `None` for anything else.
pub fn parse_iso(text: &str) -> Option<i64> {
    let mut rest = Rest(text.as_bytes());
    let year = rest.number(4)?;
    rest.one_of(b"-")?;
    let month = rest.number(2)?;
    rest.one_of(b"-")?;
    let day = rest.number(2)?;
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let midnight = days_from_civil(year, month, day) * DAY;
    if rest.0.is_empty() {
        return Some(midnight);
    }
    rest.one_of(b"Tt ")?;
    let minutes = rest.minutes()?;
    rest.one_of(b":")?;
    let second = rest.number(2)?;
    let mut millis = 0;
    if rest.one_of(b".").is_some() {
        let mut worth = 100;
        // One digit at least; those behind the third count for nothing.
        millis = rest.number(1)? * worth;
        while let Some(digit) = rest.number(1) {
            worth /= 10;
            millis += digit * worth;
        }
    }
    let sign = rest.one_of(b"Zz+-")?;
    let offset = match sign {
        b'+' => rest.minutes()?,
        b'-' => -rest.minutes()?,
        _ => 0,
    };
    let is_whole = second <= 60 && rest.0.is_empty();
    is_whole.then_some(midnight + (minutes - offset) * MINUTE + second * SECOND + millis)
}

/// What is still to be read of an instant.
struct Rest<'t>(&'t [u8]);

impl Rest<'_> {
    /// A number of so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        let number = number_in(number)?;
        self.0 = rest;
        Some(number)
    }

    /// One of these signs.
    fn one_of(&mut self, signs: &[u8]) -> Option<u8> {
        let (sign, rest) = self.0.split_first()?;
        has(signs, *sign).then(|| {
            self.0 = rest;
            *sign
        })
    }

    /// Hours and minutes, in minutes.
    fn minutes(&mut self) -> Option<i64> {
        let hour = self.number(2)?;
        self.one_of(b":")?;
        let minute = self.number(2)?;
        (hour <= 23 && minute <= 59).then_some(hour * 60 + minute)
    }
}

/// Writes milliseconds since 1970-01-01T00:00:00Z as RFC 3339 in UTC with milliseconds:
/// `2026-11-22T10:30:00.250Z`. Years outside 0000–9999 are held at those bounds.
pub fn format_iso(millis: i64) -> String {
    let millis = millis.clamp(
        days_from_civil(0, 1, 1) * DAY,
        days_from_civil(10_000, 1, 1) * DAY - 1,
    );
    let (year, month, day) = civil_from_days(millis.div_euclid(DAY));
    let rest = millis.rem_euclid(DAY);
    let mut text = String::new();
    for (number, digits, mark) in [
        (year, 4, '-'),
        (month, 2, '-'),
        (day, 2, 'T'),
        (rest / HOUR, 2, ':'),
        (rest % HOUR / MINUTE, 2, ':'),
        (rest % MINUTE / SECOND, 2, '.'),
        (rest % SECOND, 3, 'Z'),
    ] {
        push_number(&mut text, number.unsigned_abs(), digits);
        text.push(mark);
    }
    text
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a day of the proleptic Gregorian calendar. Source: Howard Hinnant,
/// "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of [`days_from_civil`]; same source, `civil_from_days`.
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}
