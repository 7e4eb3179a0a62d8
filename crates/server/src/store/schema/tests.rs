use rusqlite::Connection;

use super::{STEPS, migrate};
use crate::store::{content, settings};

/// A database of an earlier version, with people and events in it.
fn at_version(version: u32, rows: &str) -> Connection {
    let connection = Connection::open_in_memory().expect("a database");
    for step in STEPS.iter().take(version as usize) {
        connection.execute_batch(step).expect("SQL");
    }
    connection.execute_batch(rows).expect("SQL");
    connection
        .pragma_update(None, "user_version", version)
        .expect("a version");
    connection
}

fn rows(connection: &Connection, sql: &str) -> Vec<String> {
    let mut select = connection.prepare(sql).expect("SQL");
    let rows = select.query_map([], |row| row.get(0)).expect("rows");
    rows.collect::<Result<_, _>>().expect("texts")
}

const AT_1: &str = "
  INSERT INTO projects (id, name, write_key, secret_key) VALUES (1, 'default', 'wk', 'sk');
  INSERT INTO people (id, project, is_user, key, joined, first_seen, account, account_at) VALUES
    (1, 1, 0, 'browser-1', 2, 0, 'acme', 0),
    (2, 1, 1, 'user-1', NULL, 0, 'acme', 0),
    (3, 1, 0, 'user-1', NULL, 0, 'acme', 0);
  INSERT INTO events (project, message_id, kind, name, person, user_id, anonymous_id, at,
    received_at, properties, context) VALUES
    (1, 'before', 'track', 'E', 2, NULL, 'browser-1', 0, 0, '{}', '{}'),
    (1, 'after', 'track', 'E', 2, 'user-1', 'browser-1', 0, 0, '{}', '{}'),
    (1, 'alike', 'track', 'E', 3, NULL, 'user-1', 0, 0, '{}', '{}');
";

#[test]
fn events_from_before_there_were_senders_get_theirs() {
    let mut connection = at_version(1, AT_1);
    migrate(&mut connection).expect("it is brought up to date");
    assert_eq!(
        rows(
            &connection,
            "SELECT message_id || ' ' || sender FROM events ORDER BY seq"
        ),
        ["before 1", "after 2", "alike 3"]
    );
    assert_eq!(
        rows(
            &connection,
            "SELECT key || ' ' || is_user FROM people WHERE account IS NOT NULL"
        ),
        ["user-1 1", "user-1 0"],
        "what was claimed keeps nothing"
    );
    assert_eq!(
        rows(&connection, "SELECT identity_mode FROM projects"),
        ["off"]
    );
}

#[test]
fn a_database_of_any_version_comes_to_have_the_same_tables() {
    let tables = |mut connection: Connection| {
        migrate(&mut connection).expect("it is brought up to date");
        migrate(&mut connection).expect("nothing is left to do");
        rows(
            &connection,
            "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name",
        )
    };
    let new = tables(at_version(0, ""));
    assert!(new.len() > 10);
    for version in 1..=STEPS.len() {
        let version = u32::try_from(version).expect("a few");
        assert_eq!(tables(at_version(version, "")), new, "{version}");
    }
}

#[test]
fn tabs_from_before_tasks_were_told_were_on_none() {
    let rows_of_old = "
      INSERT INTO session_tabs (project, session_id, tab_id, engaged_ms) VALUES (1, 's', 't', 7);
    ";
    let mut connection = at_version(1, rows_of_old);
    migrate(&mut connection).expect("it is brought up to date");
    assert_eq!(
        rows(
            &connection,
            "SELECT engaged_ms || ' ' || coalesce(task_id, 'none') FROM session_tabs"
        ),
        ["7 none"]
    );
}

#[test]
fn of_drafts_from_before_sources_were_kept_the_document_is_the_source() {
    let rows_of_old = r#"
      INSERT INTO projects (id, name, write_key, secret_key) VALUES (1, 'default', 'wk', 'sk');
      INSERT INTO drafts (project, id, document, pushed_at) VALUES
        (1, 'm', '{"id":"m","kind":"modal","title":"M"}', 7);
    "#;
    let mut connection = at_version(3, rows_of_old);
    migrate(&mut connection).expect("it is brought up to date");
    let list = content::list(&connection, 1).expect("drafts");
    assert_eq!(
        list[0].draft.get(),
        r#"{"id":"m","kind":"modal","title":"M"}"#
    );
    let begins_with = settings::load(&connection, 1).expect("settings");
    assert_eq!(begins_with, crate::settings::defaults());
}
