//! The store: where the texts of waiting messages are. See `www/outbox.js`, which it is.

use headstart_core::UserId;
use headstart_core::outbox::Bounds;
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/www/outbox.js")]
extern "C" {
    /// Texts by name, of all tabs. Nothing here throws, and no promise is ever broken.
    #[derive(Debug)]
    pub type Store;

    /// The store of the project with that write key.
    #[wasm_bindgen(js_name = openStore)]
    pub fn open_store(project: &str, held: bool) -> Store;

    /// Puts a text under a name, and removes others. It is in the browser's hands when this returns.
    #[wasm_bindgen(method)]
    pub fn put(this: &Store, name: &str, text: &str, going: &Array);

    /// Removes texts.
    #[wasm_bindgen(method)]
    pub fn remove(this: &Store, going: &Array);

    #[wasm_bindgen(method)]
    fn names(this: &Store) -> Promise;

    #[wasm_bindgen(method)]
    fn read(this: &Store, names: &Array) -> Promise;

    /// Where texts are put: `indexeddb`, `localstorage` or `memory`.
    #[wasm_bindgen(method)]
    pub fn place(this: &Store) -> String;

    /// What comes from now on stays in memory.
    #[wasm_bindgen(method)]
    pub fn hold(this: &Store);

    /// What is in memory may go to disk.
    #[wasm_bindgen(method)]
    pub fn release(this: &Store);

    /// Removes all there is, and keeps what comes in memory.
    #[wasm_bindgen(method)]
    pub fn destroy(this: &Store);

    /// Lets go of the database until it is next needed, or, for the `last` time, needed to do what is
    /// still to be done.
    #[wasm_bindgen(method)]
    pub fn close(this: &Store, last: bool);

    #[wasm_bindgen(method)]
    fn turn(this: &Store, hangs: bool) -> Promise;

    #[derive(Debug)]
    type Grant;

    #[wasm_bindgen(method)]
    fn lasts(this: &Grant) -> bool;

    #[wasm_bindgen(method)]
    fn end(this: &Grant);
}

impl Store {
    /// All names. `None` if they cannot be told now.
    pub async fn all(&self) -> Option<Vec<String>> {
        let names = JsFuture::from(self.names()).await.ok()?;
        let names = names.dyn_ref::<Array>()?;
        Some(names.iter().filter_map(|name| name.as_string()).collect())
    }

    /// The texts of those names. `None` if they cannot be told now.
    pub async fn texts(&self, names: &Array) -> Option<Array> {
        let texts = JsFuture::from(self.read(names)).await.ok()?;
        texts.dyn_into().ok()
    }

    /// This tab's turn to send. `None` while another tab has it; from one that `hangs` it is taken.
    pub async fn ask(&self, hangs: bool) -> Option<Turn> {
        let grant = JsFuture::from(self.turn(hangs)).await.ok()?;
        grant.is_object().then(|| Turn(grant.unchecked_into()))
    }

    /// How much may be put here.
    pub fn bounds(&self) -> Bounds {
        if self.place() == "indexeddb" {
            Bounds::DISK
        } else {
            Bounds::SHARED
        }
    }
}

/// This tab's turn, until it is dropped.
#[derive(Debug)]
pub struct Turn(Grant);

impl Turn {
    /// Whether it still is. A tab that seems to hang has its turn taken from it.
    pub fn lasts(&self) -> bool {
        self.0.lasts()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.end();
    }
}

/// Names as the store takes them.
pub fn list<'n>(names: impl IntoIterator<Item = &'n str>) -> Array {
    names.into_iter().map(JsValue::from).collect()
}

/// Who a message is about that was written by an earlier version: its JSON ends on the user's id.
pub fn user_of(text: &str) -> Option<UserId> {
    let (_, end) = text.rsplit_once(",\"userId\":\"")?;
    let id = end.strip_suffix("\"}")?;
    (!id.contains(['"', '\\'])).then(|| id.into())
}
