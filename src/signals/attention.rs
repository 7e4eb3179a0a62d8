//! Attention: whether the page is in front, has the focus, and how time passes while it is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::Input;
use headstart_core::session::Signal;

use crate::listener::Listener;
use crate::native::{Native, get, invoke};
use crate::signals::{Hear, News};
use crate::timer::Timer;

/// So often the passing of time is told of, milliseconds; well below the longest step that counts
/// as engaged time.
pub const TICK: i64 = 5_000;

/// So many calls of the browser are enough for what cuts off a function of the page to have done so.
const BRACES: usize = 1_000;

/// Watches attention until it is dropped.
pub struct Attention {
    native: Rc<Native>,
    hear: Hear,
    visible: Cell<bool>,
    focused: Cell<bool>,
    timer: RefCell<Option<Timer>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Attention {
    /// Tells how it is now, and from now on when it changes.
    pub fn start(native: &Rc<Native>, hear: &Hear) -> Rc<Self> {
        let this = Rc::new(Self {
            native: Rc::clone(native),
            hear: Rc::clone(hear),
            visible: Cell::new(false),
            focused: Cell::new(false),
            timer: RefCell::default(),
            listeners: RefCell::default(),
        });
        let window = native.window();
        let document = native.document();
        let listen = |target, name, react: fn(&Rc<Self>)| {
            let weak = Rc::downgrade(&this);
            let listener = Listener::new(native, target, name, move |_| {
                if let Some(this) = weak.upgrade() {
                    react(&this);
                }
            });
            this.listeners.borrow_mut().push(listener);
        };
        listen(document, "visibilitychange", Self::look);
        listen(document, "prerenderingchange", Self::look);
        listen(window, "pageshow", Self::look);
        // When a tab is closed Firefox cuts off the function of the page that runs then, without an
        // exception and for once. So the first to hear of it has nothing to lose, and should it be the
        // next that is cut off, another one does its work.
        listen(window, "pagehide", Self::brace);
        listen(window, "pagehide", Self::leave);
        listen(window, "pagehide", Self::leave);
        listen(window, "focus", Self::look);
        listen(window, "blur", Self::look);
        listen(window, "online", |this| (this.hear)(News::Online));
        this.look();
        this
    }

    /// Looks how it is, and tells what has changed.
    fn look(self: &Rc<Self>) {
        let document = self.native.document();
        let visible =
            !get(document, "hidden").is_truthy() && !get(document, "prerendering").is_truthy();
        // `blur` also comes when the focus goes into a frame of the same page, which still has it.
        let focused = invoke(document, "hasFocus", &[]).is_none_or(|focused| focused.is_truthy());
        self.set(visible, focused && visible);
    }

    fn brace(self: &Rc<Self>) {
        for _ in 0..BRACES {
            self.native.now();
        }
    }

    fn leave(self: &Rc<Self>) {
        // What was being told may have been cut off.
        self.visible.set(true);
        self.set(false, false);
        (self.hear)(News::Leaving);
    }

    fn set(self: &Rc<Self>, visible: bool, focused: bool) {
        // Into view first and then into focus; out of focus first and then out of view.
        if visible && !self.visible.replace(true) {
            self.signal(Signal::Visible(true));
            self.tick_later();
        }
        if self.focused.replace(focused) != focused {
            self.signal(Signal::Focused(focused));
        }
        if !visible && self.visible.replace(false) {
            drop(self.timer.take());
            self.signal(Signal::Visible(false));
        }
    }

    fn tick_later(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let timer = Timer::after(&self.native, TICK, move || {
            if let Some(this) = weak.upgrade() {
                drop(this.timer.take());
                this.look();
                if this.visible.get() {
                    this.signal(Signal::Tick);
                    this.tick_later();
                }
            }
        });
        self.timer.replace(Some(timer));
    }

    fn signal(&self, signal: Signal) {
        let stored = None;
        (self.hear)(News::Input(Input::Signal { signal, stored }));
    }
}
