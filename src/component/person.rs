//! Who is there, as applications know it that draw themselves from data: told whenever it changes.

use std::cell::RefCell;

use headstart_core::{Properties as Values, Value};
use js_sys::Object;
use yew::html::IntoPropValue;

use super::page;
use crate::native::set;

/// A user.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    id: String,
    traits: Values,
    token: Option<String>,
}

impl User {
    /// The user with this id, which your backend has for them as well.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            traits: Values::new(),
            token: None,
        }
    }

    /// And something that is known of them.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.traits.insert(name.to_owned(), value.into());
        self
    }

    /// And the proof that it is them: a JWT signed by your backend.
    #[must_use]
    pub fn proved_by(mut self, token: impl Into<String>) -> Self {
        self.token = Some(token.into());
        self
    }
}

/// An account, such as a company.
#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    id: String,
    traits: Values,
}

impl Account {
    /// The account with this id.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            traits: Values::new(),
        }
    }

    /// And something that is known of it.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.traits.insert(name.to_owned(), value.into());
        self
    }
}

/// Who is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Who {
    /// It is not known yet.
    #[default]
    Unknown,
    /// Nobody is signed in.
    Nobody,
    /// This user.
    User(User),
}

impl IntoPropValue<Who> for User {
    fn into_prop_value(self) -> Who {
        Who::User(self)
    }
}

impl IntoPropValue<Who> for Option<User> {
    fn into_prop_value(self) -> Who {
        self.map_or(Who::Nobody, Who::User)
    }
}

/// What was told last. A page has one person, however many components tell of them.
#[derive(Default)]
struct Told {
    user: Option<User>,
    account: Option<Account>,
}

thread_local! {
    static TOLD: RefCell<Told> = RefCell::default();
}

/// Tells what is news.
pub(super) fn tell(who: &Who, account: Option<&Account>) {
    let user = match who {
        Who::Unknown => None,
        Who::Nobody => {
            let told = TOLD.take();
            if told.user.is_some() || page::remembers_user() {
                page::call(&["reset".into()]);
            }
            // Whose account it was, is there no more.
            return;
        }
        Who::User(user) => Some(user),
    };
    if let Some(user) = user
        && TOLD.with_borrow(|told| told.user.as_ref() != Some(user))
    {
        TOLD.with_borrow_mut(|told| told.user = Some(user.clone()));
        let options = Object::new();
        if let Some(token) = &user.token {
            set(&options, "token", &token.as_str().into());
        }
        let traits = page::to_js(&user.traits.clone().into());
        page::call(&[
            "identify".into(),
            user.id.as_str().into(),
            traits,
            options.into(),
        ]);
    }
    if let Some(account) = account
        && TOLD.with_borrow(|told| told.account.as_ref() != Some(account))
    {
        TOLD.with_borrow_mut(|told| told.account = Some(account.clone()));
        let traits = page::to_js(&account.traits.clone().into());
        page::call(&["group".into(), account.id.as_str().into(), traits]);
    }
}
