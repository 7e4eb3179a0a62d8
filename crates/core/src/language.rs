//! Languages, as they are named: tags such as `de`, `pt-BR` or `zh-Hant-TW`.

use crate::text::split;

/// The language of texts whose author does not say.
pub const DEFAULT: &str = "en";

/// The longest tag, in bytes.
const LONGEST: usize = 35;

/// Whether a text has the form of a language tag: a language of two or three letters, then what it is
/// narrowed down to. Source: RFC 5646, section 2.1, without what is grandfathered.
pub fn is_tag(text: &str) -> bool {
    let mut parts = split(text, b"-").into_iter();
    let primary = parts.next().unwrap_or_default();
    text.len() <= LONGEST
        && matches!(primary.len(), 2 | 3)
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| {
            matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}
