//! The photos and files of papers, sealed piece by piece.

use model::{EvidenceId, OriginalId, Timestamp};

use crate::{Error, ReadTx, Result, WriteTx};

/// The photo or file of a piece of evidence.
#[derive(Clone, PartialEq, Eq)]
pub struct Original {
    /// What it is, such as `image/jpeg`.
    pub media_type: String,
    /// The file.
    pub content: Vec<u8>,
}

impl std::fmt::Debug for Original {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Original({} bytes)", self.content.len())
    }
}

/// An original is kept in pieces of so many bytes: a backup holds a hundred rows in its hand.
const PIECE: usize = 64 * 1024;

impl ReadTx {
    /// What names the original that a piece of evidence has now, and its media type; another original has
    /// another name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn original_mark(
        &mut self,
        evidence: EvidenceId,
    ) -> Result<Option<(OriginalId, String)>> {
        let rows = self
            .statement(sql!(
                "SELECT id, media_type FROM originals WHERE evidence_id = $1 AND part = 1"
            ))
            .bind(evidence)
            .rows()
            .await?;
        let mark = rows
            .first()
            .map(|row| Ok((row.get("originals", "id")?, row.get("originals", "media_type")?)));
        mark.transpose()
    }

    /// The original of a piece of evidence.
    ///
    /// # Errors
    /// What the database says.
    pub async fn original(&mut self, evidence: EvidenceId) -> Result<Option<Original>> {
        let rows = self
            .statement(sql!(
                "SELECT id, media_type, content FROM originals WHERE evidence_id = $1 ORDER BY part"
            ))
            .bind(evidence)
            .rows()
            .await?;
        let mut whole: Option<Original> = None;
        for row in rows {
            let id: OriginalId = row.get("originals", "id")?;
            let sealed: Vec<u8> = row.get("originals", "content")?;
            let piece = self
                .vault
                .open("originals.content", id.as_uuid(), &sealed)
                .ok_or_else(|| Error::unopened("originals", "content", id.as_uuid()))?;
            match &mut whole {
                Some(whole) => whole.content.extend(piece),
                None => {
                    let media_type = row.get("originals", "media_type")?;
                    whole = Some(Original { media_type, content: piece });
                }
            }
        }
        Ok(whole)
    }
}

impl WriteTx {
    /// Takes the original of a piece of evidence away; `false` if there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_original(&mut self, evidence: EvidenceId) -> Result<bool> {
        let gone = self
            .statement(sql!("DELETE FROM originals WHERE evidence_id = $1"))
            .bind(evidence)
            .execute()
            .await?;
        Ok(gone > 0)
    }

    /// Keeps the original of a piece of evidence in place of the one there was. `ids` names its
    /// pieces.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_original(
        &mut self,
        evidence: EvidenceId,
        original: &Original,
        ids: &mut (dyn FnMut() -> OriginalId + Send),
        now: Timestamp,
    ) -> Result<()> {
        self.drop_original(evidence).await?;
        for (part, piece) in (1_i64..).zip(original.content.chunks(PIECE)) {
            let id = ids();
            let sealed = self.vault.seal("originals.content", id.as_uuid(), piece);
            self.statement(sql!(
                "INSERT INTO originals (id, evidence_id, part, media_type, content, received_at)
                 VALUES ($1, $2, $3, $4, $5, $6)"
            ))
            .bind(id)
            .bind(evidence)
            .bind(part)
            .bind(original.media_type.as_str())
            .bind(sealed)
            .bind(now)
            .execute()
            .await?;
        }
        Ok(())
    }
}
