//! Exceptions: asked for by one person, approved by another.

use jiff::civil::Date;
use model::{ChapterId, HospitalId, MemberId, OverrideId, Timestamp};

use crate::{
    ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! override_columns {
    () => {
        "id, chapter_id, hospital_id, member_id, rule, reason, expires, requested_by, requested_at, approved_by, \
         granted, ended_by, ended_at"
    };
}

/// An exception for one member, one hospital and one rule.
#[derive(Clone, PartialEq)]
pub struct Override {
    /// Its id.
    pub id: OverrideId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// The one hospital.
    pub hospital_id: HospitalId,
    /// The one member.
    pub member_id: MemberId,
    /// The key of the one rule.
    pub rule: String,
    /// Why. Sealed.
    pub reason: String,
    /// The last day on which it counts.
    pub expires: Date,
    /// Who asked for it, such as `admin:` and an id.
    pub requested_by: String,
    /// When.
    pub requested_at: Timestamp,
    /// Who approved it; `None` until somebody has.
    pub approved_by: Option<String>,
    /// The first day on which it counts, once it is approved.
    pub granted: Option<Date>,
    /// Who refused it or took it back.
    pub ended_by: Option<String>,
    /// When.
    pub ended_at: Option<Timestamp>,
}

impl std::fmt::Debug for Override {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Override").field("id", &self.id).finish_non_exhaustive()
    }
}

impl FromRow for Override {
    const TABLE: &'static str = "overrides";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: OverrideId = row.get(Self::TABLE, "id")?;
        let reason: Vec<u8> = row.get(Self::TABLE, "reason")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            hospital_id: row.get(Self::TABLE, "hospital_id")?,
            member_id: row.get(Self::TABLE, "member_id")?,
            rule: row.get(Self::TABLE, "rule")?,
            reason: vault.open_document("overrides.reason", id.as_uuid(), &reason)?,
            expires: row.get(Self::TABLE, "expires")?,
            requested_by: row.get(Self::TABLE, "requested_by")?,
            requested_at: row.get(Self::TABLE, "requested_at")?,
            approved_by: row.maybe(Self::TABLE, "approved_by")?,
            granted: row.maybe(Self::TABLE, "granted")?,
            ended_by: row.maybe(Self::TABLE, "ended_by")?,
            ended_at: row.maybe(Self::TABLE, "ended_at")?,
        })
    }
}

impl ReadTx {
    /// A chapter's exceptions, in the order they were asked for, those that are over included.
    ///
    /// # Errors
    /// What the database says.
    pub async fn overrides(&mut self, chapter: ChapterId) -> Result<Vec<Override>> {
        let rows = self
            .statement(sql!(
                "SELECT " override_columns!() " FROM overrides WHERE chapter_id = $1 ORDER BY requested_at, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A chapter's exception by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn granted(
        &mut self,
        chapter: ChapterId,
        id: OverrideId,
    ) -> Result<Option<Override>> {
        let row = self
            .statement(sql!(
                "SELECT " override_columns!() " FROM overrides WHERE chapter_id = $1 AND id = $2"
            ))
            .bind(chapter)
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }
}

impl WriteTx {
    /// Adds an exception that somebody asks for; `false` if one of this id is there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_override(&mut self, wanted: &Override) -> Result<bool> {
        let reason =
            self.vault.seal_document("overrides.reason", wanted.id.as_uuid(), &wanted.reason);
        let added = self
            .statement(sql!(
                "INSERT INTO overrides (id, chapter_id, hospital_id, member_id, rule, reason, expires, requested_by,
                                        requested_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"
            ))
            .bind(wanted.id)
            .bind(wanted.chapter_id)
            .bind(wanted.hospital_id)
            .bind(wanted.member_id)
            .bind(wanted.rule.as_str())
            .bind(reason)
            .bind(wanted.expires)
            .bind(wanted.requested_by.as_str())
            .bind(wanted.requested_at)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Approves an exception that waits; `false` if it does not wait any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn approve_override(
        &mut self,
        wanted: &Override,
        by: &str,
        granted: Date,
    ) -> Result<bool> {
        self.lists_change(wanted.chapter_id).await?;
        let done = self
            .statement(sql!(
                "UPDATE overrides SET approved_by = $2, granted = $3
                 WHERE id = $1 AND approved_by IS NULL AND ended_at IS NULL"
            ))
            .bind(wanted.id)
            .bind(by)
            .bind(granted)
            .execute()
            .await?;
        Ok(done == 1)
    }

    /// Refuses an exception or takes it back; `false` if it is over already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_override(
        &mut self,
        wanted: &Override,
        by: &str,
        now: Timestamp,
    ) -> Result<bool> {
        self.lists_change(wanted.chapter_id).await?;
        let done = self
            .statement(sql!(
                "UPDATE overrides SET ended_by = $2, ended_at = $3 WHERE id = $1 AND ended_at IS NULL"
            ))
            .bind(wanted.id)
            .bind(by)
            .bind(now)
            .execute()
            .await?;
        Ok(done == 1)
    }
}
