//! Tokens that somebody has made up, stolen from elsewhere, or changed.

use serde_json::{Value, json};

use crate::support::identity::{EXP, sign, sign_as, token_for};
use crate::support::{Collector, HOUR, checklist, track, with};

/// No route gives or takes anything of user-1's with this token.
async fn check_refused(collector: &Collector, token: Value, code: &str) {
    let boot = json!({ "userId": "user-1", "token": token });
    let booted = collector.browser("/v1/boot", boot).await;
    assert_eq!(booted.refusal(), (401, code.to_owned()), "{token}");
    for path in ["/v1/identify", "/v1/track", "/v1/page", "/v1/group"] {
        let message = json!({
            "userId": "user-1", "anonymousId": "browser-1", "event": "Invoice Created",
            "groupId": "acme", "token": token
        });
        let answer = collector.browser(path, message).await;
        assert_eq!(answer.refusal(), (401, code.to_owned()), "{path} {token}");
    }
    let message = track("m1", "user-1", "Invoice Created");
    let answer = collector.batch_with(token.clone(), json!([message])).await;
    assert_eq!(answer.rejected(), [(0, code.to_owned())], "{token}");
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM events"), 0);
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM people"), 0);
    assert_eq!(collector.row::<i64>("SELECT count(*) FROM visits"), 0);
}

#[tokio::test]
async fn no_token_no_user() {
    let (collector, _) = Collector::enforcing(json!([checklist()])).await;
    check_refused(&collector, json!(null), "identity_token_missing").await;
    check_refused(&collector, json!(""), "identity_token_missing").await;
}

#[tokio::test]
async fn a_forged_signature_is_refused() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let good = token_for("user-1", &secret);
    let (signed, _) = good.rsplit_once('.').expect("dots");
    let of_another = token_for("user-2", &secret);
    let (_, signature) = of_another.rsplit_once('.').expect("dots");
    for forged in [
        format!("{signed}."),
        format!("{signed}.AAAA"),
        format!("{signed}.{signature}"),
        token_for("user-1", ""),
        token_for("user-1", "secret"),
        token_for("user-1", &collector.keys.write_key),
        "user-1".to_owned(),
        "A".repeat(8_000),
    ] {
        check_refused(&collector, json!(forged), "identity_token_invalid").await;
    }
    for token in [
        json!(7),
        json!(true),
        json!({ "sub": "user-1" }),
        json!([good]),
    ] {
        check_refused(&collector, token, "identity_token_invalid").await;
    }
}

#[tokio::test]
async fn a_user_swapped_into_a_good_token_is_refused() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let theirs = token_for("user-2", &secret);
    let wanted = token_for("user-1", "whatever");
    let parts = |token: &str| token.split('.').map(str::to_owned).collect::<Vec<_>>();
    let swapped = [
        parts(&theirs)[0].clone(),
        parts(&wanted)[1].clone(),
        parts(&theirs)[2].clone(),
    ]
    .join(".");
    check_refused(&collector, json!(swapped), "identity_token_invalid").await;
}

#[tokio::test]
async fn a_good_token_for_another_user_is_refused() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    for other in ["user-2", "user", "user-11", "USER-1", "user-1 ", "*"] {
        check_refused(
            &collector,
            json!(token_for(other, &secret)),
            "identity_mismatch",
        )
        .await;
    }
}

#[tokio::test]
async fn no_other_algorithm_will_do() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let claims = json!({ "sub": "user-1", "exp": EXP });
    for alg in ["none", "None", "nOnE", "", "HS384", "HS512"] {
        let token = sign_as(json!({ "alg": alg }), claims.clone(), &secret);
        let (signed, _) = token.rsplit_once('.').expect("dots");
        check_refused(
            &collector,
            json!(format!("{signed}.")),
            "identity_token_invalid",
        )
        .await;
        check_refused(&collector, json!(token), "identity_token_invalid").await;
    }
}

/// A verifier that lets the header choose takes what it has for a public key, and so for no secret.
#[tokio::test]
async fn a_token_that_says_rs256_is_not_read_by_what_it_says() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let claims = json!({ "sub": "user-1", "exp": EXP });
    for key in [&secret, &collector.keys.write_key] {
        for alg in ["RS256", "ES256", "PS256", "EdDSA"] {
            let header = json!({ "alg": alg, "jwk": { "kty": "oct", "k": "AAAA" }, "kid": "1" });
            let token = sign_as(header, claims.clone(), key);
            check_refused(&collector, json!(token), "identity_token_invalid").await;
        }
    }
    let header = json!({ "alg": "HS256", "jwk": { "kty": "oct", "k": "AAAA" } });
    let own_key = sign_as(header, claims, "\0\0\0");
    check_refused(&collector, json!(own_key), "identity_token_invalid").await;
}

#[tokio::test]
async fn another_projects_secret_opens_nothing_here() {
    let (collector, _) = Collector::enforcing(json!([checklist()])).await;
    let (_other, others) = Collector::enforcing(json!([checklist()])).await;
    let token = token_for("user-1", &others);
    check_refused(&collector, json!(token), "identity_token_invalid").await;
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let (collector, secret) = Collector::enforcing(json!([checklist()])).await;
    let token = token_for("user-1", &secret);
    collector.pass(HOUR + 60_000);
    check_refused(&collector, json!(token), "identity_token_expired").await;
    let changed = sign(json!({ "sub": "user-1", "exp": EXP + 7_200 }), "guess");
    check_refused(&collector, json!(changed), "identity_token_invalid").await;
}

#[tokio::test]
async fn a_refusal_names_the_remedy_and_where_it_is_wrong() {
    let (collector, secret) = Collector::enforcing(json!([])).await;
    let boot = async |token: Value| {
        let body = json!({ "userId": "user-1", "token": token });
        collector.browser("/v1/boot", body).await.json()["error"].clone()
    };
    collector.pass(2 * HOUR);
    let late = json!({ "sub": "user-2", "exp": EXP + 7_200 });
    let account = json!({ "sub": "user-1", "exp": EXP + 7_200 });
    let group = json!({
        "userId": "user-1", "groupId": "acme", "token": sign(account, &secret)
    });
    insta::assert_json_snapshot!(json!([
        boot(json!(null)).await,
        boot(json!("x")).await,
        boot(json!(token_for("user-1", &secret))).await,
        boot(json!(sign(late, &secret))).await,
        collector.browser("/v1/group", group).await.json()["error"],
    ]));
    let batch = json!([
        track("good", "user-2", "Invoice Created"),
        with(
            track("bad", "user-1", "Invoice Created"),
            json!({ "messageId": null })
        ),
        track("worse", "user-1", "Invoice Created"),
    ]);
    let token = sign(json!({ "sub": "user-2", "exp": EXP + 7_200 }), &secret);
    let mut answer = collector.batch_with(json!(token), batch).await.json();
    // Made up on arrival.
    answer["rejected"][0]["message_id"] = json!("…");
    insta::assert_json_snapshot!(answer);
    assert_eq!(
        collector.rows::<String>("SELECT message_id FROM events"),
        ["good"]
    );
}
