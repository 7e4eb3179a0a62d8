//! Traits of users and accounts: the last setting wins, whatever order they arrive in. The rule is
//! that of the engine's `Traits::set`.

use headstart_core::json::to_text;
use headstart_core::known::Traits;
use headstart_core::{Properties, Value};
use rusqlite::{Connection, OptionalExtension};

use crate::store::StoreError;
use crate::store::people::PersonId;

/// Whose traits.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Owner<'a> {
    /// A person's.
    Person(PersonId),
    /// An account's, by project and id.
    Account(i64, &'a str),
}

/// Sets traits as of `at`.
pub(crate) fn set_all(
    connection: &Connection,
    owner: Owner<'_>,
    traits: &Properties,
    at: i64,
) -> Result<(), StoreError> {
    for (name, value) in traits {
        set(connection, owner, name, value, at)?;
    }
    Ok(())
}

fn set(
    connection: &Connection,
    owner: Owner<'_>,
    name: &str,
    value: &Value,
    at: i64,
) -> Result<(), StoreError> {
    let old: Option<(i64, String)> = match owner {
        Owner::Person(person) => connection
            .prepare_cached("SELECT at, value FROM user_traits WHERE person = ?1 AND name = ?2")?
            .query_row((person, name), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?,
        Owner::Account(project, account) => connection
            .prepare_cached(
                "SELECT at, value FROM account_traits
                 WHERE project = ?1 AND account = ?2 AND name = ?3",
            )?
            .query_row((project, account, name), |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .optional()?,
    };
    if let Some((old_at, old_value)) = old
        && (old_at, &read(&old_value)?) >= (at, value)
    {
        return Ok(());
    }
    let value = to_text(value);
    match owner {
        Owner::Person(person) => connection
            .prepare_cached(
                "INSERT OR REPLACE INTO user_traits (person, name, value, at)
                 VALUES (?1, ?2, ?3, ?4)",
            )?
            .execute((person, name, value, at))?,
        Owner::Account(project, account) => connection
            .prepare_cached(
                "INSERT OR REPLACE INTO account_traits (project, account, name, value, at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((project, account, name, value, at))?,
    };
    Ok(())
}

/// The traits of which `wanted` is true, as far as they were last set until then.
pub(crate) fn load(
    connection: &Connection,
    owner: Owner<'_>,
    until: i64,
    wanted: impl Fn(&str) -> bool,
) -> Result<Traits, StoreError> {
    let mut traits = Traits::default();
    for (name, value, at) in rows(connection, owner)? {
        if at <= until && wanted(&name) {
            traits.set(&name, read(&value)?, at);
        }
    }
    Ok(traits)
}

fn rows(
    connection: &Connection,
    owner: Owner<'_>,
) -> Result<Vec<(String, String, i64)>, StoreError> {
    let rows = match owner {
        Owner::Person(person) => connection
            .prepare_cached("SELECT name, value, at FROM user_traits WHERE person = ?1")?
            .query_map([person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<Result<_, _>>()?,
        Owner::Account(project, account) => connection
            .prepare_cached(
                "SELECT name, value, at FROM account_traits WHERE project = ?1 AND account = ?2",
            )?
            .query_map((project, account), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })?
            .collect::<Result<_, _>>()?,
    };
    Ok(rows)
}

/// Gives one person's traits to another, who keeps what they have of later.
pub(crate) fn hand_over(
    connection: &Connection,
    from: PersonId,
    to: PersonId,
) -> Result<(), StoreError> {
    for (name, value, at) in rows(connection, Owner::Person(from))? {
        set(connection, Owner::Person(to), &name, &read(&value)?, at)?;
    }
    connection
        .prepare_cached("DELETE FROM user_traits WHERE person = ?1")?
        .execute([from])?;
    Ok(())
}

fn read(json: &str) -> Result<Value, StoreError> {
    serde_json::from_str(json).map_err(|error| StoreError::Unreadable {
        what: "a trait",
        problem: error.to_string(),
    })
}
