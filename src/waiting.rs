//! Waiting for promises, without a future of its own for each function that waits: see `www/waiting.js`.

use std::cell::RefCell;

use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::told::answering;

#[wasm_bindgen(module = "/www/waiting.js")]
extern "C" {
    #[wasm_bindgen(js_namespace = waiting, js_name = follow)]
    fn follow_with(promise: &Promise, next: &JsValue);
}

/// Calls `next` with what the promise brings, `undefined` if it is broken; and so on with the promise that it answers,
/// until it answers none.
pub fn follow(promise: &Promise, next: impl FnMut(JsValue) -> Option<Promise> + 'static) {
    // Called once at a time.
    let next = RefCell::new(next);
    let next =
        answering(move |value| next.borrow_mut()(value).map_or(JsValue::UNDEFINED, Into::into));
    follow_with(promise, &next.into_js_value());
}

/// Calls `then` with what the promise brings, `undefined` if it is broken.
pub fn then(promise: &Promise, then: impl FnOnce(JsValue) + 'static) {
    let mut then = Some(then);
    follow(promise, move |value| {
        if let Some(then) = then.take() {
            then(value);
        }
        None
    });
}
