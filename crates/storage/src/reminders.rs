//! What members were reminded of, so that nobody is told the same twice.

use jiff::civil::Date;
use model::{ChapterId, MemberId, Timestamp};

use crate::{
    ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

/// Something a member was reminded of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminded {
    /// Who.
    pub member_id: MemberId,
    /// Of what: a paper's id, or a word for what is none.
    pub item: String,
    /// Its last good day.
    pub last_good: Date,
    /// How near that was.
    pub stage: String,
    /// When.
    pub sent_at: Timestamp,
}

impl FromRow for Reminded {
    const TABLE: &'static str = "reminders";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        Ok(Self {
            member_id: row.get(Self::TABLE, "member_id")?,
            item: row.get(Self::TABLE, "item")?,
            last_good: row.get(Self::TABLE, "last_good")?,
            stage: row.get(Self::TABLE, "stage")?,
            sent_at: row.get(Self::TABLE, "sent_at")?,
        })
    }
}

impl ReadTx {
    /// What a member was ever reminded of.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reminders_of(&mut self, member: MemberId) -> Result<Vec<Reminded>> {
        let rows = self
            .statement(sql!(
                "SELECT member_id, item, last_good, stage, sent_at FROM reminders
                 WHERE member_id = $1 ORDER BY sent_at, item"
            ))
            .bind(member)
            .rows()
            .await?;
        self.decode(rows)
    }
}

impl WriteTx {
    /// Keeps that a member is reminded of something; `false` if she was, of the same at the same stage.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_reminder(&mut self, chapter: ChapterId, reminded: &Reminded) -> Result<bool> {
        let added = self
            .statement(sql!(
                "INSERT INTO reminders (member_id, item, last_good, stage, chapter_id, sent_at)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
            ))
            .bind(reminded.member_id)
            .bind(reminded.item.as_str())
            .bind(reminded.last_good)
            .bind(reminded.stage.as_str())
            .bind(chapter)
            .bind(reminded.sent_at)
            .execute()
            .await?;
        Ok(added == 1)
    }
}
