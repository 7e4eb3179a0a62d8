use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64_URL;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{Presented, verify};
use crate::identity::{Claims, Flaw, Secret};

const NOW: i64 = 1_795_341_600_000;
const SECONDS: i64 = NOW / 1_000;

fn secret(id: i64, text: &str) -> Secret {
    Secret {
        id,
        text: text.to_owned(),
        created_at: 0,
        last_used_at: None,
    }
}

fn secrets() -> [Secret; 2] {
    [secret(1, "is_old"), secret(2, "is_new")]
}

fn mac(signed: &str, key: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any length will do");
    mac.update(signed.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn token_of(header: &str, payload: &str, key: &str) -> String {
    let encode = |part: &str| BASE64_URL.encode(part);
    let signed = format!("{}.{}", encode(header), encode(payload));
    let signature = BASE64_URL.encode(mac(&signed, key));
    format!("{signed}.{signature}")
}

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;

fn token(payload: &Value) -> String {
    token_of(HEADER, &payload.to_string(), "is_new")
}

fn read(token: &str) -> Result<Claims, Flaw> {
    verify(&Presented::Text(token.to_owned()), &secrets(), NOW)
}

fn code(token: &str) -> &'static str {
    read(token).map_or_else(Flaw::code, |_| "good")
}

/// Made with Node's `crypto`, as in docs/identity.md; a backend's clock and words, not ours.
#[test]
fn a_token_that_node_has_signed_is_read() {
    let made = concat!(
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9",
        ".eyJzdWIiOiJ1c2VyLTEiLCJhY2NvdW50IjoiYWNtZSIsImlhdCI6MTc5NTM0MTAwMCwiZXhwIjoxNzk1MzQ0NjAwfQ",
        ".GRLpyXnlCo5xTlFTjpfi9a3K4mreW-U901QNBcCAgPk"
    );
    let claims = read(made).expect("a good token");
    assert_eq!(claims.user, "user-1");
    assert_eq!(claims.account.as_deref(), Some("acme"));
}

#[test]
fn both_live_secrets_are_good_and_no_other_is() {
    let payload = r#"{"sub":"user-1"}"#;
    for (key, expect) in [("is_old", Some(1)), ("is_new", Some(2)), ("is_older", None)] {
        let read = read(&token_of(HEADER, payload, key));
        assert_eq!(read.ok().map(|claims| claims.secret), expect, "{key}");
    }
    let with_none = Presented::Text(token(&json!({ "sub": "user-1" })));
    assert!(verify(&with_none, &[], NOW).is_err());
}

#[test]
fn no_other_algorithm_is_taken_whoever_has_signed() {
    let payload = r#"{"sub":"user-1"}"#;
    for alg in [
        "none", "None", "NONE", "", "hs256", "HS384", "HS512", "RS256", "ES256", "HS256 ",
    ] {
        let header = json!({ "alg": alg }).to_string();
        let signed = token_of(&header, payload, "is_new");
        assert_eq!(code(&signed), "identity_token_invalid", "{alg}");
        let (unsigned, _) = signed.rsplit_once('.').expect("dots");
        assert_eq!(
            code(&format!("{unsigned}.")),
            "identity_token_invalid",
            "{alg}"
        );
    }
    for header in [
        r#"{"typ":"JWT"}"#,
        r#"{"alg":["HS256"]}"#,
        r#"{"alg":"none","alg":"HS256"}"#,
        r#"{"alg":"HS256","crit":["b64"],"b64":false}"#,
        "[]",
        "HS256",
    ] {
        let signed = token_of(header, payload, "is_new");
        assert_eq!(code(&signed), "identity_token_invalid", "{header}");
    }
}

#[test]
fn a_changed_token_is_refused() {
    let good = token(&json!({ "sub": "user-1" }));
    assert_eq!(code(&good), "good");
    for at in 0..good.len() {
        let mut bytes = good.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(bytes).expect("it is ASCII");
        assert_eq!(code(&changed), "identity_token_invalid", "{at}");
    }
}

#[test]
fn what_is_not_three_parts_in_base64url_is_refused() {
    let good = token(&json!({ "sub": "user-1" }));
    let shorter = &good[..good.len() - 4];
    for bad in [
        "x".to_owned(),
        "..".to_owned(),
        "a.b".to_owned(),
        format!("{good}."),
        format!("{good}="),
        format!(" {good}"),
        format!(".{good}"),
        good.replace('.', ".."),
        shorter.to_owned(),
        format!("{shorter}é"),
    ] {
        assert_eq!(code(&bad), "identity_token_invalid", "{bad}");
    }
    assert_eq!(
        code(&format!("{good}{}", "A".repeat(5_000))),
        "identity_token_invalid"
    );
    let long = token(&json!({ "sub": "user-1", "more": "x".repeat(4_000) }));
    assert_eq!(code(&long), "identity_token_invalid");
}

/// What differs only in bits that mean nothing would get past a revocation.
#[test]
fn there_is_one_way_only_to_write_a_signature() {
    let good = token(&json!({ "sub": "user-1" }));
    let (signed, signature) = good.rsplit_once('.').expect("dots");
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=";
    let alike = alphabet.chars().filter(|last| {
        let other = format!("{signed}.{}{last}", &signature[..signature.len() - 1]);
        code(&other) == "good"
    });
    assert_eq!(alike.count(), 1);
}

/// A revocation is of what was signed, however its signature is written.
#[test]
fn a_token_is_known_by_what_was_signed() {
    let made = token(&json!({ "sub": "user-1" }));
    let (signed, _) = made.rsplit_once('.').expect("dots");
    let expect: [u8; 32] = Sha256::digest(signed).into();
    assert_eq!(read(&made).map(|claims| claims.digest), Ok(expect));
}

#[test]
fn the_user_is_a_text_or_a_whole_number() {
    let long = "x".repeat(257);
    for (sub, expect) in [
        (json!("user-1"), Some("user-1")),
        (json!(7), Some("7")),
        (json!(-7), Some("-7")),
        (json!(""), None),
        (json!(1.5), None),
        (json!(null), None),
        (json!(true), None),
        (json!(["user-1"]), None),
        (json!(long), None),
    ] {
        let read = read(&token(&json!({ "sub": sub })));
        assert_eq!(
            read.ok().map(|claims| claims.user).as_deref(),
            expect,
            "{sub}"
        );
    }
    for payload in [
        "{}",
        r#"["user-1"]"#,
        "\"user-1\"",
        "",
        r#"{"sub":"a","sub":"b"}"#,
    ] {
        let read = read(&token_of(HEADER, payload, "is_new"));
        assert!(matches!(read, Err(Flaw::Invalid(_))), "{payload}");
    }
}

#[test]
fn the_account_is_a_text_or_a_whole_number_or_left_out() {
    for (account, expect) in [
        (json!("acme"), Ok(Some("acme".to_owned()))),
        (json!(7), Ok(Some("7".to_owned()))),
        (json!(null), Ok(None)),
        (json!(""), Err("identity_token_invalid")),
        (json!({}), Err("identity_token_invalid")),
    ] {
        let read = read(&token(&json!({ "sub": "user-1", "account": account })));
        assert_eq!(
            read.map(|claims| claims.account).map_err(Flaw::code),
            expect,
            "{account}"
        );
    }
}

#[test]
fn a_token_is_good_until_it_expires_give_or_take_a_minute() {
    for (exp, expect) in [
        (json!(SECONDS + 3_600), "good"),
        (json!(SECONDS - 59), "good"),
        (json!(1_795_341_540.5), "good"),
        (json!(SECONDS - 60), "identity_token_expired"),
        (json!(0), "identity_token_expired"),
        (json!(-1), "identity_token_expired"),
        (json!(NOW), "identity_token_invalid"),
        (json!(1e300), "identity_token_invalid"),
        (json!("3000000000"), "identity_token_invalid"),
        (json!(null), "identity_token_invalid"),
        (json!([]), "identity_token_invalid"),
    ] {
        let token = token(&json!({ "sub": "user-1", "exp": exp }));
        assert_eq!(code(&token), expect, "{exp}");
    }
    let token = token(&json!({ "sub": "user-1", "exp": SECONDS - 3_600 }));
    assert_eq!(code(&token), "identity_token_expired");
}

#[test]
fn a_token_is_not_good_before_its_time() {
    for (nbf, expect) in [
        (json!(SECONDS), "good"),
        (json!(SECONDS + 60), "good"),
        (json!(SECONDS + 61), "identity_token_invalid"),
        (json!("now"), "identity_token_invalid"),
    ] {
        let token = token(&json!({ "sub": "user-1", "nbf": nbf }));
        assert_eq!(code(&token), expect, "{nbf}");
    }
}

#[test]
fn nothing_of_a_token_is_told_before_its_signature_was_looked_at() {
    let forged = token_of(HEADER, r#"{"sub":"user-1","exp":1}"#, "guess");
    let told = read(&forged).expect_err("it is forged").to_string();
    assert!(
        told.contains("not signed with a secret that is live"),
        "{told}"
    );
}

#[test]
fn a_revocation_outlives_the_token() {
    let claims =
        read(&token(&json!({ "sub": "user-1", "exp": SECONDS }))).expect("within a minute");
    assert!(claims.forgotten_at() > Some(NOW + 60_000));
    let endless = read(&token(&json!({ "sub": "user-1" }))).expect("good");
    assert_eq!(endless.forgotten_at(), None);
}

#[test]
fn anything_may_stand_where_the_token_is_to_be() {
    for (given, expect) in [
        (json!(null), Presented::Nothing),
        (json!(""), Presented::Nothing),
        (json!("x"), Presented::Text("x".to_owned())),
        (json!(7), Presented::Other),
        (json!({ "a": [1] }), Presented::Other),
    ] {
        assert_eq!(
            serde_json::from_value::<Presented>(given).ok(),
            Some(expect)
        );
    }
}
