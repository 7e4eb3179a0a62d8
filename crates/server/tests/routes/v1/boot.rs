use serde_json::{Value, json};

use crate::support::{Collector, DAY, HOUR, MINUTE, NOW, checklist, own, track, track_at, with};

fn ids(boot: &Value) -> Vec<&str> {
    let content = boot["content"].as_array().expect("an array");
    content
        .iter()
        .filter_map(|each| each["id"].as_str())
        .collect()
}

fn tip(id: &str, more: Value) -> Value {
    with(
        json!({ "id": id, "kind": "tip", "title": "T", "target": "#new" }),
        more,
    )
}

fn about(content: &str) -> Value {
    json!({ "content_id": content, "version": 1 })
}

#[tokio::test]
async fn someone_new_gets_what_is_published() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let boot = collector.boot(json!({ "anonymousId": "browser-1" })).await;
    insta::assert_json_snapshot!(boot);
}

#[tokio::test]
async fn it_is_not_to_be_cached() {
    let collector = Collector::start();
    let body = json!({ "writeKey": collector.keys.write_key, "anonymousId": "browser-1" });
    let answer = collector.post("/v1/boot", &body).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.header("content-type"), "application/json");
}

#[tokio::test]
async fn what_is_known_of_a_user_comes_along() {
    let collector = Collector::with_content(json!([
        checklist(),
        tip(
            "t",
            json!({ "trigger": { "event": { "name": "Invoice Created", "within": "1h" } } })
        )
    ]))
    .await;
    collector
        .take(json!([
            own(
                "shown",
                "user-1",
                "Checklist Shown",
                NOW - 3 * HOUR,
                about("getting-started")
            ),
            own(
                "started",
                "user-1",
                "Checklist Started",
                NOW - 2 * HOUR,
                about("getting-started")
            ),
            track_at("m1", "user-1", "Invoice Created", NOW - 50 * MINUTE),
            track_at("m2", "user-1", "Invoice Created", NOW - 40 * MINUTE),
            own("tip", "user-1", "Tip Shown", NOW - 39 * MINUTE, about("t"))
        ]))
        .await;
    let boot = collector.boot(json!({ "userId": "user-1" })).await;
    insta::assert_json_snapshot!(boot["known"]);
}

#[tokio::test]
async fn no_trait_is_told_that_no_content_asks_about() {
    let collector = Collector::with_content(json!([checklist()])).await;
    collector
        .take(json!([{
            "type": "identify", "userId": "user-1",
            "traits": { "email": "someone@example.com", "plan": "pro" }
        }]))
        .await;
    let boot = collector.boot(json!({ "userId": "user-1" })).await;
    assert_eq!(boot["known"]["traits"], Value::Null);
}

#[tokio::test]
async fn what_was_sent_away_is_left_out() {
    let collector = Collector::with_content(json!([checklist(), tip("t", json!({}))])).await;
    collector
        .take(json!([
            own(
                "m1",
                "user-1",
                "Checklist Dismissed",
                NOW,
                about("getting-started")
            ),
            own("m2", "user-1", "Tip Dismissed", NOW, about("t"))
        ]))
        .await;
    let boot = collector.boot(json!({ "userId": "user-1" })).await;
    assert!(ids(&boot).is_empty());
    let other = collector.boot(json!({ "userId": "user-2" })).await;
    assert_eq!(ids(&other), ["getting-started", "t"]);
}

#[tokio::test]
async fn what_was_sent_away_comes_when_the_page_calls_for_it() {
    let collector = Collector::with_content(json!([checklist(), tip("t", json!({}))])).await;
    collector
        .take(json!([
            own(
                "m1",
                "user-1",
                "Checklist Dismissed",
                NOW,
                about("getting-started")
            ),
            own("m2", "user-1", "Tip Dismissed", NOW, about("t"))
        ]))
        .await;
    let calling = json!({ "userId": "user-1", "show": "getting-started" });
    assert_eq!(ids(&collector.boot(calling).await), ["getting-started"]);
    let recalled = own(
        "m3",
        "user-1",
        "Content Recalled",
        NOW + 1,
        about("getting-started"),
    );
    collector.take(json!([recalled])).await;
    let boot = collector.boot(json!({ "userId": "user-1" })).await;
    assert_eq!(ids(&boot), ["getting-started"]);
    let run = &boot["known"]["runs"]["getting-started"];
    assert_eq!(run["recalled_at"], NOW + 1);
}

#[tokio::test]
async fn what_was_completed_stays_to_be_celebrated_and_then_is_left_out() {
    let collector = Collector::with_content(json!([checklist()])).await;
    let who = json!({ "userId": "user-1" });
    collector
        .take(json!([own(
            "m1",
            "user-1",
            "Checklist Completed",
            NOW,
            about("getting-started")
        )]))
        .await;
    collector.pass(30 * MINUTE);
    assert_eq!(ids(&collector.boot(who.clone()).await), ["getting-started"]);
    collector.pass(1);
    assert!(ids(&collector.boot(who).await).is_empty());
}

#[tokio::test]
async fn an_audience_of_traits_is_decided_here() {
    let pro = json!({ "trait": { "name": "plan", "is": { "equals": "pro" } } });
    let collector = Collector::with_content(json!([
        tip("for-all", json!({})),
        tip("for-pro", json!({ "audience": pro })),
        tip("for-others", json!({ "audience": { "not": pro } })),
        tip(
            "for-big",
            json!({ "audience": { "all": [
            pro, { "trait": { "of": "account", "name": "seats", "is": { "greater_than": 10 } } }
        ] } })
        )
    ]))
    .await;
    collector
        .take(json!([
            { "type": "identify", "userId": "user-1", "traits": { "plan": "pro" } },
            { "type": "group", "userId": "user-1", "groupId": "acme", "traits": { "seats": 11 } },
            { "type": "identify", "userId": "user-2", "traits": { "plan": "pro" } }
        ]))
        .await;
    let boot = collector.boot(json!({ "userId": "user-1" })).await;
    assert_eq!(ids(&boot), ["for-all", "for-big", "for-pro"]);
    let boot = collector.boot(json!({ "userId": "user-2" })).await;
    assert_eq!(ids(&boot), ["for-all", "for-pro"]);
    let boot = collector.boot(json!({ "anonymousId": "new" })).await;
    assert_eq!(ids(&boot), ["for-all", "for-others"]);
}

#[tokio::test]
async fn what_the_page_tells_of_the_user_counts_for_the_answer() {
    let pro = json!({ "trait": { "name": "plan", "is": { "equals": "pro" } } });
    let collector =
        Collector::with_content(json!([tip("for-pro", json!({ "audience": pro }))])).await;
    collector
        .take(
            json!([{ "type": "identify", "userId": "user-1", "timestamp": NOW - HOUR,
                      "traits": { "plan": "trial" } }]),
        )
        .await;
    for (user, traits, expect) in [
        ("user-1", json!({ "plan": "pro" }), 1),
        ("user-1", json!("{\"plan\":\"pro\"}"), 1),
        ("user-1", json!({ "plan": "team" }), 0),
        ("user-1", json!("{broken"), 0),
        ("user-1", json!(null), 0),
        ("new", json!({ "plan": "pro" }), 1),
    ] {
        let boot = collector
            .boot(json!({ "userId": user, "traits": traits }))
            .await;
        assert_eq!(ids(&boot).len(), expect, "{user} {traits}");
    }
}

#[tokio::test]
async fn an_audience_that_looks_at_the_page_is_left_to_the_browser() {
    let audience = json!({ "all": [
        { "trait": { "name": "plan", "is": { "equals": "pro" } } },
        { "page": { "path": "/invoices" } }
    ] });
    let collector = Collector::with_content(json!([tip("t", json!({ "audience": audience }))]));
    let collector = collector.await;
    let boot = collector.boot(json!({ "anonymousId": "new" })).await;
    assert_eq!(ids(&boot), ["t"]);
}

#[tokio::test]
async fn a_boot_is_a_visit_and_a_refresh_is_none() {
    let collector = Collector::start();
    let visits = || collector.row::<i64>("SELECT count(*) FROM visits");
    collector
        .boot(json!({ "anonymousId": "browser-1", "refresh": true }))
        .await;
    assert_eq!(visits(), 0);
    collector.boot(json!({ "anonymousId": "browser-1" })).await;
    assert_eq!(visits(), 1);
}

#[tokio::test]
async fn boots_within_half_an_hour_are_one_visit() {
    let collector = Collector::start();
    let who = json!({ "anonymousId": "browser-1" });
    for wait in [0, 30 * MINUTE, 30 * MINUTE, 30 * MINUTE + 1] {
        collector.pass(wait);
        collector.boot(who.clone()).await;
    }
    assert_eq!(
        collector.rows::<i64>("SELECT last_at - started_at FROM visits ORDER BY id"),
        [HOUR, 0]
    );
}

#[tokio::test]
async fn a_user_is_first_seen_at_the_first_boot() {
    let collector = Collector::start();
    collector.boot(json!({ "anonymousId": "browser-1" })).await;
    collector.pass(3 * DAY);
    collector
        .take(json!([
            { "type": "identify", "userId": "user-1", "anonymousId": "browser-1" }
        ]))
        .await;
    let boot = collector.boot(json!({ "userId": "user-1" })).await;
    assert_eq!(boot["known"]["first_seen"], NOW);
    assert_eq!(boot["server_time"], NOW + 3 * DAY);
}

#[tokio::test]
async fn a_draft_is_not_shown() {
    let collector = Collector::start();
    collector.push(json!([checklist()])).await;
    let boot = collector.boot(json!({ "anonymousId": "browser-1" })).await;
    assert!(ids(&boot).is_empty());
}

#[tokio::test]
async fn a_boot_that_names_nobody_gets_all_that_is_published_and_is_not_recorded() {
    let pro = json!({ "trait": { "name": "plan", "is": { "equals": "pro" } } });
    let collector = Collector::with_content(json!([
        checklist(),
        tip("for-pro", json!({ "audience": pro })),
        tip("for-others", json!({ "audience": { "not": pro } }))
    ]))
    .await;
    // Somebody whose ids were mistaken for none would be found here.
    collector
        .take(json!([own(
            "m1",
            "user-1",
            "Checklist Dismissed",
            NOW,
            about("getting-started")
        )]))
        .await;
    let before = everything(&collector);
    for nobody in [
        json!({}),
        json!({ "userId": null, "anonymousId": null }),
        json!({ "userId": "", "anonymousId": "" }),
    ] {
        let boot = collector.boot(nobody).await;
        assert_eq!(ids(&boot), ["for-others", "for-pro", "getting-started"]);
        assert_eq!(boot["known"], json!({}));
        assert_eq!(boot["server_time"], NOW);
    }
    assert_eq!(everything(&collector), before);
}

/// How many rows there are of all that is ever recorded of people.
fn everything(collector: &Collector) -> Vec<i64> {
    [
        "people",
        "events",
        "user_traits",
        "sessions",
        "session_tabs",
        "visits",
    ]
    .iter()
    .map(|table| collector.row(&format!("SELECT count(*) FROM {table}")))
    .collect()
}

#[tokio::test]
async fn ids_that_cannot_be_are_refused() {
    let collector = Collector::start();
    let key = collector.keys.write_key.clone();
    let refused = async |body: Value| collector.post("/v1/boot", &body).await.error();
    let (status, code, path) = refused(json!({ "writeKey": key, "anonymousId": 7 })).await;
    assert_eq!(
        (status, code.as_str(), path.as_str()),
        (400, "invalid_field", "anonymousId")
    );
    let long = "x".repeat(257);
    let (_, _, path) = refused(json!({ "writeKey": key, "userId": long })).await;
    assert_eq!(path, "userId");
    let (status, code, _) = refused(json!({ "writeKey": "wk_no", "anonymousId": "x" })).await;
    assert_eq!((status, code.as_str()), (401, "unknown_write_key"));
}

#[tokio::test]
async fn sightings_are_told_only_as_far_as_conditions_count() {
    let collector = Collector::with_content(json!([tip(
        "t",
        json!({ "trigger": { "event": { "name": "Opened", "at_least": 2 } } })
    )]))
    .await;
    let opened: Vec<Value> = (0..150)
        .map(|n| track(&format!("m{n}"), "user-1", "Opened"))
        .collect();
    collector.take(json!(opened)).await;
    let boot = collector.boot(json!({ "userId": "user-1" })).await;
    let seen = boot["known"]["sightings"]["Opened"].as_array();
    assert_eq!(seen.map(Vec::len), Some(2));
}
