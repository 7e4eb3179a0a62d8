//! What comes out of the engine to be done.

use crate::id::{ContentId, Selector, TaskId};
use crate::message::Message;
use crate::session::SessionRecord;

/// Something to be done in the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Put a message into the queue to the collector.
    Send(Message),
    /// Watch an element of the page, and tell of it.
    Watch {
        /// Which.
        selector: Selector,
        /// Whether its form value is wanted; otherwise it is not read.
        value: bool,
    },
    /// Watch an element no longer.
    Unwatch(Selector),
    /// Tick at this moment, wall milliseconds; it replaces an earlier wish.
    WakeAt(i64),
    /// Go to a path of the host application.
    Navigate(String),
    /// Put a text into a form field, as if the user had typed it.
    Fill {
        /// Which.
        selector: Selector,
        /// What.
        value: String,
    },
    /// Open an address in a new tab.
    OpenLink(String),
    /// Tell the host's callbacks.
    Notify(Notice),
    /// Boot again: another person, or another account.
    Refresh,
    /// Keep what is known of the user.
    SaveKnown,
    /// Keep what is open.
    SaveUi,
    /// Share the session with the other tabs.
    SaveSession(SessionRecord),
}

impl Effect {
    /// Whether it tells or keeps anything of the user: what never happens without their consent.
    pub fn is_tracking(&self) -> bool {
        matches!(
            self,
            Self::Send(_) | Self::SaveKnown | Self::SaveUi | Self::SaveSession(_)
        )
    }
}

/// News for the host's callbacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What the callback was registered for: `shown`, `started`, `task_completed`, `completed`,
    /// `activated`, `dismissed`, `snoozed`, `recalled`, `step`, `task_skipped`, `task_reopened`, or `action:NAME`.
    pub name: String,
    /// With which content.
    pub content: ContentId,
    /// With which task of it.
    pub task: Option<TaskId>,
    /// Of what a button is for: what the answer goes by, [`Input::Answered`](super::Input::Answered).
    pub ask: Option<u32>,
}
