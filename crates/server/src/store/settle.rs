//! Settling at the collector: when an event comes in, whatever it brings to be done is noted at once,
//! with no browser around. What counts is decided by the engine's own rules.

use std::collections::BTreeSet;

use headstart_core::event::property;
use headstart_core::json::to_text;
use headstart_core::settle::{Milestone, Surroundings, settle as settle_known};
use headstart_core::{Content, ContentId, Map, Run, Value};
use rusqlite::Connection;

use crate::asks::Asks;
use crate::store::event::{NewTo, Row};
use crate::store::known::{self, Depth};
use crate::store::people::{self, Ids, PersonId};
use crate::store::{Project, StoreError};

/// The most later moments that are gone through again after a late event. It bounds what one message can
/// cost; of somebody with more a milestone may be noted later than it was.
const MOST_AGAIN: u16 = 500;

/// Whose progress is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Whose {
    pub person: PersonId,
    /// Under which sender it is noted.
    pub sender: i64,
}

/// Notes every task whose condition holds for the person, and what follows from it: as of each of
/// the moments at which something happened, so that what arrives late counts as it would have then,
/// and as of now, when all is known. What happened after a late event is gone through again, since it
/// may count otherwise now, and earlier. All times are wall milliseconds.
pub(crate) fn settle(
    connection: &Connection,
    project: &Project,
    whose: Whose,
    moments: &BTreeSet<i64>,
    now: i64,
) -> Result<(), StoreError> {
    let mut moments = moments.clone();
    if let Some(first) = moments.first().copied().filter(|first| *first < now) {
        moments.extend(after(connection, project, whose.person, first)?);
    }
    for moment in moments.range(..now) {
        let any_open = settle_as_of(connection, project, whose, *moment, now)?;
        if !any_open {
            return Ok(());
        }
    }
    settle_as_of(connection, project, whose, now, now)?;
    Ok(())
}

/// Answers whether anything was still open before.
fn settle_as_of(
    connection: &Connection,
    project: &Project,
    whose: Whose,
    moment: i64,
    now: i64,
) -> Result<bool, StoreError> {
    let person = whose.person;
    let until = if moment < now { moment } else { i64::MAX };
    let catalog = project.catalog();
    let runs = known::runs(connection, person)?;
    let contents = catalog.for_runs(&runs);
    let runs = as_of(&runs, until);
    let Some(asks) = open(&contents, &runs) else {
        return Ok(false);
    };
    let mut known = known::fold(connection, person, runs, &asks, Depth::Until(until))?;
    let settled = settle_known(&contents, &mut known, &Surroundings::none(), moment);
    if settled.milestones.is_empty() {
        return Ok(true);
    }
    let ids = people::ids(connection, person)?;
    for milestone in &settled.milestones {
        report(connection, project.id, whose, &ids, milestone, now)?;
    }
    Ok(true)
}

/// The moments after `first` at which something happened that what was open then asks about, or at which a
/// task was done. Of very many only the earliest.
fn after(
    connection: &Connection,
    project: &Project,
    person: PersonId,
    first: i64,
) -> Result<BTreeSet<i64>, StoreError> {
    let catalog = project.catalog();
    let runs = known::runs(connection, person)?;
    let contents = catalog.for_runs(&runs);
    let Some(asks) = open(&contents, &as_of(&runs, first)) else {
        return Ok(BTreeSet::new());
    };
    let done = runs.values().flat_map(|run| run.tasks.values().copied());
    let mut moments: BTreeSet<i64> = done.filter(|at| *at > first).collect();
    let matchers = asks.needs.events.values();
    let names: BTreeSet<&str> = matchers.map(|(matcher, _)| matcher.name.as_str()).collect();
    let mut select = connection.prepare_cached(
        "SELECT DISTINCT at FROM events
         WHERE person = ?1 AND name = ?2 AND at > ?3 AND kind = 'track' ORDER BY at LIMIT ?4",
    )?;
    for name in names {
        let times = select.query_map((person, name, first, MOST_AGAIN), |row| row.get(0))?;
        for at in times {
            moments.insert(at?);
        }
    }
    Ok(moments.into_iter().take(MOST_AGAIN.into()).collect())
}

/// How far the person had got by then. The version that they began with stays.
fn as_of(runs: &Map<ContentId, Run>, until: i64) -> Map<ContentId, Run> {
    let by_then = |at: Option<i64>| at.filter(|at| *at <= until);
    let run_by_then = |run: &Run| Run {
        pinned: run.pinned,
        shown_at: by_then(run.shown_at),
        started_at: by_then(run.started_at),
        tasks: run
            .tasks
            .iter()
            .filter(|(_, at)| **at <= until)
            .map(|(task, at)| (task.clone(), *at))
            .collect(),
        completed_at: by_then(run.completed_at),
        dismissed_at: by_then(run.dismissed_at),
        recalled_at: by_then(run.recalled_at),
    };
    runs.iter()
        .map(|(content, run)| (content.clone(), run_by_then(run)))
        .collect()
}

/// What has to be looked up for the content in which something is open; `None` if nothing is.
fn open(contents: &[Content], runs: &Map<ContentId, Run>) -> Option<Asks> {
    let mut asks = None;
    for content in contents {
        let run = runs.get(&content.id);
        if is_open(content, run) {
            asks.get_or_insert_with(Asks::default).add(content, run);
        }
    }
    asks
}

fn is_open(content: &Content, run: Option<&Run>) -> bool {
    content.checklist().is_some_and(|checklist| {
        run.is_none_or(|run| {
            run.completed_at.is_none() || checklist.tasks.iter().any(|task| !run.is_done(&task.id))
        })
    })
}

/// Stores a milestone under the id that a browser would give it, so that it counts once.
fn report(
    connection: &Connection,
    project: i64,
    whose: Whose,
    ids: &Ids,
    milestone: &Milestone,
    now: i64,
) -> Result<(), StoreError> {
    let event = milestone.event(ids.key(), None);
    let task = event
        .properties
        .get(property::TASK_ID)
        .and_then(Value::as_text);
    let row = Row {
        project,
        message_id: event.message_id.as_str(),
        sender: whose.sender,
        kind: "track",
        name: &event.name,
        person: whose.person,
        user: ids.user.as_deref(),
        anonymous: ids.anonymous.as_deref(),
        account: ids.account.as_deref(),
        session: None,
        content: Some(milestone.content.as_str()),
        task,
        at: event.at,
        received_at: now,
        properties: &to_text(&Value::Map(event.properties.clone())),
        context: "{}",
    };
    if !row.insert(connection, NewTo::Sender)? {
        row.bring_forward(connection)?;
    }
    Ok(())
}
