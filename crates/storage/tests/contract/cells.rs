//! The database as somebody sees it who has no key: tables, columns and what stands in them.

use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection, SqliteConnection};
use testkit::databases::TestDatabase;

/// A connection beside the store's.
pub(crate) enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Raw {
    pub(crate) async fn connect(database: &TestDatabase) -> Self {
        match (database.sqlite_file(), database.postgres_options()) {
            (Some(file), _) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
                Self::Sqlite(SqliteConnection::connect_with(&options).await.expect("SQLite opens"))
            }
            (None, Some(options)) => {
                Self::Postgres(options.connect().await.expect("PostgreSQL opens"))
            }
            (None, None) => panic!("a database is of one kind or the other"),
        }
    }

    /// Runs statements that are the same for both databases.
    pub(crate) async fn run(&mut self, statements: &str) -> sqlx::Result<u64> {
        let statements = sqlx::raw_sql(AssertSqlSafe(statements.to_owned()));
        Ok(match self {
            Self::Sqlite(connection) => statements.execute(connection).await?.rows_affected(),
            Self::Postgres(connection) => statements.execute(connection).await?.rows_affected(),
        })
    }

    pub(crate) async fn count(&mut self, query: &str) -> i64 {
        let query = AssertSqlSafe(query.to_owned());
        match self {
            Self::Sqlite(connection) => sqlx::query_scalar(query).fetch_one(connection).await,
            Self::Postgres(connection) => sqlx::query_scalar(query).fetch_one(connection).await,
        }
        .expect("a count")
    }

    /// Every table of ours with its columns, migrations' book-keeping left out.
    pub(crate) async fn columns(&mut self) -> Vec<(String, String)> {
        match self {
            Self::Sqlite(connection) => {
                sqlx::query_as(
                    "SELECT m.name, p.name FROM sqlite_schema m, pragma_table_info(m.name) p
                     WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\'
                       AND m.name NOT LIKE 'sqlite%' ORDER BY 1, 2",
                )
                .fetch_all(connection)
                .await
            }
            Self::Postgres(connection) => {
                sqlx::query_as(
                    "SELECT table_name::text, column_name::text FROM information_schema.columns
                     WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'
                     ORDER BY 1, 2",
                )
                .fetch_all(connection)
                .await
            }
        }
        .expect("the catalogue")
    }

    /// What stands in a column, as bytes; nulls left out.
    pub(crate) async fn cells(&mut self, table: &str, column: &str) -> Vec<Vec<u8>> {
        let not_null = format!("FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
        match self {
            Self::Sqlite(connection) => {
                sqlx::query_scalar(AssertSqlSafe(format!(
                    "SELECT CAST(\"{column}\" AS BLOB) {not_null}"
                )))
                .fetch_all(connection)
                .await
            }
            Self::Postgres(connection) => {
                let kind: String = sqlx::query_scalar(
                    "SELECT data_type::text FROM information_schema.columns
                     WHERE table_schema = 'public' AND table_name = $1 AND column_name = $2",
                )
                .bind(table)
                .bind(column)
                .fetch_one(&mut *connection)
                .await
                .expect("the column's type");
                let shown = if kind == "bytea" {
                    format!("\"{column}\"")
                } else {
                    format!("convert_to(\"{column}\"::text, 'UTF8')")
                };
                sqlx::query_scalar(AssertSqlSafe(format!("SELECT {shown} {not_null}")))
                    .fetch_all(connection)
                    .await
            }
        }
        .expect("the column's cells")
    }
}

/// Whether `needle` stands anywhere in `bytes`.
pub(crate) fn contains(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}
