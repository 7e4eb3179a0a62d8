//! Going back to an older version.

use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Publication, differs, drafts, read, read_theme, read_translations, write};
use crate::store::StoreError;
use headstart_core::{Content, ContentDocument};

/// What users get again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct RolledBack {
    /// The content's id.
    pub id: String,
    /// The version that users get now.
    pub version: u32,
    /// The older version that it is the same as.
    pub restored: u32,
    /// Whether that is a new one; if users have it already, there is none.
    pub changed: bool,
    /// Whether the draft differs from it, so that publishing would replace it.
    pub draft_differs: bool,
}

/// Publishes an older version, with its translations and its look, as the next one. Without `to` it is the one before
/// what users have, so that doing it again goes further back.
pub(crate) fn roll_back(
    connection: &Connection,
    project: i64,
    id: &str,
    to: Option<u32>,
    now: i64,
) -> Result<RolledBack, StoreError> {
    let versions = versions(connection, project, id)?;
    let Some(current) = versions.last() else {
        return Err(StoreError::NeverPublished { id: id.to_owned() });
    };
    let latest = current.document.version;
    let wanted = match to {
        Some(version) => Some(version),
        // A version that users were given back is the older one under another number.
        None => (versions.iter())
            .position(|version| same(version, current))
            .and_then(|first| first.checked_sub(1))
            .map(|before| versions[before].document.version),
    };
    let older = (versions.iter())
        .find(|version| Some(version.document.version) == wanted)
        .ok_or_else(|| StoreError::NoVersion {
            id: id.to_owned(),
            wanted,
            latest,
        })?;
    let changed = !same(older, current);
    let version = if changed { latest + 1 } else { latest };
    if changed {
        let content = Content {
            version,
            ..Content::from(older.document.clone())
        };
        connection
            .prepare_cached(
                "INSERT INTO publications
                     (project, id, version, document, translations, theme, published_at)
                 SELECT project, id, ?3, ?4, translations, theme, ?5 FROM publications
                 WHERE project = ?1 AND id = ?2 AND version = ?6",
            )?
            .execute((
                project,
                id,
                version,
                write(&content)?,
                now,
                older.document.version,
            ))?;
    }
    let drafts = drafts(connection, project)?;
    let draft = drafts.iter().find(|draft| draft.id == id);
    Ok(RolledBack {
        id: id.to_owned(),
        version,
        restored: older.document.version,
        changed,
        draft_differs: draft.is_some_and(|draft| differs(draft, older)),
    })
}

/// All publications of one piece of content, the first one first.
fn versions(
    connection: &Connection,
    project: i64,
    id: &str,
) -> Result<Vec<Publication>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT document, published_at, translations, theme FROM publications
         WHERE project = ?1 AND id = ?2 ORDER BY version",
    )?;
    let mut rows = select.query((project, id))?;
    let mut versions = Vec::new();
    while let Some(row) = rows.next()? {
        versions.push(Publication {
            document: read(&row.get::<_, String>(0)?)?,
            published_at: row.get(1)?,
            translations: read_translations(row.get(2)?)?,
            theme: read_theme(row.get(3)?)?,
        });
    }
    Ok(versions)
}

/// Whether users see the same in both.
fn same(one: &Publication, other: &Publication) -> bool {
    let numbered = ContentDocument {
        version: other.document.version,
        ..one.document.clone()
    };
    numbered == other.document && one.translations == other.translations && one.theme == other.theme
}
