//! Members' photos, sealed.

use model::{ChapterId, MemberId, Timestamp};

use crate::{Error, ReadTx, Result, WriteTx};

const PLACE: &str = "portraits.content";

impl ReadTx {
    /// Whether a member has given a photo.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_portrait(&mut self, member: MemberId) -> Result<bool> {
        let row = self
            .statement(sql!("SELECT member_id FROM portraits WHERE member_id = $1"))
            .bind(member)
            .row()
            .await?;
        Ok(row.is_some())
    }

    /// A member's photo.
    ///
    /// # Errors
    /// What the database says.
    pub async fn portrait(&mut self, member: MemberId) -> Result<Option<Vec<u8>>> {
        let row = self
            .statement(sql!("SELECT content FROM portraits WHERE member_id = $1"))
            .bind(member)
            .row()
            .await?;
        let Some(row) = row else { return Ok(None) };
        let sealed: Vec<u8> = row.get("portraits", "content")?;
        let opened = self.vault.open(PLACE, member.as_uuid(), &sealed);
        opened.map(Some).ok_or_else(|| Error::unopened("portraits", "content", member.as_uuid()))
    }
}

impl WriteTx {
    /// Keeps a member's photo in place of the one there was. It is small: a backup holds a hundred rows
    /// in its hand.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_portrait(
        &mut self,
        chapter: ChapterId,
        member: MemberId,
        photo: &[u8],
        now: Timestamp,
    ) -> Result<()> {
        let sealed = self.vault.seal(PLACE, member.as_uuid(), photo);
        self.statement(sql!(
            "INSERT INTO portraits (member_id, chapter_id, content, kept_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (member_id) DO UPDATE SET content = excluded.content, kept_at = excluded.kept_at"
        ))
        .bind(member)
        .bind(chapter)
        .bind(sealed)
        .bind(now)
        .execute()
        .await?;
        Ok(())
    }

    /// Takes a member's photo away; `false` if there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_portrait(&mut self, member: MemberId) -> Result<bool> {
        let gone = self
            .statement(sql!("DELETE FROM portraits WHERE member_id = $1"))
            .bind(member)
            .execute()
            .await?;
        Ok(gone > 0)
    }
}
