//! Reading what hosts hand us: any JavaScript value becomes a [`Value`], whatever it is.

use headstart_core::time::format_iso;
use headstart_core::{Properties, Value};
use js_sys::{Array, Date};
use wasm_bindgen::prelude::*;

use crate::native::{get, invoke};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Object, js_name = keys, catch)]
    fn keys(object: &JsValue) -> Result<Array, JsValue>;

    // Of a revoked proxy not even this can be asked.
    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(js_name = String, catch)]
    fn string(value: &JsValue) -> Result<String, JsValue>;
}

/// Values nested deeper than this are left out; it also ends cycles.
pub const DEEPEST: usize = 10;
/// Likewise, for what the collector sends: conditions may be nested 16 deep, two steps each.
const DEEPEST_OF_OURS: usize = 64;
/// So many values at most are read of one argument.
pub const MOST_VALUES: usize = 2_000;
/// So many bytes of text at most are read of one argument; the collector takes 32 KB an event.
pub const MOST_TEXT: usize = 64 * 1024;

/// What was read of one argument.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// What it is; `None` for what JSON has no word for (`undefined`, a function, a symbol).
    pub value: Option<Value>,
    /// Whether something had to be left out, because it was too deep or too much.
    pub cut: bool,
}

/// Reads a value as `JSON.stringify` would, without its throwing: `Date` becomes ISO 8601 text,
/// `undefined`, functions and symbols are left out, `NaN` and infinities become null, a `BigInt`
/// its digits. What throws when it is looked at is left out.
pub fn read(value: &JsValue) -> Reading {
    let mut reader = Reader::default();
    let value = reader.read(value, 0);
    Reading {
        value,
        cut: reader.cut,
    }
}

/// Reads what our own collector or this browser's storage holds, however much it is.
pub fn read_all(value: &JsValue) -> Option<Value> {
    let mut reader = Reader {
        bounded: false,
        ..Reader::default()
    };
    reader.read(value, 0)
}

/// A value as the browser's `String` writes it; `None` if it throws.
pub fn text_of(value: &JsValue) -> Option<String> {
    string(value).ok()
}

/// The named values of an object; `None` if it is no object.
pub fn read_properties(value: &JsValue) -> Option<(Properties, bool)> {
    let reading = read(value);
    match reading.value? {
        Value::Map(properties) => Some((properties, reading.cut)),
        _ => None,
    }
}

struct Reader {
    /// Whether it stops at what a host may hand over; all but the depth, which ends cycles.
    bounded: bool,
    values: usize,
    text: usize,
    cut: bool,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            bounded: true,
            values: 0,
            text: 0,
            cut: false,
        }
    }
}

impl Reader {
    fn is_full(&self) -> bool {
        self.bounded && (self.values > MOST_VALUES || self.text > MOST_TEXT)
    }

    fn read(&mut self, value: &JsValue, depth: usize) -> Option<Value> {
        self.values += 1;
        let deepest = if self.bounded {
            DEEPEST
        } else {
            DEEPEST_OF_OURS
        };
        if depth > deepest || self.is_full() {
            self.cut = true;
            return None;
        }
        if value.is_null() {
            Some(Value::Null)
        } else if let Some(yes) = value.as_bool() {
            Some(Value::Bool(yes))
        } else if let Some(number) = value.as_f64() {
            Some(number_of(number))
        } else if let Some(text) = value.as_string() {
            self.text += text.len();
            Some(Value::Text(text))
        } else if value.is_bigint() {
            text_of(value).map(Value::Text)
        } else if value.is_object() {
            self.read_object(value, depth)
        } else {
            None
        }
    }

    fn read_object(&mut self, value: &JsValue, depth: usize) -> Option<Value> {
        if is_array(value).ok()? {
            return Some(self.read_list(value, depth));
        }
        if value.has_type::<Date>() {
            let time = invoke(value, "getTime", &[]).and_then(|time| time.as_f64());
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a Date is within ±8.64e15 ms (ECMA-262)"
            )]
            return Some(match time.filter(|time| time.is_finite()) {
                Some(time) => Value::Text(format_iso(time as i64)),
                None => Value::Null,
            });
        }
        // Moments, decimals and the like say how they want to be written.
        if let Some(written) = invoke(value, "toJSON", &[]) {
            return self.read(&written, depth + 1);
        }
        let mut properties = Properties::new();
        for name in keys(value).ok()?.iter() {
            if self.is_full() {
                self.cut = true;
                break;
            }
            let Some(name) = name.as_string() else {
                continue;
            };
            if let Some(item) = self.read(&get(value, &name), depth + 1) {
                self.text += name.len();
                properties.insert(name, item);
            }
        }
        Some(Value::Map(properties))
    }

    fn read_list(&mut self, list: &JsValue, depth: usize) -> Value {
        let length = get(list, "length").as_f64().unwrap_or_default();
        let mut items = Vec::new();
        let mut index = 0.0;
        while index < length {
            if self.is_full() {
                self.cut = true;
                break;
            }
            let item = js_sys::Reflect::get(list, &index.into()).unwrap_or(JsValue::NULL);
            // In a list a place must stay a place.
            items.push(self.read(&item, depth + 1).unwrap_or(Value::Null));
            index += 1.0;
        }
        Value::List(items)
    }
}

fn number_of(number: f64) -> Value {
    if number.is_finite() {
        Value::Number(number)
    } else {
        Value::Null
    }
}
