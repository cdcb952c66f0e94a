//! Corrections: what one of the chapter's people changed of what was read.

use model::{ActorKind, ChapterId, CorrectionId, InquiryId, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    Error, ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! correction_columns {
    () => {
        "id, chapter_id, inquiry_id, field, content, actor, actor_id, corrected_at"
    };
}

/// A correction of one field of a reading.
#[derive(Clone, PartialEq)]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// The inquiry whose reading was corrected.
    pub inquiry_id: InquiryId,
    /// Which field, by its name in the reading.
    pub field: String,
    /// What it rests on, what was read and what should have been. Sealed: it may hold the family's words.
    pub content: Value,
    /// Who, by kind.
    pub actor: ActorKind,
    /// Who, by id.
    pub actor_id: Uuid,
    /// When.
    pub corrected_at: Timestamp,
}

impl std::fmt::Debug for Correction {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Correction")
            .field("id", &self.id)
            .field("field", &self.field)
            .finish_non_exhaustive()
    }
}

/// A correction to be kept: a [`Correction`] as it is made.
pub type NewCorrection = Correction;

impl FromRow for Correction {
    const TABLE: &'static str = "corrections";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: CorrectionId = row.get(Self::TABLE, "id")?;
        let sealed: Vec<u8> = row.get(Self::TABLE, "content")?;
        let plain = vault
            .open("corrections.content", id.as_uuid(), &sealed)
            .ok_or_else(|| Error::unopened(Self::TABLE, "content", id.as_uuid()))?;
        // The parser's own words would repeat the content.
        let content = serde_json::from_slice(&plain)
            .map_err(|_| Error::unreadable(Self::TABLE, "content", id, "it is no document"))?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            inquiry_id: row.get(Self::TABLE, "inquiry_id")?,
            field: row.get(Self::TABLE, "field")?,
            content,
            actor: row.get(Self::TABLE, "actor")?,
            actor_id: row.get(Self::TABLE, "actor_id")?,
            corrected_at: row.get(Self::TABLE, "corrected_at")?,
        })
    }
}

impl ReadTx {
    /// A chapter's newest corrections, so many at most, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn corrections(&mut self, chapter: ChapterId, limit: i64) -> Result<Vec<Correction>> {
        let rows = self
            .statement(sql!(
                "SELECT " correction_columns!() " FROM corrections
                 WHERE chapter_id = $1 ORDER BY corrected_at DESC, id DESC LIMIT $2"
            ))
            .bind(chapter)
            .bind(limit)
            .rows()
            .await?;
        self.decode(rows)
    }
}

impl WriteTx {
    /// Keeps a correction.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_correction(&mut self, correction: &NewCorrection) -> Result<()> {
        let plain = serde_json::to_vec(&correction.content).unwrap_or_default();
        let content = self.vault.seal("corrections.content", correction.id.as_uuid(), &plain);
        self.statement(sql!(
            "INSERT INTO corrections (id, chapter_id, inquiry_id, field, content, actor, actor_id, corrected_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ))
        .bind(correction.id)
        .bind(correction.chapter_id)
        .bind(correction.inquiry_id)
        .bind(correction.field.as_str())
        .bind(content)
        .bind(correction.actor)
        .bind(correction.actor_id)
        .bind(correction.corrected_at)
        .execute()
        .await?;
        Ok(())
    }
}
