use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;

use super::{owe, sweep};
use crate::store::folder::Folder;
use crate::store::{Store, StoreError, connect};

fn database() -> (TempDir, Connection) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let connection = connect(&Folder::open(folder.path()).expect("a folder")).expect("a database");
    connection
        .busy_timeout(Duration::from_millis(20))
        .expect("an option");
    connection
        .execute_batch(
            "INSERT INTO projects (id, name, write_key, secret_key) VALUES (1, 'p', 'w', 's');
             INSERT INTO people (id, project, is_user, key, first_seen)
             VALUES (1, 1, 1, 'somebody-to-erase', 0);",
        )
        .expect("rows");
    (folder, connection)
}

/// Deletes as a version would that overwrites nothing.
fn delete(connection: &Connection) {
    connection
        .execute_batch(
            "PRAGMA secure_delete = OFF; PRAGMA wal_checkpoint(TRUNCATE); DELETE FROM people;",
        )
        .expect("it is deleted");
    owe(connection).expect("it is noted");
}

fn found(folder: &TempDir) -> bool {
    let files = std::fs::read_dir(folder.path()).expect("a folder");
    let needle = b"somebody-to-erase";
    files
        .map(|file| std::fs::read(file.expect("a file").path()).expect("it can be read"))
        .any(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
}

#[test]
fn what_is_deleted_is_overwritten_at_once() {
    let (folder, connection) = database();
    connection
        .execute_batch("DELETE FROM people; PRAGMA wal_checkpoint(TRUNCATE);")
        .expect("it is deleted");
    assert!(!found(&folder));
}

#[test]
fn what_was_deleted_is_in_no_file_any_more() {
    let (folder, connection) = database();
    delete(&connection);
    assert!(found(&folder), "deleting alone leaves it there");
    sweep(&connection).expect("swept");
    assert!(!found(&folder));
}

#[test]
fn without_anything_erased_nothing_is_swept() {
    let (folder, connection) = database();
    delete(&connection);
    connection
        .execute("UPDATE projects SET owes_sweep = 0", [])
        .expect("it is noted");
    sweep(&connection).expect("nothing to do");
    assert!(found(&folder));
}

#[test]
fn while_a_reader_holds_the_log_the_sweep_stays_due() {
    let (folder, connection) = database();
    let reader = Connection::open(folder.path().join("headstart.db")).expect("a database");
    reader
        .execute_batch("BEGIN; SELECT * FROM people")
        .expect("a read");
    delete(&connection);
    for _ in 0..2 {
        assert!(matches!(sweep(&connection), Err(StoreError::Unswept(_))));
        assert!(found(&folder));
    }
    reader.execute_batch("COMMIT").expect("no read");
    sweep(&connection).expect("swept");
    assert!(!found(&folder));
}

#[test]
fn a_sweep_that_a_crash_came_before_is_made_up_for_at_the_next_start() {
    let (folder, connection) = database();
    delete(&connection);
    drop(connection);
    assert!(found(&folder));
    let store = Store::open(folder.path()).expect("a data folder");
    assert!(!found(&folder));
    store.close();
}
