//! What the collector tells of itself, for Prometheus.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};

/// Seconds, from half a millisecond to ten seconds.
const SECONDS: [f64; 14] = [
    0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0,
];
/// Rows of one transaction.
const ROWS: [f64; 8] = [1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1_000.0, 3_000.0];

/// Starts recording, for the whole process. Tests don't, so that they can run side by side.
///
/// # Errors
/// When the process records already.
pub(crate) fn record() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), &SECONDS)?
        .set_buckets_for_metric(Matcher::Suffix("_rows".to_owned()), &ROWS)?
        .install_recorder()?;
    metrics::describe_counter!("headstart_events_total", "Events, by what became of them.");
    metrics::describe_counter!("headstart_requests_total", "Requests, by route and status.");
    metrics::describe_histogram!(
        "headstart_request_seconds",
        metrics::Unit::Seconds,
        "Time from a request to its answer, by route."
    );
    metrics::describe_histogram!(
        "headstart_commit_seconds",
        metrics::Unit::Seconds,
        "Time a commit waited for the disk."
    );
    metrics::describe_histogram!("headstart_commit_rows", "Rows of a transaction.");
    metrics::describe_gauge!(
        "headstart_writer_waiting",
        "Requests waiting to be on disk."
    );
    Ok(handle)
}

/// Counts a request.
pub(crate) async fn count(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("other".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let status = response.status().as_u16().to_string();
    metrics::counter!("headstart_requests_total", "route" => route.clone(), "status" => status)
        .increment(1);
    metrics::histogram!("headstart_request_seconds", "route" => route)
        .record(began.elapsed().as_secs_f64());
    response
}
