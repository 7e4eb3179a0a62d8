//! Erasing a person: every row that is theirs, in all tables.

use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::people::{PersonId, Who};
use crate::store::{StoreError, sweep};

/// What was removed with a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Erased {
    /// The browsers that had joined the user; of an erased browser, itself.
    pub browsers: usize,
    /// Events, those included that the collector noted itself: tasks done, checklists completed.
    pub events: usize,
    /// Traits of the user. Their accounts keep their own.
    pub traits: usize,
    /// Sessions that were reported.
    pub sessions: usize,
    /// Visits that were known from boots.
    pub visits: usize,
}

/// Removes a user with all browsers that have joined them, or a browser of which no user is known. The
/// rows go at once; [`sweep`] sees to the bytes.
pub(crate) fn erase(
    connection: &Connection,
    project: i64,
    who: Who<'_>,
) -> Result<Erased, StoreError> {
    let rows = rows(connection, project, who)?;
    let mut erased = Erased {
        browsers: match who {
            Who::User(_) => rows.len() - 1,
            Who::Anonymous(_) => rows.len(),
        },
        ..Erased::default()
    };
    for person in &rows {
        let delete = |sql: &str| connection.prepare_cached(sql)?.execute([person]);
        delete(
            "DELETE FROM session_tabs WHERE (project, session_id) IN
               (SELECT project, session_id FROM sessions WHERE person = ?1)",
        )?;
        erased.sessions += delete("DELETE FROM sessions WHERE person = ?1")?;
        erased.visits += delete("DELETE FROM visits WHERE person = ?1")?;
        erased.traits += delete("DELETE FROM user_traits WHERE person = ?1")?;
        erased.events += delete("DELETE FROM events WHERE person = ?1")?;
        delete("DELETE FROM people WHERE id = ?1")?;
    }
    sweep::owe(connection)?;
    Ok(erased)
}

/// The person's rows: their browsers' first, since these point at the user.
fn rows(connection: &Connection, project: i64, who: Who<'_>) -> Result<Vec<PersonId>, StoreError> {
    let is_user = matches!(who, Who::User(_));
    let found: Option<(PersonId, Option<String>)> = connection
        .prepare_cached(
            "SELECT given.id, claimant.key FROM people AS given
             LEFT JOIN people AS claimant ON claimant.id = given.joined
             WHERE given.project = ?1 AND given.is_user = ?2 AND given.key = ?3",
        )?
        .query_row((project, is_user, who.key()), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let id = || who.key().to_owned();
    match found {
        None if is_user => Err(StoreError::NoSuchUser { id: id() }),
        None => Err(StoreError::NoSuchBrowser { id: id() }),
        Some((_, Some(user))) => Err(StoreError::BrowserOfUser { id: id(), user }),
        Some((person, None)) => {
            let mut rows: Vec<PersonId> = connection
                .prepare_cached("SELECT id FROM people WHERE joined = ?1")?
                .query_map([person], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            rows.push(person);
            Ok(rows)
        }
    }
}
