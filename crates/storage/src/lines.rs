//! Lines: a chapter's numbers at carriers, and how fast each may send.

use model::{CarrierKind, ChapterId, LineId, LinePurpose, LineState, Phone, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Error, ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! line_columns {
    () => {
        "id, chapter_id, carrier, number, purpose, state, account, gap_micros, next_send_at, \
         paused_code, paused_at, listed_until, lost_from, lost_until"
    };
}

/// What opens a line at its carrier. Sealed.
#[derive(Clone, Serialize, Deserialize)]
pub struct LineAccount {
    /// The account's id at the carrier.
    pub account_sid: String,
    /// The secret that signs webhooks and opens the API.
    pub auth_token: String,
    /// The messaging service that sends for the line.
    pub messaging_service: Option<String>,
    /// Where the carrier's API is, if not at its usual address.
    pub api_base: Option<String>,
}

impl std::fmt::Debug for LineAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LineAccount")
    }
}

/// A line.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its id.
    pub id: LineId,
    /// Whose it is.
    pub chapter_id: ChapterId,
    /// Who carries its texts.
    pub carrier: CarrierKind,
    /// Its number, which is public.
    pub number: Phone,
    /// Whom it is for.
    pub purpose: LinePurpose,
    /// Whether it carries texts now.
    pub state: LineState,
    /// What opens it.
    pub account: LineAccount,
    /// Microseconds between two texts; 0 for no limit of its own.
    pub gap_micros: i64,
    /// Not before this instant may the next text go.
    pub next_send_at: Timestamp,
    /// The carrier's code for why it is paused.
    pub paused_code: Option<String>,
    /// Since when it is paused.
    pub paused_at: Option<Timestamp>,
    /// Up to when the carrier's list of incoming texts has been compared with ours.
    pub listed_until: Timestamp,
    /// Since when this database, restored from a backup, does not know what went out; gone once
    /// nothing new can be a repetition of it.
    pub lost_from: Option<Timestamp>,
    /// When it was restored.
    pub lost_until: Option<Timestamp>,
}

impl Line {
    /// Whether the texts that came in while the database was lost have not been looked for yet.
    #[must_use]
    pub fn is_catching_up(&self) -> bool {
        self.lost_until.is_some_and(|until| self.listed_until < until)
    }
}

impl FromRow for Line {
    const TABLE: &'static str = "lines";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: LineId = row.get(Self::TABLE, "id")?;
        let sealed: Vec<u8> = row.get(Self::TABLE, "account")?;
        let account = vault
            .open("lines.account", id.as_uuid(), &sealed)
            .ok_or_else(|| Error::unopened(Self::TABLE, "account", id.as_uuid()))?;
        let number: String = row.get(Self::TABLE, "number")?;
        Ok(Self {
            id,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            carrier: row.get(Self::TABLE, "carrier")?,
            number: Phone::from_carrier(&number)
                .map_err(|e| Error::unreadable(Self::TABLE, "number", id, e))?,
            purpose: row.get(Self::TABLE, "purpose")?,
            state: row.get(Self::TABLE, "state")?,
            account: serde_json::from_slice(&account)
                .map_err(|_| Error::unreadable(Self::TABLE, "account", id, "it is no account"))?,
            gap_micros: row.get(Self::TABLE, "gap_micros")?,
            next_send_at: row.get(Self::TABLE, "next_send_at")?,
            paused_code: row.maybe(Self::TABLE, "paused_code")?,
            paused_at: row.maybe(Self::TABLE, "paused_at")?,
            listed_until: row.get(Self::TABLE, "listed_until")?,
            lost_from: row.maybe(Self::TABLE, "lost_from")?,
            lost_until: row.maybe(Self::TABLE, "lost_until")?,
        })
    }
}

/// A line, as far as it can be known without opening its account: one that does not open must hold
/// up none of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineEntry {
    /// Its id.
    pub id: LineId,
    /// Whose it is.
    pub chapter_id: ChapterId,
    /// Who carries its texts.
    pub carrier: CarrierKind,
    /// Whether it carries texts now.
    pub state: LineState,
}

/// A line to be added.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// Its id.
    pub id: LineId,
    /// Whose it is.
    pub chapter_id: ChapterId,
    /// Who carries its texts.
    pub carrier: CarrierKind,
    /// Its number.
    pub number: Phone,
    /// Whom it is for.
    pub purpose: LinePurpose,
    /// What opens it.
    pub account: LineAccount,
    /// Microseconds between two texts; 0 for no limit.
    pub gap_micros: i64,
    /// When it is added.
    pub now: Timestamp,
}

impl ReadTx {
    /// Every line of the installation, oldest first, with its account left closed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn line_entries(&mut self) -> Result<Vec<LineEntry>> {
        let rows = self
            .statement(sql!(
                "SELECT id, chapter_id, carrier, state FROM lines ORDER BY created_at, id"
            ))
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                Ok(LineEntry {
                    id: row.get("lines", "id")?,
                    chapter_id: row.get("lines", "chapter_id")?,
                    carrier: row.get("lines", "carrier")?,
                    state: row.get("lines", "state")?,
                })
            })
            .collect()
    }

    /// A chapter's lines, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lines_of(&mut self, chapter: ChapterId) -> Result<Vec<Line>> {
        let rows = self
            .statement(sql!(
                "SELECT " line_columns!() " FROM lines WHERE chapter_id = $1 ORDER BY created_at, id"
            ))
            .bind(chapter)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The chapters that have been restored from a backup and have not yet looked for the texts that
    /// came in meanwhile.
    ///
    /// # Errors
    /// What the database says.
    pub async fn chapters_catching_up(&mut self, tries: i64) -> Result<Vec<ChapterId>> {
        let rows = self
            .statement(sql!(
                "SELECT DISTINCT chapter_id FROM lines WHERE listed_until < lost_until
                   AND NOT EXISTS (SELECT 1 FROM tasks t WHERE t.kind = 'listing' AND t.subject = lines.id
                                     AND t.attempts > $1)"
            ))
            .bind(tries)
            .rows()
            .await?;
        rows.iter().map(|row| row.get("lines", "chapter_id")).collect()
    }

    /// A line by its number.
    ///
    /// # Errors
    /// What the database says.
    pub async fn line_by_number(&mut self, number: &Phone) -> Result<Option<Line>> {
        let row = self
            .statement(sql!("SELECT " line_columns!() " FROM lines WHERE number = $1"))
            .bind(number.e164())
            .row()
            .await?;
        self.decode_one(row)
    }

    /// A line by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn line(&mut self, id: LineId) -> Result<Option<Line>> {
        let row = self
            .statement(sql!("SELECT " line_columns!() " FROM lines WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }
}

impl WriteTx {
    /// Adds a line; `false` if the number belongs to a line already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_line(&mut self, line: &NewLine) -> Result<bool> {
        let account = self.sealed_account(line.id, &line.account);
        let added = self
            .statement(sql!(
                "INSERT INTO lines (id, chapter_id, carrier, number, purpose, state, account, gap_micros,
                                    next_send_at, listed_until, created_at)
                 VALUES ($1, $2, $3, $4, $5, 'active', $6, $7, $8, $8, $8) ON CONFLICT DO NOTHING"
            ))
            .bind(line.id)
            .bind(line.chapter_id)
            .bind(line.carrier)
            .bind(line.number.e164())
            .bind(line.purpose)
            .bind(account)
            .bind(line.gap_micros)
            .bind(line.now)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Keeps what opens a line from now on, and how fast it may send.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_line_account(
        &mut self,
        id: LineId,
        account: &LineAccount,
        gap_micros: i64,
    ) -> Result<()> {
        let account = self.sealed_account(id, account);
        self.statement(sql!("UPDATE lines SET account = $2, gap_micros = $3 WHERE id = $1"))
            .bind(id)
            .bind(account)
            .bind(gap_micros)
            .execute()
            .await?;
        Ok(())
    }

    fn sealed_account(&self, id: LineId, account: &LineAccount) -> Vec<u8> {
        let account = serde_json::to_vec(account).unwrap_or_default();
        self.vault.seal("lines.account", id.as_uuid(), &account)
    }

    /// Locks a line's row, so that two nodes cannot both use the same second of its rate.
    ///
    /// # Errors
    /// What the database says.
    pub async fn line_for_update(&mut self, id: LineId) -> Result<Option<Line>> {
        let row = self
            .statement(sql!("SELECT " line_columns!() " FROM lines WHERE id = $1" for_update))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// Keeps when the line may send again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_line_next_send(&mut self, id: LineId, at: Timestamp) -> Result<()> {
        self.statement(sql!("UPDATE lines SET next_send_at = $2 WHERE id = $1"))
            .bind(id)
            .bind(at)
            .execute()
            .await?;
        Ok(())
    }

    /// Pauses a line for the carrier's reason; `false` if it was paused already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn pause_line(&mut self, id: LineId, code: &str, now: Timestamp) -> Result<bool> {
        let paused = self
            .statement(sql!(
                "UPDATE lines SET state = 'paused', paused_code = $2, paused_at = $3
                 WHERE id = $1 AND state = 'active'"
            ))
            .bind(id)
            .bind(code)
            .bind(now)
            .execute()
            .await?;
        Ok(paused == 1)
    }

    /// Lets a line send again; `false` if it did already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn resume_line(&mut self, id: LineId) -> Result<bool> {
        let resumed = self
            .statement(sql!(
                "UPDATE lines SET state = 'active', paused_code = NULL, paused_at = NULL
                 WHERE id = $1 AND state = 'paused'"
            ))
            .bind(id)
            .execute()
            .await?;
        Ok(resumed == 1)
    }

    /// What is written for a restored line from now on can be no repetition of what went out before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_line_recovered(&mut self, id: LineId) -> Result<()> {
        self.statement(sql!("UPDATE lines SET lost_from = NULL WHERE id = $1"))
            .bind(id)
            .execute()
            .await?;
        Ok(())
    }

    /// Keeps up to when the carrier's list has been compared with ours; never goes back.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_line_listed(&mut self, id: LineId, until: Timestamp) -> Result<()> {
        self.statement(sql!(
            "UPDATE lines SET listed_until = $2 WHERE id = $1 AND listed_until < $2"
        ))
        .bind(id)
        .bind(until)
        .execute()
        .await?;
        Ok(())
    }
}
