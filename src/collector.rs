//! The collector, as the widget talks to it: see `www/request.js`, which does.

use headstart_core::text::concat;
use js_sys::Promise;
use wasm_bindgen::prelude::*;

use crate::answer::Answer;
use crate::waiting::then;

#[wasm_bindgen(module = "/www/request.js")]
extern "C" {
    /// A request on its way.
    pub type Request;

    #[wasm_bindgen(js_namespace = request)]
    fn post(url: &str, body: &JsValue, keepalive: bool) -> Request;

    #[wasm_bindgen(js_namespace = request, js_name = handOver)]
    fn hand_over(url: &str, body: &str, later: bool) -> bool;

    #[wasm_bindgen(js_namespace = request, js_name = canKeepAlive)]
    fn can_keep_alive() -> bool;

    /// Brings what [`Answer::read`] takes apart.
    #[wasm_bindgen(method, getter)]
    pub fn answered(this: &Request) -> Promise;

    /// Ends it before its time; then there is no answer.
    #[wasm_bindgen(method)]
    pub fn stop(this: &Request);
}

/// Where messages go and content comes from.
#[derive(Debug)]
pub struct Collector {
    endpoint: String,
    /// The project's public key.
    pub write_key: String,
}

impl Collector {
    /// The collector at that address (without a trailing slash).
    pub fn new(endpoint: String, write_key: String) -> Self {
        Self {
            endpoint,
            write_key,
        }
    }

    /// Sends JSON to a path, as text or packed. It is on its way when this returns; the answer is
    /// waited for apart. With `keepalive` it outlives the page.
    pub fn post(&self, path: &str, body: &JsValue, keepalive: bool) -> Request {
        post(&self.url(path), body, keepalive)
    }

    /// Hands JSON to the browser for a page that is being left, or `later`, when it is gone. Says whether the
    /// browser took it.
    pub fn hand_over(&self, path: &str, body: &str, later: bool) -> bool {
        hand_over(&self.url(path), body, later)
    }

    /// Whether `keepalive` means anything in this browser.
    pub fn can_keep_alive(&self) -> bool {
        can_keep_alive()
    }

    fn url(&self, path: &str) -> String {
        concat(&[&self.endpoint, path])
    }
}

impl Request {
    /// Hands over the answer when it is there.
    pub fn answer(&self, take: impl FnOnce(Answer) + 'static) {
        then(&self.answered(), move |answer| take(Answer::read(&answer)));
    }
}
