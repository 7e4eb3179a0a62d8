//! What goes into the engine.

use serde::Serialize;

use crate::content::Content;
use crate::facts::ElementFact;
use crate::id::{AccountId, AnonymousId, ContentId, MessageId, Selector, TaskId, UserId};
use crate::known::Known;
use crate::message::{Body, Message, Person};
use crate::page::Location;
use crate::session::{SessionRecord, Signal};
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
    /// Press the button of a task or a tip.
    Press {
        /// Whose.
        content: ContentId,
        /// Of which task, for a checklist.
        task: Option<TaskId>,
    },
    /// Ask before sending a checklist away.
    AskDismiss,
    /// Think better of it.
    KeepIt,
    /// Send content away.
    Dismiss(ContentId),
    /// Mark a task done, because the host says so.
    Complete(ContentId, TaskId),
    /// Call content back, also after it was sent away.
    Show(ContentId),
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
        Value::Map(fields)
    }
}
