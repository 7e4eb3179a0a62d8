//! Turns: one tab of a browser sends at a time.
//!
//! Source: Web Locks API. Where there are no locks (pages that are not in a secure context), a lease
//! in the database that the tabs share, which ends by itself should its holder die.

use std::cell::Cell;
use std::rc::Rc;

use headstart_core::TabId;
use headstart_core::time::{MINUTE, SECOND};
use js_sys::{Function, Object, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::native::{Native, call, function, get, set};
use crate::queue::Store;
use crate::queue::database::{Database, LEASES};
use crate::storage::Storage;
use crate::timer::within;

/// For so long the browser is waited for, milliseconds.
const PATIENCE: i64 = 3 * SECOND;
/// So long a lease lasts, milliseconds: longer than a turn and the last answer in it.
const LEASE: i64 = MINUTE;
const LEASE_NAME: &str = "lease";
/// After a lease was written to `localStorage`, so long until another tab's would be seen there,
/// milliseconds.
const SETTLE: i64 = 100;

/// Asks for turns.
pub struct Turns {
    native: Rc<Native>,
    storage: Rc<Storage>,
    tab: TabId,
    name: String,
    locks: JsValue,
    request: Option<Function>,
}

/// What was answered.
pub enum Asked {
    /// This tab may send.
    Ours(Turn),
    /// Another tab is sending.
    Others,
}

/// This tab's turn, until it is dropped.
pub struct Turn {
    over: Rc<Cell<bool>>,
    end: Box<dyn Fn()>,
}

impl Turn {
    /// Whether it still is. A tab that seems to hang has its turn taken from it.
    pub fn lasts(&self) -> bool {
        !self.over.get()
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.over.set(true);
        (self.end)();
    }
}

impl Turns {
    /// Turns of that tab at what has that name, by the browser's means as they are now.
    pub fn capture(native: &Rc<Native>, storage: &Rc<Storage>, name: &str, tab: &TabId) -> Self {
        let locks = get(&get(native.window(), "navigator"), "locks");
        Self {
            native: Rc::clone(native),
            storage: Rc::clone(storage),
            tab: tab.clone(),
            name: format!("{name}.send"),
            request: function(&locks, "request"),
            locks,
        }
    }

    /// Asks for a turn, and takes it from another tab if that one `hangs`.
    pub async fn ask(&self, store: &Rc<Store>, hangs: bool) -> Asked {
        if let Some(asked) = self.ask_for_lock(hangs).await {
            return asked;
        }
        let turn = match store.settled().await {
            Some(database) => self.ask_for_lease(database).await,
            None => self.ask_in_storage().await,
        };
        turn.map_or(Asked::Others, Asked::Ours)
    }

    /// `None` where there are no locks.
    async fn ask_for_lock(&self, hangs: bool) -> Option<Asked> {
        let (held, end) = promise();
        let (told, tell) = promise();
        let callback = Closure::once(move |lock: JsValue| -> JsValue {
            let ours = lock.is_truthy();
            call(&tell, &JsValue::UNDEFINED, &[&ours.into()]);
            if ours {
                held.into()
            } else {
                JsValue::UNDEFINED
            }
        });
        let options = Object::new();
        let how = if hangs { "steal" } else { "ifAvailable" };
        set(&options, how, &true.into());
        let name = JsValue::from(&self.name);
        let args: [&JsValue; 3] = [&name, &options, callback.as_ref()];
        let asked = call(self.request.as_ref()?, &self.locks, &args)?;
        let asked = Native::promise(&asked)?;
        let first = self.native.first_of(&told, &asked);
        let ours = within(&self.native, &first, PATIENCE).await?;
        if !ours.is_truthy() {
            return Some(Asked::Others);
        }
        let over = Rc::new(Cell::new(false));
        let watched = Rc::clone(&over);
        spawn_local(async move {
            let _ = JsFuture::from(asked).await;
            watched.set(true);
        });
        let end = move || {
            call(&end, &JsValue::UNDEFINED, &[]);
        };
        Some(Asked::Ours(Turn {
            over,
            end: Box::new(end),
        }))
    }

    /// Leases have numbers, each of which can be added once: of all who find that the latest is over,
    /// one gets the next.
    async fn ask_for_lease(&self, database: Rc<Database>) -> Option<Turn> {
        let work = database.begin(LEASES, false)?;
        let keys = work.keys();
        within(&self.native, &work.end(), PATIENCE).await?;
        let latest = keys.texts().pop().unwrap_or_default();
        let work = database.begin(LEASES, false)?;
        let text = work.get(&latest);
        within(&self.native, &work.end(), PATIENCE).await?;
        if self.is_valid(&text.text().unwrap_or_default()) {
            return None;
        }
        let number = latest.parse::<u32>().unwrap_or_default().wrapping_add(1);
        let key = format!("{number:010}");
        let work = database.begin(LEASES, true)?;
        work.add(&key, &self.until());
        work.delete(&latest);
        within(&self.native, &work.end(), PATIENCE).await?;
        Some(self.turn(move |_| {
            if let Some(work) = database.begin(LEASES, true) {
                work.put(&key, "");
                // Whether it is done or not: the lease ends by itself.
                drop(work.end());
            }
        }))
    }

    /// Not safe against two who ask in the same moment; the collector counts what both send once.
    async fn ask_in_storage(&self) -> Option<Turn> {
        let lease = self.storage.get(LEASE_NAME).unwrap_or_default();
        if self.is_valid(lease.rsplit(' ').next().unwrap_or_default()) {
            return None;
        }
        let ours = format!("{} {}", self.tab, self.until());
        self.storage.set(LEASE_NAME, &ours);
        let (never, _) = promise();
        within(&self.native, &never, SETTLE).await;
        let kept = self.storage.get(LEASE_NAME);
        (kept.as_ref() == Some(&ours)).then(|| self.turn(|storage| storage.remove(LEASE_NAME)))
    }

    fn turn(&self, end: impl Fn(&Storage) + 'static) -> Turn {
        let storage = Rc::clone(&self.storage);
        Turn {
            over: Rc::default(),
            end: Box::new(move || end(&storage)),
        }
    }

    fn until(&self) -> String {
        (self.native.now().wall + LEASE).to_string()
    }

    /// Whether a lease until then is not yet over. One for longer than leases last is from before
    /// the clock was set back.
    fn is_valid(&self, until: &str) -> bool {
        let left = |until: i64| until - self.native.now().wall;
        until
            .parse()
            .is_ok_and(|until| (1..=LEASE).contains(&left(until)))
    }
}

/// A promise, and the function that keeps it.
fn promise() -> (Promise, Function) {
    let mut keep = None;
    let promise = Promise::new(&mut |resolve, _| keep = Some(resolve));
    (promise, keep.unwrap_or_default())
}
