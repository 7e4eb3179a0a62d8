//! What JavaScript calls. All of it is of one kind, since each kind is bytes of glue and of wasm.

use wasm_bindgen::prelude::*;

/// Is told something by JavaScript, and answers, until it is dropped.
pub type Told = Closure<dyn Fn(JsValue) -> JsValue>;

/// Has `then` called with what JavaScript tells.
pub fn told(then: impl Fn(JsValue) + 'static) -> Told {
    answering(move |what| {
        then(what);
        JsValue::UNDEFINED
    })
}

/// The same, with an answer.
pub fn answering(then: impl Fn(JsValue) -> JsValue + 'static) -> Told {
    of(Box::new(then))
}

/// Apart, so that there is one copy of this for all.
fn of(then: Box<dyn Fn(JsValue) -> JsValue>) -> Told {
    Closure::wrap(then)
}
