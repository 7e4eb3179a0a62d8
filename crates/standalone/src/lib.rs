//! The widget as a WebAssembly module of its own: what the loader calls is exported, and what only who owns the
//! whole module may choose is chosen.

use js_sys::Array;
use wasm_bindgen::prelude::*;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The running widget, as the loader holds it.
#[wasm_bindgen]
pub struct Handle(headstart::Handle);

/// Starts the widget, which takes a few tasks of the page's; calls do not wait for them.
///
/// # Errors
/// A text that says what is missing, with the remedy.
#[wasm_bindgen]
pub fn start(config: &JsValue) -> Result<Handle, JsValue> {
    headstart::start(config).map(Handle)
}

#[wasm_bindgen]
impl Handle {
    /// One call of the host's: when it was made (wall milliseconds), and its arguments.
    pub fn call(&self, time: f64, args: &Array) -> JsValue {
        self.0.call(time, args)
    }
}
