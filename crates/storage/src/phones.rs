//! People's numbers: one sealed row each, found by a keyed hash; and who wants no texts.

use model::{Chance, ChapterId, ConsentId, LineId, Phone, PhoneId, Timestamp};

use crate::{
    Error, ReadTx, Result, Vault, WriteTx,
    sql::{Document, FromRow, Row, id_list},
};

macro_rules! phone_columns {
    () => {
        "id, chapter_id, lookup, number, language, blocked_at, unreachable_code, passive_replies"
    };
}

/// Somebody's number within a chapter.
#[derive(Debug, Clone)]
pub struct PhoneRow {
    /// Its id, by which everything else refers to it.
    pub id: PhoneId,
    /// Whose it is.
    pub chapter_id: ChapterId,
    /// The keyed hash by which it is found.
    pub lookup: Vec<u8>,
    /// The number; `None` once it was erased.
    pub number: Option<Phone>,
    /// The language its person writes in, as far as is known.
    pub language: Option<String>,
    /// Since when the chapter wants nothing from it.
    pub blocked_at: Option<Timestamp>,
    /// The carrier's code for why it cannot be reached by text.
    pub unreachable_code: Option<String>,
    /// How many answers it got that it gave no reason for.
    pub passive_replies: i64,
}

impl FromRow for PhoneRow {
    const TABLE: &'static str = "phones";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: PhoneId = row.get(Self::TABLE, "id")?;
        let sealed: Option<Vec<u8>> = row.maybe(Self::TABLE, "number")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            lookup: row.get(Self::TABLE, "lookup")?,
            number: sealed.map(|sealed| open_number(vault, id, &sealed)).transpose()?,
            language: row.maybe(Self::TABLE, "language")?,
            blocked_at: row.maybe(Self::TABLE, "blocked_at")?,
            unreachable_code: row.maybe(Self::TABLE, "unreachable_code")?,
            passive_replies: row.get(Self::TABLE, "passive_replies")?,
        })
    }
}

impl PhoneRow {
    /// Reads a number that was joined to a row of something else, as `phone_id` and its columns.
    pub(crate) fn beside(
        row: &Row,
        chapter_id: ChapterId,
        lookup: Vec<u8>,
        vault: &Vault,
    ) -> Result<Option<Self>> {
        let Some(id) = row.maybe::<PhoneId>(Self::TABLE, "phone_id")? else { return Ok(None) };
        let sealed: Option<Vec<u8>> = row.maybe(Self::TABLE, "number")?;
        Ok(Some(Self {
            id,
            chapter_id,
            lookup,
            number: sealed.map(|sealed| open_number(vault, id, &sealed)).transpose()?,
            language: row.maybe(Self::TABLE, "language")?,
            blocked_at: row.maybe(Self::TABLE, "blocked_at")?,
            unreachable_code: row.maybe(Self::TABLE, "unreachable_code")?,
            passive_replies: row.get(Self::TABLE, "passive_replies")?,
        }))
    }
}

pub(crate) fn open_number(vault: &Vault, id: PhoneId, sealed: &[u8]) -> Result<Phone> {
    vault
        .open("phones.number", id.as_uuid(), sealed)
        .and_then(|plain| Phone::from_carrier(std::str::from_utf8(&plain).ok()?).ok())
        .ok_or_else(|| Error::unopened("phones", "number", id.as_uuid()))
}

/// Why somebody gets no texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// `chapter`, or the id of the one line.
    pub scope: String,
    /// `keyword`, `words`, `carrier`, `admin`.
    pub source: String,
    /// Since when.
    pub since: Timestamp,
}

impl ReadTx {
    /// A number's row, if the chapter has one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn phone_by_number(
        &mut self,
        chapter: ChapterId,
        number: &Phone,
    ) -> Result<Option<PhoneRow>> {
        let lookup = self.vault.lookup(chapter, number);
        let row = self
            .statement(sql!("SELECT " phone_columns!() " FROM phones WHERE chapter_id = $1 AND lookup = $2"))
            .bind(chapter)
            .bind(lookup)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// A number's row by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn phone(&mut self, id: PhoneId) -> Result<Option<PhoneRow>> {
        let row = self
            .statement(sql!("SELECT " phone_columns!() " FROM phones WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The rows of several numbers, in no order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn phones_of(&mut self, ids: &[PhoneId]) -> Result<Vec<PhoneRow>> {
        let rows = self
            .statement(sql!("SELECT " phone_columns!() " FROM phones WHERE id" in_list))
            .bind(Document(&id_list(ids.iter().map(|id| id.as_uuid()))))
            .rows()
            .await?;
        self.decode(rows)
    }

    /// Whether no texts may go to this number from this line.
    ///
    /// # Errors
    /// What the database says.
    pub async fn is_suppressed(&mut self, phone: &PhoneRow, line: LineId) -> Result<bool> {
        self.statement(sql!(
            "SELECT EXISTS (SELECT 1 FROM suppressions
              WHERE chapter_id = $1 AND lookup = $2 AND scope IN ('chapter', $3))"
        ))
        .bind(phone.chapter_id)
        .bind(phone.lookup.clone())
        .bind(line.to_string())
        .truth()
        .await
    }

    /// Every suppression of a number.
    ///
    /// # Errors
    /// What the database says.
    pub async fn suppressions(&mut self, phone: &PhoneRow) -> Result<Vec<Suppression>> {
        let rows = self
            .statement(sql!(
                "SELECT scope, source, since FROM suppressions WHERE chapter_id = $1 AND lookup = $2
                 ORDER BY since"
            ))
            .bind(phone.chapter_id)
            .bind(phone.lookup.clone())
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Suppression {
                    scope: row.get("suppressions", "scope")?,
                    source: row.get("suppressions", "source")?,
                    since: row.get("suppressions", "since")?,
                })
            })
            .collect()
    }
}

/// What somebody agreed to, or was told.
#[derive(Debug, Clone)]
pub struct Consent {
    /// To what: `sharing`, `disclosure`, `call`.
    pub kind: String,
    /// The exact wording; people other than herself stand in it by their ids.
    pub wording: String,
    /// The language it was in.
    pub language: String,
    /// When.
    pub at: Timestamp,
}

impl ReadTx {
    /// What the person of a number agreed to or was told, the first first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn consents_of(&mut self, phone: PhoneId) -> Result<Vec<Consent>> {
        let rows = self
            .statement(sql!(
                "SELECT kind, wording, language, at FROM consents WHERE phone_id = $1 ORDER BY at, id"
            ))
            .bind(phone)
            .rows()
            .await?;
        let consent = |row: &Row| {
            Ok(Consent {
                kind: row.get("consents", "kind")?,
                wording: row.get("consents", "wording")?,
                language: row.get("consents", "language")?,
                at: row.get("consents", "at")?,
            })
        };
        rows.iter().map(consent).collect()
    }
}

impl WriteTx {
    /// The number's row, made if the chapter has none yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn phone_for(
        &mut self,
        chapter: ChapterId,
        number: &Phone,
        now: Timestamp,
        chance: &Chance,
    ) -> Result<PhoneRow> {
        match self.phone_by_number(chapter, number).await? {
            Some(mut row) => {
                if row.number.is_none() {
                    self.know_again(row.id, number).await?;
                    row.number = Some(number.clone());
                }
                Ok(row)
            }
            None => self.add_phone(chapter, number, now, chance).await,
        }
    }

    /// A row for a number of which the chapter had none a moment ago.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_phone(
        &mut self,
        chapter: ChapterId,
        number: &Phone,
        now: Timestamp,
        chance: &Chance,
    ) -> Result<PhoneRow> {
        let id = PhoneId::generate(now, chance);
        let lookup = self.vault.lookup(chapter, number);
        let sealed = self.vault.seal("phones.number", id.as_uuid(), number.e164().as_bytes());
        let added = self
            .statement(sql!(
                "INSERT INTO phones (id, chapter_id, lookup, number, next_text_at, created_at)
                 VALUES ($1, $2, $3, $4, $5, $5) ON CONFLICT (chapter_id, lookup) DO NOTHING"
            ))
            .bind(id)
            .bind(chapter)
            .bind(lookup.clone())
            .bind(sealed)
            .bind(now)
            .execute()
            .await?;
        if added == 1 {
            return Ok(PhoneRow {
                id,
                chapter_id: chapter,
                lookup,
                number: Some(number.clone()),
                language: None,
                blocked_at: None,
                unreachable_code: None,
                passive_replies: 0,
            });
        }
        // Another node made it between our look and our insert.
        self.phone_by_number(chapter, number)
            .await?
            .ok_or_else(|| Error::unreadable("phones", "lookup", "(new)", "the row vanished"))
    }

    /// Keeps the language a number's person writes in.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_phone_language(&mut self, id: PhoneId, language: &str) -> Result<()> {
        self.statement(sql!("UPDATE phones SET language = $2 WHERE id = $1"))
            .bind(id)
            .bind(language)
            .execute()
            .await?;
        Ok(())
    }

    /// Blocks a number, or lifts the block.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_phone_blocked(&mut self, id: PhoneId, at: Option<Timestamp>) -> Result<()> {
        self.statement(sql!("UPDATE phones SET blocked_at = $2 WHERE id = $1"))
            .bind(id)
            .bind(at)
            .execute()
            .await?;
        Ok(())
    }

    /// Marks a number as one that no text reaches, or as reachable again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_phone_unreachable(&mut self, id: PhoneId, code: Option<&str>) -> Result<()> {
        self.statement(sql!("UPDATE phones SET unreachable_code = $2 WHERE id = $1"))
            .bind(id)
            .bind(code)
            .execute()
            .await?;
        Ok(())
    }

    /// Counts one more answer that the number gave no reason for; 0 starts again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_passive_replies(&mut self, id: PhoneId, count: i64) -> Result<()> {
        self.statement(sql!("UPDATE phones SET passive_replies = $2 WHERE id = $1"))
            .bind(id)
            .bind(count)
            .execute()
            .await?;
        Ok(())
    }

    /// Stops texts to a number in a scope (`chapter` or a line's id); `false` if they were stopped.
    ///
    /// # Errors
    /// What the database says.
    pub async fn suppress(
        &mut self,
        phone: &PhoneRow,
        scope: &str,
        source: &str,
        now: Timestamp,
    ) -> Result<bool> {
        let added = self
            .statement(sql!(
                "INSERT INTO suppressions (chapter_id, lookup, scope, source, since)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
            ))
            .bind(phone.chapter_id)
            .bind(phone.lookup.clone())
            .bind(scope)
            .bind(source)
            .bind(now)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Lets texts go to a number again; `false` if nothing stopped them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lift_suppressions(&mut self, phone: &PhoneRow) -> Result<bool> {
        let lifted = self
            .statement(sql!("DELETE FROM suppressions WHERE chapter_id = $1 AND lookup = $2"))
            .bind(phone.chapter_id)
            .bind(phone.lookup.clone())
            .execute()
            .await?;
        Ok(lifted > 0)
    }

    /// Records what somebody agreed to or was told, with the exact wording's name and version.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_consent(
        &mut self,
        id: ConsentId,
        phone: &PhoneRow,
        kind: &str,
        wording: &str,
        language: &str,
        channel: &str,
        now: Timestamp,
    ) -> Result<()> {
        self.statement(sql!(
            "INSERT INTO consents (id, chapter_id, phone_id, kind, wording, language, channel, at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
        ))
        .bind(id)
        .bind(phone.chapter_id)
        .bind(phone.id)
        .bind(kind)
        .bind(wording)
        .bind(language)
        .bind(channel)
        .bind(now)
        .execute()
        .await?;
        Ok(())
    }
}
