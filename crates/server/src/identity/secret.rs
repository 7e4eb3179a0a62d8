//! What a customer's backend signs with.

use std::fmt;
use std::fmt::Write as _;

/// So many random bytes are in a secret, as many as HS256 puts out.
/// Source: RFC 7518, section 3.2, asks for no fewer.
const BYTES: usize = 32;

/// A secret that is live.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Secret {
    pub id: i64,
    /// The key is all of this text, its prefix included.
    pub text: String,
    /// Wall milliseconds.
    pub created_at: i64,
    pub last_used_at: Option<i64>,
}

impl Secret {
    /// The text of a new secret.
    pub(crate) fn generate() -> Result<String, getrandom::Error> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        let mut text = String::from("is_");
        for byte in bytes {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        Ok(text)
    }
}

/// Says nothing of its text: secrets do not belong into logs.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({}, …)", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_secret_has_32_random_bytes() {
        let one = Secret::generate().expect("a source of randomness");
        let two = Secret::generate().expect("a source of randomness");
        assert_eq!(one.len(), "is_".len() + 64);
        assert_ne!(one, two);
        assert!(one[3..].bytes().all(|digit| digit.is_ascii_hexdigit()));
    }

    #[test]
    fn a_secret_does_not_show_in_logs() {
        let secret = Secret {
            id: 7,
            text: "is_0123".to_owned(),
            created_at: 0,
            last_used_at: None,
        };
        assert_eq!(format!("{secret:?}"), "Secret(7, …)");
    }
}
