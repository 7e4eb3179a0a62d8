//! Headstart keeps no cookie: neither is one set, nor does one that comes along change an answer.

use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, header};
use serde_json::{Value, json};

use crate::support::{Answer, Collector, checklist, with};

/// Every method of every path that the collector describes, and of some that it does not.
async fn routes(collector: &Collector) -> Vec<(Method, String)> {
    let document = collector.get("/api/openapi.json").await.json();
    let mut routes = Vec::new();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        let path = path.replace(['{', '}'], "");
        for method in methods.as_object().expect("methods").keys() {
            let method = method.to_uppercase().parse().expect("a method");
            routes.push((method, path.clone()));
        }
        routes.push((Method::OPTIONS, path.clone()));
        routes.push((Method::PATCH, path));
    }
    for path in ["/api/openapi.json", "/", "/index.html", "/v1/nothing"] {
        routes.push((Method::GET, path.to_owned()));
    }
    routes
}

async fn ask(
    collector: &Collector,
    method: &Method,
    path: &str,
    headers: HeaderMap,
    body: &Value,
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .body(Body::from(body.to_string()))
        .expect("a request");
    request.headers_mut().extend(headers);
    collector.send(request).await
}

/// From a page, with a cookie if one is given; with the secret key or without.
fn headers(secret: Option<&str>, cookie: Option<&str>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let all = [
        (header::AUTHORIZATION, secret),
        (header::COOKIE, cookie),
        (header::ORIGIN, Some("https://app.example.com")),
        (header::ACCESS_CONTROL_REQUEST_METHOD, Some("POST")),
        (header::CONTENT_TYPE, Some("text/plain")),
    ];
    for (name, value) in all {
        if let Some(value) = value {
            headers.insert(name, value.parse().expect("a plain header"));
        }
    }
    headers
}

#[tokio::test]
async fn no_answer_sets_a_cookie() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let bearer = collector.bearer();
    let who = json!({ "writeKey": collector.keys.write_key, "userId": "user-1" });
    let bodies = [
        Value::Null,
        who.clone(),
        with(who, json!({ "event": "x", "groupId": "acme", "batch": [] })),
    ];
    let routes = routes(&collector).await;
    let mut good = 0;
    for (method, path) in &routes {
        for secret in [None, Some(bearer.as_str())] {
            for cookie in [None, Some("session=1")] {
                for body in &bodies {
                    let headers = headers(secret, cookie);
                    let answer = ask(&collector, method, path, headers, body).await;
                    good += usize::from(answer.status.is_success());
                    assert!(
                        !answer.headers.contains_key(header::SET_COOKIE),
                        "{method} {path}"
                    );
                    let allowed = answer.headers.get("access-control-allow-credentials");
                    assert_eq!(
                        allowed, None,
                        "{method} {path}: no page may send cookies here"
                    );
                }
            }
        }
    }
    assert!(good > routes.len(), "the routes do answer");
}

#[tokio::test]
async fn a_cookie_that_comes_along_changes_nothing() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let body = json!({ "writeKey": collector.keys.write_key, "anonymousId": "browser-1" });
    let mut answers = Vec::new();
    for cookie in [None, Some("anonymousId=browser-2; userId=user-1")] {
        let answer = ask(
            &collector,
            &Method::POST,
            "/v1/boot",
            headers(None, cookie),
            &body,
        )
        .await;
        answers.push((answer.status, answer.headers.clone(), answer.text()));
    }
    assert_eq!(answers[0], answers[1]);
}
