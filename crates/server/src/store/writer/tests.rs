use std::sync::mpsc;
use std::time::Duration;

use rusqlite::Connection;

use super::{MOST_WAITING_BYTES, Weight, Writer};
use crate::store::StoreError;

fn writer() -> (tempfile::TempDir, Writer) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let connection = Connection::open(folder.path().join("test.db")).expect("a database");
    connection
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE numbers (number INTEGER UNIQUE)")
        .expect("a table");
    connection
        .busy_timeout(Duration::from_millis(20))
        .expect("an option");
    (folder, Writer::start(connection).expect("a thread"))
}

fn numbers(folder: &tempfile::TempDir) -> Vec<i64> {
    let connection = Connection::open(folder.path().join("test.db")).expect("a database");
    let mut select = connection
        .prepare("SELECT number FROM numbers ORDER BY number")
        .expect("SQL");
    let numbers = select.query_map([], |row| row.get(0)).expect("rows");
    numbers.collect::<Result<_, _>>().expect("numbers")
}

fn insert(number: i64) -> impl FnOnce(&Connection) -> Result<usize, StoreError> + Send + 'static {
    move |connection| Ok(connection.execute("INSERT INTO numbers VALUES (?1)", [number])?)
}

/// Holds the writer in the middle of a transaction until the answer is dropped.
fn hold(writer: &Writer) -> mpsc::Sender<()> {
    let (hold, end) = mpsc::channel();
    let (began, begins) = mpsc::channel();
    drop(writer.write(
        Weight::default(),
        move |_| {
            let _ = began.send(());
            let _ = end.recv();
            Ok(())
        },
        |()| (),
    ));
    begins.recv().expect("the writer runs");
    hold
}

#[tokio::test]
async fn a_request_is_answered_when_others_can_see_what_it_wrote() {
    let (folder, writer) = writer();
    for number in 1..=3 {
        let written = writer.write(Weight::default(), insert(number), |_| ());
        assert_eq!(written.await.expect("written"), 1);
        assert_eq!(numbers(&folder).last(), Some(&number));
    }
}

#[tokio::test]
async fn requests_that_wait_share_a_transaction() {
    let (folder, writer) = writer();
    let held = hold(&writer);
    let waiting: Vec<_> = (1..=50)
        .map(|number| writer.write(Weight::default(), insert(number), |_| ()))
        .collect();
    let path = folder.path().join("test.db");
    let seen_by_others = writer.write(
        Weight::default(),
        move |_| {
            let other = Connection::open(path)?;
            Ok(other.query_row("SELECT count(*) FROM numbers", [], |row| {
                row.get::<_, i64>(0)
            })?)
        },
        |_| (),
    );
    drop(held);
    for request in waiting {
        assert!(request.await.is_ok());
    }
    // The last of them ran before the first was on disk.
    assert_eq!(seen_by_others.await.expect("a count"), 0);
    assert_eq!(numbers(&folder).len(), 50);
}

#[tokio::test]
async fn a_request_that_fails_is_undone_and_spoils_no_other() {
    let (folder, writer) = writer();
    let held = hold(&writer);
    let first = writer.write(Weight::default(), insert(1), |_| ());
    let twice = writer.write(
        Weight::default(),
        |connection| {
            insert(2)(connection)?;
            insert(1)(connection)
        },
        |_| (),
    );
    let last = writer.write(Weight::default(), insert(3), |_| ());
    drop(held);
    assert!(first.await.is_ok());
    assert!(matches!(twice.await, Err(StoreError::Sqlite(_))));
    assert!(last.await.is_ok());
    assert_eq!(numbers(&folder), [1, 3]);
}

#[tokio::test]
async fn a_request_that_panics_does_not_end_the_writer() {
    let (folder, writer) = writer();
    let panics = writer.write(
        Weight::default(),
        |connection| -> Result<usize, StoreError> {
            insert(1)(connection)?;
            panic!("for the test");
        },
        |_| (),
    );
    assert!(matches!(panics.await, Err(StoreError::Panicked)));
    let next = writer.write(Weight::default(), insert(2), |_| ());
    assert!(next.await.is_ok());
    assert_eq!(numbers(&folder), [2]);
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_is_written_all_the_same() {
    let (folder, writer) = writer();
    drop(writer.write(Weight::default(), insert(1), |_| ()));
    writer.close();
    assert_eq!(numbers(&folder), [1]);
}

#[tokio::test]
async fn closing_writes_what_waits_and_refuses_the_rest() {
    let (folder, writer) = writer();
    let waiting: Vec<_> = (1..=20)
        .map(|number| writer.write(Weight::default(), insert(number), |_| ()))
        .collect();
    writer.close();
    for request in waiting {
        assert!(request.await.is_ok());
    }
    assert_eq!(numbers(&folder).len(), 20);
    let late = writer.write(Weight::default(), insert(21), |_| ());
    assert!(matches!(late.await, Err(StoreError::Closed)));
    let log = std::fs::metadata(folder.path().join("test.db-wal"));
    assert!(log.map_or(0, |log| log.len()) == 0, "the log is folded in");
}

#[tokio::test]
async fn more_than_fits_into_memory_is_refused_and_taken_again_later() {
    let (folder, writer) = writer();
    let held = hold(&writer);
    let heavy = Weight {
        rows: 1,
        bytes: MOST_WAITING_BYTES + 1,
    };
    let first = writer.write(heavy, insert(1), |_| ());
    let second = writer.write(Weight::default(), insert(2), |_| ());
    assert!(matches!(second.await, Err(StoreError::Overloaded)));
    drop(held);
    assert!(first.await.is_ok());
    let third = writer.write(Weight::default(), insert(3), |_| ());
    assert!(third.await.is_ok());
    assert_eq!(numbers(&folder), [1, 3]);
}

#[tokio::test]
async fn while_the_database_is_locked_requests_fail_and_then_go_on() {
    let (folder, writer) = writer();
    let other = Connection::open(folder.path().join("test.db")).expect("a database");
    other.execute_batch("BEGIN IMMEDIATE").expect("the lock");
    let locked = writer.write(Weight::default(), insert(1), |_| ());
    assert!(matches!(locked.await, Err(StoreError::Commit(_))));
    other.execute_batch("COMMIT").expect("no lock");
    let free = writer.write(Weight::default(), insert(2), |_| ());
    assert!(free.await.is_ok());
    assert_eq!(numbers(&folder), [2]);
}

#[tokio::test]
async fn a_sweep_that_is_held_up_is_told_to_those_who_wait_for_it_and_to_no_other() {
    let (folder, writer) = writer();
    let other = Connection::open(folder.path().join("test.db")).expect("a database");
    other
        .execute_batch(
            "CREATE TABLE projects (owes_sweep INTEGER); INSERT INTO projects VALUES (1);
             BEGIN; SELECT * FROM projects;",
        )
        .expect("a read");
    let held = hold(&writer);
    let swept = writer.write_and_sweep(insert(1));
    let plain = writer.write(Weight::default(), insert(2), |_| ());
    drop(held);
    assert!(plain.await.is_ok());
    assert!(matches!(swept.await, Err(StoreError::Unswept(_))));
    assert_eq!(numbers(&folder), [1, 2], "it is deleted all the same");
    other.execute_batch("COMMIT").expect("no read");
    assert!(writer.write_and_sweep(insert(3)).await.is_ok());
}
