//! The outbox: every message on its way out, and how far it has come.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use model::{
    AdminId, Channel, ChapterId, EmailAddress, ErrorClass, InquiryId, LineId, MessageKind,
    MessageText, OfferId, OutboxId, OutboxState, Phone, PhoneId, ReferralId, Timestamp,
};
use serde_json::json;

use crate::{
    ReadTx, Result, Vault, Wake, WriteTx,
    members::open_text,
    phones::open_number,
    sql::{Document, FromRow, Row},
};

macro_rules! outgoing_columns {
    () => {
        "id, seq, chapter_id, channel, line_id, phone_id, admin_id, kind, inquiry_id, referral_id, offer_id, \
         body, state, due_at, expires_at, lease_until, attempts, written_at, carrier_message_id, segments, \
         error_code, error_class, settled_how, accepted_at, ended_at, created_at"
    };
}

/// A message on its way out, or gone.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Its id, which travels in the carrier's callback.
    pub id: OutboxId,
    /// Its place in the order in which messages were written.
    pub seq: i64,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// Text or e-mail.
    pub channel: Channel,
    /// The line it goes out from.
    pub line_id: Option<LineId>,
    /// To which number.
    pub phone_id: Option<PhoneId>,
    /// To which of the chapter's people, if it is an e-mail.
    pub admin_id: Option<AdminId>,
    /// What it is for.
    pub kind: MessageKind,
    /// The inquiry it belongs to.
    pub inquiry_id: Option<InquiryId>,
    /// The referral it belongs to.
    pub referral_id: Option<ReferralId>,
    /// The offer it carries.
    pub offer_id: Option<OfferId>,
    /// The words; `None` once they were erased, and where their seal does not open: the rest of the
    /// row is whole, and whoever looks for what became of it must see that.
    pub body: Option<MessageText>,
    /// How far it has come.
    pub state: OutboxState,
    /// Not before this instant.
    pub due_at: Timestamp,
    /// After this instant it is of no use.
    pub expires_at: Timestamp,
    /// Until when a node has it in hand, or when the carrier is asked next.
    pub lease_until: Option<Timestamp>,
    /// How often it was handed over.
    pub attempts: i64,
    /// When it was last handed over.
    pub written_at: Option<Timestamp>,
    /// The carrier's id of it.
    pub carrier_message_id: Option<String>,
    /// In how many segments it went.
    pub segments: Option<i64>,
    /// The carrier's code for why it failed.
    pub error_code: Option<String>,
    /// What that code means.
    pub error_class: Option<ErrorClass>,
    /// How an unknown outcome was settled.
    pub settled_how: Option<String>,
    /// When the carrier took it.
    pub accepted_at: Option<Timestamp>,
    /// When it arrived or failed.
    pub ended_at: Option<Timestamp>,
    /// When it was written.
    pub created_at: Timestamp,
}

impl FromRow for Outgoing {
    const TABLE: &'static str = "outbox";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: OutboxId = row.get(Self::TABLE, "id")?;
        let sealed: Option<Vec<u8>> = row.maybe(Self::TABLE, "body")?;
        Ok(Self {
            id,
            seq: row.get(Self::TABLE, "seq")?,
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            channel: row.get(Self::TABLE, "channel")?,
            line_id: row.maybe(Self::TABLE, "line_id")?,
            phone_id: row.maybe(Self::TABLE, "phone_id")?,
            admin_id: row.maybe(Self::TABLE, "admin_id")?,
            kind: row.get(Self::TABLE, "kind")?,
            inquiry_id: row.maybe(Self::TABLE, "inquiry_id")?,
            referral_id: row.maybe(Self::TABLE, "referral_id")?,
            offer_id: row.maybe(Self::TABLE, "offer_id")?,
            body: sealed.and_then(|sealed| open_body(vault, id, &sealed)),
            state: row.get(Self::TABLE, "state")?,
            due_at: row.get(Self::TABLE, "due_at")?,
            expires_at: row.get(Self::TABLE, "expires_at")?,
            lease_until: row.maybe(Self::TABLE, "lease_until")?,
            attempts: row.get(Self::TABLE, "attempts")?,
            written_at: row.maybe(Self::TABLE, "written_at")?,
            carrier_message_id: row.maybe(Self::TABLE, "carrier_message_id")?,
            segments: row.maybe(Self::TABLE, "segments")?,
            error_code: row.maybe(Self::TABLE, "error_code")?,
            error_class: row.maybe(Self::TABLE, "error_class")?,
            settled_how: row.maybe(Self::TABLE, "settled_how")?,
            accepted_at: row.maybe(Self::TABLE, "accepted_at")?,
            ended_at: row.maybe(Self::TABLE, "ended_at")?,
            created_at: row.get(Self::TABLE, "created_at")?,
        })
    }
}

fn open_body(vault: &Vault, id: OutboxId, sealed: &[u8]) -> Option<MessageText> {
    open_text(vault, "outbox.body", id.as_uuid(), sealed).map(MessageText::new)
}

/// A message to be sent.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// Its id.
    pub id: OutboxId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// Over which line, or by e-mail to which of the chapter's people.
    pub by: By,
    /// What it is for.
    pub kind: MessageKind,
    /// What makes it the same message: a second one with the same word is not written.
    pub dedupe: String,
    /// The inquiry it belongs to.
    pub inquiry_id: Option<InquiryId>,
    /// The referral it belongs to.
    pub referral_id: Option<ReferralId>,
    /// The offer it carries.
    pub offer_id: Option<OfferId>,
    /// The words.
    pub body: MessageText,
    /// When.
    pub now: Timestamp,
    /// Not before this instant.
    pub due_at: Timestamp,
    /// After this instant it is of no use.
    pub expires_at: Timestamp,
}

/// By which way, and to whom, a message goes.
#[derive(Debug, Clone)]
pub enum By {
    /// A text.
    Line {
        /// From this line.
        line: LineId,
        /// To this number.
        phone: PhoneId,
    },
    /// An e-mail.
    Email {
        /// To one of the chapter's people.
        admin: AdminId,
        /// The subject.
        subject: String,
    },
}

/// A message that this node has in hand.
#[derive(Debug, Clone)]
pub struct Leased {
    /// Its id.
    pub id: OutboxId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// What it is for.
    pub kind: MessageKind,
    /// To which number's row.
    pub phone_id: Option<PhoneId>,
    /// To which number; `None` once it was erased.
    pub to: Option<Phone>,
    /// To which address, if it is an e-mail.
    pub address: Option<EmailAddress>,
    /// The subject, if it is an e-mail.
    pub subject: Option<String>,
    /// The words; `None` once they were erased.
    pub body: Option<MessageText>,
    /// After this instant it is of no use.
    pub expires_at: Timestamp,
    /// How often it was handed over, this time included.
    pub attempts: i64,
    /// When it was handed over before, if the outcome is unknown.
    pub written_at: Option<Timestamp>,
    /// Whether its person wants no texts, or is blocked.
    pub suppressed: bool,
    /// Whose seal does not open: then it cannot be sent, and must hold up nothing that can.
    pub unreadable: Option<&'static str>,
}

/// Whether a text that stood ready for a while is still to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StillGoes {
    /// It is.
    Yes,
    /// Nobody is to have it any more, for this reason.
    No(ErrorClass),
    /// It is another node's by now.
    WithAnother,
}

/// A message that the carrier took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its id.
    pub id: OutboxId,
    /// The carrier's id of it.
    pub carrier_message_id: String,
    /// In how many segments it goes, where the carrier said so.
    pub segments: Option<i64>,
}

/// What became of handing a message over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// The state it comes to.
    pub state: OutboxState,
    /// The carrier's id of it.
    pub carrier_message_id: Option<String>,
    /// In how many segments it went.
    pub segments: Option<i64>,
    /// The carrier's code.
    pub error_code: Option<String>,
    /// What the code means.
    pub error_class: Option<ErrorClass>,
    /// When it is to be tried again, or the carrier asked again.
    pub again_at: Option<Timestamp>,
    /// How an unknown outcome was settled.
    pub settled_how: Option<&'static str>,
    /// Of which handing-over this is the outcome ([`Leased::attempts`]). What a slow node tells of an
    /// earlier one than the last changes nothing, unless it is that the carrier has the message.
    pub attempt: Option<i64>,
}

impl Settled {
    /// A message that comes to `state` with nothing more to say of it.
    #[must_use]
    pub fn to(state: OutboxState) -> Self {
        Self {
            state,
            carrier_message_id: None,
            segments: None,
            error_code: None,
            error_class: None,
            again_at: None,
            settled_how: None,
            attempt: None,
        }
    }
}

/// How many messages are in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxCount {
    /// The state.
    pub state: OutboxState,
    /// What they are for.
    pub kind: MessageKind,
    /// How many.
    pub count: i64,
    /// When the oldest was written.
    pub oldest: Timestamp,
}

/// How many messages came to what they are in a way that is worth telling: those of which it was not
/// known whether the carrier has them, and those that went more than once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledCount {
    /// How.
    pub how: String,
    /// The state they are in now.
    pub state: OutboxState,
    /// How many.
    pub count: i64,
    /// When the last of them was handed over.
    pub latest: Timestamp,
}

impl ReadTx {
    /// A message by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outgoing(&mut self, id: OutboxId) -> Result<Option<Outgoing>> {
        let row = self
            .statement(sql!("SELECT " outgoing_columns!() " FROM outbox WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// The line over which a text goes; `None` for an e-mail, or where there is no such message.
    ///
    /// # Errors
    /// What the database says.
    pub async fn line_of_message(&mut self, id: OutboxId) -> Result<Option<LineId>> {
        self.statement(sql!("SELECT line_id FROM outbox WHERE id = $1 AND line_id IS NOT NULL"))
            .bind(id)
            .scalar("outbox")
            .await
    }

    /// The message that the carrier knows by this id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outgoing_by_carrier_id(
        &mut self,
        line: LineId,
        carrier_message_id: &str,
    ) -> Result<Option<OutboxId>> {
        self.statement(sql!("SELECT id FROM outbox WHERE carrier_message_id = $2 AND line_id = $1"))
            .bind(line)
            .bind(carrier_message_id)
            .scalar("outbox")
            .await
    }

    /// The messages of a referral in the order they were written.
    ///
    /// # Errors
    /// What the database says.
    pub async fn messages_of_referral(&mut self, referral: ReferralId) -> Result<Vec<Outgoing>> {
        let rows = self
            .statement(sql!("SELECT " outgoing_columns!() " FROM outbox WHERE referral_id = $1 ORDER BY seq"))
            .bind(referral)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The newest texts to a number from a line, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn messages_to_phone(
        &mut self,
        line: LineId,
        phone: PhoneId,
        most: i64,
    ) -> Result<Vec<Outgoing>> {
        let rows = self
            .statement(sql!(
                "SELECT " outgoing_columns!() " FROM outbox WHERE phone_id = $2 AND line_id = $1
                 ORDER BY seq DESC LIMIT $3"
            ))
            .bind(line)
            .bind(phone)
            .bind(most)
            .rows()
            .await?;
        let mut messages: Vec<Outgoing> = self.decode(rows)?;
        messages.reverse();
        Ok(messages)
    }

    /// The carrier's ids of texts to a number that are accounted for, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn accounted_for(&mut self, phone: PhoneId, since: Timestamp) -> Result<Vec<String>> {
        let rows = self
            .statement(sql!(
                "SELECT carrier_message_id FROM outbox
                 WHERE phone_id = $1 AND carrier_message_id IS NOT NULL AND created_at >= $2"
            ))
            .bind(phone)
            .bind(since)
            .rows()
            .await?;
        rows.iter().map(|row| row.get("outbox", "carrier_message_id")).collect()
    }

    /// Whether a text that a node has in hand, for the handing-over of this number, is still to go;
    /// else why not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn still_goes(
        &mut self,
        id: OutboxId,
        attempt: i64,
        line: LineId,
    ) -> Result<StillGoes> {
        let row = self
            .statement(sql!(
                "SELECT o.kind, EXISTS (SELECT 1 FROM phones p WHERE p.id = o.phone_id
                          AND (p.blocked_at IS NOT NULL OR EXISTS (SELECT 1 FROM suppressions s
                            WHERE s.chapter_id = p.chapter_id AND s.lookup = p.lookup
                              AND s.scope IN ('chapter', $3)))) AS suppressed,
                        o.kind = 'offer' AND (SELECT COUNT(*) FROM claims c WHERE c.referral_id = o.referral_id
                          AND c.place IS NOT NULL) >= $4 AS filled
                 FROM outbox o WHERE o.id = $1 AND o.state = 'sending' AND o.attempts = $2"
            ))
            .bind(id)
            .bind(attempt)
            .bind(line.to_string())
            .bind(model::referral::PLACES)
            .row()
            .await?;
        let Some(row) = row else { return Ok(StillGoes::WithAnother) };
        let last_word = row.get::<MessageKind>("outbox", "kind")? == MessageKind::Consent;
        Ok(if row.get::<bool>("outbox", "suppressed")? && !last_word {
            StillGoes::No(ErrorClass::Suppressed)
        } else if row.get("outbox", "filled")? {
            StillGoes::No(ErrorClass::Expired)
        } else {
            StillGoes::Yes
        })
    }

    /// A chapter's messages in one state, oldest first; of all chapters where none is named.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outbox_in(
        &mut self,
        chapter: Option<ChapterId>,
        state: OutboxState,
        most: i64,
    ) -> Result<Vec<Outgoing>> {
        let rows = self
            .statement(sql!(
                "SELECT " outgoing_columns!() " FROM outbox
                 WHERE state = $1 AND (CAST($2 AS TEXT) IS NULL OR chapter_id = $3) ORDER BY seq LIMIT $4"
            ))
            .bind(state)
            .bind(chapter.map(|id| id.to_string()))
            .bind(chapter)
            .bind(most)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// How many messages are in which state, for which purpose, and since when.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outbox_counts(&mut self, chapter: Option<ChapterId>) -> Result<Vec<OutboxCount>> {
        let rows = self
            .statement(sql!(
                "SELECT state, kind, COUNT(*) AS count, MIN(created_at) AS oldest FROM outbox
                 WHERE CAST($1 AS TEXT) IS NULL OR chapter_id = $2
                 GROUP BY state, kind ORDER BY state, kind"
            ))
            .bind(chapter.map(|id| id.to_string()))
            .bind(chapter)
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                Ok(OutboxCount {
                    state: row.get("outbox", "state")?,
                    kind: row.get("outbox", "kind")?,
                    count: row.get("outbox", "count")?,
                    oldest: row.get("outbox", "oldest")?,
                })
            })
            .collect()
    }

    /// How unknown outcomes were settled, and how often.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outbox_settled(
        &mut self,
        chapter: Option<ChapterId>,
    ) -> Result<Vec<SettledCount>> {
        let rows = self
            .statement(sql!(
                "SELECT settled_how, state, COUNT(*) AS count,
                        MAX(COALESCE(written_at, created_at)) AS latest
                 FROM outbox
                 WHERE settled_how IS NOT NULL AND (CAST($1 AS TEXT) IS NULL OR chapter_id = $2)
                 GROUP BY settled_how, state ORDER BY settled_how, state"
            ))
            .bind(chapter.map(|id| id.to_string()))
            .bind(chapter)
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                Ok(SettledCount {
                    how: row.get("outbox", "settled_how")?,
                    state: row.get("outbox", "state")?,
                    count: row.get("outbox", "count")?,
                    latest: row.get("outbox", "latest")?,
                })
            })
            .collect()
    }

    /// How many messages wait or are on their way, and since when the oldest does.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outbox_depth(&mut self) -> Result<(i64, Option<Timestamp>)> {
        let row = self
            .statement(sql!(
                "SELECT COUNT(*) AS count, MIN(due_at) AS oldest FROM outbox
                 WHERE state IN ('waiting', 'sending', 'unknown')"
            ))
            .row()
            .await?;
        Ok(match row {
            Some(row) => (row.get("outbox", "count")?, row.maybe("outbox", "oldest")?),
            None => (0, None),
        })
    }

    /// When the next waiting message of a line is due.
    ///
    /// # Errors
    /// What the database says.
    pub async fn next_message_at(&mut self, line: LineId) -> Result<Option<Timestamp>> {
        self.statement(sql!(
            "SELECT MIN(due_at) FROM outbox WHERE line_id = $1 AND state = 'waiting'"
        ))
        .bind(line)
        .scalar("outbox")
        .await
    }
}

fn micros(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX / 1000)
}

/// Messages to one person keep their order within a lane; a lower lane never waits for a higher.
fn lane(kind: MessageKind) -> i64 {
    match kind {
        MessageKind::Safety | MessageKind::Consent | MessageKind::SignIn => 0,
        // Both may stand behind a long broadcast, and nobody's answer may stand behind them.
        MessageKind::Offer | MessageKind::FollowUp => 2,
        _ => 1,
    }
}

impl WriteTx {
    /// Writes a message into the outbox; `false` if it is there already.
    ///
    /// Where the line's database was restored from a backup, the text may have gone out in the time that
    /// was lost: it begins as one whose outcome is unknown, and the carrier is asked before it is sent.
    ///
    /// # Errors
    /// What the database says.
    pub async fn enqueue(&mut self, message: &NewMessage) -> Result<bool> {
        let id = message.id.as_uuid();
        let body = self.vault.seal("outbox.body", id, message.body.reveal().as_bytes());
        let (channel, line, phone, admin, subject) = match &message.by {
            By::Line { line, phone } => (Channel::Text, Some(*line), Some(*phone), None, None),
            By::Email { admin, subject } => {
                let subject = self.vault.seal("outbox.subject", id, subject.as_bytes());
                (Channel::Email, None, None, Some(*admin), Some(subject))
            }
        };
        let added = self
            .statement(sql!(
                "INSERT INTO outbox (id, chapter_id, channel, line_id, phone_id, admin_id, kind, priority, lane,
                                     dedupe, inquiry_id, referral_id, offer_id, subject, body, due_at,
                                     expires_at, created_at, state, written_at, lease_until)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                         CASE WHEN (SELECT lost_from FROM lines WHERE id = $4) IS NULL THEN 'waiting'
                              ELSE 'unknown' END,
                         (SELECT lost_from FROM lines WHERE id = $4),
                         (SELECT lost_until FROM lines WHERE id = $4 AND lost_from IS NOT NULL))
                 ON CONFLICT (dedupe) DO NOTHING"
            ))
            .bind(message.id)
            .bind(message.chapter_id)
            .bind(channel)
            .bind(line)
            .bind(phone)
            .bind(admin)
            .bind(message.kind)
            .bind(message.kind.priority())
            .bind(lane(message.kind))
            .bind(message.dedupe.as_str())
            .bind(message.inquiry_id)
            .bind(message.referral_id)
            .bind(message.offer_id)
            .bind(subject)
            .bind(body)
            .bind(message.due_at)
            .bind(message.expires_at)
            .bind(message.now)
            .execute()
            .await?;
        self.wake(Wake::Outbox);
        Ok(added == 1)
    }

    /// Takes up to `most` due texts of a line for this node: the most urgent first, and none to a
    /// person who has an earlier one on its way, or who had many just now. From here on a text may
    /// have been written.
    ///
    /// `rate` is how far apart texts to one person are on average, and how many may come at once.
    /// Safety, consent and sign-in are not held back by it.
    ///
    /// It takes the locks of texts and of their numbers, and waits for neither: whoever else has one
    /// of them may be waiting for the other. What is locked is left for the next time.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lease_texts(
        &mut self,
        line: LineId,
        now: Timestamp,
        lease: SignedDuration,
        rate: (SignedDuration, i64),
        most: i64,
    ) -> Result<Vec<Leased>> {
        let (gap, burst) = rate;
        let tolerance = SignedDuration::from_micros(micros(gap) * (burst - 1).max(0));
        let lease_until = now.after(lease);
        let rows = self
            .statement(sql!(
                "WITH next AS MATERIALIZED (
                     SELECT o.id FROM outbox o JOIN phones r ON r.id = o.phone_id
                     WHERE o.line_id = $1 AND o.state = 'waiting' AND o.due_at <= $2
                       AND NOT EXISTS (SELECT 1 FROM outbox e
                            WHERE e.phone_id = o.phone_id AND e.seq < o.seq AND e.lane <= o.lane
                              AND e.state IN ('waiting', 'sending', 'unknown'))
                       AND (o.lane = 0 OR r.next_text_at <= $6)
                     ORDER BY o.priority, o.seq LIMIT $4" skip_locked ")
                 UPDATE outbox SET state = 'sending', lease_until = $3, written_at = $2, attempts = attempts + 1
                 WHERE id IN (SELECT id FROM next)
                 RETURNING id, seq, priority, chapter_id, kind, phone_id, body, expires_at, attempts,
                     (SELECT p.number FROM phones p WHERE p.id = phone_id) AS number,
                     (SELECT p.next_text_at FROM phones p WHERE p.id = phone_id) AS next_text_at,
                     EXISTS (SELECT 1 FROM phones p WHERE p.id = phone_id AND (p.blocked_at IS NOT NULL
                        OR EXISTS (SELECT 1 FROM suppressions s WHERE s.chapter_id = p.chapter_id
                             AND s.lookup = p.lookup AND s.scope IN ('chapter', $5)))) AS suppressed"
            ))
            .bind(line)
            .bind(now)
            .bind(lease_until)
            .bind(most)
            .bind(line.to_string())
            .bind(now.after(tolerance))
            .rows()
            .await?;
        let mut leased = rows
            .iter()
            .map(|row| {
                let order: (i64, i64) = (row.get("outbox", "priority")?, row.get("outbox", "seq")?);
                Ok((order, self.leased(row)?))
            })
            .collect::<Result<Vec<_>>>()?;
        leased.sort_by_key(|(order, _)| *order);
        self.count_texts(&rows, now, gap).await?;
        Ok(leased.into_iter().map(|(_, leased)| leased).collect())
    }

    /// Moves on when the people of these texts may get their next. A number's row holds the time at
    /// which everything sent to it would have gone at an even pace.
    async fn count_texts(
        &mut self,
        texts: &[Row],
        now: Timestamp,
        gap: SignedDuration,
    ) -> Result<()> {
        let mut next: BTreeMap<PhoneId, Timestamp> = BTreeMap::new();
        for row in texts {
            let Some(phone) = row.maybe::<PhoneId>("outbox", "phone_id")? else { continue };
            let before = match next.get(&phone) {
                Some(&at) => at,
                None => row.get::<Timestamp>("phones", "next_text_at")?.max(now),
            };
            next.insert(phone, before.after(gap));
        }
        let list = next
            .iter()
            .map(|(phone, at)| json!({"id": phone.as_uuid().simple(), "at": at.to_text()}));
        self.statement(sql!(
            "UPDATE phones SET next_text_at = n.at FROM "
            either(
                "(SELECT unhex(value ->> 'id') AS id, value ->> 'at' AS at FROM json_each($1)) AS n",
                "jsonb_to_recordset($1) AS n(id UUID, at TIMESTAMPTZ)",
            )
            " WHERE phones.id = n.id"
        ))
        .bind(Document(&list.collect::<Vec<_>>()))
        .execute()
        .await?;
        Ok(())
    }

    /// Takes up to `most` due e-mails for this node.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lease_emails(
        &mut self,
        now: Timestamp,
        lease: SignedDuration,
        most: i64,
    ) -> Result<Vec<Leased>> {
        let rows = self
            .statement(sql!(
                "WITH next AS MATERIALIZED (
                     SELECT o.id FROM outbox o
                     WHERE o.channel = 'email' AND o.line_id IS NULL AND o.due_at <= $1
                       AND o.state = 'waiting'
                     ORDER BY o.due_at LIMIT $3" skip_locked ")
                 UPDATE outbox SET state = 'sending', lease_until = $2, written_at = $1, attempts = attempts + 1
                 WHERE id IN (SELECT id FROM next)
                 RETURNING id, chapter_id, kind, phone_id, admin_id, subject, body, expires_at, attempts,
                     (SELECT a.email FROM admins a WHERE a.id = admin_id) AS address"
            ))
            .bind(now)
            .bind(now.after(lease))
            .bind(most)
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                let id: OutboxId = row.get("outbox", "id")?;
                let admin: AdminId = row.get("outbox", "admin_id")?;
                let address: Vec<u8> = row.get("admins", "address")?;
                let address = open_text(&self.vault, "admins.email", admin.as_uuid(), &address);
                let subject: Vec<u8> = row.get("outbox", "subject")?;
                let subject = open_text(&self.vault, "outbox.subject", id.as_uuid(), &subject);
                let common = self.leased_common(row, id)?;
                let unreadable = match (&address, &subject) {
                    (None, _) => Some("admins.email"),
                    (_, None) => Some("outbox.subject"),
                    _ => common.unreadable,
                };
                let address = address.map(EmailAddress::new);
                Ok(Leased { address, subject, unreadable, ..common })
            })
            .collect()
    }

    /// Takes up to `most` texts of a line of which it is not known whether the carrier has them:
    /// those marked so whose time to ask has come, and those that a node had in hand when its
    /// lease ran out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lease_unknown(
        &mut self,
        line: LineId,
        now: Timestamp,
        lease: SignedDuration,
        most: i64,
    ) -> Result<Vec<Leased>> {
        let rows = self
            .statement(sql!(
                "WITH next AS MATERIALIZED (
                     SELECT o.id FROM outbox o
                     WHERE o.state IN ('sending', 'unknown') AND o.lease_until <= $2 AND o.line_id = $1
                     ORDER BY o.lease_until LIMIT $4" skip_locked ")
                 UPDATE outbox SET state = 'unknown', lease_until = $3 WHERE id IN (SELECT id FROM next)
                 RETURNING id, chapter_id, kind, phone_id, body, expires_at, attempts, written_at,
                     (SELECT p.number FROM phones p WHERE p.id = phone_id) AS number,
                     CAST(0 AS BOOLEAN) AS suppressed"
            ))
            .bind(line)
            .bind(now)
            .bind(now.after(lease))
            .bind(most)
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Leased { written_at: row.maybe("outbox", "written_at")?, ..self.leased(row)? })
            })
            .collect()
    }

    fn leased(&self, row: &Row) -> Result<Leased> {
        let id: OutboxId = row.get("outbox", "id")?;
        let common = self.leased_common(row, id)?;
        let number: Option<Vec<u8>> = row.maybe("phones", "number")?;
        let (mut to, mut unreadable) = (None, common.unreadable);
        if let (Some(phone), Some(sealed)) = (common.phone_id, number) {
            match open_number(&self.vault, phone, &sealed) {
                Ok(number) => to = Some(number),
                Err(_) => unreadable = Some("phones.number"),
            }
        }
        Ok(Leased { to, unreadable, suppressed: row.get("outbox", "suppressed")?, ..common })
    }

    fn leased_common(&self, row: &Row, id: OutboxId) -> Result<Leased> {
        let sealed: Option<Vec<u8>> = row.maybe("outbox", "body")?;
        let body = sealed.as_ref().and_then(|sealed| open_body(&self.vault, id, sealed));
        Ok(Leased {
            id,
            chapter_id: row.get("outbox", "chapter_id")?,
            kind: row.get("outbox", "kind")?,
            phone_id: row.maybe("outbox", "phone_id")?,
            to: None,
            address: None,
            subject: None,
            unreadable: (sealed.is_some() && body.is_none()).then_some("outbox.body"),
            body,
            expires_at: row.get("outbox", "expires_at")?,
            attempts: row.get("outbox", "attempts")?,
            written_at: None,
            suppressed: false,
        })
    }

    /// E-mails that a node had in hand when its lease ran out: nobody can be asked about them, and
    /// a second copy of a call for attention does less harm than none. They go again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn return_lapsed_emails(&mut self, now: Timestamp) -> Result<u64> {
        self.statement(sql!(
            "UPDATE outbox SET state = 'waiting', lease_until = NULL, settled_how = 'sent again'
             WHERE channel = 'email' AND line_id IS NULL AND state IN ('sending', 'unknown') AND lease_until <= $1"
        ))
        .bind(now)
        .execute()
        .await
    }

    /// Puts back what this node leased and never handed over.
    ///
    /// # Errors
    /// What the database says.
    pub async fn return_unwritten(&mut self, id: OutboxId) -> Result<()> {
        self.statement(sql!(
            "UPDATE outbox SET state = 'waiting', lease_until = NULL, attempts = attempts - 1
             WHERE id = $1 AND state = 'sending'"
        ))
        .bind(id)
        .execute()
        .await?;
        Ok(())
    }

    /// Records what became of a message that this node handed over, or asked the carrier about;
    /// `false` if a report overtook us and it is further already, or if another node has it in hand.
    ///
    /// # Errors
    /// What the database says.
    pub async fn settle_message(
        &mut self,
        id: OutboxId,
        settled: &Settled,
        now: Timestamp,
    ) -> Result<bool> {
        let ended =
            matches!(settled.state, OutboxState::Failed | OutboxState::Delivered).then_some(now);
        let accepted =
            matches!(settled.state, OutboxState::Accepted | OutboxState::Delivered).then_some(now);
        let moved = self
            .statement(sql!(
                "UPDATE outbox SET state = $2, carrier_message_id = COALESCE($3, carrier_message_id),
                        segments = COALESCE($4, segments), error_code = $5, error_class = $6,
                        due_at = CASE WHEN $2 = 'waiting' THEN COALESCE($7, due_at) ELSE due_at END,
                        lease_until = CASE WHEN $2 = 'unknown' THEN COALESCE($7, $11) ELSE NULL END,
                        settled_how = COALESCE($8, settled_how),
                        accepted_at = COALESCE(accepted_at, $9), ended_at = COALESCE(ended_at, $10)
                 WHERE id = $1 AND state IN ('waiting', 'sending', 'unknown')
                   AND (attempts = COALESCE($12, attempts) OR $2 IN ('accepted', 'delivered'))"
            ))
            .bind(id)
            .bind(settled.state)
            .bind(settled.carrier_message_id.as_deref())
            .bind(settled.segments)
            .bind(settled.error_code.as_deref())
            .bind(settled.error_class)
            .bind(settled.again_at)
            .bind(settled.settled_how)
            .bind(accepted)
            .bind(ended)
            .bind(now)
            .bind(settled.attempt)
            .execute()
            .await?;
        if moved == 0 {
            // A report came first. The carrier's id is still news.
            self.statement(sql!(
                "UPDATE outbox SET carrier_message_id = COALESCE(carrier_message_id, $2),
                        segments = COALESCE(segments, $3) WHERE id = $1"
            ))
            .bind(id)
            .bind(settled.carrier_message_id.as_deref())
            .bind(settled.segments)
            .execute()
            .await?;
        }
        Ok(moved == 1)
    }

    /// Records that the carrier took messages which this node handed over, all at once: the same as
    /// [`Self::settle_message`] to accepted, for each.
    ///
    /// # Errors
    /// What the database says.
    pub async fn accept_messages(&mut self, taken: &[Taken], now: Timestamp) -> Result<()> {
        let list = taken.iter().map(|taken| {
            json!({"id": taken.id.as_uuid().simple(), "sid": taken.carrier_message_id, "segments": taken.segments})
        });
        let list = list.collect::<Vec<_>>();
        let moved = self
            .statement(sql!(
                "UPDATE outbox SET state = 'accepted', carrier_message_id = n.sid,
                        segments = COALESCE(n.segments, outbox.segments), error_code = NULL,
                        error_class = NULL, lease_until = NULL, accepted_at = COALESCE(accepted_at, $2)
                 FROM "
                either(
                    "(SELECT unhex(value ->> 'id') AS id, value ->> 'sid' AS sid,
                             value ->> 'segments' AS segments FROM json_each($1)) AS n",
                    "jsonb_to_recordset($1) AS n(id UUID, sid TEXT, segments BIGINT)",
                )
                // COALESCE: the bare condition is that of an index of all that is unsettled, and
                // PostgreSQL would look through the whole of it for each.
                " WHERE outbox.id = n.id AND COALESCE(state, '') IN ('waiting', 'sending', 'unknown')"
            ))
            .bind(Document(&list))
            .bind(now)
            .execute()
            .await?;
        if moved < taken.len() as u64 {
            // Reports came first. The carrier's ids are still news.
            self.statement(sql!(
                "UPDATE outbox SET carrier_message_id = n.sid, segments = COALESCE(outbox.segments, n.segments)
                 FROM "
                either(
                    "(SELECT unhex(value ->> 'id') AS id, value ->> 'sid' AS sid,
                             value ->> 'segments' AS segments FROM json_each($1)) AS n",
                    "jsonb_to_recordset($1) AS n(id UUID, sid TEXT, segments BIGINT)",
                )
                " WHERE outbox.id = n.id AND carrier_message_id IS NULL"
            ))
            .bind(Document(&list))
            .execute()
            .await?;
        }
        Ok(())
    }

    /// Takes in a carrier's report: it moves a message forward, never back. `false` if it is as far
    /// already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn report_message(
        &mut self,
        id: OutboxId,
        report: &Settled,
        now: Timestamp,
    ) -> Result<bool> {
        let ended =
            matches!(report.state, OutboxState::Failed | OutboxState::Delivered).then_some(now);
        let moved = self
            .statement(sql!(
                "UPDATE outbox SET state = $2, carrier_message_id = COALESCE(carrier_message_id, $3),
                        error_code = $4, error_class = $5, lease_until = NULL,
                        settled_how = CASE WHEN state = 'unknown' THEN 'reported' ELSE settled_how END,
                        accepted_at = COALESCE(accepted_at, $6), ended_at = $7
                 WHERE id = $1 AND CASE state WHEN 'waiting' THEN 0 WHEN 'sending' THEN 1 WHEN 'unknown' THEN 2
                                        WHEN 'accepted' THEN 3 WHEN 'failed' THEN 4 ELSE 5 END < $8"
            ))
            .bind(id)
            .bind(report.state)
            .bind(report.carrier_message_id.as_deref())
            .bind(report.error_code.as_deref())
            .bind(report.error_class)
            .bind(now)
            .bind(ended)
            .bind(report.state.rank())
            .execute()
            .await?;
        Ok(moved == 1)
    }

    /// Fails the messages to a number that wait, for a reason of ours; gives how many. Confirmations
    /// of an opt-out are left: they are its last word.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_waiting(
        &mut self,
        phone: PhoneId,
        class: ErrorClass,
        now: Timestamp,
    ) -> Result<u64> {
        self.statement(sql!(
            "UPDATE outbox SET state = 'failed', error_class = $2, ended_at = $3
             WHERE phone_id = $1 AND state = 'waiting' AND kind <> 'consent'"
        ))
        .bind(phone)
        .bind(class)
        .bind(now)
        .execute()
        .await
    }

    /// Keeps how a message came to be what it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn set_settled_how(&mut self, id: OutboxId, how: &str) -> Result<()> {
        self.statement(sql!("UPDATE outbox SET settled_how = $2 WHERE id = $1"))
            .bind(id)
            .bind(how)
            .execute()
            .await?;
        Ok(())
    }

    /// Sets a failed message waiting again, by hand; `false` if it did not fail.
    ///
    /// # Errors
    /// What the database says.
    pub async fn retry_message(
        &mut self,
        id: OutboxId,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<bool> {
        let again = self
            .statement(sql!(
                "UPDATE outbox SET state = 'waiting', due_at = $2, expires_at = $3, error_code = NULL,
                        error_class = NULL, ended_at = NULL, lease_until = NULL, settled_how = 'sent again by hand'
                 WHERE id = $1 AND state = 'failed' AND body IS NOT NULL"
            ))
            .bind(id)
            .bind(now)
            .bind(expires_at)
            .execute()
            .await?;
        self.wake(Wake::Outbox);
        Ok(again == 1)
    }
}
