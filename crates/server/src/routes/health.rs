//! How the collector is: for load balancers, Prometheus and people.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};

use crate::app::AppState;
use crate::error::{Error, ErrorBody};

/// The process runs.
#[utoipa::path(get, path = "/healthz", tag = "Operation",
    responses((status = OK, description = "It runs", body = String)))]
pub(crate) async fn healthz() -> &'static str {
    "ok"
}

/// The process can do its work: the database takes a write.
#[utoipa::path(get, path = "/readyz", tag = "Operation",
    responses(
        (status = OK, description = "It can take events", body = String),
        (status = SERVICE_UNAVAILABLE, description = "The database takes no write", body = ErrorBody),
    ))]
pub(crate) async fn readyz(State(state): State<AppState>) -> Result<&'static str, Error> {
    state.store.probe(state.clock.now()).await?;
    Ok("ready")
}

/// What Prometheus asks for.
#[utoipa::path(get, path = "/metrics", tag = "Operation",
    responses((status = OK, description = "Prometheus' text format", body = String)))]
pub(crate) async fn metrics(State(state): State<AppState>) -> impl IntoResponse {
    let text = state
        .prometheus
        .as_ref()
        .map(|prometheus| {
            prometheus.run_upkeep();
            prometheus.render()
        })
        .unwrap_or_default();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text)
}

/// The OpenAPI document itself.
pub(crate) fn unlisted(document: serde_json::Value) -> Router<AppState> {
    Router::new().route(
        "/api/openapi.json",
        get(move || async move { Json(document) }),
    )
}
