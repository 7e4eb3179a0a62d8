use axum::body::Body;
use axum::http::{Request, header};
use serde_json::json;

use crate::support::Collector;

#[tokio::test]
async fn any_page_may_send_and_boot_without_credentials() {
    let collector = Collector::start();
    for path in ["/v1/boot", "/v1/batch", "/v1/track"] {
        let answer = collector.post(path, &json!({})).await;
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), "");
    }
}

#[tokio::test]
async fn preflights_are_answered() {
    let collector = Collector::start();
    let request = Request::options("/v1/batch")
        .header(header::ORIGIN, "https://app.example")
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(
            header::ACCESS_CONTROL_REQUEST_HEADERS,
            "content-type,content-encoding",
        )
        .body(Body::empty())
        .expect("a request");
    let answer = collector.send(request).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert_eq!(answer.header("access-control-allow-methods"), "GET,POST");
    assert_eq!(
        answer.header("access-control-allow-headers"),
        "content-type,content-encoding,authorization"
    );
    assert_eq!(answer.header("access-control-max-age"), "86400");
}

#[tokio::test]
async fn no_page_may_use_the_admin_api() {
    let collector = Collector::start();
    let request = Request::get("/api/v1/metrics/sessions")
        .header(header::ORIGIN, "https://app.example")
        .header(header::AUTHORIZATION, collector.bearer())
        .body(Body::empty())
        .expect("a request");
    let answer = collector.send(request).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), "");
}
