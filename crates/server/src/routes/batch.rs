//! `POST /v1/batch`: many messages at once.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::app::AppState;
use crate::auth::HeaderKey;
use crate::body::{MOST_BATCH_BYTES, Text, parse};
use crate::error::{Error, ErrorBody, ErrorDetail};
use crate::identity::{Caller, Flaw, Presented, Terms};
use crate::message::{self, Kind, Moment, Received, Refusal, Shared};
use crate::openapi::Message;
use crate::store::{Stored, Weight, ingest};

/// Many messages.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct BatchRequest<'a> {
    /// The project's write key; here or by Basic authorization.
    write_key: Option<String>,
    /// What the customer's backend has signed for the user whom the messages are about.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    token: Presented,
    /// When the request was sent, by the sender's clock: ISO 8601, or milliseconds since 1970. Where
    /// that is more than a minute off, the messages' times are corrected by the difference.
    #[serde(borrow)]
    #[schema(value_type = Option<String>)]
    sent_at: Option<&'a RawValue>,
    /// For all messages; each may say more, or otherwise.
    #[serde(borrow)]
    #[schema(value_type = Option<Object>)]
    context: Option<&'a RawValue>,
    /// The messages, at most 32 KB each, 500 KB together.
    #[serde(borrow)]
    #[schema(value_type = Vec<Message>)]
    batch: Vec<&'a RawValue>,
}

/// Some messages were refused; the others are stored.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Rejections {
    /// The first of them, and how many there are.
    pub error: ErrorDetail,
    /// What was stored.
    #[serde(flatten)]
    pub stored: Stored,
    /// Each that was refused; sending it again will not help.
    pub rejected: Vec<Rejection>,
}

/// A message that was refused.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Rejection {
    /// Its place in the batch.
    pub index: usize,
    /// Its id, where it could be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// Why.
    pub error: ErrorDetail,
}

/// Takes messages in, as Segment's HTTP tracking API does. The answer comes when they are on disk.
///
/// Each message id counts once, for ever, so a batch may be sent again after any failure. Good
/// messages are stored, and the bad ones are listed; so are, where identity is enforced, those of a
/// user or an account that `token` was not signed for (their codes begin with `identity_`).
#[utoipa::path(
    post,
    path = "/v1/batch",
    tag = "Public",
    request_body(content = BatchRequest, content_type = "application/json"),
    responses(
        (status = OK, description = "All are on disk", body = Stored),
        (status = BAD_REQUEST, description = "Some were refused; the others are on disk",
            body = Rejections),
        (status = UNAUTHORIZED, description = "Not the write key, nor the secret key",
            body = ErrorBody),
        (status = PAYLOAD_TOO_LARGE, description = "More than 500 KB: send it in parts",
            body = ErrorBody),
        (status = SERVICE_UNAVAILABLE, description = "Nothing was stored: send it again",
            body = ErrorBody),
    )
)]
pub(crate) async fn batch(
    State(state): State<AppState>,
    key: HeaderKey,
    Text(body): Text<MOST_BATCH_BYTES>,
) -> Result<Response, Error> {
    let request: BatchRequest<'_> = parse(&body)?;
    let project = state.store.project();
    let key = key.may_send(request.write_key.as_deref(), project)?;
    let context = request.context.filter(|context| context.get() != "null");
    if context.is_some_and(|context| !context.get().starts_with('{')) {
        return Err(Error::InvalidField {
            path: "context".to_owned(),
            message: "must be an object".to_owned(),
        });
    }
    let received_at = state.clock.now();
    let moment =
        Moment::received_at(received_at).sent_at(request.sent_at.and_then(message::read_time));
    let shared = Shared { context, moment };
    let mut caller = Caller::new(project, key, &request.token, received_at);
    let mut messages = Vec::with_capacity(request.batch.len());
    let mut rejected = Vec::new();
    for (index, raw) in request.batch.iter().enumerate() {
        let read = message::read(raw, None, shared).and_then(|message| {
            caller
                .check_message(&message)
                .map_err(|flaw| refuse(flaw, &message))?;
            Ok(message)
        });
        match read {
            Ok(message) => messages.push(message),
            Err(refusal) => rejected.push(reject(index, refusal)),
        }
    }
    state.store.note_caller(&caller, received_at);
    let stored = store(&state, messages, caller.terms(), body.len(), received_at).await?;
    if rejected.is_empty() {
        return Ok(Json(stored).into_response());
    }
    metrics::counter!("headstart_events_total", "result" => "rejected")
        .increment(rejected.len() as u64);
    let error = summary(&rejected, request.batch.len());
    let rejections = Rejections {
        error,
        stored,
        rejected,
    };
    Ok((StatusCode::BAD_REQUEST, Json(rejections)).into_response())
}

/// A message of somebody for whom nobody vouches.
fn refuse(flaw: Flaw, message: &Received) -> Refusal {
    Refusal {
        code: flaw.code(),
        message: flaw.to_string(),
        path: flaw.path().to_owned(),
        message_id: Some(message.message_id.clone()),
    }
}

fn reject(index: usize, refusal: Refusal) -> Rejection {
    let path = refusal.path_in(&format!("batch[{index}]"));
    Rejection {
        index,
        error: ErrorDetail {
            code: refusal.code,
            message: format!("{path}: {}", refusal.message),
            path: Some(path),
        },
        message_id: refusal.message_id,
    }
}

fn summary(rejected: &[Rejection], of: usize) -> ErrorDetail {
    let first = rejected.first();
    ErrorDetail {
        code: "invalid_events",
        message: format!(
            "{} of {of} messages were refused, the others are stored; the first: {}",
            rejected.len(),
            first.map_or("", |first| &first.error.message),
        ),
        path: first.and_then(|first| first.error.path.clone()),
    }
}

/// Takes checked messages in; answers when they are on disk.
pub(crate) async fn store(
    state: &AppState,
    mut messages: Vec<Received>,
    terms: Terms,
    bytes: usize,
    received_at: i64,
) -> Result<Stored, Error> {
    if messages.is_empty() {
        return Ok(Stored::default());
    }
    message::hold_to_arrival(&mut messages, received_at);
    let weight = Weight {
        rows: messages.len(),
        bytes,
    };
    let project = state.store.project().clone();
    let stored = state
        .store
        .write(weight, move |connection| {
            ingest::ingest(connection, &project, &messages, &terms, received_at)
        })
        .await?;
    let count = |result: &'static str, number: usize| {
        metrics::counter!("headstart_events_total", "result" => result).increment(number as u64);
    };
    count("accepted", stored.accepted);
    count("duplicate", stored.duplicates);
    Ok(stored)
}

/// Takes in one message of a route that says its kind.
pub(crate) async fn store_one(
    state: &AppState,
    key: &HeaderKey,
    body: &str,
    kind: Kind,
) -> Result<Response, Error> {
    /// What of a message is not about the message itself.
    #[derive(Deserialize)]
    struct Envelope {
        #[serde(rename = "writeKey")]
        write_key: Option<String>,
        #[serde(default)]
        token: Presented,
    }
    let envelope: Envelope = parse(body)?;
    let project = state.store.project();
    let key = key.may_send(envelope.write_key.as_deref(), project)?;
    let raw: &RawValue = parse(body)?;
    let received_at = state.clock.now();
    let shared = Shared {
        context: None,
        moment: Moment::received_at(received_at),
    };
    match message::read(raw, Some(kind), shared) {
        Ok(message) => {
            let mut caller = Caller::new(project, key, &envelope.token, received_at);
            let checked = caller.check_message(&message);
            state.store.note_caller(&caller, received_at);
            checked?;
            let messages = vec![message];
            let stored = store(state, messages, caller.terms(), body.len(), received_at).await?;
            Ok(Json(stored).into_response())
        }
        Err(refusal) => {
            metrics::counter!("headstart_events_total", "result" => "rejected").increment(1);
            let path = refusal.path_in("");
            let error = ErrorDetail {
                code: refusal.code,
                message: format!("{path}: {}", refusal.message)
                    .trim_start_matches(": ")
                    .to_owned(),
                path: Some(path).filter(|path| !path.is_empty()),
            };
            let body = ErrorBody {
                error,
                problems: Vec::new(),
            };
            Ok((StatusCode::BAD_REQUEST, Json(body)).into_response())
        }
    }
}
