//! PostgreSQL: units run side by side, and rows are locked where a decision rests on them.

use std::{collections::BTreeSet, str::FromStr as _, sync::Arc, time::Duration};

use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::sync::{OwnedSemaphorePermit, broadcast};

use super::{
    Inner, Pool, ReadTx, Undone, Wake, WriteTx,
    herald::Herald,
    unit::{Value, Work},
};
use crate::{Error, Result, Vault, migrations, sql::Mark};

const CONNECTIONS: u32 = 16;

pub(super) async fn open(url: &str, node: String, wakes: &broadcast::Sender<Wake>) -> Result<Pool> {
    let options = PgConnectOptions::from_str(url)?.statement_cache_capacity(256).options([
        // A node that hangs inside a transaction must not hold its rows for ever.
        ("idle_in_transaction_session_timeout", "30s"),
        ("lock_timeout", "10s"),
        // Every statement goes row by row along an index. PostgreSQL keeps the plan it made for a
        // prepared statement, and on the day a table is new it looks cheap to read the whole of it.
        ("enable_seqscan", "off"),
        ("enable_hashjoin", "off"),
        ("enable_mergejoin", "off"),
        ("enable_material", "off"),
        // What an index makes cheap is not worth compiling.
        ("jit", "off"),
    ]);
    let pool = PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(Duration::from_secs(5))
        .connect_with(options)
        .await?;
    migrations::postgres().run(&pool).await?;
    let herald = Herald::start(pool.clone(), node, wakes.clone());
    Ok(Pool::Postgres { pool, herald })
}

pub(super) async fn write(
    pool: PgPool,
    vault: Arc<Vault>,
    wakes: broadcast::Sender<Wake>,
    herald: Herald,
    permit: OwnedSemaphorePermit,
    work: Work<WriteTx>,
) -> Result<Value, Undone> {
    // Spawned, because sqlx 0.9.0 may hand on a connection with an open transaction if the future
    // that begins one is dropped.
    let unit = tokio::spawn(async move {
        let begun = pool.begin().await.map_err(|error| Undone::Failed(Error::from(error).into()));
        let read = ReadTx { inner: Inner::Postgres(begun?), vault, failed: Mark::Well };
        let mut tx = WriteTx { read, wakes: Vec::new(), lists: BTreeSet::new() };
        let mut outcome = work.run(&mut tx).await;
        if outcome.is_ok()
            && let Err(error) = tx.move_list_versions().await
        {
            outcome = Err(error.into());
        }
        let WriteTx { read, wakes: hints, .. } = tx;
        let mark = read.failed;
        let Inner::Postgres(transaction) = read.inner else {
            return Err(Undone::Failed(Error::Closed.into()));
        };
        let outcome = match outcome {
            // PostgreSQL answers the commit of a transaction in which a statement failed with a
            // rollback that looks like success.
            Ok(_) if mark != Mark::Well => Err(Error::BrokenOff.into()),
            outcome => outcome,
        };
        let ended = match outcome {
            Ok(value) => {
                let committed = transaction.commit().await;
                committed.map_err(|error| Undone::Failed(Error::from(error).into()))?;
                for hint in hints {
                    let _ = wakes.send(hint);
                    herald.tell(hint);
                }
                Ok(value)
            }
            Err(error) => {
                // The unit's own error tells more than a connection that is gone anyway.
                let _ = transaction.rollback().await;
                Err(if mark == Mark::Collided {
                    Undone::Collided(error)
                } else {
                    Undone::Failed(error)
                })
            }
        };
        drop(permit);
        ended
    });
    unit.await.unwrap_or_else(|_| Err(Undone::Failed(Error::BrokenOff.into())))
}
