//! `/api/v1/content`: drafts in, versions out.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::AppState;
use crate::body::{MOST_CONTENT_BYTES, Text, parse};
use crate::documents;
use crate::error::{ContentProblem, Error, ErrorBody};
use crate::store::StoreError;
use crate::store::content::{self, ContentItem, Published, RolledBack};
use crate::translations::{Completeness, Translation};

/// All content of the project, by id.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ContentList {
    content: Vec<ContentItem>,
}

/// Lists all content, each with its draft, as its author wrote it, and the version that users get.
#[utoipa::path(
    get,
    path = "/api/v1/content",
    tag = "Content",
    security(("secret_key" = [])),
    responses(
        (status = OK, description = "All content, by id", body = ContentList),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
    )
)]
pub(crate) async fn list(State(state): State<AppState>) -> Result<Json<ContentList>, Error> {
    let project = state.store.project().id;
    let content = state
        .store
        .read(move |connection| content::list(connection, project))
        .await?;
    Ok(Json(ContentList { content }))
}

/// What was kept.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Pushed {
    /// The ids, in the order of the documents.
    pushed: Vec<String>,
    /// Each translation, and what of it is still to be written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    translations: Vec<Completeness>,
}

/// Keeps drafts. Users don't get them before they are published. Descriptions, bodies and messages are
/// Markdown, and the times of a schedule may be local ones; they are checked and compiled here. If anything is wrong with one
/// document, none is kept, and all that is wrong is listed. Of translations it is listed what is not
/// translated.
#[utoipa::path(
    post,
    path = "/api/v1/content",
    tag = "Content",
    security(("secret_key" = [])),
    request_body(
        content = inline(crate::openapi::ContentDocuments),
        content_type = "application/json",
    ),
    responses(
        (status = OK, description = "All are kept as drafts", body = Pushed),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
        (status = UNPROCESSABLE_ENTITY, description = "Something is wrong; none is kept",
            body = ErrorBody),
    )
)]
pub(crate) async fn push(
    State(state): State<AppState>,
    Text(body): Text<MOST_CONTENT_BYTES>,
) -> Result<Json<Pushed>, Error> {
    let documents = documents::check_all(&body, &state.store.project().settings().theme)?;
    let mut ids = BTreeSet::new();
    let repeated = documents
        .iter()
        .filter(|document| !ids.insert(document.content.id.clone()))
        .map(|document| ContentProblem {
            content: document.content.id.to_string(),
            path: "id".to_owned(),
            message: "is the id of another document too; choose another".to_owned(),
        })
        .collect::<Vec<_>>();
    if !repeated.is_empty() {
        return Err(Error::InvalidContent(repeated));
    }
    let pushed = documents
        .iter()
        .map(|document| document.content.id.to_string())
        .collect();
    let translations = documents
        .iter()
        .flat_map(|document| &document.translations)
        .map(Translation::completeness)
        .collect();
    let (project, now) = (state.store.project().id, state.clock.now());
    state
        .store
        .write_then(
            move |connection| {
                documents
                    .iter()
                    .try_for_each(|each| content::push(connection, project, each, now))
            },
            |()| (),
        )
        .await?;
    Ok(Json(Pushed {
        pushed,
        translations,
    }))
}

/// Which drafts to publish.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishRequest {
    /// Their ids; without them, all drafts.
    ids: Option<Vec<String>>,
}

/// What was published.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PublishAnswer {
    published: Vec<Published>,
}

/// Publishes drafts: each that has changed becomes the next version of its content. A version never
/// changes again, and users stay with the one they began with.
#[utoipa::path(
    post,
    path = "/api/v1/content/publish",
    tag = "Content",
    security(("secret_key" = [])),
    request_body(content = PublishRequest, content_type = "application/json"),
    responses(
        (status = OK, description = "Users get these versions from now on", body = PublishAnswer),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
        (status = NOT_FOUND, description = "There is no such draft; none was published",
            body = ErrorBody),
    )
)]
pub(crate) async fn publish(
    State(state): State<AppState>,
    Text(body): Text<MOST_CONTENT_BYTES>,
) -> Result<Json<PublishAnswer>, Error> {
    let request = if body.trim().is_empty() {
        PublishRequest::default()
    } else {
        parse(&body)?
    };
    let published = change_published(&state, move |connection, id, now| {
        content::publish(connection, id, request.ids.as_deref(), now)
    })
    .await?;
    Ok(Json(PublishAnswer { published }))
}

/// What to go back to.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RollbackRequest {
    /// The content's id.
    id: String,
    /// Its older version; without one, the one before what users have. Doing that again goes further
    /// back.
    version: Option<u32>,
}

/// Gives users an older version again: it is published as the next one, with its translations. The draft
/// stays as it is. As with every publication, users stay with the version they began with.
#[utoipa::path(
    post,
    path = "/api/v1/content/rollback",
    tag = "Content",
    security(("secret_key" = [])),
    request_body(content = RollbackRequest, content_type = "application/json"),
    responses(
        (status = OK, description = "Users get this version from now on", body = RolledBack),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
        (status = NOT_FOUND, description = "There is no such version; nothing has changed",
            body = ErrorBody),
    )
)]
pub(crate) async fn roll_back(
    State(state): State<AppState>,
    Text(body): Text<MOST_CONTENT_BYTES>,
) -> Result<Json<RolledBack>, Error> {
    let RollbackRequest {
        id: content,
        version,
    } = parse(&body)?;
    let rolled_back = change_published(&state, move |connection, id, now| {
        content::roll_back(connection, id, &content, version, now)
    })
    .await?;
    Ok(Json(rolled_back))
}

/// Changes what is published, given the project and the time, and with it what users get from then on.
async fn change_published<T, F>(state: &AppState, change: F) -> Result<T, Error>
where
    T: Send + 'static,
    F: FnOnce(&Connection, i64, i64) -> Result<T, StoreError> + Send + 'static,
{
    let project = Arc::clone(state.store.project());
    let (id, now) = (project.id, state.clock.now());
    let (changed, _) = state
        .store
        .write_then(
            move |connection| {
                let changed = change(connection, id, now)?;
                let catalog = content::load_catalog(connection, id)?;
                Ok((changed, Arc::new(catalog)))
            },
            move |(_, catalog)| project.set_catalog(Arc::clone(catalog)),
        )
        .await?;
    Ok(changed)
}
