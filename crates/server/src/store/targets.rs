//! Elements that content points at and that did not come.

use headstart_core::event::name;
use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;

use crate::catalog::Catalog;
use crate::store::StoreError;

/// The most rows that are told of: paths that have ids in them are as many as there are ids.
const MOST: u16 = 500;

/// An element that did not come, as it was reported (`Target Missing`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct MissingTarget {
    /// The content's id.
    pub content: String,
    /// The step of a tour; empty for other content.
    pub step: String,
    /// How the content describes the element.
    pub selector: String,
    /// On which path of the host application.
    pub path: String,
    /// How near the best match was, in a few words.
    pub nearest: String,
    /// How often that was reported.
    pub count: i64,
    /// By how many people's browsers.
    pub people: i64,
    /// The latest version of the content of which it was reported.
    pub version: Option<i64>,
    /// When it was last reported, wall milliseconds.
    pub last_seen: i64,
}

/// What was missing since then (wall milliseconds), the latest first.
pub(crate) fn missing(
    connection: &Connection,
    project: i64,
    catalog: &Catalog,
    since: i64,
) -> Result<Vec<MissingTarget>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT coalesce(properties ->> 'step_id', '') AS step,
           coalesce(properties ->> 'selector', '') AS selector,
           coalesce(properties ->> 'path', '') AS path,
           coalesce(properties ->> 'nearest', '') AS nearest,
           count(*), count(DISTINCT person), max(CAST(properties ->> 'version' AS INTEGER)),
           max(at) AS last
         FROM events WHERE project = ?1 AND content_id = ?2 AND name = ?3 AND at >= ?4
         GROUP BY step, selector, path, nearest ORDER BY last DESC LIMIT ?5",
    )?;
    let mut missing = Vec::new();
    for content in catalog.latest() {
        let id = content.id.as_str();
        let rows = select.query_map((project, id, name::TARGET_MISSING, since, MOST), |row| {
            Ok(MissingTarget {
                content: id.to_owned(),
                step: row.get(0)?,
                selector: row.get(1)?,
                path: row.get(2)?,
                nearest: row.get(3)?,
                count: row.get(4)?,
                people: row.get(5)?,
                version: row.get(6)?,
                last_seen: row.get(7)?,
            })
        })?;
        for row in rows {
            missing.push(row?);
        }
    }
    // Stable: of those at the same moment the order of the content's ids stays.
    missing.sort_by_key(|target| std::cmp::Reverse(target.last_seen));
    missing.truncate(MOST.into());
    Ok(missing)
}
