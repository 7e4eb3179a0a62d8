use headstart_core::Value;
use headstart_core::json::to_text;
use proptest::prelude::*;

use crate::value::any_value;

#[test]
fn texts_are_escaped_as_rfc_8259_asks() {
    let check = |text: &str, json: &str| assert_eq!(to_text(&Value::from(text)), json);
    check("plain", r#""plain""#);
    check("say \"hi\" \\ bye", r#""say \"hi\" \\ bye""#);
    check("a\nb\rc\td", r#""a\nb\rc\td""#);
    check("\u{0}\u{1f}", r#""\u0000\u001f""#);
    check("é 你 🎉 \u{2028}", "\"é 你 🎉 \u{2028}\"");
}

#[test]
fn numbers_that_json_has_no_word_for_are_null() {
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(to_text(&Value::Number(number)), "null");
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back_the_same(value in any_value()) {
        let read: Value = serde_json::from_str(&to_text(&value)).unwrap();
        prop_assert_eq!(read, value);
    }
}
