use axum::http::Method;
use serde_json::{Value, json};

use crate::support::identity::{sign, token_for};
use crate::support::{Answer, Collector, DAY, track};

const PATH: &str = "/api/v1/identity";

async fn remove(collector: &Collector, id: &str) -> Answer {
    collector
        .admin(Method::DELETE, &format!("{PATH}/secrets/{id}"), "")
        .await
}

async fn send(collector: &Collector, token: Value, messages: usize) {
    let messages: Vec<Value> = (0..messages)
        .map(|_| json!({ "type": "track", "userId": "user-1", "event": "Opened" }))
        .collect();
    let answer = collector.batch_with(token, json!(messages)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
}

#[tokio::test]
async fn it_begins_off_and_without_a_secret() {
    let collector = Collector::start();
    let answer = collector.admin_get(PATH).await;
    insta::assert_json_snapshot!(answer.json());
}

#[tokio::test]
async fn the_share_that_is_signed_shows_before_enforcing() {
    let collector = Collector::start();
    let secret = collector.add_secret().await;
    collector.set_mode("observe").await;
    let token = sign(json!({ "sub": "user-1" }), &secret);
    // The eighth day back does not count, the seventh does.
    send(&collector, json!(null), 5).await;
    collector.pass(DAY);
    send(&collector, json!(null), 1).await;
    collector.pass(6 * DAY);
    send(&collector, json!(token), 2).await;
    send(&collector, json!("x"), 1).await;
    insta::assert_json_snapshot!(collector.admin_get(PATH).await.json());
}

#[tokio::test]
async fn the_counts_outlive_a_restart() {
    let collector = Collector::start();
    collector.set_mode("observe").await;
    send(&collector, json!(null), 1).await;
    send(&collector, json!(null), 1).await;
    let collector = collector.restart();
    assert_eq!(collector.traffic().await, [0, 2, 0]);
}

#[tokio::test]
async fn enforcing_while_not_all_is_signed_is_allowed_and_warned_of() {
    let collector = Collector::start();
    let secret = collector.add_secret().await;
    let warned = |state: &Value| state["warning"].as_str().map(str::to_owned);
    let state = collector.set_mode("enforce").await;
    insta::assert_snapshot!(
        warned(&state).expect("a warning"),
        @"nothing is known of how much is signed, and what is not is refused: set the mode to `observe` first, and look at the share after a day"
    );
    assert_eq!(warned(&collector.set_mode("observe").await), None);
    send(&collector, json!(token_for("user-1", &secret)), 3).await;
    assert_eq!(warned(&collector.set_mode("enforce").await), None);
    collector.set_mode("observe").await;
    send(&collector, json!(null), 1).await;
    let state = collector.set_mode("enforce").await;
    assert_eq!(state["mode"], "enforce");
    insta::assert_snapshot!(
        warned(&state).expect("a warning"),
        @"of the last seven days' 4 messages and boots that name a user or an account, 1 were not signed or not well (1 without a token, 0 with one that does not do): such are refused. Where users should go on, set the mode back to `observe` until all are signed"
    );
}

#[tokio::test]
async fn enforcing_without_a_secret_is_refused() {
    let collector = Collector::start();
    let body = json!({ "mode": "enforce" }).to_string();
    let answer = collector.admin(Method::PUT, PATH, &body).await;
    assert_eq!(answer.refusal(), (409, "no_secret".to_owned()));
    assert_eq!(collector.admin_get(PATH).await.json()["mode"], "off");
}

#[tokio::test]
async fn a_mode_that_there_is_not_is_named() {
    let collector = Collector::start();
    for body in [r#"{"mode":"on"}"#, "{}", r#"{"mode":"off","more":1}"#, ""] {
        let answer = collector.admin(Method::PUT, PATH, body).await;
        assert_eq!(answer.status, 400, "{body}");
    }
}

#[tokio::test]
async fn a_secret_is_told_once() {
    let collector = Collector::start();
    let answer = collector.admin_post("/api/v1/identity/secrets", "").await;
    assert_eq!(answer.status, 201);
    assert_eq!(answer.header("cache-control"), "no-store");
    let made = answer.json();
    let secret = made["secret"].as_str().expect("a secret");
    assert_eq!(secret.len(), "is_".len() + 64);
    assert_eq!(made["created_at"], collector.now());
    let shown = collector.admin_get(PATH).await;
    assert_eq!(shown.json()["secrets"][0]["id"], made["id"]);
    assert!(!shown.text().contains(&secret[3..]));
}

#[tokio::test]
async fn a_third_secret_is_refused_with_the_remedy() {
    let collector = Collector::start();
    assert_ne!(collector.add_secret().await, collector.add_secret().await);
    let answer = collector.admin_post("/api/v1/identity/secrets", "").await;
    assert_eq!(answer.status, 409);
    insta::assert_json_snapshot!(answer.json(), @r#"
    {
      "error": {
        "code": "two_secrets",
        "message": "two identity secrets are live already; sign with the newer one, wait until the older is not used any more, and remove that with `headstart identity secret remove ID`"
      }
    }
    "#);
    assert_eq!(remove(&collector, "1").await.status, 200);
    collector.add_secret().await;
    let ids = collector.admin_get(PATH).await.json()["secrets"].clone();
    let ids: Vec<&Value> = ids
        .as_array()
        .expect("an array")
        .iter()
        .map(|s| &s["id"])
        .collect();
    assert_eq!(ids, [&json!(2), &json!(3)], "an id never comes again");
}

#[tokio::test]
async fn a_secret_shows_when_it_was_last_used() {
    let (collector, old) = Collector::enforcing(json!([])).await;
    let new = collector.add_secret().await;
    let used = async || {
        let secrets = collector.admin_get(PATH).await.json()["secrets"].clone();
        [0, 1].map(|index: usize| secrets[index]["last_used_at"].as_i64())
    };
    assert_eq!(used().await, [None, None]);
    let first = collector.now();
    send(&collector, json!(token_for("user-1", &old)), 1).await;
    collector.pass(60_000);
    send(&collector, json!(token_for("user-1", &new)), 1).await;
    assert_eq!(used().await, [Some(first), Some(first + 60_000)]);
}

#[tokio::test]
async fn the_last_secret_stays_while_it_is_enforced() {
    let (collector, _) = Collector::enforcing(json!([])).await;
    assert_eq!(
        remove(&collector, "1").await.refusal(),
        (409, "last_secret".to_owned())
    );
    for id in ["9", "x", "-1", "1e3"] {
        assert_eq!(
            remove(&collector, id).await.refusal(),
            (404, "not_found".to_owned())
        );
    }
    collector.set_mode("observe").await;
    assert_eq!(remove(&collector, "1").await.status, 200);
}

#[tokio::test]
async fn a_removed_secret_takes_its_revocations_along() {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    collector.add_secret().await;
    let token = token_for("user-1", &secret);
    collector
        .browser("/v1/reset", json!({ "token": token }))
        .await;
    let kept = || collector.row::<i64>("SELECT count(*) FROM revoked_tokens");
    assert_eq!(kept(), 1);
    remove(&collector, "1").await;
    assert_eq!(kept(), 0);
    let message = json!([track("m1", "user-1", "Opened")]);
    let answer = collector.batch_with(json!(token), message).await;
    assert_eq!(
        answer.rejected(),
        [(0, "identity_token_invalid".to_owned())]
    );
}
