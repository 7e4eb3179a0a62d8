//! Who may do what: the write key sends and boots, the secret key does everything else.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::convert::Infallible;
use subtle::ConstantTimeEq;

use crate::app::AppState;
use crate::error::Error;
use crate::store::Project;

/// Which of a project's keys a request was sent with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Key {
    /// Anybody may have it.
    Write,
    /// A server of the customer's.
    Secret,
}

/// The key in the request's headers, if there is one: the user name of Basic authorization, as
/// Segment's libraries send it, or a Bearer token.
#[derive(Clone, Default)]
pub(crate) struct HeaderKey(Option<String>);

impl<S: Sync> FromRequestParts<S> for HeaderKey {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let bearer = credentials(&parts.headers, "bearer").map(str::to_owned);
        Ok(Self(bearer.or_else(|| basic_user(&parts.headers))))
    }
}

fn basic_user(headers: &HeaderMap) -> Option<String> {
    let encoded = credentials(headers, "basic")?;
    let decoded = BASE64_STANDARD.decode(encoded).ok()?;
    let text = String::from_utf8(decoded).ok()?;
    let (user, _) = text.split_once(':')?;
    Some(user.to_owned())
}

fn credentials<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let header = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (given, credentials) = header.split_once(' ')?;
    given
        .eq_ignore_ascii_case(scheme)
        .then(|| credentials.trim())
}

impl HeaderKey {
    /// With which key the request may send: this one, else the write key in its body. The secret key
    /// is taken from headers only, where no page puts it by mistake.
    pub(crate) fn may_send(&self, in_body: Option<&str>, project: &Project) -> Result<Key, Error> {
        let given = self.0.as_deref().or(in_body).ok_or(Error::NoWriteKey)?;
        if same(given, &project.keys.write_key) {
            Ok(Key::Write)
        } else if self.0.is_some() && same(given, &project.keys.secret_key) {
            Ok(Key::Secret)
        } else {
            Err(Error::UnknownWriteKey)
        }
    }
}

/// Lets through only who has the secret key.
pub(crate) async fn need_secret_key(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let checked = match credentials(request.headers(), "bearer") {
        None => Err(Error::NoSecretKey),
        Some(given) if same(given, &state.store.project().keys.secret_key) => Ok(()),
        Some(_) => Err(Error::UnknownSecretKey),
    };
    match checked {
        Ok(()) => next.run(request).await,
        Err(error) => {
            let mut response = error.into_response();
            response.headers_mut().insert(
                header::WWW_AUTHENTICATE,
                HeaderValue::from_static("Bearer realm=\"headstart\""),
            );
            response
        }
    }
}

/// Compares without telling by its time how much was right.
fn same(given: &str, wanted: &str) -> bool {
    given.as_bytes().ct_eq(wanted.as_bytes()).into()
}
