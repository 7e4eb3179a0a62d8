//! Consent: what becomes of storage, of what waits to be sent, and of who the user is, when they are
//! asked whether they may be tracked.

use std::rc::Rc;

use headstart_core::{AnonymousId, Consent, Input, Person, Properties};

use crate::config::Config;
use crate::native::{Native, get};
use crate::runtime::Runtime;
use crate::storage::Storage;
use crate::transport::State;

/// How it stands as the widget starts.
pub(super) fn at_start(config: &Config, native: &Native, storage: &Storage) -> Consent {
    if refuses_by_browser(config.ignores_gpc, native) {
        return Consent::Denied;
    }
    match storage.get("consent") {
        Some(answer) => Consent::from_text(&answer),
        None if config.needs_consent => Consent::Pending,
        None => Consent::Granted,
    }
}

/// Whether the browser says for its user that they do not want to be tracked. Source: Global Privacy
/// Control (W3C), section "Expressing a do-not-sell-or-share preference".
fn refuses_by_browser(ignored: bool, native: &Native) -> bool {
    let navigator = get(native.window(), "navigator");
    !ignored && get(&navigator, "globalPrivacyControl").is_truthy()
}

/// Who the user is, as far as they may be known.
pub(super) fn person_under(
    consent: Consent,
    mut person: Person,
    native: &Native,
    storage: &Storage,
) -> Person {
    if consent == Consent::Denied {
        return Person::default();
    }
    if person.anonymous.as_str().is_empty() {
        let stored = storage.get("anonymous").filter(|id| !id.is_empty());
        person.anonymous = stored.unwrap_or_else(|| native.unique()).into();
    }
    person
}

/// Whether anything may be sent.
pub(super) fn state_under(consent: Consent) -> State {
    match consent {
        Consent::Granted => State::Open,
        Consent::Pending => State::Held,
        Consent::Denied => State::Denied,
    }
}

impl Runtime {
    /// How it stands.
    pub(super) fn consent(&self) -> Consent {
        self.engine.borrow().consent()
    }

    /// Begins as it stands: what was kept before there had to be an answer goes.
    pub(super) fn begin_under(self: &Rc<Self>, consent: Consent) {
        self.refresher.name(consent == Consent::Granted);
        if consent != Consent::Granted {
            self.transport.deny();
        }
        if consent == Consent::Pending {
            self.transport.hold();
        }
    }

    /// Takes in the answer. Says whether it counts: the browser's own refusal goes before.
    pub fn set_consent(self: &Rc<Self>, granted: bool) -> bool {
        if granted && refuses_by_browser(self.ignores_gpc, &self.native) {
            return false;
        }
        self.dispatch(if granted {
            let anonymous = AnonymousId::default();
            Input::ConsentGranted { anonymous }
        } else {
            Input::ConsentDenied
        });
        true
    }

    /// Opens what was closed, before the engine goes on. Answers the browser's id: another tab may
    /// have been given one meanwhile. The answer is written last, so that a tab which hears of it
    /// finds the id as well.
    pub(super) fn open_up(self: &Rc<Self>) -> AnonymousId {
        self.storage.reopen();
        let own = self.person();
        let user = self.storage.get("user").filter(|_| own.user.is_none());
        let anonymous = self.storage.get("anonymous").map(Into::into);
        let person = Person {
            anonymous: anonymous.unwrap_or(own.anonymous),
            user: own.user.or_else(|| Some(user.clone()?.into())),
        };
        let person = person_under(Consent::Granted, person, &self.native, &self.storage);
        self.memory.save_person(&person);
        self.storage.set("consent", "granted");
        self.transport.grant();
        self.refresher.name(true);
        if let Some(user) = user {
            let first = Input::Identified {
                user: user.into(),
                traits: Properties::new(),
            };
            self.inbox.borrow_mut().insert(0, first);
        }
        person.anonymous
    }

    /// Closes everything and throws away what is there, before the engine forgets.
    pub(super) fn close_down(&self) {
        self.transport.deny();
        self.refresher.name(false);
        self.memory.forget();
        self.storage.erase();
        self.storage.keep_answer("denied");
    }
}
