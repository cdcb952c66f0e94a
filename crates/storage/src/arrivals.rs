//! What is known of a text at the moment it comes in, in one look: every text asks for all of it.

use model::{ChapterId, LineId, Phone};

use crate::{Chapter, PhoneRow, ReadTx, Result, sql::FromRow as _};

/// What is known of a text that comes in, and of who sends it.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// The chapter whose line it came to.
    pub chapter: Chapter,
    /// Its sender's number; `None` if the chapter has never heard of it.
    pub phone: Option<PhoneRow>,
    /// Whether the number is a member's.
    pub is_member: bool,
    /// Whether the number is an admin's.
    pub is_admin: bool,
    /// Whether no texts may go to it from this line.
    pub is_suppressed: bool,
    /// Whether the carrier's text of this id is kept already.
    pub is_kept: bool,
}

impl ReadTx {
    /// What is known of a text from `number` to a chapter's line; `None` if there is no such chapter.
    ///
    /// # Errors
    /// What the database says.
    pub async fn arrival(
        &mut self,
        chapter: ChapterId,
        line: LineId,
        number: &Phone,
        carrier_message_id: &str,
    ) -> Result<Option<Arrival>> {
        let lookup = self.vault.lookup(chapter, number);
        let row = self
            .statement(sql!(
                "SELECT c.id, c.slug, c.name, c.timezone, c.settings, c.created_at,
                        p.id AS phone_id, p.number, p.language, p.blocked_at, p.unreachable_code,
                        p.passive_replies,
                        EXISTS (SELECT 1 FROM members WHERE chapter_id = c.id AND phone_id = p.id) AS is_member,
                        EXISTS (SELECT 1 FROM admins WHERE chapter_id = c.id AND phone_id = p.id) AS is_admin,
                        EXISTS (SELECT 1 FROM suppressions WHERE chapter_id = c.id AND lookup = $2
                                AND scope IN ('chapter', $3)) AS is_suppressed,
                        EXISTS (SELECT 1 FROM inbound WHERE line_id = $4 AND carrier_message_id = $5) AS is_kept
                 FROM chapters c LEFT JOIN phones p ON p.chapter_id = c.id AND p.lookup = $2
                 WHERE c.id = $1"
            ))
            .bind(chapter)
            .bind(lookup.clone())
            .bind(line.to_string())
            .bind(line)
            .bind(carrier_message_id)
            .row()
            .await?;
        let Some(row) = row else { return Ok(None) };
        let truth = |column| row.get::<bool>("arrival", column);
        Ok(Some(Arrival {
            phone: PhoneRow::beside(&row, chapter, lookup, &self.vault)?,
            is_member: truth("is_member")?,
            is_admin: truth("is_admin")?,
            is_suppressed: truth("is_suppressed")?,
            is_kept: truth("is_kept")?,
            chapter: Chapter::from_row(&row, &self.vault)?,
        }))
    }
}
