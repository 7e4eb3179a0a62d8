use axum::body::Body;
use axum::http::{Request, header};

use serde_json::json;

use crate::support::{Collector, track};

const PATHS: [&str; 6] = [
    "/api/v1/content",
    "/api/v1/settings",
    "/api/v1/metrics/activation",
    "/api/v1/metrics/content",
    "/api/v1/metrics/targets",
    "/api/v1/metrics/sessions",
];

#[tokio::test]
async fn nothing_is_told_without_the_secret_key() {
    let collector = Collector::start();
    for path in PATHS {
        let answer = collector.get(path).await;
        assert_eq!(answer.status, 401, "{path}");
        assert_eq!(
            answer.header("www-authenticate"),
            "Bearer realm=\"headstart\""
        );
    }
    let answer = collector.get(PATHS[0]).await;
    insta::assert_json_snapshot!(answer.json());
}

#[tokio::test]
async fn the_write_key_never_reads() {
    let collector = Collector::start();
    let keys = &collector.keys;
    for given in [
        format!("Bearer {}", keys.write_key),
        format!("Basic {}", keys.secret_key),
        format!("Bearer {}x", keys.secret_key),
        "Bearer ".to_owned(),
        keys.secret_key.clone(),
    ] {
        for path in PATHS {
            let request = Request::get(path)
                .header(header::AUTHORIZATION, &given)
                .body(Body::empty())
                .expect("a request");
            assert_eq!(collector.send(request).await.status, 401, "{path}");
        }
    }
}

#[tokio::test]
async fn nothing_is_changed_without_the_secret_key() {
    let collector = Collector::start();
    for path in [
        "/api/v1/content",
        "/api/v1/content/publish",
        "/api/v1/content/rollback",
    ] {
        let answer = collector.post_text(path, "[]").await;
        assert_eq!(answer.status, 401, "{path}");
    }
    collector.take(json!([track("m1", "user-1", "x")])).await;
    let write_key = format!("Bearer {}", collector.keys.write_key);
    for given in ["", &write_key] {
        let request = Request::delete("/api/v1/people/user-1")
            .header(header::AUTHORIZATION, given)
            .body(Body::empty())
            .expect("a request");
        assert_eq!(collector.send(request).await.status, 401);
    }
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM events"), 1);
}
