//! The bare limits: durable inserts, one row a commit on one connection.

use std::time::{Duration, Instant};

use anyhow::Result;
use sqlx::{
    Connection as _,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

use crate::program::{Database, Program};

const HOW_LONG: Duration = Duration::from_secs(3);

/// Bare durable inserts a second into the same kind of database.
#[expect(clippy::disallowed_methods, reason = "a benchmark measures the time")]
pub(crate) async fn inserts(on: Database, program: &Program) -> Result<f64> {
    let body = vec![7_u8; 120];
    let mut count = 0_u32;
    let begun = Instant::now();
    match on {
        Database::Sqlite => {
            let options = SqliteConnectOptions::new()
                .filename(program.folder.path().join("bare.db"))
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full);
            let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
            sqlx::raw_sql("CREATE TABLE bare (id INTEGER PRIMARY KEY, body BLOB) STRICT")
                .execute(&mut connection)
                .await?;
            while begun.elapsed() < HOW_LONG {
                sqlx::query("INSERT INTO bare (body) VALUES ($1)")
                    .bind(&body)
                    .execute(&mut connection)
                    .await?;
                count += 1;
            }
        }
        Database::Postgres => {
            let mut connection = sqlx::PgConnection::connect(&program.database).await?;
            sqlx::raw_sql("CREATE TABLE bare (id BIGSERIAL PRIMARY KEY, body BYTEA)")
                .execute(&mut connection)
                .await?;
            while begun.elapsed() < HOW_LONG {
                sqlx::query("INSERT INTO bare (body) VALUES ($1)")
                    .bind(&body)
                    .execute(&mut connection)
                    .await?;
                count += 1;
            }
        }
    }
    Ok(f64::from(count) / begun.elapsed().as_secs_f64())
}
