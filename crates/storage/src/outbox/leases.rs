//! Taking messages for this node: what is due, what nobody knows the outcome of, and what goes back.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use model::{
    AdminId, ChapterId, ContactId, EmailAddress, ErrorClass, LineId, MemberId, MessageKind,
    MessageText, OutboxId, Phone, PhoneId, Timestamp,
};
use serde_json::json;

use super::open_body;
use crate::{
    ContactPrivate, ReadTx, Result, WriteTx,
    members::open_text,
    phones::open_number,
    sql::{Document, Row},
};

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
    /// Where its browser wants it, if it is a notification.
    pub push: Option<serde_json::Value>,
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

impl ReadTx {
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
}

fn micros(duration: SignedDuration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX / 1000)
}

impl WriteTx {
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
                     SELECT o.id, r.number, r.next_text_at, r.blocked_at, r.lookup
                     FROM outbox o JOIN phones r ON r.id = o.phone_id
                     WHERE o.line_id = $1 AND o.state = 'waiting' AND o.due_at <= $2
                       AND NOT EXISTS (SELECT 1 FROM outbox e
                            WHERE e.phone_id = o.phone_id AND e.seq < o.seq AND e.lane <= o.lane
                              AND e.state IN ('waiting', 'sending', 'unknown'))
                       AND (o.lane = 0 OR r.next_text_at <= $6)
                     ORDER BY o.priority, o.seq LIMIT $4" skip_locked ")
                 UPDATE outbox SET state = 'sending', lease_until = $3, written_at = $2, attempts = attempts + 1 "
                // SQLite gives back nothing but the row's own columns.
                either(
                    "WHERE id IN (SELECT id FROM next)
                     RETURNING id, seq, priority, chapter_id, kind, phone_id, body, expires_at, attempts,
                         (SELECT p.number FROM phones p WHERE p.id = phone_id) AS number,
                         (SELECT p.next_text_at FROM phones p WHERE p.id = phone_id) AS next_text_at,
                         EXISTS (SELECT 1 FROM phones p WHERE p.id = phone_id AND (p.blocked_at IS NOT NULL
                            OR EXISTS (SELECT 1 FROM suppressions s WHERE s.chapter_id = p.chapter_id
                                 AND s.lookup = p.lookup AND s.scope IN ('chapter', $5)))) AS suppressed",
                    "FROM next n WHERE outbox.id = n.id
                     RETURNING outbox.id, seq, priority, chapter_id, kind, phone_id, body, expires_at, attempts,
                         n.number, n.next_text_at,
                         n.blocked_at IS NOT NULL OR EXISTS (SELECT 1 FROM suppressions s
                            WHERE s.chapter_id = outbox.chapter_id AND s.lookup = n.lookup
                              AND s.scope IN ('chapter', $5)) AS suppressed",
                )
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
        if !gap.is_zero() {
            self.count_texts(&rows, now, gap).await?;
        }
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

    /// To which address a leased e-mail goes; none where its person is gone or has none. Beside it the
    /// place of what should open and does not.
    pub(super) fn address(
        &self,
        row: &Row,
    ) -> Result<(Option<EmailAddress>, Option<&'static str>)> {
        let vault = &self.vault;
        let opened = |place, id, sealed: Option<Vec<u8>>| match sealed {
            None => (None, None),
            Some(sealed) => match open_text(vault, place, id, &sealed) {
                Some(address) => (Some(EmailAddress::new(address)), None),
                None => (None, Some(place)),
            },
        };
        if let Some(id) = row.maybe::<ContactId>("outbox", "contact_id")? {
            let place = "hospital_contacts.private";
            let sealed: Option<Vec<u8>> = row.maybe("hospital_contacts", "contact")?;
            let Some(sealed) = sealed else { return Ok((None, None)) };
            let private = vault.open_document::<ContactPrivate>(place, id.as_uuid(), &sealed);
            return Ok(match private {
                Ok(private) => (private.email.map(EmailAddress::new), None),
                Err(_) => (None, Some(place)),
            });
        }
        if let Some(id) = row.maybe::<MemberId>("outbox", "member_id")? {
            return Ok(opened("members.email", id.as_uuid(), row.maybe("members", "member")?));
        }
        let id: AdminId = row.get("outbox", "admin_id")?;
        Ok(opened("admins.email", id.as_uuid(), row.maybe("admins", "admin")?))
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

    pub(super) fn leased_common(&self, row: &Row, id: OutboxId) -> Result<Leased> {
        let sealed: Option<Vec<u8>> = row.maybe("outbox", "body")?;
        let body = sealed.as_ref().and_then(|sealed| open_body(&self.vault, id, sealed));
        Ok(Leased {
            id,
            chapter_id: row.get("outbox", "chapter_id")?,
            kind: row.get("outbox", "kind")?,
            phone_id: row.maybe("outbox", "phone_id")?,
            to: None,
            address: None,
            push: None,
            subject: None,
            unreadable: (sealed.is_some() && body.is_none()).then_some("outbox.body"),
            body,
            expires_at: row.get("outbox", "expires_at")?,
            attempts: row.get("outbox", "attempts")?,
            written_at: None,
            suppressed: false,
        })
    }

    /// E-mails and notifications that a node had in hand when its lease ran out: nobody can be asked
    /// about them, and a second copy does less harm than none. They go again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn return_lapsed(&mut self, now: Timestamp) -> Result<u64> {
        self.statement(sql!(
            "UPDATE outbox SET state = 'waiting', lease_until = NULL, settled_how = 'sent again'
             WHERE channel IN ('email', 'push') AND line_id IS NULL AND state IN ('sending', 'unknown') AND lease_until <= $1"
        ))
        .bind(now)
        .execute()
        .await
    }
}
