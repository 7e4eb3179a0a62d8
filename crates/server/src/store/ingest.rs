//! Taking messages in: each counted once, its consequences drawn in the same transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use headstart_core::Value;
use headstart_core::event::{name, property};
use headstart_core::settle::is_milestone_of;
use rusqlite::Connection;
use serde::Serialize;
use utoipa::ToSchema;

use crate::identity::Terms;
use crate::message::{Kind, Received};
use crate::store::event::{NewTo, Row};
use crate::store::people::{self, Found, PersonId, Who};
use crate::store::settle::{self, Whose};
use crate::store::traits::{self, Owner};
use crate::store::{Project, StoreError, session};

/// How many messages were taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Stored {
    /// New ones. A `Session Updated` always counts as one: it carries running totals, of which
    /// the largest is kept.
    pub accepted: usize,
    /// Those whose message id was counted before. Of a milestone (a task done, a checklist shown) the
    /// earliest time stays.
    pub duplicates: usize,
}

/// Takes messages in, in their order. `received_at` is wall milliseconds.
pub(crate) fn ingest(
    connection: &Connection,
    project: &Project,
    messages: &[Received],
    terms: &Terms,
    received_at: i64,
) -> Result<Stored, StoreError> {
    let catalog = project.catalog();
    let mut stored = Stored::default();
    let mut unsettled: HashMap<Who<'_>, BTreeSet<i64>> = HashMap::new();
    for message in messages {
        let who = Who::of(message.user.as_deref(), message.anonymous.as_deref());
        let Some(who) = who else {
            continue;
        };
        let found = people::see(connection, project.id, who, &terms.vouched, message.at)?;
        if message.is_session_update() {
            // Running totals only ever grow, so one that comes twice changes nothing.
            session::note(connection, project.id, found.person, message)?;
            stored.accepted += 1;
            continue;
        }
        match insert(
            connection,
            project.id,
            who,
            found,
            message,
            terms,
            received_at,
        )? {
            Inserted::New => {
                stored.accepted += 1;
                let joined = draw_consequences(connection, project.id, found.person, message)?;
                if let Some(began) = joined.filter(|_| !catalog.latest().is_empty()) {
                    // Together with the user's own it may count otherwise.
                    unsettled.entry(who).or_default().insert(began);
                }
            }
            Inserted::Earlier => stored.duplicates += 1,
            Inserted::Known => {
                stored.duplicates += 1;
                continue;
            }
        }
        let moves = match message.kind {
            Kind::Identify | Kind::Group => !catalog.latest().is_empty(),
            Kind::Track => catalog.awaits(&message.name, &message.properties),
            Kind::Page => false,
        };
        if moves {
            unsettled.entry(who).or_default().insert(message.at);
        }
    }
    let mut to_settle: BTreeMap<Whose, BTreeSet<i64>> = BTreeMap::new();
    for (who, moments) in unsettled {
        // A browser may have joined a user since.
        if let Some(found) = people::find(connection, project.id, who, &terms.vouched)? {
            let whose = Whose {
                person: found.person,
                sender: if found.is_stray {
                    found.milestones()
                } else {
                    found.person
                },
            };
            to_settle.entry(whose).or_default().extend(moments);
        }
    }
    for (whose, moments) in to_settle {
        settle::settle(connection, project, whose, &moments, received_at)?;
    }
    Ok(stored)
}

/// What became of a message.
enum Inserted {
    /// It is new.
    New,
    /// It was counted before, as of a later time.
    Earlier,
    /// It was counted before.
    Known,
}

fn insert(
    connection: &Connection,
    project: i64,
    who: Who<'_>,
    found: Found,
    message: &Received,
    terms: &Terms,
    received_at: i64,
) -> Result<Inserted, StoreError> {
    let own = |name: &str| {
        message
            .properties
            .get(name)
            .filter(|_| message.is_own())
            .and_then(Value::as_text)
    };
    // Its id is no secret, so it must not matter who else has used it.
    let is_milestone = message.is_own()
        && is_milestone_of(
            who.key(),
            &message.message_id,
            &message.name,
            &message.properties,
        );
    let row = Row {
        project,
        message_id: &message.message_id,
        sender: if is_milestone {
            found.milestones()
        } else {
            found.own
        },
        kind: message.kind.name(),
        name: &message.name,
        person: found.person,
        user: message.user.as_deref(),
        anonymous: message.anonymous.as_deref(),
        account: message.account.as_deref(),
        session: own(property::SESSION_ID),
        content: own(property::CONTENT_ID),
        task: own(property::TASK_ID),
        at: message.at,
        received_at,
        properties: &message.properties_json,
        context: &message.context_json,
    };
    let new_to = if is_milestone || terms.own_ids {
        NewTo::Sender
    } else {
        NewTo::Project
    };
    if row.insert(connection, new_to)? {
        return Ok(Inserted::New);
    }
    if is_milestone && row.bring_forward(connection)? {
        return Ok(Inserted::Earlier);
    }
    Ok(Inserted::Known)
}

/// Answers since when there is a history that joined the person by this.
fn draw_consequences(
    connection: &Connection,
    project: i64,
    person: PersonId,
    message: &Received,
) -> Result<Option<i64>, StoreError> {
    let mut joined = None;
    match message.kind {
        Kind::Identify => {
            if let (Some(_), Some(anonymous)) = (&message.user, &message.anonymous) {
                joined = people::join(connection, project, anonymous, person, message.at)?;
            }
            let owner = Owner::Person(person);
            traits::set_all(connection, owner, &message.properties, message.at)?;
        }
        Kind::Group => {
            if let Some(account) = &message.account {
                people::belong(connection, person, account, message.at)?;
                let owner = Owner::Account(project, account);
                traits::set_all(connection, owner, &message.properties, message.at)?;
            }
        }
        Kind::Track if message.name == name::SESSION_STARTED => {
            session::note(connection, project, person, message)?;
        }
        Kind::Track | Kind::Page => {}
    }
    Ok(joined)
}
