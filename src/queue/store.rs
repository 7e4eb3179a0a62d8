//! The store: where the texts of waiting messages are. See `www/outbox.js`, which it is.

use headstart_core::outbox::Bounds;
use js_sys::{Array, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

// Nothing in there throws, and no promise is ever broken.
#[wasm_bindgen(module = "/www/outbox.js")]
extern "C" {
    /// Texts by name, of all tabs.
    #[derive(Debug)]
    pub type Store;

    /// The store of the project with that write key. One that is `held` keeps all in memory until
    /// it is let go.
    #[wasm_bindgen(js_name = openOutbox)]
    pub fn open_store(project: &str, held: bool) -> Store;

    /// Puts a text under a name, unless the name is empty, and removes others. It is in the
    /// browser's hands when this returns.
    #[wasm_bindgen(method)]
    pub fn put(this: &Store, name: &str, text: &str, going: &Array);

    /// Brings all names; nothing if they cannot be told now.
    #[wasm_bindgen(method)]
    pub fn names(this: &Store) -> Promise;

    /// Brings the texts of those names; nothing if they cannot be told now.
    #[wasm_bindgen(method)]
    pub fn read(this: &Store, names: &Array) -> Promise;

    /// The text of a name, if it is at hand.
    #[wasm_bindgen(method)]
    pub fn recall(this: &Store, name: &str) -> JsValue;

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

    /// Writes down at once what the database may not have yet: the page may be gone in a moment.
    #[wasm_bindgen(method)]
    pub fn secure(this: &Store);

    /// Lets go of the database until it is next needed, or, for the `last` time, needed to do what is
    /// still to be done.
    #[wasm_bindgen(method)]
    pub fn close(this: &Store, last: bool);

    /// Counts a message of that kind that was lost, for a reason.
    #[wasm_bindgen(method)]
    pub fn lose(this: &Store, reason: &str, kind: &str);

    /// The counts of what was lost, from now on told; `undefined` if nothing was.
    #[wasm_bindgen(method)]
    pub fn confess(this: &Store) -> JsValue;

    /// Keeps a message that was refused for good, with what is wrong with it, to be looked at.
    #[wasm_bindgen(method)]
    pub fn bury(this: &Store, text: &str, problem: &str);

    /// How many were lost and not told yet (`dropped`), and those that were buried.
    #[wasm_bindgen(method)]
    pub fn report(this: &Store) -> Object;
}

#[wasm_bindgen(module = "/www/turn.js")]
extern "C" {
    /// Brings this tab's turn to send, of which [`Turn::of`] makes one; nothing while another tab has it. From one
    /// that `hangs` it is taken.
    #[wasm_bindgen(js_name = askForTurn)]
    pub fn ask_for_turn(project: &str, store: &Store, hangs: bool) -> Promise;

    #[derive(Debug)]
    type Grant;

    #[wasm_bindgen(method)]
    fn lasts(this: &Grant) -> bool;

    #[wasm_bindgen(method)]
    fn end(this: &Grant);
}

impl Store {
    /// All names. `None` if they cannot be told now.
    pub async fn all(&self) -> Option<Array> {
        JsFuture::from(self.names()).await.ok()?.dyn_into().ok()
    }

    /// The texts of those names. `None` if they cannot be told now.
    pub async fn texts(&self, names: &Array) -> Option<Array> {
        JsFuture::from(self.read(names)).await.ok()?.dyn_into().ok()
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

/// This tab's turn to send, until it is dropped.
#[derive(Debug)]
pub struct Turn(Grant);

impl Turn {
    /// Asks for it. `None` while another tab has it; from one that `hangs` it is taken.
    pub async fn ask(project: &str, store: &Store, hangs: bool) -> Option<Self> {
        let asked = JsFuture::from(ask_for_turn(project, store, hangs)).await;
        Self::of(asked.ok()?)
    }

    /// What [`ask_for_turn`] has brought.
    pub fn of(grant: JsValue) -> Option<Self> {
        grant.is_object().then(|| Self(grant.unchecked_into()))
    }

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
pub fn list(names: &[String]) -> Array {
    let list = Array::new();
    for name in names {
        list.push(&name.into());
    }
    list
}
