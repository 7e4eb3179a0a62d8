//! Messages as they arrive: Segment's rules, checked one message at a time so that a bad one is
//! named and spoils no other.
//!
//! Source: Segment's HTTP Tracking API, "Common fields", "Identify", "Track", "Page", "Group",
//! "Batch".

mod fields;
mod moment;

use headstart_core::Properties;
use headstart_core::event::name;
use serde_json::value::RawValue;
use uuid::Uuid;

use self::fields::{Fields, merge_objects};
pub use self::moment::{Moment, TOLERANCE};
pub(crate) use self::moment::{hold_to_arrival, read_time};

/// The most bytes of one message, as in Segment's API.
pub const MOST_EVENT_BYTES: usize = 32 * 1_024;
/// The most characters of a user, anonymous or group id, and of a name.
pub const LONGEST_ID: usize = 256;
/// The most characters of a message id; our own are made up of several others.
pub const LONGEST_MESSAGE_ID: usize = 1_024;

/// The kinds of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something happened.
    Track,
    /// Who the user is.
    Identify,
    /// A page was viewed.
    Page,
    /// Which account the user belongs to.
    Group,
}

impl Kind {
    /// Its name on the wire.
    pub fn name(self) -> &'static str {
        match self {
            Self::Track => "track",
            Self::Identify => "identify",
            Self::Page => "page",
            Self::Group => "group",
        }
    }

    fn read(name: &str) -> Option<Self> {
        [Self::Track, Self::Identify, Self::Page, Self::Group]
            .into_iter()
            .find(|kind| kind.name() == name)
    }
}

/// One message, checked.
#[derive(Clone, Debug)]
pub struct Received {
    /// Counted once, for ever.
    pub message_id: String,
    /// What kind of message.
    pub kind: Kind,
    /// The event's or the page's name; empty for the others.
    pub name: String,
    /// The user, if they are known.
    pub user: Option<String>,
    /// The browser, if it is known.
    pub anonymous: Option<String>,
    /// The account: a group's own, else the one in the context.
    pub account: Option<String>,
    /// When it happened, wall milliseconds, corrected.
    pub at: i64,
    /// What was added to the sender's clock, milliseconds.
    pub correction: i64,
    /// Properties, or traits.
    pub properties: Properties,
    /// The same as it was sent.
    pub properties_json: String,
    /// The context as it was sent, the batch's merged in.
    pub context_json: String,
}

impl Received {
    /// Whether it carries the running totals of a session.
    pub fn is_session_update(&self) -> bool {
        self.kind == Kind::Track && self.name == name::SESSION_UPDATED
    }

    /// Whether it is one of Headstart's own events.
    pub fn is_own(&self) -> bool {
        self.kind == Kind::Track && name::OWN.contains(&self.name.as_str())
    }
}

/// Why a message is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// A short name for it.
    pub code: &'static str,
    /// What is wrong and what to do about it.
    pub message: String,
    /// Which field; empty for the whole message.
    pub path: String,
    /// The message's id, where it could be read.
    pub message_id: Option<String>,
}

impl Refusal {
    fn new(code: &'static str, path: &str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            path: path.to_owned(),
            message_id: None,
        }
    }

    /// The field's path within a larger document.
    pub fn path_in(&self, prefix: &str) -> String {
        match (prefix.is_empty(), self.path.is_empty()) {
            (false, false) => format!("{prefix}.{}", self.path),
            (true, _) => self.path.clone(),
            (false, true) => prefix.to_owned(),
        }
    }
}

/// What the messages of one request share.
#[derive(Clone, Copy, Debug)]
pub struct Shared<'a> {
    /// The batch's context, for messages to add to.
    pub context: Option<&'a RawValue>,
    /// The two clocks.
    pub moment: Moment,
}

/// Checks one message. `kind` is given where the route says it; in a batch each message does.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn read(
    message: &RawValue,
    kind: Option<Kind>,
    shared: Shared<'_>,
) -> Result<Received, Refusal> {
    let fields = Fields::read(message)?;
    let message_id = fields.message_id()?;
    read_fields(&fields, message, kind, shared, message_id.as_deref()).map_err(|refusal| Refusal {
        message_id,
        ..refusal
    })
}

fn read_fields(
    fields: &Fields<'_>,
    message: &RawValue,
    kind: Option<Kind>,
    shared: Shared<'_>,
    message_id: Option<&str>,
) -> Result<Received, Refusal> {
    if message.get().len() > MOST_EVENT_BYTES {
        return Err(Refusal::new(
            "event_too_large",
            "",
            format!(
                "has {} bytes, of which {MOST_EVENT_BYTES} are allowed; send less with it",
                message.get().len()
            ),
        ));
    }
    let kind = match kind {
        Some(kind) => kind,
        None => read_kind(fields)?,
    };
    let user = fields.id("userId")?;
    let anonymous = fields.id("anonymousId")?;
    if user.is_none() && anonymous.is_none() {
        return Err(Refusal::new(
            "missing_field",
            "userId",
            "is missing; give `userId`, or `anonymousId` for someone not yet known",
        ));
    }
    let name = match kind {
        Kind::Track => fields.name("event")?.ok_or_else(|| {
            Refusal::new("missing_field", "event", "is missing; name what happened")
        })?,
        Kind::Page => fields.name("name")?.unwrap_or_default(),
        Kind::Identify | Kind::Group => String::new(),
    };
    let context = fields.object("context")?;
    let group = fields.id("groupId")?;
    let account = match kind {
        Kind::Group if group.is_none() => {
            return Err(Refusal::new(
                "missing_field",
                "groupId",
                "is missing; say which account the user belongs to",
            ));
        }
        Kind::Group => group,
        _ => Fields::read_in(context, "context")?.id("groupId")?,
    };
    let carrier = match kind {
        Kind::Track | Kind::Page => "properties",
        Kind::Identify | Kind::Group => "traits",
    };
    let properties_json = fields.object(carrier)?;
    let properties = fields::properties(properties_json, carrier)?;
    let (at, correction) = fields.moment(shared.moment)?;
    Ok(Received {
        message_id: message_id.map_or_else(|| Uuid::now_v7().to_string(), str::to_owned),
        kind,
        name,
        user,
        anonymous,
        account,
        at,
        correction,
        properties,
        properties_json: properties_json.map_or("{}", RawValue::get).to_owned(),
        context_json: merge_objects(shared.context, context),
    })
}

fn read_kind(fields: &Fields<'_>) -> Result<Kind, Refusal> {
    let known = "`track`, `identify`, `page` or `group`";
    let Some(name) = fields.text("type")? else {
        return Err(Refusal::new(
            "missing_field",
            "type",
            format!("is missing; it must be {known}"),
        ));
    };
    Kind::read(&name).ok_or_else(|| {
        Refusal::new(
            "unknown_type",
            "type",
            format!("`{name}` is not a type that is kept here; it must be {known}"),
        )
    })
}
