//! How many messages are where: for whoever looks after the service.

use model::{ChapterId, LineId, MessageKind, OutboxState, Timestamp};
use uuid::Uuid;

use crate::{ReadTx, Result, sql::Row};

/// How many messages are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxCount {
    /// The state.
    pub state: OutboxState,
    /// What they are for.
    pub kind: MessageKind,
    /// How many.
    pub count: i64,
    /// When the oldest was written.
    pub oldest: Timestamp,
}

/// How many messages came to what they are in a way that is worth telling: those of which it was not
/// known whether the carrier has them, and those that went more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledCount {
    /// How.
    pub how: String,
    /// The state they are in now.
    pub state: OutboxState,
    /// How many.
    pub count: i64,
    /// When the last of them was handed over.
    pub latest: Timestamp,
}

fn count(row: &Row) -> Result<OutboxCount> {
    Ok(OutboxCount {
        state: row.get("outbox", "state")?,
        kind: row.get("outbox", "kind")?,
        count: row.get("outbox", "count")?,
        oldest: row.get("outbox", "oldest")?,
    })
}

/// The first id that can have been made at an instant: ids sort by the moment they were made.
pub(crate) fn first_id(at: Timestamp) -> Uuid {
    let millis = u64::try_from(at.as_micros() / 1000).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

impl ReadTx {
    /// How many messages are in which state, for which purpose, and since when.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outbox_counts(&mut self, chapter: Option<ChapterId>) -> Result<Vec<OutboxCount>> {
        let rows = self
            .statement(sql!(
                "SELECT state, kind, COUNT(*) AS count, MIN(created_at) AS oldest FROM outbox
                 WHERE CAST($1 AS TEXT) IS NULL OR chapter_id = $2
                 GROUP BY state, kind ORDER BY state, kind"
            ))
            .bind(chapter.map(|id| id.to_string()))
            .bind(chapter)
            .rows()
            .await?;
        rows.iter().map(count).collect()
    }

    /// The same for one chapter, and without looking at all that ever arrived: of what the carriers took,
    /// only what was written since an instant is counted.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outbox_counts_since(
        &mut self,
        chapter: ChapterId,
        since: Timestamp,
    ) -> Result<Vec<OutboxCount>> {
        let first = first_id(since);
        let rows = self
            .statement(sql!(
                "SELECT state, kind, COUNT(*) AS count, MIN(created_at) AS oldest FROM outbox
                 WHERE chapter_id = $1 AND state IN ('waiting', 'sending', 'unknown') GROUP BY state, kind
                 UNION ALL
                 SELECT state, kind, COUNT(*) AS count, MIN(created_at) AS oldest FROM outbox
                 WHERE chapter_id = $1 AND state = 'failed' GROUP BY state, kind
                 UNION ALL
                 SELECT state, kind, COUNT(*) AS count, MIN(created_at) AS oldest FROM outbox
                 WHERE chapter_id = $1 AND state IN ('accepted', 'delivered') AND id >= $2
                 GROUP BY state, kind
                 ORDER BY 1, 2"
            ))
            .bind(chapter)
            .bind(first)
            .rows()
            .await?;
        rows.iter().map(count).collect()
    }

    /// How unknown outcomes were settled, and how often.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outbox_settled(
        &mut self,
        chapter: Option<ChapterId>,
    ) -> Result<Vec<SettledCount>> {
        let statement = if chapter.is_some() {
            sql!(
                "SELECT settled_how, state, COUNT(*) AS count,
                        MAX(COALESCE(written_at, created_at)) AS latest
                 FROM outbox WHERE settled_how IS NOT NULL AND chapter_id = $1
                 GROUP BY settled_how, state ORDER BY settled_how, state"
            )
        } else {
            sql!(
                "SELECT settled_how, state, COUNT(*) AS count,
                        MAX(COALESCE(written_at, created_at)) AS latest
                 FROM outbox WHERE settled_how IS NOT NULL AND (chapter_id = $1 OR TRUE)
                 GROUP BY settled_how, state ORDER BY settled_how, state"
            )
        };
        let rows = self.statement(statement).bind(chapter).rows().await?;
        rows.iter()
            .map(|row| {
                Ok(SettledCount {
                    how: row.get("outbox", "settled_how")?,
                    state: row.get("outbox", "state")?,
                    count: row.get("outbox", "count")?,
                    latest: row.get("outbox", "latest")?,
                })
            })
            .collect()
    }

    /// How many texts wait at each of a chapter's lines, and since when the oldest is due.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waiting_at_lines(
        &mut self,
        chapter: ChapterId,
    ) -> Result<Vec<(LineId, i64, Timestamp)>> {
        let rows = self
            .statement(sql!(
                "SELECT o.line_id, COUNT(*) AS count, MIN(o.due_at) AS oldest
                 FROM lines l JOIN outbox o ON o.line_id = l.id
                 WHERE l.chapter_id = $1 AND o.state = 'waiting' GROUP BY o.line_id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                Ok((
                    row.get("outbox", "line_id")?,
                    row.get("outbox", "count")?,
                    row.get("outbox", "oldest")?,
                ))
            })
            .collect()
    }

    /// How many messages wait or are on their way, and since when the oldest does.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outbox_depth(&mut self) -> Result<(i64, Option<Timestamp>)> {
        let row = self
            .statement(sql!(
                "SELECT COUNT(*) AS count, MIN(due_at) AS oldest FROM outbox
                 WHERE state IN ('waiting', 'sending', 'unknown')"
            ))
            .row()
            .await?;
        Ok(match row {
            Some(row) => (row.get("outbox", "count")?, row.maybe("outbox", "oldest")?),
            None => (0, None),
        })
    }
}
