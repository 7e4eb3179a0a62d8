//! Why something is, or is not, on screen.

use crate::condition::Condition;
use crate::content::Content;
use crate::facts::{Busy, Facts};
use crate::id::{ContentId, Selector};

/// How one piece of content stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Which.
    pub content: ContentId,
    /// Shown, or why not.
    pub verdict: Verdict,
    /// What its conditions came to.
    pub checks: Checks,
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
    /// Its time has not come, or is over.
    Schedule,
    /// The user put it off until then, wall milliseconds; [`i64::MAX`] is the next session.
    Snoozed(i64),
    /// It is not meant for this user.
    Audience,
    /// The user wants no more tips and tours.
    Hushed,
    /// What brings it up has not happened.
    Trigger,
    /// It has been up as often as its author wants.
    Frequency,
    /// The user is one of those it is compared with, who never see it.
    Holdout,
    /// It would interrupt the user, who is busy.
    Busy(Busy),
    /// The user has been interrupted in this session as often as the project allows.
    SessionLimit,
    /// The user has been interrupted in 24 hours as often as the project allows.
    DayLimit,
    /// The user was interrupted just before; not until then, wall milliseconds.
    Quiet(i64),
    /// It belongs on another page.
    Page,
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
            Self::Schedule => "schedule",
            Self::Snoozed(_) => "snoozed",
            Self::Audience => "audience",
            Self::Hushed => "hushed",
            Self::Trigger => "trigger",
            Self::Frequency => "frequency",
            Self::Holdout => "holdout",
            Self::Busy(_) => "busy",
            Self::SessionLimit => "session_limit",
            Self::DayLimit => "day_limit",
            Self::Quiet(_) => "quiet",
            Self::Page => "page",
            Self::TargetMissing(_) => "target_missing",
            Self::LowerPriority(_) => "lower_priority",
        }
    }
}

/// What the conditions of a piece of content came to, each with what it is made of, in the order in which
/// they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Checks {
    /// Whom it is for.
    pub audience: Option<Check>,
    /// What brings it up.
    pub trigger: Option<Check>,
    /// When each task of a checklist is done.
    pub tasks: Vec<Option<Check>>,
}

/// What a condition came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// Whether it holds.
    pub holds: bool,
    /// The same of the conditions in it.
    pub parts: Vec<Check>,
}

impl Checks {
    pub(crate) fn of(content: &Content, facts: &Facts<'_>) -> Self {
        let check = |condition: &Option<Condition>| {
            let condition = condition.as_ref()?;
            Some(Check::of(condition, facts))
        };
        let mut tasks = Vec::new();
        for task in content.checklist().map_or(&[][..], |list| &list.tasks) {
            tasks.push(check(&task.done_when));
        }
        Self {
            audience: check(&content.audience),
            trigger: check(&content.delivery.trigger),
            tasks,
        }
    }
}

impl Check {
    fn of(condition: &Condition, facts: &Facts<'_>) -> Self {
        let parts: &[Condition] = match condition {
            Condition::All(parts) | Condition::Any(parts) => parts,
            Condition::Not(part) => std::slice::from_ref(part),
            _ => &[],
        };
        let mut check = Self {
            holds: condition.holds(facts),
            parts: Vec::new(),
        };
        for part in parts {
            check.parts.push(Self::of(part, facts));
        }
        check
    }
}
