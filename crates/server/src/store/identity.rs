//! Secrets, revoked tokens, and how much is signed.

use headstart_core::time::DAY;
use rusqlite::{Connection, OptionalExtension};

use crate::identity::{
    Claims, Counted, Digest, Identity, MOST_SECRETS, Mode, Revoked, Rules, Secret, Traffic,
};
use crate::store::StoreError;

/// Counts of days are kept for so long, milliseconds.
const KEPT: i64 = 90 * DAY;

/// Everything about identity that is held in memory.
pub(crate) fn load(connection: &Connection, project: i64) -> Result<Identity, StoreError> {
    let revoked = connection
        .prepare_cached("SELECT digest, until FROM revoked_tokens WHERE project = ?1")?
        .query_map([project], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(Digest, Option<i64>)>, _>>()?;
    let rules = rules(connection, project)?;
    Ok(Identity::new(rules, Revoked::new(revoked)))
}

/// The rules as they are on disk.
pub(crate) fn rules(connection: &Connection, project: i64) -> Result<Rules, StoreError> {
    let mode: String = connection
        .prepare_cached("SELECT identity_mode FROM projects WHERE id = ?1")?
        .query_row([project], |row| row.get(0))?;
    let mode = Mode::read(&mode).ok_or_else(|| StoreError::Unreadable {
        what: "an identity mode",
        problem: mode,
    })?;
    let secrets = connection
        .prepare_cached(
            "SELECT id, secret, created_at, last_used_at FROM identity_secrets
             WHERE project = ?1 ORDER BY id",
        )?
        .query_map([project], |row| {
            Ok(Secret {
                id: row.get(0)?,
                text: row.get(1)?,
                created_at: row.get(2)?,
                last_used_at: row.get(3)?,
            })
        })?
        .collect::<Result<_, _>>()?;
    Ok(Rules { mode, secrets })
}

/// Sets the mode. Enforcing needs a secret.
pub(crate) fn set_mode(
    connection: &Connection,
    project: i64,
    mode: Mode,
) -> Result<(), StoreError> {
    if mode == Mode::Enforce && rules(connection, project)?.secrets.is_empty() {
        return Err(StoreError::NoSecret);
    }
    connection
        .prepare_cached("UPDATE projects SET identity_mode = ?2 WHERE id = ?1")?
        .execute((project, mode.name()))?;
    Ok(())
}

/// Makes a secret.
pub(crate) fn add_secret(
    connection: &Connection,
    project: i64,
    now: i64,
) -> Result<Secret, StoreError> {
    if rules(connection, project)?.secrets.len() >= MOST_SECRETS {
        return Err(StoreError::TwoSecrets);
    }
    let text = Secret::generate().map_err(|error| StoreError::Randomness(error.to_string()))?;
    connection
        .prepare_cached(
            "INSERT INTO identity_secrets (project, secret, created_at) VALUES (?1, ?2, ?3)",
        )?
        .execute((project, &text, now))?;
    Ok(Secret {
        id: connection.last_insert_rowid(),
        text,
        created_at: now,
        last_used_at: None,
    })
}

/// Removes a secret: what it has signed is refused from then on.
pub(crate) fn remove_secret(
    connection: &Connection,
    project: i64,
    id: i64,
) -> Result<(), StoreError> {
    let rules = rules(connection, project)?;
    if rules.secrets.iter().all(|secret| secret.id != id) {
        return Err(StoreError::NoSuchSecret { id });
    }
    if rules.mode == Mode::Enforce && rules.secrets.len() == 1 {
        return Err(StoreError::LastSecret);
    }
    for delete in [
        "DELETE FROM identity_secrets WHERE project = ?1 AND id = ?2",
        "DELETE FROM revoked_tokens WHERE project = ?1 AND secret = ?2",
    ] {
        connection.prepare_cached(delete)?.execute((project, id))?;
    }
    Ok(())
}

/// Notes that a token is refused from now on, and forgets those that have expired.
pub(crate) fn revoke(
    connection: &Connection,
    project: i64,
    claims: &Claims,
    now: i64,
) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM revoked_tokens WHERE project = ?1 AND until <= ?2")?
        .execute((project, now))?;
    connection
        .prepare_cached(
            "INSERT INTO revoked_tokens (project, digest, secret, until) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO NOTHING",
        )?
        .execute((project, claims.digest, claims.secret, claims.forgotten_at()))?;
    Ok(())
}

/// Adds what was counted. Days long past are forgotten.
pub(crate) fn add_counted(
    connection: &Connection,
    project: i64,
    counted: &Counted,
) -> Result<(), StoreError> {
    for (day, traffic) in &counted.days {
        connection
            .prepare_cached(
                "INSERT INTO identity_traffic (project, day, signed, unsigned, invalid)
                 VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (project, day) DO UPDATE SET
                   signed = signed + excluded.signed,
                   unsigned = unsigned + excluded.unsigned,
                   invalid = invalid + excluded.invalid",
            )?
            .execute((
                project,
                day,
                written(traffic.signed),
                written(traffic.unsigned),
                written(traffic.invalid),
            ))?;
    }
    if let Some((last, _)) = counted.days.last_key_value() {
        connection
            .prepare_cached("DELETE FROM identity_traffic WHERE project = ?1 AND day < ?2")?
            .execute((project, last - KEPT))?;
    }
    for (secret, at) in &counted.used {
        connection
            .prepare_cached(
                "UPDATE identity_secrets SET last_used_at = max(coalesce(last_used_at, 0), ?3)
                 WHERE project = ?1 AND id = ?2",
            )?
            .execute((project, secret, at))?;
    }
    Ok(())
}

/// How much came in on the day that begins at `day`, wall milliseconds.
pub(crate) fn traffic(
    connection: &Connection,
    project: i64,
    day: i64,
) -> Result<Traffic, StoreError> {
    let traffic = connection
        .prepare_cached(
            "SELECT signed, unsigned, invalid FROM identity_traffic
             WHERE project = ?1 AND day = ?2",
        )?
        .query_row((project, day), |row| {
            Ok(Traffic {
                signed: read(row.get(0)?),
                unsigned: read(row.get(1)?),
                invalid: read(row.get(2)?),
            })
        })
        .optional()?;
    Ok(traffic.unwrap_or_default())
}

fn written(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn read(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}
