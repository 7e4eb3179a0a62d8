//! Early calls: what hosts call before the widget is there. The loader keeps it, in the browser's
//! storage as well once there is a reason to load the widget, so that it outlives the page.

use std::mem;
use std::rc::Rc;

use headstart_core::engine::Origin;
use headstart_core::{Input, MessageId, Person};
use js_sys::Array;

use crate::commands;
use crate::config::Call;
use crate::runtime::Runtime;

/// The name under which the loader notes that some are stored.
pub const NOTE: &str = "early";
/// How the names begin under which it stores them.
const NAMES: &str = "early.";

/// Where an early call comes from.
#[derive(Clone)]
pub struct Early {
    /// The id of the message that tells of it.
    pub id: MessageId,
    /// Whom it was made for.
    pub person: Person,
    /// Whether an earlier page made it.
    pub left: bool,
}

impl Runtime {
    /// Carries out this page's calls, and then those that earlier pages left. Answers under which names the
    /// first are stored, until what they tell is [in the queue](Self::have_caught_up).
    pub(super) fn catch_up(self: &Rc<Self>, calls: &Array) -> Vec<MessageId> {
        let mut user = None;
        let mut names = Vec::new();
        for kept in calls.iter() {
            let Some(call) = Call::read(&kept) else {
                continue;
            };
            names.extend(call.id.clone());
            if let Some(person) = &call.person {
                let before = mem::replace(&mut user, person.user.clone());
                if call.args.get(0) == "reset" {
                    // The loader has seen to the rest.
                    if let Some(user) = before {
                        self.transport.sign_out(&user);
                    }
                    continue;
                }
            }
            self.carry_out(call, false);
        }
        if !self.native.can_parse() {
            // The next page may be one that has not broken `JSON`.
            return names;
        }
        let mut left = self.storage.names(NAMES);
        left.retain(|left| names.iter().all(|name| name.as_str() != left));
        if !left.is_empty() {
            self.take_over(left);
        }
        names
    }

    /// Carries out the calls that earlier pages left under these names.
    fn take_over(self: &Rc<Self>, left: Vec<String>) {
        // What is taken from there is to be in the queue at once.
        self.transport.begin();
        for name in left {
            // Another tab may do the same at this moment, and a page that is still waiting for its
            // widget has its calls in memory, too. No harm is done: message and person are the same.
            let text = self.storage.get(&name).unwrap_or_default();
            // One that stops the widget must not do so on every page.
            self.storage.remove(&name);
            let left = self.native.parse(&text);
            if let Some(mut call) = left.and_then(|left| Call::read(&left)) {
                call.id = Some(name.into());
                self.carry_out(call, true);
            }
        }
    }

    /// This page's early calls need not be stored any more.
    pub(super) fn have_caught_up(&self, names: &[MessageId]) {
        for name in names {
            self.storage.remove(name.as_str());
        }
        if self.native.can_parse() {
            self.storage.remove(NOTE);
        }
    }

    fn carry_out(self: &Rc<Self>, call: Call, left: bool) {
        let id = call.id.unwrap_or_else(|| self.native.unique().into());
        let early = call.person.map(|person| Early { id, person, left });
        commands::call(self, call.time, &call.args, early);
    }

    /// Whether it is this person who is here now.
    fn is_here(&self, person: &Person) -> bool {
        let here = self.person.borrow();
        person.anonymous == here.anonymous && (person.user.is_none() || person.user == here.user)
    }

    /// Takes in what the host said in an early call, at that time. If its person is no longer there, or
    /// the page is not, it is told to the collector, but not to the engine.
    pub fn take_early(self: &Rc<Self>, early: Early, at: i64, said: Input) {
        let Early { id, person, left } = early;
        let origin = Origin { id, at, person };
        let is_act = matches!(said, Input::Acted(_));
        if self.is_here(&origin.person) && (is_act || !left) {
            self.dispatch(Input::Early(origin, Box::new(said)));
        } else if let Some(body) = said.statement() {
            self.transport.push(origin.tell(body));
        }
    }
}
