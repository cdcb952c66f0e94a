//! Members' papers, and the facts that rules ask for beside them.

use model::{ChapterId, EvidenceId, EvidenceKind, EvidenceStatus, MemberId, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use crate::{
    ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! evidence_columns {
    () => {
        "id, chapter_id, member_id, kind, status, content, submitted_by, submitted_at, decided_by, decided_at"
    };
}

/// A piece of a member's evidence.
#[derive(Clone, PartialEq)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// Whose it is.
    pub member_id: MemberId,
    /// What it shows, by kind.
    pub kind: EvidenceKind,
    /// How far it has come.
    pub status: EvidenceStatus,
    /// What it shows, its dates, and why it was rejected. Sealed.
    pub content: Value,
    /// Who sent it, such as `member:` and an id.
    pub submitted_by: String,
    /// When.
    pub submitted_at: Timestamp,
    /// Who verified or rejected it.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
}

impl std::fmt::Debug for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Evidence({} {} {})", self.id, self.kind, self.status)
    }
}

impl FromRow for Evidence {
    const TABLE: &'static str = "evidence";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: EvidenceId = row.get(Self::TABLE, "id")?;
        let content: Vec<u8> = row.get(Self::TABLE, "content")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            member_id: row.get(Self::TABLE, "member_id")?,
            kind: row.get(Self::TABLE, "kind")?,
            status: row.get(Self::TABLE, "status")?,
            content: vault.open_document("evidence.content", id.as_uuid(), &content)?,
            submitted_by: row.get(Self::TABLE, "submitted_by")?,
            submitted_at: row.get(Self::TABLE, "submitted_at")?,
            decided_by: row.maybe(Self::TABLE, "decided_by")?,
            decided_at: row.maybe(Self::TABLE, "decided_at")?,
        })
    }
}

/// What rules ask of a member and the rest of the service does not need to know.
#[derive(Clone, PartialEq)]
pub struct MemberFacts {
    /// Who she is.
    pub member_id: MemberId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// Dues, events, conflicts, the start of her practice. Sealed.
    pub content: Value,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl std::fmt::Debug for MemberFacts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MemberFacts").field("member_id", &self.member_id).finish_non_exhaustive()
    }
}

impl FromRow for MemberFacts {
    const TABLE: &'static str = "member_facts";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: MemberId = row.get(Self::TABLE, "member_id")?;
        let content: Vec<u8> = row.get(Self::TABLE, "content")?;
        Ok(Self {
            member_id: id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            content: vault.open_document("member_facts.content", id.as_uuid(), &content)?,
            updated_at: row.get(Self::TABLE, "updated_at")?,
        })
    }
}

impl ReadTx {
    /// All evidence of a chapter's members, in the order it came.
    ///
    /// # Errors
    /// What the database says.
    pub async fn evidence_of_chapter(&mut self, chapter: ChapterId) -> Result<Vec<Evidence>> {
        let rows = self
            .statement(sql!(
                "SELECT " evidence_columns!() " FROM evidence WHERE chapter_id = $1 ORDER BY submitted_at, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A chapter's evidence of one status in the order of its ids, which is that in which it came, so much
    /// at most; from the beginning, or from behind one of them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn evidence_in(
        &mut self,
        chapter: ChapterId,
        status: EvidenceStatus,
        after: Option<EvidenceId>,
        limit: i64,
    ) -> Result<Vec<Evidence>> {
        let rows = self
            .statement(sql!(
                "SELECT " evidence_columns!() " FROM evidence
                 WHERE chapter_id = $1 AND status = $2 AND id > $3 ORDER BY id LIMIT $4"
            ))
            .bind(chapter)
            .bind(status)
            .bind(after.unwrap_or(EvidenceId::from_uuid(Uuid::nil())))
            .bind(limit)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A member's evidence, in the order it came.
    ///
    /// # Errors
    /// What the database says.
    pub async fn evidence_of(&mut self, member: MemberId) -> Result<Vec<Evidence>> {
        let rows = self
            .statement(sql!(
                "SELECT " evidence_columns!() " FROM evidence WHERE member_id = $1 ORDER BY submitted_at, id"
            ))
            .bind(member)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A piece of evidence by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn evidence(&mut self, id: EvidenceId) -> Result<Option<Evidence>> {
        let row = self
            .statement(sql!("SELECT " evidence_columns!() " FROM evidence WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The facts of a chapter's members.
    ///
    /// # Errors
    /// What the database says.
    pub async fn member_facts(&mut self, chapter: ChapterId) -> Result<Vec<MemberFacts>> {
        let rows = self
            .statement(sql!(
                "SELECT member_id, chapter_id, content, updated_at FROM member_facts WHERE chapter_id = $1"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The facts of one member.
    ///
    /// # Errors
    /// What the database says.
    pub async fn facts_of_member(&mut self, member: MemberId) -> Result<Option<MemberFacts>> {
        let row = self
            .statement(sql!(
                "SELECT member_id, chapter_id, content, updated_at FROM member_facts WHERE member_id = $1"
            ))
            .bind(member)
            .row()
            .await?;
        self.decode_one(row)
    }
}

impl WriteTx {
    /// Adds a piece of evidence; `false` if one of this id is there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_evidence(&mut self, evidence: &Evidence) -> Result<bool> {
        self.lists_change(evidence.chapter_id).await?;
        let content =
            self.vault.seal_document("evidence.content", evidence.id.as_uuid(), &evidence.content);
        let added = self
            .statement(sql!(
                "INSERT INTO evidence (id, chapter_id, member_id, kind, status, content, submitted_by, submitted_at,
                                       decided_by, decided_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING"
            ))
            .bind(evidence.id)
            .bind(evidence.chapter_id)
            .bind(evidence.member_id)
            .bind(evidence.kind)
            .bind(evidence.status)
            .bind(content)
            .bind(evidence.submitted_by.as_str())
            .bind(evidence.submitted_at)
            .bind(evidence.decided_by.as_deref())
            .bind(evidence.decided_at)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// A piece of evidence, locked until the unit ends.
    ///
    /// # Errors
    /// What the database says.
    pub async fn evidence_for_update(&mut self, id: EvidenceId) -> Result<Option<Evidence>> {
        let row = self
            .statement(
                sql!("SELECT " evidence_columns!() " FROM evidence WHERE id = $1" for_update),
            )
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Keeps what was decided of a piece of evidence, and what it shows.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_evidence(&mut self, evidence: &Evidence) -> Result<()> {
        self.lists_change(evidence.chapter_id).await?;
        let content =
            self.vault.seal_document("evidence.content", evidence.id.as_uuid(), &evidence.content);
        self.statement(sql!(
            "UPDATE evidence SET status = $2, content = $3, decided_by = $4, decided_at = $5, kind = $6 WHERE id = $1"
        ))
        .bind(evidence.id)
        .bind(evidence.status)
        .bind(content)
        .bind(evidence.decided_by.as_deref())
        .bind(evidence.decided_at)
        .bind(evidence.kind)
        .execute()
        .await?;
        Ok(())
    }

    /// Keeps a member's facts in place of those that were known.
    ///
    /// # Errors
    /// What the database says.
    pub async fn put_member_facts(&mut self, facts: &MemberFacts) -> Result<()> {
        self.lists_change(facts.chapter_id).await?;
        let id = facts.member_id;
        let content =
            self.vault.seal_document("member_facts.content", id.as_uuid(), &facts.content);
        self.statement(sql!(
            "INSERT INTO member_facts (member_id, chapter_id, content, updated_at) VALUES ($1, $2, $3, $4)
             ON CONFLICT (member_id) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at"
        ))
        .bind(id)
        .bind(facts.chapter_id)
        .bind(content)
        .bind(facts.updated_at)
        .execute()
        .await?;
        Ok(())
    }
}
