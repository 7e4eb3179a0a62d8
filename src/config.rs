//! What the loader starts the widget with.

use headstart_core::Person;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};

use crate::native::get;

/// What the loader starts the widget with.
#[derive(Debug)]
pub struct Config {
    /// The project's public key.
    pub write_key: String,
    /// Where the collector is, without a trailing slash.
    pub endpoint: String,
    /// Who the user is; the browser's id is empty if the loader has none.
    pub person: Person,
    /// The collector's answer to the boot, as the browser parsed it.
    pub boot: JsValue,
    /// The calls made so far: when (wall milliseconds), and their arguments.
    pub calls: Vec<Call>,
    /// Whether the user is to be asked before they are tracked.
    pub needs_consent: bool,
    /// Whether the browser's own refusal (Global Privacy Control) does not count here.
    pub ignores_gpc: bool,
    /// The names of the query parameters that may be sent.
    pub query: Vec<String>,
    /// Whether the shadow root is to be open: for tests that must look inside.
    pub open_root: bool,
}

/// One call of the host's.
#[derive(Debug)]
pub struct Call {
    /// When it was made, wall milliseconds.
    pub time: f64,
    /// Its arguments.
    pub args: Array,
}

/// Why the widget does not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the widget was started without `{0}`; start it through the loader, headstart.js")]
pub struct Missing(&'static str);

impl Config {
    /// Takes apart what `start` was given.
    ///
    /// # Errors
    /// [`Missing`] when there is no write key or no endpoint.
    pub fn read(config: &JsValue) -> Result<Self, Missing> {
        let text = |name| {
            get(config, name)
                .as_string()
                .filter(|text| !text.is_empty())
        };
        let anonymous = text("anonymousId").unwrap_or_default();
        // The script's attributes, `data-…`.
        let dataset = get(config, "dataset");
        let attribute = |name| get(&dataset, name).as_string().unwrap_or_default();
        let query = attribute("query");
        let names = query.split(',').map(str::trim);
        let names = names.filter(|name| !name.is_empty());
        Ok(Self {
            write_key: text("writeKey").ok_or(Missing("writeKey"))?,
            endpoint: text("endpoint").ok_or(Missing("endpoint"))?,
            person: Person {
                anonymous: anonymous.into(),
                user: text("userId").map(Into::into),
            },
            boot: get(config, "boot"),
            calls: calls(&get(config, "calls")),
            needs_consent: attribute("consent") == "required",
            ignores_gpc: attribute("gpc") == "ignore",
            query: names.map(str::to_owned).collect(),
            open_root: get(config, "openRoot").is_truthy(),
        })
    }
}

fn calls(list: &JsValue) -> Vec<Call> {
    let Some(list) = list.dyn_ref::<Array>() else {
        return Vec::new();
    };
    let call = |call: JsValue| {
        let call = call.dyn_into::<Array>().ok()?;
        Some(Call {
            time: call.get(0).as_f64()?,
            args: call.get(1).dyn_into().ok()?,
        })
    };
    list.iter().filter_map(call).collect()
}
