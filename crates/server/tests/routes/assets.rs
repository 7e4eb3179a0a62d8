use axum::body::{Body, Bytes};
use axum::http::{Request, header};
use headstart_server::assets::Assets;

use crate::support::{Answer, Collector, With};

const GLUE: &str = "/assets/headstart-0a1b2c3d.js";
const WASM: &str = "/assets/headstart-0a1b2c3d.wasm";

fn collector() -> Collector {
    let files = [
        ("headstart.js", "loader"),
        ("headstart.js.br", "l.br"),
        ("headstart.js.gz", "l.gz"),
        ("assets/headstart-0a1b2c3d.js", "glue"),
        ("assets/headstart-0a1b2c3d.js.br", "g.br"),
        ("assets/headstart-0a1b2c3d.js.gz", "g.gz"),
        ("assets/headstart-0a1b2c3d.wasm", "wasm"),
    ];
    let files = files.map(|(path, text)| (path.to_owned(), Bytes::from_static(text.as_bytes())));
    Collector::start_with(With {
        assets: Assets::of(files),
        ..With::default()
    })
}

async fn get(path: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    let request = request.body(Body::empty()).expect("a request");
    collector().send(request).await
}

#[tokio::test]
async fn the_loader_is_kept_for_minutes_and_the_rest_for_good() {
    let loader = get("/headstart.js", &[]).await;
    assert_eq!(loader.text(), "loader");
    assert_eq!(loader.header("cache-control"), "public, max-age=300");
    for path in [GLUE, WASM] {
        let asset = get(path, &[]).await;
        assert_eq!(
            asset.header("cache-control"),
            "public, max-age=31536000, immutable"
        );
    }
}

#[tokio::test]
async fn types_are_exactly_what_browsers_want() {
    for (path, kind) in [
        ("/headstart.js", "text/javascript; charset=utf-8"),
        (GLUE, "text/javascript; charset=utf-8"),
        (WASM, "application/wasm"),
    ] {
        let answer = get(path, &[(header::ACCEPT_ENCODING, "br")]).await;
        assert_eq!(answer.header("content-type"), kind);
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
    }
}

#[tokio::test]
async fn any_page_may_load_them() {
    for path in ["/headstart.js", GLUE, WASM] {
        let answer = get(path, &[(header::ORIGIN, "https://app.example")]).await;
        assert_eq!(answer.header("access-control-allow-origin"), "*");
        assert_eq!(
            answer.header("cross-origin-resource-policy"),
            "cross-origin"
        );
    }
}

#[tokio::test]
async fn the_best_form_that_is_accepted_is_sent() {
    for (accepted, text, coding) in [
        ("", "glue", ""),
        ("br", "g.br", "br"),
        ("gzip", "g.gz", "gzip"),
        ("gzip, deflate, br, zstd", "g.br", "br"),
        ("GZIP", "g.gz", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "g.gz", "gzip"),
        ("br;q=0, gzip", "g.gz", "gzip"),
        ("br;q=0, gzip;q=0", "glue", ""),
        ("*", "g.br", "br"),
        ("*;q=0", "glue", ""),
        ("identity", "glue", ""),
        ("identity;q=0.5, gzip;q=0.2", "glue", ""),
        ("br;q=nonsense, gzip", "g.gz", "gzip"),
    ] {
        let answer = get(GLUE, &[(header::ACCEPT_ENCODING, accepted)]).await;
        assert_eq!(answer.text(), text, "{accepted}");
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        assert!(answer.header("vary").contains("accept-encoding"));
    }
}

#[tokio::test]
async fn a_form_that_was_not_built_is_done_without() {
    let answer = get(WASM, &[(header::ACCEPT_ENCODING, "br, gzip")]).await;
    assert_eq!(answer.text(), "wasm");
    assert_eq!(answer.header("content-encoding"), "");
}

#[tokio::test]
async fn what_a_browser_has_is_not_sent_again() {
    let plain = get(GLUE, &[]).await;
    let tag = plain.header("etag").to_owned();
    for known in [
        tag.clone(),
        format!("W/{tag}"),
        format!("\"x\", {tag}"),
        "*".to_owned(),
    ] {
        let answer = get(GLUE, &[(header::IF_NONE_MATCH, &known)]).await;
        assert_eq!(answer.status, 304, "{known}");
        assert!(answer.body.is_empty());
        assert_eq!(answer.header("etag"), tag);
    }
    let answer = get(GLUE, &[(header::IF_NONE_MATCH, "\"other\"")]).await;
    assert_eq!(answer.status, 200);
    let compressed = get(GLUE, &[(header::ACCEPT_ENCODING, "br")]).await;
    assert_ne!(compressed.header("etag"), tag, "each form has its own");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    for path in [
        "/assets/headstart-99999999.js",
        "/assets/headstart-0a1b2c3d.js.br",
        "/assets/..%2fheadstart.js",
    ] {
        let answer = get(path, &[]).await;
        assert_eq!(answer.status, 404, "{path}");
        assert_eq!(answer.error().1, "not_found");
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn without_a_widget_the_loader_says_how_to_build_it() {
    let answer = Collector::start().get("/headstart.js").await;
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("cargo xtask build"));
}
