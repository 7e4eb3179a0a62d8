//! The browser's own functions, as they were when the widget started: what the page patches or
//! breaks later does not reach us, and what it has broken by then costs a feature, never an
//! exception.

use std::rc::Rc;

use headstart_core::Now;
use headstart_core::text::concat;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Window};

// Only taking them may throw.
#[wasm_bindgen(module = "/www/borrowed.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn borrow() -> Result<Window, JsValue>;

    #[wasm_bindgen(js_namespace = native)]
    fn wall() -> f64;

    #[wasm_bindgen(js_namespace = native)]
    fn monotonic() -> f64;

    #[wasm_bindgen(js_namespace = native)]
    fn random() -> f64;

    #[wasm_bindgen(js_namespace = native)]
    fn unique() -> String;

    #[wasm_bindgen(js_namespace = native)]
    fn parse(text: &str) -> JsValue;

    #[wasm_bindgen(js_namespace = native, js_name = parseLater)]
    fn parse_later(text: &str) -> Promise;

    /// `setTimeout`. Answers what [`cancel`] takes.
    #[wasm_bindgen(js_namespace = native)]
    pub(crate) fn after(callback: &JsValue, delay: i32) -> JsValue;

    /// `clearTimeout`.
    #[wasm_bindgen(js_namespace = native)]
    pub(crate) fn cancel(timer: &JsValue);
}

/// The page, and functions of the browser, taken once: see `www/borrowed.js`, which has them. All times are
/// milliseconds.
#[derive(Debug)]
pub struct Native {
    window: Window,
    document: Document,
}

impl Native {
    /// Takes them. `None` where there is no page.
    pub fn capture() -> Option<Rc<Self>> {
        let window = borrow().ok()?;
        let document = window.document()?;
        Some(Rc::new(Self { window, document }))
    }

    /// The window.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The two clocks.
    pub fn now(&self) -> Now {
        now()
    }

    /// A number from 0 up to, not including, 1.
    pub fn random(&self) -> f64 {
        random()
    }

    /// A new id, that no other browser has.
    pub fn unique(&self) -> String {
        unique()
    }

    /// Reads JSON; `None` if it is none, or the page has broken `JSON`.
    pub fn parse(&self, text: &str) -> Option<JsValue> {
        Some(parse(text)).filter(|value| !value.is_undefined())
    }

    /// Whether [`parse`](Self::parse) works on this page.
    pub fn can_parse(&self) -> bool {
        get(&parse("[7]"), "0").as_f64() == Some(7.0)
    }

    /// Reads JSON without the page's `JSON`, which takes a moment.
    pub fn parse_later(&self, text: &str) -> Promise {
        parse_later(text)
    }
}

/// The two clocks. A host that freezes or breaks one of them gets wrong times, nothing worse.
#[expect(
    clippy::cast_possible_truncation,
    reason = "`as` saturates, and a time that is no number becomes 0"
)]
pub fn now() -> Now {
    Now {
        wall: wall() as i64,
        monotonic: monotonic() as i64,
    }
}

/// A property, or `undefined` where there is none or reading it throws.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a function. Where Angular's zone.js has put its own in front, the browser's:
/// otherwise each of our timers would have the host's application look itself over for changes.
pub fn function(object: &JsValue, name: &str) -> Option<Function> {
    let beneath = get(object, &concat(&["__zone_symbol__", name]));
    beneath
        .dyn_into()
        .or_else(|_| get(object, name).dyn_into())
        .ok()
}

/// Calls a function; `None` if it throws.
pub fn call(function: &Function, this: &JsValue, args: &[&JsValue]) -> Option<JsValue> {
    let list = Array::new();
    for arg in args {
        list.push(arg);
    }
    Reflect::apply(function, this, &list).ok()
}

/// Calls a method; `None` if there is none or it throws.
pub fn invoke(object: &JsValue, name: &str, args: &[&JsValue]) -> Option<JsValue> {
    let method = get(object, name).dyn_into::<Function>().ok()?;
    call(&method, object, args)
}

/// Sets a property of an object of our own.
pub fn set(object: &Object, name: &str, value: &JsValue) {
    // Only a frozen object refuses, and ours are not.
    let _ = Reflect::set(object, &name.into(), value);
}
