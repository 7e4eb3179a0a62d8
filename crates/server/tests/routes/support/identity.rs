//! A collector that enforces identity, and tokens, good and bad.

use axum::body::Body;
use axum::http::{Method, Request, header};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD as BASE64_URL};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use crate::support::{Answer, Collector, NOW, with};

/// When a token expires that is good for an hour.
pub const EXP: i64 = NOW / 1_000 + 3_600;

/// Signs as any JWT library does, with HS256 whatever the header says.
pub fn sign_as(header: Value, claims: Value, key: &str) -> String {
    let encode = |part: Value| BASE64_URL.encode(part.to_string());
    let signed = format!("{}.{}", encode(header), encode(claims));
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any length will do");
    mac.update(signed.as_bytes());
    let signature = BASE64_URL.encode(mac.finalize().into_bytes());
    format!("{signed}.{signature}")
}

pub fn sign(claims: Value, key: &str) -> String {
    sign_as(json!({ "alg": "HS256", "typ": "JWT" }), claims, key)
}

/// A good token for a user.
pub fn token_for(user: &str, key: &str) -> String {
    sign(json!({ "sub": user, "exp": EXP }), key)
}

impl Collector {
    /// A collector that enforces, and the secret that tokens are to be signed with.
    pub async fn enforcing(documents: Value) -> (Self, String) {
        let collector = Self::with_content(documents).await;
        let secret = collector.add_secret().await;
        collector.set_mode("enforce").await;
        (collector, secret)
    }

    pub async fn add_secret(&self) -> String {
        let answer = self.admin_post("/api/v1/identity/secrets", "").await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()["secret"]
            .as_str()
            .expect("a secret")
            .to_owned()
    }

    pub async fn set_mode(&self, mode: &str) -> Value {
        let body = json!({ "mode": mode }).to_string();
        let answer = self.admin(Method::PUT, "/api/v1/identity", &body).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// How much was signed, without a token, or not well.
    pub async fn traffic(&self) -> [u64; 3] {
        let state = self.admin_get("/api/v1/identity").await.json();
        ["signed", "unsigned", "invalid"]
            .map(|name| state["traffic"][name].as_u64().expect("a number"))
    }

    /// With the write key and whatever else, as a browser posts.
    pub async fn browser(&self, path: &str, body: Value) -> Answer {
        let key = json!({ "writeKey": self.keys.write_key });
        self.post(path, &with(body, key)).await
    }

    /// Messages that come with a token, if with any.
    pub async fn batch_with(&self, token: Value, messages: Value) -> Answer {
        self.browser("/v1/batch", json!({ "token": token, "batch": messages }))
            .await
    }

    /// With the secret key, as Segment's server libraries send it.
    pub async fn server(&self, path: &str, body: Value) -> Answer {
        let user = BASE64_STANDARD.encode(format!("{}:", self.keys.secret_key));
        let request = Request::post(path)
            .header(header::AUTHORIZATION, format!("Basic {user}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()));
        self.send(request.expect("a request")).await
    }

    /// What a server is told of a user's progress.
    pub async fn progress(&self, user: &str) -> Value {
        let answer = self
            .server("/v1/boot", json!({ "userId": user, "refresh": true }))
            .await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["known"]["runs"].clone()
    }
}

impl Answer {
    /// The status and the error's code.
    pub fn refusal(&self) -> (u16, String) {
        let (status, code, _) = self.error();
        (status, code)
    }

    /// Of a batch, the codes of the messages that were refused, by their place.
    pub fn rejected(&self) -> Vec<(u64, String)> {
        let json = self.json();
        let rejected = json["rejected"].as_array().cloned().unwrap_or_default();
        rejected
            .iter()
            .map(|each| {
                let code = each["error"]["code"].as_str().unwrap_or_default();
                (each["index"].as_u64().unwrap_or(u64::MAX), code.to_owned())
            })
            .collect()
    }
}
