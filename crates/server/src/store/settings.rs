//! A project's settings, as they are kept.

use rusqlite::Connection;

use crate::settings::{self, Kept, ProjectSettings};
use crate::store::StoreError;

/// The settings as they are now.
pub(crate) fn load(connection: &Connection, project: i64) -> Result<Kept, StoreError> {
    let kept: Option<String> = connection
        .prepare_cached("SELECT settings FROM projects WHERE id = ?1")?
        .query_row([project], |row| row.get(0))?;
    let Some(kept) = kept else {
        return Ok(settings::defaults());
    };
    let unreadable = |problem: String| StoreError::Unreadable {
        what: "a project's settings",
        problem,
    };
    let value = serde_json::from_str(&kept).map_err(|error| unreadable(error.to_string()))?;
    settings::read(value).map_err(|problem| unreadable(problem.to_string()))
}

/// Keeps settings in place of those before.
pub(crate) fn save(
    connection: &Connection,
    project: i64,
    settings: &Kept,
) -> Result<(), StoreError> {
    let json = serde_json::to_string(&ProjectSettings::from(settings)).map_err(|error| {
        StoreError::Unreadable {
            what: "a project's settings",
            problem: error.to_string(),
        }
    })?;
    connection
        .prepare_cached("UPDATE projects SET settings = ?2 WHERE id = ?1")?
        .execute((project, json))?;
    Ok(())
}
