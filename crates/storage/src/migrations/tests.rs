//! The two databases, held against each other and against every statement, of this program and of
//! those that were released before it.

use std::{collections::HashMap, fs, path::Path};

use proc_macro2::{TokenStream, TokenTree};
use serde::{Deserialize, Serialize};
use sqlx::{Connection as _, Executor as _, PgConnection, SqlSafeStr as _, SqliteConnection};

/// A statement as it stands in the source: where, and its text for each database.
#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Written {
    place: String,
    sqlite: String,
    postgres: String,
}

/// A fresh SQLite and a fresh PostgreSQL schema with all tables. PostgreSQL comes from `tests/run`,
/// which starts a throw-away cluster.
async fn both(schema: &str) -> (SqliteConnection, PgConnection) {
    #[expect(
        clippy::disallowed_methods,
        reason = "tests learn the cluster's address from tests/run"
    )]
    let url = std::env::var("LATCHLINE_TEST_POSTGRES").expect(
        "LATCHLINE_TEST_POSTGRES is not set: run the tests with tests/run, which starts PostgreSQL",
    );
    let mut lite = SqliteConnection::connect("sqlite::memory:").await.expect("SQLite");
    super::sqlite().run_direct(None, &mut lite, false).await.expect("SQLite's tables");
    let mut pg = PgConnection::connect(&url).await.expect("PostgreSQL");
    let fresh = format!(
        "DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}; SET search_path = {schema}"
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(fresh)).execute(&mut pg).await.expect("a schema");
    super::postgres().run_direct(None, &mut pg, false).await.expect("PostgreSQL's tables");
    (lite, pg)
}

/// Every `sql!(...)` of this crate, read from its source by Rust's own lexer.
fn statements() -> Vec<Written> {
    let mut files = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    let sources: Vec<(String, TokenStream)> = files
        .iter()
        .filter(|file| !file.ends_with("sql.rs") && !file.ends_with("migrations/tests.rs"))
        .map(|file| {
            (file.clone(), fs::read_to_string(file).expect("a source file").parse().expect("Rust"))
        })
        .collect();
    let mut columns = HashMap::new();
    for (_, source) in &sources {
        invocations(source, "macro_rules", &mut |name, body| {
            if let (Some(name), Some(text)) = (name, strings(&body).into_iter().next()) {
                columns.insert(name, text);
            }
        });
    }
    let mut found = Vec::new();
    for (file, source) in &sources {
        invocations(source, "sql", &mut |_, body| {
            let (mut sqlite, mut postgres) = (String::new(), String::new());
            let tokens = body.into_iter().collect::<Vec<_>>();
            for (at, token) in tokens.iter().enumerate() {
                match token {
                    TokenTree::Group(both) if tokens[at - 1].to_string() == "either" => {
                        let both = strings(&both.stream());
                        sqlite.push_str(&both[0]);
                        postgres.push_str(&both[1]);
                    }
                    TokenTree::Literal(_) => {
                        let text = literal(token).expect("a string");
                        sqlite.push_str(&text);
                        postgres.push_str(&text);
                    }
                    TokenTree::Ident(word) if word == "for_update" => {
                        postgres.push_str(" FOR NO KEY UPDATE ");
                    }
                    TokenTree::Ident(word) if word == "skip_locked" => {
                        postgres.push_str(" FOR NO KEY UPDATE SKIP LOCKED ");
                    }
                    TokenTree::Ident(word) if word == "in_list" => {
                        sqlite.push_str(" IN (SELECT unhex(value) FROM json_each($1)) ");
                        postgres.push_str(
                            " IN (SELECT CAST(one AS UUID) FROM jsonb_array_elements_text($1) AS one) ",
                        );
                    }
                    TokenTree::Ident(word)
                        if ["sqlite_only", "postgres_only", "either"]
                            .iter()
                            .any(|it| word == it) => {}
                    TokenTree::Ident(word) => {
                        let list = columns.get(&word.to_string()).expect("a list of columns");
                        sqlite.push_str(list);
                        postgres.push_str(list);
                    }
                    _ => {}
                }
            }
            match tokens[0].to_string().as_str() {
                "sqlite_only" => postgres.clear(),
                "postgres_only" => sqlite.clear(),
                _ => {}
            }
            found.push(Written {
                place: file.rsplit_once("/src/").map_or("", |part| part.1).to_owned(),
                sqlite,
                postgres,
            });
        });
    }
    found
}

fn collect(folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push(path.display().to_string());
        }
    }
}

/// Calls `each` with the body of every `name!(...)` or `name! it {...}`, and with `it`.
fn invocations(
    source: &TokenStream,
    name: &str,
    each: &mut dyn FnMut(Option<String>, TokenStream),
) {
    let tokens = source.clone().into_iter().collect::<Vec<_>>();
    for (at, token) in tokens.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            let before = |back: usize| at.checked_sub(back).map(|at| tokens[at].to_string());
            if before(1).as_deref() == Some("!") && before(2).as_deref() == Some(name) {
                each(None, group.stream());
            } else if before(2).as_deref() == Some("!") && before(3).as_deref() == Some(name) {
                each(before(1), group.stream());
            } else {
                invocations(&group.stream(), name, each);
            }
        }
    }
}

/// Every string literal in a token stream, at any depth.
fn strings(body: &TokenStream) -> Vec<String> {
    body.clone()
        .into_iter()
        .flat_map(|token| match &token {
            TokenTree::Group(group) => strings(&group.stream()),
            _ => literal(&token).into_iter().collect(),
        })
        .collect()
}

fn literal(token: &TokenTree) -> Option<String> {
    syn::parse2::<syn::LitStr>(token.clone().into()).ok().map(|text| text.value())
}

/// Catches a misspelt column or a clause that one database lacks, even in code no test reaches.
#[tokio::test]
async fn both_databases_accept_every_statement() {
    let statements = statements();
    assert!(statements.len() > 100, "only {} statements were found", statements.len());
    let refused = refused("every_statement", statements).await;
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// What happened is only ever added to: nothing takes an event away, and nothing changes one but what
/// erases, which empties what it says and leaves that it was.
#[test]
fn events_are_only_ever_added_to() {
    let said = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let mut added = 0;
    for Written { place, sqlite, postgres } in statements() {
        for text in [said(&sqlite), said(&postgres)] {
            if place.starts_with("erasure")
                && text.starts_with("update events set detail = '{}' where ")
            {
                continue;
            }
            for change in
                ["update events ", "delete from events", "replace into events", "truncate"]
            {
                let text = format!("{text} ");
                assert!(!text.contains(change), "{place} changes the record: {text}");
            }
            added += usize::from(text.contains("insert into events"));
        }
    }
    assert!(added > 0, "nothing adds to the record: this looks at the wrong words");
}

/// What the databases, as they are now, say against statements.
async fn refused(schema: &str, statements: Vec<Written>) -> Vec<String> {
    let (mut lite, mut pg) = both(schema).await;
    let mut refused = Vec::new();
    for Written { place, sqlite, postgres } in statements {
        let (lite_text, pg_text) =
            (sqlx::AssertSqlSafe(sqlite.clone()), sqlx::AssertSqlSafe(postgres.clone()));
        if !sqlite.is_empty()
            && let Err(error) = (&mut lite).prepare(lite_text.into_sql_str()).await
        {
            refused.push(format!("SQLite refuses a statement of {place}: {error}\n{sqlite}"));
        }
        if !postgres.is_empty()
            && let Err(error) = (&mut pg).prepare(pg_text.into_sql_str()).await
        {
            refused.push(format!("PostgreSQL refuses a statement of {place}: {error}\n{postgres}"));
        }
    }
    refused
}

/// What a release says to its database: kept beside the migrations for as long as one of its nodes may
/// work beside newer ones.
#[derive(Serialize, Deserialize)]
struct Release {
    release: String,
    schema: i64,
}

/// The releases whose statements are kept, and the statements.
fn releases() -> Vec<(Release, Vec<Written>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/statements");
    let mut releases = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder of statements") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a file");
        let (first, rest) = text.split_once('\n').expect("two lines and more");
        let statements = rest.lines().map(|line| serde_json::from_str(line).expect("a statement"));
        releases.push((serde_json::from_str(first).expect("a release"), statements.collect()));
    }
    releases
}

/// Catches a migration after which a node of an older release, still at work during an upgrade, could
/// not go on. `LATCHLINE_KEEP_STATEMENTS=0.2.0` keeps the statements of the present as that release's.
#[tokio::test]
async fn the_statements_of_older_releases_still_hold() {
    #[expect(clippy::disallowed_methods, reason = "this is how a release keeps its statements")]
    if let Ok(release) = std::env::var("LATCHLINE_KEEP_STATEMENTS") {
        let mut statements = statements();
        statements.sort();
        statements.dedup();
        let first = Release { release, schema: super::newest() };
        let mut text = serde_json::to_string(&first).expect("JSON") + "\n";
        for statement in statements {
            text += &(serde_json::to_string(&statement).expect("JSON") + "\n");
        }
        let file = format!("../../migrations/statements/{}.jsonl", first.release);
        fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(file), text).expect("it is kept");
    }
    let releases = releases();
    assert!(!releases.is_empty(), "no release's statements are kept");
    for (Release { release, schema }, statements) in releases {
        assert!(statements.len() > 100, "only {} statements of {release}", statements.len());
        let refused = refused("older_statements", statements).await;
        assert!(refused.is_empty(), "of release {release}: {}", refused.join("\n"));
        let must = new_and_needed(schema).await;
        assert!(must.is_empty(), "release {release} does not fill {must:?}");
    }
}

/// The columns that came after a step and that must be filled: an older node leaves them empty.
async fn new_and_needed(schema: i64) -> Vec<String> {
    let columns = "SELECT m.name || '.' || p.name FROM sqlite_schema m, pragma_table_info(m.name) p
                   WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'";
    let mut before = SqliteConnection::connect("sqlite::memory:").await.expect("SQLite");
    let old = super::up_to(schema, |step| step.2);
    old.run_direct(None, &mut before, false).await.expect("the tables of then");
    let old: Vec<String> =
        sqlx::query_scalar(columns).fetch_all(&mut before).await.expect("columns");
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'")
            .fetch_all(&mut before)
            .await
            .expect("tables");
    let mut now = SqliteConnection::connect("sqlite::memory:").await.expect("SQLite");
    super::sqlite().run_direct(None, &mut now, false).await.expect("the tables of now");
    let needed =
        sqlx::AssertSqlSafe(format!("{columns} AND p.\"notnull\" AND p.dflt_value IS NULL"));
    let needed: Vec<String> =
        sqlx::query_scalar(needed).fetch_all(&mut now).await.expect("columns");
    let in_old_table = |column: &String| {
        column.split_once('.').is_some_and(|(table, _)| tables.iter().any(|t| t == table))
    };
    needed.into_iter().filter(|column| in_old_table(column) && !old.contains(column)).collect()
}

/// Catches a table, a column, a NOT NULL or an index that one set of migrations lacks.
#[tokio::test]
async fn both_databases_have_the_same_tables() {
    let (mut lite, mut pg) = both("same_tables").await;
    let lite_columns: Vec<(String, String, bool)> = sqlx::query_as(
        "SELECT m.name, p.name, p.\"notnull\" FROM sqlite_schema m, pragma_table_info(m.name) p
         WHERE m.type = 'table' AND m.name NOT LIKE '\\_sqlx%' ESCAPE '\\' AND m.name NOT LIKE 'sqlite%'
         ORDER BY 1, 2",
    )
    .fetch_all(&mut lite)
    .await
    .expect("SQLite's columns");
    let pg_columns: Vec<(String, String, bool)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text, is_nullable = 'NO' FROM information_schema.columns
         WHERE table_schema = 'same_tables' AND table_name NOT LIKE '\\_sqlx%'
         ORDER BY table_name::text COLLATE \"C\", column_name::text COLLATE \"C\"",
    )
    .fetch_all(&mut pg)
    .await
    .expect("PostgreSQL's columns");
    assert!(lite_columns.len() > 100);
    assert_eq!(lite_columns, pg_columns);
    let lite_indexes: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1",
    )
    .fetch_all(&mut lite)
    .await
    .expect("SQLite's indexes");
    let pg_indexes: Vec<String> = sqlx::query_scalar(
        "SELECT c.relname::text FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
         JOIN pg_namespace n ON n.oid = c.relnamespace
         LEFT JOIN pg_constraint k ON k.conindid = c.oid
         WHERE n.nspname = 'same_tables' AND k.oid IS NULL AND c.relname NOT LIKE '\\_sqlx%'
         ORDER BY c.relname::text COLLATE \"C\"",
    )
    .fetch_all(&mut pg)
    .await
    .expect("PostgreSQL's indexes");
    assert_eq!(lite_indexes, pg_indexes);
}

/// Catches a table or a column that a migration adds and a backup would leave out, and one whose kind
/// was mistaken.
#[tokio::test]
async fn a_backup_knows_every_table_and_what_its_columns_hold() {
    let (_lite, mut pg) = both("backed_up").await;
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT table_name::text, column_name::text, data_type::text FROM information_schema.columns
         WHERE table_schema = 'backed_up' AND table_name NOT LIKE '\\_sqlx%' AND table_name <> 'installation'
         ORDER BY table_name::text COLLATE \"C\", column_name::text COLLATE \"C\"",
    )
    .fetch_all(&mut pg)
    .await
    .expect("PostgreSQL's columns");
    assert_eq!(crate::backups::columns(), columns);
}
