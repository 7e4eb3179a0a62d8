//! Settling at the collector: when an event comes in, whatever it brings to be done is noted at once,
//! with no browser around. What counts is decided by the engine's own rules.

use std::borrow::Cow;
use std::collections::BTreeSet;

use headstart_core::content::Task;
use headstart_core::event::property;
use headstart_core::json::to_text;
use headstart_core::settle::{Milestone, Surroundings, settle as settle_known};
use headstart_core::{Content, ContentId, Kind, Map, Run, Value};
use rusqlite::Connection;

use crate::asks::{Asks, needs_browser};
use crate::store::event::{NewTo, Row};
use crate::store::history::History;
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
    let history = History::load(connection, person)?;
    let contents = seen_from_here(catalog.for_runs(&history.runs()));
    let runs = history.runs_by(until);
    let Some(asks) = open(&contents, &runs) else {
        return Ok(false);
    };
    let mut known = known::fold(connection, person, runs, &asks, Depth::Until(until))?;
    let ids = people::ids(connection, person)?;
    let surroundings = Surroundings::none(ids.key());
    let settled = settle_known(&contents, &mut known, &surroundings, moment);
    for milestone in &settled.milestones {
        report(connection, project.id, whose, &ids, milestone, now)?;
    }
    Ok(true)
}

/// The moments after `first` at which something happened that what was open then asks about, or at which a
/// task was done or marked. Of very many only the earliest.
fn after(
    connection: &Connection,
    project: &Project,
    person: PersonId,
    first: i64,
) -> Result<BTreeSet<i64>, StoreError> {
    let catalog = project.catalog();
    let history = History::load(connection, person)?;
    let contents = catalog.for_runs(&history.runs());
    let Some(asks) = open(&contents, &history.runs_by(first)) else {
        return Ok(BTreeSet::new());
    };
    let mut moments: BTreeSet<i64> = history.task_times().filter(|at| *at > first).collect();
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

/// The content as far as it can be decided without a browser. Where only that knows for whom a task is
/// meant, it counts for everyone here: a checklist would be complete too early without it.
fn seen_from_here(contents: Cow<'_, [Content]>) -> Cow<'_, [Content]> {
    let is_open = |task: &Task| task.audience.as_ref().is_some_and(needs_browser);
    let mut lists = contents.iter().filter_map(Content::checklist);
    if !lists.any(|list| list.tasks.iter().any(is_open)) {
        return contents;
    }
    let mut contents = contents.into_owned();
    for content in &mut contents {
        if let Kind::Checklist(list) = &mut content.kind {
            for task in list.tasks.iter_mut().filter(|task| is_open(task)) {
                task.audience = None;
            }
        }
    }
    Cow::Owned(contents)
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
            run.completed_at.is_none()
                || (checklist.tasks.iter()).any(|task| !run.tasks.contains_key(&task.id))
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
