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

/// The write key in the request's headers, if there is one: the user name of Basic authorization,
/// as Segment's libraries send it.
#[derive(Clone, Debug, Default)]
pub(crate) struct BasicKey(Option<String>);

impl<S: Sync> FromRequestParts<S> for BasicKey {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(basic_user(&parts.headers)))
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

impl BasicKey {
    /// Whether the request may send: by this key, else by the one in its body.
    pub(crate) fn may_send(&self, in_body: Option<&str>, project: &Project) -> Result<(), Error> {
        let given = self.0.as_deref().or(in_body).ok_or(Error::NoWriteKey)?;
        if same(given, &project.keys.write_key) {
            Ok(())
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
