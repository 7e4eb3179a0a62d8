//! What the collector answers when it can't do what it was asked: the one place where that becomes
//! HTTP.
//!
//! 4xx: the request is at fault, sending it again will not help. 503: it is not, send it again.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::identity::Flaw;
use crate::store::StoreError;

/// Why a request is refused.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No write key in the request.
    #[error(
        "there is no write key: give `writeKey` in the body, or send it as the user name of Basic \
         authorization with an empty password; `headstart keys` prints it"
    )]
    NoWriteKey,
    /// Not the project's write key.
    #[error(
        "this write key is not known here: compare it with what `headstart keys` prints for this \
         collector's data folder (it begins with `wk_`)"
    )]
    UnknownWriteKey,
    /// No secret key in the request.
    #[error(
        "this needs the secret key: send `Authorization: Bearer sk_…`; `headstart keys` prints it"
    )]
    NoSecretKey,
    /// Not the project's secret key.
    #[error(
        "this secret key is not known here: compare it with what `headstart keys` prints for this \
         collector's data folder (it begins with `sk_`)"
    )]
    UnknownSecretKey,
    /// Nobody vouches that the request may speak for the user that it names.
    #[error(transparent)]
    Identity(#[from] Flaw),
    /// The body is of a type that is not read here.
    #[error("the body's type is `{0}`; send JSON as `application/json` or `text/plain`")]
    UnsupportedMediaType(String),
    /// The body is compressed in a way that is not read here.
    #[error("the body's encoding is `{0}`; send it plain or with `gzip`")]
    UnsupportedEncoding(String),
    /// The body is more than is taken.
    #[error("the body has more than {limit} bytes (uncompressed); send it in parts")]
    TooLarge {
        /// The most bytes.
        limit: usize,
    },
    /// The body could not be read to its end.
    #[error("the body cannot be read: {0}")]
    UnreadableBody(String),
    /// The body is not JSON.
    #[error("the body is not JSON: {0}")]
    InvalidJson(String),
    /// A field is not as it should be.
    #[error("{path}: {message}")]
    InvalidField {
        /// Which field.
        path: String,
        /// What is wrong and what to do about it.
        message: String,
    },
    /// Content documents with problems; none of them was taken.
    #[error("{}", summary(.0))]
    InvalidContent(Vec<ContentProblem>),
    /// There is nothing of that name.
    #[error("{message}")]
    NotFound {
        /// What is not there, and what is.
        message: String,
        /// Which field asked for it, if one did.
        path: Option<String>,
    },
    /// The path knows no such method.
    #[error("this path does not answer to {0}")]
    MethodNotAllowed(String),
    /// A request took too long.
    #[error("the request took too long; send it again, in smaller parts")]
    Timeout,
    /// A mistake of Headstart's own.
    #[error("the request broke off by a mistake of Headstart's own; please report it")]
    Internal,
    /// The store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// One thing that is wrong with a content document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ContentProblem {
    /// Which document: its id, or its place (`[2]`) where it has none.
    pub content: String,
    /// Which field of it: `tasks[2].done_when.event.name`.
    pub path: String,
    /// What is wrong and what to do about it.
    pub message: String,
}

fn summary(problems: &[ContentProblem]) -> String {
    let Some(first) = problems.first() else {
        return "the content cannot be used".to_owned();
    };
    let more = match problems.len() - 1 {
        0 => String::new(),
        1 => " (and 1 more problem)".to_owned(),
        more => format!(" (and {more} more problems)"),
    };
    let ContentProblem {
        content,
        path,
        message,
    } = first;
    if path.is_empty() {
        format!("`{content}`: {message}{more}")
    } else {
        format!("`{content}`: {path}: {message}{more}")
    }
}

/// The body of every answer that is not a success.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ErrorBody {
    /// What is wrong.
    pub error: ErrorDetail,
    /// For content: everything that is wrong with it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<ContentProblem>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ErrorDetail {
    /// A short name for it, for programs.
    pub code: &'static str,
    /// What is wrong and what to do about it, for people.
    pub message: String,
    /// Which part of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

impl Error {
    fn status(&self) -> StatusCode {
        match self {
            Self::NoWriteKey
            | Self::UnknownWriteKey
            | Self::NoSecretKey
            | Self::UnknownSecretKey
            | Self::Identity(_) => StatusCode::UNAUTHORIZED,
            Self::UnsupportedMediaType(_) | Self::UnsupportedEncoding(_) => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnreadableBody(_) | Self::InvalidJson(_) | Self::InvalidField { .. } => {
                StatusCode::BAD_REQUEST
            }
            Self::InvalidContent(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotFound { .. }
            | Self::Store(
                StoreError::NoDraft { .. }
                | StoreError::NeverPublished { .. }
                | StoreError::NoVersion { .. }
                | StoreError::NoSuchSecret { .. }
                | StoreError::NoSuchUser { .. }
                | StoreError::NoSuchBrowser { .. },
            ) => StatusCode::NOT_FOUND,
            Self::Store(
                StoreError::TwoSecrets
                | StoreError::NoSecret
                | StoreError::LastSecret
                | StoreError::BrowserOfUser { .. },
            ) => StatusCode::CONFLICT,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::Timeout => StatusCode::REQUEST_TIMEOUT,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Store(StoreError::Panicked | StoreError::Unreadable { .. }) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            Self::Store(_) => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NoWriteKey => "no_write_key",
            Self::UnknownWriteKey => "unknown_write_key",
            Self::NoSecretKey => "no_secret_key",
            Self::UnknownSecretKey => "unknown_secret_key",
            Self::Identity(flaw) => flaw.code(),
            Self::UnsupportedMediaType(_) => "unsupported_media_type",
            Self::UnsupportedEncoding(_) => "unsupported_encoding",
            Self::TooLarge { .. } => "too_large",
            Self::UnreadableBody(_) => "unreadable_body",
            Self::InvalidJson(_) => "invalid_json",
            Self::InvalidField { .. } => "invalid_field",
            Self::InvalidContent(_) => "invalid_content",
            Self::NotFound { .. }
            | Self::Store(
                StoreError::NoDraft { .. }
                | StoreError::NeverPublished { .. }
                | StoreError::NoVersion { .. }
                | StoreError::NoSuchSecret { .. }
                | StoreError::NoSuchUser { .. }
                | StoreError::NoSuchBrowser { .. },
            ) => "not_found",
            Self::Store(StoreError::TwoSecrets) => "two_secrets",
            Self::Store(StoreError::NoSecret) => "no_secret",
            Self::Store(StoreError::LastSecret) => "last_secret",
            Self::Store(StoreError::BrowserOfUser { .. }) => "browser_of_user",
            Self::Store(StoreError::Unswept(_)) => "unswept",
            Self::MethodNotAllowed(_) => "method_not_allowed",
            Self::Timeout => "timeout",
            Self::Internal | Self::Store(StoreError::Panicked | StoreError::Unreadable { .. }) => {
                "internal"
            }
            Self::Store(StoreError::Overloaded) => "overloaded",
            Self::Store(_) => "unavailable",
        }
    }

    /// What the outside is told. What SQLite or the disk says stays in the log.
    fn detail(&self) -> ErrorDetail {
        let (message, path) = match self {
            Self::InvalidField { path, message } => (message.clone(), Some(path.clone())),
            Self::InvalidContent(problems) => (
                self.to_string(),
                problems.first().map(|problem| problem.path.clone()),
            ),
            Self::NotFound { message, path } => (message.clone(), path.clone()),
            Self::Identity(flaw) => (flaw.to_string(), Some(flaw.path().to_owned())),
            Self::Store(StoreError::NoDraft { index, .. }) => {
                (self.to_string(), Some(format!("ids[{index}]")))
            }
            Self::Store(StoreError::NeverPublished { .. }) => {
                (self.to_string(), Some("id".to_owned()))
            }
            Self::Store(StoreError::NoVersion { .. }) => {
                (self.to_string(), Some("version".to_owned()))
            }
            Self::Store(StoreError::Commit(_) | StoreError::Sqlite(_)) => (
                "the database cannot do this right now; send it again in a moment".to_owned(),
                None,
            ),
            Self::Store(StoreError::Unreadable { .. }) => (Self::Internal.to_string(), None),
            _ => (self.to_string(), None),
        };
        ErrorDetail {
            code: self.code(),
            message,
            path: path.filter(|path| !path.is_empty()),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let status = self.status();
        if status.is_server_error() {
            tracing::error!(error = %self, "a request failed");
        }
        let error = self.detail();
        let problems = match self {
            Self::InvalidContent(problems) => problems,
            _ => Vec::new(),
        };
        let mut response = (status, Json(ErrorBody { error, problems })).into_response();
        let headers = response.headers_mut();
        if status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}
