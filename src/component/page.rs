//! The page's one Headstart: started once, by whoever comes first, and called from then on.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::{Person, Value};
use js_sys::{Array, Function, JSON, Object};
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::Url;

use super::HeadstartProps;
use crate::commands;
use crate::config::Config;
use crate::encode::encode;
use crate::native::Native;
use crate::runtime::Runtime;
use crate::storage::Storage;

#[wasm_bindgen(module = "/www/embedded.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn claim(write_key: &str, receive: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(js_name = whenIdle)]
    fn when_idle(begin: &JsValue);
}

/// What happened to content.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Notice {
    /// To which.
    #[serde(rename = "contentId")]
    pub content: String,
    /// To which of its tasks, if it was one.
    #[serde(rename = "taskId")]
    pub task: Option<String>,
}

impl Notice {
    pub(super) fn of(detail: JsValue) -> Self {
        serde_wasm_bindgen::from_value(detail).unwrap_or_default()
    }
}

#[derive(Default)]
struct Page {
    /// Whether it was started, or refused.
    is_claimed: Cell<bool>,
    remembers_user: Cell<bool>,
    runtime: RefCell<Option<Rc<Runtime>>>,
    /// What was called before there was a runtime, each as `www/loading.d.ts` has it.
    early: RefCell<Vec<JsValue>>,
    listeners: RefCell<Vec<(&'static str, Function)>>,
}

thread_local! {
    static PAGE: Page = Page::default();
}

/// Starts it, unless that was done.
pub(super) fn start(props: &HeadstartProps) {
    if PAGE.with(|page| page.is_claimed.replace(true)) {
        return;
    }
    let receive = |time, args: Array| receive(time, &args);
    let receive = Closure::<dyn Fn(f64, Array) -> JsValue>::new(receive).into_js_value();
    if !claim(&props.write_key, &receive).unwrap_or_default() {
        return;
    }
    if Native::capture().is_none() {
        return;
    }
    let storage = Storage::new(&props.write_key);
    // Whom an earlier page was told of.
    let user = storage.get("user");
    PAGE.with(|page| page.remembers_user.set(user.is_some()));
    let Some(endpoint) = absolute(&props.endpoint) else {
        return;
    };
    let config = Config {
        write_key: props.write_key.to_string(),
        endpoint,
        person: Person {
            user: user.map(Into::into),
            ..Person::default()
        },
        boot: JsValue::UNDEFINED,
        calls: Array::new(),
        needs_consent: props.needs_consent,
        language: props.language.as_deref().unwrap_or_default().to_owned(),
        ignores_gpc: props.ignores_gpc,
        query: props.query.iter().map(ToString::to_string).collect(),
        open_root: false,
    };
    when_idle(&Closure::once_into_js(move || begin(config)));
}

/// An address in full, which may be a path of the page's own origin, without a slash at its end.
fn absolute(address: &str) -> Option<String> {
    let base = gloo::utils::document().base_uri().ok()??;
    let address = Url::new_with_base(address, &base).ok()?.href();
    Some(address.trim_end_matches('/').to_owned())
}

fn begin(mut config: Config) {
    config.calls = PAGE.with(|page| page.early.take()).into_iter().collect();
    let runtime = Runtime::start(config);
    PAGE.with(|page| page.runtime.replace(runtime.clone()));
    let Some(runtime) = runtime else {
        return;
    };
    for (name, callback) in PAGE.with(|page| page.listeners.borrow().clone()) {
        runtime.callbacks.add(name, &callback);
    }
    // What a callback called meanwhile.
    for kept in PAGE.with(|page| page.early.take()) {
        let kept: &Array = kept.unchecked_ref();
        let time = kept.get(0).as_f64().unwrap_or_default();
        commands::call(&runtime, time, kept.get(1).unchecked_ref(), None);
    }
}

/// Whether an earlier page was told of a user.
pub(super) fn remembers_user() -> bool {
    PAGE.with(|page| page.remembers_user.replace(false))
}

/// Makes a call, now or as soon as there is somebody to take it.
pub(super) fn call(args: &[JsValue]) {
    receive(js_sys::Date::now(), &args.iter().collect());
}

fn receive(time: f64, args: &Array) -> JsValue {
    if let Some(runtime) = PAGE.with(|page| page.runtime.borrow().clone()) {
        return commands::call(&runtime, time, args, None);
    }
    let kept = Array::of2(&time.into(), args);
    PAGE.with(|page| page.early.borrow_mut().push(kept.into()));
    JsValue::UNDEFINED
}

/// Calls back until it is dropped.
pub(super) struct Listener {
    name: &'static str,
    callback: Closure<dyn Fn(JsValue)>,
}

/// Calls back when that happens, with what `on` of the JavaScript API is given.
pub(super) fn listen(name: &'static str, callback: impl Fn(JsValue) + 'static) -> Listener {
    let callback = Closure::<dyn Fn(JsValue)>::new(callback);
    let function: Function = callback.as_ref().clone().unchecked_into();
    let runtime = PAGE.with(|page| {
        let mut listeners = page.listeners.borrow_mut();
        listeners.push((name, function.clone()));
        page.runtime.borrow().clone()
    });
    if let Some(runtime) = runtime {
        runtime.callbacks.add(name, &function);
    }
    Listener { name, callback }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let own = self.callback.as_ref();
        let runtime = PAGE.with(|page| {
            let mut listeners = page.listeners.borrow_mut();
            listeners.retain(|(_, callback)| !Object::is(callback, own));
            page.runtime.borrow().clone()
        });
        if let Some(runtime) = runtime {
            runtime.callbacks.remove(self.name, own);
        }
    }
}

/// A value of ours as JavaScript has it.
pub(super) fn to_js(value: &Value) -> JsValue {
    JSON::parse(&encode(value)).unwrap_or_default()
}
