use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};

use crate::support::{Collector, DAY, NOW, track, with};

#[tokio::test]
async fn messages_are_on_disk_when_they_are_acknowledged() {
    let collector = Collector::start();
    let answer = collector
        .batch(json!([
            with(track("m1", "user-1", "Invoice Created"), json!({
                "timestamp": "2026-11-22T09:59:00.000Z",
                "properties": { "total": 120, "id": 12_345_678_901_234_567_890_u64 },
                "context": { "groupId": "acme" }
            })),
            { "type": "page", "messageId": "m2", "anonymousId": "browser-1", "name": "Pricing" }
        ]))
        .await;
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "accepted": 2,
      "duplicates": 0
    }
    "#);
    let rows: Vec<String> = collector.rows(
        "SELECT json_array(message_id, kind, name, user_id, anonymous_id, account, at, \
         received_at, properties, context) FROM events ORDER BY seq",
    );
    insta::assert_snapshot!(rows.join("\n"), @r#"
    ["m1","track","Invoice Created","user-1",null,"acme",1795341540000,1795341600000,"{\"id\":12345678901234567890,\"total\":120}","{\"groupId\":\"acme\"}"]
    ["m2","page","Pricing",null,"browser-1",null,1795341600000,1795341600000,"{}","{}"]
    "#);
}

#[tokio::test]
async fn a_message_id_counts_once_for_ever() {
    let collector = Collector::start();
    collector
        .take(json!([track("m1", "user-1", "Invoice Created")]))
        .await;
    let answer = collector
        .batch(json!([
            track("m1", "user-1", "Invoice Created"),
            track("m2", "user-1", "Invoice Created"),
            track("m2", "user-1", "Invoice Created"),
            track("m1", "user-2", "Something Else")
        ]))
        .await;
    assert_eq!(answer.json(), json!({ "accepted": 1, "duplicates": 3 }));
    assert_eq!(
        collector.rows::<String>("SELECT message_id FROM events ORDER BY seq"),
        ["m1", "m2"]
    );
}

#[tokio::test]
async fn it_still_counts_once_a_year_and_a_restart_later() {
    let collector = Collector::start();
    let message = track("m1", "user-1", "Invoice Created");
    collector.take(json!([message])).await;
    collector.pass(366 * DAY);
    let again = json!({ "accepted": 0, "duplicates": 1 });
    assert_eq!(collector.batch(json!([message])).await.json(), again);
    let collector = collector.restart();
    assert_eq!(collector.batch(json!([message])).await.json(), again);
    let late = with(message, json!({ "timestamp": NOW - DAY }));
    assert_eq!(collector.batch(json!([late])).await.json(), again);
    assert_eq!(collector.rows::<i64>("SELECT at FROM events"), [NOW]);
}

#[tokio::test]
async fn message_ids_of_another_project_are_free() {
    let collector = Collector::start();
    collector
        .open()
        .execute_batch(
            "INSERT INTO projects (id, name, write_key, secret_key) VALUES (2, 'other', 'w', 's');
             INSERT INTO people (id, project, is_user, key, first_seen) VALUES (9, 2, 1, 'u', 0);
             INSERT INTO events (project, message_id, sender, kind, name, person, user_id, at,
               received_at, properties, context)
             VALUES (2, 'm1', 9, 'track', 'x', 9, 'u', 0, 0, '{}', '{}');",
        )
        .expect("rows");
    let message = track("m1", "user-1", "Invoice Created");
    collector.take(json!([message])).await;
    let again = collector.batch(json!([message])).await;
    assert_eq!(again.json(), json!({ "accepted": 0, "duplicates": 1 }));
}

#[tokio::test]
async fn good_messages_are_stored_and_bad_ones_are_listed() {
    let collector = Collector::start();
    let answer = collector
        .batch(json!([
            track("good-1", "user-1", "Invoice Created"),
            { "type": "track", "messageId": "bad-1", "userId": "user-1" },
            { "type": "screen", "messageId": "bad-2", "userId": "user-1" },
            "not even an object",
            track("good-2", "user-1", "Invoice Sent")
        ]))
        .await;
    assert_eq!(answer.status, 400);
    insta::assert_json_snapshot!(answer.json());
    assert_eq!(
        collector.rows::<String>("SELECT message_id FROM events ORDER BY seq"),
        ["good-1", "good-2"]
    );
}

#[tokio::test]
async fn what_is_wrong_with_a_message_is_told_with_its_path() {
    let good = track("m1", "user-1", "Invoice Created");
    check(
        json!({ "type": "track", "event": "x" }),
        "missing_field",
        ".userId",
    )
    .await;
    check(
        json!({ "userId": "u", "event": "x" }),
        "missing_field",
        ".type",
    )
    .await;
    check(
        json!({ "type": "group", "userId": "u" }),
        "missing_field",
        ".groupId",
    )
    .await;
    check(
        json!({ "type": "alias", "userId": "u" }),
        "unknown_type",
        ".type",
    )
    .await;
    check(json!([]), "invalid_event", "").await;
    let with_field = |name: &str, value: Value| with(good.clone(), json!({ name: value }));
    for (field, value) in [
        ("event", json!("")),
        ("event", json!("  ")),
        ("event", json!(7)),
        ("event", json!("x".repeat(257))),
        ("userId", json!("")),
        ("userId", json!({})),
        ("userId", json!("x".repeat(257))),
        ("anonymousId", json!(1.5)),
        ("messageId", json!("")),
        ("messageId", json!(7)),
        ("messageId", json!("x".repeat(1_025))),
        ("timestamp", json!("yesterday")),
        ("timestamp", json!(1_795_341_600)),
        ("timestamp", json!([])),
        ("properties", json!([1])),
        ("properties", json!("x")),
        ("context", json!(true)),
    ] {
        let path = format!(".{field}");
        check(with_field(field, value), "invalid_field", &path).await;
    }
    let context = json!({ "groupId": [] });
    check(
        with_field("context", context),
        "invalid_field",
        ".context.groupId",
    )
    .await;
}

async fn check(message: Value, code: &str, path: &str) {
    let collector = Collector::start();
    let answer = collector.batch(json!([message.clone()])).await;
    let path = if path == ".context.groupId" {
        "batch[0].groupId".to_owned()
    } else {
        format!("batch[0]{path}")
    };
    assert_eq!(
        (
            answer.status.as_u16(),
            answer.json()["rejected"][0]["error"]["code"].as_str(),
            answer.json()["rejected"][0]["error"]["path"].as_str()
        ),
        (400, Some(code), Some(path.as_str())),
        "{message}: {}",
        answer.text()
    );
}

#[tokio::test]
async fn null_is_as_good_as_not_given() {
    let collector = Collector::start();
    let message = json!({
        "type": "track", "messageId": null, "userId": "user-1", "anonymousId": null,
        "event": "Invoice Created", "properties": null, "context": null, "timestamp": null
    });
    collector.take(json!([message])).await;
}

#[tokio::test]
async fn a_message_without_an_id_is_given_one() {
    let collector = Collector::start();
    let message = json!({ "type": "track", "userId": "user-1", "event": "Invoice Created" });
    collector.take(json!([message, message])).await;
    assert_eq!(
        collector.row::<i64>("SELECT count(DISTINCT message_id) FROM events"),
        2
    );
}

#[tokio::test]
async fn numbers_do_as_user_ids() {
    let collector = Collector::start();
    collector
        .take(json!([{ "type": "track", "userId": 42, "event": "Invoice Created" }]))
        .await;
    assert_eq!(collector.row::<String>("SELECT user_id FROM events"), "42");
}

#[tokio::test]
async fn the_context_of_the_batch_is_merged_into_each_message() {
    let collector = Collector::start();
    let body = json!({
        "writeKey": collector.keys.write_key,
        "context": { "library": { "name": "some-server" }, "locale": "de" },
        "batch": [
            with(track("m1", "u", "x"), json!({ "context": { "locale": "fr", "groupId": "acme" } })),
            track("m2", "u", "x")
        ]
    });
    let answer = collector.post("/v1/batch", &body).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(
        collector.rows::<String>("SELECT context FROM events ORDER BY seq"),
        [
            r#"{"groupId":"acme","library":{"name":"some-server"},"locale":"fr"}"#,
            r#"{"library":{"name":"some-server"},"locale":"de"}"#
        ]
    );
}

#[tokio::test]
async fn an_empty_batch_is_no_mistake() {
    let collector = Collector::start();
    collector.take(json!([])).await;
}

#[tokio::test]
async fn a_batch_that_is_none_is_refused_with_the_reason() {
    let collector = Collector::start();
    let key = collector.keys.write_key.clone();
    let refused = async |body: String| collector.post_text("/v1/batch", body).await.error();
    let (status, code, _) = refused("{".to_owned()).await;
    assert_eq!((status, code.as_str()), (400, "invalid_json"));
    let (status, code, _) = refused(format!(r#"{{"writeKey":"{key}","batch":[]}} and more"#)).await;
    assert_eq!((status, code.as_str()), (400, "invalid_json"));
    let expect = |path: &str| (400, "invalid_field".to_owned(), path.to_owned());
    let body = json!({ "writeKey": key, "batch": "x" });
    assert_eq!(refused(body.to_string()).await, expect("batch"));
    let body = json!({ "writeKey": key, "batch": [], "context": 1 });
    assert_eq!(refused(body.to_string()).await, expect("context"));
    let answer = collector
        .post("/v1/batch", &json!({ "writeKey": key }))
        .await;
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "invalid_field",
        "message": "missing field `batch`; add it"
      }
    }
    "#);
}

#[tokio::test]
async fn the_write_key_is_needed() {
    let collector = Collector::start();
    let body = json!({ "writeKey": "wk_other", "batch": [track("m1", "u", "x")] });
    let answer = collector.post("/v1/batch", &body).await;
    assert_eq!(answer.status, 401);
    insta::assert_json_snapshot!(answer.json());
    let answer = collector.post("/v1/batch", &json!({ "batch": [] })).await;
    assert_eq!(answer.error().1, "no_write_key");
    let secret = collector.keys.secret_key.clone();
    let body = json!({ "writeKey": secret, "batch": [] });
    let answer = collector.post("/v1/batch", &body).await;
    assert_eq!(answer.error().1, "unknown_write_key");
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM events"), 0);
}

#[tokio::test]
async fn a_body_of_another_type_is_refused_with_the_remedy() {
    let collector = Collector::start();
    let request = Request::post("/v1/batch")
        .header(header::CONTENT_TYPE, "application/xml")
        .body(Body::from("<batch/>"))
        .expect("a request");
    let answer = collector.send(request).await;
    assert_eq!(answer.status, 415);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "unsupported_media_type",
        "message": "the body's type is `application/xml`; send JSON as `application/json` or `text/plain`"
      }
    }
    "#);
}
