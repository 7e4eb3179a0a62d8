//! `GET /headstart.js` and `/assets/*`: what browsers load.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::AppState;
use crate::assets::{Coding, LOADER, content_type};
use crate::error::{Error, ErrorBody};
use crate::site;

/// Kept for minutes: the page's one fixed address, behind which everything may change.
const SHORT: &str = "public, max-age=300";
/// Kept for good: the name changes with the bytes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The loader: the script that pages embed.
#[utoipa::path(get, path = "/headstart.js", tag = "Public",
    responses(
        (status = OK, description = "The script", content_type = "text/javascript", body = String),
        (status = NOT_FOUND, description = "The widget was not built", body = ErrorBody),
    ))]
pub(crate) async fn loader(
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    send(&state, LOADER, &headers, SHORT).ok_or_else(|| Error::NotFound {
        message: "this collector was built without the widget; build it with `cargo xtask build`"
            .to_owned(),
        path: None,
    })
}

/// The widget's files; each name holds a hash of its bytes.
#[utoipa::path(get, path = "/assets/{file}", tag = "Public",
    params(("file" = String, Path, description = "The file's name")),
    responses(
        (status = OK, description = "The file", content_type = "application/octet-stream", body = [u8]),
        (status = NOT_FOUND, description = "It is of another version", body = ErrorBody),
    ))]
pub(crate) async fn asset(
    State(state): State<AppState>,
    Path(file): Path<String>,
    request: Request,
) -> Result<Response, Error> {
    let path = format!("assets/{file}");
    if let Some(response) = send(&state, &path, request.headers(), FOR_EVER) {
        return Ok(response);
    }
    // A site may have a folder of that name, too.
    if state.site.is_some() {
        return Ok(site::serve(State(state), request).await);
    }
    Err(Error::NotFound {
        message: format!("there is no asset `{file}` in this version of the widget"),
        path: None,
    })
}

fn send(state: &AppState, path: &str, request: &HeaderMap, cache: &str) -> Option<Response> {
    let accepted = header_list(request, header::ACCEPT_ENCODING);
    let (coding, bytes, tag) = state.assets.get(path, &accepted)?;
    let mut headers = HeaderMap::new();
    let mut put = |name: HeaderName, value: &str| {
        if let Ok(value) = value.parse() {
            headers.insert(name, value);
        }
    };
    put(header::CACHE_CONTROL, cache);
    put(header::ETAG, tag);
    put(header::VARY, "accept-encoding");
    put(
        HeaderName::from_static("cross-origin-resource-policy"),
        "cross-origin",
    );
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    let known = header_list(request, header::IF_NONE_MATCH);
    if matches(&known, tag) {
        return Some((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    put(header::CONTENT_TYPE, content_type(path)?);
    if coding != Coding::Identity {
        put(header::CONTENT_ENCODING, coding.name());
    }
    Some((headers, bytes).into_response())
}

/// A header's values in one list; it may come in several lines.
fn header_list(headers: &HeaderMap, name: HeaderName) -> String {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect::<Vec<_>>()
        .join(",")
}

/// Weak comparison, as If-None-Match wants it. Source: RFC 9110, section 13.1.2.
fn matches(known: &str, tag: &str) -> bool {
    known
        .split(',')
        .map(str::trim)
        .any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}
