//! What came of a chapter's work since an instant: counted, and how long families waited for names.

use jiff::SignedDuration;
use model::{ChapterId, Timestamp};

use crate::{ReadTx, Result, outbox::first_id};

/// A chapter's work since an instant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Figures {
    /// How many families texted.
    pub families: i64,
    /// How many referrals were made.
    pub referrals: i64,
    /// How many were promised names by then and were given none, and did not call it off.
    pub unnamed: i64,
    /// How many texts that were written then did not arrive.
    pub failed: i64,
    /// For each referral that was given its first names then, how long its family had waited for them.
    pub waits: Vec<SignedDuration>,
}

impl ReadTx {
    /// What came of a chapter's work since an instant, up to now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn figures(
        &mut self,
        chapter: ChapterId,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<Figures> {
        let counts = self
            .statement(sql!(
                "SELECT
                   (SELECT COUNT(DISTINCT phone_id) FROM inquiries
                     WHERE chapter_id = $1 AND last_text_at >= $2) AS families,
                   (SELECT COUNT(*) FROM referrals WHERE chapter_id = $1 AND created_at >= $2) AS referrals,
                   (SELECT COUNT(*) FROM referrals
                     WHERE chapter_id = $1 AND names_at IS NULL AND promised_at >= $2 AND promised_at < $3
                       AND state <> 'withdrawn') AS unnamed,
                   (SELECT COUNT(*) FROM outbox
                     WHERE chapter_id = $1 AND state = 'failed' AND channel = 'text' AND id >= $4) AS failed"
            ))
            .bind(chapter)
            .bind(since)
            .bind(now)
            .bind(first_id(since))
            .row()
            .await?;
        let Some(counts) = counts else { return Ok(Figures::default()) };
        let named = self
            .statement(sql!(
                "SELECT i.first_text_at, r.names_at FROM referrals r JOIN inquiries i ON i.id = r.inquiry_id
                 WHERE r.chapter_id = $1 AND r.names_at >= $2"
            ))
            .bind(chapter)
            .bind(since)
            .rows()
            .await?;
        let waited = named.iter().map(|row| {
            let texted: Timestamp = row.get("inquiries", "first_text_at")?;
            Ok(row.get::<Timestamp>("referrals", "names_at")?.since(texted))
        });
        Ok(Figures {
            families: counts.get("inquiries", "families")?,
            referrals: counts.get("referrals", "referrals")?,
            unnamed: counts.get("referrals", "unnamed")?,
            failed: counts.get("outbox", "failed")?,
            waits: waited.collect::<Result<_>>()?,
        })
    }
}
