//! `GET /api/v1/metrics/content`: what became of a piece of content.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::app::AppState;
use crate::error::{Error, ErrorBody};
use crate::store::{ContentMetrics, content_metrics};

/// Which content.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// The content's id.
    #[param(required = true)]
    id: Option<String>,
}

/// What became of a piece of content: to how many people it was shown, how many followed it, sent it away
/// or put it off, and where they left a tour.
#[utoipa::path(
    get,
    path = "/api/v1/metrics/content",
    tag = "Metrics",
    security(("secret_key" = [])),
    params(Which),
    responses(
        (status = OK, description = "The numbers as of now", body = ContentMetrics),
        (status = BAD_REQUEST, description = "Say which", body = ErrorBody),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
        (status = NOT_FOUND, description = "No such content is published", body = ErrorBody),
    )
)]
pub(crate) async fn content(
    State(state): State<AppState>,
    Query(which): Query<Which>,
) -> Result<Json<ContentMetrics>, Error> {
    let project = state.store.project().id;
    let catalog = state.store.project().catalog();
    let published = || {
        let ids = catalog.latest().iter().map(|content| &content.id);
        let listed: Vec<String> = ids.map(|id| format!("`{id}`")).collect();
        if listed.is_empty() {
            "nothing is published yet".to_owned()
        } else {
            format!("published are {}", listed.join(", "))
        }
    };
    let Some(id) = which.id else {
        return Err(Error::InvalidField {
            path: "id".to_owned(),
            message: format!("is missing; say which with ?id=: {}", published()),
        });
    };
    let found = catalog.latest().iter().find(|each| each.id.as_str() == id);
    let content = found.cloned().ok_or_else(|| Error::NotFound {
        message: format!("`{id}` is not published; {}", published()),
        path: Some("id".to_owned()),
    })?;
    let numbers = state
        .store
        .read(move |connection| content_metrics::content(connection, project, &content))
        .await?;
    Ok(Json(numbers))
}
