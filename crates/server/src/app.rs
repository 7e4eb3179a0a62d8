//! The whole server as one tower service.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::response::{IntoResponse, Response};
use metrics_exporter_prometheus::PrometheusHandle;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::timeout::TimeoutLayer;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::assets::Assets;
use crate::auth;
use crate::clock::Clock;
use crate::error::Error;
use crate::openapi::{self, Document};
use crate::routes::{
    activation, asset, batch, boot, content, content_metrics, event, health, identity, people,
    reset, sessions, settings, targets,
};
use crate::site;
use crate::store::Store;
use crate::telemetry;

/// No request takes longer, but those to erase somebody.
const LONGEST_REQUEST: Duration = Duration::from_secs(30);

/// All that the routes need; cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    /// The data.
    pub store: Arc<Store>,
    /// The time.
    pub clock: Clock,
    /// What browsers are sent.
    pub assets: Arc<Assets>,
    /// A folder of static files to serve beside it.
    pub site: Option<PathBuf>,
    /// What `/metrics` tells, where it is recorded.
    pub prometheus: Option<PrometheusHandle>,
}

/// The server.
pub fn app(state: AppState) -> Router {
    let mut document = Document::openapi();
    let mut router = Router::new();
    for (routes, described) in [public(), admin(&state), operation()] {
        router = router.merge(routes);
        document.merge(described);
    }
    let (unhurried, described) = unhurried(&state);
    document.merge(described);
    router
        .merge(health::unlisted(openapi::complete(&document)))
        .fallback(site::serve)
        .layer(map_response(explain_timeout))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::REQUEST_TIMEOUT,
            LONGEST_REQUEST,
        ))
        .merge(unhurried)
        .layer(CatchPanicLayer::custom(|_| Error::Internal.into_response()))
        .layer(from_fn(telemetry::count))
        .with_state(state)
}

/// Some routes, and their part of the OpenAPI document, which is made of them.
type Part = (Router<AppState>, utoipa::openapi::OpenApi);

fn public() -> Part {
    let (routes, described) = OpenApiRouter::new()
        .routes(routes!(boot::boot))
        .routes(routes!(batch::batch))
        .routes(routes!(event::identify))
        .routes(routes!(event::track))
        .routes(routes!(event::page))
        .routes(routes!(event::group))
        .routes(routes!(reset::reset))
        .routes(routes!(asset::loader))
        .routes(routes!(asset::asset))
        .split_for_parts();
    // A fallback set after a layer is outside of it, and preflights would come to it first.
    let routes = routes.method_not_allowed_fallback(other_method);
    (routes.layer(cors()), described)
}

fn admin(state: &AppState) -> Part {
    let (routes, described) = OpenApiRouter::new()
        .routes(routes!(content::list, content::push))
        .routes(routes!(content::publish))
        .routes(routes!(content::roll_back))
        .routes(routes!(activation::activation))
        .routes(routes!(content_metrics::content))
        .routes(routes!(targets::targets))
        .routes(routes!(sessions::sessions))
        .routes(routes!(settings::show, settings::set))
        .routes(routes!(identity::show, identity::set))
        .routes(routes!(identity::add_secret))
        .routes(routes!(identity::remove_secret))
        .split_for_parts();
    let guard = from_fn_with_state(state.clone(), auth::need_secret_key);
    let routes = routes.method_not_allowed_fallback(other_method);
    (routes.layer(guard), described)
}

/// What may take long on a large database, and has to be waited for.
fn unhurried(state: &AppState) -> Part {
    let (routes, described) = OpenApiRouter::new()
        .routes(routes!(people::erase))
        .split_for_parts();
    let guard = from_fn_with_state(state.clone(), auth::need_secret_key);
    let routes = routes.method_not_allowed_fallback(other_method);
    (routes.layer(guard), described)
}

fn operation() -> Part {
    let (routes, described) = OpenApiRouter::new()
        .routes(routes!(health::healthz))
        .routes(routes!(health::readyz))
        .routes(routes!(health::metrics))
        .split_for_parts();
    (routes.method_not_allowed_fallback(other_method), described)
}

/// Any page may send and boot: the write key is public, and no cookie is ever looked at.
fn cors() -> CorsLayer {
    CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([
            header::CONTENT_TYPE,
            header::CONTENT_ENCODING,
            header::AUTHORIZATION,
        ])
        .expose_headers([header::RETRY_AFTER, HeaderName::from_static("date")])
        .max_age(Duration::from_hours(24))
}

async fn other_method(request: Request) -> Error {
    Error::MethodNotAllowed(request.method().to_string())
}

async fn explain_timeout(response: Response) -> Response {
    let explained = response.headers().contains_key(header::CONTENT_TYPE);
    if response.status() == StatusCode::REQUEST_TIMEOUT && !explained {
        let mut response = Error::Timeout.into_response();
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        return response;
    }
    response
}
