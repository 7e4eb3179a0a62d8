//! Delivery: when content comes up by itself, and how often.

use serde::{Serialize, Serializer};

use crate::condition::Condition;
use crate::time::Span;

/// When and to whom content comes up by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// What brings it up; without it, it comes at once.
    pub trigger: Option<Condition>,
    /// How often.
    pub frequency: Frequency,
    /// From when to when.
    pub schedule: Schedule,
    /// So many of a hundred users never see it, so that what it does can be told from what would have
    /// happened anyway. The same user is always on the same side.
    pub holdout: u32,
}

/// From when until when content may come up, wall milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Schedule {
    /// Not before this moment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<i64>,
    /// Not from this moment on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
}

impl Schedule {
    /// Whether it leaves everything open.
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Schedule {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Schedule".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "object",
            "description": "From when until when: moments such as \"2026-12-01T09:00\" in the schedule's \
                zone, or with an offset of their own, or milliseconds since 1970.",
            "properties": {
                "from": {
                    "type": ["string", "integer"],
                    "description": "Not before this moment."
                },
                "until": {
                    "type": ["string", "integer"],
                    "description": "Not from this moment on."
                },
                "zone": {
                    "type": "string",
                    "description": "The time zone of moments without an offset, such as \
                        \"Europe/Berlin\"; without it, UTC."
                }
            },
            "additionalProperties": false
        })
    }
}

/// How often content comes up by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frequency {
    /// In one session only, until it is sent away.
    #[default]
    Once,
    /// In every session in which its trigger holds, until it is sent away for that session.
    EverySession,
    /// Again that long after it was last up.
    Every(Span),
    /// In every session in which its trigger holds, until it is sent away, then never again.
    UntilDismissed,
    /// In every session in which its trigger holds, until it is done: followed, or gone through to the
    /// end. Sent away, it comes back in the next session.
    UntilDone,
}

impl Serialize for Frequency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = match self {
            Self::Once => "once",
            Self::EverySession => "every_session",
            Self::UntilDismissed => "until_dismissed",
            Self::UntilDone => "until_done",
            Self::Every(span) => {
                return serializer.collect_map([("every", span)]);
            }
        };
        serializer.serialize_str(name)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Frequency {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Frequency".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let span = generator.subschema_for::<Span>();
        schemars::json_schema!({
            "description": "How often it comes up by itself.",
            "oneOf": [
                {"const": "once", "description": "In one session only, until it is sent away."},
                {"const": "every_session", "description": "In every session, until it is sent away for that session."},
                {"const": "until_dismissed", "description": "In every session, until it is sent away, then never again."},
                {"const": "until_done", "description": "In every session, until it is followed or gone through to the end."},
                {
                    "type": "object",
                    "description": "Again that long after it was last up.",
                    "properties": {"every": span},
                    "required": ["every"],
                    "additionalProperties": false
                }
            ]
        })
    }
}
