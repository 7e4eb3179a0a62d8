//! Elements: whether those that conditions and tips ask about are in the page, visible, and what
//! their form value is.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::facts::ElementFact;
use headstart_core::{Input, Selector, Value};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;
use web_sys::{Element, MutationObserver, MutationObserverInit};

use crate::console::Console;
use crate::listener::Listener;
use crate::native::{Native, get, invoke, set};
use crate::signals::private::is_private;
use crate::signals::{Hear, News};
use crate::timer::Timer;

/// However often the page changes, it is looked at no more often than this, milliseconds.
const GATHER: i64 = 100;
/// So many matches of a selector at most are tried for one that can be seen.
const MOST_MATCHES: u32 = 50;

/// What can change how an element looks without the document changing.
const EVENTS: [&str; 6] = [
    "animationend",
    "change",
    "input",
    "resize",
    "toggle",
    "transitionend",
];

/// Watches elements until it is dropped.
pub struct Elements {
    native: Rc<Native>,
    console: Rc<Console>,
    hear: Hear,
    watched: RefCell<Vec<Watched>>,
    eyes: RefCell<Option<Eyes>>,
    timer: RefCell<Option<Timer>>,
    observing: Cell<bool>,
}

/// One element that is asked about.
#[derive(Clone, Debug, Default)]
struct Watched {
    selector: Selector,
    value: bool,
    fact: ElementFact,
    element: Option<Element>,
}

/// What notices changes, while there is anything to notice.
struct Eyes {
    observer: MutationObserver,
    _mutated: Closure<dyn FnMut()>,
    _listeners: Vec<Listener>,
}

impl Drop for Eyes {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl Elements {
    /// Watches nothing yet.
    pub fn new(native: &Rc<Native>, console: &Rc<Console>, hear: &Hear) -> Rc<Self> {
        Rc::new(Self {
            native: Rc::clone(native),
            console: Rc::clone(console),
            hear: Rc::clone(hear),
            watched: RefCell::default(),
            eyes: RefCell::default(),
            timer: RefCell::default(),
            observing: Cell::new(false),
        })
    }

    /// Watches that element, its form value only if it is asked for, and tells at once how it is.
    pub fn watch(self: &Rc<Self>, selector: &Selector, value: bool) {
        if let Err(error) = self.native.document().query_selector(selector.as_str()) {
            let reason = get(&error, "message").as_string().unwrap_or_default();
            self.console.warn(&format!(
                "`{selector}` is no CSS selector, so what asks for it is not shown and not done: {reason}"
            ));
            return;
        }
        let watched = Watched {
            selector: selector.clone(),
            value,
            ..Watched::default()
        };
        self.watched.borrow_mut().push(watched);
        self.open_eyes();
        self.look_at(selector);
    }

    /// Watches it no longer.
    pub fn unwatch(&self, selector: &Selector) {
        self.watched
            .borrow_mut()
            .retain(|watched| watched.selector != *selector);
        if self.watched.borrow().is_empty() {
            self.close();
        }
    }

    /// Watches nothing any more.
    pub fn close(&self) {
        self.watched.borrow_mut().clear();
        drop(self.eyes.take());
        drop(self.timer.take());
        self.observing.set(false);
    }

    /// The element of that selector, as it was found last.
    pub fn element(&self, selector: &Selector) -> Option<Element> {
        self.get(selector)?.element
    }

    /// The selectors that are watched.
    pub fn selectors(&self) -> Vec<Selector> {
        let watched = self.watched.borrow();
        watched.iter().map(|one| one.selector.clone()).collect()
    }

    fn get(&self, selector: &Selector) -> Option<Watched> {
        let watched = self.watched.borrow();
        watched
            .iter()
            .find(|one| one.selector == *selector)
            .cloned()
    }

    /// Looks at all of them, and tells what has changed.
    pub fn look(self: &Rc<Self>) {
        drop(self.timer.take());
        let selectors = self.selectors();
        for selector in &selectors {
            self.look_at(selector);
        }
        if !selectors.is_empty() {
            self.observe();
        }
    }

    fn look_at(&self, selector: &Selector) {
        let Some(before) = self.get(selector) else {
            return;
        };
        let element = self.find(selector);
        let fact = ElementFact {
            present: element.is_some(),
            visible: element.as_ref().is_some_and(is_visible),
            value: element.as_ref().filter(|_| before.value).and_then(value_of),
        };
        let replaced = element != before.element;
        let changed = fact != before.fact;
        if !replaced && !changed {
            return;
        }
        for watched in self.watched.borrow_mut().iter_mut() {
            if watched.selector == *selector {
                watched.fact = fact.clone();
                watched.element.clone_from(&element);
            }
        }
        (self.hear)(if changed {
            News::Input(Input::Element {
                selector: selector.clone(),
                fact,
            })
        } else {
            News::Replaced
        });
    }

    /// The first element of that selector that can be seen, else the first: applications keep a
    /// menu for phones and one for desktops, and hide one of them. What the host keeps private is none
    /// of them.
    fn find(&self, selector: &Selector) -> Option<Element> {
        let document = self.native.document();
        let first = document.query_selector(selector.as_str()).ok()??;
        let theirs = |element: &Element| !is_ours(element) && !is_private(element);
        if is_visible(&first) && theirs(&first) {
            return Some(first);
        }
        let all = document.query_selector_all(selector.as_str()).ok()?;
        let nth = |index| all.item(index)?.dyn_into::<Element>().ok();
        let others = (0..all.length().min(MOST_MATCHES)).filter_map(nth);
        let mut theirs = others.filter(theirs).peekable();
        let fallback = theirs.peek().cloned();
        theirs.find(is_visible).or(fallback)
    }

    fn open_eyes(self: &Rc<Self>) {
        if self.eyes.borrow().is_some() {
            return;
        }
        let weak = Rc::downgrade(self);
        let mutated = Closure::<dyn FnMut()>::new(move || {
            if let Some(this) = weak.upgrade() {
                this.look_soon();
            }
        });
        let callback: &js_sys::Function = mutated.as_ref().unchecked_ref();
        let Ok(observer) = MutationObserver::new(callback) else {
            return;
        };
        let listeners = EVENTS.map(|name| {
            let weak = Rc::downgrade(self);
            Listener::new(&self.native, self.native.window(), name, move |_| {
                if let Some(this) = weak.upgrade() {
                    this.look_soon();
                }
            })
        });
        *self.eyes.borrow_mut() = Some(Eyes {
            observer,
            _mutated: mutated,
            _listeners: listeners.into(),
        });
        self.observe();
    }

    /// One change is enough to look again, so nothing more is heard of until then: a page that
    /// changes all the time costs ten looks a second.
    fn look_soon(self: &Rc<Self>) {
        if self.timer.borrow().is_some() || self.eyes.borrow().is_none() {
            return;
        }
        if let Some(eyes) = &*self.eyes.borrow() {
            eyes.observer.disconnect();
        }
        self.observing.set(false);
        let weak = Rc::downgrade(self);
        let timer = Timer::after(&self.native, GATHER, move || {
            if let Some(this) = weak.upgrade() {
                this.look();
            }
        });
        self.timer.replace(Some(timer));
    }

    fn observe(&self) {
        if let Some(eyes) = &*self.eyes.borrow()
            && !self.observing.replace(true)
        {
            let options = MutationObserverInit::new();
            options.set_subtree(true);
            options.set_child_list(true);
            options.set_attributes(true);
            // It refuses only what is no node.
            let _ = eyes
                .observer
                .observe_with_options(self.native.document(), &options);
        }
    }
}

/// Whether an element is drawn and has a size.
pub fn is_visible(element: &(impl AsRef<Element> + JsCast)) -> bool {
    let element: &Element = element.as_ref();
    let area = element.get_bounding_client_rect();
    if area.width() <= 0.0 || area.height() <= 0.0 || element.get_client_rects().length() == 0 {
        return false;
    }
    let options = Object::new();
    set(&options, "visibilityProperty", &true.into());
    // Its name until 2023.
    set(&options, "checkVisibilityCSS", &true.into());
    // Browsers without it go by the size alone.
    invoke(element, "checkVisibility", &[&options]).is_none_or(|visible| visible.is_truthy())
}

/// Whether an element is the widget's own.
pub fn is_ours(element: &Element) -> bool {
    element.has_attribute("data-headstart")
}

/// The value of a form field: whether it is checked, or its text. Passwords are never read.
fn value_of(element: &Element) -> Option<Value> {
    let kind = get(element, "type").as_string().unwrap_or_default();
    if kind == "password" {
        return None;
    }
    if matches!(kind.as_str(), "checkbox" | "radio") {
        return get(element, "checked").as_bool().map(Value::Bool);
    }
    get(element, "value").as_string().map(Value::Text)
}

/// The elements that an event went through, innermost first, as far as they can be seen from
/// outside.
pub fn path_of(event: &JsValue) -> Array {
    invoke(event, "composedPath", &[])
        .and_then(|path| path.dyn_into().ok())
        .unwrap_or_default()
}
