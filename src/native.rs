//! The browser's own functions, as they were when the widget started: what the page patches or
//! breaks later does not reach us, and what it has broken by then costs a feature, never an
//! exception.

use std::rc::Rc;

use headstart_core::Now;
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Document, Window};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Math, js_name = random, catch)]
    fn math_random() -> Result<f64, JsValue>;
}

#[wasm_bindgen(module = "/www/borrowed.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn borrow() -> Result<Window, JsValue>;
}

/// Functions of the browser, taken once. All times are milliseconds.
#[derive(Debug)]
pub struct Native {
    window: Window,
    document: Document,
    date: JsValue,
    date_now: Option<Function>,
    performance: JsValue,
    performance_now: Option<Function>,
    set_timeout: Option<Function>,
    clear_timeout: Option<Function>,
    add_listener: Option<Function>,
    remove_listener: Option<Function>,
    fetch: Option<Function>,
    fetch_later: Option<Function>,
    beacon: Option<Function>,
    json_parse: Option<Function>,
}

impl Native {
    /// Takes them. `None` where there is no page.
    pub fn capture() -> Option<Rc<Self>> {
        let window = borrow().ok()?;
        let document = window.document()?;
        let performance = get(&window, "performance");
        let date = get(&window, "Date");
        let events = get(&get(&window, "EventTarget"), "prototype");
        Some(Rc::new(Self {
            date_now: function(&date, "now"),
            date,
            performance_now: function(&performance, "now"),
            performance,
            set_timeout: function(&window, "setTimeout"),
            clear_timeout: function(&window, "clearTimeout"),
            add_listener: function(&events, "addEventListener"),
            remove_listener: function(&events, "removeEventListener"),
            fetch: function(&window, "fetch"),
            fetch_later: function(&window, "fetchLater"),
            beacon: function(&get(&window, "navigator"), "sendBeacon"),
            json_parse: function(&get(&window, "JSON"), "parse"),
            window,
            document,
        }))
    }

    /// The window.
    pub fn window(&self) -> &Window {
        &self.window
    }

    /// The document.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The two clocks. A host that freezes or breaks one of them gets wrong times, nothing worse.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`as` saturates, and a time that is no number becomes 0"
    )]
    pub fn now(&self) -> Now {
        let read =
            |clock: &Option<Function>, this: &JsValue| call(clock.as_ref()?, this, &[])?.as_f64();
        let wall = read(&self.date_now, &self.date).unwrap_or_default();
        let monotonic = read(&self.performance_now, &self.performance).unwrap_or(wall);
        Now {
            wall: wall as i64,
            monotonic: monotonic as i64,
        }
    }

    /// A number from 0 up to, not including, 1.
    pub fn random(&self) -> f64 {
        math_random().map_or(0.5, |number| number.clamp(0.0, 1.0))
    }

    /// A new id, that no other browser has.
    pub fn unique(&self) -> String {
        let crypto = get(&self.window, "crypto");
        // `randomUUID` is there in secure contexts only.
        let uuid = function(&crypto, "randomUUID").and_then(|make| call(&make, &crypto, &[]));
        if let Some(uuid) = uuid.and_then(|uuid| uuid.as_string()) {
            return uuid;
        }
        let words = js_sys::Uint32Array::new_with_length(4);
        if let Some(fill) = function(&crypto, "getRandomValues") {
            call(&fill, &crypto, &[&words]);
        }
        let now = self.now();
        let words = words.to_vec();
        let word = |index: usize| words.get(index).copied().unwrap_or_default();
        format!(
            "{:x}-{:x}-{:x}-{:x}-{:x}-{:x}",
            word(0),
            word(1),
            word(2),
            word(3),
            now.wall,
            self.random().to_bits()
        )
    }

    /// `fetch`: a promise, or whatever else the page's own gives; `undefined` where it throws at once.
    pub fn fetch(&self, url: &str, options: &Object) -> JsValue {
        let fetch = self.fetch.as_ref();
        fetch
            .and_then(|fetch| call(fetch, &self.window, &[&url.into(), options]))
            .unwrap_or_default()
    }

    /// `fetchLater`, where there is one. Says whether the browser took it; nobody ever says whether
    /// it arrived.
    pub fn fetch_later(&self, url: &str, options: &Object) -> bool {
        let fetch_later = self.fetch_later.as_ref();
        fetch_later
            .and_then(|later| call(later, &self.window, &[&url.into(), options]))
            .is_some()
    }

    /// Hands a text to the browser, to be sent whatever becomes of the page. Says whether the
    /// browser took it; nobody ever says whether it arrived.
    pub fn beacon(&self, url: &str, body: &str) -> bool {
        let navigator = get(&self.window, "navigator");
        self.beacon
            .as_ref()
            .and_then(|beacon| call(beacon, &navigator, &[&url.into(), &body.into()]))
            .is_some_and(|taken| taken.is_truthy())
    }

    /// Reads JSON; `None` if it is none, or the page has broken `JSON`.
    pub fn parse(&self, text: &str) -> Option<JsValue> {
        call(self.json_parse.as_ref()?, &JsValue::NULL, &[&text.into()])
    }

    /// Whether [`parse`](Self::parse) works on this page.
    pub fn can_parse(&self) -> bool {
        self.parse("[7]")
            .is_some_and(|list| get(&list, "0").as_f64() == Some(7.0))
    }

    /// Reads JSON without the page's `JSON`, which takes a moment.
    pub fn parse_later(&self, text: &str) -> Option<JsValue> {
        let response = web_sys::Response::new_with_opt_str(Some(text)).ok()?;
        invoke(&response, "json", &[])
    }

    /// `setTimeout`.
    pub(crate) fn set_timeout(&self, callback: &JsValue, delay: i32) -> Option<JsValue> {
        let set = self.set_timeout.as_ref()?;
        call(set, &self.window, &[callback, &delay.into()])
    }

    /// `clearTimeout`.
    pub(crate) fn clear_timeout(&self, id: &JsValue) {
        if let Some(clear) = &self.clear_timeout {
            call(clear, &self.window, &[id]);
        }
    }

    /// `addEventListener` (or `removeEventListener`) of any target, in the capture phase, passive.
    pub(crate) fn listen(&self, add: bool, target: &JsValue, name: &str, callback: &JsValue) {
        let options = Object::new();
        set(&options, "capture", &true.into());
        set(&options, "passive", &true.into());
        let change = if add {
            &self.add_listener
        } else {
            &self.remove_listener
        };
        if let Some(change) = change {
            call(change, target, &[&name.into(), callback, &options]);
        }
    }
}

/// A property, or `undefined` where there is none or reading it throws.
pub fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// A property that is a function. Where Angular's zone.js has put its own in front, the browser's:
/// otherwise each of our timers would have the host's application look itself over for changes.
pub fn function(object: &JsValue, name: &str) -> Option<Function> {
    let beneath = get(object, &format!("__zone_symbol__{name}"));
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
