//! Links in texts: each opens one page for one purpose until it expires; only its hash is kept.

use model::{ChapterId, LinkPurpose, MemberId, PhoneId, Timestamp};
use uuid::Uuid;

use crate::{
    ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

/// What a link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// The chapter.
    pub chapter_id: ChapterId,
    /// The one page it opens.
    pub purpose: LinkPurpose,
    /// What that page is about: an offer, a referral.
    pub subject: Uuid,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it opens nothing.
    pub expires_at: Timestamp,
}

impl FromRow for Link {
    const TABLE: &'static str = "links";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        Ok(Self {
            chapter_id: row.get(Self::TABLE, "chapter_id")?,
            purpose: row.get(Self::TABLE, "purpose")?,
            subject: row.get(Self::TABLE, "subject")?,
            created_at: row.get(Self::TABLE, "created_at")?,
            expires_at: row.get(Self::TABLE, "expires_at")?,
        })
    }
}

impl ReadTx {
    /// The link of this hash, if it opens such a page now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn link(
        &mut self,
        hash: Vec<u8>,
        purpose: LinkPurpose,
        now: Timestamp,
    ) -> Result<Option<Link>> {
        let row = self
            .statement(sql!(
                "SELECT chapter_id, purpose, subject, created_at, expires_at FROM links
                 WHERE hash = $1 AND purpose = $2 AND expires_at > $3"
            ))
            .bind(hash)
            .bind(purpose)
            .bind(now)
            .row()
            .await?;
        self.decode_one(row)
    }
}

impl WriteTx {
    /// Keeps a link under its hash.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_link(&mut self, hash: Vec<u8>, link: &Link) -> Result<()> {
        self.statement(sql!(
            "INSERT INTO links (hash, chapter_id, purpose, subject, created_at, expires_at)
             VALUES ($1, $2, $3, $4, $5, $6)"
        ))
        .bind(hash)
        .bind(link.chapter_id)
        .bind(link.purpose)
        .bind(link.subject)
        .bind(link.created_at)
        .bind(link.expires_at)
        .execute()
        .await?;
        Ok(())
    }

    /// Forgets every link of one purpose to one thing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_links(&mut self, purpose: LinkPurpose, subject: Uuid) -> Result<u64> {
        self.statement(sql!("DELETE FROM links WHERE purpose = $1 AND subject = $2"))
            .bind(purpose)
            .bind(subject)
            .execute()
            .await
    }

    /// Forgets every link to an offer that was sent to a member.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_offer_links(&mut self, member: MemberId) -> Result<u64> {
        self.statement(sql!(
            "DELETE FROM links WHERE purpose = 'offer'
               AND subject IN (SELECT id FROM offers WHERE member_id = $1)"
        ))
        .bind(member)
        .execute()
        .await
    }

    /// Forgets every link to the names that a number was given.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_names_links(&mut self, phone: PhoneId) -> Result<u64> {
        self.statement(sql!(
            "DELETE FROM links WHERE purpose = 'names'
               AND subject IN (SELECT id FROM referrals WHERE phone_id = $1)"
        ))
        .bind(phone)
        .execute()
        .await
    }

    /// Forgets a chapter's links that open nothing any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_expired_links(
        &mut self,
        chapter: ChapterId,
        now: Timestamp,
    ) -> Result<u64> {
        self.statement(sql!("DELETE FROM links WHERE chapter_id = $1 AND expires_at <= $2"))
            .bind(chapter)
            .bind(now)
            .execute()
            .await
    }
}
