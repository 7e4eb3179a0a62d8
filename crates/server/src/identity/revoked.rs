//! Tokens that are refused though they are good.

use std::collections::HashMap;

/// SHA-256 of what was signed. The signature is left out: some ways of writing it differ and mean
/// the same.
pub(crate) type Digest = [u8; 32];

/// So many are kept before any is forgotten.
const FEW: usize = 1_024;

/// The revoked tokens, each with the time (wall milliseconds) from which on it need not be known any
/// more, if there is one.
#[derive(Debug)]
pub(crate) struct Revoked {
    tokens: HashMap<Digest, Option<i64>>,
    /// With so many it is time to look for what can be forgotten.
    many: usize,
}

impl Revoked {
    pub(crate) fn new(tokens: impl IntoIterator<Item = (Digest, Option<i64>)>) -> Self {
        let tokens: HashMap<_, _> = tokens.into_iter().collect();
        Self {
            many: FEW.max(2 * tokens.len()),
            tokens,
        }
    }

    /// Adds one, and now and then forgets those that have expired.
    pub(crate) fn add(&mut self, digest: Digest, until: Option<i64>, now: i64) {
        self.tokens.insert(digest, until);
        if self.tokens.len() >= self.many {
            self.tokens
                .retain(|_, until| until.is_none_or(|until| until > now));
            self.many = FEW.max(2 * self.tokens.len());
        }
    }

    pub(crate) fn has(&self, digest: &Digest) -> bool {
        self.tokens.contains_key(digest)
    }
}

#[cfg(test)]
mod tests {
    use super::{Digest, FEW, Revoked};

    fn digest(number: usize) -> Digest {
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&number.to_be_bytes());
        digest
    }

    #[test]
    fn what_has_expired_is_forgotten_and_the_rest_is_not() {
        let mut revoked = Revoked::new([(digest(0), None)]);
        for number in 1..FEW {
            let until = if number % 2 == 0 { 10 } else { 20 };
            revoked.add(digest(number), Some(until), 10);
        }
        assert!(revoked.has(&digest(0)));
        assert!(!revoked.has(&digest(2)));
        assert!(revoked.has(&digest(3)));
        for number in 0..10 * FEW {
            revoked.add(digest(number), Some(10), 30);
        }
        assert!(revoked.tokens.len() < 2 * FEW);
    }
}
