//! A folder of static files beside the collector: what `--site` serves. And the answer to paths that
//! lead nowhere.

use std::path::Path;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::{ServeDir, ServeFile};

use crate::app::AppState;
use crate::error::Error;

/// Serves a file of the site. A path without an extension that is no file is the application's own
/// route, so it gets `index.html`.
pub(crate) async fn serve(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    // A mistaken request there must not be answered with a page.
    let ours = ["/v1", "/api"]
        .iter()
        .any(|prefix| path == *prefix || path.starts_with(&format!("{prefix}/")));
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match &state.site {
        Some(site) if !ours && reads => from_folder(site, &path, request).await,
        _ => not_found(&path),
    }
}

async fn from_folder(site: &Path, path: &str, request: Request) -> Response {
    let again = Request::builder()
        .method(request.method().clone())
        .uri(request.uri().clone())
        .body(Body::empty());
    let Ok(found) = ServeDir::new(site).oneshot(request).await;
    if found.status() != StatusCode::NOT_FOUND {
        return revalidated(found.into_response());
    }
    let names_file = path
        .rsplit('/')
        .next()
        .is_some_and(|last| last.contains('.'));
    match again {
        Ok(again) if !names_file => {
            let Ok(index) = ServeFile::new(site.join("index.html")).oneshot(again).await;
            if index.status() == StatusCode::NOT_FOUND {
                return not_found(path);
            }
            revalidated(index.into_response())
        }
        _ => not_found(path),
    }
}

/// Files of a site change in place, so browsers ask each time.
fn revalidated(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

fn not_found(path: &str) -> Response {
    Error::NotFound {
        message: format!("there is nothing at `{path}`; /api/openapi.json lists what there is"),
        path: None,
    }
    .into_response()
}
