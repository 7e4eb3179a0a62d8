//! Local times into moments: `{"from": "2026-12-01T09:00", "zone": "Europe/Berlin"}` into milliseconds.
//!
//! Zones are those of the IANA time zone database, which is built in, so that the same content means the
//! same on every machine.

use headstart_core::content::Problem;
use headstart_core::{Properties, Value};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, TimeZone};

/// Compiles a schedule: `from` and `until` become milliseconds, `zone` goes. What is wrong is taken out.
pub(super) fn compile(value: &mut Value, problems: &mut Vec<Problem>) {
    let Value::Map(fields) = value else {
        return;
    };
    let mut say = |field: &str, message: String| {
        problems.push(Problem {
            path: format!("schedule.{field}"),
            message,
        });
    };
    let (zone, name) = match take(fields, "zone") {
        None => (Some(TimeZone::UTC), "UTC".to_owned()),
        Some(Value::Text(name)) => {
            let zone = TimeZone::get(&name).ok();
            if zone.is_none() {
                say(
                    "zone",
                    format!(
                        "`{name}` is no time zone; give one of the IANA database, such as \
                         \"Europe/Berlin\", \"America/New_York\" or \"UTC\""
                    ),
                );
            }
            (zone, name)
        }
        Some(_) => {
            say(
                "zone",
                "must be the name of a time zone, such as \"Europe/Berlin\"".to_owned(),
            );
            (None, String::new())
        }
    };
    for field in ["from", "until"] {
        let Some(Value::Text(text)) = fields.get(field) else {
            continue;
        };
        let moment = match &zone {
            Some(zone) => moment(text, zone, &name),
            // Which moment it is cannot be told, and the zone was complained of.
            None => Ok(None),
        };
        match moment {
            Ok(Some(millis)) => {
                fields.insert(field.to_owned(), number(millis));
            }
            Ok(None) => {
                fields.remove(field);
            }
            Err(message) => {
                fields.remove(field);
                say(field, message);
            }
        }
    }
}

fn take(fields: &mut Properties, name: &str) -> Option<Value> {
    fields.remove(name).filter(|value| *value != Value::Null)
}

/// The moment that a text names, wall milliseconds.
fn moment(text: &str, zone: &TimeZone, name: &str) -> Result<Option<i64>, String> {
    let unreadable = || {
        format!(
            "`{text}` is no moment; write \"2026-12-01T09:00\" for a time in the schedule's `zone`, \
             \"2026-12-01T09:00+01:00\" for one with its offset, or milliseconds since 1970"
        )
    };
    // A zone in brackets would contradict the schedule's own.
    if text.contains('[') {
        return Err(unreadable());
    }
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(Some(moment.as_millisecond()));
    }
    // With an offset, or what should be one, it would have been a moment; a local time would drop it.
    let time = text
        .split_once(['T', 't', ' '])
        .map_or("", |(_, time)| time);
    if time.contains(['+', '-', '\u{2212}', 'Z', 'z']) {
        return Err(unreadable());
    }
    let local: DateTime = text.parse().map_err(|_| unreadable())?;
    let found = zone.to_ambiguous_timestamp(local);
    if let AmbiguousOffset::Gap { before, after } = found.offset() {
        let skipped = after.seconds() - before.seconds();
        return Err(format!(
            "`{text}` does not exist in {name}: clocks go forward over it by {} minutes; give a time \
             that much later or earlier",
            skipped / 60
        ));
    }
    // Of a time that exists twice, when clocks go back, the first.
    let earlier = found.earlier().map_err(|_| unreadable())?;
    Ok(Some(earlier.as_millisecond()))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "the years that jiff knows stay far below 2^53 milliseconds"
)]
fn number(millis: i64) -> Value {
    Value::Number(millis as f64)
}

#[cfg(test)]
mod tests;
