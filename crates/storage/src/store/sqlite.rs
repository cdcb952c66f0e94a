//! SQLite: one writer whom all wait for together, and many readers.

use std::{
    collections::BTreeSet,
    panic::AssertUnwindSafe,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use futures_util::FutureExt as _;
use rusqlite::Connection;
use sqlx::{
    Connection as _, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use sync_wrapper::SyncWrapper;
use tokio::{
    runtime::Handle,
    sync::{broadcast, mpsc, oneshot},
};

use super::{
    Inner, Pool, ReadTx, Wake, WriteTx,
    unit::{Failed, Value, Work},
};
use crate::{Error, Result, Vault, migrations, sql::Mark};

/// At most so many units share a commit; beyond it the first would wait too long for the last.
const BATCH: usize = 64;
const READERS: u32 = 4;
/// How long to wait for another program that writes to the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// A unit in the queue, and where its caller waits for what it came to.
type Unit = (Work<WriteTx>, oneshot::Sender<Result<Value, Failed>>);

/// The one writer, on a thread of its own: units queue for it, and their statements run there
/// without another thread to wait for.
pub(super) struct Writer {
    units: mpsc::Sender<Message>,
}

enum Message {
    Unit(Unit),
    Close(oneshot::Sender<()>),
}

pub(super) async fn open(
    path: &Path,
    vault: &Arc<Vault>,
    wakes: &broadcast::Sender<Wake>,
) -> Result<Pool> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .statement_cache_capacity(256);
    let mut connection = SqliteConnection::connect_with(&options).await?;
    refuse_old(&mut connection).await?;
    // Behind the writer's lock: two programs that open a fresh file at once must not both make it.
    let mut alone = connection.begin_with("BEGIN IMMEDIATE").await?;
    migrations::sqlite().run_direct(None, &mut *alone, false).await?;
    alone.commit().await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(READERS)
        .min_connections(0)
        .connect_with(options.pragma("query_only", "ON"))
        .await?;
    let (units, queue) = mpsc::channel(1024);
    let mut state = State {
        connection: None,
        path: path.to_owned(),
        vault: vault.clone(),
        wakes: wakes.clone(),
        runtime: Handle::current(),
    };
    state.connection = Some(state.connect()?);
    // Open until the writer is: the last to close the file would put its log away.
    connection.close().await?;
    std::thread::Builder::new()
        .name("writer".to_owned())
        .spawn(move || state.serve(queue))
        .map_err(sqlx::Error::Io)?;
    Ok(Pool::Sqlite { readers, writer: Writer { units } })
}

/// Versions before 3.51.3 can corrupt the write-ahead log when two connections checkpoint at once.
async fn refuse_old(connection: &mut SqliteConnection) -> Result<()> {
    let version: String =
        sqlx::query_scalar("SELECT sqlite_version()").fetch_one(connection).await?;
    let number = version.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u32>>();
    if number < vec![3, 51, 3] { Err(Error::OldSqlite(version)) } else { Ok(()) }
}

impl Writer {
    pub(super) async fn run(&self, work: Work<WriteTx>) -> Result<Value, Failed> {
        let (answer, answered) = oneshot::channel();
        self.units.send(Message::Unit((work, answer))).await.map_err(|_| Error::Closed)?;
        answered.await.unwrap_or_else(|_| Err(Error::BrokenOff.into()))
    }

    pub(super) async fn close(&self) {
        let (done, closed) = oneshot::channel();
        if self.units.send(Message::Close(done)).await.is_ok() {
            let _ = closed.await;
        }
    }
}

/// Runs one unit so that its failure undoes nothing of its neighbours'.
///
/// If the savepoint itself cannot be set or undone, the mark `failed` stays: SQLite has taken back
/// the whole transaction (a full disk, a failing one), and what ran now would run outside of any.
async fn in_savepoint(tx: &mut WriteTx, work: Work<WriteTx>) -> Result<Value, Failed> {
    tx.statement(sql!("SAVEPOINT unit")).execute().await?;
    let wakes = tx.wakes.len();
    let outcome = AssertUnwindSafe(async { work.run(&mut *tx).await })
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Err(Error::BrokenOff.into()));
    let outcome = match outcome {
        Ok(value) => tx.move_list_versions().await.map(|()| value).map_err(Failed::from),
        outcome => outcome,
    };
    let outcome = match outcome {
        Ok(_) if tx.failed != Mark::Well => Err(Error::BrokenOff.into()),
        outcome => outcome,
    };
    if outcome.is_err() {
        tx.wakes.truncate(wakes);
        tx.lists.clear();
        tx.failed = Mark::Well;
        tx.statement(sql!("ROLLBACK TO SAVEPOINT unit")).execute().await?;
    }
    tx.statement(sql!("RELEASE SAVEPOINT unit")).execute().await?;
    outcome
}

struct State {
    /// `None` after a fault that the connection may not have survived.
    connection: Option<Connection>,
    path: PathBuf,
    vault: Arc<Vault>,
    wakes: broadcast::Sender<Wake>,
    runtime: Handle,
}

impl State {
    fn connect(&self) -> Result<Connection> {
        let connection = Connection::open(&self.path)?;
        connection.busy_timeout(PATIENCE)?;
        connection.set_prepared_statement_cache_capacity(256);
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        // What is erased does not stay in the file where a row was.
        connection.pragma_update(None, "secure_delete", "FAST")?;
        Ok(connection)
    }

    fn serve(mut self, mut queue: mpsc::Receiver<Message>) {
        let mut closing = None;
        while closing.is_none() {
            let Some(first) = queue.blocking_recv() else { break };
            let mut units = Vec::new();
            let mut next = Some(first);
            while let Some(message) = next.take() {
                match message {
                    Message::Unit(unit) => units.push(unit),
                    Message::Close(done) => closing = Some(done),
                }
                if closing.is_none() && units.len() < BATCH {
                    next = queue.try_recv().ok();
                }
            }
            if !units.is_empty() {
                self.batch(units);
            }
        }
        queue.close();
        if let Some(connection) = self.connection {
            // Counts rows for the planner, where that is worth it.
            let _ = connection.execute_batch("PRAGMA optimize");
            let _ = connection.close();
        }
        if let Some(done) = closing {
            let _ = done.send(());
        }
    }

    /// Runs the units in one transaction, and tells each caller once the commit is durable.
    fn batch(&mut self, units: Vec<Unit>) {
        let connection = match self.begin() {
            Ok(connection) => connection,
            // Dropping the units tells their callers that they broke off: nothing was kept.
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the database cannot be written to"
                );
                return;
            }
        };
        let inner = Inner::Writer(SyncWrapper::new(connection));
        let read = ReadTx { inner, vault: self.vault.clone(), failed: Mark::Well };
        let mut tx = WriteTx { read, wakes: Vec::new(), lists: BTreeSet::new() };
        let mut outcomes = Vec::with_capacity(units.len());
        for (work, answer) in units {
            outcomes.push((answer, self.runtime.block_on(in_savepoint(&mut tx, work))));
            if tx.failed != Mark::Well {
                // The units after it are dropped, which tells their callers that they broke off.
                break;
            }
        }
        // After a unit that could not be undone there is nothing that may be kept.
        let committed = if tx.failed != Mark::Well { Err(Error::BrokenOff) } else { Ok(()) };
        let WriteTx { read, wakes, .. } = tx;
        let Inner::Writer(connection) = read.inner else { return };
        let connection = connection.into_inner();
        match committed.and_then(|()| Ok(connection.execute_batch("COMMIT")?)) {
            Ok(()) => {
                self.connection = Some(connection);
                for (answer, outcome) in outcomes {
                    // The caller may have gone; its unit is kept all the same.
                    let _ = answer.send(outcome);
                }
                for wake in wakes {
                    let _ = self.wakes.send(wake);
                }
            }
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "a commit failed; nothing of it was kept"
                );
                // The connection is used again only if it can still undo; otherwise a fresh one is.
                if connection.execute_batch("ROLLBACK").is_ok() {
                    self.connection = Some(connection);
                }
                for (answer, outcome) in outcomes {
                    let _ = answer.send(outcome.and(Err(Error::BrokenOff.into())));
                }
            }
        }
    }

    fn begin(&mut self) -> Result<Connection> {
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.connect()?,
        };
        match connection.execute_batch("BEGIN IMMEDIATE") {
            Ok(()) => Ok(connection),
            Err(error) => {
                // A connection left inside a transaction would refuse every later one.
                if connection.execute_batch("ROLLBACK").is_ok() || is_busy(&error) {
                    self.connection = Some(connection);
                }
                Err(error.into())
            }
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::DatabaseBusy)
}
