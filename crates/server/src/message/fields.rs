//! Reading a message field by field. What is `null` counts as not given.

use std::collections::BTreeMap;

use headstart_core::Properties;
use serde_json::value::RawValue;

use crate::message::moment::{Moment, read_time};
use crate::message::{LONGEST_ID, LONGEST_MESSAGE_ID, Refusal};

/// A JSON object, of which each field is still text.
#[derive(Debug, Default)]
pub(super) struct Fields<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Fields<'a> {
    pub(super) fn read(object: &'a RawValue) -> Result<Self, Refusal> {
        let mut fields: BTreeMap<String, &'a RawValue> = serde_json::from_str(object.get())
            .map_err(|_| Refusal::new("invalid_event", "", "must be an object"))?;
        fields.retain(|_, value| value.get() != "null");
        Ok(Self(fields))
    }

    /// As [`Fields::read`]; nothing has no fields.
    pub(super) fn read_in(object: Option<&'a RawValue>, path: &str) -> Result<Self, Refusal> {
        match object {
            None => Ok(Self::default()),
            Some(object) => Self::read(object).map_err(|refusal| Refusal {
                path: path.to_owned(),
                ..refusal
            }),
        }
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(raw) = self.0.get(name) else {
            return Ok(None);
        };
        serde_json::from_str(raw.get())
            .map(Some)
            .map_err(|_| invalid(name, "must be a text"))
    }

    /// The event's or page's name.
    pub(super) fn name(&self, name: &str) -> Result<Option<String>, Refusal> {
        let text = self.text(name)?;
        match &text {
            Some(text) if text.trim().is_empty() => Err(invalid(name, "must not be empty")),
            Some(text) => at_most(name, text, LONGEST_ID).map(|()| Some(text.clone())),
            None => Ok(None),
        }
    }

    /// An id: a text, or a whole number, as many servers have them.
    pub(super) fn id(&self, name: &str) -> Result<Option<String>, Refusal> {
        let Some(raw) = self.0.get(name) else {
            return Ok(None);
        };
        let id = if serde_json::from_str::<i64>(raw.get()).is_ok() {
            raw.get().to_owned()
        } else {
            serde_json::from_str::<String>(raw.get())
                .map_err(|_| invalid(name, "must be a text or a whole number"))?
        };
        if id.is_empty() {
            return Err(invalid(
                name,
                "must not be empty; leave it out if it is not known",
            ));
        }
        at_most(name, &id, LONGEST_ID)?;
        Ok(Some(id))
    }

    pub(super) fn message_id(&self) -> Result<Option<String>, Refusal> {
        let id = self.text("messageId")?;
        if let Some(id) = &id {
            if id.is_empty() {
                return Err(invalid(
                    "messageId",
                    "must not be empty; leave it out, or give each message its own",
                ));
            }
            at_most("messageId", id, LONGEST_MESSAGE_ID)?;
        }
        Ok(id)
    }

    pub(super) fn object(&self, name: &str) -> Result<Option<&'a RawValue>, Refusal> {
        match self.0.get(name) {
            Some(raw) if raw.get().starts_with('{') => Ok(Some(raw)),
            Some(_) => Err(invalid(name, "must be an object")),
            None => Ok(None),
        }
    }

    /// When it happened, and what that adds to the sender's clock. Some of Segment's libraries call
    /// the time `originalTimestamp`.
    pub(super) fn moment(&self, moment: Moment) -> Result<(i64, i64), Refusal> {
        let mut claimed = None;
        for name in ["timestamp", "originalTimestamp"] {
            if let Some(raw) = self.0.get(name).filter(|_| claimed.is_none()) {
                let time = read_time(raw).ok_or_else(|| {
                    invalid(
                        name,
                        "must be an ISO 8601 time such as \"2026-01-31T10:30:00.250Z\", or \
                         milliseconds since 1970",
                    )
                })?;
                claimed = Some(time);
            }
        }
        let own = self.0.get("sentAt").and_then(|raw| read_time(raw));
        Ok(moment.sent_at(own).place(claimed))
    }
}

/// The named values of an object.
pub(super) fn properties(object: Option<&RawValue>, path: &str) -> Result<Properties, Refusal> {
    let Some(object) = object else {
        return Ok(Properties::new());
    };
    // JSON that is too deep or has half a surrogate pair in a text is found here.
    serde_json::from_str::<Properties>(object.get())
        .map_err(|error| invalid(path, &format!("cannot be read ({error}); simplify it")))
}

/// Two objects in one; where both have a field, the second's stays.
pub(super) fn merge_objects(first: Option<&RawValue>, second: Option<&RawValue>) -> String {
    let (Some(first), Some(second)) = (first, second) else {
        return first.or(second).map_or("{}", RawValue::get).to_owned();
    };
    let read = |object: &RawValue| {
        serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(object.get()).unwrap_or_default()
    };
    let mut merged = read(first);
    merged.extend(read(second));
    serde_json::to_string(&merged).unwrap_or_else(|_| second.get().to_owned())
}

fn at_most(name: &str, text: &str, most: usize) -> Result<(), Refusal> {
    if text.chars().count() > most {
        return Err(invalid(
            name,
            &format!("is longer than {most} characters; shorten it"),
        ));
    }
    Ok(())
}

fn invalid(path: &str, message: &str) -> Refusal {
    Refusal::new("invalid_field", path, message)
}
