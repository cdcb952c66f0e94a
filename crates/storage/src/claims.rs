//! Claims: who has which place.

use model::{ChapterId, ClaimId, ClaimKind, MemberId, PhoneId, ReferralId, Timestamp};

use crate::{
    Error, ReadTx, Result, Vault, WriteTx,
    members::open_text,
    sql::{Document, FromRow, Row, id_list},
};

macro_rules! claim_columns {
    () => {
        "id, referral_id, member_id, kind, place, turn, caveat, held_until, named_at, claimed_at"
    };
}

macro_rules! running_claims {
    () => {
        "SELECT c.id, c.referral_id, c.member_id, c.kind, c.place, c.turn, c.caveat, c.held_until,
                c.named_at, c.claimed_at
         FROM claims c JOIN referrals r ON r.id = c.referral_id
         WHERE c.member_id = $1 AND r.closed_at IS NULL
           AND c.kind IN ('firm', 'provisional', 'standby', 'collected', 'kept')
         ORDER BY c.claimed_at DESC"
    };
}

/// A member's claim on a referral.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// The referral.
    pub referral_id: ReferralId,
    /// The member.
    pub member_id: MemberId,
    /// What it amounts to now.
    pub kind: ClaimKind,
    /// 1, 2 or 3 while it holds a place.
    pub place: Option<i64>,
    /// Its turn among the referral's claims, as the locked row saw them.
    pub turn: i64,
    /// Her condition, as the family is to read it.
    pub caveat: Option<String>,
    /// Until when she may confirm it, where she was asked to: a provisional claim, or a collected
    /// one that is not certain yet.
    pub held_until: Option<Timestamp>,
    /// When the family was given her name.
    pub named_at: Option<Timestamp>,
    /// When she claimed.
    pub claimed_at: Timestamp,
}

impl FromRow for Claim {
    const TABLE: &'static str = "claims";

    fn from_row(row: &Row, vault: &Vault) -> Result<Self> {
        let id: ClaimId = row.get(Self::TABLE, "id")?;
        let sealed: Option<Vec<u8>> = row.maybe(Self::TABLE, "caveat")?;
        let caveat = sealed
            .map(|sealed| {
                open_text(vault, "claims.caveat", id.as_uuid(), &sealed)
                    .ok_or_else(|| Error::unopened(Self::TABLE, "caveat", id.as_uuid()))
            })
            .transpose()?;
        Ok(Self {
            id,
            referral_id: row.get(Self::TABLE, "referral_id")?,
            member_id: row.get(Self::TABLE, "member_id")?,
            kind: row.get(Self::TABLE, "kind")?,
            place: row.maybe(Self::TABLE, "place")?,
            turn: row.get(Self::TABLE, "turn")?,
            caveat,
            held_until: row.maybe(Self::TABLE, "held_until")?,
            named_at: row.maybe(Self::TABLE, "named_at")?,
            claimed_at: row.get(Self::TABLE, "claimed_at")?,
        })
    }
}

/// A claim to be kept.
#[derive(Debug, Clone)]
pub struct NewClaim {
    /// Its id.
    pub id: ClaimId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// The referral, whose row is locked.
    pub referral_id: ReferralId,
    /// The member.
    pub member_id: MemberId,
    /// Firm, provisional, standby or collected.
    pub kind: ClaimKind,
    /// The place it takes.
    pub place: Option<i64>,
    /// Its turn.
    pub turn: i64,
    /// Her condition.
    pub caveat: Option<String>,
    /// Until when she may confirm it, if she was asked to.
    pub held_until: Option<Timestamp>,
    /// When.
    pub now: Timestamp,
}

/// A part that a member had in a referral.
#[derive(Debug, Clone)]
pub struct Part {
    /// The referral.
    pub referral: ReferralId,
    /// Its code.
    pub code: Option<model::Code>,
    /// What became of her claim.
    pub kind: ClaimKind,
    /// Her place.
    pub place: Option<i64>,
    /// When she claimed.
    pub claimed_at: Timestamp,
    /// When the family was given her name.
    pub named_at: Option<Timestamp>,
    /// What became of the referral.
    pub outcome: Option<model::Outcome>,
}

impl FromRow for Part {
    const TABLE: &'static str = "claims";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        Ok(Self {
            referral: row.get(Self::TABLE, "referral_id")?,
            code: row.maybe(Self::TABLE, "code")?,
            kind: row.get(Self::TABLE, "kind")?,
            place: row.maybe(Self::TABLE, "place")?,
            claimed_at: row.get(Self::TABLE, "claimed_at")?,
            named_at: row.maybe(Self::TABLE, "named_at")?,
            outcome: row.maybe(Self::TABLE, "outcome")?,
        })
    }
}

impl ReadTx {
    /// The referrals in which a member had a part, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn parts_of(&mut self, member: MemberId, most: i64) -> Result<Vec<Part>> {
        let rows = self
            .statement(sql!(
                "SELECT c.referral_id, r.code, c.kind, c.place, c.claimed_at, c.named_at, r.outcome
                 FROM claims c JOIN referrals r ON r.id = c.referral_id
                 WHERE c.member_id = $1 ORDER BY c.claimed_at DESC LIMIT $2"
            ))
            .bind(member)
            .bind(most)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// How many offers a member was sent since, and how often her name went to a family.
    ///
    /// # Errors
    /// What the database says.
    pub async fn share_since(&mut self, member: MemberId, since: Timestamp) -> Result<(i64, i64)> {
        let row = self
            .statement(sql!(
                "SELECT (SELECT COUNT(*) FROM offers WHERE member_id = $1 AND due_at >= $2
                          AND state IN ('sent', 'passed', 'claimed')) AS asked,
                        (SELECT COUNT(*) FROM claims WHERE member_id = $1 AND named_at >= $2) AS named"
            ))
            .bind(member)
            .bind(since)
            .row()
            .await?;
        let Some(row) = row else { return Ok((0, 0)) };
        Ok((row.get("offers", "asked")?, row.get("claims", "named")?))
    }

    /// How often the names of a chapter's active members went to families since: each number of times, and
    /// how many members it was for, the fewest times first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn named_since(
        &mut self,
        chapter: ChapterId,
        since: Timestamp,
    ) -> Result<Vec<(i64, i64)>> {
        let rows = self
            .statement(sql!(
                "SELECT named, COUNT(*) AS members FROM (
                     SELECT (SELECT COUNT(*) FROM claims c WHERE c.member_id = m.id AND c.named_at >= $2) AS named
                     FROM members m WHERE m.chapter_id = $1 AND m.status = 'active') AS shares
                 GROUP BY named ORDER BY named"
            ))
            .bind(chapter)
            .bind(since)
            .rows()
            .await?;
        rows.iter()
            .map(|row| Ok((row.get("claims", "named")?, row.get("members", "members")?)))
            .collect()
    }

    /// A referral's claims by turn.
    ///
    /// # Errors
    /// What the database says.
    pub async fn claims(&mut self, referral: ReferralId) -> Result<Vec<Claim>> {
        let rows = self
            .statement(sql!("SELECT " claim_columns!() " FROM claims WHERE referral_id = $1 ORDER BY turn"))
            .bind(referral)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// The claims of several referrals, each one's by turn.
    ///
    /// # Errors
    /// What the database says.
    pub async fn claims_of(&mut self, referrals: &[ReferralId]) -> Result<Vec<Claim>> {
        let rows = self
            .statement(sql!("SELECT " claim_columns!() " FROM claims WHERE referral_id" in_list "ORDER BY turn"))
            .bind(Document(&id_list(referrals.iter().map(|id| id.as_uuid()))))
            .rows()
            .await?;
        self.decode(rows)
    }

    /// A member's claims in referrals that are not over, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn running_claims(&mut self, member: MemberId) -> Result<Vec<Claim>> {
        let rows = self.statement(sql!(running_claims!())).bind(member).rows().await?;
        self.decode(rows)
    }

    /// The newest of those.
    ///
    /// # Errors
    /// What the database says.
    pub async fn newest_running_claim(&mut self, member: MemberId) -> Result<Option<Claim>> {
        let row = self.statement(sql!(running_claims!() " LIMIT 1")).bind(member).row().await?;
        row.map(|row| Claim::from_row(&row, &self.vault)).transpose()
    }

    /// A member's claims that are over, newest first: so many at most, older than the one named.
    ///
    /// # Errors
    /// What the database says.
    pub async fn past_claims(
        &mut self,
        member: MemberId,
        before: Option<(Timestamp, ClaimId)>,
        most: i64,
    ) -> Result<Vec<Claim>> {
        let (at, id) = before.unzip();
        let rows = self
            .statement(sql!(
                "SELECT c.id, c.referral_id, c.member_id, c.kind, c.place, c.turn, c.caveat, c.held_until,
                        c.named_at, c.claimed_at
                 FROM claims c JOIN referrals r ON r.id = c.referral_id
                 WHERE c.member_id = $1
                   AND (r.closed_at IS NOT NULL
                        OR c.kind NOT IN ('firm', 'provisional', 'standby', 'collected'))
                   AND (CAST($2 AS TEXT) IS NULL OR c.claimed_at < $3 OR (c.claimed_at = $3 AND c.id < $4))
                 ORDER BY c.claimed_at DESC, c.id DESC LIMIT $5"
            ))
            .bind(member)
            .bind(at.map(Timestamp::to_text))
            .bind(at)
            .bind(id)
            .bind(most)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// How often each active member of a chapter was asked, claimed, and had her name given to a family,
    /// since an instant; or the one who is named alone.
    ///
    /// # Errors
    /// What the database says.
    pub async fn shares(
        &mut self,
        chapter: ChapterId,
        since: Timestamp,
        only: Option<MemberId>,
    ) -> Result<Vec<(MemberId, [i64; 3])>> {
        let rows = self
            .statement(sql!(
                "SELECT m.id,
                        (SELECT COUNT(*) FROM offers o WHERE o.member_id = m.id AND o.due_at >= $2
                          AND o.state IN ('sent', 'passed', 'claimed')) AS asked,
                        (SELECT COUNT(*) FROM claims c WHERE c.member_id = m.id
                          AND c.claimed_at >= $2) AS claimed,
                        (SELECT COUNT(*) FROM claims c WHERE c.member_id = m.id
                          AND c.named_at >= $2) AS placed
                 FROM members m WHERE m.chapter_id = $1
                   AND CASE WHEN CAST($3 AS TEXT) IS NULL THEN m.status = 'active' ELSE m.id = $4 END"
            ))
            .bind(chapter)
            .bind(since)
            .bind(only.map(|id| id.to_string()))
            .bind(only)
            .rows()
            .await?;
        let share = |row: &Row| {
            let counts = [
                row.get("offers", "asked")?,
                row.get("claims", "claimed")?,
                row.get("claims", "placed")?,
            ];
            Ok((row.get("members", "id")?, counts))
        };
        rows.iter().map(share).collect()
    }

    /// The members whose names a number was given, but for those of one referral.
    ///
    /// # Errors
    /// What the database says.
    pub async fn members_named_to(
        &mut self,
        phone: PhoneId,
        but: ReferralId,
    ) -> Result<Vec<MemberId>> {
        let rows = self
            .statement(sql!(
                "SELECT DISTINCT c.member_id FROM claims c JOIN referrals r ON r.id = c.referral_id
                 WHERE r.phone_id = $1 AND r.id <> $2 AND c.named_at IS NOT NULL"
            ))
            .bind(phone)
            .bind(but)
            .rows()
            .await?;
        rows.iter().map(|row| row.get("claims", "member_id")).collect()
    }

    /// When a family was last given a member's name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_placed(&mut self, member: MemberId) -> Result<Option<Timestamp>> {
        self.statement(sql!(
            "SELECT named_at FROM claims WHERE member_id = $1 AND named_at IS NOT NULL
             ORDER BY named_at DESC LIMIT 1"
        ))
        .bind(member)
        .scalar("claims")
        .await
    }

    /// The referral in which a member's name was last given to a family.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_named(&mut self, member: MemberId) -> Result<Option<ReferralId>> {
        self.statement(sql!(
            "SELECT referral_id FROM claims WHERE member_id = $1 AND named_at IS NOT NULL
             ORDER BY named_at DESC LIMIT 1"
        ))
        .bind(member)
        .scalar("claims")
        .await
    }
}

impl WriteTx {
    /// Keeps a claim; a member who gave an earlier one back takes a new turn with it.
    ///
    /// # Errors
    /// What the database says; a place that somebody has is refused by the table itself.
    pub async fn put_claim(&mut self, claim: &NewClaim) -> Result<()> {
        let known: Option<ClaimId> = self
            .statement(sql!("SELECT id FROM claims WHERE referral_id = $1 AND member_id = $2"))
            .bind(claim.referral_id)
            .bind(claim.member_id)
            .scalar("claims")
            .await?;
        let id = known.unwrap_or(claim.id);
        let caveat = claim
            .caveat
            .as_deref()
            .map(|text| self.vault.seal("claims.caveat", id.as_uuid(), text.as_bytes()));
        self.statement(sql!(
            "INSERT INTO claims (id, chapter_id, referral_id, member_id, kind, place, turn, caveat, held_until,
                                 claimed_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (referral_id, member_id) DO UPDATE
             SET kind = excluded.kind, place = excluded.place, turn = excluded.turn, caveat = excluded.caveat,
                 held_until = excluded.held_until, claimed_at = excluded.claimed_at, named_at = NULL"
        ))
        .bind(id)
        .bind(claim.chapter_id)
        .bind(claim.referral_id)
        .bind(claim.member_id)
        .bind(claim.kind)
        .bind(claim.place)
        .bind(claim.turn)
        .bind(caveat)
        .bind(claim.held_until)
        .bind(claim.now)
        .execute()
        .await?;
        Ok(())
    }

    /// Keeps what a claim amounts to now.
    ///
    /// # Errors
    /// What the database says; a place that somebody has is refused by the table itself.
    pub async fn save_claim(&mut self, claim: &Claim) -> Result<()> {
        let caveat = claim
            .caveat
            .as_deref()
            .map(|text| self.vault.seal("claims.caveat", claim.id.as_uuid(), text.as_bytes()));
        self.statement(sql!(
            "UPDATE claims SET kind = $2, place = $3, caveat = $4, held_until = $5, named_at = $6, turn = $7
             WHERE id = $1"
        ))
        .bind(claim.id)
        .bind(claim.kind)
        .bind(claim.place)
        .bind(caveat)
        .bind(claim.held_until)
        .bind(claim.named_at)
        .bind(claim.turn)
        .execute()
        .await?;
        Ok(())
    }
}
