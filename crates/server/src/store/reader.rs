//! The readers: connections that cannot write, each used by one request at a time.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags};
use tokio::sync::Semaphore;

use crate::store::{StoreError, prepare};

/// So many read at the same time; the others wait.
const MOST_AT_ONCE: usize = 8;

/// A pool of connections that cannot write.
#[derive(Debug)]
pub(crate) struct Readers {
    database: PathBuf,
    idle: Arc<Mutex<Vec<Connection>>>,
    places: Arc<Semaphore>,
}

impl Readers {
    pub(crate) fn new(database: PathBuf) -> Self {
        Self {
            database,
            idle: Arc::default(),
            places: Arc::new(Semaphore::new(MOST_AT_ONCE)),
        }
    }

    /// Has `read` done on another thread; all that it reads is of one moment.
    pub(crate) async fn read<T, F>(&self, read: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        let place = Arc::clone(&self.places)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Closed)?;
        let idle = Arc::clone(&self.idle);
        let database = self.database.clone();
        let task = tokio::task::spawn_blocking(move || {
            let _place = place;
            let spare = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let connection = match spare {
                Some(connection) => connection,
                None => open(&database)?,
            };
            let transaction = connection.unchecked_transaction()?;
            let answer = read(&transaction)?;
            transaction.finish()?;
            idle.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(connection);
            Ok(answer)
        });
        task.await.unwrap_or(Err(StoreError::Panicked))
    }

    /// Closes the connections that rest.
    pub(crate) fn close(&self) {
        self.idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

fn open(database: &PathBuf) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(database, flags)?;
    prepare(&connection)?;
    Ok(connection)
}
