//! Databases made for one test and gone after it, of both kinds.
//!
//! PostgreSQL's is a fresh database in the cluster that `LATCHLINE_TEST_POSTGRES` names, which
//! `tests/run` and `tests/with-postgres` start. Where it is not set the test fails: a test that
//! skips looks like one that passed.

use std::{
    path::{Path, PathBuf},
    str::FromStr as _,
    sync::atomic::{AtomicU64, Ordering},
};

use model::{Chance, Timestamp};
use sqlx::{
    AssertSqlSafe, ConnectOptions as _, Connection as _, postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};
use storage::{Keyring, Store};

/// Runs each of the named tests on SQLite and on PostgreSQL.
///
/// A test is an `async fn` that takes a [`TestDatabase`]; it becomes `on_sqlite::name` and
/// `on_postgres::name`. One that is not listed is dead code, and the compiler says so.
#[macro_export]
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod on_sqlite {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::databases::TestDatabase::sqlite()).await;
            }
        )+}
        mod on_postgres {$(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                super::$name($crate::databases::TestDatabase::postgres().await).await;
            }
        )+}
    };
}

/// An empty database of one test's own. It goes with this value, also when the test panics.
#[derive(Debug)]
pub struct TestDatabase {
    place: Place,
    keys: Keyring,
    opened: AtomicU64,
}

#[derive(Debug)]
enum Place {
    Sqlite { folder: tempfile::TempDir },
    Postgres { server: Box<PgConnectOptions>, name: String },
}

static MADE: AtomicU64 = AtomicU64::new(0);

impl TestDatabase {
    /// A SQLite file in a folder of its own.
    ///
    /// # Panics
    /// Where there is no room for temporary files.
    #[must_use]
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        Self::at(Place::Sqlite { folder })
    }

    /// A fresh database in the test run's PostgreSQL.
    ///
    /// # Panics
    /// Where the run has no PostgreSQL, with what to do about it.
    pub async fn postgres() -> Self {
        let server = server();
        let made = MADE.fetch_add(1, Ordering::SeqCst);
        let name = format!("latchline_test_{}_{made}", std::process::id());
        // An earlier process of this number may have been killed before it could clear away.
        on_server(
            &server,
            vec![
                format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
                format!("CREATE DATABASE {name}"),
            ],
        )
        .await
        .unwrap_or_else(|error| panic!("the PostgreSQL of LATCHLINE_TEST_POSTGRES: {error}"));
        Self::at(Place::Postgres { server: Box::new(server), name })
    }

    fn at(place: Place) -> Self {
        let keys = Keyring::generate(&Chance::seeded(1));
        Self { place, keys, opened: AtomicU64::new(0) }
    }

    /// The instant at which every database is first opened.
    ///
    /// # Panics
    /// Never: it is an instant.
    #[must_use]
    pub fn start() -> Timestamp {
        "2026-11-21T15:00:00Z".parse().expect("an instant")
    }

    /// Opens the database as one more node does: with the same keys and with chance of its own.
    ///
    /// # Panics
    /// Where it cannot be opened.
    pub async fn store(&self) -> Store {
        self.store_with(&self.keys).await.expect("the database opens")
    }

    /// Opens the database with other keys.
    ///
    /// # Errors
    /// What [`Store::open`] says.
    pub async fn store_with(&self, keys: &Keyring) -> storage::Result<Store> {
        let node = self.opened.fetch_add(1, Ordering::SeqCst);
        Store::open(&self.url(), keys, Chance::seeded(1000 + node), Self::start()).await
    }

    /// The keys that [`store`](Self::store) uses.
    #[must_use]
    pub fn keys(&self) -> &Keyring {
        &self.keys
    }

    /// Where the database is, as `database.url` has it.
    #[must_use]
    pub fn url(&self) -> String {
        match &self.place {
            Place::Sqlite { folder } => format!("sqlite:{}", file(folder.path()).display()),
            Place::Postgres { server, name } => {
                PgConnectOptions::clone(server).database(name).to_url_lossy().to_string()
            }
        }
    }

    /// Runs a statement beside the store, as somebody would who has the database and no key.
    ///
    /// # Panics
    /// Where the database refuses it.
    pub async fn tamper(&self, statement: String) {
        let statement = sqlx::raw_sql(AssertSqlSafe(statement));
        let done = match (self.sqlite_file(), self.postgres_options()) {
            (Some(file), _) => {
                let options = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
                let mut connection = options.connect().await.expect("SQLite opens");
                statement.execute(&mut connection).await.map(drop)
            }
            (_, options) => {
                let options = options.expect("it is PostgreSQL");
                let mut connection = options.connect().await.expect("PostgreSQL opens");
                statement.execute(&mut connection).await.map(drop)
            }
        };
        done.expect("the statement runs");
    }

    /// SQLite's file; `None` on PostgreSQL.
    #[must_use]
    pub fn sqlite_file(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Sqlite { folder } => Some(file(folder.path())),
            Place::Postgres { .. } => None,
        }
    }

    /// How a connection beside the store's reaches PostgreSQL's database; `None` on SQLite.
    #[must_use]
    pub fn postgres_options(&self) -> Option<PgConnectOptions> {
        match &self.place {
            Place::Sqlite { .. } => None,
            Place::Postgres { server, name } => {
                Some(PgConnectOptions::clone(server).database(name))
            }
        }
    }
}

impl TestDatabase {
    /// What was recorded, in order: the kind of each event and its detail.
    ///
    /// # Panics
    /// Where it cannot be read.
    pub async fn recorded(&self) -> Vec<(String, serde_json::Value)> {
        let sql = "SELECT kind, CAST(detail AS TEXT) FROM events ORDER BY seq";
        let rows: sqlx::Result<Vec<(String, String)>> = match &self.place {
            Place::Sqlite { folder } => {
                let options = SqliteConnectOptions::new().filename(file(folder.path()));
                let mut connection = options.connect().await.expect("the file opens");
                sqlx::query_as(sql).fetch_all(&mut connection).await
            }
            Place::Postgres { server, name } => {
                let options = PgConnectOptions::clone(server).database(name);
                let mut connection = options.connect().await.expect("the database opens");
                sqlx::query_as(sql).fetch_all(&mut connection).await
            }
        };
        let rows = rows.expect("events").into_iter();
        rows.map(|(kind, detail)| (kind, serde_json::from_str(&detail).expect("JSON"))).collect()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let Place::Postgres { server, name } = &self.place else { return };
        let (server, drop) =
            (server.clone(), format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"));
        // The test's own runtime may be unwinding, so the drop has a thread and a runtime to itself.
        let dropped = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            let runtime = runtime.map_err(sqlx::Error::Io)?;
            runtime.block_on(on_server(&server, vec![drop]))
        });
        if !matches!(dropped.join(), Ok(Ok(()))) {
            eprintln!("the test's database {name} could not be dropped");
        }
    }
}

fn file(folder: &Path) -> PathBuf {
    folder.join("latchline.db")
}

fn server() -> PgConnectOptions {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests learn the cluster's address from tests/run"
    )]
    let url = std::env::var("LATCHLINE_TEST_POSTGRES").unwrap_or_else(|_| {
        panic!(
            "LATCHLINE_TEST_POSTGRES is not set, and no test is skipped for it. Run the tests with \
             tests/run, or run this command as: tests/with-postgres COMMAND"
        )
    });
    let options = PgConnectOptions::from_str(&url);
    options.expect("LATCHLINE_TEST_POSTGRES is postgres://USER@HOST:PORT/DATABASE")
}

async fn on_server(server: &PgConnectOptions, statements: Vec<String>) -> sqlx::Result<()> {
    let mut connection = server.connect().await?;
    for statement in statements {
        sqlx::raw_sql(AssertSqlSafe(statement)).execute(&mut connection).await?;
    }
    connection.close().await
}
