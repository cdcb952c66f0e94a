//! Pages: calls for the admin's attention, until somebody answers.

use model::{AdminId, ChapterId, InquiryId, LineId, MemberId, PageId, ReferralId, Timestamp};

use crate::{
    ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! page_columns {
    () => {
        "id, chapter_id, reason, inquiry_id, referral_id, line_id, member_id, turns, raised_at, opened_at, \
         answered_at, answered_by"
    };
}

/// A call for attention.
#[derive(Debug, Clone)]
pub struct Page {
    /// Its id.
    pub id: PageId,
    /// Whose people are called.
    pub chapter_id: ChapterId,
    /// Why, in one word.
    pub reason: String,
    /// The inquiry it is about.
    pub inquiry_id: Option<InquiryId>,
    /// The referral it is about.
    pub referral_id: Option<ReferralId>,
    /// The line it is about.
    pub line_id: Option<LineId>,
    /// The member it is about.
    pub member_id: Option<MemberId>,
    /// How many people were called so far.
    pub turns: i64,
    /// Since when.
    pub raised_at: Timestamp,
    /// When somebody looked at what it is about.
    pub opened_at: Option<Timestamp>,
    /// When somebody answered.
    pub answered_at: Option<Timestamp>,
    /// Who.
    pub answered_by: Option<AdminId>,
}

impl FromRow for Page {
    const TABLE: &'static str = "pages";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        Ok(Self {
            id: row.get(Self::TABLE, "id")?,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            reason: row.get(Self::TABLE, "reason")?,
            inquiry_id: row.maybe(Self::TABLE, "inquiry_id")?,
            referral_id: row.maybe(Self::TABLE, "referral_id")?,
            line_id: row.maybe(Self::TABLE, "line_id")?,
            member_id: row.maybe(Self::TABLE, "member_id")?,
            turns: row.get(Self::TABLE, "turns")?,
            raised_at: row.get(Self::TABLE, "raised_at")?,
            opened_at: row.maybe(Self::TABLE, "opened_at")?,
            answered_at: row.maybe(Self::TABLE, "answered_at")?,
            answered_by: row.maybe(Self::TABLE, "answered_by")?,
        })
    }
}

/// A call to be raised.
#[derive(Debug, Clone)]
pub struct NewPage {
    /// Its id.
    pub id: PageId,
    /// Whose people are called.
    pub chapter_id: ChapterId,
    /// Why, in one word.
    pub reason: String,
    /// The inquiry it is about.
    pub inquiry_id: Option<InquiryId>,
    /// The referral it is about.
    pub referral_id: Option<ReferralId>,
    /// The line it is about.
    pub line_id: Option<LineId>,
    /// The member it is about.
    pub member_id: Option<MemberId>,
    /// When.
    pub now: Timestamp,
}

impl ReadTx {
    /// A chapter's unanswered calls, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_pages(&mut self, chapter: ChapterId) -> Result<Vec<Page>> {
        let rows = self
            .statement(sql!(
                "SELECT " page_columns!() " FROM pages WHERE chapter_id = $1 AND answered_at IS NULL
                 ORDER BY raised_at, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }
}

impl WriteTx {
    /// Raises a call; `false` if one for the same reason, about the same inquiry, line and member, is
    /// unanswered. The table itself refuses a second one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_page(&mut self, page: &NewPage) -> Result<bool> {
        let added = self
            .statement(sql!(
                "INSERT INTO pages (id, chapter_id, reason, inquiry_id, referral_id, line_id, member_id, raised_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING"
            ))
            .bind(page.id)
            .bind(page.chapter_id)
            .bind(page.reason.as_str())
            .bind(page.inquiry_id)
            .bind(page.referral_id)
            .bind(page.line_id)
            .bind(page.member_id)
            .bind(page.now)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Something new is added to a call that somebody has looked at and nobody has answered: it is as
    /// if nobody had. Gives that call.
    ///
    /// # Errors
    /// What the database says.
    pub async fn raise_again(&mut self, page: &NewPage) -> Result<Option<PageId>> {
        let open = self.open_pages(page.chapter_id).await?;
        let same = open.into_iter().find(|open| {
            open.reason == page.reason
                && open.inquiry_id == page.inquiry_id
                && open.line_id == page.line_id
                && open.member_id == page.member_id
        });
        let Some(id) = same.filter(|same| same.opened_at.is_some()).map(|same| same.id) else {
            return Ok(None);
        };
        self.statement(sql!(
            "UPDATE pages SET opened_at = NULL WHERE id = $1 AND answered_at IS NULL"
        ))
        .bind(id)
        .execute()
        .await?;
        Ok(Some(id))
    }

    /// Marks that somebody looked at what a call is about; `false` if somebody did before, or it is
    /// answered.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_page(&mut self, id: PageId, now: Timestamp) -> Result<bool> {
        let opened = self
            .statement(sql!(
                "UPDATE pages SET opened_at = $2 WHERE id = $1 AND opened_at IS NULL AND answered_at IS NULL"
            ))
            .bind(id)
            .bind(now)
            .execute()
            .await?;
        Ok(opened == 1)
    }

    /// A call, locked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn page_for_update(&mut self, id: PageId) -> Result<Option<Page>> {
        let row = self
            .statement(sql!("SELECT " page_columns!() " FROM pages WHERE id = $1" for_update))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Keeps how many people were called.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_page_turns(&mut self, id: PageId, turns: i64) -> Result<()> {
        self.statement(sql!("UPDATE pages SET turns = $2 WHERE id = $1"))
            .bind(id)
            .bind(turns)
            .execute()
            .await?;
        Ok(())
    }

    /// Marks a call as answered; `false` if it was already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn answer_page(
        &mut self,
        id: PageId,
        admin: AdminId,
        now: Timestamp,
    ) -> Result<bool> {
        let answered = self
            .statement(sql!(
                "UPDATE pages SET answered_at = $2, answered_by = $3 WHERE id = $1 AND answered_at IS NULL"
            ))
            .bind(id)
            .bind(now)
            .bind(admin)
            .execute()
            .await?;
        Ok(answered == 1)
    }
}
