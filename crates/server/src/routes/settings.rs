//! `/api/v1/settings`: how the project is set.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use headstart_core::Value;

use crate::app::AppState;
use crate::body::{Text, parse};
use crate::error::{Error, ErrorBody};
use crate::settings::{self, ProjectSettings};
use crate::store::settings as store;

/// The most bytes of a request.
const MOST_BYTES: usize = 16 * 1_024;

/// Tells the project's settings.
#[utoipa::path(
    get,
    path = "/api/v1/settings",
    tag = "Settings",
    security(("secret_key" = [])),
    responses(
        (status = OK, description = "As of now", body = ProjectSettings),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
    )
)]
pub(crate) async fn show(State(state): State<AppState>) -> Json<ProjectSettings> {
    Json(ProjectSettings::from(&*state.store.project().settings()))
}

/// Sets the project's settings, all of them: what is not given is as at the beginning. Pages hear of it
/// when they boot next, which they do every few seconds while they are in use.
#[utoipa::path(
    put,
    path = "/api/v1/settings",
    tag = "Settings",
    security(("secret_key" = [])),
    request_body(content = ProjectSettings, content_type = "application/json"),
    responses(
        (status = OK, description = "They hold from now on", body = ProjectSettings),
        (status = BAD_REQUEST, description = "Something is wrong; nothing was set",
            body = ErrorBody),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
    )
)]
pub(crate) async fn set(
    State(state): State<AppState>,
    Text(body): Text<MOST_BYTES>,
) -> Result<Json<ProjectSettings>, Error> {
    let value: Value = parse(&body)?;
    let settings = settings::read(value).map_err(|problem| Error::InvalidField {
        path: problem.path,
        message: problem.message,
    })?;
    let project = Arc::clone(state.store.project());
    let id = project.id;
    let kept = state
        .store
        .write_then(
            move |connection| {
                store::save(connection, id, &settings)?;
                Ok(Arc::new(settings))
            },
            move |settings| project.set_settings(Arc::clone(settings)),
        )
        .await?;
    Ok(Json(ProjectSettings::from(&*kept)))
}
