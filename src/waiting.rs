//! Waiting for promises, without a future of its own for each function that waits: see `www/waiting.js`.

use js_sys::Promise;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/www/waiting.js")]
extern "C" {
    #[wasm_bindgen(js_namespace = waiting, js_name = follow)]
    fn follow_with(promise: &Promise, next: &JsValue);
}

/// Calls `next` with what the promise brings, `undefined` if it is broken; and so on with the promise that it answers,
/// until it answers none.
pub fn follow(promise: &Promise, mut next: impl FnMut(JsValue) -> Option<Promise> + 'static) {
    let next = move |value| next(value).map_or(JsValue::UNDEFINED, Into::into);
    let next: Box<dyn FnMut(JsValue) -> JsValue> = Box::new(next);
    follow_with(promise, &Closure::wrap(next).into_js_value());
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
