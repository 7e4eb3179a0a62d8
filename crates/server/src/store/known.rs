//! What is known of a user, folded from the tables into the engine's own form.

use std::collections::BTreeSet;

use headstart_core::condition::EventMatcher;
use headstart_core::known::Traits;
use headstart_core::sightings::MOST;
use headstart_core::{ContentId, Known, Map, MessageId, Properties, Run, Sightings};
use rusqlite::Connection;

use crate::asks::Asks;
use crate::store::StoreError;
use crate::store::people::PersonId;
use crate::store::traits::{self, Owner};

/// How much of the past to look up.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Depth {
    /// As many sightings of an event as conditions count: enough to say whether they hold.
    Asked,
    /// All that happened until then (wall milliseconds), as far as sightings are kept: enough to say
    /// also since when.
    Until(i64),
}

/// All that is asked about the person. `runs` are those of their history.
pub(crate) fn fold(
    connection: &Connection,
    person: PersonId,
    runs: Map<ContentId, Run>,
    asks: &Asks,
    depth: Depth,
) -> Result<Known, StoreError> {
    let (project, first_seen, account): (i64, i64, Option<String>) = connection
        .prepare_cached("SELECT project, first_seen, account FROM people WHERE id = ?1")?
        .query_row([person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut known = Known {
        first_seen: Some(first_seen),
        runs,
        ..Known::default()
    };
    let until = match depth {
        Depth::Asked => i64::MAX,
        Depth::Until(until) => until,
    };
    let owner = Owner::Person(person);
    known.traits = load_traits(connection, owner, &asks.user_traits, until)?;
    if let Some(account) = &account {
        let owner = Owner::Account(project, account);
        known.account_traits = load_traits(connection, owner, &asks.account_traits, until)?;
    }
    for (key, (matcher, at_least)) in &asks.needs.events {
        let asked = usize::try_from(*at_least).unwrap_or(usize::MAX);
        let most = match depth {
            Depth::Asked => asked,
            Depth::Until(_) => MOST,
        };
        let seen = sightings(connection, person, matcher, until, most)?;
        if !seen.is_empty() {
            known.sightings.insert(key.clone(), seen);
        }
    }
    Ok(known)
}

fn load_traits(
    connection: &Connection,
    owner: Owner<'_>,
    wanted: &BTreeSet<String>,
    until: i64,
) -> Result<Traits, StoreError> {
    if wanted.is_empty() {
        return Ok(Traits::default());
    }
    traits::load(connection, owner, until, |name| wanted.contains(name))
}

/// The latest `most` events until then that count.
fn sightings(
    connection: &Connection,
    person: PersonId,
    matcher: &EventMatcher,
    until: i64,
    most: usize,
) -> Result<Sightings, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT at, message_id, properties FROM events
         WHERE person = ?1 AND name = ?2 AND at <= ?3 AND kind = 'track' ORDER BY at DESC",
    )?;
    let mut rows = select.query((person, &matcher.name, until))?;
    let mut seen = Sightings::default();
    while let Some(row) = rows.next()? {
        if !matcher.filters.is_empty() {
            let properties: Properties =
                serde_json::from_str(row.get_ref(2)?.as_str().unwrap_or("{}")).unwrap_or_default();
            if !matcher.matches(&matcher.name, &properties) {
                continue;
            }
        }
        seen.add(row.get(0)?, MessageId(row.get(1)?));
        if seen.len() >= most {
            break;
        }
    }
    Ok(seen)
}
