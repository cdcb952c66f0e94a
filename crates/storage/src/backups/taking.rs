//! Taking a backup: one state of the database, table by table.

use std::{collections::BTreeMap, io::Write};

use model::Timestamp;

use super::{
    BackedUp, BackupError,
    file::{Header, Writing},
    tables::{AT_ONCE, Cell, STATEMENTS, Statements},
};
use crate::{ReadTx, Result, Store, migrations};

impl Store {
    /// Writes everything the database holds to `out`, as it is at one moment, beside whatever else
    /// goes on. What is sealed stays sealed, and the key is not in it. `program` is the version that
    /// the file names as its maker.
    ///
    /// # Errors
    /// [`BackupError`] where the database cannot be read or the file not be written; then what was
    /// written is of no use.
    pub async fn back_up<W: Write + Send + 'static>(
        &self,
        out: W,
        program: &str,
        now: Timestamp,
    ) -> Result<BackedUp, BackupError> {
        let (program, database) = (program.to_owned(), self.kind().to_owned());
        self.read(move |tx| {
            Box::pin(async move {
                let mut rows = BTreeMap::new();
                for statements in STATEMENTS.iter() {
                    let count: Option<i64> =
                        tx.statement(statements.count).scalar(statements.table.name).await?;
                    let count = u64::try_from(count.unwrap_or(0)).unwrap_or(0);
                    rows.insert(statements.table.name.to_owned(), count);
                }
                let keys = tx.vault.fingerprints();
                let schema = migrations::newest();
                let header = Header { program, schema, database, taken_at: now, keys, rows };
                let mut file = Writing::begin(out, &tx.vault, &header)?;
                for statements in STATEMENTS.iter() {
                    tx.write_table(statements, &mut file).await?;
                }
                let bytes = file.finish()?;
                Ok(BackedUp { taken_at: now, schema, rows: header.rows, bytes })
            })
        })
        .await
    }
}

impl ReadTx {
    async fn write_table<W: Write>(
        &mut self,
        statements: &Statements,
        file: &mut Writing<W>,
    ) -> Result<(), BackupError> {
        let table = statements.table;
        let names = table.columns.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        file.table(table.name, &names)?;
        let mut last: Option<Vec<Cell>> = None;
        loop {
            let statement = match &last {
                None => self.statement(statements.first),
                Some(row) => table
                    .key_of(row)
                    .iter()
                    .fold(self.statement(statements.next), |statement, cell| cell.bind(statement)),
            };
            let rows = statement.rows().await?;
            for row in &rows {
                let cells = table
                    .columns
                    .iter()
                    .map(|&(name, kind)| Cell::of_row(row, table.name, name, kind));
                let cells = cells.collect::<Result<Vec<_>>>()?;
                file.row(&cells)?;
                last = Some(cells);
            }
            if rows.len() < AT_ONCE {
                return Ok(());
            }
        }
    }
}
