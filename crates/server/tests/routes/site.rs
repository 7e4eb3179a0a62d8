use std::fs;

use axum::body::Body;
use axum::http::Request;
use serde_json::json;
use tempfile::TempDir;

use crate::support::{Collector, With};

fn site() -> (TempDir, Collector) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("assets")).expect("a folder");
    for (name, text) in [
        ("index.html", "<title>App</title>"),
        ("app.js", "1"),
        ("assets/logo.svg", "<svg/>"),
    ] {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    let collector = Collector::start_with(With {
        site: Some(folder.path().to_owned()),
        ..With::default()
    });
    (folder, collector)
}

#[tokio::test]
async fn files_are_served_and_asked_for_each_time() {
    let (_folder, collector) = site();
    for (path, text, kind) in [
        ("/", "<title>App</title>", "text/html"),
        ("/app.js", "1", "text/javascript"),
        ("/assets/logo.svg", "<svg/>", "image/svg+xml"),
    ] {
        let answer = collector.get(path).await;
        assert_eq!(answer.text(), text, "{path}");
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("cache-control"), "no-cache");
    }
}

#[tokio::test]
async fn routes_of_the_application_get_its_page() {
    let (_folder, collector) = site();
    for path in ["/invoices", "/invoices/7/edit", "/invoices/?page=2"] {
        let answer = collector.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.text(), "<title>App</title>", "{path}");
    }
}

#[tokio::test]
async fn files_that_are_not_there_are_not_found() {
    let (_folder, collector) = site();
    for path in ["/other.js", "/v1/nothing", "/api/nothing", "/../Cargo.toml"] {
        let answer = collector.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.error().1, "not_found");
    }
}

#[tokio::test]
async fn only_reading_falls_through_to_the_site() {
    let (_folder, collector) = site();
    let answer = collector.post("/invoices", &json!({})).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn without_a_site_unknown_paths_say_where_to_look() {
    let collector = Collector::start();
    let answer = collector.get("/nowhere").await;
    assert_eq!(answer.status, 404);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "not_found",
        "message": "there is nothing at `/nowhere`; /api/openapi.json lists what there is"
      }
    }
    "#);
}

#[tokio::test]
async fn another_method_is_not_allowed() {
    let collector = Collector::start();
    let request = Request::delete("/v1/batch").body(Body::empty());
    let answer = collector.send(request.expect("a request")).await;
    assert_eq!(answer.error().0, 405);
    assert_eq!(answer.error().1, "method_not_allowed");
    assert_eq!(answer.header("allow"), "POST");
}
