//! Storage: the project's keys in the browser's `localStorage`, and in memory what does not fit or
//! must not be there. See `www/storage.js`, which it is.

use headstart_core::text::concat;
use js_sys::Array;
use wasm_bindgen::prelude::*;

// Nothing in there throws.
#[wasm_bindgen(module = "/www/storage.js")]
extern "C" {
    #[derive(Debug)]
    type Texts;

    #[wasm_bindgen(js_namespace = texts)]
    fn open(prefix: &str) -> Texts;

    #[wasm_bindgen(method)]
    fn get(this: &Texts, name: &str) -> Option<String>;

    #[wasm_bindgen(method)]
    fn set(this: &Texts, name: &str, text: &str);

    #[wasm_bindgen(method)]
    fn remove(this: &Texts, name: &str);

    #[wasm_bindgen(method)]
    fn names(this: &Texts, beginning: &str) -> Array;

    #[wasm_bindgen(method)]
    fn erase(this: &Texts);

    #[wasm_bindgen(method)]
    fn answer(this: &Texts, answer: &str);

    #[wasm_bindgen(method)]
    fn reopen(this: &Texts);
}

/// Texts by name, all under `headstart.<write key>.`. Never fails: where the browser's storage is
/// blocked or full, memory takes its place until the page is left.
#[derive(Debug)]
pub struct Storage {
    prefix: String,
    texts: Texts,
}

impl Storage {
    /// The storage of the project with this write key.
    pub fn new(write_key: &str) -> Self {
        let prefix = concat(&["headstart.", write_key, "."]);
        Self {
            texts: open(&prefix),
            prefix,
        }
    }

    /// The text of that name.
    pub fn get(&self, name: &str) -> Option<String> {
        self.texts.get(name)
    }

    /// Sets the text of that name.
    pub fn set(&self, name: &str, text: &str) {
        self.texts.set(name, text);
    }

    /// Removes the text of that name.
    pub fn remove(&self, name: &str) {
        self.texts.remove(name);
    }

    /// All names that begin so, in order.
    pub fn names(&self, beginning: &str) -> Vec<String> {
        let mut names = Vec::new();
        for name in self.texts.names(beginning).iter() {
            names.extend(name.as_string());
        }
        names
    }

    /// How the keys begin under which the browser's storage has it.
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The user may not be remembered: removes all that the browser keeps of this project but their
    /// answer. Until it is opened again nothing is written there and nothing read: what is set lasts
    /// until the page is left.
    pub fn erase(&self) {
        self.texts.erase();
    }

    /// Keeps the user's answer, though nothing else may be.
    pub fn keep_answer(&self, answer: &str) {
        self.texts.answer(answer);
    }

    /// Opens again, and writes what was kept in memory meanwhile, where no other tab has written
    /// something under its name.
    pub fn reopen(&self) {
        self.texts.reopen();
    }
}
