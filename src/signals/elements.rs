//! Elements: whether those that conditions and tips ask about are in the page, visible, what their
//! form value is, and whether they are clicked.
//!
//! Finding and watching them is JavaScript (`www/target.js`, `www/watch.js`).

use std::rc::Rc;

use headstart_core::facts::ElementFact;
use headstart_core::{Input, Selector, Value};
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::console::Console;
use crate::signals::{Hear, News};
use crate::told::{Told, told};

#[wasm_bindgen(module = "/www/watch.js")]
extern "C" {
    type Watch;

    /// `tell` is told of an element, in a list: its selector, whether it is present and visible, its value, whether it
    /// is in the page's dialog that is open, whether any of that has changed, and how near the best match was.
    /// `clicked` is told which selector was clicked.
    #[wasm_bindgen(js_namespace = watch, js_name = watchElements)]
    fn watch_elements(tell: &Told, clicked: &Told) -> Watch;

    #[wasm_bindgen(method)]
    fn watch(this: &Watch, selector: &str, reads: bool);

    #[wasm_bindgen(method)]
    fn unwatch(this: &Watch, selector: &str);

    #[wasm_bindgen(method)]
    fn look(this: &Watch);

    #[wasm_bindgen(method)]
    fn close(this: &Watch);

    #[wasm_bindgen(method)]
    fn element(this: &Watch, selector: &str) -> Option<Element>;

    #[wasm_bindgen(method)]
    fn near(this: &Watch, selector: &str) -> String;
}

// Only what is named here comes along into the build; the others want these two.
#[expect(dead_code, reason = "nothing calls it from here")]
#[wasm_bindgen(module = "/www/page.js")]
extern "C" {
    #[wasm_bindgen(js_namespace = page, js_name = isVisible)]
    fn is_visible(element: &Element) -> bool;
}

#[wasm_bindgen(module = "/www/target.js")]
extern "C" {
    /// What the browser finds wrong with a selector.
    #[wasm_bindgen(js_name = wrongWith)]
    fn wrong_with(selector: &str) -> Option<String>;
}

#[expect(dead_code, reason = "nothing calls it from here")]
#[wasm_bindgen(module = "/www/naming.js")]
extern "C" {
    #[wasm_bindgen(js_name = squeeze)]
    fn squeeze(text: &str) -> String;
}

#[wasm_bindgen(module = "/www/place.js")]
extern "C" {
    #[wasm_bindgen(js_namespace = place)]
    fn reveal(target: &Element);
}

/// Watches elements until it is dropped.
pub struct Elements {
    console: Rc<Console>,
    watch: Watch,
    _tell: Told,
    _clicked: Told,
}

impl Elements {
    /// Watches nothing yet.
    pub fn new(console: &Rc<Console>, hear: &Hear) -> Self {
        let hears = Rc::clone(hear);
        let tell = told(move |what| {
            let what: Array = what.unchecked_into();
            let text = |place| what.get(place).as_string().unwrap_or_default();
            let is = |place| what.get(place).is_truthy();
            hears(if is(5) {
                News::Input(Input::Element {
                    selector: Selector::from(text(0)),
                    fact: ElementFact {
                        present: is(1),
                        visible: is(2),
                        in_dialog: is(4),
                        value: value_of(&what.get(3)),
                        nearest: text(6),
                    },
                })
            } else {
                News::Replaced
            });
        });
        let hears = Rc::clone(hear);
        let clicked = told(move |selector| {
            let selector = selector.as_string().unwrap_or_default();
            hears(News::Input(Input::Clicked(Selector::from(selector))));
        });
        Self {
            console: Rc::clone(console),
            watch: watch_elements(&tell, &clicked),
            _tell: tell,
            _clicked: clicked,
        }
    }

    /// Watches that element, its form value only if it is asked for, and tells at once how it is.
    pub fn watch(&self, selector: &Selector, value: bool) {
        self.watch.watch(selector.as_str(), value);
        if let Some(reason) = wrong_with(selector.as_str()) {
            self.console.warn(&[
                "`",
                selector.as_str(),
                "` is no CSS selector, so what asks for it is not shown and not done: ",
                &reason,
            ]);
        }
    }

    /// Watches it no longer.
    pub fn unwatch(&self, selector: &Selector) {
        self.watch.unwatch(selector.as_str());
    }

    /// Watches nothing any more.
    pub fn close(&self) {
        self.watch.close();
    }

    /// The element of that selector, as it was found last.
    pub fn element(&self, selector: &Selector) -> Option<Element> {
        self.watch.element(selector.as_str())
    }

    /// How near the best match was when it was last looked for, in a few words: the alternative
    /// that came furthest, and why it is not the one, as in `#save: in a closed menu`. Empty if there is
    /// one that can be seen.
    pub fn near(&self, selector: &Selector) -> String {
        self.watch.near(selector.as_str())
    }

    /// Scrolls that element into view, unless it is there, or there is none.
    pub fn scroll_to(&self, selector: &Selector) {
        if let Some(element) = self.element(selector) {
            reveal(&element);
        }
    }

    /// Looks at all of them, and tells what has changed.
    pub fn look(&self) {
        self.watch.look();
    }
}

impl Drop for Elements {
    fn drop(&mut self) {
        self.close();
    }
}

fn value_of(value: &JsValue) -> Option<Value> {
    let checked = value.as_bool().map(Value::Bool);
    checked.or_else(|| value.as_string().map(Value::Text))
}
