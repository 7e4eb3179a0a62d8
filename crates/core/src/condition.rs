//! Conditions: what an author can ask about a user, their account, their history and their page.

pub mod holds;
pub mod needs;

use std::borrow::Cow;

use serde::Serialize;

use crate::comparison::Comparison;
use crate::id::{ContentId, Selector, TaskId};
use crate::map::Map;
use crate::page::PagePattern;
use crate::time::Span;
use crate::value::Properties;

/// Something that holds or does not. Written in JSON as one name and its details:
/// `{"all": [{"page": {"path": "/invoices"}}, {"not": {"trait": {"name": "plan", "is": {"equals": "free"}}}}]}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Condition {
    /// Every one of these holds; of none, all do.
    All(Vec<Condition>),
    /// At least one of these holds; of none, none does.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// An event was tracked, in the browser or by a server.
    Event(EventCondition),
    /// The user is on a page.
    Page(PagePattern),
    /// An element of the page is there, visible, was clicked, or holds a value.
    Element(ElementCondition),
    /// A trait of the user or of their account.
    Trait(TraitCondition),
    /// Another piece of content has got somewhere with this user.
    Content(ContentCondition),
    /// The user has come back: how many sessions they have had, this one included.
    Sessions(SessionsCondition),
    /// This session has lasted.
    Session(SessionCondition),
    /// Time since the user was first seen.
    FirstSeen(FirstSeenCondition),
    /// The user is one of so many of a hundred.
    Share(ShareCondition),
    /// The language of the page or the browser: `de` is all German, `de-AT` that of Austria.
    Locale(String),
    /// What the user has before them.
    Device(Device),
}

impl Default for Condition {
    /// One that never holds.
    fn default() -> Self {
        Self::Any(Vec::new())
    }
}

/// So many users of a hundred: always the same ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ShareCondition {
    /// How many of a hundred. From 0 to 100.
    pub percent: u32,
    /// Which drawing of lots: under the same name the same users are drawn, and of two shares under it
    /// the smaller is part of the greater.
    pub draw: String,
}

/// What the user has before them, by the width of the window: a phone has less than 600 CSS pixels, a
/// tablet less than 1,024, a desktop the rest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Device {
    /// Less than 600 pixels.
    Phone,
    /// Less than 1,024.
    Tablet,
    /// The rest.
    #[default]
    Desktop,
}

impl Device {
    /// The device of a window that is so wide, CSS pixels.
    pub fn of_width(width: f64) -> Self {
        if width < 600.0 {
            Self::Phone
        } else if width < 1_024.0 {
            Self::Tablet
        } else {
            Self::Desktop
        }
    }
}

/// An event, so many times, in so long a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EventCondition {
    /// The event's name, as tracked.
    pub name: String,
    /// What its properties must be; events that differ do not count.
    #[serde(default, rename = "where", skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, Comparison>")
    )]
    pub filters: Map<String, Comparison>,
    /// How often, at least. From 1 to 100.
    #[serde(skip_serializing_if = "is_once")]
    #[cfg_attr(feature = "schema", schemars(default = "once"))]
    pub at_least: u32,
    /// Only what happened within this span before now; without it, ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
}

impl Default for EventCondition {
    /// Where the author says nothing else: once, ever.
    fn default() -> Self {
        Self {
            name: String::new(),
            filters: Map::new(),
            at_least: 1,
            within: None,
        }
    }
}

/// An element of the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ElementCondition {
    /// Which one: the first that this CSS selector finds.
    pub selector: Selector,
    /// What is asked of it.
    pub is: ElementState,
}

/// What can be asked of an element.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ElementState {
    /// It is in the page.
    #[default]
    Present,
    /// It is in the page, drawn, and has a size.
    Visible,
    /// The user clicked it, or something in it, at least once.
    Clicked,
    /// It is a form field whose value (a text; for a checkbox whether it is checked) is so.
    Value(Comparison),
}

/// A trait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TraitCondition {
    /// Whose trait.
    #[serde(default, skip_serializing_if = "Owner::is_user")]
    pub of: Owner,
    /// The trait's name.
    pub name: String,
    /// What is asked of it.
    #[serde(skip_serializing_if = "is_exists")]
    #[cfg_attr(feature = "schema", schemars(default = "exists"))]
    pub is: Comparison,
}

/// Whose trait is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Owner {
    /// The user's, as `identify` set it.
    #[default]
    User,
    /// The account's, as `group` set it.
    Account,
}

impl Owner {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    fn is_user(&self) -> bool {
        *self == Self::User
    }
}

/// How far another piece of content has got.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ContentCondition {
    /// Which content.
    pub id: ContentId,
    /// How far.
    pub is: ContentState,
    /// Only if it has been so for this long; without it, at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Span>,
}

/// How far a piece of content can get with a user.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ContentState {
    /// It has been on screen.
    #[default]
    Shown,
    /// A checklist was opened, or one of its tasks done after it was shown; a guide was shown.
    Started,
    /// All required tasks of the checklist are done; the tour was gone through to its end; the main
    /// button of the tip, banner or modal was pressed.
    Completed,
    /// The user sent it away.
    Dismissed,
    /// This task of the checklist is done.
    TaskDone(TaskId),
    /// The user has left this task of the checklist out.
    TaskSkipped(TaskId),
}

/// How many sessions the user has had.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionsCondition {
    /// At least so many, this one included. From 1 to 100.
    pub at_least: u32,
    /// Only sessions that began within this span before now; without it, ever.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub within: Option<Span>,
}

/// How long this session has lasted. Every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionCondition {
    /// At least so long from its start until now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length_at_least: Option<Span>,
    /// At least so long of it engaged: visible, focused and in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub engaged_at_least: Option<Span>,
}

/// How long ago the user was first seen. Every part that is given must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FirstSeenCondition {
    /// At least so long ago.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<Span>,
    /// Less than so long ago.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub less_than: Option<Span>,
}

/// Which events count for an [`EventCondition`]: a name, and what the properties must be. Conditions
/// that ask for the same events share one record of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventMatcher {
    /// The event's name.
    pub name: String,
    /// What its properties must be.
    pub filters: Map<String, Comparison>,
}

impl EventMatcher {
    /// Whether an event of this name with these properties counts.
    pub fn matches(&self, name: &str, properties: &Properties) -> bool {
        self.name == name && fit(&self.filters, properties)
    }

    /// The name under which sightings of these events are kept, the same on every side: the event's
    /// name, then each filter.
    pub fn key(&self) -> String {
        key(&self.name, &self.filters).into_owned()
    }
}

/// See [`EventMatcher::key`]. Without filters, which is most of the time, it is the name itself.
fn key<'a>(name: &'a str, filters: &Map<String, Comparison>) -> Cow<'a, str> {
    if filters.is_empty() {
        return Cow::Borrowed(name);
    }
    let mut key = name.to_owned();
    for (field, asked) in filters {
        for part in ["\u{1f}", field, "\u{1f}", &asked.key()] {
            key.push_str(part);
        }
    }
    Cow::Owned(key)
}

fn fit(filters: &Map<String, Comparison>, properties: &Properties) -> bool {
    filters
        .iter()
        .all(|(field, asked)| asked.fits(properties.get(field)))
}

impl EventCondition {
    /// Whether an event of this name with these properties counts.
    pub fn counts(&self, name: &str, properties: &Properties) -> bool {
        self.name == name && fit(&self.filters, properties)
    }

    /// The key of its matcher.
    pub fn key(&self) -> Cow<'_, str> {
        key(&self.name, &self.filters)
    }

    /// Which events count for it.
    pub fn matcher(&self) -> EventMatcher {
        EventMatcher {
            name: self.name.clone(),
            filters: self.filters.clone(),
        }
    }
}

#[cfg(feature = "schema")]
fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_once(count: &u32) -> bool {
    *count == 1
}

#[cfg(feature = "schema")]
fn exists() -> Comparison {
    Comparison::Exists
}

fn is_exists(comparison: &Comparison) -> bool {
    *comparison == Comparison::Exists
}
