//! Chapters: the tenants.

use model::{ChapterId, TimeZone, Timestamp};
use serde_json::{Map, Value};

use crate::{
    Error, ReadTx, Result, Vault, WriteTx,
    sql::{Document, FromRow, Row},
};

macro_rules! chapter_columns {
    () => {
        "id, slug, name, timezone, settings, created_at"
    };
}

/// A chapter.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// Its id.
    pub id: ChapterId,
    /// How it is called on the command line and in addresses.
    pub slug: String,
    /// Its full name.
    pub name: String,
    /// The zone in which its people live.
    pub timezone: TimeZone,
    /// What it decides for itself; everything else is the installation's.
    pub settings: Map<String, Value>,
    /// When it was added.
    pub created_at: Timestamp,
}

impl FromRow for Chapter {
    const TABLE: &'static str = "chapters";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        let id: ChapterId = row.get(Self::TABLE, "id")?;
        let zone: String = row.get(Self::TABLE, "timezone")?;
        Ok(Self {
            id,
            slug: row.get(Self::TABLE, "slug")?,
            name: row.get(Self::TABLE, "name")?,
            timezone: zone
                .parse()
                .map_err(|error| Error::unreadable(Self::TABLE, "timezone", id, error))?,
            settings: row.get::<Document<_>>(Self::TABLE, "settings")?.0,
            created_at: row.get(Self::TABLE, "created_at")?,
        })
    }
}

impl ReadTx {
    /// All chapters, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn chapters(&mut self) -> Result<Vec<Chapter>> {
        let rows = self
            .statement(sql!("SELECT " chapter_columns!() " FROM chapters ORDER BY created_at, id"))
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A chapter by its slug.
    ///
    /// # Errors
    /// What the database says.
    pub async fn chapter_by_slug(&mut self, slug: &str) -> Result<Option<Chapter>> {
        let row = self
            .statement(sql!("SELECT " chapter_columns!() " FROM chapters WHERE slug = $1"))
            .bind(slug)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// A chapter by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn chapter(&mut self, id: ChapterId) -> Result<Option<Chapter>> {
        let row = self
            .statement(sql!("SELECT " chapter_columns!() " FROM chapters WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }
}

impl WriteTx {
    /// Adds a chapter; `false` if the slug is taken.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_chapter(&mut self, chapter: &Chapter) -> Result<bool> {
        let added = self
            .statement(sql!(
                "INSERT INTO chapters (id, slug, name, timezone, settings, created_at)
                 VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING"
            ))
            .bind(chapter.id)
            .bind(chapter.slug.as_str())
            .bind(chapter.name.as_str())
            .bind(chapter.timezone.name())
            .bind(Document(&chapter.settings))
            .bind(chapter.created_at)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Keeps a chapter's name, its zone and what it decides for itself.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_chapter(&mut self, chapter: &Chapter) -> Result<()> {
        self.statement(sql!(
            "UPDATE chapters SET name = $2, timezone = $3, settings = $4 WHERE id = $1"
        ))
        .bind(chapter.id)
        .bind(chapter.name.as_str())
        .bind(chapter.timezone.name())
        .bind(Document(&chapter.settings))
        .execute()
        .await?;
        self.wake(crate::Wake::Chapter(chapter.id));
        Ok(())
    }

    /// Keeps what a chapter decides for itself.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_chapter_settings(
        &mut self,
        id: ChapterId,
        settings: &Map<String, Value>,
    ) -> Result<()> {
        self.statement(sql!("UPDATE chapters SET settings = $2 WHERE id = $1"))
            .bind(id)
            .bind(Document(settings))
            .execute()
            .await?;
        Ok(())
    }
}
