//! Signals: what the page and the user do, as far as it concerns us.

pub mod busy;
pub mod elements;
pub mod navigation;

use std::rc::Rc;

use headstart_core::session::Signal;
use headstart_core::{Input, Location};
use js_sys::Array;
use wasm_bindgen::prelude::*;

pub use self::busy::Busy;
pub use self::elements::Elements;
use crate::told::{Told, answering};

/// What has happened.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// Something for the engine. A signal's stored session is filled in by whoever hears of it.
    Input(Input),
    /// The page is being left, perhaps for good.
    Leaving,
    /// The browser is online again.
    Online,
    /// A watched element is another one now, though nothing else about it has changed.
    Replaced,
    /// Another tab has changed what is stored under this name.
    Stored {
        /// The name, without the project's prefix.
        name: String,
        /// What is stored now.
        text: Option<String>,
    },
}

/// Who is told.
pub type Hear = Rc<dyn Fn(News)>;

#[wasm_bindgen(module = "/www/signals.js")]
extern "C" {
    type Watch;

    /// `tell` is told what has happened and more about it, in a list.
    #[wasm_bindgen(js_namespace = signals)]
    fn watch(tell: &Told, prefix: &str) -> Watch;

    #[wasm_bindgen(method)]
    fn listen(this: &Watch);

    #[wasm_bindgen(method)]
    fn close(this: &Watch);
}

/// Where the user is, whether they look and whether they do something, and what the other tabs have stored: see
/// `www/signals.js`, which it is. Dropping it ends it.
pub struct Signals {
    watch: Watch,
    _tell: Told,
}

impl Signals {
    /// Tells where the user is and whether they look, and from now on whether they do, and of the other tabs, whose
    /// keys begin with `prefix`.
    pub fn start(prefix: &str, hear: &Hear) -> Self {
        let hear = Rc::clone(hear);
        let tell = answering(move |what| {
            hear(news(&what.unchecked_into()));
            JsValue::TRUE
        });
        Self {
            watch: watch(&tell, prefix),
            _tell: tell,
        }
    }

    /// Listens to everything else as well.
    pub fn listen(&self) {
        self.watch.listen();
    }
}

impl Drop for Signals {
    fn drop(&mut self) {
        self.watch.close();
    }
}

fn news(what: &Array) -> News {
    let text = |place| what.get(place).as_string();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "`www/signals.js` has no such numbers"
    )]
    let code = what.get(0).as_f64().unwrap_or_default() as i32;
    let signal = match code {
        0 => Signal::Visible(true),
        1 => Signal::Visible(false),
        2 => Signal::Focused(true),
        3 => Signal::Focused(false),
        4 => Signal::Active,
        5 => Signal::Tick,
        6 => {
            return News::Input(Input::PageChanged(Location {
                path: text(1).unwrap_or_default(),
                query: text(2)
                    .filter(|search| !search.is_empty())
                    .map(|search| navigation::query(&search))
                    .unwrap_or_default(),
                hash: text(3).unwrap_or_default(),
            }));
        }
        7 => {
            return News::Stored {
                name: text(1).unwrap_or_default(),
                text: text(2),
            };
        }
        8 => return News::Leaving,
        _ => return News::Online,
    };
    News::Input(Input::Signal {
        signal,
        stored: None,
    })
}
