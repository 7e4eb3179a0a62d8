//! Actions: what a button does.

use serde::Serialize;

use crate::id::{ContentId, Selector, StepId};
use crate::map::Map;
use crate::time::Span;

/// A button. What it does is exactly one of its fields, but for `fill`, which goes with `path`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Action {
    /// What the button says.
    pub label: String,
    /// Goes to a path of the host application, beginning with `/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// What form fields hold when the user gets there, by selector; texts may have placeholders.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, String>")
    )]
    pub fill: Map<Selector, String>,
    /// Opens an address in a new tab: `https:`, `http:` or `mailto:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// Calls the host: the name of a callback that it registers with
    /// `headstart('on', 'action:NAME', …)`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub callback: Option<String>,
    /// Starts other content, by id: a tour, a modal, another checklist.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<ContentId>,
    /// Goes to another step of the same tour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepId>,
    /// Puts the content off: for a span, or until the `next_session`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub snooze: Option<Snooze>,
    /// Closes the content, and nothing else.
    #[serde(default, skip_serializing_if = "is_no")]
    pub close: bool,
}

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionTarget<'a> {
    /// Goes to a path of the host application.
    Path(&'a str),
    /// Goes to another address, in a new tab.
    Link(&'a str),
    /// Calls the host back.
    Callback(&'a str),
    /// Starts other content.
    Start(&'a ContentId),
    /// Goes to another step of the tour.
    Step(&'a StepId),
    /// Puts the content off.
    Snooze(Snooze),
    /// Closes the content.
    Close,
}

impl Action {
    /// What it does; `None` if it says nothing, or several things at once.
    pub fn target(&self) -> Option<ActionTarget<'_>> {
        let mut found = None;
        for target in [
            self.path.as_deref().map(ActionTarget::Path),
            self.link.as_deref().map(ActionTarget::Link),
            self.callback.as_deref().map(ActionTarget::Callback),
            self.start.as_ref().map(ActionTarget::Start),
            self.step.as_ref().map(ActionTarget::Step),
            self.snooze.map(ActionTarget::Snooze),
            self.close.then_some(ActionTarget::Close),
        ] {
            if target.is_some() && found.is_some() {
                return None;
            }
            found = found.or(target);
        }
        found
    }
}

/// For how long content is put off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Snooze {
    /// For this long.
    For(Span),
    /// Until the user's next session.
    #[default]
    NextSession,
}

impl Serialize for Snooze {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::For(span) => span.serialize(serializer),
            Self::NextSession => serializer.serialize_str(NEXT_SESSION),
        }
    }
}

/// How [`Snooze::NextSession`] is written.
pub(crate) const NEXT_SESSION: &str = "next_session";

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Snooze {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Snooze".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": "^([0-9]+[smhdw]|next_session)$",
            "description": "For how long: a span such as \"1d\", or \"next_session\"."
        })
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_no(flag: &bool) -> bool {
    !*flag
}
