//! The navigator: takes the user somewhere, the way the host's application would. See `www/navigator.js`, which
//! knows how.

use std::rc::Rc;

use wasm_bindgen::prelude::*;

use crate::callbacks::Callbacks;
use crate::console::Console;

#[wasm_bindgen(module = "/www/navigator.js")]
extern "C" {
    #[wasm_bindgen(js_namespace = guide, js_name = resolve)]
    fn resolve(path: &str) -> Option<String>;

    #[wasm_bindgen(js_namespace = guide, js_name = go)]
    fn go(url: &str);

    #[wasm_bindgen(js_namespace = guide, js_name = open)]
    fn open(link: &str) -> bool;
}

/// Goes to places.
#[derive(Debug)]
pub struct Navigator {
    console: Rc<Console>,
}

impl Navigator {
    /// A navigator of this page.
    pub fn new(console: &Rc<Console>) -> Self {
        Self {
            console: Rc::clone(console),
        }
    }

    /// Goes to a path of the host application.
    ///
    /// Most applications change the address without loading a page, each with a router of its own
    /// that we cannot call. So: the host's `navigate` callback does it, if there is one and it does
    /// not answer `false`; else a link of the page that leads there is clicked, since the router
    /// listens to those; else the page is loaded.
    pub fn go(&self, path: &str, callbacks: &Callbacks) {
        let Some(url) = resolve(path) else {
            self.console.warn(&[
                "an action leads to the path `",
                path,
                "`, which is none of this site; begin it with one slash",
            ]);
            return;
        };
        if callbacks.refuse("navigate", &path.into(), &self.console) {
            go(&url);
        }
    }

    /// Opens an address in a new tab, which gets no hold on this one.
    pub fn open(&self, link: &str) {
        if !open(link) {
            self.console.warn(&[
                "an action has the link `",
                link,
                "`; begin it with https:, http: or mailto:",
            ]);
        }
    }
}
