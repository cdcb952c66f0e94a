//! Restoring a backup: all of it or nothing, and then what a service must know that has lost time.

use std::collections::BTreeMap;

use model::Timestamp;

use super::{
    Backup, BackupError, Restored, Restoring,
    file::{Line, Reading, from_json},
    tables::{AT_ONCE, Cell, Kind, STATEMENTS, TABLES, Table},
};
use crate::{Result, Store, WriteTx, sql::Sql};

impl Store {
    /// Puts a backup into this database, in one unit: all of it, or nothing is changed.
    ///
    /// What was on its way when it was taken may have gone out since, so every such text's outcome is
    /// unknown now and its carrier is asked; about e-mails nobody can be asked, and they fail. Lines
    /// know from when on the database was lost. Sessions and sign-in links are at an end: one that was
    /// ended since must not come back.
    ///
    /// # Errors
    /// [`BackupError::Occupied`] where the database holds chapters and they are not to be replaced;
    /// [`Error::Served`](crate::Error) where a service works on it.
    pub async fn restore(&self, backup: Backup, how: Restoring) -> Result<Restored, BackupError> {
        let _alone = self.keep_services_away().await?;
        self.write(move |tx| {
            Box::pin(async move {
                tx.make_room(how.replace).await?;
                let Backup { file, header } = backup;
                let rows = tx.fill(Reading::begin(file)?).await?;
                if rows != header.rows {
                    return Err(BackupError::Damaged);
                }
                tx.number_on().await?;
                let to_ask = tx.doubt_texts(how.ask_at).await?;
                let given_up = tx.give_emails_up(how.now).await?;
                tx.lose_time(header.taken_at, how.now).await?;
                Ok(Restored { taken_at: header.taken_at, rows, to_ask, given_up })
            })
        })
        .await
    }
}

impl WriteTx {
    async fn make_room(&mut self, replace: bool) -> Result<(), BackupError> {
        if self.statement(sql!("SELECT EXISTS (SELECT 1 FROM chapters)")).truth().await? && !replace
        {
            return Err(BackupError::Occupied);
        }
        for statements in STATEMENTS.iter().rev() {
            self.statement(statements.delete).execute().await?;
        }
        Ok(())
    }

    async fn fill(&mut self, mut file: Reading) -> Result<BTreeMap<String, u64>, BackupError> {
        let mut counts = BTreeMap::new();
        let mut filling: Option<Filling> = None;
        while let Some(line) = file.line()? {
            match (line, &mut filling) {
                (Line::Table { table, columns }, _) => {
                    if let Some(filled) = filling.take() {
                        self.put(&filled).await?;
                    }
                    filling = Some(Filling::of(&table, &columns)?);
                    counts.insert(table, 0);
                }
                (Line::Row(values), Some(filling)) => {
                    if values.len() != filling.columns.len() {
                        return Err(BackupError::Damaged);
                    }
                    for (value, (_, kind)) in values.into_iter().zip(&filling.columns) {
                        filling.cells.push(from_json(value, *kind).ok_or(BackupError::Damaged)?);
                    }
                    if let Some(count) = counts.get_mut(filling.table.name) {
                        *count += 1;
                    }
                    if filling.cells.len() == AT_ONCE * filling.columns.len() {
                        self.put(filling).await?;
                        filling.cells.clear();
                    }
                }
                (Line::Row(_), None) => return Err(BackupError::Damaged),
            }
        }
        if let Some(filled) = filling.take() {
            self.put(&filled).await?;
        }
        Ok(counts)
    }

    async fn put(&mut self, filling: &Filling) -> Result<()> {
        let rows = filling.cells.len() / filling.columns.len().max(1);
        let insert = match rows {
            0 => return Ok(()),
            AT_ONCE => filling.full,
            _ => filling.insert(rows),
        };
        let statement = self.statement(insert);
        filling
            .cells
            .iter()
            .fold(statement, |statement, cell| cell.bind(statement))
            .execute()
            .await?;
        Ok(())
    }

    /// Has PostgreSQL number on from where the restored rows end; SQLite does so by itself.
    async fn number_on(&mut self) -> Result<()> {
        if !self.is_postgres() {
            return Ok(());
        }
        for statement in [
            sql!(postgres_only "SELECT setval(pg_get_serial_sequence('inbound', 'seq'), MAX(seq)) FROM inbound"),
            sql!(postgres_only "SELECT setval(pg_get_serial_sequence('events', 'seq'), MAX(seq)) FROM events"),
            sql!(postgres_only "SELECT setval(pg_get_serial_sequence('outbox', 'seq'), MAX(seq)) FROM outbox"),
        ] {
            self.statement(statement).row().await?;
        }
        Ok(())
    }

    /// A text that was on its way when the backup was taken may be at the carrier now. It was not
    /// written before it was in the outbox.
    async fn doubt_texts(&mut self, ask_at: Timestamp) -> Result<u64> {
        self.statement(sql!(
            "UPDATE outbox SET state = 'unknown', written_at = COALESCE(written_at, created_at), lease_until = $1,
                    settled_how = COALESCE(settled_how, 'restored from a backup')
             WHERE line_id IS NOT NULL AND state IN ('waiting', 'sending', 'unknown')"
        ))
        .bind(ask_at)
        .execute()
        .await
    }

    async fn give_emails_up(&mut self, now: Timestamp) -> Result<u64> {
        self.statement(sql!(
            "UPDATE outbox SET state = 'failed', error_class = 'lost', lease_until = NULL, ended_at = $1,
                    settled_how = 'restored from a backup'
             WHERE line_id IS NULL AND state IN ('waiting', 'sending', 'unknown')"
        ))
        .bind(now)
        .execute()
        .await
    }

    async fn lose_time(&mut self, since: Timestamp, now: Timestamp) -> Result<()> {
        // A backup taken of a database that was itself being restored knows no more than that one.
        self.statement(sql!(
            "UPDATE lines SET lost_from = COALESCE(lost_from, $1), lost_until = $2"
        ))
        .bind(since)
        .bind(now)
        .execute()
        .await?;
        self.statement(sql!("UPDATE tasks SET lease_until = NULL, attempts = 0")).execute().await?;
        self.statement(sql!("UPDATE sessions SET ended_at = $1 WHERE ended_at IS NULL"))
            .bind(now)
            .execute()
            .await?;
        self.statement(sql!("UPDATE sign_ins SET used_at = $1 WHERE used_at IS NULL"))
            .bind(now)
            .execute()
            .await?;
        Ok(())
    }
}

/// A table being filled with the columns that the backup has of it. Those that it lacks are newer than
/// it, and are left to what the table says of them, as for an older node that works beside this one.
struct Filling {
    table: &'static Table,
    columns: Vec<(&'static str, Kind)>,
    full: Sql,
    cells: Vec<Cell>,
}

impl Filling {
    fn of(name: &str, columns: &[String]) -> Result<Self, BackupError> {
        let table = TABLES.iter().find(|table| table.name == name).ok_or(BackupError::Damaged)?;
        let known = |column: &String| {
            table.columns.iter().find(|(known, _)| known == column).ok_or(BackupError::Damaged)
        };
        let columns = columns.iter().map(|column| known(column).copied());
        let columns = columns.collect::<Result<Vec<_>, _>>()?;
        let names = columns.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let full = table.insert(&names, AT_ONCE);
        Ok(Self { table, columns, full, cells: Vec::new() })
    }

    fn insert(&self, rows: usize) -> Sql {
        let names = self.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        self.table.insert(&names, rows)
    }
}
