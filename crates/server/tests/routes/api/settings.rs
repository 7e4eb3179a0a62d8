use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{Answer, Collector};

const PATH: &str = "/api/v1/settings";

async fn set(collector: &Collector, settings: Value) -> Answer {
    collector
        .admin(Method::PUT, PATH, &settings.to_string())
        .await
}

#[tokio::test]
async fn a_project_begins_with_limits_that_do_not_nag() {
    let collector = Collector::start();
    insta::assert_json_snapshot!(collector.admin_get(PATH).await.json(), @r#"
    {
      "always_load": false,
      "debug": false,
      "limits": {
        "per_day": 8,
        "per_session": 4,
        "quiet": "1m"
      }
    }
    "#);
}

#[tokio::test]
async fn what_is_set_holds_at_the_next_boot_and_after_a_restart() {
    let collector = Collector::start();
    let settings = json!({
        "always_load": true, "debug": true,
        "limits": { "per_session": 1, "per_day": 2, "quiet": "1h" }
    });
    let answer = set(&collector, settings.clone()).await;
    assert_eq!(answer.json(), settings);
    let collector = collector.restart();
    assert_eq!(collector.admin_get(PATH).await.json(), settings);
    for who in [json!({}), json!({ "anonymousId": "new" })] {
        assert_eq!(collector.boot(who).await["settings"], settings);
    }
}

#[tokio::test]
async fn a_theme_is_kept_as_it_was_set_and_sent_to_browsers_as_a_style_sheet() {
    let collector = Collector::start();
    let theme = json!({ "accent": "#0a7d4f", "radius": 4, "font": "host" });
    let answer = set(&collector, json!({ "theme": theme })).await;
    assert_eq!(answer.json()["theme"], theme);
    let collector = collector.restart();
    assert_eq!(collector.admin_get(PATH).await.json()["theme"], theme);
    let css = collector.boot(json!({})).await["settings"]["theme"].clone();
    let css = css.as_str().expect("a style sheet");
    for part in [
        "--hs-accent:#0a7d4f;",
        "--hs-radius:4px;",
        ".root{font-family:inherit}",
    ] {
        assert!(css.contains(part), "{css}");
    }
    set(&collector, json!({})).await;
    assert!(
        collector.boot(json!({})).await["settings"]
            .get("theme")
            .is_none()
    );
    let refused = set(&collector, json!({ "theme": { "accent": "#ff0" } })).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert_eq!(refused.json()["error"]["path"], "theme.accent");
}

#[tokio::test]
async fn what_is_not_given_is_as_at_the_beginning_and_null_is_no_limit() {
    let collector = Collector::start();
    for (given, limits, told) in [
        (
            json!({}),
            json!({ "per_session": 4, "per_day": 8, "quiet": "1m" }),
            json!({ "per_session": 4, "per_day": 8, "quiet": "1m" }),
        ),
        (
            json!({ "limits": { "per_session": null, "quiet": "2h" } }),
            json!({ "per_session": null, "per_day": 8, "quiet": "2h" }),
            json!({ "per_day": 8, "quiet": "2h" }),
        ),
        (
            json!({ "limits": { "per_session": null, "per_day": null, "quiet": null } }),
            json!({ "per_session": null, "per_day": null, "quiet": null }),
            json!({}),
        ),
        (
            json!({ "limits": { "per_day": 0 } }),
            json!({ "per_session": 4, "per_day": 0, "quiet": "1m" }),
            json!({ "per_session": 4, "per_day": 0, "quiet": "1m" }),
        ),
        (
            json!({ "limits": null }),
            json!({ "per_session": 4, "per_day": 8, "quiet": "1m" }),
            json!({ "per_session": 4, "per_day": 8, "quiet": "1m" }),
        ),
    ] {
        let answer = set(&collector, given.clone()).await;
        assert_eq!(answer.json()["limits"], limits, "{given}");
        let boot = collector.boot(json!({ "anonymousId": "new" })).await;
        assert_eq!(boot["settings"]["limits"], told, "{given}");
    }
}

#[tokio::test]
async fn what_is_wrong_is_told_with_its_path_and_nothing_is_set() {
    let collector = Collector::start();
    let before = collector.admin_get(PATH).await.json();
    for (given, path) in [
        (json!([]), ""),
        (json!({ "always_load": "yes" }), "always_load"),
        (json!({ "allways_load": true }), "allways_load"),
        (json!({ "limits": 4 }), "limits"),
        (
            json!({ "limits": { "per_session": -1 } }),
            "limits.per_session",
        ),
        (
            json!({ "limits": { "per_session": 1.5 } }),
            "limits.per_session",
        ),
        (json!({ "limits": { "per_day": 101 } }), "limits.per_day"),
        (json!({ "limits": { "quiet": "soon" } }), "limits.quiet"),
        (json!({ "limits": { "per_hour": 1 } }), "limits.per_hour"),
    ] {
        let answer = set(&collector, given.clone()).await;
        let expect = (400, "invalid_field".to_owned(), path.to_owned());
        assert_eq!(answer.error(), expect, "{given}: {}", answer.text());
    }
    assert_eq!(collector.admin_get(PATH).await.json(), before);
}
