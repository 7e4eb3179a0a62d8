//! The browser's console: where the integrator is told what is wrong, once.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = console, js_name = warn, catch)]
    fn console_warn(text: &str) -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = console, js_name = error, catch)]
    fn console_error(text: &str, detail: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = console, js_name = table, catch)]
    fn console_table(rows: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = console, js_name = info, catch)]
    fn console_info(text: &str, detail: &JsValue) -> Result<(), JsValue>;
}

/// So many different lines at most, in case one of them has a number in it.
const MOST_LINES: usize = 50;

/// Says each thing once. A page that has broken its console gets silence.
#[derive(Debug, Default)]
pub struct Console {
    said: RefCell<Vec<String>>,
}

impl Console {
    /// Something is wrong; `text` says what, and the remedy.
    pub fn warn(&self, text: &str) {
        if self.is_news(text) {
            let _ = console_warn(&format!("headstart: {text}"));
        }
    }

    /// The host's own code threw `error` in `place`. Not ours to hide, so it is said every time.
    pub fn host_error(&self, place: &str, error: &JsValue) {
        let _ = console_error(&format!("headstart: {place} threw"), error);
    }

    /// Answers a question of the integrator's.
    pub fn show(&self, text: &str, detail: &JsValue, rows: &JsValue) {
        let _ = console_info(&format!("headstart: {text}"), detail);
        let _ = console_table(rows);
    }

    fn is_news(&self, text: &str) -> bool {
        let mut said = self.said.borrow_mut();
        let news = said.len() < MOST_LINES && !said.iter().any(|line| line == text);
        if news {
            said.push(text.to_owned());
        }
        news
    }
}
