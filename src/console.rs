//! The browser's console: where the integrator is told what is wrong, once. See `www/console.js`, which it is.

use headstart_core::text::concat;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/www/console.js")]
extern "C" {
    /// What it is in JavaScript.
    #[derive(Debug)]
    pub type Teller;

    #[wasm_bindgen(js_namespace = teller, js_name = open)]
    fn open_teller() -> Teller;

    #[wasm_bindgen(method)]
    fn warn(this: &Teller, text: &str);

    #[wasm_bindgen(method)]
    fn threw(this: &Teller, place: &str, error: &JsValue);

    #[wasm_bindgen(method)]
    fn show(this: &Teller, state: &JsValue);
}

/// Says each thing once. A page that has broken its console gets silence.
#[derive(Debug)]
pub struct Console(Teller);

impl Default for Console {
    fn default() -> Self {
        Self(open_teller())
    }
}

impl Console {
    /// Something is wrong; the parts of the text say what, and the remedy.
    pub fn warn(&self, parts: &[&str]) {
        self.0.warn(&concat(parts));
    }

    /// The host's own code threw `error` in `place`. Not ours to hide, so it is said every time.
    pub fn host_error(&self, place: &str, error: &JsValue) {
        self.0.threw(place, error);
    }

    /// What it is in JavaScript.
    pub fn teller(&self) -> &Teller {
        &self.0
    }

    /// Answers the integrator's question how things stand.
    pub fn show(&self, state: &JsValue) {
        self.0.show(state);
    }
}
