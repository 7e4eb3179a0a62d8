//! The store: one SQLite database in the data folder, one thread that writes, several that read.
//!
//! A write is answered only after the commit that puts it on disk (write-ahead log,
//! `synchronous=FULL`).

pub(crate) mod activation;
pub mod content;
pub(crate) mod content_metrics;
pub(crate) mod erase;
pub(crate) mod event;
pub(crate) mod folder;
pub(crate) mod history;
pub(crate) mod identity;
pub(crate) mod ingest;
pub(crate) mod known;
pub(crate) mod people;
pub(crate) mod project;
pub(crate) mod reader;
pub(crate) mod schema;
pub(crate) mod session;
pub(crate) mod session_ends;
pub(crate) mod session_metrics;
pub(crate) mod settings;
pub(crate) mod settle;
pub(crate) mod sweep;
pub(crate) mod targets;
pub(crate) mod tasks;
pub(crate) mod traits;
pub(crate) mod visit;
pub(crate) mod writer;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use rusqlite::Connection;

use crate::identity::{Caller, Counted};

pub use self::activation::ActivationMetrics;
pub use self::content_metrics::{ContentMetrics, StepMetrics};
pub use self::erase::Erased;
pub use self::ingest::Stored;
pub use self::project::{Keys, Project};
pub use self::session_ends::SessionEnd;
pub use self::session_metrics::{Distribution, SessionMetrics};
pub use self::targets::MissingTarget;
pub use self::tasks::TaskMetrics;
pub use self::writer::Weight;

use self::folder::{Claim, Folder};
use self::reader::Readers;
use self::writer::Writer;

/// What can go wrong with the store.
#[derive(Clone, Debug, thiserror::Error)]
pub enum StoreError {
    /// Something of the data folder cannot be made, read or locked.
    #[error("{path}: {problem}; {remedy}")]
    Folder {
        /// Which file or folder.
        path: String,
        /// What is wrong with it.
        problem: String,
        /// What to do about it.
        remedy: &'static str,
    },
    /// The database is of a later version.
    #[error(
        "the database was written by a newer Headstart (its schema is {found}, this one knows up to \
         {known}); start that version again, or restore an older copy of the data folder"
    )]
    Newer {
        /// The database's version.
        found: usize,
        /// The latest that is known here.
        known: usize,
    },
    /// Too much is waiting to be written.
    #[error("too much is waiting to be written; send it again in a moment")]
    Overloaded,
    /// The store is shutting down.
    #[error("the collector is shutting down; send it again in a moment")]
    Closed,
    /// The disk did not take it.
    #[error("the database cannot be written to ({0}); see to the disk's space and permissions")]
    Commit(String),
    /// A request broke off.
    #[error("the request broke off by a mistake of Headstart's own; please report it")]
    Panicked,
    /// The writer's thread could not be started.
    #[error("cannot start the writer's thread ({0})")]
    Thread(String),
    /// Content that was never pushed cannot be published.
    #[error("there is no content `{id}`; push it first with `headstart content push FILE`")]
    NoDraft {
        /// Which.
        id: String,
        /// Its place among those asked for.
        index: usize,
    },
    /// There is no version of it at all.
    #[error(
        "no content `{id}` was ever published, so there is nothing to go back to; compare the id with \
         that in your files, or publish it with `headstart content publish {id}`"
    )]
    NeverPublished {
        /// The content.
        id: String,
    },
    /// There is no such version, or none before the one that users have.
    #[error("{}; {}", no_version(id, *wanted), other_versions(*latest))]
    NoVersion {
        /// The content.
        id: String,
        /// Which one was asked for, unless it was the one before.
        wanted: Option<u32>,
        /// The latest there is.
        latest: u32,
    },
    /// Two secrets are live already.
    #[error(
        "two identity secrets are live already; sign with the newer one, wait until the older is not \
         used any more, and remove that with `headstart identity secret remove ID`"
    )]
    TwoSecrets,
    /// Nothing could be signed.
    #[error(
        "there is no identity secret, so every user would be refused; make one with `headstart \
         identity secret add`, sign with it, and observe first"
    )]
    NoSecret,
    /// Nothing could be signed any more.
    #[error(
        "this is the only identity secret while identity is enforced, so every user would be refused; \
         make another first with `headstart identity secret add`, or `headstart identity mode \
         observe`"
    )]
    LastSecret,
    /// There is no such secret.
    #[error(
        "there is no identity secret {id}; `headstart identity show` lists those that are live"
    )]
    NoSuchSecret {
        /// Its id.
        id: i64,
    },
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random bytes ({0}); try again")]
    Randomness(String),
    /// Nobody of that user id is there.
    #[error(
        "there is no user `{id}`: ids are compared letter by letter; a browser of which no user is \
         known is erased by its anonymous id (`?anonymous=true`, `headstart erase --anonymous ID`)"
    )]
    NoSuchUser {
        /// The id.
        id: String,
    },
    /// No browser of that anonymous id is there.
    #[error(
        "there is no browser `{id}`: ids are compared letter by letter; a user is erased by the user \
         id, without `anonymous`"
    )]
    NoSuchBrowser {
        /// The id.
        id: String,
    },
    /// The browser's history is part of a user's.
    #[error(
        "the browser `{id}` has joined the user `{user}`; erase that user, and it goes as well"
    )]
    BrowserOfUser {
        /// The browser's id.
        id: String,
        /// The user's.
        user: String,
    },
    /// What was erased may still have bytes in the files.
    #[error(
        "whoever was erased is in no table any more, but bytes of them may still be in the data \
         folder's files ({0}); ask again, with enough free space there and in the folder for \
         temporary files, or restart the collector, which tries it again"
    )]
    Unswept(String),
    /// What SQLite says.
    #[error("the database answers: {0}")]
    Sqlite(Arc<rusqlite::Error>),
    /// What is stored is not what was stored.
    #[error("the database holds {what} that cannot be read ({problem})")]
    Unreadable {
        /// What.
        what: &'static str,
        /// Why not.
        problem: String,
    },
}

fn no_version(id: &str, wanted: Option<u32>) -> String {
    match wanted {
        Some(version) => format!("there is no version {version} of `{id}`"),
        None => format!("`{id}` has no version before the one that users have"),
    }
}

fn other_versions(latest: u32) -> String {
    match latest {
        1 => "there is only one: push and publish a correction instead".to_owned(),
        _ => format!("name one of 1 to {latest}"),
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(Arc::new(error))
    }
}

/// The store of a running collector.
#[derive(Debug)]
pub struct Store {
    writer: Writer,
    readers: Readers,
    project: Arc<Project>,
    #[expect(dead_code, reason = "held, not read")]
    claim: Claim,
}

impl Store {
    /// Opens the data folder, makes what is missing in it, and starts the writer. Must not be held
    /// by another collector.
    ///
    /// # Errors
    /// [`StoreError`] when the folder or the database cannot be used.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let folder = Folder::open(path)?;
        let claim = folder.claim()?;
        let connection = connect(&folder)?;
        if let Err(error) = sweep::sweep(&connection) {
            tracing::error!(%error, "an erasure is not complete");
        }
        let project = Arc::new(Project::load(&connection)?);
        Ok(Self {
            writer: Writer::start(connection)?,
            readers: Readers::new(folder.database()),
            project,
            claim,
        })
    }

    /// The project whose events and content these are.
    pub fn project(&self) -> &Arc<Project> {
        &self.project
    }

    /// Has `write` done by the writer, in the order of the calls; answers when it is on disk.
    pub(crate) fn write<T, F>(
        &self,
        weight: Weight,
        write: F,
    ) -> impl Future<Output = Result<T, StoreError>> + Send + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.writer.write(weight, write, |_| ())
    }

    /// Has `erase` done by the writer; answers when it is on disk, and nothing of what was erased is
    /// in the files any more.
    pub(crate) async fn erase<F>(&self, erase: F) -> Result<Erased, StoreError>
    where
        F: FnOnce(&Connection, i64) -> Result<Erased, StoreError> + Send + 'static,
    {
        let project = self.project.id;
        self.writer
            .write_and_sweep(move |connection| erase(connection, project))
            .await
    }

    /// As [`Store::write`]; `after` is called right after the commit, in the order of commits.
    pub(crate) async fn write_then<T, F, A>(&self, write: F, after: A) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
        A: FnOnce(&T) + Send + 'static,
    {
        self.writer.write(Weight::default(), write, after).await
    }

    /// Has `read` done by a reader; all that it reads is of one moment.
    pub(crate) async fn read<T, F>(&self, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.readers.read(read).await
    }

    /// Counts how much of a request was signed. It goes to disk now and then, and nobody waits for it.
    pub(crate) fn note_caller(&self, caller: &Caller, now: i64) {
        let (traffic, secret) = caller.counted();
        let due = self.project.identity.tally().count(traffic, secret, now);
        if let Some(counted) = due {
            // What is lost of it is lost.
            drop(self.write_counted(counted));
        }
    }

    /// Writes down all that was counted.
    pub(crate) fn write_counted(
        &self,
        counted: Counted,
    ) -> impl Future<Output = Result<(), StoreError>> + Send + use<> {
        let project = self.project.id;
        self.write(Weight::default(), move |connection| {
            identity::add_counted(connection, project, &counted)
        })
    }

    /// Whether the database takes a write right now.
    ///
    /// # Errors
    /// [`StoreError`] when it does not.
    pub async fn probe(&self, now: i64) -> Result<(), StoreError> {
        self.write(Weight::default(), move |connection| {
            connection.execute("UPDATE projects SET probed_at = ?1", [now])?;
            Ok(())
        })
        .await
    }

    /// Writes what waits and folds the log into the database. Later writes are refused.
    pub fn close(&self) {
        drop(self.write_counted(self.project.identity.tally().take()));
        self.readers.close();
        self.writer.close();
    }
}

/// The keys of the project in a data folder, which is made if it is not there. A collector may be
/// running on it.
///
/// # Errors
/// [`StoreError`] when the folder or the database cannot be used.
pub fn keys(path: &Path) -> Result<Keys, StoreError> {
    let folder = Folder::open(path)?;
    let connection = connect(&folder)?;
    Ok(Project::load(&connection)?.keys)
}

/// Opens the database for writing, with its tables as they are now.
fn connect(folder: &Folder) -> Result<Connection, StoreError> {
    let mut connection = Connection::open(folder.database())?;
    prepare(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // What is deleted or replaced is overwritten at once.
    connection.pragma_update(None, "secure_delete", "ON")?;
    schema::migrate(&mut connection)?;
    folder.close_to_others()?;
    Ok(connection)
}

/// What every connection needs.
fn prepare(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    // Negative: kibibytes.
    connection.pragma_update(None, "cache_size", -32_768)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}
