//! In which language content and the widget's own words come.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};

use crate::support::{Collector, own, with};

/// A list in English, with a German translation of all of it and a Brazilian one of its heading.
fn list() -> Value {
    json!({ "id": "c", "kind": "checklist", "title": "Start",
        "tasks": [{ "id": "t", "title": "Do it", "markable": true }],
        "translations": {
            "de": { "title": "Anfang", "tasks": { "t": { "title": "Tun" } } },
            "pt-BR": { "title": "Início" },
        }
    })
}

/// A tip in Russian, and in no other language.
fn tip() -> Value {
    json!({ "id": "r", "kind": "tip", "language": "ru", "title": "Сюда", "target": "#a" })
}

async fn boot(collector: &Collector, accept: &str, who: Value) -> Value {
    let body = with(who, json!({ "writeKey": collector.keys.write_key }));
    let request = Request::post("/v1/boot")
        .header(header::ACCEPT_LANGUAGE, accept)
        .body(Body::from(body.to_string()));
    collector.send(request.expect("a request")).await.json()
}

fn somebody() -> Value {
    json!({ "userId": "user-1" })
}

/// The language of the widget's words, and of each piece of content with its heading.
fn told(boot: &Value) -> Value {
    let content = boot["content"].as_array().expect("an array").iter();
    let content: Vec<Value> = content
        .map(|one| json!([one["language"], one["title"]]))
        .collect();
    json!([boot["language"], content])
}

#[tokio::test]
async fn the_browser_s_language_counts_and_what_there_is_not_comes_in_its_own() {
    let collector = Collector::with_content(json!([list(), tip()])).await;
    let russian = json!(["ru", "Сюда"]);
    for (accept, expect) in [
        (
            "de-AT,de;q=0.9,en;q=0.8",
            json!(["de", [["de", "Anfang"], russian]]),
        ),
        ("pt-PT", json!(["pt-BR", [["pt-BR", "Início"], russian]])),
        ("ja,de;q=0.5", json!(["ja", [["de", "Anfang"], russian]])),
        ("it", json!(["en", [["en", "Start"], russian]])),
        ("", json!(["en", [["en", "Start"], russian]])),
        ("en-GB,de", json!(["en", [["en", "Start"], russian]])),
    ] {
        assert_eq!(
            told(&boot(&collector, accept, somebody()).await),
            expect,
            "{accept}"
        );
        assert_eq!(
            told(&boot(&collector, accept, json!({})).await),
            expect,
            "{accept}"
        );
    }
}

#[tokio::test]
async fn what_the_page_says_goes_before_the_trait_and_that_before_the_browser() {
    let collector = Collector::with_content(json!([list()])).await;
    let german = json!(["de", [["de", "Anfang"]]]);
    let english = json!(["en", [["en", "Start"]]]);
    let ask = async |more: Value| told(&boot(&collector, "en", with(somebody(), more)).await);
    assert_eq!(ask(json!({})).await, english);
    assert_eq!(ask(json!({ "language": "de-CH" })).await, german);
    assert_eq!(
        ask(json!({ "traits": { "locale": "de_DE" } })).await,
        german
    );
    let traits = json!({ "language": "de", "locale": "en-US" });
    collector
        .take(json!([{ "type": "identify", "userId": "user-1", "traits": traits }]))
        .await;
    assert_eq!(ask(json!({})).await, german);
    assert_eq!(ask(json!({ "language": "en" })).await, english);
    assert_eq!(
        ask(json!({ "language": "nonsense of a page" })).await,
        german
    );
    assert_eq!(
        ask(json!({ "traits": { "language": "en" } })).await,
        english
    );
}

#[tokio::test]
async fn a_trait_that_only_tells_the_language_is_not_told() {
    let collector = Collector::with_content(json!([list()])).await;
    let traits = json!({ "language": "de" });
    collector
        .take(json!([{ "type": "identify", "userId": "user-1", "traits": traits }]))
        .await;
    let boot = boot(&collector, "", somebody()).await;
    assert_eq!(boot["language"], "de");
    assert!(
        boot["known"]
            .get("traits")
            .is_none_or(|traits| traits == &json!({}))
    );
}

#[tokio::test]
async fn what_is_not_translated_comes_as_it_is() {
    let collector = Collector::with_content(json!([list()])).await;
    let boot = boot(&collector, "pt-BR", somebody()).await;
    assert_eq!(boot["content"][0]["tasks"][0]["title"], "Do it");
    assert_eq!(boot["content"][0].get("translations"), None);
}

#[tokio::test]
async fn the_words_come_once_and_only_with_content() {
    let collector = Collector::with_content(json!([list()])).await;
    let words = async |more: Value| {
        let boot = boot(&collector, "de", with(somebody(), more)).await;
        (boot["language"].clone(), boot["words"]["close"].clone())
    };
    assert_eq!(words(json!({})).await, (json!("de"), json!("Schließen")));
    assert_eq!(words(json!({ "words": "en" })).await.1, "Schließen");
    assert_eq!(
        words(json!({ "words": "de" })).await,
        (json!("de"), Value::Null)
    );
    assert_eq!(
        words(json!({ "language": "en" })).await,
        (json!("en"), Value::Null)
    );
    let empty = Collector::start();
    let nothing = boot(&empty, "de", somebody()).await;
    assert_eq!(
        (&nothing["language"], &nothing["words"]),
        (&json!("de"), &Value::Null)
    );
}

#[tokio::test]
async fn a_translation_s_placeholders_have_their_traits_told() {
    let mut document = list();
    document["translations"]["de"]["title"] = json!("Hallo {{user.name | du}}");
    let collector = Collector::with_content(json!([document])).await;
    let traits = json!({ "name": "Ada", "secret": "x" });
    collector
        .take(json!([{ "type": "identify", "userId": "user-1", "traits": traits }]))
        .await;
    let names = async |accept: &str| {
        let boot = boot(&collector, accept, somebody()).await;
        let traits = boot["known"]["traits"]
            .as_object()
            .cloned()
            .unwrap_or_default();
        json!(traits.keys().collect::<Vec<_>>())
    };
    assert_eq!(names("de").await, json!(["name"]));
    assert_eq!(names("en").await, json!([]));
}

#[tokio::test]
async fn whoever_has_begun_stays_with_the_version_in_whatever_language() {
    let collector = Collector::with_content(json!([list()])).await;
    let about = json!({ "content_id": "c", "version": 1 });
    let at = collector.now();
    collector
        .take(json!([own("m1", "user-1", "Checklist Shown", at, about)]))
        .await;
    let mut next = list();
    next["title"] = json!("Begin");
    next["translations"]["de"]["title"] = json!("Beginn");
    collector.publish(json!([next])).await;
    let title = async |accept: &str, who: Value| {
        boot(&collector, accept, who).await["content"][0]["title"].clone()
    };
    let other = || json!({ "userId": "user-2" });
    assert_eq!(title("de", somebody()).await, "Anfang");
    assert_eq!(title("en", somebody()).await, "Start");
    assert_eq!(title("de", other()).await, "Beginn");
    // As well after it was read from the database.
    let collector = collector.restart();
    let again = boot(&collector, "de", somebody()).await;
    assert_eq!(
        (
            &again["content"][0]["title"],
            &again["content"][0]["version"]
        ),
        (&json!("Anfang"), &json!(1))
    );
}
