//! Taking notifications and e-mails for this node.

use jiff::SignedDuration;
use model::{OutboxId, PushId, Timestamp};
use serde_json::Value;

use super::Leased;
use crate::{Result, WriteTx, members::open_text};

/// What waits in a channel that has no line, and is due.
macro_rules! next_of_channel {
    () => {
        "WITH next AS MATERIALIZED (
             SELECT o.id FROM outbox o
             WHERE o.channel = $4 AND o.line_id IS NULL AND o.due_at <= $1 AND o.state = 'waiting'
             ORDER BY o.due_at LIMIT $3"
    };
}

/// Takes it for this node.
macro_rules! takes_next {
    () => {
        ")
         UPDATE outbox SET state = 'sending', lease_until = $2, written_at = $1, attempts = attempts + 1
         WHERE id IN (SELECT id FROM next) "
    };
}

impl WriteTx {
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
                next_of_channel!() skip_locked takes_next!()
                "RETURNING id, chapter_id, kind, phone_id, admin_id, contact_id, member_id, subject, body,
                     expires_at, attempts,
                     (SELECT a.email FROM admins a WHERE a.id = admin_id) AS admin,
                     (SELECT c.private FROM hospital_contacts c
                      WHERE c.id = contact_id AND c.ended_at IS NULL) AS contact,
                     (SELECT m.email FROM members m WHERE m.id = outbox.member_id) AS member"
            ))
            .bind(now)
            .bind(now.after(lease))
            .bind(most)
            .bind("email")
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                let id: OutboxId = row.get("outbox", "id")?;
                let (address, unopened) = self.address(row)?;
                // One whose words were erased meanwhile has no subject, and holds up no other.
                let sealed: Option<Vec<u8>> = row.maybe("outbox", "subject")?;
                let open = |sealed: &Vec<u8>| {
                    open_text(&self.vault, "outbox.subject", id.as_uuid(), sealed)
                };
                let subject = sealed.as_ref().and_then(open);
                let common = self.leased_common(row, id)?;
                let unreadable = match (unopened, &subject) {
                    (Some(place), _) => Some(place),
                    (_, None) if sealed.is_some() => Some("outbox.subject"),
                    _ => common.unreadable,
                };
                Ok(Leased { address, subject, unreadable, ..common })
            })
            .collect()
    }

    /// Takes up to `most` due notifications for this node. One whose browser is forgotten meanwhile has
    /// no [`Leased::push`]; who wants no texts from the chapter, or is blocked, wants none of these.
    ///
    /// # Errors
    /// What the database says.
    pub async fn lease_pushes(
        &mut self,
        now: Timestamp,
        lease: SignedDuration,
        most: i64,
    ) -> Result<Vec<Leased>> {
        let rows = self
            .statement(sql!(
                next_of_channel!() skip_locked takes_next!()
                "RETURNING id, chapter_id, kind, phone_id, push_id, body, expires_at, attempts,
                     (SELECT s.content FROM push_subscriptions s WHERE s.id = push_id) AS push,
                     EXISTS (SELECT 1 FROM members m JOIN phones p ON p.id = m.phone_id
                             WHERE m.id = outbox.member_id AND (p.blocked_at IS NOT NULL
                                OR EXISTS (SELECT 1 FROM suppressions s WHERE s.chapter_id = p.chapter_id
                                     AND s.lookup = p.lookup))) AS suppressed"
            ))
            .bind(now)
            .bind(now.after(lease))
            .bind(most)
            .bind("push")
            .rows()
            .await?;
        rows.iter()
            .map(|row| {
                let id: OutboxId = row.get("outbox", "id")?;
                let common = self.leased_common(row, id)?;
                let place = "push_subscriptions.content";
                let (mut push, mut unreadable) = (None, common.unreadable);
                let to: Option<PushId> = row.maybe("outbox", "push_id")?;
                let sealed: Option<Vec<u8>> = row.maybe("push_subscriptions", "push")?;
                if let (Some(to), Some(sealed)) = (to, sealed) {
                    match self.vault.open_document::<Value>(place, to.as_uuid(), &sealed) {
                        Ok(content) => push = Some(content),
                        Err(_) => unreadable = Some(place),
                    }
                }
                let suppressed = row.get("outbox", "suppressed")?;
                Ok(Leased { push, unreadable, suppressed, ..common })
            })
            .collect()
    }
}
