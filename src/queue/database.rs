//! The database: texts by key in the browser's `IndexedDB`, which all tabs of the site share.
//!
//! A write is handed over and committed within the call that makes it, so that what becomes of the
//! page afterwards does not matter. Source: Indexed Database API 3.0, "Transaction lifecycle".

use std::rc::Rc;

use js_sys::{Array, Function, Object, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::listener::Listener;
use crate::native::{Native, call, function, get, invoke, set};

/// The schema's version. Raising it needs a step in [`upgrade`].
const VERSION: u32 = 1;
/// The store of messages.
pub const MESSAGES: &str = "messages";
/// The store of leases.
pub const LEASES: &str = "leases";

/// The browser's functions for databases, taken before the page could replace them.
#[derive(Debug)]
pub struct Databases {
    native: Rc<Native>,
    factory: JsValue,
    open: Function,
    delete: Function,
    close: Function,
    transaction: Function,
    object_store: Function,
    /// Newer than the others.
    commit: Option<Function>,
    store_put: Function,
    store_add: Function,
    store_delete: Function,
    store_get: Function,
    store_keys: Function,
}

impl Databases {
    /// Takes them. `None` where there are none.
    pub fn capture(native: &Rc<Native>) -> Option<Rc<Self>> {
        let window = native.window();
        // In a sandboxed frame even reading this property throws.
        let factory = get(window, "indexedDB");
        let of = |class, name| function(&get(&get(window, class), "prototype"), name);
        let of_store = |name| of("IDBObjectStore", name);
        Some(Rc::new(Self {
            native: Rc::clone(native),
            open: function(&factory, "open")?,
            delete: function(&factory, "deleteDatabase")?,
            factory,
            close: of("IDBDatabase", "close")?,
            transaction: of("IDBDatabase", "transaction")?,
            object_store: of("IDBTransaction", "objectStore")?,
            commit: of("IDBTransaction", "commit"),
            store_put: of_store("put")?,
            store_add: of_store("add")?,
            store_delete: of_store("delete")?,
            store_get: of_store("get")?,
            store_keys: of_store("getAllKeys")?,
        }))
    }

    /// Opens a database, and makes it if there is none. `gone` is told when the browser takes it
    /// away later, or another tab wants it to be closed. `None` if the browser refuses; it may
    /// also never answer.
    pub async fn open(
        self: &Rc<Self>,
        name: &str,
        gone: impl Fn() + Clone + 'static,
    ) -> Option<Database> {
        let request = call(&self.open, &self.factory, &[&name.into(), &VERSION.into()])?;
        let upgrading = request.clone();
        let upgrading = Listener::new(&self.native, &request, "upgradeneeded", move |event| {
            let from = get(&event, "oldVersion").as_f64().unwrap_or_default();
            upgrade(&get(&upgrading, "result"), from);
        });
        let opened = outcome(&self.native, &request, "success", "error");
        JsFuture::from(opened).await.ok()?;
        drop(upgrading);
        let object = get(&request, "result");
        let closing = (Rc::clone(self), object.clone(), gone.clone());
        let listeners = [
            Listener::new(&self.native, &object, "close", move |_| gone()),
            Listener::new(&self.native, &object, "versionchange", move |_| {
                let (databases, object, gone) = &closing;
                call(&databases.close, object, &[]);
                gone();
            }),
        ];
        Some(Database {
            databases: Rc::clone(self),
            object,
            _listeners: listeners,
        })
    }

    /// Deletes a database, as soon as no tab has it open any more.
    pub fn delete(&self, name: &str) {
        call(&self.delete, &self.factory, &[&name.into()]);
    }
}

/// Brings the schema from a version (0: there is none) to [`VERSION`].
fn upgrade(database: &JsValue, from: f64) {
    if from < 1.0 {
        for name in [MESSAGES, LEASES] {
            invoke(database, "createObjectStore", &[&name.into()]);
        }
    }
}

/// A promise of whichever of the two events comes first: kept for `good`, broken for `bad`.
fn outcome(native: &Native, target: &JsValue, good: &str, bad: &str) -> Promise {
    Promise::new(&mut |resolve, reject| {
        native.listen(true, target, good, &resolve);
        native.listen(true, target, bad, &reject);
    })
}

/// An open database; it is closed when it is dropped.
#[derive(Debug)]
pub struct Database {
    databases: Rc<Databases>,
    object: JsValue,
    _listeners: [Listener; 2],
}

impl Drop for Database {
    fn drop(&mut self) {
        call(&self.databases.close, &self.object, &[]);
    }
}

impl Database {
    /// Begins some work on one of the stores. `None` if the database is no longer there.
    pub fn begin(&self, store: &str, writes: bool) -> Option<Work<'_>> {
        let mode = if writes { "readwrite" } else { "readonly" };
        let options = Object::new();
        // Written to the operating system, which outlives the browser; not waited for the disk to
        // have it, which costs every message a turn of it.
        set(&options, "durability", &"relaxed".into());
        let args: [&JsValue; 3] = [&store.into(), &mode.into(), &options];
        let transaction = call(&self.databases.transaction, &self.object, &args)?;
        let store = call(&self.databases.object_store, &transaction, &[&store.into()])?;
        Some(Work {
            databases: &self.databases,
            transaction,
            store,
        })
    }
}

/// Some work on a store: all of it is done, or none.
#[derive(Debug)]
pub struct Work<'d> {
    databases: &'d Databases,
    transaction: JsValue,
    store: JsValue,
}

impl Work<'_> {
    /// Puts a text under a key, in place of another.
    pub fn put(&self, key: &str, text: &str) {
        self.ask(&self.databases.store_put, &[&text.into(), &key.into()]);
    }

    /// Puts a text under a key; where there is one already, all of the work is undone.
    pub fn add(&self, key: &str, text: &str) {
        self.ask(&self.databases.store_add, &[&text.into(), &key.into()]);
    }

    /// Removes the text of a key.
    pub fn delete(&self, key: &str) {
        self.ask(&self.databases.store_delete, &[&key.into()]);
    }

    /// Asks for the text of a key.
    pub fn get(&self, key: &str) -> Request {
        Request(self.ask(&self.databases.store_get, &[&key.into()]))
    }

    /// Asks for all keys.
    pub fn keys(&self) -> Request {
        Request(self.ask(&self.databases.store_keys, &[]))
    }

    fn ask(&self, method: &Function, args: &[&JsValue]) -> JsValue {
        call(method, &self.store, args).unwrap_or(JsValue::UNDEFINED)
    }

    /// That was all. The promise is kept when it is done, and broken if it is not.
    pub fn end(self) -> Promise {
        let native = &self.databases.native;
        let done = outcome(native, &self.transaction, "complete", "abort");
        if let Some(commit) = &self.databases.commit {
            call(commit, &self.transaction, &[]);
        }
        done
    }
}

/// What was asked for; it is there when the work is done.
#[derive(Debug)]
pub struct Request(JsValue);

impl Request {
    /// The text.
    pub fn text(&self) -> Option<String> {
        get(&self.0, "result").as_string()
    }

    /// The texts.
    pub fn texts(&self) -> Vec<String> {
        let list = Array::from(&get(&self.0, "result"));
        list.iter().filter_map(|text| text.as_string()).collect()
    }
}
