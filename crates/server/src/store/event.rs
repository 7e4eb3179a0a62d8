//! One row of the events.

use rusqlite::{Connection, params};

use crate::store::StoreError;
use crate::store::people::PersonId;

/// Among whose events a message id must be new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NewTo {
    /// All of the project's.
    Project,
    /// The sender's own.
    Sender,
}

/// An event on its way into the table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row<'a> {
    pub project: i64,
    pub message_id: &'a str,
    /// The row of the ids that were sent; see the column.
    pub sender: i64,
    pub kind: &'static str,
    pub name: &'a str,
    pub person: PersonId,
    pub user: Option<&'a str>,
    pub anonymous: Option<&'a str>,
    pub account: Option<&'a str>,
    pub session: Option<&'a str>,
    pub content: Option<&'a str>,
    pub task: Option<&'a str>,
    pub at: i64,
    pub received_at: i64,
    pub properties: &'a str,
    pub context: &'a str,
}

impl Row<'_> {
    /// Inserts it; `false` if its message id was counted before.
    pub(crate) fn insert(
        &self,
        connection: &Connection,
        new_to: NewTo,
    ) -> Result<bool, StoreError> {
        // Asked beforehand: in the same statement, SQLite would first copy the row into a table of its
        // own.
        if new_to == NewTo::Project && self.is_counted(connection)? {
            return Ok(false);
        }
        let inserted = connection
            .prepare_cached(
                "INSERT INTO events (project, message_id, kind, name, person, user_id, \
                 anonymous_id, account, session_id, content_id, task_id, at, received_at, \
                 properties, context, sender)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
                 ON CONFLICT (project, message_id, sender) DO NOTHING",
            )?
            .execute(params![
                self.project,
                self.message_id,
                self.kind,
                self.name,
                self.person,
                self.user,
                self.anonymous,
                self.account,
                self.session,
                self.content,
                self.task,
                self.at,
                self.received_at,
                self.properties,
                self.context,
                self.sender,
            ])?;
        Ok(inserted > 0)
    }

    /// Whether its message id was counted before, whoever sent it.
    fn is_counted(&self, connection: &Connection) -> Result<bool, StoreError> {
        let is_counted = connection
            .prepare_cached("SELECT 1 FROM events WHERE project = ?1 AND message_id = ?2")?
            .exists((self.project, self.message_id))?;
        Ok(is_counted)
    }

    /// Of a milestone that was counted before the earliest report stays; of two at the same moment the
    /// lesser, so that it does not matter which comes first. Answers whether this one took its place.
    pub(crate) fn bring_forward(&self, connection: &Connection) -> Result<bool, StoreError> {
        let moved = connection
            .prepare_cached(
                "UPDATE events SET at = ?7, received_at = ?8, account = ?9, session_id = ?10,
                   properties = ?11, context = ?12
                 WHERE project = ?1 AND message_id = ?2 AND sender = ?3 AND name = ?4
                   AND content_id IS ?5 AND task_id IS ?6 AND (at, properties) > (?7, ?11)",
            )?
            .execute(params![
                self.project,
                self.message_id,
                self.sender,
                self.name,
                self.content,
                self.task,
                self.at,
                self.received_at,
                self.account,
                self.session,
                self.properties,
                self.context,
            ])?;
        Ok(moved > 0)
    }
}
