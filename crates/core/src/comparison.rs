//! Comparing a value with what an author asks of it, by type.

use std::cmp::Ordering;

use serde::Serialize;

use crate::json;
use crate::text::push_number;
use crate::time::parse_iso;
use crate::value::Value;

/// What is asked of one value. A value of another type than the one asked for never fits, and a
/// missing value fits only [`Comparison::Missing`] and [`Comparison::NotEquals`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Comparison {
    /// There is a value, and it is not null.
    #[default]
    Exists,
    /// There is no value, or it is null.
    Missing,
    /// The same value, of the same type.
    Equals(Value),
    /// Any other value, or none.
    NotEquals(Value),
    /// One of these values.
    OneOf(Vec<Value>),
    /// A text that has this in it, whatever the case of the letters A to Z; or a list that has this as an item.
    Contains(String),
    /// A text that begins so.
    StartsWith(String),
    /// A number or an instant greater than this one.
    GreaterThan(Value),
    /// A number or an instant at least this one.
    AtLeast(Value),
    /// A number or an instant less than this one.
    LessThan(Value),
    /// A number or an instant at most this one.
    AtMost(Value),
}

impl Comparison {
    /// Whether `value` is as asked.
    pub fn fits(&self, value: Option<&Value>) -> bool {
        let value = value.filter(|value| !matches!(value, Value::Null));
        match self {
            Self::Exists => value.is_some(),
            Self::Missing => value.is_none(),
            Self::Equals(wanted) => value.is_some_and(|value| same(value, wanted)),
            Self::NotEquals(wanted) => !value.is_some_and(|value| same(value, wanted)),
            Self::OneOf(wanted) => {
                value.is_some_and(|value| wanted.iter().any(|wanted| same(value, wanted)))
            }
            Self::Contains(part) => value.is_some_and(|value| contains(value, part)),
            Self::StartsWith(start) => value
                .and_then(Value::as_text)
                .is_some_and(|text| text.starts_with(start.as_str())),
            Self::GreaterThan(bound) => order(value, bound).is_some_and(Ordering::is_gt),
            Self::AtLeast(bound) => order(value, bound).is_some_and(Ordering::is_ge),
            Self::LessThan(bound) => order(value, bound).is_some_and(Ordering::is_lt),
            Self::AtMost(bound) => order(value, bound).is_some_and(Ordering::is_le),
        }
    }

    /// A text that is the same for the same comparison, and different for different ones.
    pub fn key(&self) -> String {
        let (name, operand) = match self {
            Self::Exists => ("exists", Value::Null),
            Self::Missing => ("missing", Value::Null),
            Self::Equals(value) => ("=", value.clone()),
            Self::NotEquals(value) => ("!=", value.clone()),
            Self::OneOf(values) => ("in", Value::List(values.clone())),
            Self::Contains(part) => ("has", Value::Text(part.clone())),
            Self::StartsWith(start) => ("starts", Value::Text(start.clone())),
            Self::GreaterThan(bound) => (">", bound.clone()),
            Self::AtLeast(bound) => (">=", bound.clone()),
            Self::LessThan(bound) => ("<", bound.clone()),
            Self::AtMost(bound) => ("<=", bound.clone()),
        };
        let mut key = name.to_owned();
        // By its bits, which are the same on every side, where decimal texts may differ.
        json::write(&operand, &mut key, |number| {
            let mut bits = String::new();
            push_number(&mut bits, number.to_bits(), 1);
            bits
        });
        key
    }

    /// Whether the bound of an ordering comparison is one that can be ordered: a number, or a text
    /// that is an ISO 8601 instant. True for all the others.
    pub fn is_orderable(&self) -> bool {
        match self {
            Self::GreaterThan(bound)
            | Self::AtLeast(bound)
            | Self::LessThan(bound)
            | Self::AtMost(bound) => match bound {
                Value::Number(_) => true,
                Value::Text(text) => parse_iso(text).is_some(),
                _ => false,
            },
            _ => true,
        }
    }
}

/// Equality as authors mean it: 0 is −0, all else as the value's own order has it.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        #[expect(clippy::float_cmp, reason = "an author's 5 means exactly 5")]
        (Value::Number(a), Value::Number(b)) => a == b,
        _ => a == b,
    }
}

fn contains(value: &Value, part: &str) -> bool {
    match value {
        // Byte by byte: `str::contains` brings a search for long texts, of several kilobytes.
        Value::Text(text) => {
            let part = part.as_bytes();
            part.is_empty()
                || text
                    .as_bytes()
                    .windows(part.len())
                    .any(|window| window.eq_ignore_ascii_case(part))
        }
        Value::List(items) => items.iter().any(|item| item.as_text() == Some(part)),
        _ => false,
    }
}

/// Numbers by size; texts that are both instants by time; nothing else has an order.
fn order(value: Option<&Value>, bound: &Value) -> Option<Ordering> {
    match (value?, bound) {
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b),
        (Value::Text(a), Value::Text(b)) => Some(parse_iso(a)?.cmp(&parse_iso(b)?)),
        _ => None,
    }
}
