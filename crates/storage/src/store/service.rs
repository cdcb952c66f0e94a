//! Who works on a database: one service on a SQLite file, any number over PostgreSQL, and none while
//! it is being restored.

use std::{fs::File, path::Path, path::PathBuf, time::Duration};

use sqlx::{Connection as _, PgConnection, PgPool};
use tokio::task::AbortHandle;

use super::{Pool, Store};
use crate::{Error, Result};

/// The advisory lock of a PostgreSQL database: every service shares it, a restore has it alone.
const LOCK: i64 = i64::from_be_bytes(*b"latchlin");
/// So often a service makes sure that its lock is still there.
const LOOK: Duration = Duration::from_secs(5);
/// A service whose connection was cut tries so soon again to have its lock back.
const AGAIN: Duration = Duration::from_secs(1);

/// Held for as long as a process serves a database, or restores it.
#[derive(Debug)]
pub struct Service {
    _hold: Hold,
}

#[derive(Debug)]
enum Hold {
    File { _lock: File },
    Connection { _lock: PgConnection },
    Kept(AbortHandle),
}

impl Drop for Hold {
    fn drop(&mut self) {
        if let Self::Kept(keeping) = self {
            keeping.abort();
        }
    }
}

impl Store {
    /// Makes this process a service of the database: the only one of a SQLite file, one of many over
    /// PostgreSQL, where the claim is taken up again by itself when the database comes back.
    ///
    /// # Errors
    /// [`Error::AlreadyServed`] where another process has the SQLite file, [`Error::BeingRestored`]
    /// where a restore is at work.
    pub async fn begin_service(&self) -> Result<Service> {
        match (&self.0.pool, &self.0.file) {
            (Pool::Postgres { pool, .. }, _) => {
                let Some(connection) = lock(pool, Share::WithServices).await? else {
                    return Err(Error::BeingRestored);
                };
                let keeping = tokio::spawn(keep(pool.clone(), connection)).abort_handle();
                Ok(Service { _hold: Hold::Kept(keeping) })
            }
            (Pool::Sqlite { .. }, Some(file)) => lock_beside(file, Error::AlreadyServed),
            (Pool::Sqlite { .. }, None) => Err(Error::UnknownUrl),
        }
    }

    /// Keeps every service away from the database for as long as the claim is held.
    ///
    /// # Errors
    /// [`Error::Served`] where one is at work.
    pub async fn keep_services_away(&self) -> Result<Service> {
        match (&self.0.pool, &self.0.file) {
            (Pool::Postgres { pool, .. }, _) => match lock(pool, Share::WithNobody).await? {
                Some(connection) => Ok(Service { _hold: Hold::Connection { _lock: connection } }),
                None => Err(Error::Served),
            },
            (Pool::Sqlite { .. }, Some(file)) => lock_beside(file, Error::Served),
            (Pool::Sqlite { .. }, None) => Err(Error::UnknownUrl),
        }
    }
}

fn lock_beside(file: &Path, taken: Error) -> Result<Service> {
    let mut name = file.to_path_buf().into_os_string();
    name.push("-serve");
    let lock = File::options()
        .create(true)
        .truncate(false)
        .write(true)
        .open(PathBuf::from(name))
        .map_err(Error::LockFile)?;
    match lock.try_lock() {
        Ok(()) => Ok(Service { _hold: Hold::File { _lock: lock } }),
        Err(std::fs::TryLockError::WouldBlock) => Err(taken),
        Err(std::fs::TryLockError::Error(error)) => Err(Error::LockFile(error)),
    }
}

#[derive(Clone, Copy)]
enum Share {
    WithServices,
    WithNobody,
}

/// Takes the lock on a connection of its own: it lasts as long as the connection does.
async fn lock(pool: &PgPool, share: Share) -> Result<Option<PgConnection>> {
    let mut connection = PgConnection::connect_with(&pool.connect_options()).await?;
    let asked = match share {
        Share::WithServices => "SELECT pg_try_advisory_lock_shared($1)",
        Share::WithNobody => "SELECT pg_try_advisory_lock($1)",
    };
    let taken: bool = sqlx::query_scalar(asked).bind(LOCK).fetch_one(&mut connection).await?;
    Ok(taken.then_some(connection))
}

/// Keeps a service's lock through restarts of the database. While it is away there is nothing that
/// could be restored either.
async fn keep(pool: PgPool, mut connection: PgConnection) {
    loop {
        tokio::time::sleep(LOOK).await;
        if connection.ping().await.is_ok() {
            continue;
        }
        connection = loop {
            tokio::time::sleep(AGAIN).await;
            match lock(&pool, Share::WithServices).await {
                Ok(Some(connection)) => break connection,
                Ok(None) => {
                    tracing::error!("the database is being restored under a running service");
                }
                Err(_) => {}
            }
        };
    }
}
