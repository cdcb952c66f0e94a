//! Texts that came in, each once however often the carrier delivers it.

use model::{ChapterId, InboundId, InquiryId, LineId, MessageText, PhoneId, Standing, Timestamp};

use crate::{
    Error, ReadTx, Result, Vault, WriteTx,
    members::open_text,
    sql::{FromRow, Row},
};

macro_rules! inbound_columns {
    () => {
        "id, chapter_id, line_id, phone_id, standing, body, media, inquiry_id, received_at"
    };
}

/// A text that came in.
#[derive(Debug, Clone)]
pub struct Inbound {
    /// Its id.
    pub id: InboundId,
    /// The chapter whose line it came to.
    pub chapter_id: ChapterId,
    /// The line it came to.
    pub line_id: LineId,
    /// Who sent it.
    pub phone_id: PhoneId,
    /// In which capacity.
    pub standing: Standing,
    /// The words; `None` once they were erased.
    pub body: Option<MessageText>,
    /// How many pictures came with it.
    pub media: i64,
    /// The inquiry it belongs to.
    pub inquiry_id: Option<InquiryId>,
    /// When we received it.
    pub received_at: Timestamp,
}

impl FromRow for Inbound {
    const TABLE: &'static str = "inbound";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: InboundId = row.get(Self::TABLE, "id")?;
        let sealed: Option<Vec<u8>> = row.maybe(Self::TABLE, "body")?;
        let body = sealed
            .map(|sealed| {
                open_text(vault, "inbound.body", id.as_uuid(), &sealed)
                    .map(MessageText::new)
                    .ok_or_else(|| Error::unopened(Self::TABLE, "body", id.as_uuid()))
            })
            .transpose()?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            line_id: row.get(Self::TABLE, "line_id")?,
            phone_id: row.get(Self::TABLE, "phone_id")?,
            standing: row.get(Self::TABLE, "standing")?,
            body,
            media: row.get(Self::TABLE, "media")?,
            inquiry_id: row.maybe(Self::TABLE, "inquiry_id")?,
            received_at: row.get(Self::TABLE, "received_at")?,
        })
    }
}

/// A text to be kept.
#[derive(Debug, Clone)]
pub struct NewInbound {
    /// Its id.
    pub id: InboundId,
    /// The chapter whose line it came to.
    pub chapter_id: ChapterId,
    /// The line it came to.
    pub line_id: LineId,
    /// Who sent it.
    pub phone_id: PhoneId,
    /// The carrier's id, the same on every delivery.
    pub carrier_message_id: String,
    /// In which capacity it was sent.
    pub standing: Standing,
    /// The words.
    pub body: MessageText,
    /// How many pictures came with it.
    pub media: i64,
    /// The inquiry it belongs to, where that is known.
    pub inquiry_id: Option<InquiryId>,
    /// When we received it.
    pub received_at: Timestamp,
}

impl ReadTx {
    /// Whether the carrier's text of this id is kept already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_inbound(&mut self, line: LineId, carrier_message_id: &str) -> Result<bool> {
        self.statement(sql!(
            "SELECT EXISTS (SELECT 1 FROM inbound WHERE line_id = $1 AND carrier_message_id = $2)"
        ))
        .bind(line)
        .bind(carrier_message_id)
        .truth()
        .await
    }

    /// An inquiry's texts in the order they came; `unread` gives only those not read yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn inquiry_texts(
        &mut self,
        inquiry: InquiryId,
        unread: bool,
    ) -> Result<Vec<Inbound>> {
        let statement = if unread {
            sql!("SELECT " inbound_columns!() " FROM inbound WHERE inquiry_id = $1 AND read_at IS NULL ORDER BY seq")
        } else {
            sql!("SELECT " inbound_columns!() " FROM inbound WHERE inquiry_id = $1 ORDER BY seq")
        };
        let rows = self.statement(statement).bind(inquiry).rows().await?;
        self.decode(rows)
    }

    /// The newest texts somebody sent to a line, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn texts_of_phone(
        &mut self,
        line: LineId,
        phone: PhoneId,
        most: i64,
    ) -> Result<Vec<Inbound>> {
        let rows = self
            .statement(sql!(
                "SELECT " inbound_columns!() " FROM inbound WHERE phone_id = $2 AND line_id = $1
                 ORDER BY seq DESC LIMIT $3"
            ))
            .bind(line)
            .bind(phone)
            .bind(most)
            .rows()
            .await?;
        let mut texts: Vec<Inbound> = self.decode(rows)?;
        texts.reverse();
        Ok(texts)
    }
}

impl WriteTx {
    /// Keeps a text; `false` if the carrier delivered it before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_inbound(&mut self, text: &NewInbound) -> Result<bool> {
        let body =
            self.vault.seal("inbound.body", text.id.as_uuid(), text.body.reveal().as_bytes());
        let added = self
            .statement(sql!(
                "INSERT INTO inbound (id, chapter_id, line_id, phone_id, carrier_message_id, standing, body,
                                      media, inquiry_id, received_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                 ON CONFLICT (line_id, carrier_message_id) DO NOTHING"
            ))
            .bind(text.id)
            .bind(text.chapter_id)
            .bind(text.line_id)
            .bind(text.phone_id)
            .bind(text.carrier_message_id.as_str())
            .bind(text.standing)
            .bind(body)
            .bind(text.media)
            .bind(text.inquiry_id)
            .bind(text.received_at)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Puts a text to the inquiry it belongs to.
    ///
    /// # Errors
    /// What the database says.
    pub async fn assign_inbound(&mut self, text: InboundId, inquiry: InquiryId) -> Result<()> {
        self.statement(sql!("UPDATE inbound SET inquiry_id = $2 WHERE id = $1"))
            .bind(text)
            .bind(inquiry)
            .execute()
            .await?;
        Ok(())
    }

    /// Marks an inquiry's texts as read.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mark_read(&mut self, inquiry: InquiryId, now: Timestamp) -> Result<()> {
        self.statement(sql!(
            "UPDATE inbound SET read_at = $2 WHERE inquiry_id = $1 AND read_at IS NULL"
        ))
        .bind(inquiry)
        .bind(now)
        .execute()
        .await?;
        Ok(())
    }
}
