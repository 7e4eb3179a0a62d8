//! What the loader starts the widget with.

use headstart_core::text::{concat, split};
use headstart_core::{MessageId, Person};
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
    /// The calls made so far, oldest first; [`Call::read`] takes one apart.
    pub calls: Array,
    /// Whether the user is to be asked before they are tracked.
    pub needs_consent: bool,
    /// The language that the page wants, as its script or component says it; empty if it does not say.
    pub language: String,
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
    /// Whom it was made for, if they could be named: by now somebody else may be there.
    pub person: Option<Person>,
    /// The name under which it is stored as well, if it is: the id of its message.
    pub id: Option<MessageId>,
}

impl Call {
    /// Takes apart what the loader keeps of a call (`Kept` in `www/loading.d.ts`). `None` if it is
    /// something else.
    pub fn read(kept: &JsValue) -> Option<Self> {
        let kept: &Array = kept.dyn_ref()?;
        let text = |place| {
            let text = kept.get(place).as_string();
            text.filter(|text| !text.is_empty())
        };
        Some(Self {
            time: kept.get(0).as_f64()?,
            args: kept.get(1).dyn_into().ok()?,
            person: text(2).map(|anonymous| Person {
                anonymous: anonymous.into(),
                user: text(3).map(Into::into),
            }),
            id: text(4).map(Into::into),
        })
    }
}

/// Why the widget does not start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct Missing(&'static str);

impl Missing {
    /// What is missing, with the remedy.
    pub fn message(self) -> String {
        let remedy = "`; start it through the loader, headstart.js";
        concat(&["the widget was started without `", self.0, remedy])
    }
}

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
        let mut names = Vec::new();
        for name in split(&query, b",") {
            if !name.trim().is_empty() {
                names.push(name.trim().to_owned());
            }
        }
        Ok(Self {
            write_key: text("writeKey").ok_or(Missing("writeKey"))?,
            endpoint: text("endpoint").ok_or(Missing("endpoint"))?,
            person: Person {
                anonymous: anonymous.into(),
                user: text("userId").map(Into::into),
            },
            boot: get(config, "boot"),
            calls: get(config, "calls").dyn_into().unwrap_or_default(),
            needs_consent: attribute("consent") == "required",
            language: attribute("language"),
            ignores_gpc: attribute("gpc") == "ignore",
            query: names,
            open_root: get(config, "openRoot").is_truthy(),
        })
    }
}
