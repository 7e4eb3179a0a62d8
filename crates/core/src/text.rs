//! Texts, taken apart and put together by the shortest code: the standard library's searches and joins are
//! made for long ones, and several kilobytes of WebAssembly.

/// All parts, one after the other.
pub fn concat(parts: &[&str]) -> String {
    join(parts, "")
}

/// All parts, with something between them.
pub fn join(parts: &[&str], between: &str) -> String {
    let mut all = String::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            all.push_str(between);
        }
        all.push_str(part);
    }
    all
}

/// What is before and after the first place that has the mark, which is not empty.
pub fn split_at<'t>(text: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let mut places = text.as_bytes().windows(mark.len());
    let at = places.position(|place| place == mark.as_bytes())?;
    Some((&text[..at], &text[at + mark.len()..]))
}

/// What stands between these marks, each of them one byte.
pub fn split<'t>(text: &'t str, marks: &[u8]) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if has(marks, byte) {
            parts.push(&text[from..at]);
            from = at + 1;
        }
    }
    parts.push(&text[from..]);
    parts
}

/// Whether the byte is one of these.
#[expect(
    clippy::manual_contains,
    reason = "`contains` is made for long lists as well"
)]
pub(crate) fn has(bytes: &[u8], byte: u8) -> bool {
    bytes.iter().any(|one| *one == byte)
}

/// As many digits always fit; no time, length or count has more.
const MOST_DIGITS: usize = 18;

/// The number that is written in digits alone, one at least.
///
/// Not by `str::parse`, nor by `checked_mul`: an `i64` is multiplied checked in 128 bits, for which wasm needs
/// functions of its own.
pub fn number(text: &str) -> Option<i64> {
    number_in(text.as_bytes())
}

pub(crate) fn number_in(digits: &[u8]) -> Option<i64> {
    if digits.is_empty() || digits.len() > MOST_DIGITS {
        return None;
    }
    let mut number = 0;
    for digit in digits {
        if !digit.is_ascii_digit() {
            return None;
        }
        number = number * 10 + i64::from(digit - b'0');
    }
    Some(number)
}

/// A number in digits; what is beyond an `i64` counts as the greatest. The standard library's way is made for all
/// manners of writing, and a kilobyte of WebAssembly.
pub fn digits(number: impl TryInto<i64>) -> String {
    let number = number.try_into().unwrap_or(i64::MAX);
    let mut text = String::new();
    if number < 0 {
        text.push('-');
    }
    push_number(&mut text, number.unsigned_abs(), 1);
    text
}

/// Appends a number, in so many digits at least.
pub(crate) fn push_number(text: &mut String, number: u64, least: usize) {
    if number >= 10 || least > 1 {
        push_number(text, number / 10, least.saturating_sub(1));
    }
    let digit = (number % 10) as u8;
    text.push(char::from(b'0' + digit));
}
