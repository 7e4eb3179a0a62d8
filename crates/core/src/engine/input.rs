//! What goes into the engine.

use serde::Serialize;

use crate::condition::Device;
use crate::content::{Content, Snooze};
use crate::engine::prefill::Prefill;
use crate::facts::{Busy, ElementFact};
use crate::id::{AccountId, AnonymousId, ContentId, MessageId, Selector, StepId, TaskId, UserId};
use crate::known::Known;
use crate::message::{Body, Message, Person};
use crate::page::Location;
use crate::run::Mark;
use crate::session::{SessionRecord, Signal};
use crate::time::Span;
use crate::value::{Properties, Value};

/// Everything that can happen to the engine.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// The collector answered: the content for this user and what it knows of them.
    Booted(Boot),
    /// Another tab has learnt something of the same user.
    Learnt(Known),
    /// The host said who the user is.
    Identified {
        /// The user's id in the host's backend.
        user: UserId,
        /// What the host tells of them.
        traits: Properties,
    },
    /// The host said which account the user belongs to.
    Grouped {
        /// The account's id in the host's backend.
        account: AccountId,
        /// What the host tells of it.
        traits: Properties,
    },
    /// The host tracked an event.
    Tracked {
        /// Its name.
        event: String,
        /// With what.
        properties: Properties,
        /// When, wall milliseconds; earlier than now if the call waited for the widget to load.
        at: i64,
    },
    /// The host named a page view.
    PageNamed {
        /// What it is called.
        name: Option<String>,
        /// With what.
        properties: Properties,
    },
    /// The user is on another page.
    PageChanged(Location),
    /// A watched element changed.
    Element {
        /// Which.
        selector: Selector,
        /// How it is now.
        fact: ElementFact,
    },
    /// The user is busy, or no longer.
    Busy(Option<Busy>),
    /// What the user has before them: the language (a BCP 47 tag) and the device.
    Surroundings {
        /// The language.
        locale: String,
        /// The device.
        device: Device,
    },
    /// The user clicked a watched element.
    Clicked(Selector),
    /// The browser tells of attention and time.
    Signal {
        /// What.
        signal: Signal,
        /// The session record in shared storage, read just before.
        stored: Option<SessionRecord>,
    },
    /// The user did something with the widget, or the host on their behalf.
    Acted(Act),
    /// The host has done what a button is for, or has failed to; of [`Notice::ask`](super::Notice::ask).
    Answered {
        /// What it goes by.
        id: u32,
        /// Whether it has done it.
        done: bool,
    },
    /// The user signed out: a new, unknown person begins.
    Reset {
        /// The new browser id.
        anonymous: AnonymousId,
    },
    /// The user may be tracked. What was kept in memory until then counts.
    ConsentGranted {
        /// The browser's id from now on.
        anonymous: AnonymousId,
    },
    /// The user may not be tracked.
    ConsentDenied,
    /// What the host said or did before the engine was there: the message that tells of it has this
    /// origin.
    Early(Origin, Box<Input>),
}

/// Where a message comes from: what it has besides what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its id.
    pub id: MessageId,
    /// When it happened, wall milliseconds.
    pub at: i64,
    /// Whom it is about.
    pub person: Person,
}

impl Origin {
    /// The message with that body.
    pub fn tell(self, body: Body) -> Message {
        Message {
            id: self.id,
            at: self.at,
            person: self.person,
            body,
        }
    }
}

impl Input {
    /// What the collector is told of what the host said. `None` of anything else.
    pub fn statement(self) -> Option<Body> {
        match self {
            Self::Identified { traits, .. } => Some(Body::Identify { traits }),
            Self::Grouped { account, traits } => Some(Body::Group { account, traits }),
            Self::Tracked {
                event, properties, ..
            } => Some(Body::Track { event, properties }),
            Self::PageNamed { name, properties } => Some(Body::Page { name, properties }),
            _ => None,
        }
    }
}

/// What can be done with the widget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Open a checklist's panel.
    Open(ContentId),
    /// Make the panel small again.
    Minimise,
    /// Unfold a task, or fold it if it was unfolded.
    Toggle(TaskId),
    /// Press the button of a task, or one of a guide's.
    Press {
        /// Whose.
        content: ContentId,
        /// Of which task, for a checklist.
        task: Option<TaskId>,
        /// Which of its buttons, counted from 0.
        button: usize,
    },
    /// Ask before sending a checklist away.
    AskDismiss,
    /// Think better of it.
    KeepIt,
    /// Send content away.
    Dismiss(ContentId),
    /// Put content off.
    Snooze(ContentId, Snooze),
    /// Mark a task done, because the host says so.
    Complete(ContentId, TaskId),
    /// Mark a task, because the user does.
    Mark(ContentId, TaskId, Mark),
    /// Call content back, also after it was sent away.
    Show(ContentId),
    /// Go on to the next step of a tour.
    Next(ContentId),
    /// Follow a link to a path of the host application.
    Go(String),
    /// Go back to the step of a tour before.
    Back(ContentId),
    /// Open a hint, or close it again.
    OpenHint(ContentId),
    /// Have no more tips and tours, or have them again.
    Hush(bool),
}

/// The collector's answer to a boot: all that the widget needs for one user.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Boot {
    /// The content that may be shown to this user, each in the version they are on.
    #[serde(default)]
    pub content: Vec<Content>,
    /// What the collector knows of them.
    #[serde(default)]
    pub known: Known,
    /// The project's settings.
    #[serde(default)]
    pub settings: Settings,
    /// The collector's clock, wall milliseconds.
    #[serde(default)]
    pub server_time: i64,
}

/// A project's settings, as far as browsers need them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// Load the widget for everyone, also where there is nothing to show, to know how long all
    /// sessions are.
    #[serde(default)]
    pub always_load: bool,
    /// Whether the explainer may be opened by the page's address.
    #[serde(default)]
    pub debug: bool,
    /// How often users are interrupted at most.
    #[serde(default)]
    pub limits: Limits,
    /// A style sheet that goes on top of the widget's own; empty without a theme.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub theme: String,
}

/// How often a user is interrupted at most, by all content together. What they ask for themselves does
/// not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// So often in a session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_session: Option<u32>,
    /// So often in 24 hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u32>,
    /// Not for this long after an interruption.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Span>,
}

/// What is open in the widget.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UiState {
    /// Whose panel is open.
    pub open: Option<ContentId>,
    /// Which of its tasks is unfolded.
    pub expanded: Option<TaskId>,
    /// Whether it is asking if it should go.
    pub confirming: bool,
    /// Which hint is open.
    pub hint: Option<ContentId>,
    /// The steps of a tour that were passed on the way to the one it is at.
    pub trail: Vec<StepId>,
    /// Of which tour.
    pub trail_of: Option<ContentId>,
    /// What a form is to hold that the user has been led to.
    pub prefill: Option<Prefill>,
}

impl UiState {
    /// Its JSON form, which [`crate::decode::Decode`] reads back.
    pub fn to_value(&self) -> Value {
        let mut fields = Properties::new();
        if let Some(open) = &self.open {
            fields.insert("open".to_owned(), open.as_str().into());
        }
        if let Some(expanded) = &self.expanded {
            fields.insert("expanded".to_owned(), expanded.as_str().into());
        }
        if let Some(hint) = &self.hint {
            fields.insert("hint".to_owned(), hint.as_str().into());
        }
        if !self.trail.is_empty() {
            let trail = self.trail.iter().map(|step| step.as_str().into());
            fields.insert("trail".to_owned(), Value::List(trail.collect()));
        }
        if let Some(tour) = &self.trail_of {
            fields.insert("trail_of".to_owned(), tour.as_str().into());
        }
        if let Some(prefill) = &self.prefill {
            fields.insert("prefill".to_owned(), prefill.to_value());
        }
        Value::Map(fields)
    }
}
