//! Guides: everything that speaks to the user in cards. Tips, banners and modals are guides of one
//! step, tours of several.

use serde::Serialize;

use crate::condition::Condition;
use crate::content::{Action, RichText};
use crate::id::{Selector, StepId};
use crate::page::{Location, PagePattern};
use crate::time::Span;

/// How long a step waits for its element where the author does not say: long enough for a page to
/// be drawn after a request or two.
pub const WAIT: Span = Span::from_seconds(10);

/// One or several cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guide {
    /// What its cards look like.
    pub form: Form,
    /// What the whole is called.
    pub title: String,
    /// The cards, in order; never none.
    pub steps: Vec<Step>,
}

/// What a guide's cards look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Form {
    /// A tip that points at an element.
    #[default]
    Tooltip,
    /// A mark at an element, which opens the tip on a click or with the keyboard.
    Hint,
    /// A note in the page, before or after an element.
    Inline,
    /// A bar along the edge of the page.
    #[cfg_attr(feature = "schema", schemars(skip))]
    Banner,
    /// A dialog in the middle of the screen.
    #[cfg_attr(feature = "schema", schemars(skip))]
    Modal,
    /// Steps one after the other.
    #[cfg_attr(feature = "schema", schemars(skip))]
    Tour,
    /// A reminder of a task that is due, at the checklist's launcher. Nobody writes these: they come
    /// of a task's `due`.
    #[cfg_attr(feature = "schema", schemars(skip))]
    Reminder,
}

impl Form {
    /// Whether it takes the user's attention from what they are doing. Only one such piece is up at a
    /// time, and there is a limit to how many there are.
    pub fn interrupts(self) -> bool {
        matches!(
            self,
            Self::Tooltip | Self::Modal | Self::Tour | Self::Reminder
        )
    }

    /// Its name, in events.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tooltip => "tooltip",
            Self::Hint => "hint",
            Self::Inline => "inline",
            Self::Banner => "banner",
            Self::Modal => "modal",
            Self::Tour => "tour",
            Self::Reminder => "reminder",
        }
    }
}

/// One card.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Step {
    /// Its id, unique in the tour and stable across versions.
    pub id: StepId,
    /// Its heading.
    pub title: String,
    /// What it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<RichText>,
    /// The element it points at; without it, it is in the middle of the screen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Selector>,
    /// On which side of the element it is, where there is room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
    /// The pages on which it is shown; without it, all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<PagePattern>,
    /// The path of the host application that is gone to for it, beginning with `/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Its buttons, the first of them the main one. A step of a tour without any has one that goes
    /// on to the next, unless it advances by other means.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub actions: Vec<Action>,
    /// Goes on as soon as this holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advance_when: Option<Condition>,
    /// Goes on when the user clicks the element.
    #[serde(default, skip_serializing_if = "is_no")]
    pub advance_on_target: bool,
    /// Where it goes on to: the first branch whose condition holds, else the next step in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub branches: Vec<Branch>,
    /// Dims all but the element, and says whether that can be used meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spotlight: Option<Spotlight>,
    /// How long it waits for its element.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wait: Option<Span>,
    /// What then becomes of it.
    #[serde(default, skip_serializing_if = "Missing::is_hide")]
    pub if_missing: Missing,
}

impl Step {
    /// Whether it belongs on that page.
    pub fn is_on(&self, page: Option<&Location>) -> bool {
        match (&self.page, &self.path) {
            (Some(pattern), _) => page.is_some_and(|page| pattern.matches(page)),
            (None, Some(path)) => page.is_some_and(|page| page.is_at(path)),
            (None, None) => true,
        }
    }

    /// How long it waits for its element.
    pub fn patience(&self) -> Span {
        self.wait.unwrap_or(WAIT)
    }
}

/// Another way on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Branch {
    /// If this holds when the step is left.
    pub when: Condition,
    /// It goes on to this step.
    pub to: StepId,
}

macro_rules! names {
    ($(#[$about:meta])* $type:ident, $($(#[$doc:meta])* $variant:ident $name:literal,)*) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        pub enum $type {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl $type {
            /// What it is called.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The one of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// Their names, for messages.
            pub(crate) const NAMES: &'static str = concat!($("`", $name, "` "),*);
        }
    };
}

names! {
    /// On which side of something a card is. Start and end follow the direction of the text.
    Side,
    /// Above; of a banner and an inline note: at the top, before the element.
    Top "top",
    /// Below; of a banner and an inline note: at the bottom, after the element.
    #[default]
    Bottom "bottom",
    /// Where lines start: on the left in English.
    Start "start",
    /// Where lines end.
    End "end",
}

names! {
    /// What a spotlight allows.
    Spotlight,
    /// The element can be used.
    #[default]
    Usable "usable",
    /// The element can only be looked at.
    Blocked "blocked",
}

names! {
    /// What becomes of a step whose element does not come.
    Missing,
    /// It stays hidden until the element comes after all.
    #[default]
    Hide "hide",
    /// It is passed over.
    Skip "skip",
    /// It is shown in the middle of the screen.
    Centre "centre",
}

impl Missing {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
    fn is_hide(&self) -> bool {
        *self == Self::Hide
    }
}

impl Guide {
    /// The step of that id, and its place.
    pub fn step(&self, id: &StepId) -> Option<(usize, &Step)> {
        self.steps
            .iter()
            .enumerate()
            .find(|(_, step)| step.id == *id)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_no(flag: &bool) -> bool {
    !*flag
}
