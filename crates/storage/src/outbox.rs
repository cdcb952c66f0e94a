//! The outbox: every message on its way out, and how far it has come.

mod counts;
mod leases;
mod outcomes;
mod pushes;

use model::{
    AdminId, Channel, ChapterId, ContactId, ErrorClass, InquiryId, LineId, MemberId, MessageKind,
    MessageText, OfferId, OutboxId, OutboxState, PhoneId, PushId, ReferralId, Timestamp,
};

pub(crate) use self::counts::first_id;
pub use self::{
    counts::{OutboxCount, SettledCount},
    leases::{Leased, StillGoes},
    outcomes::{Settled, Taken},
};
use crate::{
    ReadTx, Result, Vault, Wake, WriteTx,
    members::open_text,
    sql::{FromRow, Row},
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
    /// Text, e-mail or notification.
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
    /// An e-mail to somebody outside the console.
    Mail {
        /// To whom.
        to: Addressee,
        /// The subject.
        subject: String,
    },
    /// A notification.
    Push {
        /// On this browser,
        to: PushId,
        /// of this member's.
        member: MemberId,
    },
}

/// Somebody who is e-mailed and is none of the chapter's people. The address is looked up when it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressee {
    /// One of a hospital's people.
    Contact(ContactId),
    /// A member.
    Member(MemberId),
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

    /// What makes a message the one it is ([`NewMessage::dedupe`]).
    ///
    /// # Errors
    /// What the database says.
    pub async fn dedupe_of(&mut self, id: OutboxId) -> Result<Option<String>> {
        self.statement(sql!("SELECT dedupe FROM outbox WHERE id = $1"))
            .bind(id)
            .scalar("outbox")
            .await
    }

    /// To which of the chapter's people the e-mail goes that is known so ([`NewMessage::dedupe`]).
    ///
    /// # Errors
    /// What the database says.
    pub async fn admin_of_email(&mut self, dedupe: &str) -> Result<Option<AdminId>> {
        self.statement(sql!(
            "SELECT admin_id FROM outbox WHERE dedupe = $1 AND admin_id IS NOT NULL"
        ))
        .bind(dedupe)
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

    /// A page of a chapter's messages in one state, the oldest first: those after `after`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outbox_after(
        &mut self,
        chapter: ChapterId,
        state: OutboxState,
        after: Option<OutboxId>,
        most: i64,
    ) -> Result<Vec<Outgoing>> {
        // The few that did not arrive, or are on their way, are found without passing by all others.
        let statement = match state {
            OutboxState::Failed => sql!(
                "SELECT " outgoing_columns!() " FROM outbox
                 WHERE chapter_id = $1 AND state = 'failed' AND state = $2 AND id > $3 ORDER BY id LIMIT $4"
            ),
            OutboxState::Accepted | OutboxState::Delivered => sql!(
                "SELECT " outgoing_columns!() " FROM outbox
                 WHERE chapter_id = $1 AND state = $2 AND id > $3 ORDER BY id LIMIT $4"
            ),
            OutboxState::Waiting | OutboxState::Sending | OutboxState::Unknown => sql!(
                "SELECT " outgoing_columns!() " FROM outbox" either(" INDEXED BY outbox_unsettled", "")
                " WHERE chapter_id = $1 AND state IN ('waiting', 'sending', 'unknown') AND state = $2
                    AND id > $3 ORDER BY id LIMIT $4"
            ),
        };
        let rows = self
            .statement(statement)
            .bind(chapter)
            .bind(state)
            .bind(after.unwrap_or(OutboxId::from_uuid(uuid::Uuid::nil())))
            .bind(most)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The messages of a chapter that failed, the one written last first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn failed_last(&mut self, chapter: ChapterId, most: i64) -> Result<Vec<Outgoing>> {
        let rows = self
            .statement(sql!(
                "SELECT " outgoing_columns!() " FROM outbox
                 WHERE chapter_id = $1 AND state = 'failed' ORDER BY id DESC LIMIT $2"
            ))
            .bind(chapter)
            .bind(most)
            .rows()
            .await?;
        self.decode(rows)
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
    /// What tells of danger is not held up by that: twice does less harm than late.
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
            By::Mail { subject, .. } => {
                let subject = self.vault.seal("outbox.subject", id, subject.as_bytes());
                (Channel::Email, None, None, None, Some(subject))
            }
            By::Push { .. } => (Channel::Push, None, None, None, None),
        };
        let (contact, member) = match &message.by {
            By::Mail { to: Addressee::Contact(contact), .. } => (Some(*contact), None),
            By::Mail { to: Addressee::Member(member), .. } | By::Push { member, .. } => {
                (None, Some(*member))
            }
            _ => (None, None),
        };
        let push = match &message.by {
            By::Push { to, .. } => Some(*to),
            _ => None,
        };
        // What waits for the morning on purpose holds up nothing that is said meanwhile.
        let waits = message.due_at > message.now;
        let lane = lane(message.kind).max(if waits { 2 } else { 0 });
        let added = self
            .statement(sql!(
                "INSERT INTO outbox (id, chapter_id, channel, line_id, phone_id, admin_id, kind, priority, lane,
                                     dedupe, inquiry_id, referral_id, offer_id, subject, body, due_at,
                                     expires_at, created_at, contact_id, member_id, push_id, state,
                                     written_at, lease_until)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                         CASE WHEN (SELECT lost_from FROM lines WHERE id = $4 AND $7 <> 'safety') IS NULL
                              THEN 'waiting' ELSE 'unknown' END,
                         (SELECT lost_from FROM lines WHERE id = $4 AND $7 <> 'safety'),
                         (SELECT lost_until FROM lines
                          WHERE id = $4 AND lost_from IS NOT NULL AND $7 <> 'safety'))
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
            .bind(lane)
            .bind(message.dedupe.as_str())
            .bind(message.inquiry_id)
            .bind(message.referral_id)
            .bind(message.offer_id)
            .bind(subject)
            .bind(body)
            .bind(message.due_at)
            .bind(message.expires_at)
            .bind(message.now)
            .bind(contact)
            .bind(member)
            .bind(push)
            .execute()
            .await?;
        self.wake(Wake::Outbox);
        Ok(added == 1)
    }
}
