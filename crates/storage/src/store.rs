//! Opening a database, and the two kinds of unit of work it runs.

mod herald;
mod postgres;
mod service;
mod sqlite;
mod unit;

use std::{collections::BTreeSet, path::PathBuf, sync::Arc};

use futures_util::future::BoxFuture;
use model::{Chance, ChapterId, Timestamp};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};
use sync_wrapper::SyncWrapper;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast};

pub use service::Service;

use self::unit::{Failed, Value, Work};
use crate::{
    Error, Keyring, Result, Vault,
    sql::{Connection, FromRow, Mark, Sql, Statement},
};

/// A hint that something may be due. Whoever waits for one also looks now and then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wake {
    /// A message may be ready to go.
    Outbox,
    /// A task may be due sooner than was known.
    Tasks,
    /// Something a page may show has changed in this chapter.
    Chapter(ChapterId),
}

/// The service's database. Cloning shares it.
#[derive(Clone)]
pub struct Store(Arc<Shared>);

/// More units than ever are in hand at once.
const UNITS: u32 = 1 << 20;

struct Shared {
    pool: Pool,
    /// Every unit holds a permit while it is in hand; closing waits for all of them.
    units: Arc<Semaphore>,
    vault: Arc<Vault>,
    wakes: broadcast::Sender<Wake>,
    file: Option<PathBuf>,
}

enum Pool {
    Sqlite { readers: SqlitePool, writer: sqlite::Writer },
    Postgres { pool: PgPool, herald: herald::Herald },
}

impl Store {
    /// Opens the database at `url` (`sqlite:PATH` or `postgres://...`), brings its tables up to
    /// date and checks that `keys` fit it.
    ///
    /// # Errors
    /// [`Error::UnknownUrl`], [`Error::WrongKey`], [`Error::OldKey`], [`Error::OldSqlite`], or what the database says.
    pub async fn open(url: &str, keys: &Keyring, chance: Chance, now: Timestamp) -> Result<Self> {
        let (wakes, _) = broadcast::channel(1024);
        let node = u64::from_be_bytes(chance.bytes()).to_string();
        let vault = Arc::new(Vault::new(keys, chance));
        vault.renew(keys, now);
        let (pool, file) = if let Some(path) = url.strip_prefix("sqlite:") {
            let path = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
            (sqlite::open(&path, &vault, &wakes).await?, Some(path))
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            (postgres::open(url, node, &wakes).await?, None)
        } else {
            return Err(Error::UnknownUrl);
        };
        let units = Arc::new(Semaphore::new(UNITS as usize));
        let store = Self(Arc::new(Shared { pool, units, vault, wakes, file }));
        let vault = store.0.vault.clone();
        let fits = store.write(move |tx| Box::pin(async move { tx.check_key(&vault, now).await }));
        if let Err(error) = fits.await {
            store.close().await;
            return Err(error);
        }
        Ok(store)
    }

    /// Runs a unit of work that may write: all of it is kept, or none.
    ///
    /// It runs to its end even if the caller goes away. On SQLite units queue for the one writer
    /// and share a commit with those that wait beside them; on PostgreSQL they run side by side,
    /// read committed, so a decision that rests on a row must lock it (`..._for_update`). A unit
    /// makes no call to anybody and waits for nothing but the database.
    ///
    /// # Errors
    /// The unit's own error, or [`Error`] where the database failed; then nothing was kept. A unit
    /// that overlooks a failed statement is not kept either ([`Error::BrokenOff`]).
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut WriteTx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        unit::told(self.run_write(Work::new(work)).await.map_err(Undone::why))
    }

    /// The same for a unit that locks several rows. Where it met another that held what it wanted and
    /// wanted what it held, it is done again from the start: nothing of it was kept.
    ///
    /// # Errors
    /// As of [`Store::write`].
    pub async fn write_again<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut WriteTx) -> BoxFuture<'t, Result<T, E>> + Clone + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let mut meetings = 0;
        loop {
            match self.run_write(Work::new(work.clone())).await {
                Err(Undone::Collided(_)) if meetings < MEETINGS => meetings += 1,
                done => return unit::told(done.map_err(Undone::why)),
            }
        }
    }

    async fn enter(&self) -> Result<OwnedSemaphorePermit> {
        self.0.units.clone().acquire_owned().await.map_err(|_| Error::Closed)
    }

    fn run_write(&self, work: Work<WriteTx>) -> BoxFuture<'_, Result<Value, Undone>> {
        Box::pin(async move {
            let permit = self.enter().await.map_err(|error| Undone::Failed(error.into()))?;
            match &self.0.pool {
                // Whatever is in the writer's queue is done before it closes.
                Pool::Sqlite { writer, .. } => writer.run(work).await.map_err(Undone::Failed),
                Pool::Postgres { pool, herald } => {
                    postgres::write(
                        pool.clone(),
                        self.0.vault.clone(),
                        self.0.wakes.clone(),
                        herald.clone(),
                        permit,
                        work,
                    )
                    .await
                }
            }
        })
    }

    /// Runs a unit of work that sees one consistent state and cannot write.
    ///
    /// # Errors
    /// The unit's own error, or [`Error`] where the database failed.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t> FnOnce(&'t mut ReadTx) -> BoxFuture<'t, Result<T, E>> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        unit::told(self.run_read(Work::new(work)).await)
    }

    fn run_read(&self, work: Work<ReadTx>) -> BoxFuture<'_, Result<Value, Failed>> {
        Box::pin(async move {
            let permit = self.enter().await?;
            let shared = self.0.clone();
            // Spawned, because sqlx 0.9.0 may hand on a connection with an open transaction if the
            // future that begins one is dropped.
            let unit = tokio::spawn(async move {
                let vault = shared.vault.clone();
                let inner = match &shared.pool {
                    Pool::Sqlite { readers, .. } => {
                        Inner::Reader(readers.begin().await.map_err(Error::from)?)
                    }
                    Pool::Postgres { pool, .. } => Inner::Postgres(
                        pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                            .await
                            .map_err(Error::from)?,
                    ),
                };
                let mut tx = ReadTx { inner, vault, failed: Mark::Well };
                let outcome = work.run(&mut tx).await;
                tx.inner.end().await?;
                drop(permit);
                outcome
            });
            unit.await.unwrap_or_else(|_| Err(Error::BrokenOff.into()))
        })
    }

    pub(crate) fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// Which kind of database it is.
    pub(crate) fn kind(&self) -> &'static str {
        match self.0.pool {
            Pool::Sqlite { .. } => "sqlite",
            Pool::Postgres { .. } => "postgresql",
        }
    }

    /// How many units that keep many rows are worth having in hand at once: SQLite's one writer takes the
    /// next while one is made ready, and PostgreSQL's sessions would only take the processor from each other.
    #[must_use]
    pub fn units_at_once(&self) -> usize {
        match self.0.pool {
            Pool::Sqlite { .. } => 2,
            Pool::Postgres { .. } => 1,
        }
    }

    /// Listens for hints; a slow listener misses some and is told so by the channel.
    #[must_use]
    pub fn wakes(&self) -> broadcast::Receiver<Wake> {
        self.0.wakes.subscribe()
    }

    /// Ends all connections, after the work in hand; what comes later is told [`Error::Closed`].
    pub async fn close(&self) {
        let all = self.0.units.acquire_many(UNITS).await;
        self.0.units.close();
        drop(all);
        match &self.0.pool {
            Pool::Sqlite { readers, writer } => {
                writer.close().await;
                readers.close().await;
            }
            Pool::Postgres { pool, .. } => pool.close().await,
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Store")
    }
}

/// How often a unit of work that collided with another is done again.
const MEETINGS: usize = 3;

/// Why nothing of a unit was kept.
enum Undone {
    /// It and another waited for each other: it may be done again.
    Collided(Failed),
    /// Anything else.
    Failed(Failed),
}

impl Undone {
    fn why(self) -> Failed {
        let (Self::Collided(why) | Self::Failed(why)) = self;
        why
    }
}

enum Inner {
    Reader(Transaction<'static, Sqlite>),
    /// SQLite's one writer. Its connection is not to be shared; a unit, held by `&mut`, may be.
    Writer(SyncWrapper<rusqlite::Connection>),
    Postgres(Transaction<'static, Postgres>),
}

impl Inner {
    async fn end(self) -> Result<()> {
        match self {
            Self::Reader(tx) => tx.rollback().await?,
            Self::Writer(_) => {}
            Self::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }
}

/// A unit of work that reads.
pub struct ReadTx {
    inner: Inner,
    pub(crate) vault: Arc<Vault>,
    /// A statement did not end well: nothing further runs, and nothing of it is kept.
    failed: Mark,
}

impl ReadTx {
    pub(crate) fn statement(&mut self, sql: Sql) -> Statement<'_> {
        Statement::new(
            match &mut self.inner {
                Inner::Reader(tx) => Connection::Sqlite(&mut *tx),
                Inner::Writer(connection) => Connection::Writer(connection.get_mut()),
                Inner::Postgres(tx) => Connection::Postgres(&mut *tx),
            },
            sql,
            &mut self.failed,
        )
    }

    /// For the rare work that one of the databases is better told in other statements.
    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.inner, Inner::Postgres(_))
    }

    pub(crate) fn decode<T: FromRow>(&self, rows: Vec<crate::sql::Row>) -> Result<Vec<T>> {
        rows.into_iter().map(|row| T::from_row(&row, &self.vault)).collect()
    }

    pub(crate) fn decode_one<T: FromRow>(&self, row: Option<crate::sql::Row>) -> Result<Option<T>> {
        row.map(|row| T::from_row(&row, &self.vault)).transpose()
    }
}

/// A unit of work that may write. What it did is undone unless the unit ends well.
pub struct WriteTx {
    read: ReadTx,
    wakes: Vec<Wake>,
    /// The chapters whose lists this unit changes ([`Self::lists_change`]).
    pub(crate) lists: BTreeSet<ChapterId>,
}

impl WriteTx {
    /// Hints, once this unit is kept, that something may be due.
    pub fn wake(&mut self, wake: Wake) {
        if !self.wakes.contains(&wake) {
            self.wakes.push(wake);
        }
    }
}

impl std::ops::Deref for WriteTx {
    type Target = ReadTx;

    fn deref(&self) -> &ReadTx {
        &self.read
    }
}

impl std::ops::DerefMut for WriteTx {
    fn deref_mut(&mut self) -> &mut ReadTx {
        &mut self.read
    }
}
