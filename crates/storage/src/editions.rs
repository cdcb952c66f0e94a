//! Published lists, which never change, and who was taken off them since.

use jiff::civil::Date;
use model::{ChapterId, EditionId, HospitalId, MemberId, RecallId, Timestamp};
use serde_json::Value;

use crate::{
    Hospital, ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! edition_columns {
    () => {
        "id, chapter_id, hospital_id, number, corrects, as_of, content, published_by, published_at"
    };
}

/// A published list.
#[derive(Clone, PartialEq)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// The hospital whose list it is.
    pub hospital_id: HospitalId,
    /// Its number: a hospital's first is 1, and there is no gap.
    pub number: i64,
    /// The number of the edition that it corrects, where somebody was taken off.
    pub corrects: Option<i64>,
    /// The day for which it was judged.
    pub as_of: Date,
    /// Rules, entries and explanations, as they were. Sealed.
    pub content: Value,
    /// Who published it, such as `admin:` and an id.
    pub published_by: String,
    /// When.
    pub published_at: Timestamp,
}

impl std::fmt::Debug for Edition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Edition({} of {})", self.number, self.hospital_id)
    }
}

impl FromRow for Edition {
    const TABLE: &'static str = "editions";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: EditionId = row.get(Self::TABLE, "id")?;
        let content: Vec<u8> = row.get(Self::TABLE, "content")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            hospital_id: row.get(Self::TABLE, "hospital_id")?,
            number: row.get(Self::TABLE, "number")?,
            corrects: row.maybe(Self::TABLE, "corrects")?,
            as_of: row.get(Self::TABLE, "as_of")?,
            content: vault.open_document("editions.content", id.as_uuid(), &content)?,
            published_by: row.get(Self::TABLE, "published_by")?,
            published_at: row.get(Self::TABLE, "published_at")?,
        })
    }
}

/// The taking off of a member from a hospital's list.
#[derive(Clone, PartialEq)]
pub struct Recall {
    /// Its id.
    pub id: RecallId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// The hospital.
    pub hospital_id: HospitalId,
    /// The member.
    pub member_id: MemberId,
    /// Why; for the chapter's people alone. Sealed.
    pub reason: String,
    /// Who did it.
    pub recalled_by: String,
    /// When.
    pub recalled_at: Timestamp,
}

impl std::fmt::Debug for Recall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Recall({} from {})", self.member_id, self.hospital_id)
    }
}

impl FromRow for Recall {
    const TABLE: &'static str = "recalls";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: RecallId = row.get(Self::TABLE, "id")?;
        let reason: Vec<u8> = row.get(Self::TABLE, "reason")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            hospital_id: row.get(Self::TABLE, "hospital_id")?,
            member_id: row.get(Self::TABLE, "member_id")?,
            reason: vault.open_document("recalls.reason", id.as_uuid(), &reason)?,
            recalled_by: row.get(Self::TABLE, "recalled_by")?,
            recalled_at: row.get(Self::TABLE, "recalled_at")?,
        })
    }
}

impl ReadTx {
    /// The newest edition of a hospital's list, or the newest before a number.
    ///
    /// # Errors
    /// What the database says.
    pub async fn newest_edition(
        &mut self,
        hospital: HospitalId,
        before: Option<i64>,
    ) -> Result<Option<Edition>> {
        let row = self
            .statement(sql!(
                "SELECT " edition_columns!() " FROM editions
                 WHERE hospital_id = $1 AND number < $2 ORDER BY number DESC LIMIT 1"
            ))
            .bind(hospital)
            .bind(before.unwrap_or(i64::MAX))
            .row()
            .await?;
        self.decode_one(row)
    }

    /// An edition of a hospital's list by its number.
    ///
    /// # Errors
    /// What the database says.
    pub async fn edition(&mut self, hospital: HospitalId, number: i64) -> Result<Option<Edition>> {
        let row = self
            .statement(sql!(
                "SELECT " edition_columns!() " FROM editions WHERE hospital_id = $1 AND number = $2"
            ))
            .bind(hospital)
            .bind(number)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// An edition by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn edition_by_id(&mut self, id: EditionId) -> Result<Option<Edition>> {
        let row = self
            .statement(sql!("SELECT " edition_columns!() " FROM editions WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The editions of a hospital's list, newest first, so many at most.
    ///
    /// # Errors
    /// What the database says.
    pub async fn editions(&mut self, hospital: HospitalId, limit: i64) -> Result<Vec<Edition>> {
        let rows = self
            .statement(sql!(
                "SELECT " edition_columns!() " FROM editions
                 WHERE hospital_id = $1 ORDER BY number DESC LIMIT $2"
            ))
            .bind(hospital)
            .bind(limit)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The recalls of a chapter's members that are in force.
    ///
    /// # Errors
    /// What the database says.
    pub async fn recalls(&mut self, chapter: ChapterId) -> Result<Vec<Recall>> {
        let rows = self
            .statement(sql!(
                "SELECT id, chapter_id, hospital_id, member_id, reason, recalled_by, recalled_at FROM recalls
                 WHERE chapter_id = $1 AND lifted_at IS NULL ORDER BY recalled_at, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }
}

impl ReadTx {
    /// Every recall of a member, those that were lifted included.
    ///
    /// # Errors
    /// What the database says.
    pub async fn recalls_of(&mut self, member: MemberId) -> Result<Vec<Recall>> {
        let rows = self
            .statement(sql!(
                "SELECT id, chapter_id, hospital_id, member_id, reason, recalled_by, recalled_at FROM recalls
                 WHERE member_id = $1 ORDER BY recalled_at, id"
            ))
            .bind(member)
            .rows()
            .await?;
        self.decode(rows)
    }
}

impl WriteTx {
    /// Adds an edition. There is no way to change one. `false` if the number is taken.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_edition(&mut self, edition: &Edition) -> Result<bool> {
        let content =
            self.vault.seal_document("editions.content", edition.id.as_uuid(), &edition.content);
        let added = self
            .statement(sql!(
                "INSERT INTO editions (id, chapter_id, hospital_id, number, corrects, as_of, content, published_by,
                                       published_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING"
            ))
            .bind(edition.id)
            .bind(edition.chapter_id)
            .bind(edition.hospital_id)
            .bind(edition.number)
            .bind(edition.corrects)
            .bind(edition.as_of)
            .bind(content)
            .bind(edition.published_by.as_str())
            .bind(edition.published_at)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Takes a member off a hospital's list; `false` if she is already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_recall(&mut self, recall: &Recall) -> Result<bool> {
        self.lists_change(recall.chapter_id).await?;
        let reason =
            self.vault.seal_document("recalls.reason", recall.id.as_uuid(), &recall.reason);
        let added = self
            .statement(sql!(
                "INSERT INTO recalls (id, chapter_id, hospital_id, member_id, reason, recalled_by, recalled_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
            ))
            .bind(recall.id)
            .bind(recall.chapter_id)
            .bind(recall.hospital_id)
            .bind(recall.member_id)
            .bind(reason)
            .bind(recall.recalled_by.as_str())
            .bind(recall.recalled_at)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Lets a member onto later editions again; `false` if she was not recalled.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lift_recall(
        &mut self,
        hospital: &Hospital,
        member: MemberId,
        by: &str,
        now: Timestamp,
    ) -> Result<bool> {
        self.lists_change(hospital.chapter_id).await?;
        let done = self
            .statement(sql!(
                "UPDATE recalls SET lifted_by = $3, lifted_at = $4
                 WHERE hospital_id = $1 AND member_id = $2 AND lifted_at IS NULL"
            ))
            .bind(hospital.id)
            .bind(member)
            .bind(by)
            .bind(now)
            .execute()
            .await?;
        Ok(done == 1)
    }
}
