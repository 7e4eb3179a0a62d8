//! A run: how far one user has got with one piece of content.

use crate::id::TaskId;
use crate::known::{number, put_map, put_time};
use crate::map::Map;
use crate::time::MINUTE;
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
}

impl Run {
    /// Its JSON form.
    pub(crate) fn to_value(&self) -> Value {
        let mut fields = Properties::new();
        if let Some((at, version)) = self.pinned {
            let pinned = vec![number(at), f64::from(version).into()];
            fields.insert("pinned".to_owned(), Value::List(pinned));
        }
        put_time(&mut fields, "shown_at", self.shown_at);
        put_time(&mut fields, "started_at", self.started_at);
        put_map(&mut fields, "tasks", &self.tasks, |at| number(*at));
        put_time(&mut fields, "completed_at", self.completed_at);
        put_time(&mut fields, "dismissed_at", self.dismissed_at);
        put_time(&mut fields, "recalled_at", self.recalled_at);
        Value::Map(fields)
    }

    /// Takes in what another side knows of the same run.
    pub fn merge(&mut self, other: &Self) {
        self.pinned = earliest(self.pinned, other.pinned);
        self.shown_at = earliest(self.shown_at, other.shown_at);
        self.started_at = earliest(self.started_at, other.started_at);
        for (task, at) in &other.tasks {
            self.done(task, *at);
        }
        self.completed_at = earliest(self.completed_at, other.completed_at);
        self.dismissed_at = self.dismissed_at.max(other.dismissed_at);
        self.recalled_at = self.recalled_at.max(other.recalled_at);
    }

    /// Notes that a task was done at a time; the earliest time stays.
    pub fn done(&mut self, task: &TaskId, at: i64) {
        match self.tasks.get_mut(task) {
            Some(earlier) => *earlier = at.min(*earlier),
            None => {
                self.tasks.insert(task.clone(), at);
            }
        }
    }

    /// Whether the task is done.
    pub fn is_done(&self, task: &TaskId) -> bool {
        self.tasks.contains_key(task)
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
