//! The tables, and how an older database becomes a current one.

use rusqlite::Connection;

use crate::store::StoreError;

/// Each step brings the database from the version of its index to the next.
const STEPS: [&str; 6] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
];

/// Brings the database to the current version, in one transaction a step.
///
/// # Errors
/// [`StoreError::Newer`] when a newer Headstart has written it; what SQLite says otherwise.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let version: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(version).unwrap_or(usize::MAX);
    if done > STEPS.len() {
        return Err(StoreError::Newer {
            found: done,
            known: STEPS.len(),
        });
    }
    for (next, step) in (1_u32..).zip(STEPS).skip(done) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", next)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
