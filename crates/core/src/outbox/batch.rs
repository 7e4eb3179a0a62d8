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

/// The oldest messages that `may` go (asked by name and user), up to the limit: of one known user at
/// most, besides those of nobody known, since a request carries one token. The first of them goes
/// however large it is. `names` are the oldest first, and so is the answer.
pub fn batch(
    names: &[String],
    limit: Limit,
    may: &dyn Fn(&str, Option<&str>) -> bool,
) -> Vec<String> {
    let mut chosen = Vec::new();
    let mut known = None;
    let mut bytes = 0;
    for name in names {
        if chosen.len() >= limit.messages {
            break;
        }
        let Some(label) = Label::read(name) else {
            continue;
        };
        let another = known.is_some() && label.user.is_some() && label.user != known;
        if another || !may(name, label.user) {
            continue;
        }
        bytes += label.bytes + 1;
        if bytes > limit.bytes && !chosen.is_empty() {
            break;
        }
        known = known.or(label.user);
        chosen.push(name.clone());
    }
    chosen
}
