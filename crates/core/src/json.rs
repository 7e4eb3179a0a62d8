//! Writing JSON text without anyone's help: the widget must not depend on a `JSON.stringify` that the
//! host page may have replaced, nor on `toJSON` methods that old libraries put on arrays.

use crate::text::digits;
use crate::value::{Value, whole};

/// How to write a number that is finite and not whole. The browser has its own way, so that the widget
/// need not bring several kilobytes of one.
pub type WriteFraction = fn(f64) -> String;

/// Appends `value` to `out` as JSON (RFC 8259). Numbers that JSON has no word for become `null`.
pub fn write(value: &Value, out: &mut String, fraction: WriteFraction) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => write_number(*number, out, fraction),
        Value::Text(text) => write_text(text, out),
        Value::List(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(item, out, fraction);
            }
            out.push(']');
        }
        Value::Map(entries) => {
            out.push('{');
            for (index, (name, value)) in entries.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(name, out);
                out.push(':');
                write(value, out, fraction);
            }
            out.push('}');
        }
    }
}

/// `value` as JSON text, outside a browser.
pub fn to_text(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out, |number| number.to_string());
    out
}

fn write_number(number: f64, out: &mut String, fraction: WriteFraction) {
    match whole(number) {
        Some(whole) => out.push_str(&digits(whole)),
        None if number.is_finite() => out.push_str(&fraction(number)),
        None => out.push_str("null"),
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                let code = c as usize;
                out.push_str(if code < 16 { "\\u000" } else { "\\u001" });
                out.push(char::from(b"0123456789abcdef"[code % 16]));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
