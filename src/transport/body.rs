//! Bodies: what a batch of messages is as text.

use headstart_core::outbox::Label;
use headstart_core::time::format_iso;
use headstart_core::{UserId, Value};

use super::Transport;
use crate::encode;
use crate::queue::Batch;

impl Transport {
    /// The body of a batch: the messages are JSON already.
    pub(super) fn body(&self, batch: &Batch) -> String {
        let mut labels = batch.names.iter().filter_map(|name| Label::read(name));
        let user = labels.find_map(|label| label.user);
        let token = user.and_then(|user| self.token_of(&user.into()));
        let mut body = self.opening(token.as_deref());
        body.push_str(",\"sentAt\":");
        let sent_at = format_iso(self.native.now().wall);
        encode::write(&Value::from(sent_at), &mut body);
        body.push_str(",\"batch\":[");
        body.push_str(&String::from(batch.texts.join(",")));
        body.push_str("]}");
        body
    }

    fn token_of(&self, user: &UserId) -> Option<String> {
        self.tokens.of(user).or_else(|| {
            let signed_out = self.signed_out.borrow();
            let found = signed_out.iter().find(|(leaving, _)| leaving == user);
            found.map(|(_, token)| token.clone())
        })
    }

    /// How every body begins.
    pub(super) fn opening(&self, token: Option<&str>) -> String {
        let mut body = String::from("{\"writeKey\":");
        encode::write(&Value::from(self.collector.write_key.as_str()), &mut body);
        if let Some(token) = token {
            body.push_str(",\"token\":");
            encode::write(&Value::from(token), &mut body);
        }
        body
    }
}
