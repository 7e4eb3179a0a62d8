//! Storage: the project's keys in the browser's `localStorage`, and in memory what does not fit or
//! must not be there.

use std::cell::{Cell, RefCell};

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

use crate::native::{Native, call, function, get};

/// Texts by name, all under `headstart.<write key>.`. Never fails: where the browser's storage is
/// blocked or full, memory takes its place until the page is left.
#[derive(Debug)]
pub struct Storage {
    prefix: String,
    area: Option<Area>,
    /// Whether anything may be written to the browser's storage.
    open: Cell<bool>,
    memory: RefCell<Vec<(String, String)>>,
}

/// `localStorage` and its methods, taken before the page could replace them.
#[derive(Debug)]
struct Area {
    object: JsValue,
    get: Function,
    set: Function,
    remove: Function,
    key: Function,
}

impl Area {
    fn capture(native: &Native) -> Option<Self> {
        // In a sandboxed frame even reading this property throws.
        let object = get(native.window(), "localStorage");
        Some(Self {
            get: function(&object, "getItem")?,
            set: function(&object, "setItem")?,
            remove: function(&object, "removeItem")?,
            key: function(&object, "key")?,
            object,
        })
    }

    fn names(&self) -> Vec<String> {
        let length = get(&self.object, "length").as_f64().unwrap_or_default();
        let mut names = Vec::new();
        let mut index = 0.0;
        while index < length {
            let name = call(&self.key, &self.object, &[&index.into()]);
            if let Some(name) = name.and_then(|name| name.as_string()) {
                names.push(name);
            }
            index += 1.0;
        }
        names
    }
}

impl Storage {
    /// The storage of the project with this write key.
    pub fn new(native: &Native, write_key: &str) -> Self {
        Self {
            prefix: format!("headstart.{write_key}."),
            area: Area::capture(native),
            open: Cell::new(true),
            memory: RefCell::default(),
        }
    }

    /// The text of that name.
    pub fn get(&self, name: &str) -> Option<String> {
        self.held(name).or_else(|| {
            let area = self.area()?;
            call(&area.get, &area.object, &[&self.key(name)])?.as_string()
        })
    }

    fn held(&self, name: &str) -> Option<String> {
        let memory = self.memory.borrow();
        let held = memory.iter().find(|(held, _)| held == name);
        held.map(|(_, text)| text.clone())
    }

    fn drop_held(&self, name: &str) {
        self.memory.borrow_mut().retain(|(held, _)| held != name);
    }

    /// Sets the text of that name. Says whether the browser keeps it.
    pub fn set(&self, name: &str, text: &str) -> bool {
        let written = self
            .area()
            .and_then(|area| call(&area.set, &area.object, &[&self.key(name), &text.into()]));
        self.drop_held(name);
        if written.is_none() {
            let held = (name.to_owned(), text.to_owned());
            self.memory.borrow_mut().push(held);
        }
        written.is_some()
    }

    /// Removes the text of that name.
    pub fn remove(&self, name: &str) {
        self.drop_held(name);
        if let Some(area) = self.area() {
            call(&area.remove, &area.object, &[&self.key(name)]);
        }
    }

    /// All names that begin so, in order.
    pub fn names(&self, beginning: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if name.starts_with(beginning)
                && let Err(place) = names.binary_search_by(|known| known.as_str().cmp(name))
            {
                names.insert(place, name.to_owned());
            }
        };
        for key in self.area().map(Area::names).unwrap_or_default() {
            self.name_of(&key).into_iter().for_each(&mut add);
        }
        for (name, _) in self.memory.borrow().iter() {
            add(name);
        }
        names
    }

    /// Which of our names a key of the browser's storage is, if it is one.
    pub fn name_of<'a>(&self, key: &'a str) -> Option<&'a str> {
        key.strip_prefix(&self.prefix)
    }

    /// Whether the browser keeps what is set; otherwise it lasts until the page is left.
    pub fn lasts(&self) -> bool {
        self.open.get() && self.area.is_some()
    }

    /// The user may not be remembered: removes all that the browser keeps of this project but their
    /// answer. Until it is opened again nothing is written there and nothing read: what is set lasts
    /// until the page is left.
    pub fn erase(&self) {
        self.open.set(true);
        for name in self.names("").iter().filter(|name| *name != "consent") {
            self.remove(name);
        }
        self.open.set(false);
    }

    /// Keeps the user's answer, though nothing else may be.
    pub fn keep_answer(&self, answer: &str) {
        let open = self.open.replace(true);
        self.set("consent", answer);
        self.open.set(open);
    }

    /// Opens again, and writes what was kept in memory meanwhile, where no other tab has written
    /// something under its name.
    pub fn reopen(&self) {
        if self.open.replace(true) {
            return;
        }
        for (name, text) in self.memory.take() {
            if self.get(&name).is_none() {
                self.set(&name, &text);
            }
        }
    }

    fn area(&self) -> Option<&Area> {
        self.area.as_ref().filter(|_| self.open.get())
    }

    fn key(&self, name: &str) -> JsValue {
        format!("{}{name}", self.prefix).into()
    }
}

/// Whether an event of the window is about this storage, and then about which name, and the text it
/// now has.
pub fn change_of(storage: &Storage, event: &JsValue) -> Option<(String, Option<String>)> {
    let key = Reflect::get(event, &"key".into()).ok()?.as_string()?;
    let name = storage.name_of(&key)?.to_owned();
    Some((name, get(event, "newValue").as_string()))
}
