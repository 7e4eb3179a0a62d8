//! `POST /v1/reset`: a user signs out, and what was signed for them is refused from then on.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::AppState;
use crate::auth::HeaderKey;
use crate::body::{Text, parse};
use crate::error::{Error, ErrorBody};
use crate::identity::{Flaw, Mode, Presented};
use crate::store::identity;

/// The most bytes of a reset.
const MOST_BYTES: usize = 16 * 1_024;

/// Which token is given up.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ResetRequest {
    /// The project's write key; here or by Basic authorization.
    write_key: Option<String>,
    /// The token.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    token: Presented,
}

/// Nothing to say.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ResetAnswer {}

/// Gives a token up: it is refused from now on, for as long as it would be good. Other tokens of the
/// same user stay good.
#[utoipa::path(
    post,
    path = "/v1/reset",
    tag = "Public",
    request_body(content = ResetRequest, content_type = "application/json"),
    responses(
        (status = OK, description = "The token is refused from now on", body = ResetAnswer),
        (status = UNAUTHORIZED, description = "Not the write key; or, where identity is enforced, no \
            token that was signed here", body = ErrorBody),
    )
)]
pub(crate) async fn reset(
    State(state): State<AppState>,
    key: HeaderKey,
    Text(body): Text<MOST_BYTES>,
) -> Result<Json<ResetAnswer>, Error> {
    let request: ResetRequest = parse(&body)?;
    let project = state.store.project().clone();
    key.may_send(request.write_key.as_deref(), &project)?;
    let now = state.clock.now();
    let rules = project.identity.rules();
    let claims = match project.identity.verify(&request.token, &rules, now) {
        Ok(claims) => claims,
        // It is refused already.
        Err(Flaw::Expired | Flaw::Revoked) => return Ok(Json(ResetAnswer {})),
        Err(flaw) if rules.mode == Mode::Enforce => return Err(flaw.into()),
        Err(_) => return Ok(Json(ResetAnswer {})),
    };
    let id = project.id;
    state
        .store
        .write_then(
            move |connection| {
                identity::revoke(connection, id, &claims, now)?;
                Ok(claims)
            },
            move |claims| project.identity.revoke(claims, now),
        )
        .await?;
    Ok(Json(ResetAnswer {}))
}
