//! Drafts and publications.

mod rollback;

use std::collections::{BTreeMap, HashMap};

use headstart_core::{Content, ContentDocument, ContentId};
use rusqlite::{Connection, OptionalExtension};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

pub use self::rollback::RolledBack;
pub(crate) use self::rollback::roll_back;

use crate::catalog::Catalog;
use crate::documents::Checked;
use crate::store::StoreError;
use crate::theme::Theme;
use crate::translations::Translation;

/// One piece of content, as its authors see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContentItem {
    /// Its id.
    pub id: String,
    /// The version that users get; absent while it was never published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_version: Option<u32>,
    /// When that was published, wall milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_at: Option<i64>,
    /// Whether the draft differs from it.
    pub changed: bool,
    /// When the draft was pushed, wall milliseconds.
    pub pushed_at: i64,
    /// The draft, as its author wrote it.
    #[schema(schema_with = crate::openapi::content_document)]
    pub draft: Box<RawValue>,
}

/// What publishing did with one piece of content.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Published {
    /// Its id.
    pub id: String,
    /// The version that users get now.
    pub version: u32,
    /// Whether that is a new one; without a change there is none.
    pub changed: bool,
}

/// What is published, in all versions.
pub(crate) fn load_catalog(connection: &Connection, project: i64) -> Result<Catalog, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT document, translations, theme FROM publications WHERE project = ?1 ORDER BY id, version",
    )?;
    let mut rows = select.query([project])?;
    let mut published = Vec::new();
    let mut translations = Vec::new();
    let mut themes = HashMap::new();
    while let Some(row) = rows.next()? {
        let content = Content::from(read(&row.get::<_, String>(0)?)?);
        let translated = read_translations(row.get(1)?)?;
        if !translated.is_empty() {
            let of_version = |document| Content {
                version: content.version,
                ..Content::from(document)
            };
            let all = translated.into_values().map(of_version).collect();
            translations.push(((content.id.clone(), content.version), all));
        }
        if let Some(theme) = read_theme(row.get(2)?)? {
            themes.insert((content.id.clone(), content.version), theme);
        }
        published.push(content);
    }
    Ok(Catalog::new(published, translations).wearing(themes))
}

/// Keeps a draft in place of the one before.
pub(crate) fn push(
    connection: &Connection,
    project: i64,
    document: &Checked,
    now: i64,
) -> Result<(), StoreError> {
    let draft = Content {
        version: 0,
        ..document.content.clone()
    };
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO drafts
                 (project, id, document, source, translations, theme, pushed_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            project,
            draft.id.as_str(),
            write(&draft)?,
            &document.source,
            write_translations(&document.translations)?,
            write_theme(document.theme.as_ref())?,
            now,
        ))?;
    Ok(())
}

/// Publishes drafts: all of them, or these.
pub(crate) fn publish(
    connection: &Connection,
    project: i64,
    ids: Option<&[String]>,
    now: i64,
) -> Result<Vec<Published>, StoreError> {
    let drafts = drafts(connection, project)?;
    let mut chosen = Vec::new();
    match ids {
        None => chosen.extend(&drafts),
        Some(ids) => {
            for (index, id) in ids.iter().enumerate() {
                let draft = drafts.iter().find(|draft| draft.id == *id);
                chosen.push(draft.ok_or_else(|| StoreError::NoDraft {
                    id: id.clone(),
                    index,
                })?);
            }
        }
    }
    let mut published = Vec::new();
    for draft in chosen {
        published.push(publish_one(connection, project, draft, now)?);
    }
    Ok(published)
}

fn publish_one(
    connection: &Connection,
    project: i64,
    draft: &Draft,
    now: i64,
) -> Result<Published, StoreError> {
    let last = latest(connection, project, &draft.id)?;
    if let Some(last) = &last
        && !differs(draft, last)
    {
        return Ok(Published {
            id: draft.id.clone(),
            version: last.document.version,
            changed: false,
        });
    }
    let version = last.map_or(0, |last| last.document.version) + 1;
    let content = Content {
        version,
        ..Content::from(draft.document.clone())
    };
    connection
        .prepare_cached(
            "INSERT INTO publications
                 (project, id, version, document, translations, theme, published_at)
             SELECT ?1, ?2, ?3, ?4, translations, theme, ?5 FROM drafts WHERE project = ?1 AND id = ?2",
        )?
        .execute((project, &draft.id, version, write(&content)?, now))?;
    Ok(Published {
        id: draft.id.clone(),
        version,
        changed: true,
    })
}

/// All content, by id.
pub(crate) fn list(connection: &Connection, project: i64) -> Result<Vec<ContentItem>, StoreError> {
    let mut items = Vec::new();
    for draft in drafts(connection, project)? {
        let last = latest(connection, project, &draft.id)?;
        items.push(ContentItem {
            changed: last.as_ref().is_none_or(|last| differs(&draft, last)),
            published_version: last.as_ref().map(|last| last.document.version),
            published_at: last.as_ref().map(|last| last.published_at),
            id: draft.id,
            pushed_at: draft.pushed_at,
            draft: RawValue::from_string(draft.source).map_err(unreadable)?,
        });
    }
    Ok(items)
}

/// Documents by language.
type Translations = BTreeMap<String, ContentDocument>;

struct Draft {
    id: String,
    document: ContentDocument,
    translations: Translations,
    theme: Option<Theme>,
    source: String,
    pushed_at: i64,
}

struct Publication {
    document: ContentDocument,
    translations: Translations,
    theme: Option<Theme>,
    published_at: i64,
}

fn drafts(connection: &Connection, project: i64) -> Result<Vec<Draft>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT id, document, coalesce(source, document), pushed_at, translations, theme FROM drafts
         WHERE project = ?1 ORDER BY id",
    )?;
    let mut rows = select.query([project])?;
    let mut drafts = Vec::new();
    while let Some(row) = rows.next()? {
        drafts.push(Draft {
            id: row.get(0)?,
            document: read(&row.get::<_, String>(1)?)?,
            source: row.get(2)?,
            pushed_at: row.get(3)?,
            translations: read_translations(row.get(4)?)?,
            theme: read_theme(row.get(5)?)?,
        });
    }
    Ok(drafts)
}

fn latest(
    connection: &Connection,
    project: i64,
    id: &str,
) -> Result<Option<Publication>, StoreError> {
    let row: Option<(String, i64, Option<String>, Option<String>)> = connection
        .prepare_cached(
            "SELECT document, published_at, translations, theme FROM publications
             WHERE project = ?1 AND id = ?2 ORDER BY version DESC LIMIT 1",
        )?
        .query_row((project, id), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    row.map(|(document, published_at, translations, theme)| {
        Ok(Publication {
            document: read(&document)?,
            translations: read_translations(translations)?,
            theme: read_theme(theme)?,
            published_at,
        })
    })
    .transpose()
}

fn differs(draft: &Draft, published: &Publication) -> bool {
    let same_version = ContentDocument {
        version: published.document.version,
        ..draft.document.clone()
    };
    same_version != published.document
        || draft.translations != published.translations
        || draft.theme != published.theme
}

fn read_translations(json: Option<String>) -> Result<Translations, StoreError> {
    json.map_or_else(
        || Ok(Translations::new()),
        |json| serde_json::from_str(&json).map_err(unreadable),
    )
}

fn read_theme(json: Option<String>) -> Result<Option<Theme>, StoreError> {
    json.map(|json| serde_json::from_str(&json).map_err(unreadable))
        .transpose()
}

fn write_theme(theme: Option<&Theme>) -> Result<Option<String>, StoreError> {
    theme
        .map(|theme| serde_json::to_string(theme).map_err(unreadable))
        .transpose()
}

fn write_translations(translations: &[Translation]) -> Result<Option<String>, StoreError> {
    let by_language = |each: &Translation| {
        let draft = Content {
            version: 0,
            ..each.content.clone()
        };
        (each.content.language.clone().unwrap_or_default(), draft)
    };
    let all: BTreeMap<String, Content> = translations.iter().map(by_language).collect();
    (!all.is_empty())
        .then(|| serde_json::to_string(&all).map_err(unreadable))
        .transpose()
}

fn read(json: &str) -> Result<ContentDocument, StoreError> {
    serde_json::from_str(json).map_err(unreadable)
}

fn write(content: &Content) -> Result<String, StoreError> {
    serde_json::to_string(content).map_err(unreadable)
}

#[expect(clippy::needless_pass_by_value, reason = "map_err hands it over")]
fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Unreadable {
        what: "a content document",
        problem: error.to_string(),
    }
}

/// The published activation checklists, by id.
pub(crate) fn activation_checklists(catalog: &Catalog) -> Vec<&ContentId> {
    catalog
        .latest()
        .iter()
        .filter(|content| content.checklist().is_some_and(|list| list.activation))
        .map(|content| &content.id)
        .collect()
}
