//! What all else is made of: texts, numbers, names, lists, and what may be missing.

use crate::decode::notes::Place;
use crate::decode::{Decode, Decoder};
use crate::id::{ContentId, MessageId, StepId, TaskId};
use crate::map::Map;
use crate::value::{Value, whole};

impl Decode for Value {
    fn read(&mut self, value: Value, _: &mut Decoder) {
        *self = value;
    }
}

impl Decode for String {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        *self = decoder.text(value);
    }
}

macro_rules! read_as_text {
    ($($id:ty),*) => {
        $(impl Decode for $id {
            fn read(&mut self, value: Value, decoder: &mut Decoder) {
                self.0.read(value, decoder);
            }
        })*
    };
}

read_as_text!(ContentId, MessageId, StepId, TaskId);

impl Decode for bool {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        match value {
            Value::Bool(flag) => *self = flag,
            other => decoder.refuse_kind(&other, "true or false"),
        }
    }
}

impl Decode for i64 {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        match value.as_number().and_then(whole) {
            Some(number) => *self = number,
            None => decoder.refuse_kind(&value, "a whole number"),
        }
    }
}

const TOO_FAR: &str = "is too far from 0; use a smaller number";

impl Decode for u32 {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut number = 0i64;
        number.read(value, decoder);
        match Self::try_from(number) {
            Ok(number) => *self = number,
            Err(_) if number > 0 => decoder.refuse(TOO_FAR),
            Err(_) => decoder.refuse("must be a whole number from 0 up"),
        }
    }
}

impl Decode for i32 {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        let mut number = 0i64;
        number.read(value, decoder);
        match Self::try_from(number) {
            Ok(number) => *self = number,
            Err(_) => decoder.refuse(TOO_FAR),
        }
    }
}

impl<T: Decode + Default> Decode for Option<T> {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        *self = None;
        if !matches!(value, Value::Null) {
            self.insert(T::default()).read(value, decoder);
        }
    }
}

/// Where there is room for any number of things, which are read by one function, whatever they are.
trait Room {
    /// Makes room for one more, if need be under that name.
    fn make(&mut self, name: &str) -> &mut dyn Decode;
}

impl<T: Decode + Default> Room for Vec<T> {
    fn make(&mut self, _: &str) -> &mut dyn Decode {
        self.push_mut(T::default())
    }
}

impl<K: AsRef<str> + for<'a> From<&'a str> + Clone, T: Decode + Default> Room for Map<K, T> {
    fn make(&mut self, name: &str) -> &mut dyn Decode {
        self.or_default(&K::from(name))
    }
}

fn read_items(room: &mut dyn Room, value: Value, decoder: &mut Decoder) {
    for (index, item) in decoder.list(value).into_iter().enumerate() {
        decoder.at(Place::Item(index), item, room.make(""));
    }
}

fn read_entries(room: &mut dyn Room, value: Value, decoder: &mut Decoder) {
    for (name, item) in decoder.entries(value) {
        decoder.at(Place::Field(&name), item, room.make(&name));
    }
}

impl<T: Decode + Default> Decode for Vec<T> {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        read_items(self, value, decoder);
    }
}

impl<K: AsRef<str> + for<'a> From<&'a str> + Clone, T: Decode + Default> Decode for Map<K, T> {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        read_entries(self, value, decoder);
    }
}

/// A list of a time and what was so from then on.
impl<T: Decode> Decode for (i64, T) {
    fn read(&mut self, value: Value, decoder: &mut Decoder) {
        read_timed(&mut self.0, &mut self.1, value, decoder);
    }
}

fn read_timed(at: &mut i64, what: &mut dyn Decode, value: Value, decoder: &mut Decoder) {
    let mut items = decoder.list(value);
    if items.len() != 2 {
        decoder.refuse("must be a list of two");
    }
    let second = items.pop().unwrap_or_default();
    at.read(items.pop().unwrap_or_default(), decoder);
    what.read(second, decoder);
}
