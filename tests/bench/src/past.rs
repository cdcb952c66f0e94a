//! A webhook with a million past inquiries, against an empty database.

use std::{sync::Arc, time::Duration};

use anyhow::Result;
use sqlx::Connection as _;

use crate::{
    figures::Figures,
    program::{Database, Program},
    promise::Promises,
    webhooks::burst,
};

const PAST: i64 = 1_000_000;

pub(crate) async fn measure(promises: &mut Promises) -> Result<()> {
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
            println!(
                "past {on:?}: with {PAST} inquiries, median {:.2} and p90 {:.2} of an empty database ({})",
                ratio(&after[turn], &before[turn], 500),
                ratio(&after[turn], &before[turn], 900),
                after[turn].text()
            );
        }
        let [before, after] =
            [before, after].map(|turns| Figures::together(turns.into_iter().skip(1)));
        for (what, at) in [("median", 500), ("p90", 900)] {
            promises.at_most(&format!("past {on:?}, {what}"), ratio(&after, &before, at), 1.2);
        }
    }
    Ok(())
}

fn ratio(after: &Figures, before: &Figures, at: usize) -> f64 {
    after.at(at).as_secs_f64() / before.at(at).as_secs_f64()
}

/// What happened with each inquiry, as events.
const HAPPENED: [&str; 4] = ["inquiry_begun", "read", "asked_members", "handed_off"];
/// What was sent to each family, with its priority and its lane.
const ANSWERED: [(&str, u8, u8); 2] = [("reply", 3, 1), ("hand_off", 2, 1)];

/// The events and messages of each past inquiry. What makes random bytes and ids differs between the databases.
fn what_came_of_them(id: &str, body: &str, carrier_id: &str) -> [String; 2] {
    let words = |rows: Vec<String>| rows.join(" UNION ALL ");
    let happened = words(HAPPENED.map(|kind| format!("SELECT '{kind}' AS kind")).into());
    let answered = words(
        ANSWERED
            .map(|(kind, priority, lane)| {
                format!("SELECT '{kind}' AS kind, {priority} AS priority, {lane} AS lane")
            })
            .into(),
    );
    [
        format!("INSERT INTO events (id, chapter_id, inquiry_id, at, actor, kind, detail)
            SELECT {id}, q.chapter_id, q.id, q.first_text_at, 'service', k.kind, '{{}}' FROM inquiries q, ({happened}) k"),
        format!("INSERT INTO outbox (id, chapter_id, channel, line_id, phone_id, kind, priority, lane, dedupe, inquiry_id, body, state, due_at,
                expires_at, attempts, written_at, carrier_message_id, segments, accepted_at, ended_at, created_at)
            SELECT {id}, q.chapter_id, 'text', q.line_id, q.phone_id, k.kind, k.priority, k.lane, k.kind || {carrier_id}, q.id, {body}, 'delivered',
                q.first_text_at, q.last_text_at, 1, q.first_text_at, 'SM' || {carrier_id}, 1, q.first_text_at, q.last_text_at, q.first_text_at
            FROM inquiries q, ({answered}) k"),
    ]
}

/// Past inquiries: a number, an inquiry and a text each, what happened and what was answered, as a year's work
/// leaves them.
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
            let [events, outbox] =
                what_came_of_them("randomblob(16)", "randomblob(200)", "hex(randomblob(16))");
            for statement in [
                format!("{range} INSERT INTO phones (id, chapter_id, lookup, number, next_text_at, created_at)
                    SELECT randomblob(16), c.id, randomblob(32), randomblob(60), '2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z' FROM n, chapters c"),
                "INSERT INTO inquiries (id, chapter_id, line_id, phone_id, state, language, reading, handled_by, first_text_at, last_text_at, closed_at)
                    SELECT randomblob(16), p.chapter_id, l.id, p.id, 'closed', 'en', randomblob(700), 'service', p.created_at, p.created_at, p.created_at FROM phones p, lines l".to_owned(),
                "INSERT INTO inbound (id, chapter_id, line_id, phone_id, carrier_message_id, standing, body, media, inquiry_id, read_at, received_at)
                    SELECT randomblob(16), q.chapter_id, q.line_id, q.phone_id, hex(randomblob(16)), 'family', randomblob(150), 0, q.id, q.first_text_at, q.first_text_at FROM inquiries q".to_owned(),
                events,
                outbox,
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
            let [events, outbox] =
                what_came_of_them("gen_random_uuid()", &random(200), "md5(random()::text)");
            for statement in [
                "SET session_replication_role = replica".to_owned(),
                format!("INSERT INTO phones (id, chapter_id, lookup, number, next_text_at, created_at)
                    SELECT gen_random_uuid(), c.id, {}, {}, '2026-01-01Z', '2026-01-01Z' FROM generate_series(1, {PAST}), chapters c", random(32), random(60)),
                format!("INSERT INTO inquiries (id, chapter_id, line_id, phone_id, state, language, reading, handled_by, first_text_at, last_text_at, closed_at)
                    SELECT gen_random_uuid(), p.chapter_id, l.id, p.id, 'closed', 'en', {}, 'service', p.created_at, p.created_at, p.created_at FROM phones p, lines l", random(700)),
                format!("INSERT INTO inbound (id, chapter_id, line_id, phone_id, carrier_message_id, standing, body, media, inquiry_id, read_at, received_at)
                    SELECT gen_random_uuid(), q.chapter_id, q.line_id, q.phone_id, md5(random()::text), 'family', {}, 0, q.id, q.first_text_at, q.first_text_at FROM inquiries q", random(150)),
                events,
                outbox,
                "VACUUM ANALYZE".to_owned(),
                "CHECKPOINT".to_owned(),
            ] {
                sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(&mut connection).await?;
            }
        }
    }
    Ok(())
}
