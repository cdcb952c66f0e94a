//! Sealing anew what an older key sealed, row by row, beside whoever works on it.

use model::Timestamp;
use uuid::Uuid;

use crate::{
    Error, Keyring, Result, Store, WriteTx,
    backups::{SealedColumn, sealed_columns},
    sql::Sql,
};

/// So many rows are looked at in one unit of work.
const AT_ONCE: usize = 100;

impl Store {
    /// Takes up a ring that has grown: what its newer keys sealed opens from now on, and the newest whose
    /// time has come seals. `false`, and nothing changes, where it is not the same ring.
    pub fn renew_keys(&self, keys: &Keyring, now: Timestamp) -> bool {
        self.vault().renew(keys, now)
    }

    /// Seals with the present key whatever an older one sealed; gives how many values. Others may work on
    /// the rows meanwhile, and it may be broken off and begun again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seal_anew(&self) -> Result<u64> {
        let mut many = 0;
        for column in sealed_columns() {
            let mut after = None;
            loop {
                let unit = self.write::<_, Error, _>(move |tx| {
                    Box::pin(async move { tx.seal_page_anew(column, after).await })
                });
                let (sealed, last) = unit.await?;
                many += sealed;
                match last {
                    Some(last) => after = Some(last),
                    None => break,
                }
            }
        }
        Ok(many)
    }
}

impl WriteTx {
    /// Seals a page of a column anew; gives how many values, and the last row looked at if there may be
    /// more.
    async fn seal_page_anew(
        &mut self,
        column: SealedColumn,
        after: Option<Uuid>,
    ) -> Result<(u64, Option<Uuid>)> {
        let SealedColumn { table, place, first, next, update } = column;
        // The one push key stands under the nil id: nothing comes before the first page.
        let rows = match after {
            Some(after) => self.statement(next).bind(after).rows().await?,
            None => self.statement(first).rows().await?,
        };
        let (mut sealed, mut last) = (0, None);
        for row in &rows {
            let id: Option<Uuid> = row.at(table, 0)?;
            let Some(id) = id else { continue };
            last = Some(id);
            let before: Option<Vec<u8>> = row.at(table, 1)?;
            let Some(before) = before.filter(|value| !self.vault.is_present(value)) else {
                continue;
            };
            // What does not open is none of ours, or a hash: it stays.
            let Some(plain) = self.vault.open(place, id, &before) else { continue };
            let after = self.vault.seal(place, id, &plain);
            sealed += self.change(update, after, id, before).await?;
        }
        Ok((sealed, last.filter(|_| rows.len() >= AT_ONCE)))
    }

    /// Only if nobody has changed it meanwhile.
    async fn change(&mut self, update: Sql, to: Vec<u8>, id: Uuid, from: Vec<u8>) -> Result<u64> {
        self.statement(update).bind(to).bind(id).bind(from).execute().await
    }
}
