//! Messages: what travels to the collector, in the form of Segment's HTTP tracking API.

use crate::event::Event;
use crate::id::{AccountId, AnonymousId, MessageId, UserId};
use crate::known::{put, put_text};
use crate::time::format_iso;
use crate::value::{Properties, Value};

/// Who something is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// The browser.
    pub anonymous: AnonymousId,
    /// The user, once the host has said who it is.
    pub user: Option<UserId>,
}

impl Person {
    /// The id that counts: the user's, else the browser's.
    pub fn key(&self) -> &str {
        self.user
            .as_ref()
            .map_or(self.anonymous.as_str(), UserId::as_str)
    }
}

/// One message to the collector.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// Counted once, for ever.
    pub id: MessageId,
    /// When it happened, wall milliseconds.
    pub at: i64,
    /// Whom it is about.
    pub person: Person,
    /// What it says.
    pub body: Body,
}

/// What a message says.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Something happened.
    Track {
        /// What.
        event: String,
        /// With what.
        properties: Properties,
    },
    /// Who the user is.
    Identify {
        /// What the host tells of them.
        traits: Properties,
    },
    /// Which account the user belongs to.
    Group {
        /// Which.
        account: AccountId,
        /// What the host tells of it.
        traits: Properties,
    },
    /// A page was viewed.
    Page {
        /// What the host calls it, if anything.
        name: Option<String>,
        /// With what.
        properties: Properties,
    },
}

impl Message {
    /// The message that reports an event.
    pub fn track(event: Event, person: Person) -> Self {
        Self {
            id: event.message_id,
            at: event.at,
            person,
            body: Body::Track {
                event: event.name,
                properties: event.properties,
            },
        }
    }

    /// Its JSON form: one item of the `batch` of Segment's `POST /v1/batch`.
    /// Source: Segment's HTTP Tracking API, "Batch" and "Common fields".
    pub fn to_value(&self) -> Value {
        let mut fields = Properties::new();
        put_text(&mut fields, "messageId", self.id.as_str());
        put(&mut fields, "timestamp", format_iso(self.at).into());
        put_text(&mut fields, "anonymousId", self.person.anonymous.as_str());
        if let Some(user) = &self.person.user {
            put_text(&mut fields, "userId", user.as_str());
        }
        match &self.body {
            Body::Track { event, properties } => {
                put_text(&mut fields, "type", "track");
                put_text(&mut fields, "event", event.as_str());
                put(&mut fields, "properties", Value::Map(properties.clone()));
            }
            Body::Identify { traits } => {
                put_text(&mut fields, "type", "identify");
                put(&mut fields, "traits", Value::Map(traits.clone()));
            }
            Body::Group { account, traits } => {
                put_text(&mut fields, "type", "group");
                put_text(&mut fields, "groupId", account.as_str());
                put(&mut fields, "traits", Value::Map(traits.clone()));
            }
            Body::Page { name, properties } => {
                put_text(&mut fields, "type", "page");
                if let Some(name) = name {
                    put_text(&mut fields, "name", name.as_str());
                }
                put(&mut fields, "properties", Value::Map(properties.clone()));
            }
        }
        Value::Map(fields)
    }
}
