//! Offers: one member's copy of a referral's broadcast.

use model::{ChapterId, MemberId, OfferId, OfferState, OutboxId, ReferralId, Timestamp};

use crate::{
    ReadTx, Result, Vault, WriteTx,
    sql::{FromRow, Row},
};

macro_rules! offer_columns {
    () => {
        "id, referral_id, member_id, round, position, state, due_at, outbox_id, answered_at"
    };
}

/// One member's copy of a broadcast.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Its id.
    pub id: OfferId,
    /// The referral.
    pub referral_id: ReferralId,
    /// The member.
    pub member_id: MemberId,
    /// In which round she was asked.
    pub round: i64,
    /// Her place in the shuffled order of sending.
    pub position: i64,
    /// What became of it.
    pub state: OfferState,
    /// When it was, or is, to be sent.
    pub due_at: Timestamp,
    /// The text that carries it.
    pub outbox_id: Option<OutboxId>,
    /// When she answered.
    pub answered_at: Option<Timestamp>,
}

impl FromRow for Offer {
    const TABLE: &'static str = "offers";

    fn from_row(row: &Row, _: &Vault) -> Result<Self> {
        Ok(Self {
            id: row.get(Self::TABLE, "id")?,
            referral_id: row.get(Self::TABLE, "referral_id")?,
            member_id: row.get(Self::TABLE, "member_id")?,
            round: row.get(Self::TABLE, "round")?,
            position: row.get(Self::TABLE, "position")?,
            state: row.get(Self::TABLE, "state")?,
            due_at: row.get(Self::TABLE, "due_at")?,
            outbox_id: row.maybe(Self::TABLE, "outbox_id")?,
            answered_at: row.maybe(Self::TABLE, "answered_at")?,
        })
    }
}

/// An offer to be made.
#[derive(Debug, Clone)]
pub struct NewOffer {
    /// Its id.
    pub id: OfferId,
    /// The chapter.
    pub chapter_id: ChapterId,
    /// The referral.
    pub referral_id: ReferralId,
    /// The member.
    pub member_id: MemberId,
    /// In which round.
    pub round: i64,
    /// Her place in the shuffled order.
    pub position: i64,
    /// Sent now, or resting until her hours.
    pub state: OfferState,
    /// When it is to be sent.
    pub due_at: Timestamp,
    /// The text that carries it.
    pub outbox_id: Option<OutboxId>,
}

impl From<NewOffer> for Offer {
    fn from(new: NewOffer) -> Self {
        Self {
            id: new.id,
            referral_id: new.referral_id,
            member_id: new.member_id,
            round: new.round,
            position: new.position,
            state: new.state,
            due_at: new.due_at,
            outbox_id: new.outbox_id,
            answered_at: None,
        }
    }
}

/// What is known of how one member's copy of a broadcast went out.
#[derive(Debug, Clone, Copy)]
pub struct CopySent {
    /// Whose copy it is.
    pub member_id: MemberId,
    /// When the carrier took it.
    pub accepted_at: Option<Timestamp>,
    /// When it arrived, as the carrier tells.
    pub delivered_at: Option<Timestamp>,
}

impl ReadTx {
    /// How each member's copy of a referral's broadcast went out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn copies_sent(&mut self, referral: ReferralId) -> Result<Vec<CopySent>> {
        let rows = self
            .statement(sql!(
                "SELECT o.member_id, m.accepted_at,
                        CASE WHEN m.state = 'delivered' THEN m.ended_at END AS delivered_at
                 FROM offers o JOIN outbox m ON m.id = o.outbox_id WHERE o.referral_id = $1"
            ))
            .bind(referral)
            .rows()
            .await?;
        let copy = |row: &Row| {
            Ok(CopySent {
                member_id: row.get("offers", "member_id")?,
                accepted_at: row.maybe("outbox", "accepted_at")?,
                delivered_at: row.maybe("outbox", "delivered_at")?,
            })
        };
        rows.iter().map(copy).collect()
    }

    /// How many copies of a referral's broadcast no carrier has taken yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn copies_waiting(&mut self, referral: ReferralId) -> Result<i64> {
        let waiting: Option<i64> = self
            .statement(sql!(
                "SELECT COUNT(*) FROM outbox m
                 WHERE m.referral_id = $1 AND m.kind = 'offer' AND m.state IN ('waiting', 'sending', 'unknown')
                   AND EXISTS (SELECT 1 FROM offers o WHERE o.outbox_id = m.id)"
            ))
            .bind(referral)
            .scalar("outbox")
            .await?;
        Ok(waiting.unwrap_or(0))
    }

    /// A referral's offers in the order of sending.
    ///
    /// # Errors
    /// What the database says.
    pub async fn offers(&mut self, referral: ReferralId) -> Result<Vec<Offer>> {
        let rows = self
            .statement(sql!("SELECT " offer_columns!() " FROM offers WHERE referral_id = $1 ORDER BY round, position"))
            .bind(referral)
            .rows()
            .await?;
        self.decode(rows)
    }

    /// An offer by its id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn offer(&mut self, id: OfferId) -> Result<Option<Offer>> {
        let row = self
            .statement(sql!("SELECT " offer_columns!() " FROM offers WHERE id = $1"))
            .bind(id)
            .row()
            .await?;
        self.decode_one(row)
    }

    /// One member's offer in a referral.
    ///
    /// # Errors
    /// What the database says.
    pub async fn offer_to(
        &mut self,
        referral: ReferralId,
        member: MemberId,
    ) -> Result<Option<Offer>> {
        let row = self
            .statement(sql!("SELECT " offer_columns!() " FROM offers WHERE referral_id = $1 AND member_id = $2"))
            .bind(referral)
            .bind(member)
            .row()
            .await?;
        self.decode_one(row)
    }
}

impl WriteTx {
    /// Makes an offer; `false` if the member has one in this referral.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_offer(&mut self, offer: &NewOffer) -> Result<bool> {
        let added = self
            .statement(sql!(
                "INSERT INTO offers (id, chapter_id, referral_id, member_id, round, position, state, due_at,
                                     outbox_id)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                 ON CONFLICT (referral_id, member_id) DO NOTHING"
            ))
            .bind(offer.id)
            .bind(offer.chapter_id)
            .bind(offer.referral_id)
            .bind(offer.member_id)
            .bind(offer.round)
            .bind(offer.position)
            .bind(offer.state)
            .bind(offer.due_at)
            .bind(offer.outbox_id)
            .execute()
            .await?;
        Ok(added == 1)
    }

    /// Makes an offer anew for a further round.
    ///
    /// # Errors
    /// What the database says.
    pub async fn renew_offer(&mut self, offer: &NewOffer) -> Result<()> {
        self.statement(sql!(
            "UPDATE offers SET round = $3, position = $4, state = $5, due_at = $6, outbox_id = $7, answered_at = NULL
             WHERE referral_id = $1 AND member_id = $2"
        ))
        .bind(offer.referral_id)
        .bind(offer.member_id)
        .bind(offer.round)
        .bind(offer.position)
        .bind(offer.state)
        .bind(offer.due_at)
        .bind(offer.outbox_id)
        .execute()
        .await?;
        Ok(())
    }

    /// Keeps what became of an offer.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_offer(&mut self, offer: &Offer) -> Result<()> {
        self.statement(sql!(
            "UPDATE offers SET state = $2, due_at = $3, outbox_id = $4, answered_at = $5 WHERE id = $1"
        ))
        .bind(offer.id)
        .bind(offer.state)
        .bind(offer.due_at)
        .bind(offer.outbox_id)
        .bind(offer.answered_at)
        .execute()
        .await?;
        Ok(())
    }

    /// Takes back the offers of a referral that nobody has seen: those resting, and those whose
    /// text still waits in the outbox, which then never goes. Gives how many.
    ///
    /// # Errors
    /// What the database says.
    pub async fn take_back_unseen_offers(
        &mut self,
        referral: ReferralId,
        now: Timestamp,
    ) -> Result<u64> {
        self.statement(sql!(
            "UPDATE outbox SET state = 'failed', error_class = 'expired', ended_at = $2, body = NULL
             WHERE referral_id = $1 AND kind = 'offer' AND state = 'waiting'"
        ))
        .bind(referral)
        .bind(now)
        .execute()
        .await?;
        self.statement(sql!(
            "UPDATE offers SET state = 'unsent'
             WHERE referral_id = $1 AND (state = 'resting' OR (state = 'sent' AND outbox_id IN
                   (SELECT id FROM outbox WHERE referral_id = $1 AND kind = 'offer' AND state = 'failed'
                     AND error_class = 'expired')))"
        ))
        .bind(referral)
        .execute()
        .await
    }
}
