//! Reading core's types out of JSON values: the one reader of content and progress, in the browser
//! and at the collector, which tells where something is wrong and what is not understood.
//!
//! Written by hand because derived readers are large: each type brings a visitor of several kilobytes of
//! WebAssembly, where these share theirs.

mod condition;
mod content;
mod known;
mod notes;
mod plain;
mod rich_text;

pub use self::rich_text::is_safe;

use self::notes::{Notes, Place};
use crate::content::Problem;
use crate::value::{Properties, Value};

/// Something that can be read out of a JSON value. It is read into its place, which has the default until then:
/// nothing is moved about, and one function reads the fields of all types.
pub trait Decode {
    /// Reads it. What cannot be read is noted by the decoder; what is in its place then counts for nothing.
    fn read(&mut self, value: Value, decoder: &mut Decoder);

    /// Reads it from the top, and passes over fields that are not understood.
    ///
    /// # Errors
    /// The first [`Problem`], with its path.
    fn from_value(value: Value) -> Result<Self, Problem>
    where
        Self: Sized + Default,
    {
        Decoder::default().read(value)
    }
}

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
    pub fn read<T: Decode + Default>(&mut self, value: Value) -> Result<T, Problem> {
        let mut read = T::default();
        read.read(value, self);
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

    fn at(&mut self, place: Place<'_>, value: Value, into: &mut dyn Decode) {
        self.notes.enter(place);
        into.read(value, self);
        self.notes.leave();
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

    /// One of several named things: a name alone, or an object with the name as its only field.
    fn choice(&mut self, value: Value) -> (String, Option<Value>) {
        match value {
            Value::Text(name) => return (name, None),
            Value::Map(entries) if entries.len() == 1 => {
                if let Some((name, value)) = entries.into_iter().next() {
                    return (name, Some(value));
                }
            }
            Value::Map(_) => self.refuse("must have exactly one field, its kind"),
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

    /// Reads a field, if it is given; says whether it is.
    fn read(&mut self, name: &str, into: &mut dyn Decode) -> bool {
        let Some(value) = self.take(name) else {
            return false;
        };
        self.decoder.at(Place::Field(name), value, into);
        true
    }

    /// Reads a field that must be given.
    fn required(&mut self, name: &str, into: &mut dyn Decode) {
        if !self.read(name, into) {
            self.decoder.notes.enter(Place::Field(name));
            self.decoder.refuse("is missing; add it");
            self.decoder.notes.leave();
        }
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
