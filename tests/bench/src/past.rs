//! A webhook with a million past inquiries, against an empty database.

use std::{sync::Arc, time::Duration};

use anyhow::Result;
use sqlx::Connection as _;

use crate::{
    program::{Database, Program},
    webhooks::burst,
};

const PAST: i64 = 1_000_000;

pub(crate) async fn measure() -> Result<()> {
    for on in [Database::Sqlite, Database::Postgres] {
        let empty = Arc::new(Program::start(on, 0, "http://127.0.0.1:9", 3600).await?);
        let full = Arc::new(Program::start(on, 0, "http://127.0.0.1:9", 3600).await?);
        fill(on, &full).await?;
        // By turns, so that both see the same machine.
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for turn in 0..4 {
            let (_, times) = burst(&empty, turn * 1_000_000, Duration::from_secs(3)).await?;
            before.push(times);
            let (_, times) = burst(&full, turn * 1_000_000, Duration::from_secs(3)).await?;
            after.push(times);
        }
        // The first turn warms both up.
        for turn in 1..4 {
            let ratio = |at| after[turn].at(at).as_secs_f64() / before[turn].at(at).as_secs_f64();
            println!(
                "past {on:?}: with {PAST} inquiries, median {:.2} and p90 {:.2} of an empty database ({})",
                ratio(500),
                ratio(900),
                after[turn].text()
            );
        }
    }
    Ok(())
}

/// Past inquiries: a number, an inquiry and a text each, as a year's work leaves them.
async fn fill(on: Database, program: &Program) -> Result<()> {
    match on {
        Database::Sqlite => {
            let options = sqlx::sqlite::SqliteConnectOptions::new()
                .filename(program.folder.path().join("latchline.db"))
                .busy_timeout(Duration::from_secs(60))
                // Filling is not what is measured.
                .pragma("synchronous", "OFF")
                .pragma("cache_size", "-1000000");
            let mut connection = sqlx::SqliteConnection::connect_with(&options).await?;
            let range = format!(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {PAST})"
            );
            for statement in [
                format!("{range} INSERT INTO phones (id, chapter_id, lookup, number, next_text_at, created_at)
                    SELECT randomblob(16), c.id, randomblob(32), randomblob(60), '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z' FROM n, chapters c"),
                "INSERT INTO inquiries (id, chapter_id, line_id, phone_id, state, language, reading, handled_by, first_text_at, last_text_at, closed_at)
                    SELECT randomblob(16), p.chapter_id, l.id, p.id, 'closed', 'en', randomblob(700), 'service', p.created_at, p.created_at, p.created_at FROM phones p, lines l".to_owned(),
                "INSERT INTO inbound (id, chapter_id, line_id, phone_id, carrier_message_id, standing, body, media, inquiry_id, read_at, received_at)
                    SELECT randomblob(16), q.chapter_id, q.line_id, q.phone_id, hex(randomblob(16)), 'family', randomblob(150), 0, q.id, q.first_text_at, q.first_text_at FROM inquiries q".to_owned(),
                "ANALYZE".to_owned(),
            ] {
                sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await?;
            }
            sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await?;
        }
        Database::Postgres => {
            let mut connection = sqlx::PgConnection::connect(&program.database).await?;
            let random = |bytes: usize| {
                format!(
                    "decode(substr(repeat(md5(random()::text) || md5(random()::text), {}), 1, {}), 'hex')",
                    bytes / 32 + 1,
                    bytes * 2
                )
            };
            for statement in [
                "SET session_replication_role = replica".to_owned(),
                format!("INSERT INTO phones (id, chapter_id, lookup, number, next_text_at, created_at)
                    SELECT gen_random_uuid(), c.id, {}, {}, '2026-01-01Z', '2026-01-01Z' FROM generate_series(1, {PAST}), chapters c", random(32), random(60)),
                format!("INSERT INTO inquiries (id, chapter_id, line_id, phone_id, state, language, reading, handled_by, first_text_at, last_text_at, closed_at)
                    SELECT gen_random_uuid(), p.chapter_id, l.id, p.id, 'closed', 'en', {}, 'service', p.created_at, p.created_at, p.created_at FROM phones p, lines l", random(700)),
                format!("INSERT INTO inbound (id, chapter_id, line_id, phone_id, carrier_message_id, standing, body, media, inquiry_id, read_at, received_at)
                    SELECT gen_random_uuid(), q.chapter_id, q.line_id, q.phone_id, md5(random()::text), 'family', {}, 0, q.id, q.first_text_at, q.first_text_at FROM inquiries q", random(150)),
                "VACUUM ANALYZE".to_owned(),
                "CHECKPOINT".to_owned(),
            ] {
                sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await?;
            }
        }
    }
    Ok(())
}
