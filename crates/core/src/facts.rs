//! Facts: everything a condition may look at, at one moment.

use crate::condition::Device;
use crate::id::Selector;
use crate::known::Known;
use crate::map::Map;
use crate::page::Location;
use crate::value::Value;

/// All that conditions look at. The collector, which sees no page and no session clock, leaves
/// those out; conditions on them do not hold there.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Wall milliseconds.
    pub now: i64,
    /// Whom they are about: the user's id, or the browser's where nobody is signed in.
    pub person: &'a str,
    /// What is known of the user: traits, history, progress.
    pub known: &'a Known,
    /// Where the user is, in the browser.
    pub page: Option<&'a Location>,
    /// The watched elements of the page, in the browser.
    pub elements: &'a Map<Selector, ElementFact>,
    /// The session that is going on, in the browser.
    pub session: Option<SessionFact>,
    /// The language, in the browser: a BCP 47 tag.
    pub locale: Option<&'a str>,
    /// What the user has before them, in the browser.
    pub device: Option<Device>,
}

/// What is known of a watched element.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ElementFact {
    /// It is in the page.
    pub present: bool,
    /// It is drawn and has a size.
    pub visible: bool,
    /// It is in every dialog of the page that is open, and there is one: what is about it doesn't
    /// disturb the user in there.
    pub in_dialog: bool,
    /// Its form value, where a condition asks for it.
    pub value: Option<Value>,
    /// Where it is not visible, how near the best match was, in a few words.
    pub nearest: String,
}

/// Why this is no moment to interrupt the user.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Busy {
    /// The user is typing.
    Typing,
    /// A dialog of the page is open.
    Dialog,
    /// The page is not in front.
    Away,
}

impl Busy {
    /// A word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Typing => "typing",
            Self::Dialog => "dialog",
            Self::Away => "away",
        }
    }
}

/// The session that is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionFact {
    /// When it began, wall milliseconds.
    pub started_at: i64,
    /// Engaged time in it so far, as this tab knows it, milliseconds.
    pub engaged: i64,
}

/// No elements: for those who see no page.
pub static NO_ELEMENTS: Map<Selector, ElementFact> = Map::new();

impl<'a> Facts<'a> {
    /// The facts of someone who sees no page and no session: the collector.
    pub fn of_history(known: &'a Known, person: &'a str, now: i64) -> Self {
        Self {
            now,
            person,
            known,
            page: None,
            elements: &NO_ELEMENTS,
            session: None,
            locale: None,
            device: None,
        }
    }
}
