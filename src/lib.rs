//! The Headstart widget: a Yew application that shows what `headstart-core` decides.
//!
//! The loader calls [`start`] and hands every call of the host to [`Handle::call`]. Inside,
//! [`runtime`] is where everything meets: [`signals`] and [`commands`] bring inputs to the engine,
//! and what it wants done goes to [`ui`], [`transport`], [`memory`], [`callbacks`] and
//! [`navigator`].

pub mod answer;
pub mod backoff;
pub mod boot;
pub mod callbacks;
pub mod collector;
pub mod commands;
pub mod config;
pub mod console;
pub mod encode;
pub mod listener;
mod log;
pub mod memory;
pub mod native;
pub mod navigator;
pub mod queue;
pub mod refresher;
pub mod runtime;
pub mod signals;
pub mod storage;
pub mod timer;
pub mod tokens;
pub mod transport;
pub mod ui;
pub mod value;

use std::rc::Rc;
use std::sync::Once;

use js_sys::Array;
use wasm_bindgen::prelude::*;

use crate::config::Config;
use crate::runtime::Runtime;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The running widget, as the loader holds it.
#[wasm_bindgen]
pub struct Handle {
    runtime: Rc<Runtime>,
}

/// Starts the widget, which takes a few tasks of the page's; [`Handle::call`] does not wait for them.
///
/// # Errors
/// A text that says what is missing, with the remedy.
#[wasm_bindgen]
pub fn start(config: &JsValue) -> Result<Handle, JsValue> {
    set_panic_hook();
    let config = Config::read(config).map_err(|missing| JsValue::from(missing.to_string()))?;
    let runtime = Runtime::start(config)
        .ok_or_else(|| JsValue::from("the widget was started where there is no page"))?;
    Ok(Handle { runtime })
}

#[wasm_bindgen]
impl Handle {
    /// One call of the host's: when it was made (wall milliseconds), and its arguments.
    pub fn call(&self, time: f64, args: &Array) -> JsValue {
        self.finish();
        commands::call(&self.runtime, time, args, None)
    }
}

impl Handle {
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
        yew::set_custom_panic_hook(Box::new(|panic| {
            wasm_bindgen::throw_str(&panic.to_string());
        }));
    });
}
