//! Batches: which messages travel together.

use super::label::Label;

/// How much one request may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// So many messages.
    pub messages: usize,
    /// So many bytes of JSON, with a comma after each.
    pub bytes: usize,
}

/// The oldest messages that `may` go, up to the limit: of one known user at most, besides those of
/// nobody known, since a request carries one token. The first of them goes however large it is.
/// `labels` are the oldest first, and so is the answer.
pub fn batch<'l>(
    labels: &'l [Label],
    limit: Limit,
    may: &dyn Fn(&Label) -> bool,
) -> Vec<&'l Label> {
    let mut chosen: Vec<&Label> = Vec::new();
    let mut user = None;
    let mut bytes = 0;
    for label in labels {
        if chosen.len() >= limit.messages {
            break;
        }
        let another = label.user.is_some() && user.is_some() && label.user != user;
        if another || !may(label) {
            continue;
        }
        bytes += label.bytes + 1;
        if bytes > limit.bytes && !chosen.is_empty() {
            break;
        }
        if user.is_none() {
            user.clone_from(&label.user);
        }
        chosen.push(label);
    }
    chosen
}
