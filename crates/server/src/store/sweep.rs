//! Sweeping: seeing to it that of what was erased not a byte stays in the files.
//!
//! A deleted row is overwritten at once (`secure_delete`). That does not reach the copies which SQLite
//! leaves in unused parts of pages when it moves rows from one to another, nor the pages in the log. So
//! the database is written anew from what is still in it (`VACUUM`), and the log is emptied. Writes wait
//! meanwhile; erasures that come in together share one sweep.
//!
//! Source: the SQLite documentation, "PRAGMA `secure_delete`", "VACUUM", "PRAGMA `wal_checkpoint`".

use rusqlite::Connection;

use crate::store::StoreError;

/// Notes, in the transaction that erases, that a sweep is due. It stays due until it is done, also
/// where the process ends in between.
pub(crate) fn owe(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("UPDATE projects SET owes_sweep = 1", [])?;
    Ok(())
}

/// Sweeps, if it is due. Not within a transaction.
///
/// # Errors
/// [`StoreError::Unswept`] when something stands in the way; it stays due then.
pub(crate) fn sweep(connection: &Connection) -> Result<(), StoreError> {
    let due: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM projects WHERE owes_sweep)",
        [],
        |row| row.get(0),
    )?;
    if !due {
        return Ok(());
    }
    // The copy that it makes does not have to fit into memory.
    connection.pragma_update(None, "temp_store", "FILE")?;
    let written = connection.execute_batch("VACUUM");
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    written.map_err(|error| StoreError::Unswept(error.to_string()))?;
    empty_log(connection)?;
    connection.execute("UPDATE projects SET owes_sweep = 0", [])?;
    Ok(())
}

/// Folds the log into the database and cuts it to nothing. Waits for readers, as long as the connection
/// waits for anything.
fn empty_log(connection: &Connection) -> Result<(), StoreError> {
    let busy: bool =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy {
        return Err(StoreError::Unswept(
            "a long read holds on to the log".to_owned(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
