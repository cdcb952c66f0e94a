//! The two databases, held against each other and against every statement.

use std::{collections::HashMap, fs, path::Path};

use proc_macro2::{TokenStream, TokenTree};
use sqlx::{Connection as _, Executor as _, PgConnection, SqlSafeStr as _, SqliteConnection};

/// A statement as it stands in the source: where, and its text for each database.
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
            let twofold = matches!(&tokens[0], TokenTree::Ident(word) if word == "sqlite");
            let mut texts = 0;
            for token in &tokens {
                match token {
                    TokenTree::Literal(_) => {
                        let text = literal(token).expect("a string");
                        texts += 1;
                        if !twofold || texts == 1 {
                            sqlite.push_str(&text);
                        }
                        if !twofold || texts == 2 {
                            postgres.push_str(&text);
                        }
                    }
                    TokenTree::Ident(word) if word == "for_update" => {
                        postgres.push_str(" FOR NO KEY UPDATE ");
                    }
                    TokenTree::Ident(word) if word == "skip_locked" => {
                        postgres.push_str(" FOR NO KEY UPDATE SKIP LOCKED ");
                    }
                    TokenTree::Ident(word) if word == "sqlite" || word == "postgres" => {}
                    TokenTree::Ident(word) => {
                        let list = columns.get(&word.to_string()).expect("a list of columns");
                        sqlite.push_str(list);
                        postgres.push_str(list);
                    }
                    _ => {}
                }
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
    let (mut lite, mut pg) = both("every_statement").await;
    let mut refused = Vec::new();
    for Written { place, sqlite, postgres } in statements {
        let (lite_text, pg_text) =
            (sqlx::AssertSqlSafe(sqlite.clone()), sqlx::AssertSqlSafe(postgres.clone()));
        if let Err(error) = (&mut lite).prepare(lite_text.into_sql_str()).await {
            refused.push(format!("SQLite refuses a statement of {place}: {error}\n{sqlite}"));
        }
        if let Err(error) = (&mut pg).prepare(pg_text.into_sql_str()).await {
            refused.push(format!("PostgreSQL refuses a statement of {place}: {error}\n{postgres}"));
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
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
