//! What goes when its time is over, or when somebody asks: words, numbers, all that is known of a member.
//! Rows stay, without what was sealed in them: they are the chapter's counts and its audit trail.

use model::{AdminId, ChapterId, InquiryId, MemberId, Phone, PhoneId, Timestamp};

use crate::{MemberPrivate, Profile, ReadTx, Result, WriteTx, sql::Document};

mod asked;

/// What stands in place of a name.
const NOBODY: &str = "Former member";
/// What stands in place of a reason that was given.
const ERASED: &str = "erased";
const NO_ADMIN: &str = "Let go";

impl ReadTx {
    /// The inquiries of a number, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn inquiries_of(&mut self, phone: PhoneId) -> Result<Vec<crate::Inquiry>> {
        let rows = self
            .statement(sql!("SELECT id FROM inquiries WHERE phone_id = $1 ORDER BY id"))
            .bind(phone)
            .rows()
            .await?;
        let mut all = Vec::with_capacity(rows.len());
        for row in rows {
            all.extend(self.inquiry(row.get("inquiries", "id")?).await?);
        }
        Ok(all)
    }
}

impl crate::Member {
    /// Whether nothing is known of her but that there was one.
    #[must_use]
    pub fn is_erased(&self) -> bool {
        self.name.reveal() == NOBODY
    }
}

impl WriteTx {
    /// Erases the words of a chapter's inquiries that were closed before an instant, the oldest first, at
    /// most so many. Gives how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_words(
        &mut self,
        chapter: ChapterId,
        before: Timestamp,
        now: Timestamp,
        most: i64,
    ) -> Result<u64> {
        let rows = self
            .statement(sql!(
                "SELECT id FROM inquiries
                 WHERE chapter_id = $1 AND closed_at < $2 AND closed_at IS NOT NULL AND words_erased_at IS NULL
                 ORDER BY closed_at LIMIT $3" for_update
            ))
            .bind(chapter)
            .bind(before)
            .bind(most)
            .rows()
            .await?;
        for row in &rows {
            self.erase_words_of(row.get("inquiries", "id")?, now).await?;
        }
        Ok(rows.len() as u64)
    }

    /// Erases the words of an inquiry: its texts, ours about it, what was read of them, and conditions.
    /// Of its referral's facts the borough and codes stay.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_words_of(&mut self, inquiry: InquiryId, now: Timestamp) -> Result<()> {
        for statement in [
            sql!("UPDATE inbound SET body = NULL WHERE inquiry_id = $1"),
            sql!(
                "UPDATE outbox SET body = NULL, subject = NULL
                 WHERE inquiry_id = $1 AND phone_id = (SELECT phone_id FROM inquiries WHERE id = $1)"
            ),
            sql!(
                "UPDATE outbox SET body = NULL, subject = NULL
                 WHERE referral_id = (SELECT id FROM referrals WHERE inquiry_id = $1)"
            ),
            sql!(
                "UPDATE claims SET caveat = NULL
                 WHERE referral_id = (SELECT id FROM referrals WHERE inquiry_id = $1)"
            ),
            sql!("DELETE FROM corrections WHERE inquiry_id = $1"),
            // Earlier releases recorded the facts themselves.
            sql!("UPDATE events SET detail = '{}' WHERE inquiry_id = $1 AND kind = 'facts_added'"),
        ] {
            self.statement(statement).bind(inquiry).execute().await?;
        }
        if let Some(referral) = self.referral_of_inquiry(inquiry).await? {
            self.statement(sql!("UPDATE referrals SET facts = $2 WHERE id = $1"))
                .bind(referral.id)
                .bind(Document(&referral.facts.counted()))
                .execute()
                .await?;
        }
        self.statement(sql!(
            "UPDATE inquiries SET reading = NULL, words_erased_at = $2 WHERE id = $1"
        ))
        .bind(inquiry)
        .bind(now)
        .execute()
        .await?;
        Ok(())
    }

    /// Erases the numbers of a chapter that nobody has used since an instant: of no member, none of the
    /// chapter's people, and in no inquiry that was open since. Gives how many. The keyed hash stays, so
    /// that a STOP and a block hold.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_numbers(
        &mut self,
        chapter: ChapterId,
        before: Timestamp,
        most: i64,
    ) -> Result<u64> {
        self.statement(sql!(
            "UPDATE phones SET number = NULL, language = NULL WHERE id IN (
                 SELECT p.id FROM phones p
                 WHERE p.chapter_id = $1 AND p.created_at < $2 AND p.number IS NOT NULL
                   AND NOT EXISTS (SELECT 1 FROM members m WHERE m.phone_id = p.id AND m.status <> 'removed')
                   AND NOT EXISTS (SELECT 1 FROM admins a
                                    WHERE a.phone_id = p.id AND (a.ended_at IS NULL OR a.ended_at >= $2))
                   AND NOT EXISTS (SELECT 1 FROM inquiries i
                                    WHERE i.phone_id = p.id AND (i.closed_at IS NULL OR i.closed_at >= $2))
                   AND NOT EXISTS (SELECT 1 FROM inbound t WHERE t.phone_id = p.id AND t.received_at >= $2)
                   AND NOT EXISTS (SELECT 1 FROM outbox o
                                    WHERE o.phone_id = p.id AND o.state IN ('waiting', 'sending', 'unknown'))
                 LIMIT $3)"
        ))
        .bind(chapter)
        .bind(before)
        .bind(most)
        .execute()
        .await
    }

    /// Erases one number.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_number(&mut self, phone: PhoneId) -> Result<()> {
        self.statement(sql!("UPDATE phones SET number = NULL, language = NULL WHERE id = $1"))
            .bind(phone)
            .execute()
            .await?;
        Ok(())
    }

    /// Keeps a number again that was erased, because its person texts again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn know_again(&mut self, phone: PhoneId, number: &Phone) -> Result<()> {
        let sealed = self.vault.seal("phones.number", phone.as_uuid(), number.e164().as_bytes());
        self.statement(sql!("UPDATE phones SET number = $2 WHERE id = $1 AND number IS NULL"))
            .bind(phone)
            .bind(sealed)
            .execute()
            .await?;
        Ok(())
    }

    /// Forgets what a chapter's tools were told, and answers to requests, of before an instant.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_told(&mut self, chapter: ChapterId, before: Timestamp) -> Result<u64> {
        let deliveries = self
            .statement(sql!(
                "DELETE FROM deliveries WHERE chapter_id = $1 AND state <> 'waiting' AND ended_at < $2"
            ))
            .bind(chapter)
            .bind(before)
            .execute()
            .await?;
        let answers = self
            .statement(sql!(
                "DELETE FROM answers WHERE expires_at < $2
                   AND token_id IN (SELECT id FROM tokens WHERE chapter_id = $1)"
            ))
            .bind(chapter)
            .bind(before)
            .execute()
            .await?;
        Ok(deliveries + answers)
    }

    /// Erases the names and addresses of a chapter's people who were let go before an instant. Who they were
    /// stays in what they did, by their ids.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_admins(&mut self, chapter: ChapterId, before: Timestamp) -> Result<()> {
        let rows = self
            .statement(sql!(
                "SELECT id FROM admins WHERE chapter_id = $1 AND ended_at < $2 ORDER BY id"
            ))
            .bind(chapter)
            .bind(before)
            .rows()
            .await?;
        for row in &rows {
            self.erase_admin(row.get("admins", "id")?).await?;
        }
        Ok(())
    }

    async fn erase_admin(&mut self, id: AdminId) -> Result<()> {
        let seal = |place, text: &str| self.vault.seal(place, id.as_uuid(), text.as_bytes());
        let (name, email) = (seal("admins.name", NO_ADMIN), seal("admins.email", ""));
        self.statement(sql!("UPDATE admins SET name = $2, email = $3 WHERE id = $1"))
            .bind(id)
            .bind(name)
            .bind(email)
            .execute()
            .await?;
        self.statement(sql!("UPDATE outbox SET body = NULL, subject = NULL WHERE admin_id = $1"))
            .bind(id)
            .execute()
            .await?;
        Ok(())
    }

    /// Erases all that is known of a member but that there was one: her name, her address, her papers and
    /// facts, why she was taken off a list, her links, what families were told of her, and her number where
    /// nobody else uses it. She must be off the roster.
    ///
    /// # Errors
    /// What the database says.
    pub async fn erase_member(&mut self, id: MemberId, phone: PhoneId) -> Result<()> {
        let seal = |place, text: &str| self.vault.seal(place, id.as_uuid(), text.as_bytes());
        let private = serde_json::to_string(&MemberPrivate::default()).unwrap_or_default();
        let (name, private) = (seal("members.name", NOBODY), seal("members.private", &private));
        self.statement(sql!(
            "UPDATE members SET name = $2, email = NULL, private = $3, status_reason = NULL, profile = $4,
                    awaiting = NULL
             WHERE id = $1"
        ))
        .bind(id)
        .bind(name)
        .bind(private)
        .bind(Document(&Profile::default()))
        .execute()
        .await?;
        for statement in [
            sql!(
                "DELETE FROM originals WHERE evidence_id IN (SELECT id FROM evidence WHERE member_id = $1)"
            ),
            sql!("DELETE FROM evidence WHERE member_id = $1"),
            sql!("DELETE FROM member_facts WHERE member_id = $1"),
            sql!("DELETE FROM photos WHERE member_id = $1"),
            sql!("DELETE FROM portraits WHERE member_id = $1"),
            sql!("DELETE FROM reminders WHERE member_id = $1"),
            sql!("DELETE FROM push_subscriptions WHERE member_id = $1"),
            sql!("DELETE FROM overrides WHERE member_id = $1"),
            sql!("DELETE FROM links WHERE purpose = 'member' AND subject = $1"),
            sql!(
                "DELETE FROM links WHERE purpose = 'offer'
                   AND subject IN (SELECT id FROM offers WHERE member_id = $1)"
            ),
            sql!("UPDATE claims SET caveat = NULL WHERE member_id = $1"),
            sql!("UPDATE outbox SET body = NULL, subject = NULL WHERE member_id = $1"),
            // What families were told from her naming on; a text that is on its way goes with its family's words.
            sql!(
                "UPDATE outbox SET body = NULL, subject = NULL
                 WHERE state NOT IN ('waiting', 'sending', 'unknown')
                   AND referral_id IN (SELECT referral_id FROM claims WHERE member_id = $1 AND named_at IS NOT NULL)
                   AND EXISTS (SELECT 1 FROM claims c JOIN referrals r ON r.id = c.referral_id
                                WHERE c.member_id = $1 AND c.named_at <= outbox.created_at
                                  AND r.id = outbox.referral_id AND r.phone_id = outbox.phone_id)"
            ),
        ] {
            self.statement(statement).bind(id).execute().await?;
        }
        self.erase_recall_reasons(id).await?;
        let let_go = sql!("SELECT id FROM admins WHERE phone_id = $1 AND ended_at IS NOT NULL");
        for row in self.statement(let_go).bind(phone).rows().await? {
            self.erase_admin(row.get("admins", "id")?).await?;
        }
        for statement in [
            sql!("UPDATE inbound SET body = NULL WHERE phone_id = $1 AND standing = 'member'"),
            sql!("UPDATE outbox SET body = NULL, subject = NULL WHERE phone_id = $1 AND inquiry_id IS NULL"),
            sql!(
                "UPDATE phones SET number = NULL, language = NULL WHERE id = $1
                   AND NOT EXISTS (SELECT 1 FROM admins a WHERE a.phone_id = $1 AND a.ended_at IS NULL)
                   AND NOT EXISTS (SELECT 1 FROM inquiries i WHERE i.phone_id = $1 AND i.closed_at IS NULL)"
            ),
        ] {
            self.statement(statement).bind(phone).execute().await?;
        }
        Ok(())
    }

    /// Erases why a member was taken off lists; that she was stays.
    async fn erase_recall_reasons(&mut self, member: MemberId) -> Result<()> {
        for recall in self.recalls_of(member).await? {
            let erased = ERASED.to_owned();
            let reason = self.vault.seal_document("recalls.reason", recall.id.as_uuid(), &erased);
            self.statement(sql!("UPDATE recalls SET reason = $2 WHERE id = $1"))
                .bind(recall.id)
                .bind(reason)
                .execute()
                .await?;
        }
        Ok(())
    }
}
