//! Inquiries: one family's need, its thread and what was read.

use model::{
    ChapterId, InquiryId, InquiryState, LineId, PhoneId, Timestamp, reading::FamilyReading,
};

use crate::{
    Error, ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! inquiry_columns {
    () => {
        "id, chapter_id, line_id, phone_id, state, language, reading, asked, handled_by, texts_sent, \
         first_text_at, last_text_at, closed_at, close_reason"
    };
}

/// Which of the conversations looked at are listed, and how many.
macro_rules! chosen_conversations {
    () => {
        " AND i.id < $2 AND (CAST($3 AS TEXT) IS NULL OR i.state = $3) ORDER BY i.id DESC LIMIT $4"
    };
}

macro_rules! conversation_columns {
    () => {
        "i.id, i.line_id, i.state, i.language, i.handled_by, i.texts_sent, i.first_text_at, i.last_text_at, \
         i.closed_at, i.close_reason, r.id AS referral_id"
    };
}
mod inbox;

pub use inbox::InboxFilter;

/// What `handled_by` says while nobody has taken a thread over.
const SERVICE: &str = "service";

/// An inquiry.
#[derive(Debug, Clone)]
pub struct Inquiry {
    /// Its id.
    pub id: InquiryId,
    /// Its chapter.
    pub chapter_id: ChapterId,
    /// The line the family texts.
    pub line_id: LineId,
    /// The family's number.
    pub phone_id: PhoneId,
    /// How far it has come.
    pub state: InquiryState,
    /// The language the family is answered in.
    pub language: String,
    /// What was read so far.
    pub reading: Option<FamilyReading>,
    /// The one question that was put: `place`, `zip`, ...
    pub asked: Option<String>,
    /// `service`, or the id of the admin who has taken the thread over.
    pub handled_by: String,
    /// How many texts the family got for it without a human.
    pub texts_sent: i64,
    /// When its first text came.
    pub first_text_at: Timestamp,
    /// When its last text came.
    pub last_text_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Why.
    pub close_reason: Option<String>,
}

impl Inquiry {
    /// Whether a person speaks for us in its thread.
    #[must_use]
    pub fn is_taken(&self) -> bool {
        self.handled_by != SERVICE
    }

    /// The service speaks in its thread again.
    pub fn give_back(&mut self) {
        SERVICE.clone_into(&mut self.handled_by);
    }
}

impl FromRow for Inquiry {
    const TABLE: &'static str = "inquiries";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: InquiryId = row.get(Self::TABLE, "id")?;
        let sealed: Option<Vec<u8>> = row.maybe(Self::TABLE, "reading")?;
        let reading = sealed
            .map(|sealed| {
                let plain = vault
                    .open("inquiries.reading", id.as_uuid(), &sealed)
                    .ok_or_else(|| Error::unopened(Self::TABLE, "reading", id.as_uuid()))?;
                // The parser's own words would repeat the content.
                serde_json::from_slice(&plain)
                    .map_err(|_| Error::unreadable(Self::TABLE, "reading", id, "it is no reading"))
            })
            .transpose()?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            line_id: row.get(Self::TABLE, "line_id")?,
            phone_id: row.get(Self::TABLE, "phone_id")?,
            state: row.get(Self::TABLE, "state")?,
            language: row.get(Self::TABLE, "language")?,
            reading,
            asked: row.maybe(Self::TABLE, "asked")?,
            handled_by: row.get(Self::TABLE, "handled_by")?,
            texts_sent: row.get(Self::TABLE, "texts_sent")?,
            first_text_at: row.get(Self::TABLE, "first_text_at")?,
            last_text_at: row.get(Self::TABLE, "last_text_at")?,
            closed_at: row.maybe(Self::TABLE, "closed_at")?,
            close_reason: row.maybe(Self::TABLE, "close_reason")?,
        })
    }
}

/// An inquiry to be begun.
#[derive(Debug, Clone)]
pub struct NewInquiry {
    /// Its id.
    pub id: InquiryId,
    /// Its chapter.
    pub chapter_id: ChapterId,
    /// The line the family texts.
    pub line_id: LineId,
    /// The family's number.
    pub phone_id: PhoneId,
    /// The language as far as it is known.
    pub language: String,
    /// When its first text came.
    pub now: Timestamp,
}

/// An inquiry in a list: what was read stays closed.
#[derive(Debug, Clone)]
pub struct Conversation {
    /// Its id.
    pub id: InquiryId,
    /// The line the family texts.
    pub line_id: LineId,
    /// How far it has come.
    pub state: InquiryState,
    /// The language the family is answered in.
    pub language: String,
    /// `service`, or the id of the admin who has taken the thread over.
    pub handled_by: String,
    /// How many texts the family got for it without a human.
    pub texts_sent: i64,
    /// When its first text came.
    pub first_text_at: Timestamp,
    /// When its last text came.
    pub last_text_at: Timestamp,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Why.
    pub close_reason: Option<String>,
    /// The referral it became.
    pub referral_id: Option<model::ReferralId>,
}

impl FromRow for Conversation {
    const TABLE: &'static str = "inquiries";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        Ok(Self {
            id: row.get(Self::TABLE, "id")?,
            line_id: row.get(Self::TABLE, "line_id")?,
            state: row.get(Self::TABLE, "state")?,
            language: row.get(Self::TABLE, "language")?,
            handled_by: row.get(Self::TABLE, "handled_by")?,
            texts_sent: row.get(Self::TABLE, "texts_sent")?,
            first_text_at: row.get(Self::TABLE, "first_text_at")?,
            last_text_at: row.get(Self::TABLE, "last_text_at")?,
            closed_at: row.maybe(Self::TABLE, "closed_at")?,
            close_reason: row.maybe(Self::TABLE, "close_reason")?,
            referral_id: row.maybe(Self::TABLE, "referral_id")?,
        })
    }
}

/// Which inquiries to list, newest first.
#[derive(Debug, Clone, Default)]
pub struct ConversationFilter {
    /// In this state only.
    pub state: Option<InquiryState>,
    /// Only those that are not closed.
    pub open: bool,
    /// Begun before this one.
    pub before: Option<InquiryId>,
    /// At most so many.
    pub limit: i64,
}

impl ReadTx {
    /// A chapter's inquiries in the order in which they began, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn conversations(
        &mut self,
        chapter: ChapterId,
        filter: &ConversationFilter,
    ) -> Result<Vec<Conversation>> {
        let statement = match filter.open {
            false => sql!(
                "SELECT " conversation_columns!() " FROM inquiries i LEFT JOIN referrals r ON r.inquiry_id = i.id
                 WHERE i.chapter_id = $1" chosen_conversations!()
            ),
            // Of all there ever were only the few that are open are looked at.
            true => sql!(
                "WITH open AS MATERIALIZED (SELECT * FROM inquiries" either(" INDEXED BY inquiries_running", "")
                " WHERE chapter_id = $1 AND state <> 'closed')
                 SELECT " conversation_columns!() " FROM open i LEFT JOIN referrals r ON r.inquiry_id = i.id
                 WHERE TRUE" chosen_conversations!()
            ),
        };
        let rows = self
            .statement(statement)
            .bind(chapter)
            .bind(filter.before.unwrap_or(InquiryId::from_uuid(uuid::Uuid::max())))
            .bind(filter.state)
            .bind(filter.limit)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A chapter's inquiry by its id, as lists have it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn conversation(
        &mut self,
        chapter: ChapterId,
        id: InquiryId,
    ) -> Result<Option<Conversation>> {
        let row = self
            .statement(sql!(
                "SELECT " conversation_columns!() " FROM inquiries i LEFT JOIN referrals r ON r.inquiry_id = i.id
                 WHERE i.chapter_id = $1 AND i.id = $2"
            ))
            .bind(chapter)
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// An inquiry by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn inquiry(&mut self, id: InquiryId) -> Result<Option<Inquiry>> {
        let row = self
            .statement(sql!("SELECT " inquiry_columns!() " FROM inquiries WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// A line's inquiries whose texts are still being gathered, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn gathering_inquiries(&mut self, line: LineId) -> Result<Vec<Inquiry>> {
        let rows = self
            .statement(sql!(
                "SELECT " inquiry_columns!() " FROM inquiries
                 WHERE line_id = $1 AND state IN ('settling', 'asked') ORDER BY first_text_at"
            ))
            .bind(line)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The newest inquiry of a number on a line, open or closed, before another.
    ///
    /// # Errors
    /// What the database says.
    pub async fn previous_inquiry(
        &mut self,
        line: LineId,
        phone: PhoneId,
    ) -> Result<Option<Inquiry>> {
        let row = self
            .statement(sql!(
                "SELECT " inquiry_columns!() " FROM inquiries
                 WHERE phone_id = $2 AND line_id = $1 AND state = 'closed'
                 ORDER BY last_text_at DESC LIMIT 1"
            ))
            .bind(line)
            .bind(phone)
            .row()
            .await?;
        self.decode_one(row)
    }
}

impl WriteTx {
    /// The open inquiry of a number on a line, locked; begun with `new` if there is none. Tells
    /// whether it was begun now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_inquiry(&mut self, new: &NewInquiry) -> Result<(Inquiry, bool)> {
        let begun = self
            .statement(sql!(
                "INSERT INTO inquiries (id, chapter_id, line_id, phone_id, state, language, handled_by,
                                        first_text_at, last_text_at)
                 VALUES ($1, $2, $3, $4, 'settling', $5, 'service', $6, $6)
                 ON CONFLICT (line_id, phone_id) WHERE state <> 'closed' DO NOTHING"
            ))
            .bind(new.id)
            .bind(new.chapter_id)
            .bind(new.line_id)
            .bind(new.phone_id)
            .bind(new.language.as_str())
            .bind(new.now)
            .execute()
            .await?;
        if begun == 1 {
            let inquiry = Inquiry {
                id: new.id,
                chapter_id: new.chapter_id,
                line_id: new.line_id,
                phone_id: new.phone_id,
                state: InquiryState::Settling,
                language: new.language.clone(),
                reading: None,
                asked: None,
                handled_by: "service".to_owned(),
                texts_sent: 0,
                first_text_at: new.now,
                last_text_at: new.now,
                closed_at: None,
                close_reason: None,
            };
            return Ok((inquiry, true));
        }
        let open = self.open_inquiry_of(new.line_id, new.phone_id).await?;
        match open {
            Some(inquiry) => Ok((inquiry, false)),
            // It was closed between the two statements: now there is room for a new one.
            None => Box::pin(self.open_inquiry(new)).await,
        }
    }

    /// The open inquiry of a number on a line, locked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn open_inquiry_of(
        &mut self,
        line: LineId,
        phone: PhoneId,
    ) -> Result<Option<Inquiry>> {
        let row = self
            .statement(sql!(
                "SELECT " inquiry_columns!() " FROM inquiries
                 WHERE line_id = $1 AND phone_id = $2 AND state <> 'closed'" for_update
            ))
            .bind(line)
            .bind(phone)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// An inquiry, locked.
    ///
    /// # Errors
    /// What the database says.
    pub async fn inquiry_for_update(&mut self, id: InquiryId) -> Result<Option<Inquiry>> {
        let row = self
            .statement(
                sql!("SELECT " inquiry_columns!() " FROM inquiries WHERE id = $1" for_update),
            )
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Keeps everything of an inquiry that changes.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_inquiry(&mut self, inquiry: &Inquiry) -> Result<()> {
        let reading = inquiry.reading.as_ref().map(|reading| {
            let plain = serde_json::to_vec(reading).unwrap_or_default();
            self.vault.seal("inquiries.reading", inquiry.id.as_uuid(), &plain)
        });
        self.statement(sql!(
            "UPDATE inquiries SET state = $2, language = $3, reading = $4, asked = $5, handled_by = $6,
                    last_text_at = $7, closed_at = $8, close_reason = $9
             WHERE id = $1"
        ))
        .bind(inquiry.id)
        .bind(inquiry.state)
        .bind(inquiry.language.as_str())
        .bind(reading)
        .bind(inquiry.asked.as_deref())
        .bind(inquiry.handled_by.as_str())
        .bind(inquiry.last_text_at)
        .bind(inquiry.closed_at)
        .bind(inquiry.close_reason.as_deref())
        .execute()
        .await?;
        Ok(())
    }

    /// Keeps when an inquiry's last text came.
    ///
    /// # Errors
    /// What the database says.
    pub async fn touch_inquiry(&mut self, id: InquiryId, last_text_at: Timestamp) -> Result<()> {
        self.statement(sql!("UPDATE inquiries SET last_text_at = $2 WHERE id = $1"))
            .bind(id)
            .bind(last_text_at)
            .execute()
            .await?;
        Ok(())
    }

    /// Counts one more text to the family.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count_family_text(&mut self, id: InquiryId) -> Result<()> {
        self.statement(sql!("UPDATE inquiries SET texts_sent = texts_sent + 1 WHERE id = $1"))
            .bind(id)
            .execute()
            .await?;
        Ok(())
    }
}
