//! Reading a token: a JSON Web Token, signed with HS256 and with nothing else.
//!
//! Sources: RFC 7515 (JWS, the compact form), RFC 7519 (JWT: `sub`, `exp`, `nbf`), RFC 7518, section
//! 3.2 (HS256), RFC 8725 (what to refuse).

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64_URL;
use headstart_core::time::{DAY, MINUTE, SECOND};
use hmac::{Hmac, KeyInit, Mac};
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::identity::{Digest, Flaw, Secret};
use crate::message::LONGEST_ID;

/// The most bytes of a token.
const MOST_BYTES: usize = 4 * 1_024;
/// So far may the clock of the backend that signs be from ours, milliseconds.
const LEEWAY: i64 = MINUTE;
/// An `exp` from here on (the year 5138) is in milliseconds by mistake, and would not end.
const MOST_SECONDS: f64 = 1e11;

/// The token of a request, as it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Presented {
    #[default]
    Nothing,
    Text(String),
    /// Something that is no text.
    Other,
}

/// Takes anything, so that a project that does not look at tokens refuses none.
impl<'de> Deserialize<'de> for Presented {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Value::deserialize(deserializer)? {
            Value::Null => Self::Nothing,
            Value::String(text) if text.is_empty() => Self::Nothing,
            Value::String(text) => Self::Text(text),
            _ => Self::Other,
        })
    }
}

/// What a good token says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claims {
    pub user: String,
    pub account: Option<String>,
    /// Wall milliseconds; none if it never does.
    pub expires_at: Option<i64>,
    pub digest: Digest,
    /// The secret that it was signed with.
    pub secret: i64,
}

impl Claims {
    /// From when on a revocation need not be known any more: well past the time from which it is
    /// refused anyway, lest a clock that is set back bring it to life again.
    pub(crate) fn forgotten_at(&self) -> Option<i64> {
        self.expires_at
            .map(|expires_at| expires_at.saturating_add(LEEWAY + DAY))
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    /// Extensions that must be understood. None is.
    crit: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct Payload {
    sub: Option<Value>,
    account: Option<Value>,
    #[serde(default, deserialize_with = "given")]
    exp: Option<Value>,
    #[serde(default, deserialize_with = "given")]
    nbf: Option<Value>,
}

/// Also where it is `null`.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// What a token says, if one of the secrets has signed it and `now` (wall milliseconds) is within its
/// time. What a token says is looked at only after its signature was.
pub(crate) fn verify(presented: &Presented, secrets: &[Secret], now: i64) -> Result<Claims, Flaw> {
    let token = match presented {
        Presented::Nothing => return Err(Flaw::Missing),
        Presented::Other => return Err(Flaw::Invalid("it must be a text")),
        Presented::Text(token) => token,
    };
    if token.len() > MOST_BYTES {
        return Err(Flaw::Invalid(
            "it is longer than 4 KB; `sub`, `account` and `exp` are enough",
        ));
    }
    let shape = Flaw::Invalid("it must be a JWT: three parts in base64url with dots between them");
    let (signed, signature) = token.rsplit_once('.').ok_or(shape)?;
    let (header, payload) = signed.split_once('.').ok_or(shape)?;
    let signature = BASE64_URL.decode(signature).map_err(|_| shape)?;
    let header: Header = part(header).ok_or(shape)?;
    if header.alg != "HS256" {
        return Err(Flaw::Invalid("its `alg` must be HS256"));
    }
    if header.crit.is_some() {
        return Err(Flaw::Invalid(
            "its header has `crit`, which nothing here understands",
        ));
    }
    let secret = signer(signed.as_bytes(), &signature, secrets).ok_or(Flaw::Invalid(
        "it was not signed with a secret that is live here; `headstart identity show` lists those \
         that are",
    ))?;
    let payload: Payload =
        part(payload).ok_or(Flaw::Invalid("its payload must be a JSON object"))?;
    let expires_at = time(
        payload.exp,
        "its `exp` must be a number of seconds since 1970",
    )?;
    let not_before = time(
        payload.nbf,
        "its `nbf` must be a number of seconds since 1970",
    )?;
    if expires_at.is_some_and(|at| now >= at.saturating_add(LEEWAY)) {
        return Err(Flaw::Expired);
    }
    if not_before.is_some_and(|at| now < at.saturating_sub(LEEWAY)) {
        return Err(Flaw::Invalid("its `nbf` lies in the future"));
    }
    let user = name(payload.sub).ok().flatten();
    Ok(Claims {
        user: user.ok_or(Flaw::Invalid("its `sub` must be the user's id"))?,
        account: name(payload.account)
            .map_err(|()| Flaw::Invalid("its `account` must be the account's id"))?,
        expires_at,
        digest: Sha256::digest(signed).into(),
        secret,
    })
}

/// The secret that has signed this. All are tried, each in a time that tells nothing of how near a
/// guess was.
fn signer(signed: &[u8], signature: &[u8], secrets: &[Secret]) -> Option<i64> {
    let mut found = None;
    for secret in secrets {
        let mac = Hmac::<Sha256>::new_from_slice(secret.text.as_bytes());
        let Ok(mut mac) = mac else {
            continue;
        };
        mac.update(signed);
        if mac.verify_slice(signature).is_ok() {
            found = Some(secret.id);
        }
    }
    found
}

fn part<T: DeserializeOwned>(encoded: &str) -> Option<T> {
    let json = BASE64_URL.decode(encoded).ok()?;
    serde_json::from_slice(&json).ok()
}

/// An id: a text, or a whole number, as messages have them.
fn name(value: Option<Value>) -> Result<Option<String>, ()> {
    let name = match value {
        None => return Ok(None),
        Some(Value::String(text)) => text,
        Some(Value::Number(number)) if number.is_i64() => number.to_string(),
        Some(_) => return Err(()),
    };
    if name.is_empty() || name.chars().count() > LONGEST_ID {
        return Err(());
    }
    Ok(Some(name))
}

/// A time in wall milliseconds, of one in seconds.
fn time(value: Option<Value>, otherwise: &'static str) -> Result<Option<i64>, Flaw> {
    let Some(value) = value else {
        return Ok(None);
    };
    let seconds = value.as_f64().ok_or(Flaw::Invalid(otherwise))?;
    if seconds.abs() >= MOST_SECONDS {
        return Err(Flaw::Invalid(
            "its times are in milliseconds; a JWT's are in seconds since 1970",
        ));
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "it is less than 1e14"
    )]
    Ok(Some((seconds * SECOND as f64) as i64))
}

#[cfg(test)]
mod tests;
