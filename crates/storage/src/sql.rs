//! One statement, two databases.
//!
//! SQLite and PostgreSQL agree on nearly all the SQL this service needs: `$1` placeholders,
//! `RETURNING`, `ON CONFLICT`, partial indexes. [`sql!`] writes a statement once and, where they
//! part ways, names the clause instead of repeating the statement. [`Statement`] then binds with
//! each driver's own encoding, so that an id is a `UUID` in one and a 16-byte blob in the other.
//!
//! Nothing is checked at compile time; instead a test prepares every statement on both databases.

mod lite;
mod row;
mod values;

use sqlx::Arguments as _;
use sqlx::{
    PgConnection, Postgres, Sqlite, SqliteConnection, error::BoxDynError, postgres::PgArguments,
    sqlite::SqliteArguments,
};

use lite::IntoLite as _;
pub(crate) use row::{FromRow, Row};
pub(crate) use values::{Document, Loaded, Stored};

use crate::{Error, Result};

/// A statement's text for each database.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sql {
    pub(crate) sqlite: &'static str,
    pub(crate) postgres: &'static str,
}

/// Writes a [`Sql`].
///
/// Nearly always it is string literals, with `for_update` and `skip_locked` standing between them
/// for clauses that only PostgreSQL has (SQLite, with its one writer, needs neither). The lock is the
/// one that lets rows pass which merely refer to the locked one: no key ever changes, and a line's
/// sender must not hold up every text that comes in over it. Where the two need other words for the
/// same, `either("SQLite's", "PostgreSQL's")` stands among the literals; `in_list` is the ids of `$1`
/// ([`id_list`]) as a set to look in. What only one of them can be
/// told begins with `sqlite_only` or `postgres_only`, and is nothing to the other. A table's list of
/// columns is a macro of its own (`referral_columns!()`), never `*`: a column that a newer release
/// adds must not change what an older node's prepared statements return.
macro_rules! sql {
    (sqlite_only $($parts:tt)+) => { $crate::sql::Sql { postgres: "", ..sql!(@ [] [] $($parts)+) } };
    (postgres_only $($parts:tt)+) => { $crate::sql::Sql { sqlite: "", ..sql!(@ [] [] $($parts)+) } };
    (@ [$($s:tt)*] [$($p:tt)*]) => {{
        const SQL: $crate::sql::Sql = $crate::sql::Sql { sqlite: concat!($($s)*), postgres: concat!($($p)*) };
        SQL
    }};
    (@ [$($s:tt)*] [$($p:tt)*] for_update $($rest:tt)*) => { sql!(@ [$($s)*] [$($p)* " FOR NO KEY UPDATE ",] $($rest)*) };
    (@ [$($s:tt)*] [$($p:tt)*] skip_locked $($rest:tt)*) => { sql!(@ [$($s)*] [$($p)* " FOR NO KEY UPDATE SKIP LOCKED ",] $($rest)*) };
    (@ [$($s:tt)*] [$($p:tt)*] in_list $($rest:tt)*) => {
        sql!(@ [$($s)*] [$($p)*]
            either(
                " IN (SELECT unhex(value) FROM json_each($1)) ",
                " IN (SELECT CAST(one AS UUID) FROM jsonb_array_elements_text($1) AS one) ",
            ) $($rest)*)
    };
    (@ [$($s:tt)*] [$($p:tt)*] either($sqlite:literal, $postgres:literal $(,)?) $($rest:tt)*) => { sql!(@ [$($s)* $sqlite,] [$($p)* $postgres,] $($rest)*) };
    (@ [$($s:tt)*] [$($p:tt)*] $columns:ident!() $($rest:tt)*) => { sql!(@ [$($s)* $columns!(),] [$($p)* $columns!(),] $($rest)*) };
    (@ [$($s:tt)*] [$($p:tt)*] $text:literal $($rest:tt)*) => { sql!(@ [$($s)* $text,] [$($p)* $text,] $($rest)*) };
    ($($parts:tt)+) => { sql!(@ [] [] $($parts)+) };
}

/// The ids that `in_list` looks in, as they are bound.
pub(crate) fn id_list(ids: impl IntoIterator<Item = uuid::Uuid>) -> Vec<String> {
    ids.into_iter().map(|id| id.simple().to_string()).collect()
}

/// The connection a statement runs on.
pub(crate) enum Connection<'c> {
    /// SQLite's one writer: its statements run where they stand, with no thread to wait for.
    Writer(&'c mut rusqlite::Connection),
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

enum Bound<'c> {
    Writer(&'c mut rusqlite::Connection, Vec<rusqlite::types::Value>),
    Sqlite(&'c mut SqliteConnection, SqliteArguments),
    Postgres(&'c mut PgConnection, PgArguments),
}

/// How a unit's statements have ended so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// All of them well.
    Well,
    /// One did not: nothing further runs, and nothing of the unit is kept.
    Failed,
    /// PostgreSQL ended the unit because it and another waited for each other: done again from its start,
    /// it finds the way free.
    Collided,
}

impl Mark {
    fn noted(&mut self, error: sqlx::Error) -> sqlx::Error {
        // A deadlock, or a serialisation failure.
        if let sqlx::Error::Database(refusal) = &error
            && matches!(refusal.code().as_deref(), Some("40P01" | "40001"))
        {
            *self = Self::Collided;
        }
        error
    }
}

/// A statement with its values bound, ready to run.
#[must_use = "a statement does nothing until it is run"]
pub(crate) struct Statement<'c> {
    sql: Sql,
    bound: Result<Bound<'c>, BoxDynError>,
    failed: &'c mut Mark,
}

impl<'c> Statement<'c> {
    /// `failed` is the transaction's mark that a statement did not end well. It is set while this
    /// one runs, so that one which its unit gave up counts as well.
    pub(crate) fn new(connection: Connection<'c>, sql: Sql, failed: &'c mut Mark) -> Self {
        let bound = Ok(match connection {
            Connection::Writer(connection) => Bound::Writer(connection, Vec::with_capacity(8)),
            Connection::Sqlite(connection) => Bound::Sqlite(connection, SqliteArguments::default()),
            Connection::Postgres(connection) => Bound::Postgres(connection, PgArguments::default()),
        });
        Self { sql, bound, failed }
    }

    /// Binds the next placeholder.
    pub(crate) fn bind<T: Stored>(mut self, value: T) -> Self {
        self.bound = self.bound.and_then(|mut bound| {
            match &mut bound {
                Bound::Writer(_, arguments) => arguments.push(value.into_raw().into_lite()),
                Bound::Sqlite(_, arguments) => arguments.add(value.into_raw())?,
                Bound::Postgres(_, arguments) => arguments.add(value.into_raw())?,
            }
            Ok(bound)
        });
        self
    }

    /// Runs the statement and tells how many rows it touched.
    pub(crate) async fn execute(self) -> Result<u64> {
        let (sql, bound, failed) = self.begin()?;
        let touched = match bound {
            Bound::Writer(connection, arguments) => lite::execute(connection, sql, &arguments)?,
            Bound::Sqlite(connection, arguments) => {
                sqlx::query_with::<Sqlite, _>(sql.sqlite, arguments)
                    .execute(connection)
                    .await?
                    .rows_affected()
            }
            Bound::Postgres(connection, arguments) => {
                sqlx::query_with::<Postgres, _>(sql.postgres, arguments)
                    .execute(connection)
                    .await
                    .map_err(|error| failed.noted(error))?
                    .rows_affected()
            }
        };
        *failed = Mark::Well;
        Ok(touched)
    }

    /// The first row, if there is one.
    pub(crate) async fn row(self) -> Result<Option<Row>> {
        let (sql, bound, failed) = self.begin()?;
        let row = match bound {
            Bound::Writer(connection, arguments) => {
                lite::rows(connection, sql, &arguments, 1)?.pop().map(Row::Lite)
            }
            Bound::Sqlite(connection, arguments) => {
                sqlx::query_with::<Sqlite, _>(sql.sqlite, arguments)
                    .fetch_optional(connection)
                    .await?
                    .map(Row::Sqlite)
            }
            Bound::Postgres(connection, arguments) => {
                sqlx::query_with::<Postgres, _>(sql.postgres, arguments)
                    .fetch_optional(connection)
                    .await
                    .map_err(|error| failed.noted(error))?
                    .map(Row::Postgres)
            }
        };
        *failed = Mark::Well;
        Ok(row)
    }

    /// All rows.
    pub(crate) async fn rows(self) -> Result<Vec<Row>> {
        let (sql, bound, failed) = self.begin()?;
        let rows = match bound {
            Bound::Writer(connection, arguments) => {
                lite::rows(connection, sql, &arguments, usize::MAX)?
                    .into_iter()
                    .map(Row::Lite)
                    .collect()
            }
            Bound::Sqlite(connection, arguments) => {
                sqlx::query_with::<Sqlite, _>(sql.sqlite, arguments)
                    .fetch_all(connection)
                    .await?
                    .into_iter()
                    .map(Row::Sqlite)
                    .collect()
            }
            Bound::Postgres(connection, arguments) => {
                sqlx::query_with::<Postgres, _>(sql.postgres, arguments)
                    .fetch_all(connection)
                    .await
                    .map_err(|error| failed.noted(error))?
                    .into_iter()
                    .map(Row::Postgres)
                    .collect()
            }
        };
        *failed = Mark::Well;
        Ok(rows)
    }

    /// Nothing runs after a statement that failed, and the mark stands until this one has ended well.
    fn begin(self) -> Result<(Sql, Bound<'c>, &'c mut Mark)> {
        if *self.failed != Mark::Well {
            return Err(Error::BrokenOff);
        }
        *self.failed = Mark::Failed;
        Ok((self.sql, self.bound.map_err(sqlx::Error::Encode)?, self.failed))
    }

    /// The first column of the first row, if there is a row and it is not null.
    pub(crate) async fn scalar<T: Loaded>(self, table: &'static str) -> Result<Option<T>> {
        match self.row().await? {
            Some(row) => row.at(table, 0),
            None => Ok(None),
        }
    }

    /// Whether the first column of the first row is true.
    pub(crate) async fn truth(self) -> Result<bool> {
        Ok(self.scalar("truth").await?.unwrap_or(false))
    }
}
