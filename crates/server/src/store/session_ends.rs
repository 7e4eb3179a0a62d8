//! Where sessions end: at which task people were when they left, and who of them came back.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use headstart_core::id::SessionId;
use headstart_core::session::{SessionRecord, is_over};
use serde::Serialize;
use utoipa::ToSchema;

use crate::catalog::Catalog;
use crate::store::session_metrics::{Distribution, Session, Task};

/// The sessions that ended while the user was on one task: the one they had unfolded, else the next to
/// be done of the checklist on screen; by the tab that they used last. "They leave after three minutes at
/// step 2" is a `median_ms` of three minutes of `engaged` in the entry of step 2.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub struct SessionEnd {
    /// The checklist's id. Null, as is `task_id`, for sessions that ended while the user was on no task:
    /// nothing was on screen, all was done, or it was sent away.
    pub content_id: Option<String>,
    /// The task's id.
    pub task_id: Option<String>,
    /// The task's title, in the latest version; null for a task that is not in it.
    pub title: Option<String>,
    /// How many sessions ended there.
    pub sessions: u64,
    /// How many people these were of.
    pub people: u64,
    /// How many of those people never came back after it: it is the last of all their sessions, also of
    /// those known from boots alone.
    pub never_came_back: u64,
    /// How long those sessions were, from the start to the last use.
    pub length: Distribution,
    /// How long people were engaged in them.
    pub engaged: Distribution,
}

/// Groups the sessions that are over at `now` (wall milliseconds) by the task that they ended at.
/// `last_of_all` says of each whether its person had none after it.
pub(super) fn ends(
    sessions: &[Session],
    last_of_all: &[bool],
    catalog: &Catalog,
    now: i64,
) -> Vec<SessionEnd> {
    let mut by_task: BTreeMap<Option<&Task>, Vec<Ended<'_>>> = BTreeMap::new();
    for (session, last) in sessions.iter().zip(last_of_all) {
        if has_ended(session, now) {
            let of_task = by_task.entry(session.task.as_ref()).or_default();
            of_task.push(Ended {
                session,
                last: *last,
            });
        }
    }
    let mut ends: Vec<SessionEnd> = by_task
        .into_iter()
        .map(|(task, ended)| end(task, &ended, catalog))
        .collect();
    // The sort is stable, so what is equal stays by id.
    ends.sort_by_key(|end| Reverse(end.sessions));
    ends
}

/// A session that is over.
struct Ended<'a> {
    session: &'a Session,
    /// Whether its person had none after it.
    last: bool,
}

fn end(task: Option<&Task>, ended: &[Ended<'_>], catalog: &Catalog) -> SessionEnd {
    let people: BTreeSet<i64> = ended.iter().map(|ended| ended.session.person).collect();
    let spread = |millis: fn(&Session) -> i64| {
        Distribution::of(ended.iter().map(|ended| millis(ended.session)).collect())
    };
    let (content_id, task_id) = task.cloned().unzip();
    SessionEnd {
        title: task.and_then(|(content, task)| title(catalog, content, task)),
        content_id,
        task_id,
        sessions: ended.len() as u64,
        people: people.len() as u64,
        never_came_back: ended.iter().filter(|ended| ended.last).count() as u64,
        length: spread(|session| session.length),
        engaged: spread(|session| session.engaged),
    }
}

fn title(catalog: &Catalog, content: &str, task: &str) -> Option<String> {
    let content = catalog
        .latest()
        .iter()
        .find(|latest| latest.id.as_str() == content)?;
    let task = content
        .checklist()?
        .tasks
        .iter()
        .find(|each| each.id.as_str() == task)?;
    Some(task.title.clone())
}

fn has_ended(session: &Session, now: i64) -> bool {
    let record = SessionRecord {
        id: SessionId(session.id.clone()),
        started_at: session.started_at,
        last_active_at: session.started_at.saturating_add(session.length),
    };
    is_over(&record, now)
}
