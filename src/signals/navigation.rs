//! Navigation: where the user is, also in applications that change the address without loading a
//! page. Nothing of the host's is patched for it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::{Input, Location};
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
    polls: Cell<bool>,
}

impl Navigation {
    /// Tells where the user is.
    pub fn start(native: &Rc<Native>, hear: &Hear) -> Rc<Self> {
        let this = Rc::new(Self {
            native: Rc::clone(native),
            hear: Rc::clone(hear),
            address: RefCell::default(),
            listeners: RefCell::default(),
            timer: RefCell::default(),
            polls: Cell::new(false),
        });
        this.look();
        this
    }

    /// Tells from now on when they go elsewhere, or have gone.
    pub fn listen(self: &Rc<Self>) {
        let native = &self.native;
        let window = native.window();
        let listen = |target, name| {
            let weak = Rc::downgrade(self);
            let listener = Listener::new(native, target, name, move |_| {
                if let Some(this) = weak.upgrade() {
                    this.look_soon(0);
                }
            });
            self.listeners.borrow_mut().push(listener);
        };
        let navigation = get(window, "navigation");
        if navigation.is_object() {
            listen(&navigation, "currententrychange");
        } else {
            self.polls.set(true);
            listen(native.document(), "visibilitychange");
        }
        listen(window, "popstate");
        listen(window, "hashchange");
        self.look_soon(0);
    }

    /// Not at once: the host is in the middle of going there.
    fn look_soon(self: &Rc<Self>, delay: i64) {
        let weak = Rc::downgrade(self);
        let timer = Timer::after(&self.native, delay, move || {
            if let Some(this) = weak.upgrade() {
                drop(this.timer.take());
                this.look();
                if this.polls.get() && !get(this.native.document(), "hidden").is_truthy() {
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
    let mut pairs = Vec::new();
    for pair in js_sys::Array::from(&params).iter() {
        let text = |place| get(&pair, place).as_string().unwrap_or_default();
        pairs.push((text("0"), text("1")));
    }
    pairs
}
