//! People: users, and browsers of which no user is known.

use rusqlite::{Connection, OptionalExtension, params};

use crate::identity::Vouched;
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

/// The rows of someone who was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Whom it counts for: of a browser that a user has claimed, the user.
    pub person: PersonId,
    /// The row of the very ids that were given.
    pub own: PersonId,
    /// Whether it is a browser that a user has claimed, though nobody vouches that it is still theirs.
    /// It counts for itself then, and the user has no part in it.
    pub is_stray: bool,
}

impl Found {
    /// Under which sender the person's milestones are noted. A stray browser reports its milestones
    /// anew; those that the user took over have the same message ids.
    pub(crate) fn milestones(self) -> i64 {
        if self.is_stray { -self.own } else { self.own }
    }
}

/// The rows of someone, if they were ever seen.
pub(crate) fn find(
    connection: &Connection,
    project: i64,
    who: Who<'_>,
    vouched: &Vouched,
) -> Result<Option<Found>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT given.id, given.joined, claimant.key FROM people AS given
         LEFT JOIN people AS claimant ON claimant.id = given.joined
         WHERE given.project = ?1 AND given.is_user = ?2 AND given.key = ?3",
    )?;
    let mut rows = select.query((project, who.is_user(), who.key()))?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    let own = row.get(0)?;
    let claimant: Option<PersonId> = row.get(1)?;
    let Some(claimant) = claimant else {
        return Ok(Some(Found {
            person: own,
            own,
            is_stray: false,
        }));
    };
    let is_stray = !vouched.is_for(row.get_ref(2)?.as_str().unwrap_or_default());
    Ok(Some(Found {
        person: if is_stray { own } else { claimant },
        own,
        is_stray,
    }))
}

/// The rows of someone, made if they are not there; seen at `at`, wall milliseconds.
pub(crate) fn see(
    connection: &Connection,
    project: i64,
    who: Who<'_>,
    vouched: &Vouched,
    at: i64,
) -> Result<Found, StoreError> {
    if let Some(found) = find(connection, project, who, vouched)? {
        connection
            .prepare_cached("UPDATE people SET first_seen = ?2 WHERE id = ?1 AND first_seen > ?2")?
            .execute((found.person, at))?;
        return Ok(found);
    }
    connection
        .prepare_cached(
            "INSERT INTO people (project, is_user, key, first_seen) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((project, who.is_user(), who.key(), at))?;
    let own = connection.last_insert_rowid();
    Ok(Found {
        person: own,
        own,
        is_stray: false,
    })
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
/// the browser later goes to the same user. Answers when the history begins that joined just now, wall
/// milliseconds.
pub(crate) fn join(
    connection: &Connection,
    project: i64,
    anonymous: &str,
    user: PersonId,
    at: i64,
) -> Result<Option<i64>, StoreError> {
    let browser: Option<(PersonId, Option<PersonId>)> = connection
        .prepare_cached(
            "SELECT id, joined FROM people WHERE project = ?1 AND is_user = 0 AND key = ?2",
        )?
        .query_row((project, anonymous), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let browser = match browser {
        Some((_, Some(_))) => return Ok(None),
        Some((id, None)) => id,
        None => {
            let nobody_yet = Who::Anonymous(anonymous);
            see(connection, project, nobody_yet, &Vouched::Nobody, at)?.own
        }
    };
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
    // Nothing of its past stays with the browser.
    connection
        .prepare_cached(
            "UPDATE people SET joined = ?2, first_seen = ?3, account = NULL, account_at = NULL
             WHERE id = ?1",
        )?
        .execute((browser, user, at))?;
    if let (Some(account), Some(account_at)) = (account, account_at) {
        belong(connection, user, &account, account_at)?;
    }
    Ok(Some(first_seen))
}
