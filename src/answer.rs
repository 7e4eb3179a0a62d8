//! What the collector answered, or that it did not.

use headstart_core::text::{concat, digits, number, split_at};
use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::native::{get, now};

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
    /// Takes apart what `www/request.js` made of it.
    pub fn read(answer: &JsValue) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates, and no such status is known to us"
        )]
        let status = get(answer, "status").as_f64().unwrap_or_default() as u16;
        let header = get(answer, "retryAfter").as_string();
        Self {
            status,
            body: get(answer, "body"),
            retry_after: header.and_then(|header| retry_after(&header, now().wall)),
        }
    }

    /// Whether it is what was asked for.
    pub fn is_ok(&self) -> bool {
        (200..300).contains(&self.status) && self.body.is_object()
    }

    /// The messages of a batch that the collector names as not taken.
    pub fn rejected(&self) -> Array {
        let list = get(&self.body, "rejected");
        list.dyn_into().unwrap_or_default()
    }

    /// What the collector says is wrong.
    pub fn problem(&self) -> String {
        let message = get(&get(&self.body, "error"), "message").as_string();
        message.unwrap_or_else(|| concat(&["it answered ", &digits(self.status)]))
    }
}

/// The header's value in milliseconds from `now` (wall milliseconds): seconds, or a date. Source:
/// RFC 9110, section 10.2.3.
pub fn retry_after(header: &str, now: i64) -> Option<i64> {
    let header = header.trim();
    let seconds = number(header).and_then(|seconds| u32::try_from(seconds).ok());
    if let Some(seconds) = seconds {
        return Some(i64::from(seconds) * 1_000);
    }
    // `Date.parse` makes a date of almost anything.
    let date = split_at(header, ":").map(|_| parse_date(header).ok());
    let date = date.flatten().filter(|date| date.is_finite())?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a Date is within ±8.64e15 ms (ECMA-262)"
    )]
    Some((date as i64 - now).max(0))
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Date, js_name = parse, catch)]
    fn parse_date(text: &str) -> Result<f64, JsValue>;
}
