//! Signing out: a token that was seen on this machine is not to be good any longer.

use std::rc::Rc;

use headstart_core::UserId;
use headstart_core::outbox::Label;

use super::Transport;

impl Transport {
    /// The user signs out: once their own messages are sent, the collector is told to take their
    /// token no more.
    pub fn sign_out(self: &Rc<Self>, user: &UserId) {
        if let Some(token) = self.tokens.of(user) {
            let leaving = (user.clone(), token);
            self.signed_out.borrow_mut().push(leaving);
            self.flush();
        }
    }

    /// Tells the collector of those who signed out and of whom nothing waits any more; of all of them
    /// if there is no `later`.
    pub(super) fn revoke(&self, later: bool) {
        let waits = |user: &UserId| {
            let user = Some(user.as_str());
            self.queue.names().iter().any(|name| {
                let of = Label::read(name).and_then(|label| label.user);
                of == user && !self.is_unproven(of)
            })
        };
        let leaving = self.signed_out.take();
        for (user, token) in leaving {
            if later && waits(&user) {
                self.signed_out.borrow_mut().push((user, token));
                continue;
            }
            let mut body = self.opening(Some(&token));
            body.push('}');
            // They may have signed in again with another.
            if self.tokens.of(&user).as_ref() == Some(&token) {
                self.tokens.take(&user);
            }
            self.collector.post("/v1/reset", &body.into(), true);
        }
    }
}
