#![cfg_attr(feature = "component", doc = include_str!("README.md"))]
#![cfg_attr(
    not(feature = "component"),
    doc = "The widget, without the component for applications in Yew."
)]

// The loader calls `start` and hands every call of the host to `Handle::call`; a Yew host has `component`.
// Inside, `runtime` is where everything meets: `signals` and `commands` bring inputs to the engine, and what it
// wants done goes to `ui`, `transport`, `memory`, `callbacks` and `navigator`. These modules are public for the
// widget's own tests only.

#[doc(hidden)]
pub mod answer;
#[doc(hidden)]
pub mod backoff;
#[doc(hidden)]
pub mod boot;
#[doc(hidden)]
pub mod callbacks;
#[doc(hidden)]
pub mod collector;
#[doc(hidden)]
pub mod commands;
#[cfg(feature = "component")]
mod component;
#[doc(hidden)]
pub mod config;
#[doc(hidden)]
pub mod console;
#[doc(hidden)]
pub mod encode;
mod log;
#[doc(hidden)]
pub mod memory;
#[doc(hidden)]
pub mod native;
#[doc(hidden)]
pub mod navigator;
#[doc(hidden)]
pub mod queue;
#[doc(hidden)]
pub mod refresher;
#[doc(hidden)]
pub mod runtime;
#[doc(hidden)]
pub mod signals;
#[doc(hidden)]
pub mod storage;
#[doc(hidden)]
pub mod timer;
#[doc(hidden)]
pub mod tokens;
mod told;
#[doc(hidden)]
pub mod transport;
#[doc(hidden)]
pub mod ui;
#[doc(hidden)]
pub mod value;
mod waiting;

use std::panic::PanicHookInfo;
use std::rc::Rc;
use std::sync::Once;

use js_sys::Array;
use wasm_bindgen::prelude::*;

pub use headstart_core::Value;

#[cfg(feature = "component")]
pub use crate::component::{
    Account, Headstart, HeadstartProps, Notice, User, Who, complete, consent, destroy, dismiss,
    language, page, show, tips, track, use_headstart_event,
};
use crate::config::Config;
use crate::runtime::Runtime;

/// The running widget, as the loader holds it.
#[doc(hidden)]
pub struct Handle {
    runtime: Rc<Runtime>,
}

/// Starts the widget, which takes a few tasks of the page's; calls do not wait for them.
///
/// # Errors
/// A text that says what is missing, with the remedy.
#[doc(hidden)]
pub fn start(config: &JsValue) -> Result<Handle, JsValue> {
    set_panic_hook();
    let config = Config::read(config).map_err(|missing| JsValue::from(missing.message()))?;
    let runtime = Runtime::start(config)
        .ok_or_else(|| JsValue::from("the widget was started where there is no page"))?;
    Ok(Handle { runtime })
}

impl Handle {
    /// One call of the host's: when it was made (wall milliseconds), and its arguments.
    pub fn call(&self, time: f64, args: &Array) -> JsValue {
        commands::call(&self.runtime, time, args, None)
    }

    /// Does at once what is still to be done of the start.
    pub fn finish(&self) {
        self.runtime.finish();
    }
}

/// A panic becomes an exception with its message, for the guard round the exports to catch and
/// report; the page-wide hooks that Yew would set otherwise stay as they are.
fn set_panic_hook() {
    static SET: Once = Once::new();
    SET.call_once(|| {
        yew::set_custom_panic_hook(Box::new(|panic: &PanicHookInfo<'_>| {
            wasm_bindgen::throw_str(&panic.to_string());
        }));
    });
}
