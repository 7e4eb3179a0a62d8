//! A run: how far one user has got with one piece of content.

use crate::id::{StepId, TaskId};
use crate::known::{number, put, put_earliest, put_map, put_time, timed};
use crate::map::Map;
use crate::time::{MINUTE, delay, hasten};
use crate::value::{Properties, Value};

/// How long a completed checklist may stay to be celebrated: the idle time that ends a session,
/// milliseconds.
pub const CELEBRATION: i64 = 30 * MINUTE;

/// How far one user has got with one piece of content. All times are wall milliseconds.
///
/// Every field is a register that only moves one way (earliest or latest), so [`Run::merge`] is
/// commutative, associative and idempotent: browsers and the collector exchange runs in any order
/// and agree. A task once done stays done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// When it was first on screen and in which version; the earliest wins. The user stays with
    /// that version.
    pub pinned: Option<(i64, u32)>,
    /// When it was first on screen.
    pub shown_at: Option<i64>,
    /// When the user took it up; the earliest wins.
    pub started_at: Option<i64>,
    /// Which tasks are done, and when each was first.
    pub tasks: Map<TaskId, i64>,
    /// When all required tasks were first done.
    pub completed_at: Option<i64>,
    /// When the user last sent it away.
    pub dismissed_at: Option<i64>,
    /// When it was last called back after that.
    pub recalled_at: Option<i64>,
    /// When it last came on screen, of a guide.
    pub last_shown: Option<i64>,
    /// When it was last put off, and until when; [`i64::MAX`] is the next session.
    pub snoozed: Option<(i64, i64)>,
    /// Since when a tour is at which step; the latest wins.
    pub step: Option<(i64, StepId)>,
    /// What the user last marked tasks as, and when.
    pub marks: Map<TaskId, (i64, Mark)>,
    /// When it was first kept from the user to compare.
    pub withheld_at: Option<i64>,
}

/// What a user can mark a task as. Of two marks at the same moment the later in this list wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// To be done after all.
    #[default]
    Open,
    /// Left out.
    Skipped,
    /// Done.
    Done,
}

impl Mark {
    /// Its name, in JSON and in events.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Skipped => "skipped",
            Self::Done => "done",
        }
    }

    /// The mark of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Open, Self::Skipped, Self::Done]
            .into_iter()
            .find(|mark| mark.name() == name)
    }
}

impl Run {
    /// Of content that nothing has become of.
    pub const NOWHERE: &Self = &Self {
        pinned: None,
        shown_at: None,
        started_at: None,
        tasks: Map::new(),
        completed_at: None,
        dismissed_at: None,
        recalled_at: None,
        last_shown: None,
        snoozed: None,
        step: None,
        marks: Map::new(),
        withheld_at: None,
    };

    /// Its JSON form.
    pub(crate) fn to_value(&self) -> Value {
        let mut fields = Properties::new();
        put_time(&mut fields, "shown_at", self.shown_at);
        put_time(&mut fields, "started_at", self.started_at);
        put_time(&mut fields, "completed_at", self.completed_at);
        put_time(&mut fields, "dismissed_at", self.dismissed_at);
        put_time(&mut fields, "recalled_at", self.recalled_at);
        put_time(&mut fields, "last_shown", self.last_shown);
        put_time(&mut fields, "withheld_at", self.withheld_at);
        if let Some((at, version)) = self.pinned {
            put(&mut fields, "pinned", timed(at, f64::from(version).into()));
        }
        put_map(&mut fields, "tasks", &self.tasks, |at| number(*at));
        if let Some((at, until)) = self.snoozed {
            let until = if until == i64::MAX {
                Value::Null
            } else {
                number(until)
            };
            put(&mut fields, "snoozed", timed(at, until));
        }
        if let Some((at, step)) = &self.step {
            put(&mut fields, "step", timed(*at, step.as_str().into()));
        }
        put_map(&mut fields, "marks", &self.marks, |(at, mark)| {
            timed(*at, mark.name().into())
        });
        Value::Map(fields)
    }

    /// Takes in what another side knows of the same run.
    pub fn merge(&mut self, other: &Self) {
        self.pinned = earliest(self.pinned, other.pinned);
        hasten(&mut self.shown_at, other.shown_at);
        hasten(&mut self.started_at, other.started_at);
        hasten(&mut self.completed_at, other.completed_at);
        hasten(&mut self.withheld_at, other.withheld_at);
        delay(&mut self.dismissed_at, other.dismissed_at);
        delay(&mut self.recalled_at, other.recalled_at);
        delay(&mut self.last_shown, other.last_shown);
        for (task, at) in &other.tasks {
            self.done(task, *at);
        }
        self.snoozed = self.snoozed.max(other.snoozed);
        if self.step < other.step {
            self.step.clone_from(&other.step);
        }
        for (task, (at, mark)) in &other.marks {
            self.mark(task, *mark, *at);
        }
    }

    /// Notes what the user marked a task as at a time; the latest stays.
    pub fn mark(&mut self, task: &TaskId, mark: Mark, at: i64) {
        let mark = (at, mark);
        match self.marks.get_mut(task) {
            Some(earlier) => *earlier = mark.max(*earlier),
            None => {
                self.marks.insert(task.clone(), mark);
            }
        }
    }

    /// Notes that a task was done at a time; the earliest time stays.
    pub fn done(&mut self, task: &TaskId, at: i64) {
        put_earliest(&mut self.tasks, task, at);
    }

    /// Whether the task is done.
    pub fn is_done(&self, task: &TaskId) -> bool {
        self.done_at(task).is_some()
    }

    /// When the task was done, wall milliseconds: of itself, or marked by the user.
    pub fn done_at(&self, task: &TaskId) -> Option<i64> {
        earliest(
            self.tasks.get(task).copied(),
            self.marked_at(task, Mark::Done),
        )
    }

    /// Whether the user has left the task out, and it did not get done all the same.
    pub fn is_skipped(&self, task: &TaskId) -> bool {
        !self.is_done(task) && self.marked_at(task, Mark::Skipped).is_some()
    }

    /// When the task was done or left out.
    pub fn settled_at(&self, task: &TaskId) -> Option<i64> {
        self.done_at(task)
            .or_else(|| self.marked_at(task, Mark::Skipped))
    }

    fn marked_at(&self, task: &TaskId, wanted: Mark) -> Option<i64> {
        let (at, mark) = self.marks.get(task)?;
        (*mark == wanted).then_some(*at)
    }

    /// When it was last closed or put off.
    pub fn ended_at(&self) -> Option<i64> {
        self.dismissed_at.max(self.snoozed.map(|(at, _)| at))
    }

    /// The time of what happens to it at `now`, wall milliseconds: later than all that is noted of it, also
    /// when the clock was set back in between.
    pub(crate) fn moment_after(&self, now: i64) -> i64 {
        let step = self.step.as_ref().map(|(at, _)| *at);
        let noted = self.ended_at().max(self.recalled_at);
        let latest = noted.max(self.last_shown).max(step);
        latest.map_or(now, |latest| now.max(latest.saturating_add(1)))
    }

    /// Whether somebody asked for it, and it was not closed or put off since.
    pub fn is_called(&self) -> bool {
        self.recalled_at.is_some() && self.recalled_at > self.ended_at()
    }

    /// Until when it is put off at `now`, in a session that began at `session_start`; all wall
    /// milliseconds, and [`i64::MAX`] for the next session.
    pub fn snoozed_until(&self, now: i64, session_start: i64) -> Option<i64> {
        let (at, until) = self.snoozed?;
        let over = if until == i64::MAX {
            session_start > at
        } else {
            now >= until
        };
        (!over && self.recalled_at < Some(at)).then_some(until)
    }

    /// Whether the user has sent it away and not called it back since.
    pub fn is_dismissed(&self) -> bool {
        self.dismissed_at.is_some() && self.dismissed_at > self.recalled_at
    }

    /// Whether there is nothing left of it to show at `now`: sent away, or completed and celebrated.
    pub fn is_over(&self, now: i64) -> bool {
        let celebrated = self
            .completed_at
            .is_some_and(|at| now.saturating_sub(at) > CELEBRATION);
        let recalled = self
            .recalled_at
            .is_some_and(|at| now.saturating_sub(at) <= CELEBRATION);
        self.is_dismissed() || (celebrated && !recalled)
    }
}

/// The earlier of two, where there are any.
pub(crate) fn earliest<T: Ord>(a: Option<T>, b: Option<T>) -> Option<T> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
