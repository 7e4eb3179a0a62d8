//! Accounts: what is told of one counts for all its users.

#![expect(
    clippy::needless_pass_by_value,
    reason = "tests read better with `json!` given as it is"
)]

use serde_json::{Value, json};

use crate::support::Collector;
use crate::support::identity::{EXP, sign, token_for};

fn group(who: Value) -> Value {
    let mut message = json!({
        "type": "group", "groupId": "acme", "traits": { "seats": 5 }
    });
    let fields = message.as_object_mut().expect("an object");
    fields.extend(who.as_object().expect("an object").clone());
    message
}

async fn check(claims: Option<Value>, message: Value, expect: Option<&str>) {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    let token = claims.map(|claims| sign(claims, &secret));
    let answer = collector.batch_with(json!(token), json!([message])).await;
    let codes: Vec<String> = answer
        .rejected()
        .into_iter()
        .map(|(_, code)| code)
        .collect();
    assert_eq!(codes, Vec::from_iter(expect), "{message}");
    let joined = collector.row::<i64>("SELECT count(*) FROM people WHERE account IS NOT NULL");
    let told = collector.row::<i64>("SELECT count(*) FROM account_traits");
    if expect.is_some() {
        assert_eq!((joined, told), (0, 0), "{message}");
    } else {
        assert_eq!(joined, told, "{message}");
    }
}

#[tokio::test]
async fn an_account_is_joined_with_a_token_that_names_it() {
    let user = json!({ "userId": "user-1" });
    let of = |account: Value| Some(json!({ "sub": "user-1", "account": account, "exp": EXP }));
    check(of(json!("acme")), group(user.clone()), None).await;
    check(
        of(json!("other")),
        group(user.clone()),
        Some("identity_mismatch"),
    )
    .await;
    check(
        of(json!(null)),
        group(user.clone()),
        Some("identity_mismatch"),
    )
    .await;
    let missing = Some("identity_token_missing");
    check(None, group(user), missing).await;
}

#[tokio::test]
async fn somebody_unknown_joins_no_account() {
    let browser = json!({ "anonymousId": "browser-1" });
    check(None, group(browser.clone()), Some("identity_token_missing")).await;
    let other = Some(json!({ "sub": "user-2", "account": "other", "exp": EXP }));
    check(other, group(browser.clone()), Some("identity_mismatch")).await;
    let own = Some(json!({ "sub": "user-2", "account": "acme", "exp": EXP }));
    check(own, group(browser), None).await;
}

#[tokio::test]
async fn an_account_for_another_user_is_refused() {
    let claims = Some(json!({ "sub": "user-2", "account": "acme", "exp": EXP }));
    let user = json!({ "userId": "user-1" });
    check(claims, group(user), Some("identity_mismatch")).await;
}

#[tokio::test]
async fn an_event_on_an_account_needs_a_token_that_names_it() {
    let event = |who: Value| {
        let mut event = json!({
            "type": "track", "event": "Opened", "context": { "groupId": "acme" }
        });
        let fields = event.as_object_mut().expect("an object");
        fields.extend(who.as_object().expect("an object").clone());
        event
    };
    let browser = json!({ "anonymousId": "browser-1" });
    check(None, event(browser), Some("identity_token_missing")).await;
    let user = json!({ "userId": "user-1" });
    let without = Some(json!({ "sub": "user-1", "exp": EXP }));
    check(without, event(user.clone()), Some("identity_mismatch")).await;
    let with = Some(json!({ "sub": "user-1", "account": "acme", "exp": EXP }));
    check(with, event(user), None).await;
}

#[tokio::test]
async fn an_accounts_traits_are_not_told_to_who_knows_a_browsers_id() {
    let audience = json!({ "trait": { "of": "account", "name": "seats", "is": "exists" } });
    let tip = json!({
        "id": "t", "kind": "tip", "title": "T", "target": "#x",
        "audience": { "any": [audience, { "page": { "path": "/x" } }] }
    });
    let (collector, secret) = Collector::enforcing(json!([tip])).await;
    let joined = json!({ "anonymousId": "browser-1", "groupId": "acme", "traits": { "seats": 5 } });
    collector.server("/v1/group", joined).await;
    let boot = async || {
        let body = json!({ "anonymousId": "browser-1" });
        let answer = collector.browser("/v1/boot", body).await;
        answer.json()["known"]["account_traits"].clone()
    };
    assert!(boot().await.is_object());
    let join = json!({ "type": "identify", "userId": "user-1", "anonymousId": "browser-1" });
    let token = json!(token_for("user-1", &secret));
    collector.batch_with(token, json!([join])).await;
    assert!(boot().await.is_null());
}
