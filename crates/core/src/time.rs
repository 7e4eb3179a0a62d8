//! Time, as it is handed in: wall clock and monotonic milliseconds, spans, ISO 8601 instants.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(i64);

/// Why a text is not a [`Span`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is not a span of time; write a whole number and a unit, such as \"30s\", \"15m\", \"24h\", \"7d\" or \"4w\""
)]
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
        let refuse = || SpanError(text.to_owned());
        let unit = match text.as_bytes().last() {
            Some(b's') => SECOND,
            Some(b'm') => MINUTE,
            Some(b'h') => HOUR,
            Some(b'd') => DAY,
            Some(b'w') => 7 * DAY,
            _ => return Err(refuse()),
        };
        let digits = &text[..text.len() - 1];
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(refuse());
        }
        let count: i64 = digits.parse().map_err(|_| refuse())?;
        count.checked_mul(unit).map(Self).ok_or_else(refuse)
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
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<i64> {
        let digits = text.get(from..to)?;
        digits.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
        digits.parse().ok()
    };
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    if bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let midnight = days_from_civil(year, month, day) * DAY;
    if bytes.len() == 10 {
        return Some(midnight);
    }
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let separated =
        matches!(bytes[10], b'T' | b't' | b' ') && bytes[13] == b':' && bytes[16] == b':';
    if !separated || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let mut rest = text.get(19..)?;
    let mut millis = 0;
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = fraction.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            return None;
        }
        for place in 0..3 {
            let digit = fraction.as_bytes().get(place).filter(|_| place < length);
            millis = millis * 10 + digit.map_or(0, |d| i64::from(d - b'0'));
        }
        rest = fraction.get(length..)?;
    }
    let offset = match rest.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign @ (b'+' | b'-'), _, _, b':', _, _] => {
            let two = |from: usize| -> Option<i64> {
                let digits = rest.get(from..from + 2)?;
                digits.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
                digits.parse().ok()
            };
            let (hours, minutes) = (two(1)?, two(4)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let size = hours * HOUR + minutes * MINUTE;
            if *sign == b'-' { -size } else { size }
        }
        _ => return None,
    };
    Some(midnight + hour * HOUR + minute * MINUTE + second * SECOND + millis - offset)
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
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:03}Z",
        rest / HOUR,
        rest % HOUR / MINUTE,
        rest % MINUTE / SECOND,
        rest % SECOND
    )
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
