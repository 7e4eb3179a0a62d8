//! Signing out: the token is over.

use serde_json::{Value, json};

use crate::support::identity::{EXP, sign, token_for};
use crate::support::{Collector, DAY, HOUR, checklist, track};

async fn boot(collector: &Collector, token: &str) -> u16 {
    let body = json!({ "userId": "user-1", "token": token });
    collector.browser("/v1/boot", body).await.status.as_u16()
}

async fn reset(collector: &Collector, token: Value) -> (u16, Value) {
    let answer = collector
        .browser("/v1/reset", json!({ "token": token }))
        .await;
    (answer.status.as_u16(), answer.json())
}

#[tokio::test]
async fn a_token_is_refused_after_a_reset() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let token = token_for("user-1", &secret);
    assert_eq!(boot(&collector, &token).await, 200);
    assert_eq!(reset(&collector, json!(token)).await, (200, json!({})));
    let body = json!({ "userId": "user-1", "token": token });
    let refused = collector.browser("/v1/boot", body).await;
    insta::assert_json_snapshot!(refused.json(), @r#"
    {
      "error": {
        "code": "identity_token_revoked",
        "message": "the token was given up by a reset; fetch a new one from your backend and pass it to `identify`",
        "path": "token"
      }
    }
    "#);
    let message = track("m1", "user-1", "Invoice Created");
    let answer = collector.batch_with(json!(token), json!([message])).await;
    assert_eq!(
        answer.rejected(),
        [(0, "identity_token_revoked".to_owned())]
    );
    // Twice is no mistake.
    assert_eq!(reset(&collector, json!(token)).await, (200, json!({})));
}

/// The last letter of a signature has bits that mean nothing.
#[tokio::test]
async fn a_token_written_otherwise_does_not_get_past_a_reset() {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    let token = token_for("user-1", &secret);
    reset(&collector, json!(token)).await;
    let but_last = &token[..token.len() - 1];
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=".chars() {
        for other in [format!("{but_last}{last}"), format!("{token}{last}")] {
            assert_eq!(boot(&collector, &other).await, 401, "{last}");
        }
    }
}

#[tokio::test]
async fn other_tokens_of_the_user_stay_good() {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    let other_device = sign(json!({ "sub": "user-1", "exp": EXP + 1 }), &secret);
    reset(&collector, json!(token_for("user-1", &secret))).await;
    assert_eq!(boot(&collector, &other_device).await, 200);
}

#[tokio::test]
async fn a_reset_outlives_a_restart() {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    let (given_up, kept) = (
        token_for("user-1", &secret),
        sign(json!({ "sub": "user-1", "exp": EXP + 1 }), &secret),
    );
    reset(&collector, json!(given_up)).await;
    let collector = collector.restart();
    assert_eq!(boot(&collector, &given_up).await, 401);
    assert_eq!(boot(&collector, &kept).await, 200);
}

#[tokio::test]
async fn a_reset_in_any_mode_holds_when_it_is_enforced() {
    for mode in ["off", "observe"] {
        let collector = Collector::start();
        let secret = collector.add_secret().await;
        collector.set_mode(mode).await;
        let token = token_for("user-1", &secret);
        assert_eq!(reset(&collector, json!(token)).await, (200, json!({})));
        collector.set_mode("enforce").await;
        assert_eq!(boot(&collector, &token).await, 401);
    }
}

#[tokio::test]
async fn what_was_never_good_is_not_kept() {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    let kept = || collector.row::<i64>("SELECT count(*) FROM revoked_tokens");
    for (token, status) in [
        (json!(null), 401),
        (json!("x"), 401),
        (json!(token_for("user-1", "guess")), 401),
        (
            json!(sign(json!({ "sub": "user-1", "exp": 1 }), &secret)),
            200,
        ),
    ] {
        assert_eq!(reset(&collector, token.clone()).await.0, status, "{token}");
    }
    assert_eq!(kept(), 0);
    collector.set_mode("observe").await;
    for token in [json!(null), json!("x")] {
        assert_eq!(reset(&collector, token).await, (200, json!({})));
    }
    assert_eq!(kept(), 0);
    let answer = collector.post("/v1/reset", &json!({ "token": "x" })).await;
    assert_eq!(answer.refusal(), (401, "no_write_key".to_owned()));
}

#[tokio::test]
async fn what_has_expired_is_not_kept_for_ever() {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    reset(&collector, json!(token_for("user-1", &secret))).await;
    let endless = sign(json!({ "sub": "user-1" }), &secret);
    reset(&collector, json!(endless)).await;
    collector.pass(2 * DAY + HOUR);
    let later = sign(json!({ "sub": "user-1", "exp": EXP + 3 * 86_400 }), &secret);
    reset(&collector, json!(later)).await;
    assert_eq!(
        collector.row::<i64>("SELECT count(*) FROM revoked_tokens"),
        2
    );
    assert_eq!(boot(&collector, &endless).await, 401);
}
