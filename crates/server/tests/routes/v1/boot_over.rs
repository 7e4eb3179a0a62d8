//! What is over for a user is left out of the boot.

use axum::http::Method;
use serde_json::{Value, json};

use crate::support::{Collector, DAY, HOUR, MINUTE, NOW, own, with};

async fn gets(collector: &Collector, more: Value) -> bool {
    let who = with(json!({ "userId": "user-1" }), more);
    let boot = collector.boot(who).await;
    boot["content"]
        .as_array()
        .is_some_and(|all| !all.is_empty())
}

fn modal(more: Value) -> Value {
    with(json!({ "id": "m", "kind": "modal", "title": "M" }), more)
}

async fn does(collector: &Collector, events: &[&str]) {
    for (number, event) in events.iter().enumerate() {
        let at = collector.now() + i64::try_from(number).expect("a few");
        let id = format!("{event}-{at}");
        let about = json!({ "content_id": "m", "version": 1 });
        collector
            .take(json!([own(&id, "user-1", event, at, about)]))
            .await;
    }
    collector.pass(MINUTE);
}

#[tokio::test]
async fn a_guide_is_over_by_its_frequency() {
    for (frequency, closed, finished, snoozed) in [
        (json!(null), false, false, true),
        (json!("once"), false, false, true),
        (json!("until_dismissed"), false, false, true),
        (json!("until_done"), true, false, true),
        (json!("every_session"), true, true, true),
        (json!({ "every": "7d" }), true, true, true),
    ] {
        for (event, expect) in [
            ("Modal Dismissed", closed),
            ("Modal Completed", finished),
            ("Content Snoozed", snoozed),
        ] {
            let content = json!([modal(json!({ "frequency": frequency }))]);
            let collector = Collector::with_content(content).await;
            does(&collector, &["Modal Shown", event]).await;
            assert_eq!(
                gets(&collector, json!({})).await,
                expect,
                "{frequency} {event}"
            );
            does(&collector, &["Content Recalled"]).await;
            assert!(
                gets(&collector, json!({})).await,
                "{frequency} {event}, called"
            );
        }
    }
}

#[tokio::test]
async fn what_is_past_its_schedule_is_left_out_unless_it_is_called_for() {
    let schedule = json!({ "schedule": { "from": NOW + HOUR, "until": NOW + 2 * HOUR } });
    let collector = Collector::with_content(json!([modal(schedule)])).await;
    assert!(
        gets(&collector, json!({})).await,
        "it may begin while the page is open"
    );
    collector.pass(2 * HOUR);
    for who in [json!({}), json!({ "userId": "never-seen" })] {
        assert!(!gets(&collector, who).await);
    }
    assert!(gets(&collector, json!({ "show": "m" })).await);
    does(&collector, &["Content Recalled"]).await;
    assert!(gets(&collector, json!({})).await);
}

#[tokio::test]
async fn lots_are_drawn_as_the_page_draws_them() {
    let share = |percent: u32| json!({ "share": { "percent": percent, "draw": "d" } });
    let content = json!([modal(json!({ "audience": share(50) }))]);
    let collector = Collector::with_content(content).await;
    let mut drawn = 0;
    for number in 0..200 {
        let user = format!("user-{number}");
        let expect = headstart_core::condition::holds::is_drawn("d", &user, 50);
        let got = gets(&collector, json!({ "userId": user })).await;
        assert_eq!(got, expect, "{user}");
        drawn += u32::from(got);
    }
    assert!((60..140).contains(&drawn), "{drawn} of 200");
}

#[tokio::test]
async fn whoever_is_only_compared_gets_it_all_the_same_for_the_page_to_tell() {
    let content = json!([modal(json!({ "holdout": 100 }))]);
    let collector = Collector::with_content(content).await;
    assert!(gets(&collector, json!({})).await);
}

#[tokio::test]
async fn where_the_settings_allow_it_the_explainer_gets_everything() {
    let pro = json!({ "trait": { "name": "plan", "is": { "equals": "pro" } } });
    let over = modal(json!({}));
    let others = with(modal(json!({ "audience": pro })), json!({ "id": "others" }));
    let past = with(
        modal(json!({ "schedule": { "until": NOW - DAY } })),
        json!({ "id": "past" }),
    );
    let collector = Collector::with_content(json!([over, others, past])).await;
    does(&collector, &["Modal Shown", "Modal Dismissed"]).await;
    let debug = json!({ "debug": true });
    let number = async |who: Value| {
        let boot = collector.boot(with(json!({ "debug": true }), who)).await;
        boot["content"].as_array().map(Vec::len)
    };
    assert!(
        !gets(&collector, debug.clone()).await,
        "they do not allow it by themselves"
    );
    let set = json!({ "debug": true }).to_string();
    let answer = collector.admin(Method::PUT, "/api/v1/settings", &set).await;
    assert_eq!(answer.status, 200);
    assert!(!gets(&collector, json!({})).await);
    assert_eq!(number(json!({ "userId": "user-1" })).await, Some(3));
    assert_eq!(number(json!({ "anonymousId": "new" })).await, Some(3));
}

#[tokio::test]
async fn interruptions_are_told_of_the_last_day_and_the_last_one_of_all() {
    let collector =
        Collector::with_content(json!([modal(json!({ "frequency": "every_session" }))])).await;
    let shown = |at: i64, interrupts: bool| {
        let about = json!({ "content_id": "m", "version": 1, "interrupts": interrupts });
        own(
            &format!("user-1/m/shown/{at}"),
            "user-1",
            "Modal Shown",
            at,
            about,
        )
    };
    let known = async || collector.boot(json!({ "userId": "user-1" })).await["known"].clone();
    collector
        .take(json!([
            shown(NOW - 3 * DAY, true),
            shown(NOW - 2 * DAY, true),
            shown(NOW, false)
        ]))
        .await;
    let last = json!([[NOW - 2 * DAY, format!("user-1/m/shown/{}", NOW - 2 * DAY)]]);
    assert_eq!(known().await["interruptions"], last);
    let many: Vec<Value> = (0..150).map(|n| shown(NOW - HOUR + n, true)).collect();
    collector.take(json!(many)).await;
    let told = known().await["interruptions"].as_array().map(Vec::len);
    assert_eq!(told, Some(100));
    let end = json!({ "content_id": "m", "version": 1, "interrupts": true });
    let ended = own("e", "user-1", "Modal Dismissed", NOW + 1, end);
    collector.take(json!([ended])).await;
    assert_eq!(known().await["quiet_since"], NOW + 1);
}
