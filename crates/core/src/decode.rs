//! Reading core's types out of JSON values: the one reader of content and progress, in the browser
//! and at the collector, which tells where something is wrong and what is not understood.
//!
//! Written by hand because derived readers are large: each type brings a visitor of several kilobytes of
//! WebAssembly, where these share theirs.

mod condition;
mod content;
mod known;
mod notes;
mod rich_text;

pub use self::rich_text::is_safe;

use self::notes::{Notes, Place};
use crate::content::Problem;
use crate::map::Map;
use crate::value::{Properties, Value, whole};

/// Something that can be read out of a JSON value.
pub trait Decode: Sized {
    /// Reads it. What cannot be read is noted by the decoder; the answer then counts for nothing.
    fn decode(value: Value, decoder: &mut Decoder) -> Self;

    /// Reads it from the top, and passes over fields that are not understood.
    ///
    /// # Errors
    /// The first [`Problem`], with its path.
    fn from_value(value: Value) -> Result<Self, Problem> {
        Decoder::default().read(value)
    }
}

/// How to read one thing.
type Read<T> = fn(Value, &mut Decoder) -> T;

/// Keeps track of where it is, of the first thing that cannot be read, and of fields that nobody asked
/// for. Reading goes on after a problem, with whatever is at hand: to turn back at each field would
/// cost more code than all the reading.
#[derive(Debug, Default)]
pub struct Decoder {
    notes: Notes,
}

impl Decoder {
    /// Reads something from the top.
    ///
    /// # Errors
    /// The first [`Problem`], with its path.
    pub fn read<T: Decode>(&mut self, value: Value) -> Result<T, Problem> {
        let read = T::decode(value, self);
        match self.notes.take_problem() {
            None => Ok(read),
            Some(problem) => Err(problem),
        }
    }

    /// The paths of the fields that were given but are none: misspelt, or of a newer version.
    pub fn unknown(&self) -> &[String] {
        self.notes.unknown()
    }

    fn refuse(&mut self, message: &str) {
        self.notes.refuse(&[message]);
    }

    fn refuse_kind(&mut self, value: &Value, wanted: &str) {
        let found = match value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Map(_) => "an object",
        };
        self.notes.refuse(&["must be ", wanted, ", not ", found]);
    }

    fn refuse_name(&mut self, name: &str, known: &str) {
        self.notes
            .refuse(&["there is no `", name, "`; use one of ", known]);
    }

    /// How many lists deep it is, one directly in the other.
    fn depth_of_list(&self) -> usize {
        self.notes.depth_of_list()
    }

    fn at<T>(&mut self, place: Place<'_>, value: Value, read: Read<T>) -> T {
        self.notes.enter(place);
        let read = read(value, self);
        self.notes.leave();
        read
    }

    /// What a field has that was found by its name.
    fn within<T>(&mut self, name: &str, value: Value, read: Read<T>) -> T {
        self.at(Place::Field(name), value, read)
    }

    fn text(&mut self, value: Value) -> String {
        match value {
            Value::Text(text) => text,
            other => {
                self.refuse_kind(&other, "a text");
                String::new()
            }
        }
    }

    fn flag(&mut self, value: &Value) -> bool {
        match value {
            Value::Bool(flag) => *flag,
            other => {
                self.refuse_kind(other, "true or false");
                false
            }
        }
    }

    fn whole(&mut self, value: &Value) -> i64 {
        value.as_number().and_then(whole).unwrap_or_else(|| {
            self.refuse_kind(value, "a whole number");
            0
        })
    }

    fn count(&mut self, value: &Value) -> u32 {
        let number = self.whole(value);
        u32::try_from(number).unwrap_or_else(|_| {
            self.refuse("must be a whole number from 0 up");
            0
        })
    }

    fn list(&mut self, value: Value) -> Vec<Value> {
        match value {
            Value::List(items) => items,
            other => {
                self.refuse_kind(&other, "a list");
                Vec::new()
            }
        }
    }

    fn entries(&mut self, value: Value) -> Properties {
        match value {
            Value::Map(entries) => entries,
            other => {
                self.refuse_kind(&other, "an object");
                Properties::new()
            }
        }
    }

    fn items<T>(&mut self, value: Value, read: Read<T>) -> Vec<T> {
        let mut items = Vec::new();
        for (index, item) in self.list(value).into_iter().enumerate() {
            items.push(self.at(Place::Item(index), item, read));
        }
        items
    }

    fn map<K: AsRef<str> + From<String>, T>(&mut self, value: Value, read: Read<T>) -> Map<K, T> {
        let mut map = Map::new();
        for (name, item) in self.entries(value) {
            let item = self.within(&name, item, read);
            map.insert(K::from(name), item);
        }
        map
    }

    /// One of several named things: a name alone, or an object with the name as its only field.
    fn choice(&mut self, value: Value) -> (String, Option<Value>) {
        match value {
            Value::Text(name) => return (name, None),
            Value::Map(entries) => {
                let mut entries = entries.into_iter();
                if let (Some((name, value)), None) = (entries.next(), entries.next()) {
                    return (name, Some(value));
                }
                self.refuse("must have exactly one field, its kind");
            }
            other => self.refuse_kind(&other, "an object with one field"),
        }
        (String::new(), None)
    }

    fn object(&mut self, value: Value) -> Fields<'_> {
        let fields = self.entries(value);
        Fields {
            fields,
            decoder: self,
        }
    }
}

/// The fields of one object, taken out as they are asked for.
struct Fields<'a> {
    fields: Properties,
    decoder: &'a mut Decoder,
}

impl Fields<'_> {
    fn take(&mut self, name: &str) -> Option<Value> {
        let value = self.fields.remove(name)?;
        (!matches!(value, Value::Null)).then_some(value)
    }

    fn optional<T>(&mut self, name: &str, read: Read<T>) -> Option<T> {
        let value = self.take(name)?;
        Some(self.decoder.within(name, value, read))
    }

    fn required<T>(&mut self, name: &str, read: Read<T>) -> T {
        let value = self.take(name).unwrap_or_else(|| {
            self.decoder.notes.enter(Place::Field(name));
            self.decoder.refuse("is missing; add it");
            self.decoder.notes.leave();
            Value::Null
        });
        self.decoder.within(name, value, read)
    }

    fn text(&mut self, name: &str) -> String {
        self.required(name, |value, decoder| decoder.text(value))
    }

    fn optional_text(&mut self, name: &str) -> Option<String> {
        self.optional(name, |value, decoder| decoder.text(value))
    }

    fn optional_time(&mut self, name: &str) -> Option<i64> {
        self.optional(name, |value, decoder| decoder.whole(&value))
    }

    fn flag(&mut self, name: &str, default: bool) -> bool {
        self.optional(name, |value, decoder| decoder.flag(&value))
            .unwrap_or(default)
    }
}

impl Drop for Fields<'_> {
    /// What nobody asked for is not understood.
    fn drop(&mut self) {
        for name in self.fields.keys() {
            self.decoder.notes.unasked(name);
        }
    }
}

/// Lets serde read these types as well, through a [`Value`].
macro_rules! deserialize_through_value {
    ($($type:ty),* $(,)?) => {
        $(impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = Value::deserialize(deserializer)?;
                Self::from_value(value).map_err(serde::de::Error::custom)
            }
        })*
    };
}

deserialize_through_value!(
    crate::comparison::Comparison,
    crate::condition::Condition,
    crate::content::Content,
    crate::content::ContentDocument,
    crate::engine::Boot,
    crate::engine::UiState,
    crate::known::Known,
    crate::run::Run,
);
