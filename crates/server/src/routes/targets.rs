//! `GET /api/v1/metrics/targets`: which elements that content points at did not come.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use headstart_core::time::DAY;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::AppState;
use crate::error::{Error, ErrorBody};
use crate::store::{MissingTarget, targets as store};

/// So many days are looked back, where nothing else is asked for.
const DAYS: u32 = 30;
/// The most days that can be asked for.
const MOST_DAYS: u32 = 365;

/// How far to look back.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub(crate) struct Since {
    /// How many days before now, from 1 to 365. Without it, 30.
    days: Option<u32>,
}

/// Elements that did not come.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MissingTargets {
    /// By content, step, selector, path and how near the best match was; the latest first, at most 500.
    missing: Vec<MissingTarget>,
}

/// Elements that published content points at and that did not come while a page waited for them: what its
/// author should look at, since users do not see the content there.
#[utoipa::path(
    get,
    path = "/api/v1/metrics/targets",
    tag = "Metrics",
    security(("secret_key" = [])),
    params(Since),
    responses(
        (status = OK, description = "As of now", body = MissingTargets),
        (status = BAD_REQUEST, description = "So many days cannot be asked for", body = ErrorBody),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
    )
)]
pub(crate) async fn targets(
    State(state): State<AppState>,
    since: Result<Query<Since>, QueryRejection>,
) -> Result<Json<MissingTargets>, Error> {
    let days = since.map_or(Some(0), |Query(since)| since.days);
    let days = days.unwrap_or(DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(Error::InvalidField {
            path: "days".to_owned(),
            message: format!("must be a number from 1 to {MOST_DAYS}"),
        });
    }
    let project = state.store.project().id;
    let catalog = state.store.project().catalog();
    let since = state.clock.now() - i64::from(days) * DAY;
    let missing = state
        .store
        .read(move |connection| store::missing(connection, project, &catalog, since))
        .await?;
    Ok(Json(MissingTargets { missing }))
}
