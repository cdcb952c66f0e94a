//! Pictures that members texted: what each is taken for, and how far it has come. The picture itself stays
//! at the carrier until it is wanted.

use model::{ChapterId, InboundId, LineId, MemberId, PhotoState, Timestamp};
use serde_json::Value;

use crate::{
    ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! photo_columns {
    () => {
        "id, chapter_id, member_id, state, content, received_at, ended_at"
    };
}

/// The pictures of one text.
#[derive(Clone, PartialEq)]
pub struct Photo {
    /// The text they came with.
    pub id: InboundId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// Who sent it.
    pub member_id: MemberId,
    /// How far it has come.
    pub state: PhotoState,
    /// What it may be, and what it is taken for. Sealed.
    pub content: Value,
    /// When it came.
    pub received_at: Timestamp,
    /// When it was kept or given up.
    pub ended_at: Option<Timestamp>,
}

impl std::fmt::Debug for Photo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Photo({} {})", self.id, self.state)
    }
}

impl FromRow for Photo {
    const TABLE: &'static str = "photos";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: InboundId = row.get(Self::TABLE, "id")?;
        let content: Vec<u8> = row.get(Self::TABLE, "content")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            member_id: row.get(Self::TABLE, "member_id")?,
            state: row.get(Self::TABLE, "state")?,
            content: vault.open_document("photos.content", id.as_uuid(), &content)?,
            received_at: row.get(Self::TABLE, "received_at")?,
            ended_at: row.maybe(Self::TABLE, "ended_at")?,
        })
    }
}

impl ReadTx {
    /// The pictures of a text.
    ///
    /// # Errors
    /// What the database says.
    pub async fn photo(&mut self, id: InboundId) -> Result<Option<Photo>> {
        let row = self
            .statement(sql!("SELECT " photo_columns!() " FROM photos WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Where a text can be asked for: its line, and the carrier's id of it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn source_of_text(&mut self, id: InboundId) -> Result<Option<(LineId, String)>> {
        let row = self
            .statement(sql!("SELECT line_id, carrier_message_id FROM inbound WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        row.map(|row| {
            Ok((row.get("inbound", "line_id")?, row.get("inbound", "carrier_message_id")?))
        })
        .transpose()
    }
}

impl WriteTx {
    /// Keeps that pictures came with a text; `false` if that is known.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_photo(&mut self, photo: &Photo) -> Result<bool> {
        let content =
            self.vault.seal_document("photos.content", photo.id.as_uuid(), &photo.content);
        let added = self
            .statement(sql!(
                "INSERT INTO photos (id, chapter_id, member_id, state, content, received_at, ended_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING"
            ))
            .bind(photo.id)
            .bind(photo.chapter_id)
            .bind(photo.member_id)
            .bind(photo.state)
            .bind(content)
            .bind(photo.received_at)
            .bind(photo.ended_at)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// The pictures of a text, locked until the unit ends.
    ///
    /// # Errors
    /// What the database says.
    pub async fn photo_for_update(&mut self, id: InboundId) -> Result<Option<Photo>> {
        let row = self
            .statement(sql!("SELECT " photo_columns!() " FROM photos WHERE id = $1" for_update))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Keeps how far pictures have come.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_photo(&mut self, photo: &Photo) -> Result<()> {
        let content =
            self.vault.seal_document("photos.content", photo.id.as_uuid(), &photo.content);
        self.statement(sql!(
            "UPDATE photos SET state = $2, content = $3, ended_at = $4 WHERE id = $1"
        ))
        .bind(photo.id)
        .bind(photo.state)
        .bind(content)
        .bind(photo.ended_at)
        .execute()
        .await?;
        Ok(())
    }
}
