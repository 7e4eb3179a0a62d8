//! The theme of one piece of content.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::Collector;

fn tip(theme: &Value) -> Value {
    json!({ "id": "tip", "kind": "modal", "title": "A tip", "theme": theme })
}

async fn worn(collector: &Collector) -> String {
    let boot = collector.boot(json!({ "anonymousId": "somebody" })).await;
    assert!(boot["content"][0].get("theme").is_none());
    let theme = &boot["settings"]["theme"];
    theme.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_piece_of_content_looks_as_its_author_says_and_comes_back_as_it_was_written() {
    let collector = Collector::start();
    let theme = json!({ "accent": "#0a7d4f", "spacing": "roomy" });
    collector.publish(tip(&theme)).await;
    let collector = collector.restart();
    let css = worn(&collector).await;
    assert!(
        css.contains("[data-content=\"tip\"]{--hs-accent:#0a7d4f;"),
        "{css}"
    );
    assert!(
        css.contains("[data-content=\"tip\"]{--hs-space:4px;}"),
        "{css}"
    );
    let drafts = collector.admin_get("/api/v1/content").await.json();
    assert_eq!(drafts["content"][0]["draft"]["theme"], theme);
}

#[tokio::test]
async fn another_theme_is_another_version() {
    let collector = Collector::start();
    collector.publish(tip(&json!({ "radius": 4 }))).await;
    collector.publish(tip(&json!({ "radius": 4 }))).await;
    let version = async || {
        collector.admin_get("/api/v1/content").await.json()["content"][0]["published_version"]
            .clone()
    };
    assert_eq!(version().await, 1);
    collector.publish(tip(&json!({ "radius": 8 }))).await;
    assert_eq!(version().await, 2);
    assert!(worn(&collector).await.contains("--hs-radius:8px;"));
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_when_it_is_pushed_with_the_nearest_colour_that_can() {
    let collector = Collector::start();
    let refused = collector.push(tip(&json!({ "accent": "#f5a623" }))).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = refused.text();
    assert!(
        text.contains("\"theme.accent\"") && text.contains("#a06c17"),
        "{text}"
    );
}

#[tokio::test]
async fn where_the_project_has_come_to_look_otherwise_so_that_it_cannot_be_read_it_looks_as_the_project()
 {
    let collector = Collector::start();
    collector
        .publish(tip(&json!({ "accent": "#4353d6" })))
        .await;
    assert!(worn(&collector).await.contains("[data-content="));
    let surface = json!({ "theme": { "surface": "#b8c0ff", "accent": "#1b2a99" } });
    let set = collector
        .admin(Method::PUT, "/api/v1/settings", &surface.to_string())
        .await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text());
    let css = worn(&collector).await;
    assert!(
        css.contains("--hs-accent:#1b2a99") && !css.contains("[data-content="),
        "{css}"
    );
}
