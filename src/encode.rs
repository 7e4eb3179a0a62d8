//! Writing JSON text, with no help of the page's `JSON`.

use headstart_core::{Value, json};

use crate::value::text_of;

/// `value` as JSON text.
pub fn encode(value: &Value) -> String {
    let mut text = String::new();
    write(value, &mut text);
    text
}

/// Appends `value` to `out` as JSON text.
pub fn write(value: &Value, out: &mut String) {
    json::write(value, out, fraction);
}

/// ECMA-262's `Number::toString`, whose output for finite numbers is JSON. Rust's own is 7 kB.
fn fraction(number: f64) -> String {
    text_of(&number.into()).unwrap_or_else(|| "null".to_owned())
}
