//! Whole numbers, read from text.
//!
//! Not with `str::parse`, which multiplies an `i64` checked: in 128 bits, which wasm has not. The widget's build
//! refuses that (xtask/src/target.rs).

/// As many digits always fit; no time, length or count has more.
const MOST: usize = 18;

/// Reads digits, and nothing else.
pub fn digits(text: &str) -> Option<i64> {
    let all = (1..=MOST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    all.then(|| {
        text.bytes()
            .fold(0, |number, digit| number * 10 + i64::from(digit - b'0'))
    })
}

/// Reads digits, with or without a sign.
pub fn signed(text: &str) -> Option<i64> {
    match text.strip_prefix('-') {
        Some(number) => digits(number).map(|number| -number),
        None => digits(text.strip_prefix('+').unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_a_number_and_nothing_else_is() {
        let check = |text, expect| assert_eq!(digits(text), expect, "{text}");
        check("0", Some(0));
        check("0042", Some(42));
        check("999999999999999999", Some(999_999_999_999_999_999));
        for text in [
            "",
            "-1",
            "+1",
            "1.0",
            " 1",
            "1e3",
            "٣",
            "1000000000000000000",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_number_may_have_a_sign() {
        let check = |text, expect| assert_eq!(signed(text), expect, "{text}");
        check("1763805600000", Some(1_763_805_600_000));
        check("-1", Some(-1));
        check("+1", Some(1));
        for text in ["", "-", "+", "--1", "+-1", "-x"] {
            check(text, None);
        }
    }
}
