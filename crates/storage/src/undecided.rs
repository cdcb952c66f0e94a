//! What waits for whoever keeps a chapter's roster and lists, counted.

use jiff::civil::Date;
use model::ChapterId;

use crate::{ReadTx, Result};

/// What nobody has decided about yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Undecided {
    /// How many ask to join.
    pub applications: i64,
    /// How many papers nobody has looked at.
    pub papers: i64,
    /// How many exceptions wait for a second person, by the slug of their hospital.
    pub exceptions: Vec<(String, i64)>,
}

impl ReadTx {
    /// What nobody in a chapter has decided about yet, on a day.
    ///
    /// # Errors
    /// What the database says.
    pub async fn undecided(&mut self, chapter: ChapterId, today: Date) -> Result<Undecided> {
        let counts = self
            .statement(sql!(
                "SELECT
                   (SELECT COUNT(*) FROM members WHERE chapter_id = $1 AND status = 'applied') AS applications,
                   (SELECT COUNT(*) FROM evidence WHERE chapter_id = $1 AND status = 'submitted') AS papers"
            ))
            .bind(chapter)
            .row()
            .await?;
        let Some(counts) = counts else { return Ok(Undecided::default()) };
        let exceptions = self
            .statement(sql!(
                "SELECT h.slug, COUNT(*) AS count FROM overrides o JOIN hospitals h ON h.id = o.hospital_id
                 WHERE o.chapter_id = $1 AND o.approved_by IS NULL AND o.ended_at IS NULL AND o.expires >= $2
                 GROUP BY h.slug ORDER BY h.slug"
            ))
            .bind(chapter)
            .bind(today)
            .rows()
            .await?;
        let exceptions = exceptions
            .iter()
            .map(|row| Ok((row.get("hospitals", "slug")?, row.get("overrides", "count")?)));
        Ok(Undecided {
            applications: counts.get("members", "applications")?,
            papers: counts.get("evidence", "papers")?,
            exceptions: exceptions.collect::<Result<_>>()?,
        })
    }
}
