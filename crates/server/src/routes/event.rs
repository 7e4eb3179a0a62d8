//! `POST /v1/identify`, `/v1/track`, `/v1/page` and `/v1/group`: one message at a time, as servers
//! send them.

use axum::extract::State;
use axum::response::Response;

use crate::app::AppState;
use crate::auth::HeaderKey;
use crate::body::{MOST_BATCH_BYTES, Text};
use crate::error::{Error, ErrorBody};
use crate::message::Kind;
use crate::openapi::Message;
use crate::routes::batch::store_one;
use crate::store::Stored;

/// Says who a user is. With an `anonymousId`, that browser's history joins the user, once.
#[utoipa::path(
    post,
    path = "/v1/identify",
    tag = "Public",
    request_body(content = Message, content_type = "application/json"),
    responses(
        (status = OK, description = "It is on disk", body = Stored),
        (status = BAD_REQUEST, description = "It was refused", body = ErrorBody),
        (status = UNAUTHORIZED, description = "Not the write key, nor the secret key; or, where \
            identity is enforced, no token that stands for the user", body = ErrorBody),
    )
)]
pub(crate) async fn identify(
    State(state): State<AppState>,
    key: HeaderKey,
    Text(body): Text<MOST_BATCH_BYTES>,
) -> Result<Response, Error> {
    store_one(&state, &key, &body, Kind::Identify).await
}

/// Says that something happened.
#[utoipa::path(
    post,
    path = "/v1/track",
    tag = "Public",
    request_body(content = Message, content_type = "application/json"),
    responses(
        (status = OK, description = "It is on disk", body = Stored),
        (status = BAD_REQUEST, description = "It was refused", body = ErrorBody),
        (status = UNAUTHORIZED, description = "Not the write key, nor the secret key; or, where \
            identity is enforced, no token that stands for the user", body = ErrorBody),
    )
)]
pub(crate) async fn track(
    State(state): State<AppState>,
    key: HeaderKey,
    Text(body): Text<MOST_BATCH_BYTES>,
) -> Result<Response, Error> {
    store_one(&state, &key, &body, Kind::Track).await
}

/// Says that a page was viewed.
#[utoipa::path(
    post,
    path = "/v1/page",
    tag = "Public",
    request_body(content = Message, content_type = "application/json"),
    responses(
        (status = OK, description = "It is on disk", body = Stored),
        (status = BAD_REQUEST, description = "It was refused", body = ErrorBody),
        (status = UNAUTHORIZED, description = "Not the write key, nor the secret key; or, where \
            identity is enforced, no token that stands for the user", body = ErrorBody),
    )
)]
pub(crate) async fn page(
    State(state): State<AppState>,
    key: HeaderKey,
    Text(body): Text<MOST_BATCH_BYTES>,
) -> Result<Response, Error> {
    store_one(&state, &key, &body, Kind::Page).await
}

/// Says which account a user belongs to.
#[utoipa::path(
    post,
    path = "/v1/group",
    tag = "Public",
    request_body(content = Message, content_type = "application/json"),
    responses(
        (status = OK, description = "It is on disk", body = Stored),
        (status = BAD_REQUEST, description = "It was refused", body = ErrorBody),
        (status = UNAUTHORIZED, description = "Not the write key, nor the secret key; or, where \
            identity is enforced, no token that stands for the user", body = ErrorBody),
    )
)]
pub(crate) async fn group(
    State(state): State<AppState>,
    key: HeaderKey,
    Text(body): Text<MOST_BATCH_BYTES>,
) -> Result<Response, Error> {
    store_one(&state, &key, &body, Kind::Group).await
}
