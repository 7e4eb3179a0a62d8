//! The store: where the texts of waiting messages are. In the database; until it is open, and where
//! there is none, in the project's storage, from which the database takes them over.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::UserId;
use headstart_core::outbox::{Bounds, Label};
use headstart_core::time::SECOND;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::Entry;
use super::database::{Database, Databases, MESSAGES, Request};
use crate::console::Console;
use crate::native::{Native, call};
use crate::storage::Storage;
use crate::timer::within;

/// For so long the database is waited for; what waits meanwhile is as safe in `localStorage`.
const PATIENCE: i64 = 3 * SECOND;
/// So often in a row the database may be gone, or refuse a message, before we do without it.
const MOST_FAILURES: u32 = 3;

/// What precedes the names of messages in the project's storage.
const BEGINNING: &str = "queue.";

/// Where the messages are.
#[derive(Debug)]
enum Place {
    /// Nowhere but in memory: the user has not said yes.
    Held,
    /// In the database, as soon as somebody needs it.
    Closed,
    /// In the database, in a moment.
    Opening(Promise),
    /// In the database.
    Open(Rc<Database>),
    /// In the project's storage: there is no database.
    Without,
}

/// Texts by the names of their labels.
#[derive(Debug)]
pub struct Store {
    native: Rc<Native>,
    console: Rc<Console>,
    storage: Rc<Storage>,
    databases: Option<Rc<Databases>>,
    /// The database's name.
    name: String,
    place: RefCell<Place>,
    /// How often in a row the database was gone.
    losses: Cell<u32>,
    /// How often in a row it refused a message, as it does when the disk is full.
    refusals: Cell<u32>,
    /// What is to be removed from the database once it is open.
    gone: RefCell<Vec<String>>,
    ended: Cell<bool>,
}

impl Store {
    /// A store in the database of that name and in that storage, or, if it is `held`, in the storage
    /// until it is let go.
    pub fn new(
        native: &Rc<Native>,
        console: &Rc<Console>,
        storage: &Rc<Storage>,
        name: String,
        held: bool,
    ) -> Rc<Self> {
        Rc::new(Self {
            native: Rc::clone(native),
            console: Rc::clone(console),
            storage: Rc::clone(storage),
            databases: Databases::capture(native),
            name,
            place: RefCell::new(if held { Place::Held } else { Place::Closed }),
            losses: Cell::new(0),
            refusals: Cell::new(0),
            gone: RefCell::default(),
            ended: Cell::new(false),
        })
    }

    /// How much may be put here.
    pub fn bounds(&self) -> Bounds {
        match &*self.place.borrow() {
            Place::Held | Place::Without => Bounds::SHARED,
            _ if self.is_full() => Bounds::SHARED,
            _ => Bounds::DISK,
        }
    }

    /// What is in the database. `None` if it cannot be asked now.
    pub async fn labels(self: &Rc<Self>) -> Option<Vec<Label>> {
        let Some(database) = self.settled().await else {
            return Some(Vec::new());
        };
        let names = self.names_in(&database).await;
        if names.is_none() {
            self.lose();
        }
        let names = names?;
        Some(names.iter().filter_map(|name| Label::read(name)).collect())
    }

    async fn names_in(&self, database: &Database) -> Option<Vec<String>> {
        let work = database.begin(MESSAGES, false)?;
        let names = work.keys();
        within(&self.native, &work.end(), PATIENCE).await?;
        Some(names.texts())
    }

    /// The texts of those labels. `None` if the database cannot be asked now.
    pub async fn read(self: &Rc<Self>, labels: &[Label]) -> Option<Vec<Option<String>>> {
        let stored = |label: &Label| self.storage.get(&stored_name(&label.name));
        let mut texts: Vec<_> = labels.iter().map(stored).collect();
        if let Some(database) = self.database() {
            let read = self.read_in(&database, labels).await;
            if read.is_none() {
                self.lose();
            }
            for (text, read) in texts.iter_mut().zip(read?) {
                *text = read.or(text.take());
            }
        }
        Some(texts)
    }

    async fn read_in(&self, database: &Database, labels: &[Label]) -> Option<Vec<Option<String>>> {
        let work = database.begin(MESSAGES, false)?;
        let requests: Vec<_> = labels.iter().map(|label| work.get(&label.name)).collect();
        within(&self.native, &work.end(), PATIENCE).await?;
        Some(requests.iter().map(Request::text).collect())
    }

    /// Where messages are kept.
    pub fn place(&self) -> &'static str {
        match &*self.place.borrow() {
            Place::Open(_) => "indexeddb",
            _ if self.storage.lasts() => "localstorage",
            _ => "memory",
        }
    }

    /// Whether what waits outlives the page.
    pub fn lasts(&self) -> bool {
        self.place() != "memory"
    }

    /// Keeps what comes from now on in memory.
    pub fn hold(&self) {
        self.place.replace(Place::Held);
    }

    /// What is in memory may go to disk.
    pub fn release(self: &Rc<Self>) {
        if matches!(*self.place.borrow(), Place::Held) {
            self.place.replace(Place::Closed);
        }
        self.opening();
    }

    /// Throws away all there is, on disk too, and keeps what comes from now on in memory.
    pub fn destroy(&self) {
        self.hold();
        self.gone.take();
        for label in self.stored() {
            self.storage.remove(&stored_name(&label.name));
        }
        if let Some(databases) = &self.databases {
            databases.delete(&self.name);
        }
    }

    /// Lets go of the database; it is opened again when it is next needed. A page that holds one
    /// open may be thrown away where it could be kept to come back to.
    pub fn close(&self) {
        if matches!(*self.place.borrow(), Place::Open(_) | Place::Opening(_)) {
            self.place.replace(Place::Closed);
        }
    }

    /// The widget is gone: the database is opened only to do what is still to be done.
    pub fn end(&self) {
        self.ended.set(true);
        self.close();
    }

    /// The database, unless there is none, or it takes too long to open.
    pub async fn settled(self: &Rc<Self>) -> Option<Rc<Database>> {
        if let Some(opening) = self.opening() {
            within(&self.native, &opening, PATIENCE).await;
        }
        self.database()
    }

    /// The database, if it is open.
    fn database(self: &Rc<Self>) -> Option<Rc<Database>> {
        if let Place::Open(database) = &*self.place.borrow() {
            return Some(Rc::clone(database));
        }
        self.opening();
        None
    }

    /// The promise that the database is open, or was refused, if that is still to come.
    fn opening(self: &Rc<Self>) -> Option<Promise> {
        match &*self.place.borrow() {
            Place::Opening(opening) => return Some(opening.clone()),
            Place::Closed => {}
            _ => return None,
        }
        let Some(databases) = self.databases.clone() else {
            self.do_without();
            return None;
        };
        let this = Rc::clone(self);
        let mut settle = None;
        let opening = Promise::new(&mut |resolve, _| settle = Some(resolve));
        self.place.replace(Place::Opening(opening.clone()));
        let this_one = opening.clone();
        spawn_local(async move {
            let weak = Rc::downgrade(&this);
            let gone = move || {
                if let Some(this) = weak.upgrade() {
                    this.lose();
                }
            };
            let opened = databases.open(&this.name, gone).await;
            // It may have taken so long that nobody wants it any more.
            let wanted = match &*this.place.borrow() {
                Place::Opening(latest) => js_sys::Object::is(latest, &this_one),
                _ => false,
            };
            match opened {
                Some(database) if wanted => {
                    this.take_over(Rc::new(database)).await;
                    this.close_if_ended();
                }
                None if wanted => this.do_without(),
                _ => {}
            }
            if let Some(settle) = settle {
                call(&settle, &JsValue::UNDEFINED, &[]);
            }
        });
        Some(opening)
    }

    /// Puts what is in the project's storage into the database, and removes from it what has arrived
    /// meanwhile.
    async fn take_over(self: &Rc<Self>, database: Rc<Database>) {
        self.place.replace(Place::Open(Rc::clone(&database)));
        let names: Vec<_> = self.stored().into_iter().map(|label| label.name).collect();
        let gone = self.gone.take();
        if names.is_empty() && gone.is_empty() {
            return;
        }
        let Some(work) = database.begin(MESSAGES, true) else {
            self.lose();
            return;
        };
        for name in &gone {
            work.delete(name);
        }
        for name in &names {
            if let Some(text) = self.storage.get(&stored_name(name)) {
                work.put(name, &text);
            }
        }
        if JsFuture::from(work.end()).await.is_ok() {
            for name in &names {
                self.storage.remove(&stored_name(name));
            }
        }
    }

    /// The database is gone.
    fn lose(self: &Rc<Self>) {
        let losses = self.losses.get() + 1;
        self.losses.set(losses);
        if matches!(*self.place.borrow(), Place::Open(_)) {
            if losses < MOST_FAILURES {
                self.place.replace(Place::Closed);
            } else {
                self.do_without();
            }
        }
    }

    fn do_without(&self) {
        self.place.replace(Place::Without);
        self.console.warn(
            "this browser gives no database (IndexedDB), so events wait in localStorage until they are sent, fewer of them",
        );
    }

    /// Whether the database takes no more messages; those that it has can still be sent.
    fn is_full(&self) -> bool {
        self.refusals.get() >= MOST_FAILURES
    }

    /// Writes a message and removes others. All of it is in the browser's hands when this returns.
    pub fn write(self: &Rc<Self>, entry: Option<&Entry>, going: &[String]) {
        if entry.is_none() && going.is_empty() {
            return;
        }
        for name in going {
            self.storage.remove(&stored_name(name));
        }
        let database = self.database();
        let work = database
            .as_ref()
            .and_then(|database| database.begin(MESSAGES, true));
        if database.is_some() && work.is_none() {
            self.lose();
        }
        let elsewhere = work.is_none() || self.is_full();
        if let Some(entry) = entry.filter(|_| elsewhere) {
            self.store(entry);
        }
        let Some(work) = work else {
            if matches!(*self.place.borrow(), Place::Opening(_)) {
                self.gone.borrow_mut().extend_from_slice(going);
            }
            return;
        };
        for name in going {
            work.delete(name);
        }
        let entry = entry.filter(|_| !elsewhere).cloned();
        if let Some(entry) = &entry {
            work.put(&entry.label.name, &entry.text);
        }
        let end = work.end();
        let this = Rc::clone(self);
        spawn_local(async move {
            if JsFuture::from(end).await.is_ok() {
                this.losses.set(0);
                this.refusals.set(0);
            } else {
                this.refusals.set(this.refusals.get() + 1);
                if let Some(entry) = entry {
                    this.store(&entry);
                }
            }
            this.close_if_ended();
        });
    }

    fn close_if_ended(&self) {
        if self.ended.get() {
            self.close();
        }
    }

    /// Puts a message into the project's storage.
    fn store(&self, entry: &Entry) {
        let kept = self
            .storage
            .set(&stored_name(&entry.label.name), &entry.text);
        if !kept && !matches!(*self.place.borrow(), Place::Held) {
            self.console.warn(
                "this browser's storage is blocked or full, so events that cannot be sent before the page is left are lost",
            );
        }
    }

    /// What is in the project's storage.
    pub fn stored(&self) -> Vec<Label> {
        let mut labels = Vec::new();
        for name in self.storage.names(BEGINNING) {
            let own = &name[BEGINNING.len()..];
            labels.extend(Label::read(own).or_else(|| self.renew(own)));
        }
        labels
    }

    /// Gives a label to a message that an earlier version has left.
    fn renew(&self, name: &str) -> Option<Label> {
        let old = stored_name(name);
        let text = self.storage.get(&old)?;
        let user = user_of(&text);
        let now = self.native.now().wall;
        let label = Label::renewed(name, text.len(), user.as_ref(), now);
        self.storage.set(&stored_name(&label.name), &text);
        self.storage.remove(&old);
        Some(label)
    }
}

fn stored_name(name: &str) -> String {
    format!("{BEGINNING}{name}")
}

/// Who a message is about that was written by an earlier version: its JSON ends on the user's id.
fn user_of(text: &str) -> Option<UserId> {
    let (_, end) = text.rsplit_once(",\"userId\":\"")?;
    let id = end.strip_suffix("\"}")?;
    (!id.contains(['"', '\\'])).then(|| id.into())
}
