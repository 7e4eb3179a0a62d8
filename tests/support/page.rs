//! A page with the widget on it and a collector that is not one: what the tests of the widget share.
//! All tests of one binary share one page, so everything here cleans up after itself.

#![allow(dead_code, reason = "no test binary uses all of it")]

use std::cell::Cell;
use std::rc::Rc;

use headstart::value::read;
use headstart::{Handle, start};
use headstart_core::Value;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Window};

/// Replaces `fetch`, the beacon and the console's `warn` and `error`, and keeps what they are given.
const FAKES: &str = r#"(() => {
    const fake = {
        requests: [], beacons: [], said: [], answers: [], clicks: [],
        boot: { content: [], known: {}, settings: {}, server_time: 1 },
        originals: {
            fetch: window.fetch, warn: console.warn, error: console.error,
            beacon: navigator.sendBeacon,
        },
        restore() {
            window.fetch = fake.originals.fetch;
            console.warn = fake.originals.warn;
            console.error = fake.originals.error;
            delete navigator.sendBeacon;
        },
    };
    const answer = ({ status, body, headers }) =>
        Promise.resolve(new Response(typeof body == "string" ? body : JSON.stringify(body), { status, headers }));
    window.fetch = (url, options) => {
        if (typeof options.body == "string") return take(url, options, options.body, false);
        const unpacked = options.body.stream().pipeThrough(new DecompressionStream("gzip"));
        return new Response(unpacked).text().then((text) => take(url, options, text, true));
    };
    const take = (url, options, text, packed) => {
        const body = JSON.parse(text);
        const request = { url, path: new URL(url).pathname, body, keepalive: !!options.keepalive,
            credentials: options.credentials, headers: options.headers, packed,
            type: options.body.type, size: packed ? options.body.size : text.length };
        fake.requests.push(request);
        if (request.path.endsWith("/v1/reset")) return answer({ status: 200, body: {} });
        if (request.path.endsWith("/v1/boot")) {
            if (fake.boot_fails) return Promise.reject(new TypeError("Failed to fetch"));
            return answer({ status: 200, body: fake.boot });
        }
        const next = fake.answers.shift();
        if (next === undefined) return answer({ status: 200, body: { accepted: body.batch.length, duplicates: 0 } });
        if (next.throws) throw new Error("fetch is broken");
        if (next.junk) return 42;
        if (next.fails) return Promise.reject(new TypeError("Failed to fetch"));
        if (next.waits) return new Promise((resolve) => { fake.go_on = () => resolve(answer(next.waits)); });
        return answer(next);
    };
    navigator.sendBeacon = (url, body) => { fake.beacons.push(JSON.parse(body)); return true; };
    console.warn = (...args) => { fake.said.push(args.map(String).join(" ")); };
    console.error = (...args) => { fake.said.push(args.map(String).join(" ")); };
    return fake;
})()"#;

/// The fakes, until they are dropped.
pub struct Fakes {
    object: JsValue,
}

impl Fakes {
    /// Puts them in place.
    pub fn install() -> Self {
        Self {
            object: js_sys::eval(FAKES).expect("the fakes are valid JavaScript"),
        }
    }

    /// What the collector answers to boots, as JSON.
    pub fn set_boot(&self, json: &str) {
        set(&self.object, "boot", &js(json));
    }

    /// Whether boots fail as when there is no network.
    pub fn set_boot_fails(&self, fails: bool) {
        set(&self.object, "boot_fails", &fails.into());
    }

    /// What the collector answers to the next batches, as a JSON list; after those, 200.
    pub fn set_answers(&self, json: &str) {
        set(&self.object, "answers", &js(json));
    }

    /// Lets a waiting answer go.
    pub fn go_on(&self) {
        let go_on: Function = field(&self.object, "go_on").unchecked_into();
        go_on.call0(&JsValue::NULL).expect("it does not throw");
    }

    /// The requests to a path so far.
    pub fn requests(&self, path: &str) -> Vec<JsValue> {
        let all: Array = field(&self.object, "requests").unchecked_into();
        all.iter()
            .filter(|request| field(request, "path").as_string().as_deref() == Some(path))
            .collect()
    }

    /// The batches sent so far, each as a list of event names (or types, where there is no event).
    pub fn batches(&self) -> Vec<Vec<String>> {
        self.requests("/v1/batch").iter().map(names_of).collect()
    }

    /// The events sent so far that hosts tracked.
    pub fn sent(&self) -> Vec<String> {
        let own = headstart_core::event::name::OWN;
        let all = self.batches().into_iter().flatten();
        all.filter(|name| !own.contains(&name.as_str())).collect()
    }

    /// All messages sent so far, as values.
    pub fn messages(&self) -> Vec<Value> {
        let batches = self.requests("/v1/batch");
        let batch = |request: &JsValue| match read(&field(&field(request, "body"), "batch")).value {
            Some(Value::List(items)) => items,
            _ => Vec::new(),
        };
        batches.iter().flat_map(batch).collect()
    }

    /// What was handed to `sendBeacon`, each as a list of event names.
    pub fn beacons(&self) -> Vec<Vec<String>> {
        let all: Array = field(&self.object, "beacons").unchecked_into();
        all.iter().map(|body| names_in(&body)).collect()
    }

    /// What was said in the console so far.
    pub fn said(&self) -> Vec<String> {
        let all: Array = field(&self.object, "said").unchecked_into();
        all.iter().filter_map(|line| line.as_string()).collect()
    }

    /// How often something with `part` in it was said.
    pub fn said_about(&self, part: &str) -> usize {
        self.said()
            .iter()
            .filter(|line| line.contains(part))
            .count()
    }
}

impl Drop for Fakes {
    fn drop(&mut self) {
        let restore: Function = field(&self.object, "restore").unchecked_into();
        let _ = restore.call0(&JsValue::NULL);
    }
}

/// A page with the widget running on it, until it is dropped.
pub struct Page {
    /// What stands in for the world.
    pub fakes: Fakes,
    handle: Rc<Handle>,
    elements: Vec<Element>,
    keeps: Cell<bool>,
}

impl Page {
    /// Starts the widget for a browser no one has signed in to, with that boot answer as JSON.
    pub fn start(boot: &str) -> Self {
        Self::start_with(boot, "{}")
    }

    /// Starts it with more of what the loader passes, as a JSON object.
    pub fn start_with(boot: &str, config: &str) -> Self {
        clear_storage();
        Self::start_again(boot, config)
    }

    /// Starts it on what the browser remembers.
    pub fn start_again(boot: &str, config: &str) -> Self {
        let page = Self::begin(boot, config);
        page.handle.finish();
        page
    }

    /// Begins to start it, which goes on by itself.
    pub fn begin(boot: &str, config: &str) -> Self {
        let fakes = Fakes::install();
        fakes.set_boot(boot);
        let Ok(handle) = start(&config_of(boot, config)) else {
            panic!("it does not start");
        };
        Self {
            fakes,
            handle: Rc::new(handle),
            elements: Vec::new(),
            keeps: Cell::new(false),
        }
    }

    /// Calls `headstart(…)`; the arguments are the items of a JavaScript list.
    pub fn call(&self, args: &str) -> JsValue {
        let args: Array = eval(&format!("[{args}]")).unchecked_into();
        self.call_with(&args)
    }

    /// A function that calls the widget with its arguments, as the loader's global does.
    pub fn caller(&self) -> Function {
        let handle = Rc::clone(&self.handle);
        let call = Closure::<dyn Fn(Array) -> JsValue>::new(move |args: Array| {
            handle.call(js_sys::Date::now(), &args)
        });
        let wrap = Function::new_with_args("call", "return (...args) => call(args)");
        let wrapped = wrap.call1(&JsValue::NULL, &call.into_js_value());
        wrapped.expect("it does not throw").unchecked_into()
    }

    /// Calls `headstart(…)` with these arguments.
    pub fn call_with(&self, args: &Array) -> JsValue {
        self.handle.call(js_sys::Date::now(), args)
    }

    /// Calls `headstart('on', name, …)` and answers the list that collects what it is told.
    pub fn on(&self, name: &str) -> Array {
        let told = Array::new();
        let push = Function::new_with_args(
            "told",
            "return (detail) => { told.push(JSON.stringify(detail) || 'undefined'); }",
        );
        let callback = push
            .call1(&JsValue::NULL, &told)
            .expect("it does not throw");
        self.call_with(&Array::of3(&"on".into(), &name.into(), &callback));
        told
    }

    /// The reason why a piece of content is not shown; `shown` if it is.
    pub fn explained(&self, content: &str) -> String {
        let rows: Array = self.call("'explain'").unchecked_into();
        let row = rows
            .iter()
            .find(|row| field(row, "content").as_string().as_deref() == Some(content));
        let Some(row) = row else {
            return "absent".to_owned();
        };
        if field(&row, "shown").is_truthy() {
            return "shown".to_owned();
        }
        field(&row, "reason").as_string().unwrap_or_default()
    }

    /// Adds HTML to the page, until the test is over.
    pub fn add(&mut self, html: &str) -> Element {
        let holder = document().create_element("div").expect("a div");
        holder.set_inner_html(html);
        let body = document()
            .query_selector("body")
            .ok()
            .flatten()
            .expect("a body");
        body.append_child(&holder).expect("it is new");
        self.elements.push(holder.clone());
        holder.first_element_child().expect("some HTML")
    }
}

impl Page {
    /// Leaves the page, and all that it kept for the next one.
    pub fn leave(self) {
        self.keeps.set(true);
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.handle.call(0.0, &Array::of1(&"destroy".into()));
        for element in &self.elements {
            element.remove();
        }
        if !self.keeps.get() {
            clear_storage();
        }
    }
}

/// What the loader passes to `start`.
pub fn config_of(boot: &str, more: &str) -> JsValue {
    let config: Object = eval(
        "({ writeKey: 'wk_test', endpoint: 'http://127.0.0.1:1', anonymousId: 'browser-1', calls: [], openRoot: true })",
    )
    .unchecked_into();
    set(&config, "boot", &js(boot));
    Object::assign(&config, &js(more).unchecked_into()).into()
}

/// A boot answer with this content, a JSON list.
pub fn boot(content: &str) -> String {
    format!(r#"{{"content":{content},"known":{{}},"settings":{{}},"server_time":1}}"#)
}

/// A boot answer with one checklist `list` of one task `task`, done by this condition as JSON.
pub fn boot_with(done_when: &str) -> String {
    boot(&format!(
        r#"[{{"id":"list","version":1,"kind":"checklist","title":"Get started","tasks":[{{"id":"task","title":"A task","done_when":{done_when}}}]}}]"#
    ))
}

/// The stored text of one of the project's names.
pub fn stored(name: &str) -> Option<String> {
    let get = format!("localStorage.getItem('headstart.wk_test.{name}')");
    eval(&get).as_string()
}

/// Stores a text under one of the project's names.
pub fn store(name: &str, text: &str) {
    let set = Function::new_with_args(
        "name, text",
        "localStorage.setItem('headstart.wk_test.' + name, text)",
    );
    set.call2(&JsValue::NULL, &name.into(), &text.into())
        .expect("there is room");
}

/// The names in the project's storage.
pub fn stored_names() -> Vec<String> {
    let names: Array = eval(
        "Object.keys(localStorage).filter((key) => key.startsWith('headstart.wk_test.')).map((key) => key.slice(18)).sort()",
    )
    .unchecked_into();
    names.iter().filter_map(|name| name.as_string()).collect()
}

/// How many messages wait on disk, as another page finds them.
pub async fn queued() -> usize {
    kept().await.len()
}

/// The messages that wait on disk, each with the name it is kept under: in the database, and in
/// `localStorage` (`queue.` before its name) unless the database has it, too.
pub async fn kept() -> Vec<(String, String)> {
    let read: Promise = eval(
        "new Promise((resolve) => {
             const shared = Object.keys(localStorage).filter((key) => key.startsWith('headstart.wk_test.queue.'))
                 .map((key) => [key.slice(18), localStorage.getItem(key)]);
             const opening = indexedDB.open('headstart.wk_test');
             // There is none, and none is made.
             opening.onupgradeneeded = () => opening.transaction.abort();
             opening.onerror = (event) => { event.preventDefault(); resolve(shared); };
             opening.onsuccess = () => {
                 const database = opening.result;
                 const store = database.transaction('texts').objectStore('texts');
                 const keys = store.getAllKeys(), texts = store.getAll();
                 store.transaction.oncomplete = () => {
                     database.close();
                     const only = shared.filter(([key]) => !keys.result.includes(key.slice(6)));
                     resolve(only.concat(keys.result.map((key, index) => [key, texts.result[index]])));
                 };
             };
         })",
    )
    .unchecked_into();
    let list: Array = JsFuture::from(read)
        .await
        .expect("it can be read")
        .unchecked_into();
    let pair = |pair: JsValue| {
        let pair: Array = pair.unchecked_into();
        (
            pair.get(0).as_string().expect("a name"),
            pair.get(1).as_string().expect("a text"),
        )
    };
    list.iter().map(pair).collect()
}

/// Waits until so many messages wait on disk.
pub async fn until_queued(count: usize) {
    for _ in 0..1_500 {
        if queued().await == count {
            return;
        }
        sleep(20).await;
    }
    panic!("{count} messages should wait, but it is {:?}", kept().await);
}

/// Forgets all of the project's storage. The database goes as soon as nobody has it open, and before
/// anybody opens it again.
pub fn clear_storage() {
    eval("indexedDB.deleteDatabase('headstart.wk_test')");
    for name in stored_names() {
        eval(&format!(
            "localStorage.removeItem('headstart.wk_test.{name}')"
        ));
    }
}

/// Runs JavaScript.
pub fn eval(code: &str) -> JsValue {
    js_sys::eval(code).expect("the test's JavaScript does not throw")
}

/// Reads JSON.
pub fn js(json: &str) -> JsValue {
    js_sys::JSON::parse(json).expect("the test's JSON is valid")
}

/// A property.
pub fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Sets a property.
pub fn set(object: &JsValue, name: &str, value: &JsValue) {
    Reflect::set(object, &name.into(), value).expect("the object can be changed");
}

/// The window.
pub fn window() -> Window {
    web_sys::window().expect("tests run in a page")
}

/// The document.
pub fn document() -> Document {
    window().document().expect("tests run in a page")
}

/// Waits so many milliseconds.
pub async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let set = field(&window(), "setTimeout").unchecked_into::<Function>();
        set.call2(&window(), &resolve, &ms.into())
            .expect("setTimeout works");
    });
    let _ = JsFuture::from(promise).await;
}

/// Waits until something is so, and fails with `what` if it does not come to be in half a minute.
pub async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..1_500 {
        if holds() {
            return;
        }
        sleep(20).await;
    }
    panic!("it did not come to be: {what}");
}

/// Makes the document look hidden, or visible again, to those who listen.
pub fn set_hidden(hidden: bool) {
    eval(&format!(
        "Object.defineProperty(document, 'hidden', {{ value: {hidden}, configurable: true }});
         document.dispatchEvent(new Event('visibilitychange'))"
    ));
    if !hidden {
        eval("delete document.hidden");
    }
}

fn names_of(request: &JsValue) -> Vec<String> {
    names_in(&field(request, "body"))
}

fn names_in(body: &JsValue) -> Vec<String> {
    let batch: Array = field(body, "batch").unchecked_into();
    let name = |message: JsValue| {
        let event = field(&message, "event").as_string();
        event.or_else(|| field(&message, "type").as_string())
    };
    batch.iter().filter_map(name).collect()
}
