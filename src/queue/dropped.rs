//! What was thrown away, counted until the collector has been told.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use headstart_core::outbox::{Drops, Kind, Reason};
use headstart_core::time::SECOND;

use crate::native::Native;
use crate::storage::Storage;

const NAME: &str = "dropped";

/// The count, in storage that all tabs share.
#[derive(Debug)]
pub struct Dropped {
    native: Rc<Native>,
    storage: Rc<Storage>,
    /// What is not yet in storage.
    unsaved: RefCell<Drops>,
    saved_at: Cell<i64>,
}

impl Dropped {
    /// The count in that storage.
    pub fn new(native: &Rc<Native>, storage: &Rc<Storage>) -> Self {
        Self {
            native: Rc::clone(native),
            storage: Rc::clone(storage),
            unsaved: RefCell::default(),
            saved_at: Cell::new(i64::MIN),
        }
    }

    /// Counts one more. A loop does this ten thousand times a second, so it is not written each
    /// time.
    pub fn add(&self, reason: Reason, kind: Kind) {
        let now = self.native.now();
        self.unsaved.borrow_mut().add(reason, kind, now.wall);
        if now.monotonic.saturating_sub(self.saved_at.get()) >= SECOND {
            self.saved_at.set(now.monotonic);
            self.save();
        }
    }

    /// Writes down what is not yet written.
    pub fn save(&self) {
        if !self.unsaved.borrow().is_empty() {
            self.storage.set(NAME, &self.all().write());
            self.unsaved.take();
        }
    }

    /// What was thrown away since the collector was told; from now on it counts as told.
    pub fn take(&self) -> Drops {
        let all = self.all();
        self.clear();
        all
    }

    /// Forgets it.
    pub fn clear(&self) {
        self.unsaved.take();
        self.storage.remove(NAME);
    }

    /// All that was thrown away.
    pub fn all(&self) -> Drops {
        let mut all = Drops::read(&self.storage.get(NAME).unwrap_or_default());
        all.merge(&self.unsaved.borrow());
        all
    }
}
