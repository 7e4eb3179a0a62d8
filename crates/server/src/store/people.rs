//! People: users, and browsers of which no user is known.

use rusqlite::{Connection, OptionalExtension, params};

use crate::store::{StoreError, session, traits, visit};

/// A person's row.
pub(crate) type PersonId = i64;

/// Who someone says they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Who<'a> {
    /// A user, by the host's id.
    User(&'a str),
    /// A browser, by the loader's id.
    Anonymous(&'a str),
}

impl<'a> Who<'a> {
    /// The user, if one is given, else the browser.
    pub(crate) fn of(user: Option<&'a str>, anonymous: Option<&'a str>) -> Option<Self> {
        user.map(Who::User).or(anonymous.map(Who::Anonymous))
    }

    /// The id that counts; the same as the engine's `Person::key`.
    pub(crate) fn key(self) -> &'a str {
        match self {
            Self::User(key) | Self::Anonymous(key) => key,
        }
    }

    fn is_user(self) -> bool {
        matches!(self, Self::User(_))
    }
}

/// The person's row, if they were ever seen; for a browser that a user has claimed, the user's.
pub(crate) fn find(
    connection: &Connection,
    project: i64,
    who: Who<'_>,
) -> Result<Option<PersonId>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT coalesce(joined, id) FROM people WHERE project = ?1 AND is_user = ?2 AND key = ?3",
    )?;
    let id = select
        .query_row((project, who.is_user(), who.key()), |row| row.get(0))
        .optional()?;
    Ok(id)
}

/// The person's row, made if it is not there; seen at `at`, wall milliseconds.
pub(crate) fn see(
    connection: &Connection,
    project: i64,
    who: Who<'_>,
    at: i64,
) -> Result<PersonId, StoreError> {
    if let Some(id) = find(connection, project, who)? {
        connection
            .prepare_cached("UPDATE people SET first_seen = ?2 WHERE id = ?1 AND first_seen > ?2")?
            .execute((id, at))?;
        return Ok(id);
    }
    connection
        .prepare_cached(
            "INSERT INTO people (project, is_user, key, first_seen) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((project, who.is_user(), who.key(), at))?;
    Ok(connection.last_insert_rowid())
}

/// The row that counts for a person now: a user's, if one has claimed the browser.
pub(crate) fn now(connection: &Connection, person: PersonId) -> Result<PersonId, StoreError> {
    let now = connection
        .prepare_cached("SELECT coalesce(joined, id) FROM people WHERE id = ?1")?
        .query_row([person], |row| row.get(0))?;
    Ok(now)
}

/// The ids under which the person's own milestones are reported.
pub(crate) struct Ids {
    /// The user id, for a user.
    pub user: Option<String>,
    /// The anonymous id, for a browser.
    pub anonymous: Option<String>,
    /// The account they belong to.
    pub account: Option<String>,
}

impl Ids {
    /// The id that counts.
    pub(crate) fn key(&self) -> &str {
        self.user
            .as_deref()
            .or(self.anonymous.as_deref())
            .unwrap_or_default()
    }
}

/// The person's ids.
pub(crate) fn ids(connection: &Connection, person: PersonId) -> Result<Ids, StoreError> {
    let ids = connection
        .prepare_cached("SELECT is_user, key, account FROM people WHERE id = ?1")?
        .query_row([person], |row| {
            let (is_user, key): (bool, String) = (row.get(0)?, row.get(1)?);
            Ok(Ids {
                user: is_user.then(|| key.clone()),
                anonymous: (!is_user).then_some(key),
                account: row.get(2)?,
            })
        })?;
    Ok(ids)
}

/// Notes that the person belongs to an account as of `at`. The latest stays; of two at the same
/// moment the greater.
pub(crate) fn belong(
    connection: &Connection,
    person: PersonId,
    account: &str,
    at: i64,
) -> Result<(), StoreError> {
    connection
        .prepare_cached(
            "UPDATE people SET account = ?2, account_at = ?3
             WHERE id = ?1 AND (account_at IS NULL OR (account_at, account) < (?3, ?2))",
        )?
        .execute(params![person, account, at])?;
    Ok(())
}

/// Lets a browser's history join a user, once: the first user to claim it keeps it. What arrives of
/// the browser later goes to the same user.
pub(crate) fn join(
    connection: &Connection,
    project: i64,
    anonymous: &str,
    user: PersonId,
    at: i64,
) -> Result<(), StoreError> {
    let browser: Option<(PersonId, Option<PersonId>)> = connection
        .prepare_cached(
            "SELECT id, joined FROM people WHERE project = ?1 AND is_user = 0 AND key = ?2",
        )?
        .query_row((project, anonymous), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let browser = match browser {
        Some((_, Some(_))) => return Ok(()),
        Some((id, None)) => id,
        None => see(connection, project, Who::Anonymous(anonymous), at)?,
    };
    connection
        .prepare_cached("UPDATE people SET joined = ?2 WHERE id = ?1")?
        .execute((browser, user))?;
    connection
        .prepare_cached("UPDATE events SET person = ?2 WHERE person = ?1")?
        .execute((browser, user))?;
    session::hand_over(connection, browser, user)?;
    visit::hand_over(connection, browser, user)?;
    traits::hand_over(connection, browser, user)?;
    let (first_seen, account, account_at): (i64, Option<String>, Option<i64>) = connection
        .prepare_cached("SELECT first_seen, account, account_at FROM people WHERE id = ?1")?
        .query_row([browser], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    connection
        .prepare_cached("UPDATE people SET first_seen = min(first_seen, ?2) WHERE id = ?1")?
        .execute((user, first_seen))?;
    if let (Some(account), Some(account_at)) = (account, account_at) {
        belong(connection, user, &account, account_at)?;
    }
    Ok(())
}
