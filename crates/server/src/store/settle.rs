//! Settling at the collector: when an event comes in, whatever it brings to be done is noted at once,
//! with no browser around. What counts is decided by the engine's own rules.

use std::collections::BTreeSet;

use headstart_core::event::property;
use headstart_core::json::to_text;
use headstart_core::settle::{Milestone, Surroundings, settle as settle_known};
use headstart_core::{Content, Run, Value};
use rusqlite::Connection;

use crate::asks::Asks;
use crate::store::event::{NewTo, Row};
use crate::store::known::{self, Depth};
use crate::store::people::{self, Ids, PersonId};
use crate::store::{Project, StoreError};

/// Whose progress is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Whose {
    pub person: PersonId,
    /// Under which sender it is noted.
    pub sender: i64,
}

/// Notes every task whose condition holds for the person, and what follows from it: as of each of
/// the moments at which something happened, so that what arrives late counts as it would have then,
/// and as of now, when all is known. All times are wall milliseconds.
pub(crate) fn settle(
    connection: &Connection,
    project: &Project,
    whose: Whose,
    moments: &BTreeSet<i64>,
    now: i64,
) -> Result<(), StoreError> {
    for moment in moments.iter().filter(|moment| **moment < now) {
        settle_as_of(connection, project, whose, *moment, now)?;
    }
    settle_as_of(connection, project, whose, now, now)
}

fn settle_as_of(
    connection: &Connection,
    project: &Project,
    whose: Whose,
    moment: i64,
    now: i64,
) -> Result<(), StoreError> {
    let person = whose.person;
    let catalog = project.catalog();
    let runs = known::runs(connection, person)?;
    let contents = catalog.for_runs(&runs);
    let mut asks = Asks::default();
    let mut open = false;
    for content in contents.iter() {
        let run = runs.get(&content.id);
        if is_open(content, run) {
            asks.add(content, run);
            open = true;
        }
    }
    if !open {
        return Ok(());
    }
    let depth = Depth::Until(if moment < now { moment } else { i64::MAX });
    let mut known = known::fold(connection, person, runs, &asks, depth)?;
    let settled = settle_known(&contents, &mut known, &Surroundings::none(), moment);
    if settled.milestones.is_empty() {
        return Ok(());
    }
    let ids = people::ids(connection, person)?;
    for milestone in &settled.milestones {
        report(connection, project.id, whose, &ids, milestone, now)?;
    }
    Ok(())
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
    row.insert(connection, NewTo::Sender).map(|_| ())
}
