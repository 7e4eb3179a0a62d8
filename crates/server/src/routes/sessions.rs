//! `GET /api/v1/metrics/sessions`: how long sessions are, where they end, and who comes back.

use axum::Json;
use axum::extract::State;

use crate::app::AppState;
use crate::error::{Error, ErrorBody};
use crate::store::{SessionMetrics, session_metrics};

/// How long sessions are, at which task they end, and who comes back. Percentiles are by nearest rank.
#[utoipa::path(
    get,
    path = "/api/v1/metrics/sessions",
    tag = "Metrics",
    security(("secret_key" = [])),
    responses(
        (status = OK, description = "The numbers as of now", body = SessionMetrics),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
    )
)]
pub(crate) async fn sessions(State(state): State<AppState>) -> Result<Json<SessionMetrics>, Error> {
    let (project, now) = (state.store.project().id, state.clock.now());
    let catalog = state.store.project().catalog();
    let numbers = state
        .store
        .read(move |connection| session_metrics::sessions(connection, project, &catalog, now))
        .await?;
    Ok(Json(numbers))
}
