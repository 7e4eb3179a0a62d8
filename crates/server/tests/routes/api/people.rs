//! Erasing people. That nothing of it stays in any file is in `traces`.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{
    Answer, Collector, DAY, HOUR, MINUTE, NOW, checklist, own, track, track_at, with,
};

pub(super) async fn erase(collector: &Collector, id: &str) -> Answer {
    let path = format!("/api/v1/people/{id}");
    collector.admin(Method::DELETE, &path, "").await
}

/// All that the collector can come to hold of a person, as it happens: nameless first, then signed in,
/// on an account, in a session and at the checklist.
pub(super) async fn live(collector: &Collector, user: &str, browser: &str) {
    collector.boot(json!({ "anonymousId": browser })).await;
    let session = format!("{browser}.{}", collector.now());
    let totals = |tab: &str| {
        json!({
            "session_id": session, "tab_id": format!("{browser}-{tab}"),
            "started_at": collector.now(), "length_ms": 5 * MINUTE, "engaged_ms": 3 * MINUTE,
            "content_id": "getting-started", "task_id": "connect-bank"
        })
    };
    let at = collector.now();
    let nameless = |id: &str, event: &str, properties: Value| {
        json!({
            "type": "track", "messageId": format!("{browser}/{id}"), "anonymousId": browser,
            "event": event, "timestamp": at, "properties": properties,
            "context": { "campaign": format!("campaign-of-{browser}") }
        })
    };
    collector
        .take(json!([
            nameless("m1", "Session Started", totals("tab-1")),
            nameless("m2", "Session Updated", totals("tab-1")),
            nameless("m3", "Session Updated", totals("tab-2")),
            nameless("m4", "Invoice Created", json!({ "for": format!("customer-of-{browser}") })),
            {
                "type": "identify", "anonymousId": browser, "messageId": format!("{browser}/m5"),
                "traits": { "theme": format!("theme-of-{browser}") }
            },
            {
                "type": "page", "anonymousId": browser, "messageId": format!("{browser}/m6"),
                "name": format!("page-of-{browser}")
            }
        ]))
        .await;
    let id = |id: &str| format!("{user}/{browser}/{id}");
    collector
        .take(json!([
            {
                "type": "identify", "userId": user, "anonymousId": browser,
                "messageId": id("m1"),
                "traits": { "email": format!("mail-of-{user}"), "company_name": format!("firm-of-{user}") }
            },
            {
                "type": "group", "userId": user, "groupId": "acme",
                "messageId": id("m2"), "traits": { "seats": 5 }
            },
            own(
                &id("started"), user, "Checklist Started", at,
                json!({ "content_id": "getting-started", "version": 1 })
            ),
            with(
                track_at(&id("m3"), user, "Bank Connected", at + MINUTE),
                json!({ "properties": { "bank": format!("bank-of-{user}") } })
            )
        ]))
        .await;
    collector.boot(json!({ "userId": user })).await;
}

/// All that the collector tells of people.
async fn all_numbers(collector: &Collector) -> Value {
    json!({
        "activation": collector.admin_get("/api/v1/metrics/activation").await.json(),
        "sessions": collector.admin_get("/api/v1/metrics/sessions").await.json(),
    })
}

#[tokio::test]
async fn what_was_erased_is_counted() {
    let collector = Collector::with_content(json!([checklist()])).await;
    live(&collector, "user-1", "browser-1").await;
    let answer = erase(&collector, "user-1").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "browsers": 1,
      "events": 13,
      "sessions": 1,
      "traits": 3,
      "visits": 1
    }
    "#);
    for table in [
        "people",
        "events",
        "user_traits",
        "sessions",
        "session_tabs",
        "visits",
    ] {
        let rows: i64 = collector.row(&format!("SELECT count(*) FROM {table}"));
        assert_eq!(rows, 0, "{table}");
    }
}

#[tokio::test]
async fn the_numbers_are_as_if_the_person_had_never_been_there() {
    let with_them = Collector::with_content(json!([checklist()])).await;
    let without_them = Collector::with_content(json!([checklist()])).await;
    live(&with_them, "to-erase", "browser-1").await;
    for collector in [&with_them, &without_them] {
        live(collector, "user-2", "browser-2").await;
    }
    for collector in [&with_them, &without_them] {
        collector.pass(DAY);
        live(collector, "user-3", "browser-3").await;
    }
    live(&with_them, "to-erase", "browser-4").await;
    let expect = all_numbers(&without_them).await;
    assert_ne!(all_numbers(&with_them).await, expect);
    assert_eq!(erase(&with_them, "to-erase").await.status, 200);
    assert_eq!(all_numbers(&with_them).await, expect);
}

#[tokio::test]
async fn nothing_of_others_is_touched() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let rows = || -> Vec<String> {
        let of_others = [
            "SELECT json_array(id, is_user, key, joined, first_seen, account, account_at)
             FROM people WHERE key LIKE '%-2'",
            "SELECT json_array(seq, message_id, kind, name, person, user_id, anonymous_id, account,
               session_id, content_id, task_id, at, received_at, properties, context)
             FROM events WHERE coalesce(user_id, anonymous_id) LIKE '%-2'",
            "SELECT json_array(person, name, value, at) FROM user_traits WHERE value LIKE '%-2\"'",
            "SELECT json_array(session_id, person, length_ms, engaged_ms) FROM sessions
             WHERE session_id LIKE 'browser-2.%'",
            "SELECT json_array(session_id, tab_id, engaged_ms) FROM session_tabs
             WHERE session_id LIKE 'browser-2.%'",
            "SELECT json_array(account, name, value, at) FROM account_traits",
        ];
        let rows = of_others.iter().map(|select| collector.rows(select));
        rows.inspect(|rows: &Vec<String>| assert!(!rows.is_empty()))
            .flatten()
            .collect()
    };
    live(&collector, "user-1", "browser-1").await;
    live(&collector, "user-2", "browser-2").await;
    // They once used the other's browser without signing out there.
    let on_the_others_browser = with(
        track("shared", "user-2", "Invoice Created"),
        json!({ "anonymousId": "browser-1" }),
    );
    collector.take(json!([on_the_others_browser])).await;
    let (before, visits) = (rows(), collector.row::<i64>("SELECT count(*) FROM visits"));
    assert_eq!(erase(&collector, "user-1").await.status, 200);
    assert_eq!(rows(), before);
    assert_eq!(
        collector.row::<i64>("SELECT count(*) FROM visits"),
        visits / 2
    );
}

#[tokio::test]
async fn traits_of_the_account_belong_to_the_account_and_stay() {
    let collector = Collector::with_content(json!([{
        "id": "t", "kind": "tip", "title": "T", "target": "#new",
        "audience": { "trait": { "of": "account", "name": "seats", "is": { "equals": 5 } } }
    }]))
    .await;
    live(&collector, "user-1", "browser-1").await;
    assert_eq!(erase(&collector, "user-1").await.status, 200);
    assert_eq!(
        collector
            .rows::<String>("SELECT account || ' ' || name || ' ' || value FROM account_traits"),
        ["acme seats 5"]
    );
    collector
        .take(json!([{ "type": "group", "userId": "colleague", "groupId": "acme" }]))
        .await;
    let boot = collector.boot(json!({ "userId": "colleague" })).await;
    assert_eq!(boot["content"][0]["id"], "t");
}

#[tokio::test]
async fn who_comes_back_after_that_is_somebody_new() {
    let collector = Collector::with_content(json!([checklist()])).await;
    live(&collector, "user-1", "browser-1").await;
    assert_eq!(erase(&collector, "user-1").await.status, 200);
    collector.pass(HOUR);
    for who in [
        json!({ "userId": "user-1" }),
        json!({ "anonymousId": "browser-1" }),
    ] {
        let boot = collector.boot(who).await;
        assert_eq!(boot["known"], json!({ "first_seen": NOW + HOUR }));
    }
    // Message ids are free again, too: that they were there is a trace.
    collector
        .take(json!([track(
            "user-1/browser-1/m3",
            "user-1",
            "Bank Connected"
        )]))
        .await;
}

#[tokio::test]
async fn a_browser_of_which_no_user_is_known_is_erased_by_its_anonymous_id() {
    let collector = Collector::start();
    collector.boot(json!({ "anonymousId": "same" })).await;
    let by_browser = json!({ "type": "track", "anonymousId": "same", "event": "Invoice Created" });
    let by_user = track("m1", "same", "Invoice Created");
    collector.take(json!([by_browser, by_user])).await;
    let answer = erase(&collector, "same?anonymous=true").await;
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "browsers": 1,
      "events": 1,
      "sessions": 0,
      "traits": 0,
      "visits": 1
    }
    "#);
    assert_eq!(
        collector.rows::<i64>("SELECT is_user FROM people"),
        [1],
        "a user of the same id is somebody else"
    );
    let answer = erase(&collector, "same?anonymous=false").await;
    assert_eq!(answer.json()["events"], 1);
}

#[tokio::test]
async fn a_browser_that_has_joined_a_user_is_not_torn_out_of_them() {
    let collector = Collector::with_content(json!([checklist()])).await;
    live(&collector, "user-1", "browser-1").await;
    let before: i64 = collector.row("SELECT count(*) FROM events");
    let answer = erase(&collector, "browser-1?anonymous=true").await;
    assert_eq!(answer.status, 409);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "browser_of_user",
        "message": "the browser `browser-1` has joined the user `user-1`; erase that user, and it goes as well"
      }
    }
    "#);
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM events"), before);
}

#[tokio::test]
async fn who_is_not_there_cannot_be_erased() {
    let collector = Collector::start();
    collector.take(json!([track("m1", "User-1", "x")])).await;
    let answer = erase(&collector, "user-1").await;
    assert_eq!(answer.status, 404);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "not_found",
        "message": "there is no user `user-1`: ids are compared letter by letter; a browser of which no user is known is erased by its anonymous id (`?anonymous=true`, `headstart erase --anonymous ID`)"
      }
    }
    "#);
    let answer = erase(&collector, "User-1?anonymous=true").await;
    assert_eq!(answer.status, 404);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "not_found",
        "message": "there is no browser `User-1`: ids are compared letter by letter; a user is erased by the user id, without `anonymous`"
      }
    }
    "#);
    assert_eq!(erase(&collector, "User-1").await.status, 200);
    assert_eq!(
        erase(&collector, "User-1").await.status,
        404,
        "once is enough"
    );
}

#[tokio::test]
async fn a_user_id_may_be_any_text() {
    let collector = Collector::start();
    for (id, encoded) in [
        ("a/b", "a%2Fb"),
        ("..", "%2E%2E"),
        ("50%", "50%25"),
        ("jörg@example.com", "j%C3%B6rg%40example.com"),
        ("a b?c#d", "a%20b%3Fc%23d"),
        (
            "'; DROP TABLE people; --",
            "%27%3B%20DROP%20TABLE%20people%3B%20--",
        ),
    ] {
        collector.take(json!([track(id, id, "x")])).await;
        let answer = erase(&collector, encoded).await;
        assert_eq!(answer.status, 200, "{id}: {}", answer.text());
    }
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM people"), 0);
}

#[tokio::test]
async fn what_is_not_understood_is_told_with_its_path() {
    let collector = Collector::start();
    for (id, path) in [("%FF", "id"), ("user-1?anonymous=yes", "anonymous")] {
        let (status, code, at) = erase(&collector, id).await.error();
        assert_eq!(
            (status, code.as_str(), at.as_str()),
            (400, "invalid_field", path)
        );
    }
}
