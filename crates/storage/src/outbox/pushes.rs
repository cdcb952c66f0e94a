//! Taking notifications for this node.

use jiff::SignedDuration;
use model::{OutboxId, PushId, Timestamp};
use serde_json::Value;

use super::Leased;
use crate::{Result, WriteTx};

impl WriteTx {
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
                "WITH next AS MATERIALIZED (
                     SELECT o.id FROM outbox o
                     WHERE o.channel = 'push' AND o.line_id IS NULL AND o.due_at <= $1
                       AND o.state = 'waiting'
                     ORDER BY o.due_at LIMIT $3" skip_locked ")
                 UPDATE outbox SET state = 'sending', lease_until = $2, written_at = $1, attempts = attempts + 1
                 WHERE id IN (SELECT id FROM next)
                 RETURNING id, chapter_id, kind, phone_id, push_id, body, expires_at, attempts,
                     (SELECT s.content FROM push_subscriptions s WHERE s.id = push_id) AS push,
                     EXISTS (SELECT 1 FROM members m JOIN phones p ON p.id = m.phone_id
                             WHERE m.id = outbox.member_id AND (p.blocked_at IS NOT NULL
                                OR EXISTS (SELECT 1 FROM suppressions s WHERE s.chapter_id = p.chapter_id
                                     AND s.lookup = p.lookup))) AS suppressed"
            ))
            .bind(now)
            .bind(now.after(lease))
            .bind(most)
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
