//! Visits: what is known of sessions from boots alone, for users to whom no widget is sent.

use headstart_core::session::IDLE;
use rusqlite::{Connection, OptionalExtension, params};

use crate::identity::Vouched;
use crate::store::StoreError;
use crate::store::people::{PersonId, Who, see};

/// Notes a boot. One that follows the last within the idle time of a session belongs to the same
/// visit.
pub(crate) fn note(
    connection: &Connection,
    project: i64,
    who: Who<'_>,
    vouched: &Vouched,
    at: i64,
) -> Result<(), StoreError> {
    let person = see(connection, project, who, vouched, at)?.person;
    let last: Option<(i64, i64)> = connection
        .prepare_cached(
            "SELECT id, last_at FROM visits WHERE person = ?1 ORDER BY last_at DESC LIMIT 1",
        )?
        .query_row([person], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    match last {
        Some((visit, last_at)) if at - last_at <= IDLE => {
            connection
                .prepare_cached("UPDATE visits SET last_at = max(last_at, ?2) WHERE id = ?1")?
                .execute((visit, at))?;
        }
        _ => {
            connection
                .prepare_cached(
                    "INSERT INTO visits (project, person, started_at, last_at)
                     VALUES (?1, ?2, ?3, ?3)",
                )?
                .execute(params![project, person, at])?;
        }
    }
    Ok(())
}

/// Gives one person's visits to another.
pub(crate) fn hand_over(
    connection: &Connection,
    from: PersonId,
    to: PersonId,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("UPDATE visits SET person = ?2 WHERE person = ?1")?
        .execute((from, to))?;
    Ok(())
}
