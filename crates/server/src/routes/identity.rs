//! `/api/v1/identity`: who may speak for a user, and how much is signed.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use headstart_core::time::{DAY, format_iso};
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::app::AppState;
use crate::body::{Text, parse};
use crate::error::{Error, ErrorBody};
use crate::identity::{Mode, Rules, Traffic};
use crate::store::{StoreError, identity};

/// The most bytes of a request.
const MOST_BYTES: usize = 1_024;
/// So many days are told of, today being the last.
const DAYS: i64 = 7;

/// Who may speak for a user, and how much is signed.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct IdentityState {
    /// What is done for want of a good token.
    mode: Mode,
    /// What is to be seen to.
    #[serde(skip_serializing_if = "Option::is_none")]
    warning: Option<String>,
    /// The live secrets, the oldest first; not their text.
    secrets: Vec<SecretState>,
    /// How much of the last seven days' traffic was signed.
    traffic: SignedTraffic,
}

/// A live secret.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SecretState {
    /// Names it where it is to be removed.
    id: i64,
    /// When it was made, wall milliseconds.
    created_at: i64,
    /// When a token that it has signed was last used, wall milliseconds; null if never.
    last_used_at: Option<i64>,
}

/// How much of what names a user or an account was signed, in messages and boots. It is counted while
/// the mode is `observe` or `enforce`; what servers send with the secret key is not.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SignedTraffic {
    /// With a good token for that user and that account.
    signed: u64,
    /// Without a token.
    unsigned: u64,
    /// With a token that is not good, or is for somebody else.
    invalid: u64,
    /// `signed` of all three, from 0 to 1; null while there is nothing. The rest is what enforcing
    /// refuses.
    signed_share: Option<f64>,
    /// By day in UTC, the oldest first.
    days: Vec<DayTraffic>,
}

/// One day's.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DayTraffic {
    /// As `2026-01-31`.
    day: String,
    /// With a good token.
    signed: u64,
    /// Without a token.
    unsigned: u64,
    /// With a token that does not do.
    invalid: u64,
}

/// Tells the mode, the live secrets, and how much was signed in the last seven days.
#[utoipa::path(
    get,
    path = "/api/v1/identity",
    tag = "Identity",
    security(("secret_key" = [])),
    responses(
        (status = OK, description = "As of now", body = IdentityState),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
    )
)]
pub(crate) async fn show(State(state): State<AppState>) -> Result<Json<IdentityState>, Error> {
    Ok(Json(current(&state).await?))
}

/// The mode that is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModeRequest {
    /// Which.
    mode: Mode,
}

/// Sets the mode. Enforcing while not all of the last seven days' traffic was signed is allowed, and
/// the answer warns; without a secret it is not.
#[utoipa::path(
    put,
    path = "/api/v1/identity",
    tag = "Identity",
    security(("secret_key" = [])),
    request_body(content = ModeRequest, content_type = "application/json"),
    responses(
        (status = OK, description = "It holds from now on", body = IdentityState),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
        (status = CONFLICT, description = "There is no secret to enforce with", body = ErrorBody),
    )
)]
pub(crate) async fn set(
    State(state): State<AppState>,
    Text(body): Text<MOST_BYTES>,
) -> Result<Json<IdentityState>, Error> {
    let ModeRequest { mode } = parse(&body)?;
    change(&state, move |connection, project| {
        identity::set_mode(connection, project, mode)
    })
    .await?;
    Ok(Json(current(&state).await?))
}

/// A new secret.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NewSecret {
    /// Names it where it is to be removed.
    id: i64,
    /// What to sign with: all of this text, with its prefix, as UTF-8. It is told this once.
    secret: String,
    /// When it was made, wall milliseconds.
    created_at: i64,
}

/// Makes a secret to sign with. At most two are live, so that one can follow the other.
#[utoipa::path(
    post,
    path = "/api/v1/identity/secrets",
    tag = "Identity",
    security(("secret_key" = [])),
    responses(
        (status = CREATED, description = "It is good from now on", body = NewSecret),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
        (status = CONFLICT, description = "Two are live already", body = ErrorBody),
    )
)]
pub(crate) async fn add_secret(State(state): State<AppState>) -> Result<Response, Error> {
    let now = state.clock.now();
    let made = change(&state, move |connection, project| {
        identity::add_secret(connection, project, now)
    })
    .await?;
    let answer = NewSecret {
        id: made.id,
        secret: made.text,
        created_at: made.created_at,
    };
    let headers = [(header::CACHE_CONTROL, "no-store")];
    Ok((StatusCode::CREATED, headers, Json(answer)).into_response())
}

/// Removes a secret: what it has signed is refused from now on.
#[utoipa::path(
    delete,
    path = "/api/v1/identity/secrets/{id}",
    tag = "Identity",
    security(("secret_key" = [])),
    params(("id" = i64, Path, description = "Which")),
    responses(
        (status = OK, description = "It is not good any more", body = IdentityState),
        (status = UNAUTHORIZED, description = "Not the secret key", body = ErrorBody),
        (status = NOT_FOUND, description = "There is no such secret", body = ErrorBody),
        (status = CONFLICT, description = "It is the only one, and identity is enforced",
            body = ErrorBody),
    )
)]
pub(crate) async fn remove_secret(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Json<IdentityState>, Error> {
    let id = id.parse().map_err(|_| Error::NotFound {
        message: format!(
            "`{id}` is no identity secret's id, which is a number; `headstart identity show` lists \
             them"
        ),
        path: None,
    })?;
    change(&state, move |connection, project| {
        identity::remove_secret(connection, project, id)
    })
    .await?;
    Ok(Json(current(&state).await?))
}

/// Changes the rules; they hold as soon as that is on disk.
async fn change<T: Send + 'static>(
    state: &AppState,
    change: impl FnOnce(&Connection, i64) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, Error> {
    let project = Arc::clone(state.store.project());
    let id = project.id;
    let (changed, _) = state
        .store
        .write_then(
            move |connection| {
                let changed = change(connection, id)?;
                Ok((changed, Arc::new(identity::rules(connection, id)?)))
            },
            move |(_, rules)| project.identity.set_rules(Arc::clone(rules)),
        )
        .await?;
    Ok(changed)
}

/// How things stand, with all that has been counted.
async fn current(state: &AppState) -> Result<IdentityState, Error> {
    let counted = state.store.project().identity.tally().take();
    state.store.write_counted(counted).await?;
    let (project, now) = (state.store.project().id, state.clock.now());
    let answer = state
        .store
        .read(move |connection| {
            let today = now - now.rem_euclid(DAY);
            let mut days = Vec::new();
            for day in (0..DAYS).rev().map(|ago| today - ago * DAY) {
                days.push((day, identity::traffic(connection, project, day)?));
            }
            Ok(tell(identity::rules(connection, project)?, &days))
        })
        .await?;
    Ok(answer)
}

fn tell(rules: Rules, days: &[(i64, Traffic)]) -> IdentityState {
    let mut all = Traffic::default();
    for (_, traffic) in days {
        all.add(*traffic);
    }
    #[expect(clippy::cast_precision_loss, reason = "messages are fewer than 2^52")]
    let signed_share = (all.total() > 0).then(|| all.signed as f64 / all.total() as f64);
    IdentityState {
        mode: rules.mode,
        warning: warning(rules.mode, all),
        secrets: rules
            .secrets
            .into_iter()
            .map(|secret| SecretState {
                id: secret.id,
                created_at: secret.created_at,
                last_used_at: secret.last_used_at,
            })
            .collect(),
        traffic: SignedTraffic {
            signed: all.signed,
            unsigned: all.unsigned,
            invalid: all.invalid,
            signed_share,
            days: days
                .iter()
                .map(|(day, traffic)| DayTraffic {
                    day: format_iso(*day).chars().take("2026-01-31".len()).collect(),
                    signed: traffic.signed,
                    unsigned: traffic.unsigned,
                    invalid: traffic.invalid,
                })
                .collect(),
        },
    }
}

fn warning(mode: Mode, all: Traffic) -> Option<String> {
    if mode != Mode::Enforce {
        return None;
    }
    if all.total() == 0 {
        return Some(
            "nothing is known of how much is signed, and what is not is refused: set the mode to \
             `observe` first, and look at the share after a day"
                .to_owned(),
        );
    }
    let refused = all.total() - all.signed;
    (refused > 0).then(|| {
        format!(
            "of the last seven days' {} messages and boots that name a user or an account, {refused} \
             were not signed or not well ({} without a token, {} with one that does not do): such \
             are refused. Where users should go on, set the mode back to `observe` until all are \
             signed",
            all.total(),
            all.unsigned,
            all.invalid
        )
    })
}
