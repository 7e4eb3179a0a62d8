//! Pushing content in several languages.
#![expect(
    clippy::needless_pass_by_value,
    reason = "tests read better with `json!` given as it is"
)]

use serde_json::{Value, json};

use crate::support::{Collector, with};

fn list(translations: Value) -> Value {
    json!({ "id": "c", "kind": "checklist", "title": "Start", "description": "A *few* steps",
        "tasks": [
            { "id": "invite", "title": "Invite", "description": "Others",
              "action": { "label": "Go", "path": "/team" } },
            { "id": "pay", "title": "Pay", "markable": true },
        ],
        "translations": translations
    })
}

fn modal(translations: Value) -> Value {
    json!({ "id": "m", "kind": "modal", "title": "News", "body": "There is **more**",
        "actions": [{ "label": "Show", "path": "/a" }, { "label": "Close", "close": true }],
        "translations": translations
    })
}

async fn problems(document: Value) -> Value {
    let answer = Collector::start().push(json!([document])).await;
    assert_eq!(answer.status, 422, "{}", answer.text());
    let problems = answer.json()["problems"].clone();
    let problems = problems.as_array().expect("an array").iter();
    let told = problems.map(|one| {
        format!(
            "{}: {}",
            one["path"].as_str().expect("a path"),
            one["message"].as_str().expect("a message")
        )
    });
    json!(told.collect::<Vec<_>>())
}

async fn check(document: Value, path: &str, remedy: &str) {
    let told = problems(document).await;
    let all = told.as_array().expect("an array");
    let [one] = all.as_slice() else {
        panic!("{path}: {told}");
    };
    let one = one.as_str().expect("a text");
    assert!(one.starts_with(&format!("{path}: ")), "{one}");
    assert!(one.contains(remedy), "{one}");
}

#[tokio::test]
async fn a_push_lists_what_is_not_translated() {
    let collector = Collector::start();
    let german = json!({ "title": "Anfang", "tasks": { "invite": { "title": "Einladen" } } });
    let russian = json!({
        "title": "Начало", "description": "Всего *пара* шагов", "tasks": {
            "invite": { "title": "Пригласите", "description": "Всех", "action": "Перейти" },
            "pay": { "title": "Оплатите" },
        }
    });
    let french = json!({ "body": "Il y a **plus**", "actions": ["Voir", null] });
    let answer = collector
        .push(json!([
            list(json!({ "de": german, "ru": russian })),
            modal(json!({ "fr": french })),
        ]))
        .await;
    let german = [
        "description",
        "tasks.invite.description",
        "tasks.invite.action",
        "tasks.pay.title",
    ];
    assert_eq!(
        answer.json(),
        json!({ "pushed": ["c", "m"], "translations": [
            { "content": "c", "language": "de", "missing": german },
            { "content": "c", "language": "ru", "missing": [] },
            { "content": "m", "language": "fr", "missing": ["title", "actions[1]"] },
        ] })
    );
}

#[tokio::test]
async fn what_there_is_not_cannot_be_translated() {
    for (overlay, path, remedy) in [
        (json!({ "heading": "A" }), "heading", "no such field"),
        (json!({ "body": "A" }), "body", "no `body` to translate"),
        (
            json!({ "action": "A" }),
            "action",
            "no `action` to translate",
        ),
        (json!({ "tasks": { "x": {} } }), "tasks.x", "no task `x`"),
        (json!({ "steps": { "x": {} } }), "steps.x", "no step `x`"),
        (
            json!({ "tasks": { "pay": { "colour": "red" } } }),
            "tasks.pay.colour",
            "no such field",
        ),
        (
            json!({ "tasks": { "pay": { "action": "A" } } }),
            "tasks.pay.action",
            "no `action`",
        ),
        (
            json!({ "tasks": { "pay": { "actions": ["A"] } } }),
            "tasks.pay.actions",
            "no `actions`",
        ),
        (json!({ "tasks": [] }), "tasks", "an object"),
    ] {
        let path = format!("translations.de.{path}");
        check(list(json!({ "de": overlay })), &path, remedy).await;
    }
    let path = "translations.de.actions";
    check(
        modal(json!({ "de": { "actions": ["Eins"] } })),
        path,
        "2 labels",
    )
    .await;
    check(
        modal(json!({ "de": { "actions": "Eins" } })),
        path,
        "2 labels",
    )
    .await;
}

#[tokio::test]
async fn a_translation_is_checked_like_any_document() {
    for (overlay, path, remedy) in [
        (json!({ "title": " " }), "title", "must not be empty"),
        (json!({ "title": 5 }), "title", "must be a text"),
        (
            json!({ "title": "Hallo {{name}}" }),
            "title",
            "names nothing",
        ),
        (json!({ "description": "fett<br>" }), "description", "HTML"),
        (
            json!({ "description": "[hier](javascript:alert(1))" }),
            "description",
            "not allowed",
        ),
        (
            json!({ "tasks": { "pay": { "title": "" } } }),
            "tasks.pay.title",
            "must not be empty",
        ),
        (
            json!({ "tasks": { "invite": { "action": "" } } }),
            "tasks.invite.action",
            "empty",
        ),
    ] {
        let path = format!("translations.de.{path}");
        check(list(json!({ "de": overlay })), &path, remedy).await;
    }
}

#[tokio::test]
async fn what_is_wrong_with_the_document_is_told_once() {
    let broken = with(
        list(json!({ "de": {}, "fr": { "title": "" } })),
        json!({ "description": "# No" }),
    );
    let told = problems(broken).await;
    assert_eq!(told.as_array().map(Vec::len), Some(2), "{told}");
}

#[tokio::test]
async fn languages_are_named_by_tags_each_once() {
    check(
        list(json!({ "German": {} })),
        "translations.German",
        "is no language",
    )
    .await;
    check(
        list(json!({ "de_DE": {} })),
        "translations.de_DE",
        "is no language",
    )
    .await;
    check(list(json!({ "EN": {} })), "translations.EN", "own language").await;
    check(
        list(json!({ "de": {}, "DE": {} })),
        "translations.de",
        "twice",
    )
    .await;
    check(list(json!("de")), "translations", "an object by language").await;
    let russian = with(list(json!({ "ru": {} })), json!({ "language": "ru" }));
    check(russian, "translations.ru", "own language").await;
    check(
        with(list(json!({})), json!({ "language": "deutsch" })),
        "language",
        "is no language",
    )
    .await;
}

#[tokio::test]
async fn what_the_author_wrote_is_given_back() {
    let document = list(json!({ "de": { "description": "Ein *paar* Schritte" } }));
    let collector = Collector::with_content(json!([document])).await;
    let item = collector.admin_get("/api/v1/content").await.json()["content"][0].clone();
    assert_eq!(
        (&item["draft"], &item["changed"]),
        (&document, &json!(false))
    );
}

#[tokio::test]
async fn another_translation_is_another_version() {
    let collector = Collector::with_content(json!([list(json!({ "de": { "title": "A" } }))])).await;
    let publish = async |translations: Value| {
        collector.push(json!([list(translations)])).await;
        let answer = collector.admin_post("/api/v1/content/publish", "").await;
        answer.json()["published"][0]["version"].clone()
    };
    assert_eq!(publish(json!({ "de": { "title": "A" } })).await, 1);
    assert_eq!(publish(json!({ "de": { "title": "B" } })).await, 2);
    assert_eq!(publish(json!({})).await, 3);
}
