//! Navigation: where the user is, also in applications that change the address without loading a
//! page. Nothing of the host's is patched for it.

use std::cell::RefCell;
use std::rc::Rc;

use headstart_core::{Input, Location};
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

use crate::listener::Listener;
use crate::native::{Native, get};
use crate::signals::{Hear, News};
use crate::timer::Timer;

/// Where the browser does not tell of every navigation, the address is looked at so often while the
/// page is in front, milliseconds.
const LOOK_EVERY: i64 = 300;

/// Watches the address until it is dropped.
pub struct Navigation {
    native: Rc<Native>,
    hear: Hear,
    address: RefCell<String>,
    listeners: RefCell<Vec<Listener>>,
    timer: RefCell<Option<Timer>>,
    polls: bool,
}

impl Navigation {
    /// Tells where the user is, and from now on when they go elsewhere.
    pub fn start(native: &Rc<Native>, hear: &Hear) -> Rc<Self> {
        let window = native.window();
        let navigation = get(window, "navigation");
        let told = navigation.is_object();
        let this = Rc::new(Self {
            native: Rc::clone(native),
            hear: Rc::clone(hear),
            address: RefCell::default(),
            listeners: RefCell::default(),
            timer: RefCell::default(),
            polls: !told,
        });
        let listen = |target, name| {
            let weak = Rc::downgrade(&this);
            let listener = Listener::new(native, target, name, move |_| {
                if let Some(this) = weak.upgrade() {
                    this.look_soon(0);
                }
            });
            this.listeners.borrow_mut().push(listener);
        };
        if told {
            listen(&navigation, "currententrychange");
        } else {
            listen(native.document(), "visibilitychange");
        }
        listen(window, "popstate");
        listen(window, "hashchange");
        this.look();
        if this.polls {
            this.look_soon(LOOK_EVERY);
        }
        this
    }

    /// Not at once: the host is in the middle of going there.
    fn look_soon(self: &Rc<Self>, delay: i64) {
        let weak = Rc::downgrade(self);
        let timer = Timer::after(&self.native, delay, move || {
            if let Some(this) = weak.upgrade() {
                drop(this.timer.take());
                this.look();
                if this.polls && !get(this.native.document(), "hidden").is_truthy() {
                    this.look_soon(LOOK_EVERY);
                }
            }
        });
        self.timer.replace(Some(timer));
    }

    fn look(&self) {
        let location = get(self.native.window(), "location");
        let text = |name| get(&location, name).as_string().unwrap_or_default();
        let address = text("href");
        if self.address.replace(address.clone()) == address {
            return;
        }
        let hash = text("hash");
        let hashes = hash.bytes().take_while(|byte| *byte == b'#').count();
        (self.hear)(News::Input(Input::PageChanged(Location {
            path: text("pathname"),
            query: query(&text("search")),
            hash: hash[hashes..].to_owned(),
        })));
    }
}

/// The names and values of a query (with or without `?`), decoded by the browser.
pub fn query(search: &str) -> Vec<(String, String)> {
    let Ok(params) = UrlSearchParams::new_with_str(search) else {
        return Vec::new();
    };
    let pair = |entry: JsValue| {
        let text = |place| get(&entry, place).as_string().unwrap_or_default();
        (text("0"), text("1"))
    };
    js_sys::Array::from(&params).iter().map(pair).collect()
}
