//! Events: what is reported to the collector, and the names of our own.

use crate::id::MessageId;
use crate::value::Properties;

/// Names of Headstart's own events, in Segment's manner: object, then action in the past tense.
pub mod name {
    /// A session began.
    pub const SESSION_STARTED: &str = "Session Started";
    /// Running totals of a session; the collector keeps the largest.
    pub const SESSION_UPDATED: &str = "Session Updated";
    /// A checklist was on screen for the first time.
    pub const CHECKLIST_SHOWN: &str = "Checklist Shown";
    /// The user opened a checklist, or did the first of its tasks after it was shown.
    pub const CHECKLIST_STARTED: &str = "Checklist Started";
    /// A task's condition held for the first time.
    pub const TASK_COMPLETED: &str = "Checklist Task Completed";
    /// All required tasks of a checklist are done.
    pub const CHECKLIST_COMPLETED: &str = "Checklist Completed";
    /// The user sent a checklist away.
    pub const CHECKLIST_DISMISSED: &str = "Checklist Dismissed";
    /// A tip was on screen for the first time.
    pub const TIP_SHOWN: &str = "Tip Shown";
    /// The user closed a tip, or did what it points at.
    pub const TIP_DISMISSED: &str = "Tip Dismissed";
    /// Content that was sent away or over was called back by the host.
    pub const CONTENT_RECALLED: &str = "Content Recalled";
    /// All required tasks of an *activation* checklist are done.
    pub const ACTIVATION_REACHED: &str = "Activation Reached";
    /// A browser threw events away that it could not keep until they could be sent.
    pub const EVENTS_DROPPED: &str = "Events Dropped";

    /// All of them. Hosts may not track these names: they would count as our own.
    pub const OWN: [&str; 12] = [
        SESSION_STARTED,
        SESSION_UPDATED,
        CHECKLIST_SHOWN,
        CHECKLIST_STARTED,
        TASK_COMPLETED,
        CHECKLIST_COMPLETED,
        CHECKLIST_DISMISSED,
        TIP_SHOWN,
        TIP_DISMISSED,
        CONTENT_RECALLED,
        ACTIVATION_REACHED,
        EVENTS_DROPPED,
    ];
}

/// Names of the properties that our own events carry.
pub mod property {
    /// Which content, by id.
    pub const CONTENT_ID: &str = "content_id";
    /// Which version of it.
    pub const VERSION: &str = "version";
    /// Which task of a checklist; of a session's totals, the one that the user was on.
    pub const TASK_ID: &str = "task_id";
    /// In which session.
    pub const SESSION_ID: &str = "session_id";
    /// Which tab of the session; running totals are kept per tab and added up.
    pub const TAB_ID: &str = "tab_id";
    /// When the session began, wall milliseconds.
    pub const STARTED_AT: &str = "started_at";
    /// A session's length so far: last activity less start, milliseconds.
    pub const LENGTH_MS: &str = "length_ms";
    /// Engaged time of this tab in this session so far, milliseconds.
    pub const ENGAGED_MS: &str = "engaged_ms";
    /// Those parameters of the address's query that the project named to be sent.
    pub const QUERY: &str = "query";
}

/// One event on its way to the collector.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Counted once, for ever.
    pub message_id: MessageId,
    /// What happened.
    pub name: String,
    /// When, in wall milliseconds.
    pub at: i64,
    /// With what.
    pub properties: Properties,
}
