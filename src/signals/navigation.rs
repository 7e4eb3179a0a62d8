//! Navigation: where the user is.

use js_sys::Array;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/www/signals.js")]
extern "C" {
    #[wasm_bindgen(js_namespace = signals)]
    fn pairs(search: &str) -> Array;
}

/// The names and values of a query (with or without `?`), decoded by the browser.
pub fn query(search: &str) -> Vec<(String, String)> {
    let pairs = pairs(search);
    let mut texts = pairs.iter();
    let mut query = Vec::new();
    while let (Some(name), Some(value)) = (texts.next(), texts.next()) {
        let text = |text: JsValue| text.as_string().unwrap_or_default();
        query.push((text(name), text(value)));
    }
    query
}
