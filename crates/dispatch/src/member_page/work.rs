//! What runs for a member, on her own page: what she may claim, what is hers, and what she does about it.

use futures_util::future::BoxFuture;
use model::{MemberStatus, Outcome, ReferralId, TimeZone, Timestamp, Word as _};
use storage::{Member, ReadTx};

use super::OwnPage;
use crate::{Dispatch, Error, OfferPage, Result, Tap, Tapped, desk::Desk};

/// So many of either are shown: a member with more of them is asked too much.
const MOST: usize = 30;

/// What runs for a member.
#[derive(Debug, Clone)]
pub struct Work {
    /// What was put to her and she has no part in, the newest first.
    pub open: Vec<OwnReferral>,
    /// What she has a part in, the newest first.
    pub mine: Vec<OwnReferral>,
    /// Until when she is away, if she is.
    pub away_until: Option<Timestamp>,
    /// Whether she is asked at all.
    pub is_active: bool,
    /// The chapter's zone.
    pub zone: TimeZone,
    /// When it was looked at.
    pub at: Timestamp,
}

/// A referral as it stands for her.
#[derive(Debug, Clone)]
pub struct OwnReferral {
    /// Which.
    pub referral: ReferralId,
    /// As the page of its offer shows it.
    pub offer: OfferPage,
    /// Whether the family has her name.
    pub named: bool,
    /// What she told of it last.
    pub told: Option<Outcome>,
}

impl Dispatch {
    /// What runs for a member.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_work(&self, page: OwnPage) -> BoxFuture<'_, Result<Work>> {
        Box::pin(async move {
            let dispatch = self.clone();
            self.store()
                .read(move |tx| Box::pin(async move { dispatch.work_of(tx, page).await }))
                .await
        })
    }

    async fn work_of(&self, tx: &mut ReadTx, page: OwnPage) -> Result<Work> {
        let chapter = tx.chapter(page.chapter).await?.ok_or(Error::Missing("chapter"))?;
        let member = tx.member(page.member).await?.ok_or(Error::Missing("member"))?;
        let (mut open, mut mine) = (Vec::new(), Vec::new());
        let claims = tx.running_claims(member.id).await?;
        for claim in claims.iter().take(MOST) {
            let Some(referral) = tx.referral(claim.referral_id).await? else { continue };
            let Some(offer) = self.offer_shown(tx, &chapter, &referral, &member).await? else {
                continue;
            };
            let told = told(tx, referral.id, &member).await?;
            let named = claim.named_at.is_some();
            mine.push(OwnReferral { referral: referral.id, offer, named, told });
        }
        for (referral, _) in tx.referrals_put_to(&member).await? {
            let has_part = claims.iter().any(|claim| claim.referral_id == referral.id);
            if has_part || open.len() == MOST {
                continue;
            }
            if let Some(offer) = self.offer_shown(tx, &chapter, &referral, &member).await? {
                open.push(OwnReferral { referral: referral.id, offer, named: false, told: None });
            }
        }
        let at = self.now();
        Ok(Work {
            open,
            mine,
            away_until: member.away_until.filter(|&until| until > at),
            is_active: member.status == MemberStatus::Active,
            zone: chapter.timezone,
            at,
        })
    }

    /// Does what a member does about a referral on her own page, as on the page of its offer; `None`
    /// where it was not put to her.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_tap(
        &self,
        page: OwnPage,
        referral: ReferralId,
        tap: Tap,
    ) -> BoxFuture<'_, Result<Option<Tapped>>> {
        Box::pin(async move {
            self.at_desk(page.chapter, move |desk| {
                Box::pin(async move {
                    let Some(member) = desk.tx.member(page.member).await? else { return Ok(None) };
                    if !desk.is_hers(referral, &member).await? {
                        return Ok(None);
                    }
                    let Some(referral) = desk.tx.referral(referral).await? else { return Ok(None) };
                    desk.taps(&referral, &member, tap).await
                })
            })
            .await
        })
    }

    /// Takes in what a member tells of a visit; `false` where that family never had her name.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_outcome(
        &self,
        page: OwnPage,
        referral: ReferralId,
        outcome: Outcome,
    ) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            self.at_desk(page.chapter, move |desk| {
                Box::pin(async move {
                    let Some(member) = desk.tx.member(page.member).await? else { return Ok(false) };
                    let found = desk.tx.referral(referral).await?;
                    let Some(referral) =
                        found.filter(|referral| referral.chapter_id == page.chapter)
                    else {
                        return Ok(false);
                    };
                    let more = (Some(outcome.as_str()), None);
                    desk.tells_outcome(&member, &referral, outcome, more).await
                })
            })
            .await
        })
    }
}

impl Desk<'_> {
    /// Whether a referral was put to her and has reached her, or she has a part in it.
    async fn is_hers(&mut self, referral: ReferralId, member: &Member) -> Result<bool> {
        let claims = self.tx.claims(referral).await?;
        if claims.iter().any(|claim| claim.member_id == member.id) {
            return Ok(true);
        }
        let put = self.tx.referrals_put_to(member).await?;
        Ok(put.iter().any(|(offered, _)| offered.id == referral))
    }
}

/// What a member told of a referral last.
pub(super) async fn told(
    tx: &mut ReadTx,
    referral: ReferralId,
    member: &Member,
) -> Result<Option<Outcome>> {
    let event = tx.last_told(referral, member.id, "member_outcome").await?;
    let word = event.and_then(|event| Some(event.detail.get("outcome")?.as_str()?.to_owned()));
    Ok(word.and_then(|word| word.parse().ok()))
}
