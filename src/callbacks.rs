//! Callbacks: what the host wants to be told of, by name. See `www/callbacks.js`, which has them.

use headstart_core::TaskId;
use headstart_core::engine::Notice;
use js_sys::Function;
use wasm_bindgen::prelude::*;
use web_sys::ShadowRoot;

use crate::console::{Console, Teller};
use crate::told::told;

/// The names that callbacks can be registered for, besides `action:NAME`.
pub const NAMES: [&str; 13] = [
    "ready",
    "navigate",
    "shown",
    "started",
    "task_completed",
    "completed",
    "activated",
    "dismissed",
    "step",
    "snoozed",
    "recalled",
    "task_skipped",
    "task_reopened",
];

// What the host's own code throws goes to the console.
#[wasm_bindgen(module = "/www/callbacks.js")]
extern "C" {
    /// The host's callbacks, each with what it was registered for.
    #[derive(Debug)]
    pub type Callbacks;

    #[wasm_bindgen(js_namespace = callbacks, js_name = open)]
    fn open_callbacks() -> Callbacks;

    #[wasm_bindgen(js_namespace = callbacks, js_name = run)]
    fn run_one(callback: &Function, name: &str, detail: &JsValue, teller: &Teller);

    /// Registers one more.
    #[wasm_bindgen(method)]
    pub fn add(this: &Callbacks, name: &str, callback: &Function);

    /// Forgets one that was registered for `name`.
    #[wasm_bindgen(method)]
    pub fn remove(this: &Callbacks, name: &str, callback: &JsValue);

    /// Forgets them all.
    #[wasm_bindgen(method)]
    pub fn clear(this: &Callbacks);

    #[wasm_bindgen(method, js_name = refuse)]
    fn refuse_with(this: &Callbacks, name: &str, detail: &JsValue, teller: &Teller) -> bool;

    #[wasm_bindgen(method, js_name = tell)]
    fn tell_with(
        this: &Callbacks,
        name: &str,
        content: &str,
        task: Option<&str>,
        teller: &Teller,
        tell: &JsValue,
        root: Option<ShadowRoot>,
    );
}

impl Default for Callbacks {
    fn default() -> Self {
        open_callbacks()
    }
}

impl Callbacks {
    /// Tells those who want to know, in the order in which they were registered. Where they are asked to do
    /// something, `answered` hears whether they did: at once, or when the promises that they answered with are kept
    /// or broken. A modal in `root` does not keep the page from them meanwhile.
    pub fn tell(
        &self,
        notice: &Notice,
        console: &Console,
        root: Option<ShadowRoot>,
        answered: impl Fn(bool) + 'static,
    ) {
        let tell = notice
            .ask
            .map(|_| told(move |done| answered(done.is_truthy())).into_js_value());
        let task = notice.task.as_ref().map(TaskId::as_str);
        let content = notice.content.as_str();
        self.tell_with(
            &notice.name,
            content,
            task,
            console.teller(),
            &tell.into(),
            root,
        );
    }

    /// Calls those registered for `name`. Answers whether nobody takes it on: all that there are answer `false`.
    pub fn refuse(&self, name: &str, detail: &JsValue, console: &Console) -> bool {
        self.refuse_with(name, detail, console.teller())
    }
}

/// Calls one callback.
pub fn run(callback: &Function, name: &str, console: &Console) {
    run_one(callback, name, &JsValue::UNDEFINED, console.teller());
}
