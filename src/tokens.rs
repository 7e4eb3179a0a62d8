//! Tokens: what proves to the collector who the user is, signed by the host's backend.
//!
//! They are held in memory only: whoever can read the browser's storage later, on a shared machine
//! for instance, finds none.

use std::cell::RefCell;

use headstart_core::UserId;

/// The tokens that the host gave to this page, the latest of each user.
#[derive(Debug, Default)]
pub struct Tokens {
    held: RefCell<Vec<(UserId, String)>>,
}

impl Tokens {
    /// Takes the user's token (a JWT; its `sub` is the user's id), in place of an earlier one. Says
    /// whether it is another one.
    pub fn set(&self, user: UserId, token: String) -> bool {
        let is_news = self.take(&user).as_ref() != Some(&token);
        self.held.borrow_mut().push((user, token));
        is_news
    }

    /// The user's token, if the host gave one.
    pub fn of(&self, user: &UserId) -> Option<String> {
        let held = self.held.borrow();
        let found = held.iter().find(|(holder, _)| holder == user);
        found.map(|(_, token)| token.clone())
    }

    /// How long the longest of them is, bytes.
    pub fn longest(&self) -> usize {
        let mut longest = 0;
        for (_, token) in self.held.borrow().iter() {
            longest = longest.max(token.len());
        }
        longest
    }

    /// Takes all of them away.
    pub fn clear(&self) {
        self.held.take();
    }

    /// Takes the user's token away: they have signed out.
    pub fn take(&self, user: &UserId) -> Option<String> {
        let mut held = self.held.borrow_mut();
        let place = held.iter().position(|(holder, _)| holder == user)?;
        Some(held.swap_remove(place).1)
    }
}
