//! Packing: makes a large body small.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::native::{Native, get, invoke, set};
use crate::timer::within;

/// Below this many bytes nothing is gained: it fits into the first packets that a connection sends
/// anyway.
const LEAST: usize = 2_048;
/// For so long it is waited for, milliseconds.
const PATIENCE: i64 = 2_000;

/// Packs bodies by the browser's own means.
#[derive(Debug)]
pub struct Packer {
    native: Rc<Native>,
    stream: Option<Function>,
    blob: Option<Function>,
    response: Option<Function>,
    given_up: Cell<bool>,
}

impl Packer {
    /// Takes the browser's means, before the page could replace them.
    pub fn capture(native: &Rc<Native>) -> Self {
        let class = |name| get(native.window(), name).dyn_into().ok();
        Self {
            stream: class("CompressionStream"),
            blob: class("Blob"),
            response: class("Response"),
            native: Rc::clone(native),
            given_up: Cell::new(false),
        }
    }

    /// The text in gzip, as a blob that goes as text/plain, for which no leave is asked; the
    /// collector knows gzip by its first bytes. `None` where that gains nothing, or fails.
    pub async fn pack(&self, text: &str) -> Option<JsValue> {
        if text.len() < LEAST || self.given_up.get() {
            return None;
        }
        let make =
            |class: &Option<Function>, args: &Array| Reflect::construct(class.as_ref()?, args).ok();
        let stream = make(&self.stream, &Array::of1(&"gzip".into()))?;
        let parts = Array::of1(&text.into());
        let blob = make(&self.blob, &Array::of1(&parts))?;
        let packed = invoke(&blob, "stream", &[])?;
        let packed = invoke(&packed, "pipeThrough", &[&stream])?;
        let options = Object::new();
        let headers = Object::new();
        set(&headers, "content-type", &"text/plain".into());
        set(&options, "headers", &headers);
        let response = make(&self.response, &Array::of2(&packed, &options))?;
        let packed = Native::promise(&invoke(&response, "blob", &[])?)?;
        let packed = within(&self.native, &packed, PATIENCE).await;
        let smaller = |blob: &JsValue| {
            let size = get(blob, "size").as_f64();
            #[expect(clippy::cast_precision_loss, reason = "at most some hundred kilobytes")]
            size.is_some_and(|size| size > 0.0 && size < text.len() as f64)
        };
        let packed = packed.filter(smaller);
        if packed.is_none() {
            // It will be no better the next time.
            self.give_up();
        }
        packed
    }

    /// Packs no more: the collector cannot read it.
    pub fn give_up(&self) {
        self.given_up.set(true);
    }
}
