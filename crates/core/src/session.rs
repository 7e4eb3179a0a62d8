//! The session clock: when a session begins and ends, and how much of it the user was engaged.
//!
//! A session is one browser's, across its tabs. It ends after 30 minutes without activity (the rule
//! of Google Analytics, Snowplow and Matomo alike) or 24 hours after it began. Whether it has ended
//! is decided *before* new activity is noted, so that the input which wakes a laptop on Monday does
//! not stretch Friday's session. Engaged time is counted by the monotonic clock in capped steps while
//! the tab is visible, focused and was used recently, so that sleep or a changed wall clock adds
//! nothing.

use crate::facts::SessionFact;
use crate::id::{AnonymousId, SessionId};
use crate::text::{concat, digits};
use crate::time::{HOUR, MINUTE, Now, SECOND};

/// So long without activity ends a session, milliseconds.
pub const IDLE: i64 = 30 * MINUTE;
/// No session is longer than this, milliseconds.
pub const LONGEST: i64 = 24 * HOUR;
/// For so long after the last input a user who looks on counts as engaged, milliseconds.
pub const ATTENTION: i64 = MINUTE;
/// The most that one step may add to engaged time, milliseconds; steps come every few seconds, so a
/// longer one means that the machine slept.
pub const LONGEST_STEP: i64 = 10 * SECOND;
/// Activity is written to shared storage at most this often, milliseconds.
const SAVE_EVERY: i64 = 5 * SECOND;

/// The session as all tabs of a browser share it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// Its id.
    pub id: SessionId,
    /// When it began, wall milliseconds.
    pub started_at: i64,
    /// When it was last in use, wall milliseconds.
    pub last_active_at: i64,
}

/// What the browser tells the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// The page is in front (not hidden, not prerendering), or no longer.
    Visible(bool),
    /// The window has the focus, or no longer.
    Focused(bool),
    /// The user did something: pointer, key, touch, wheel.
    Active,
    /// Some seconds have passed.
    Tick,
}

/// Running totals of a session, as this tab knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Which session.
    pub id: SessionId,
    /// When it began, wall milliseconds.
    pub started_at: i64,
    /// From its start to its last use, milliseconds.
    pub length: i64,
    /// Engaged time of this tab, milliseconds.
    pub engaged: i64,
}

/// What a signal changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The totals of the session that ended for this tab.
    pub ended: Option<Totals>,
    /// Whether this tab began a new session.
    pub began: bool,
    /// Whether the record is to be written to shared storage.
    pub save: bool,
}

/// One tab's view of the session.
#[derive(Clone, Debug)]
pub struct SessionClock {
    anonymous: AnonymousId,
    record: Option<SessionRecord>,
    saved_at: Option<i64>,
    engaged: i64,
    visible: bool,
    focused: bool,
    last_input: Option<i64>,
    counted_to: i64,
}

impl SessionClock {
    /// A clock that has seen nothing. `anonymous` goes into the ids of the sessions it begins.
    pub fn new(anonymous: AnonymousId) -> Self {
        Self {
            anonymous,
            record: None,
            saved_at: None,
            engaged: 0,
            visible: false,
            focused: false,
            last_input: None,
            counted_to: 0,
        }
    }

    /// Takes in one signal. `stored` is the record that all tabs share, read just before; where
    /// storage is blocked, `None`, and the tab goes by what it knows.
    pub fn signal(&mut self, signal: Signal, stored: Option<&SessionRecord>, now: Now) -> Changes {
        let mut changes = Changes::default();
        let counted = self.count(now);
        if let Some(stored) = stored {
            self.adopt(stored, &mut changes);
        }
        let activity = match signal {
            Signal::Visible(visible) => {
                self.visible = visible;
                visible
            }
            Signal::Focused(focused) => {
                self.focused = focused;
                focused && self.visible
            }
            Signal::Active => self.visible,
            Signal::Tick => false,
        };
        if activity {
            self.be_active(now, &mut changes);
        } else if counted {
            self.stay_active(now, &mut changes);
        }
        changes
    }

    /// Takes in only whether the page is in front, without a session: for those who may not be
    /// tracked.
    pub fn look(&mut self, signal: Signal) {
        match signal {
            Signal::Visible(visible) => self.visible = visible,
            Signal::Focused(focused) => self.focused = focused,
            Signal::Active | Signal::Tick => {}
        }
    }

    /// Whether the page is in front.
    pub fn is_visible(&self) -> bool {
        self.visible
    }

    /// Ends the session for this tab, so that the next activity begins another: for `reset`.
    pub fn end(&mut self, anonymous: AnonymousId) -> Option<Totals> {
        let ended = self.totals();
        self.anonymous = anonymous;
        self.record = None;
        self.saved_at = None;
        self.engaged = 0;
        ended
    }

    /// The record as it stands.
    pub fn record(&self) -> Option<&SessionRecord> {
        self.record.as_ref()
    }

    /// The running totals.
    pub fn totals(&self) -> Option<Totals> {
        self.record.as_ref().map(|record| Totals {
            id: record.id.clone(),
            started_at: record.started_at,
            length: (record.last_active_at - record.started_at).max(0),
            engaged: self.engaged,
        })
    }

    /// What conditions may ask of the session.
    pub fn fact(&self) -> Option<SessionFact> {
        self.record.as_ref().map(|record| SessionFact {
            started_at: record.started_at,
            engaged: self.engaged,
        })
    }

    /// Whether time is being counted as engaged.
    pub fn is_engaged(&self, now: Now) -> bool {
        self.visible
            && self.focused
            && self
                .last_input
                .is_some_and(|at| now.monotonic - at < ATTENTION)
    }

    /// Adds what has passed since the last signal, if the user was engaged in it.
    fn count(&mut self, now: Now) -> bool {
        let from = self.counted_to;
        self.counted_to = from.max(now.monotonic);
        let Some(last_input) = self.last_input.filter(|_| self.visible && self.focused) else {
            return false;
        };
        let to = now.monotonic.min(last_input.saturating_add(ATTENTION));
        let step = to.saturating_sub(from).clamp(0, LONGEST_STEP);
        self.engaged += step;
        step > 0
    }

    fn adopt(&mut self, stored: &SessionRecord, changes: &mut Changes) {
        match &mut self.record {
            Some(own) if own.id == stored.id => {
                own.last_active_at = own.last_active_at.max(stored.last_active_at);
            }
            // An older session left in storage does not take this tab back into it.
            Some(own) if own.started_at >= stored.started_at => {}
            Some(_) => {
                changes.ended = self.totals();
                self.record = Some(stored.clone());
                self.engaged = 0;
            }
            None => self.record = Some(stored.clone()),
        }
    }

    fn be_active(&mut self, now: Now, changes: &mut Changes) {
        self.last_input = Some(now.monotonic);
        let over = self
            .record
            .as_ref()
            .is_none_or(|record| is_over(record, now.wall));
        if over {
            changes.ended = changes.ended.take().or_else(|| self.totals());
            self.engaged = 0;
            self.record = Some(SessionRecord {
                id: SessionId(concat(&[self.anonymous.as_str(), ".", &digits(now.wall)])),
                started_at: now.wall,
                last_active_at: now.wall,
            });
            changes.began = true;
        }
        self.touch(now.wall, over, changes);
    }

    /// Looking on after an input is activity too, but it cannot call an ended session back.
    fn stay_active(&mut self, now: Now, changes: &mut Changes) {
        if self
            .record
            .as_ref()
            .is_some_and(|record| !is_over(record, now.wall))
        {
            self.touch(now.wall, false, changes);
        }
    }

    fn touch(&mut self, wall: i64, at_once: bool, changes: &mut Changes) {
        let Some(record) = &mut self.record else {
            return;
        };
        record.last_active_at = wall;
        let due = self
            .saved_at
            .is_none_or(|saved| (wall - saved).abs() >= SAVE_EVERY);
        if at_once || due {
            self.saved_at = Some(wall);
            changes.save = true;
        }
    }
}

/// Whether the session has ended by `wall` (wall milliseconds): idle too long, or at its greatest length.
/// A clock that was set back (activity in the future) does not end it.
pub fn is_over(record: &SessionRecord, wall: i64) -> bool {
    wall - record.last_active_at > IDLE || wall - record.started_at >= LONGEST
}
