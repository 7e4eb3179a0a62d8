//! What the collector answered, or that it did not.

use js_sys::Reflect;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::native::{Native, get, invoke};

/// An answer over HTTP, or what came instead of one.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status; 0 if there was no answer.
    pub status: u16,
    /// The parsed body; `undefined` if there is none, or it is no JSON.
    pub body: JsValue,
    /// How long the collector wants to be left alone, milliseconds.
    pub retry_after: Option<i64>,
}

impl Answer {
    /// Reads what a `fetch` gives. It is taken apart by hand: hosts bring their own `fetch`, whose
    /// responses are not the browser's.
    pub async fn read(native: &Native, fetched: js_sys::Promise) -> Self {
        let nothing = Self {
            status: 0,
            body: JsValue::UNDEFINED,
            retry_after: None,
        };
        let Ok(response) = JsFuture::from(fetched).await else {
            return nothing;
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates, and no such status is known to us"
        )]
        let status = get(&response, "status").as_f64().unwrap_or_default() as u16;
        let headers = get(&response, "headers");
        let retry_after = invoke(&headers, "get", &[&"Retry-After".into()])
            .and_then(|header| header.as_string())
            .and_then(|header| retry_after(&header, native.now().wall));
        let parsing = invoke(&response, "json", &[]);
        let body = match parsing.and_then(|parsing| Native::promise(&parsing)) {
            Some(parsing) => JsFuture::from(parsing).await.unwrap_or(JsValue::UNDEFINED),
            None => JsValue::UNDEFINED,
        };
        Self {
            status,
            body,
            retry_after,
        }
    }

    /// Whether it is what was asked for.
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status) && self.body.is_object()
    }

    /// What the collector says is wrong.
    pub fn problem(&self) -> String {
        let message = get(&get(&self.body, "error"), "message").as_string();
        message.unwrap_or_else(|| format!("it answered {}", self.status))
    }
}

/// The header's value in milliseconds from `now` (wall milliseconds): seconds, or a date. Source:
/// RFC 9110, section 10.2.3.
pub fn retry_after(header: &str, now: i64) -> Option<i64> {
    let header = header.trim();
    if let Ok(seconds) = header.parse::<u32>() {
        return Some(i64::from(seconds) * 1_000);
    }
    // `Date.parse` makes a date of almost anything.
    let date = header.contains(':').then(|| parse_date(header).ok());
    let date = date.flatten().filter(|date| date.is_finite())?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a Date is within ±8.64e15 ms (ECMA-262)"
    )]
    Some((date as i64 - now).max(0))
}

/// The rejected events of a batch: how many, and what is wrong with the first.
pub fn rejected(body: &JsValue) -> Option<(u32, String)> {
    let list = get(body, "rejected");
    let count = get(&list, "length").as_f64().filter(|count| *count > 0.0)?;
    let first = Reflect::get_u32(&list, 0).unwrap_or(JsValue::UNDEFINED);
    let error = get(&first, "error");
    let text = |object: &JsValue, name| get(object, name).as_string().unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the length of an array is a 32-bit number (ECMA-262)"
    )]
    Some((
        count as u32,
        format!(
            "{} ({})",
            text(&error, "message"),
            text(&first, "message_id")
        ),
    ))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = parse, catch)]
    fn parse_date(text: &str) -> Result<f64, JsValue>;
}
