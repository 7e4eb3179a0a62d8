//! Sessions: running totals per tab, of which the largest stays, so that what is lost, repeated or
//! late changes nothing.

use headstart_core::Value;
use headstart_core::event::{name, property};
use headstart_core::session::LONGEST;
use rusqlite::{Connection, OptionalExtension, params};

use crate::message::Received;
use crate::store::StoreError;
use crate::store::people::PersonId;

/// Notes what a `Session Started` or `Session Updated` tells. Others tell nothing.
pub(crate) fn note(
    connection: &Connection,
    project: i64,
    person: PersonId,
    message: &Received,
) -> Result<(), StoreError> {
    let text = |name: &str| message.properties.get(name).and_then(Value::as_text);
    let Some(session) = text(property::SESSION_ID) else {
        return Ok(());
    };
    let is_update = message.is_session_update();
    if !is_update && message.name != name::SESSION_STARTED {
        return Ok(());
    }
    let length = millis(message, property::LENGTH_MS).clamp(0, LONGEST);
    let engaged = millis(message, property::ENGAGED_MS).clamp(0, LONGEST);
    let started_at = message
        .properties
        .get(property::STARTED_AT)
        .and_then(Value::as_number)
        .map_or(message.at.saturating_sub(length), |_| {
            millis(message, property::STARTED_AT).saturating_add(message.correction)
        });
    let more = match text(property::TAB_ID).filter(|_| is_update) {
        Some(tab) => raise_tab(connection, project, session, tab, engaged)?,
        None => 0,
    };
    connection
        .prepare_cached(
            "INSERT INTO sessions (project, session_id, person, started_at, length_ms, engaged_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (project, session_id) DO UPDATE SET
               started_at = min(started_at, excluded.started_at),
               length_ms = max(length_ms, excluded.length_ms),
               engaged_ms = engaged_ms + excluded.engaged_ms",
        )?
        .execute(params![project, session, person, started_at, length, more])?;
    Ok(())
}

/// Keeps the larger of a tab's engaged times; answers how much more that is than before.
fn raise_tab(
    connection: &Connection,
    project: i64,
    session: &str,
    tab: &str,
    engaged: i64,
) -> Result<i64, StoreError> {
    let before: Option<i64> = connection
        .prepare_cached(
            "SELECT engaged_ms FROM session_tabs
             WHERE project = ?1 AND session_id = ?2 AND tab_id = ?3",
        )?
        .query_row((project, session, tab), |row| row.get(0))
        .optional()?;
    if before.is_some_and(|before| before >= engaged) {
        return Ok(0);
    }
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO session_tabs (project, session_id, tab_id, engaged_ms)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((project, session, tab, engaged))?;
    Ok(engaged - before.unwrap_or(0))
}

/// Gives one person's sessions to another.
pub(crate) fn hand_over(
    connection: &Connection,
    from: PersonId,
    to: PersonId,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE sessions SET person = ?2 WHERE person = ?1")?
        .execute((from, to))?;
    Ok(())
}

fn millis(message: &Received, name: &str) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates")]
    message
        .properties
        .get(name)
        .and_then(Value::as_number)
        .map_or(0, |number| number as i64)
}
