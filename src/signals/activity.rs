//! Activity: that the user does something, never what.

use std::cell::RefCell;
use std::rc::Rc;

use headstart_core::Input;
use headstart_core::session::Signal;

use crate::listener::Listener;
use crate::native::Native;
use crate::signals::{Hear, News};
use crate::timer::Timer;

/// It is told at most so often, milliseconds.
const EVERY: i64 = 1_000;

const EVENTS: [&str; 6] = [
    "keydown",
    "pointerdown",
    "pointermove",
    "scroll",
    "touchstart",
    "wheel",
];

/// Watches activity until it is dropped.
pub struct Activity {
    native: Rc<Native>,
    hear: Hear,
    listeners: RefCell<Vec<Listener>>,
    timer: RefCell<Option<Timer>>,
}

impl Activity {
    /// Tells of activity from now on.
    pub fn start(native: &Rc<Native>, hear: &Hear) -> Rc<Self> {
        let this = Rc::new(Self {
            native: Rc::clone(native),
            hear: Rc::clone(hear),
            listeners: RefCell::default(),
            timer: RefCell::default(),
        });
        this.listen();
        this
    }

    fn listen(self: &Rc<Self>) {
        let listeners = EVENTS.map(|name| {
            let weak = Rc::downgrade(self);
            Listener::new(&self.native, self.native.window(), name, move |_| {
                if let Some(this) = weak.upgrade() {
                    this.notice();
                }
            })
        });
        self.listeners.replace(listeners.into());
    }

    /// One is enough: a pointer moves a hundred times a second, so nobody listens for a while.
    fn notice(self: &Rc<Self>) {
        drop(self.listeners.take());
        let weak = Rc::downgrade(self);
        let timer = Timer::after(&self.native, EVERY, move || {
            if let Some(this) = weak.upgrade() {
                drop(this.timer.take());
                this.listen();
            }
        });
        self.timer.replace(Some(timer));
        (self.hear)(News::Input(Input::Signal {
            signal: Signal::Active,
            stored: None,
        }));
    }
}
