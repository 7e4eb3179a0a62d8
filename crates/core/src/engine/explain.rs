//! Why something is, or is not, on screen.

use crate::id::{ContentId, Selector};

/// How one piece of content stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Which.
    pub content: ContentId,
    /// Shown, or why not.
    pub verdict: Verdict,
}

/// Shown, or the first reason why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is on screen.
    Shown,
    /// It is not.
    Hidden(Reason),
}

/// Why a piece of content is not on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The user does not want to be tracked, and it would need that.
    Consent,
    /// The user has not looked at the page yet.
    NotLookedAt,
    /// The user sent it away.
    Dismissed,
    /// It is completed and celebrated.
    Completed,
    /// It is not meant for this user.
    Audience,
    /// What brings it up has not happened.
    Trigger,
    /// It has been up as often as its author wants.
    Frequency,
    /// The element it points at is not there or not visible.
    TargetMissing(Selector),
    /// Another goes first.
    LowerPriority(ContentId),
}

impl Reason {
    /// A word for it, for the API and for logs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::NotLookedAt => "not_looked_at",
            Self::Dismissed => "dismissed",
            Self::Completed => "completed",
            Self::Audience => "audience",
            Self::Trigger => "trigger",
            Self::Frequency => "frequency",
            Self::TargetMissing(_) => "target_missing",
            Self::LowerPriority(_) => "lower_priority",
        }
    }
}
