//! Sessions: running totals per tab, of which the largest stays, so that what is lost, repeated or
//! late changes nothing.
//!
//! With the totals comes the task that the user was on. Of a tab that of its latest report stays; the
//! latest is the one with the largest totals, since these only grow. Of a session's tabs the one counts
//! that was used last: whose engaged time last grew, by the session's length at that moment. (All tabs
//! know how long the session is, also those that only lie open.)

use std::cmp::Ordering;

use headstart_core::Value;
use headstart_core::event::{name, property};
use headstart_core::session::LONGEST;
use rusqlite::{Connection, OptionalExtension, params};

use crate::message::{LONGEST_ID, Received};
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
        Some(tab) => {
            let report = Report {
                engaged,
                length,
                at: message.at,
                task: task(text(property::CONTENT_ID), text(property::TASK_ID)),
            };
            raise_tab(connection, (project, session, tab), report)?
        }
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

/// What a tab last told. Reports are ordered by their fields, one after the other: the totals only grow,
/// and where they have not, the user may still have come to another task.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Report {
    engaged: i64,
    length: i64,
    at: i64,
    /// The content and the task that the user was on.
    task: Option<(String, String)>,
}

/// Of half a task, or one whose ids no content can have, nothing is known.
fn task(content: Option<&str>, task: Option<&str>) -> Option<(String, String)> {
    let id = |id: Option<&str>| {
        id.filter(|id| !id.is_empty() && id.chars().count() <= LONGEST_ID)
            .map(str::to_owned)
    };
    id(content).zip(id(task))
}

/// Keeps the later of a tab's reports; answers by how much its engaged time grew.
fn raise_tab(
    connection: &Connection,
    tab: (i64, &str, &str),
    report: Report,
) -> Result<i64, StoreError> {
    let before: Option<(Report, i64)> = connection
        .prepare_cached(
            "SELECT engaged_ms, length_ms, reported_at, content_id, task_id, used_to_ms
             FROM session_tabs WHERE project = ?1 AND session_id = ?2 AND tab_id = ?3",
        )?
        .query_row(tab, |row| {
            let (content, task): (Option<String>, _) = (row.get(3)?, row.get(4)?);
            let report = Report {
                engaged: row.get(0)?,
                length: row.get(1)?,
                at: row.get(2)?,
                task: content.zip(task),
            };
            Ok((report, row.get(5)?))
        })
        .optional()?;
    let (latest, used_to, more) = match before {
        None => {
            let (used_to, more) = (report.length, report.engaged);
            (report, used_to, more)
        }
        Some((before, used_to)) => {
            let more = (report.engaged - before.engaged).max(0);
            let used_to = match report.engaged.cmp(&before.engaged) {
                Ordering::Less => used_to,
                Ordering::Equal => used_to.min(report.length),
                Ordering::Greater => report.length,
            };
            (before.max(report), used_to, more)
        }
    };
    let (project, session, tab) = tab;
    let (content, task) = latest.task.unzip();
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO session_tabs (project, session_id, tab_id, engaged_ms,
               length_ms, reported_at, content_id, task_id, used_to_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
            project,
            session,
            tab,
            latest.engaged,
            latest.length,
            latest.at,
            content,
            task,
            used_to
        ])?;
    Ok(more)
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
