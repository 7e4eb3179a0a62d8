//! Signals: what the page and the user do, as far as it concerns us.

pub mod busy;
pub mod elements;
pub mod navigation;

use std::rc::Rc;

use headstart_core::session::Signal;
use headstart_core::{Input, Location};
use wasm_bindgen::prelude::*;

pub use self::busy::Busy;
pub use self::elements::Elements;

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

/// Is told what has happened, as `www/signals.js` has it, and more about it.
type Tell = dyn Fn(u32, JsValue, JsValue, JsValue);

#[wasm_bindgen(module = "/www/signals.js")]
extern "C" {
    type Watch;

    #[wasm_bindgen(js_namespace = signals)]
    fn watch(tell: &Closure<Tell>, prefix: &str) -> Watch;

    #[wasm_bindgen(method)]
    fn listen(this: &Watch);

    #[wasm_bindgen(method)]
    fn close(this: &Watch);
}

/// Where the user is, whether they look and whether they do something, and what the other tabs have stored: see
/// `www/signals.js`, which it is. Dropping it ends it.
pub struct Signals {
    watch: Watch,
    _tell: Closure<Tell>,
}

impl Signals {
    /// Tells where the user is and whether they look, and from now on whether they do, and of the other tabs, whose
    /// keys begin with `prefix`.
    pub fn start(prefix: &str, hear: &Hear) -> Self {
        let told = Rc::clone(hear);
        let tell = Closure::<Tell>::new(move |what, first, second, third| {
            told(news(what, &first, &second, &third));
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

fn news(what: u32, first: &JsValue, second: &JsValue, third: &JsValue) -> News {
    let text = |value: &JsValue| value.as_string().unwrap_or_default();
    let signal = match what {
        0 => Signal::Visible(true),
        1 => Signal::Visible(false),
        2 => Signal::Focused(true),
        3 => Signal::Focused(false),
        4 => Signal::Active,
        5 => Signal::Tick,
        6 => {
            return News::Input(Input::PageChanged(Location {
                path: text(first),
                query: navigation::query(&text(second)),
                hash: text(third),
            }));
        }
        7 => {
            return News::Stored {
                name: text(first),
                text: second.as_string(),
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
