//! Labels: what must be known of a waiting message without opening it.

use crate::event::{name, property};
use crate::id::{TabId, UserId};
use crate::message::{Body, Message};
use crate::text::{digits, number, push_number, split_at};
use crate::value::Value;

/// How much is lost with a message, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Running totals, of which the next ones say the same and more, and what was on screen.
    Ambient,
    /// A page that was viewed.
    Page,
    /// What the host tracks, and that a session began.
    Track,
    /// Who the user is, and what they have reached: it is said once.
    Milestone,
}

impl Kind {
    /// All of them, least important first.
    pub const ALL: [Self; 4] = [Self::Ambient, Self::Page, Self::Track, Self::Milestone];

    /// The kind of a message.
    pub fn of(message: &Message) -> Self {
        let event = match &message.body {
            Body::Identify { .. } | Body::Group { .. } => return Self::Milestone,
            Body::Page { .. } => return Self::Page,
            Body::Track { event, .. } => event.as_str(),
        };
        match event {
            name::SESSION_UPDATED | name::CHECKLIST_SHOWN | name::TIP_SHOWN => Self::Ambient,
            name::SESSION_STARTED => Self::Track,
            own if name::OWN.contains(&own) => Self::Milestone,
            _ => Self::Track,
        }
    }

    /// Its name, where people read it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ambient => "ambient",
            Self::Page => "page",
            Self::Track => "track",
            Self::Milestone => "milestone",
        }
    }
}

/// What is written on the outside of a waiting message: the name that it is kept under, as
/// `time.turn.tab.kind.bytes.user`. Sorted as text, names are in the order in which things happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label<'n> {
    /// When it happened, wall milliseconds.
    pub at: i64,
    /// How much is lost with it.
    pub kind: Kind,
    /// Bytes of its JSON.
    pub bytes: usize,
    /// The user it is about, if they are known: one request can vouch for one user only.
    pub user: Option<&'n str>,
}

impl<'n> Label<'n> {
    /// The name for a message of `bytes` of JSON, which is the tab's number `turn`.
    pub fn write(message: &Message, turn: u32, tab: &TabId, bytes: usize) -> String {
        // 13 digits last until 2286.
        let at = message.at.max(0).unsigned_abs();
        let kind = Kind::of(message) as usize;
        let user = message.person.user.as_ref().map_or("", UserId::as_str);
        let mut name = String::new();
        push_number(&mut name, at, 13);
        name.push('.');
        push_number(&mut name, turn.into(), 10);
        for part in [tab.as_str(), &digits(kind), &digits(bytes), user] {
            name.push('.');
            name.push_str(part);
        }
        name
    }

    /// Reads a name. `None` if there is no label in it.
    pub fn read(name: &'n str) -> Option<Self> {
        let (at, rest) = split_at(name, ".")?;
        let (_, rest) = split_at(rest, ".")?;
        let (_, rest) = split_at(rest, ".")?;
        let (rank, rest) = split_at(rest, ".")?;
        // A user's id may have dots in it.
        let (bytes, user) = split_at(rest, ".").unwrap_or((rest, ""));
        let rank = usize::try_from(number(rank)?).ok()?;
        Some(Self {
            at: number(at)?,
            kind: *Kind::ALL.get(rank)?,
            bytes: usize::try_from(number(bytes)?).ok()?,
            user: Some(user).filter(|user| !user.is_empty()),
        })
    }
}

/// What a message makes superfluous of the same tab's earlier ones that wait: a session's running
/// totals, those of the same session. The answer is the session.
pub fn replaces(message: &Message) -> Option<&str> {
    match &message.body {
        Body::Track { event, properties } if event == name::SESSION_UPDATED => properties
            .get(property::SESSION_ID)
            .and_then(Value::as_text),
        _ => None,
    }
}
