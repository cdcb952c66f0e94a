//! Numbers whose person asked that all of it be forgotten.

use model::{ChapterId, PhoneId, Timestamp};

use crate::{Result, WriteTx};

impl WriteTx {
    /// Notes from when on all goes that the person of a number wrote. What was asked first counts.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_from(&mut self, phone: PhoneId, at: Timestamp) -> Result<()> {
        self.statement(sql!(
            "UPDATE phones SET forget_at = $2 WHERE id = $1 AND forget_at IS NULL"
        ))
        .bind(phone)
        .bind(at)
        .execute()
        .await?;
        Ok(())
    }

    /// Notes that it went.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_forgotten(&mut self, phone: PhoneId) -> Result<()> {
        self.statement(sql!("UPDATE phones SET forget_at = NULL WHERE id = $1"))
            .bind(phone)
            .execute()
            .await?;
        Ok(())
    }

    /// The numbers of a chapter whose time to be forgotten has come and that no inquiry is open of, the
    /// longest due first, at most so many. Nobody else takes them meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn numbers_to_forget(
        &mut self,
        chapter: ChapterId,
        now: Timestamp,
        most: i64,
    ) -> Result<Vec<PhoneId>> {
        let rows = self
            .statement(sql!(
                "SELECT id FROM phones
                 WHERE chapter_id = $1 AND forget_at <= $2 AND forget_at IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM inquiries i WHERE i.phone_id = phones.id AND i.closed_at IS NULL)
                 ORDER BY forget_at LIMIT $3" for_update
            ))
            .bind(chapter)
            .bind(now)
            .bind(most)
            .rows()
            .await?;
        rows.iter().map(|row| row.get("phones", "id")).collect()
    }
}
