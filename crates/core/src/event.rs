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
    /// The user marked a task of a checklist as done, left it out, or undid that.
    pub const TASK_MARKED: &str = "Checklist Task Marked";
    /// A tip came on screen.
    pub const TIP_SHOWN: &str = "Tip Shown";
    /// The main button of a tip was pressed, or what it points at used.
    pub const TIP_COMPLETED: &str = "Tip Completed";
    /// The user closed a tip.
    pub const TIP_DISMISSED: &str = "Tip Dismissed";
    /// A tour began.
    pub const TOUR_STARTED: &str = "Tour Started";
    /// A step of a tour was come to.
    pub const TOUR_STEP_VIEWED: &str = "Tour Step Viewed";
    /// A tour was gone through to its end.
    pub const TOUR_COMPLETED: &str = "Tour Completed";
    /// The user closed a tour.
    pub const TOUR_DISMISSED: &str = "Tour Dismissed";
    /// A banner came on screen.
    pub const BANNER_SHOWN: &str = "Banner Shown";
    /// The main button of a banner was pressed.
    pub const BANNER_COMPLETED: &str = "Banner Completed";
    /// The user closed a banner.
    pub const BANNER_DISMISSED: &str = "Banner Dismissed";
    /// A modal came on screen.
    pub const MODAL_SHOWN: &str = "Modal Shown";
    /// The main button of a modal was pressed.
    pub const MODAL_COMPLETED: &str = "Modal Completed";
    /// The user closed a modal.
    pub const MODAL_DISMISSED: &str = "Modal Dismissed";
    /// The user put content off.
    pub const CONTENT_SNOOZED: &str = "Content Snoozed";
    /// Content was kept from the user, who is one of those it is compared with.
    pub const CONTENT_WITHHELD: &str = "Content Withheld";
    /// The element that content points at did not come.
    pub const TARGET_MISSING: &str = "Target Missing";
    /// The user wants no more tips and tours, or wants them again.
    pub const TIPS_CHOSEN: &str = "Tips Chosen";
    /// Content that was sent away or over was called back by the host.
    pub const CONTENT_RECALLED: &str = "Content Recalled";
    /// All required tasks of an *activation* checklist are done.
    pub const ACTIVATION_REACHED: &str = "Activation Reached";
    /// A browser threw events away that it could not keep until they could be sent.
    pub const EVENTS_DROPPED: &str = "Events Dropped";

    /// All of them. Hosts may not track these names: they would count as our own.
    pub const OWN: [&str; 28] = [
        SESSION_STARTED,
        SESSION_UPDATED,
        CHECKLIST_SHOWN,
        CHECKLIST_STARTED,
        TASK_COMPLETED,
        TASK_MARKED,
        CHECKLIST_COMPLETED,
        CHECKLIST_DISMISSED,
        TIP_SHOWN,
        TIP_COMPLETED,
        TIP_DISMISSED,
        TOUR_STARTED,
        TOUR_STEP_VIEWED,
        TOUR_COMPLETED,
        TOUR_DISMISSED,
        BANNER_SHOWN,
        BANNER_COMPLETED,
        BANNER_DISMISSED,
        MODAL_SHOWN,
        MODAL_COMPLETED,
        MODAL_DISMISSED,
        CONTENT_SNOOZED,
        CONTENT_WITHHELD,
        CONTENT_RECALLED,
        TARGET_MISSING,
        TIPS_CHOSEN,
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
    /// Which step of a tour.
    pub const STEP_ID: &str = "step_id";
    /// What a tip looks like: `tooltip`, `hint`, `inline` or `reminder`.
    pub const FORM: &str = "form";
    /// Whether it took the user's attention from what they were doing, without their asking.
    pub const INTERRUPTS: &str = "interrupts";
    /// What a task was marked as: `done`, `skipped` or `open`.
    pub const MARK: &str = "mark";
    /// Until when content was put off, wall milliseconds; absent for the next session.
    pub const UNTIL: &str = "until";
    /// Whether the user wants tips and tours.
    pub const WANTED: &str = "wanted";
    /// How an element that content points at is described.
    pub const SELECTOR: &str = "selector";
    /// How near the best match was.
    pub const NEAREST: &str = "nearest";
    /// On which path of the host application.
    pub const PATH: &str = "path";
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
