//! `GET /api/v1/metrics/activation`: who gets activated, and where people stop.

use axum::Json;
use axum::extract::{Query, State};
use serde::Deserialize;

use crate::app::AppState;
use crate::error::{Error, ErrorBody};
use crate::store::content::activation_checklists;
use crate::store::{ActivationMetrics, activation as metrics};

/// Which checklist.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// The content's id; may be left out while there is one published activation checklist.
    content: Option<String>,
}

/// How people get on with an activation checklist.
#[utoipa::path(
    get,
    path = "/api/v1/metrics/activation",
    tag = "Metrics",
    security(("secret_key" = [])),
    params(Which),
    responses(
        (status = OK, description = "The numbers as of now", body = ActivationMetrics),
        (status = BAD_REQUEST, description = "There are several; say which", body = ErrorBody),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
        (status = NOT_FOUND, description = "There is none", body = ErrorBody),
    )
)]
pub(crate) async fn activation(
    State(state): State<AppState>,
    Query(which): Query<Which>,
) -> Result<Json<ActivationMetrics>, Error> {
    let project = state.store.project().id;
    let catalog = state.store.project().catalog();
    let published = activation_checklists(&catalog);
    let listed = published
        .iter()
        .map(|id| format!("`{id}`"))
        .collect::<Vec<_>>()
        .join(", ");
    let id = match (&which.content, published.as_slice()) {
        (Some(wanted), ids) => ids
            .iter()
            .find(|id| id.as_str() == wanted)
            .ok_or_else(|| not_found(wanted, &listed))?,
        (None, [only]) => only,
        (None, []) => {
            return Err(Error::NotFound {
                message: "no activation checklist is published yet; give a checklist \
                          `\"activation\": true`, push and publish it"
                    .to_owned(),
                path: None,
            });
        }
        (None, _) => {
            return Err(Error::InvalidField {
                path: "content".to_owned(),
                message: format!("there are several; say which with ?content=: {listed}"),
            });
        }
    };
    let content = catalog
        .latest()
        .iter()
        .find(|content| content.id == **id)
        .cloned()
        .ok_or(Error::Internal)?;
    let numbers = state
        .store
        .read(move |connection| metrics::activation(connection, project, &content))
        .await?;
    Ok(Json(numbers))
}

fn not_found(wanted: &str, listed: &str) -> Error {
    let there_are = if listed.is_empty() {
        "there is none yet".to_owned()
    } else {
        format!("published are {listed}")
    };
    Error::NotFound {
        message: format!("`{wanted}` is no published activation checklist; {there_are}"),
        path: Some("content".to_owned()),
    }
}
