//! The writer: one thread that owns the only connection that writes.
//!
//! What many requests want to write is gathered into one transaction, because the commit, which
//! waits for the disk, costs about as much for a thousand rows as for one. Each request is answered
//! only after that commit; one that fails is undone by its own savepoint and spoils no other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::store::{StoreError, sweep};

/// A transaction takes no further request once it has so many rows.
const MOST_ROWS: usize = 1_000;
/// How long a transaction stays open for further requests, where several came in at once before.
const GATHER: Duration = Duration::from_millis(2);
/// So many requests may wait.
const MOST_WAITING: usize = 4_096;
/// So many bytes of events may wait.
const MOST_WAITING_BYTES: usize = 128 * 1_024 * 1_024;

/// How much a request asks of the writer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Weight {
    /// Rows it writes, about.
    pub rows: usize,
    /// Bytes it holds in memory while it waits, about.
    pub bytes: usize,
}

/// The writer's handle.
#[derive(Debug)]
pub(crate) struct Writer {
    sender: SyncSender<Command>,
    waiting_bytes: Arc<AtomicUsize>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

enum Command {
    Do(Box<dyn Work>),
    Close,
}

/// One request's part of a transaction.
trait Work: Send {
    fn weight(&self) -> Weight;
    /// Whether it is answered only when nothing is left of what it has deleted.
    fn sweeps(&self) -> bool;
    fn run(&mut self, connection: &Connection);
    /// Called once the transaction is on disk, or known not to be.
    fn answer(self: Box<Self>, committed: Result<(), StoreError>);
}

struct Request<T, F, A> {
    weight: Weight,
    sweeps: bool,
    write: Option<F>,
    written: Option<Result<T, StoreError>>,
    after: A,
    reply: oneshot::Sender<Result<T, StoreError>>,
}

impl Writer {
    /// Starts the thread.
    pub(crate) fn start(connection: Connection) -> Result<Self, StoreError> {
        let (sender, receiver) = sync_channel(MOST_WAITING);
        let waiting_bytes = Arc::new(AtomicUsize::new(0));
        let bytes = Arc::clone(&waiting_bytes);
        let thread = std::thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || run(&connection, &receiver, &bytes))
            .map_err(|error| StoreError::Thread(error.to_string()))?;
        Ok(Self {
            sender,
            waiting_bytes,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Has `write` done in a transaction and answers when that is on disk. It takes its place in the
    /// queue at once, not only when the answer is awaited. `after` is called on the writer's thread
    /// right after the commit, in the order of the commits.
    pub(crate) fn write<T, F, A>(
        &self,
        weight: Weight,
        write: F,
        after: A,
    ) -> impl Future<Output = Result<T, StoreError>> + Send + use<T, F, A>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
        A: FnOnce(&T) + Send + 'static,
    {
        self.request(weight, false, write, after)
    }

    /// As [`Writer::write`]; answers when nothing of what was deleted is left in the files either.
    pub(crate) fn write_and_sweep<T, F>(
        &self,
        write: F,
    ) -> impl Future<Output = Result<T, StoreError>> + Send + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        self.request(Weight::default(), true, write, |_| ())
    }

    fn request<T, F, A>(
        &self,
        weight: Weight,
        sweeps: bool,
        write: F,
        after: A,
    ) -> impl Future<Output = Result<T, StoreError>> + Send + use<T, F, A>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
        A: FnOnce(&T) + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let queued = self.queue(
            weight,
            Box::new(Request {
                weight,
                sweeps,
                write: Some(write),
                written: None,
                after,
                reply,
            }),
        );
        async move {
            queued?;
            answer.await.unwrap_or(Err(StoreError::Closed))
        }
    }

    fn queue(&self, weight: Weight, work: Box<dyn Work>) -> Result<(), StoreError> {
        if self.waiting_bytes.load(Ordering::Relaxed) > MOST_WAITING_BYTES {
            return Err(StoreError::Overloaded);
        }
        self.waiting_bytes
            .fetch_add(weight.bytes, Ordering::Relaxed);
        if let Err(error) = self.sender.try_send(Command::Do(work)) {
            self.waiting_bytes
                .fetch_sub(weight.bytes, Ordering::Relaxed);
            return Err(match error {
                TrySendError::Full(_) => StoreError::Overloaded,
                TrySendError::Disconnected(_) => StoreError::Closed,
            });
        }
        metrics::gauge!("headstart_writer_waiting").increment(1);
        Ok(())
    }

    /// Writes what still waits, folds the log into the database, and ends the thread.
    pub(crate) fn close(&self) {
        let thread = self
            .thread
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(thread) = thread {
            // A full queue is being emptied, so this waits but a moment; a dead one needs no close.
            let _ = self.sender.send(Command::Close);
            let _ = thread.join();
        }
    }
}

impl<T, F, A> Work for Request<T, F, A>
where
    T: Send,
    F: FnOnce(&Connection) -> Result<T, StoreError> + Send,
    A: FnOnce(&T) + Send,
{
    fn weight(&self) -> Weight {
        self.weight
    }

    fn sweeps(&self) -> bool {
        self.sweeps
    }

    fn run(&mut self, connection: &Connection) {
        let Some(write) = self.write.take() else {
            return;
        };
        let written = in_savepoint(connection, || {
            catch_unwind(AssertUnwindSafe(|| write(connection)))
                .unwrap_or(Err(StoreError::Panicked))
        });
        self.written = Some(written);
    }

    fn answer(self: Box<Self>, committed: Result<(), StoreError>) {
        let written = self.written.unwrap_or(Err(StoreError::Closed));
        let answer = committed.and(written);
        if let Ok(answer) = &answer {
            (self.after)(answer);
        }
        // Whoever asked may have gone; what is written stays written.
        let _ = self.reply.send(answer);
    }
}

fn in_savepoint<T>(
    connection: &Connection,
    write: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    connection
        .prepare_cached("SAVEPOINT request")?
        .execute([])?;
    let written = write();
    if written.is_err() {
        connection
            .prepare_cached("ROLLBACK TO request")?
            .execute([])?;
    }
    connection.prepare_cached("RELEASE request")?.execute([])?;
    written
}

fn run(connection: &Connection, receiver: &Receiver<Command>, waiting_bytes: &AtomicUsize) {
    let mut open = true;
    let mut patience = Duration::ZERO;
    while open {
        let Ok(Command::Do(first)) = receiver.recv() else {
            break;
        };
        let mut works = vec![first];
        let committed = match connection.execute_batch("BEGIN IMMEDIATE") {
            Ok(()) => {
                open = gather(connection, receiver, &mut works, patience);
                commit(connection)
            }
            Err(error) => Err(error),
        };
        let committed = committed.map_err(|error| {
            tracing::error!(%error, "the database cannot be written to");
            StoreError::Commit(error.to_string())
        });
        // Alone, waiting for company only costs time.
        patience = if works.len() > 1 {
            GATHER
        } else {
            Duration::ZERO
        };
        let answer = |work: Box<dyn Work>, done: &Result<(), StoreError>| {
            waiting_bytes.fetch_sub(work.weight().bytes, Ordering::Relaxed);
            metrics::gauge!("headstart_writer_waiting").decrement(1);
            work.answer(done.clone());
        };
        let (sweeping, others): (Vec<_>, Vec<_>) =
            works.into_iter().partition(|work| work.sweeps());
        for work in others {
            answer(work, &committed);
        }
        if !sweeping.is_empty() {
            let swept = committed.and_then(|()| sweep::sweep(connection));
            for work in sweeping {
                answer(work, &swept);
            }
        }
    }
    // Where a reader still holds the log, it is folded in at the next start.
    if let Err(error) = connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)") {
        tracing::debug!(%error, "the log was not folded into the database");
    }
}

/// Runs the first of `works` in the open transaction, and what comes in meanwhile. Answers whether
/// the queue is still open.
fn gather(
    connection: &Connection,
    receiver: &Receiver<Command>,
    works: &mut Vec<Box<dyn Work>>,
    patience: Duration,
) -> bool {
    let until = Instant::now() + patience;
    let mut rows = 0;
    while let Some(work) = works.last_mut() {
        work.run(connection);
        rows += work.weight().rows.max(1);
        // A full disk makes SQLite undo the whole transaction by itself; the commit says so then.
        if rows >= MOST_ROWS || connection.is_autocommit() {
            break;
        }
        match receiver.recv_timeout(until.saturating_duration_since(Instant::now())) {
            Ok(Command::Do(work)) => works.push(work),
            Err(RecvTimeoutError::Timeout) => break,
            Ok(Command::Close) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a few thousand rows")]
    metrics::histogram!("headstart_commit_rows").record(rows as f64);
    true
}

/// When this answers `Ok`, the transaction is on disk.
fn commit(connection: &Connection) -> rusqlite::Result<()> {
    let began = Instant::now();
    let committed = connection.execute_batch("COMMIT");
    if committed.is_err() {
        // SQLite may have undone it by itself already.
        let _ = connection.execute_batch("ROLLBACK");
    }
    metrics::histogram!("headstart_commit_seconds").record(began.elapsed().as_secs_f64());
    committed
}

#[cfg(test)]
mod tests;
