//! Where members' browsers want notifications, and the key by which push services know us.

use model::{ChapterId, MemberId, OutboxId, PushId, Timestamp};
use serde_json::Value;
use uuid::Uuid;

use crate::{ReadTx, Result, WriteTx};

/// So many browsers a member may have; the oldest makes room.
const MOST: i64 = 8;

/// A browser that wants notifications.
#[derive(Clone)]
pub struct NewSubscription {
    /// Its id.
    pub id: PushId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// Whose it is.
    pub member_id: MemberId,
    /// Its address, by which it is found again.
    pub endpoint: String,
    /// All that is needed to reach it. Sealed.
    pub content: Value,
    /// When.
    pub now: Timestamp,
}

impl std::fmt::Debug for NewSubscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewSubscription({})", self.id)
    }
}

impl ReadTx {
    /// The browsers of a member that want notifications, the first first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn subscriptions(&mut self, member: MemberId) -> Result<Vec<PushId>> {
        let rows = self
            .statement(sql!(
                "SELECT id FROM push_subscriptions WHERE member_id = $1 ORDER BY created_at, id"
            ))
            .bind(member)
            .rows()
            .await?;
        rows.iter().map(|row| row.get("push_subscriptions", "id")).collect()
    }
}

impl ReadTx {
    /// To whose browser, and to which, a notification goes.
    ///
    /// # Errors
    /// What the database says.
    pub async fn browser_of(
        &mut self,
        message: OutboxId,
    ) -> Result<(Option<MemberId>, Option<PushId>)> {
        let row = self
            .statement(sql!("SELECT member_id, push_id FROM outbox WHERE id = $1"))
            .bind(message)
            .row()
            .await?;
        let Some(row) = row else { return Ok((None, None)) };
        Ok((row.maybe("outbox", "member_id")?, row.maybe("outbox", "push_id")?))
    }
}

impl WriteTx {
    /// Keeps a browser. One that is known, whoever's it was, is hers from now on: whoever has the phone
    /// in hand has said so.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_subscription(&mut self, new: &NewSubscription) -> Result<()> {
        let lookup = self.vault.lookup_push(new.chapter_id, &new.endpoint);
        let content = new.content.to_string();
        let content =
            self.vault.seal("push_subscriptions.content", new.id.as_uuid(), content.as_bytes());
        self.statement(sql!(
            "DELETE FROM push_subscriptions WHERE chapter_id = $1 AND lookup = $2"
        ))
        .bind(new.chapter_id)
        .bind(lookup.as_slice())
        .execute()
        .await?;
        self.statement(sql!(
            "INSERT INTO push_subscriptions (id, chapter_id, member_id, lookup, content, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (chapter_id, lookup) DO NOTHING"
        ))
        .bind(new.id)
        .bind(new.chapter_id)
        .bind(new.member_id)
        .bind(lookup)
        .bind(content)
        .bind(new.now)
        .execute()
        .await?;
        self.statement(sql!(
            "DELETE FROM push_subscriptions WHERE member_id = $1 AND id NOT IN
                 (SELECT id FROM push_subscriptions WHERE member_id = $1
                  ORDER BY created_at DESC, id DESC LIMIT $2)"
        ))
        .bind(new.member_id)
        .bind(MOST)
        .execute()
        .await?;
        Ok(())
    }

    /// Forgets a browser; all of its member's where none is named.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_subscriptions(
        &mut self,
        member: MemberId,
        only: Option<PushId>,
    ) -> Result<u64> {
        self.statement(sql!(
            "DELETE FROM push_subscriptions
             WHERE member_id = $1 AND (CAST($2 AS TEXT) IS NULL OR id = $3)"
        ))
        .bind(member)
        .bind(only.map(|id| id.to_string()))
        .bind(only)
        .execute()
        .await
    }

    /// The key by which push services know this installation: the one that is kept, or this one, which
    /// is kept from now on.
    ///
    /// # Errors
    /// What the database says; a key whose seal does not open.
    pub async fn push_key(&mut self, new: &[u8], now: Timestamp) -> Result<Vec<u8>> {
        let (place, id) = ("push_keys.content", Uuid::nil());
        let sealed = self.vault.seal(place, id, new);
        self.statement(sql!(
            "INSERT INTO push_keys (id, content, created_at) VALUES ($1, $2, $3)
             ON CONFLICT (id) DO NOTHING"
        ))
        .bind(id)
        .bind(sealed)
        .bind(now)
        .execute()
        .await?;
        let kept: Option<Vec<u8>> = self
            .statement(sql!("SELECT content FROM push_keys WHERE id = $1"))
            .bind(id)
            .scalar("push_keys")
            .await?;
        let opened = kept.and_then(|kept| self.vault.open(place, id, &kept));
        opened.ok_or_else(|| crate::Error::unopened("push_keys", "content", id))
    }
}
