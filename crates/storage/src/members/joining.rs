//! A new member's first steps: her number is asked for an answer, and she tries a practice referral.

use model::{ChapterId, MemberId, Timestamp};

use super::Member;
use crate::{ReadTx, Result, WriteTx};

impl ReadTx {
    /// The active members of a chapter whose numbers were never asked for an answer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn members_to_confirm(
        &mut self,
        chapter: ChapterId,
        at_most: i64,
    ) -> Result<Vec<Member>> {
        let rows = self
            .statement(sql!(
                "SELECT " member_columns!() " FROM members
                 WHERE chapter_id = $1 AND status = 'active' AND number_asked_at IS NULL
                   AND number_confirmed_at IS NULL AND awaiting IS NULL
                 ORDER BY created_at, id LIMIT $2"
            ))
            .bind(chapter)
            .bind(at_most)
            .rows()
            .await?;
        self.decode(rows)
    }
}

impl WriteTx {
    /// Keeps that a member who was removed asks to be taken in again: she is as new.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_member_applied(&mut self, id: MemberId, at: Timestamp) -> Result<()> {
        self.statement(sql!("UPDATE members SET created_at = $2, awaiting = NULL WHERE id = $1"))
            .bind(id)
            .bind(at)
            .execute()
            .await?;
        Ok(())
    }

    /// Keeps that a text goes to the number of a member who was never asked for an answer; `false`
    /// where she was, by whoever came first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn first_ask_number(&mut self, id: MemberId, at: Timestamp) -> Result<bool> {
        let asked = self
            .statement(sql!(
                "UPDATE members SET number_asked_at = $2 WHERE id = $1 AND number_asked_at IS NULL"
            ))
            .bind(id)
            .bind(at)
            .execute()
            .await?;
        Ok(asked == 1)
    }

    /// Keeps when a text went to a member's number that she is to answer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_number_asked(&mut self, id: MemberId, at: Timestamp) -> Result<()> {
        self.statement(sql!("UPDATE members SET number_asked_at = $2 WHERE id = $1"))
            .bind(id)
            .bind(at)
            .execute()
            .await?;
        Ok(())
    }

    /// Keeps when a member answered from her number; `false` if she had before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_number_confirmed(&mut self, id: MemberId, at: Timestamp) -> Result<bool> {
        let set = self
            .statement(sql!(
                "UPDATE members SET number_confirmed_at = $2
                 WHERE id = $1 AND number_confirmed_at IS NULL"
            ))
            .bind(id)
            .bind(at)
            .execute()
            .await?;
        Ok(set == 1)
    }

    /// Keeps when a member claimed a practice referral.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_member_practised(&mut self, id: MemberId, at: Timestamp) -> Result<()> {
        self.statement(sql!("UPDATE members SET practised_at = $2 WHERE id = $1"))
            .bind(id)
            .bind(at)
            .execute()
            .await?;
        Ok(())
    }
}
