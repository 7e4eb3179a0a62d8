//! Labels: what must be known of a waiting message without opening it.

use crate::event::{name, property};
use crate::id::{TabId, UserId};
use crate::message::{Body, Message};
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

    /// Its place among all of them.
    pub(super) fn rank(self) -> usize {
        self as usize
    }
}

/// What is written on the outside of a waiting message: the name that it is kept under. Sorted as
/// text, names are in the order in which things happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The whole of it, as text.
    pub name: String,
    /// When it happened, wall milliseconds.
    pub at: i64,
    /// How much is lost with it.
    pub kind: Kind,
    /// Bytes of its JSON.
    pub bytes: usize,
    /// The user it is about, if they are known: one request can vouch for one user only.
    pub user: Option<UserId>,
}

impl Label {
    /// The label of a message of `bytes` of JSON, which is the tab's number `turn`.
    pub fn new(message: &Message, turn: u32, tab: &TabId, bytes: usize) -> Self {
        let user = message.person.user.as_ref();
        Self::write(
            message.at,
            turn,
            tab.as_str(),
            Kind::of(message),
            bytes,
            user,
        )
    }

    /// The label of a message that a version of the widget kept which wrote none: under
    /// `time.turn.tab`, or whatever else is found there. `user` is who it is about.
    pub fn renewed(name: &str, bytes: usize, user: Option<&UserId>, now: i64) -> Self {
        let mut parts = name.splitn(3, '.');
        let mut part = || parts.next().unwrap_or_default();
        let at = part().parse().unwrap_or(now);
        let turn = part().parse().unwrap_or_default();
        let tab = part().replace('.', "-");
        Self::write(at, turn, &tab, Kind::Track, bytes, user)
    }

    fn write(
        at: i64,
        turn: u32,
        tab: &str,
        kind: Kind,
        bytes: usize,
        user: Option<&UserId>,
    ) -> Self {
        // 13 digits last until 2286.
        let at = at.max(0);
        let rank = kind.rank();
        let who = user.map_or("", UserId::as_str);
        Self {
            name: format!("{at:013}.{turn:010}.{tab}.{rank}.{bytes}.{who}"),
            at,
            kind,
            bytes,
            user: user.cloned(),
        }
    }

    /// Reads a label. `None` if it is none.
    pub fn read(name: &str) -> Option<Self> {
        let mut parts = name.splitn(6, '.');
        let at = parts.next()?.parse().ok()?;
        let rank: usize = parts.nth(2)?.parse().ok()?;
        let bytes = parts.next()?.parse().ok()?;
        let user = parts.next()?;
        Some(Self {
            name: name.to_owned(),
            at,
            kind: *Kind::ALL.get(rank)?,
            bytes,
            user: Some(user).filter(|user| !user.is_empty()).map(UserId::from),
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
