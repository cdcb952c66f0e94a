use sqlx::sqlite::SqliteError;
use uuid::Uuid;

/// What went wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A statement failed, or the database could not be reached.
    #[error("the database refused or failed a statement")]
    Sql(#[source] SqlError),
    /// The tables could not be brought to this program's version.
    #[error("the database could not be brought up to date")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// Neither `sqlite:PATH` nor `postgres://...`.
    #[error("database.url is neither sqlite:PATH nor postgres://HOST/NAME")]
    UnknownUrl,
    /// The embedded SQLite is one that may corrupt its log.
    #[error("SQLite {0} is older than 3.51.3, which mended a fault that corrupts the log")]
    OldSqlite(String),
    /// A row that cannot be understood.
    #[error("{table}.{column} of row {id} cannot be understood")]
    Unreadable {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id, or what stands for it.
        id: String,
        /// Why.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The key file does not fit the database.
    #[error("the key file is not the one this database was sealed with")]
    WrongKey,
    /// A key that the key file does not hold has become the database's since.
    #[error(
        "the key file does not hold the key that this database is sealed with now: it is a copy from before \
         a rotation, or belongs to another installation"
    )]
    OldKey,
    /// Another `serve` works on the same SQLite file.
    #[error("another latchline serve is already working on this database file")]
    AlreadyServed,
    /// A service works on the database that is to be restored.
    #[error("a latchline serve is working on this database: stop it first")]
    Served,
    /// The database is being restored.
    #[error("this database is being restored from a backup: start again when that is done")]
    BeingRestored,
    /// The unit of work panicked; nothing of it was kept.
    #[error("a unit of work broke off; nothing of it was kept")]
    BrokenOff,
    /// The store is being closed.
    #[error("the database is being closed")]
    Closed,
    /// The file that marks the sole service could not be used.
    #[error("the lock file beside the database could not be used")]
    LockFile(#[source] std::io::Error),
}

/// What a driver says of a statement.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum SqlError {
    /// PostgreSQL's driver, and that of SQLite's readers.
    Sqlx(sqlx::Error),
    /// The driver of SQLite's one writer.
    Lite(rusqlite::Error),
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Sql(SqlError::Sqlx(error))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(SqlError::Lite(error))
    }
}

/// The result of asking the database.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    #[expect(clippy::needless_pass_by_value, reason = "ids are copied, and words are literals")]
    pub(crate) fn unreadable(
        table: &'static str,
        column: &'static str,
        id: impl ToString,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self::Unreadable { table, column, id: id.to_string(), source: source.into() }
    }

    pub(crate) fn unopened(table: &'static str, column: &'static str, id: Uuid) -> Self {
        Self::unreadable(table, column, id, "the seal does not open")
    }

    /// Whether trying again later may help: the database is away, full or busy.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Sql(SqlError::Lite(error)) => {
                error.sqlite_error().is_some_and(|error| passes(error.extended_code))
            }
            Self::Sql(SqlError::Sqlx(error)) => match error {
                sqlx::Error::Io(_)
                | sqlx::Error::Tls(_)
                | sqlx::Error::PoolTimedOut
                | sqlx::Error::PoolClosed
                | sqlx::Error::WorkerCrashed
                | sqlx::Error::Protocol(_) => true,
                sqlx::Error::Database(refusal) => refusal.code().is_some_and(|code| {
                    if refusal.try_downcast_ref::<SqliteError>().is_some() {
                        code.parse().is_ok_and(passes)
                    } else {
                        // Connection, resources, operator, system; deadlock, serialisation, a lock
                        // that did not come, a transaction that idled.
                        ["08", "53", "57", "58"].iter().any(|class| code.starts_with(class))
                            || matches!(code.as_ref(), "40001" | "40P01" | "55P03" | "25P03")
                    }
                }),
                _ => false,
            },
            Self::Closed | Self::BrokenOff => true,
            _ => false,
        }
    }
}

/// Whether SQLite's code is of those that pass: busy, locked, I/O, full, cannot open. The rest of
/// the number tells more.
fn passes(code: i32) -> bool {
    matches!(code & 0xff, 5 | 6 | 10 | 13 | 14)
}
