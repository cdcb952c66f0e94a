//! She passes, gives back what she has, or loses it with her standing.

use model::{ClaimKind, Code, MemberId, OfferState, Timestamp};
use serde_json::json;
use storage::Member;

use super::{Reply, only};
use crate::{
    Result,
    desk::{Actor, Desk},
    texts::ToMember,
};

impl Desk<'_> {
    /// A member was suspended or removed: what she holds, and no family has been told of, goes to
    /// whoever is next. A family that has her name keeps it; a person decides about that.
    pub(crate) async fn is_barred(&mut self, id: MemberId) -> Result<Option<Timestamp>> {
        let barred = self.tx.member(id).await?.filter(|member| roster::bars(member.status));
        let Some(member) = barred else { return Ok(None) };
        for claim in self.tx.running_claims(id).await? {
            if claim.named_at.is_none() {
                let dropped = ClaimKind::Dropped;
                self.release(claim.referral_id, &member, dropped, Actor::SERVICE).await?;
            }
        }
        Ok(None)
    }

    /// She passes: no answer, as nobody waits for one.
    pub(super) async fn declines(&mut self, reply: &Reply<'_>, mut codes: Vec<Code>) -> Result<()> {
        if codes.is_empty() {
            codes.extend(reply.open.iter().filter_map(|(referral, _)| referral.code));
        }
        for code in codes {
            self.decline(&reply.member, code, Actor::member(reply.member.id)).await?;
        }
        Ok(())
    }

    pub(super) async fn decline(&mut self, member: &Member, code: Code, by: Actor) -> Result<()> {
        let Some(referral) = self.tx.referral_by_code(self.chapter.id, code).await? else {
            return Ok(());
        };
        let claims = self.tx.claims(referral.id).await?;
        let held = claims.iter().find(|claim| claim.member_id == member.id);
        if held.is_some_and(|claim| claim.kind.takes_part() && !claim.kind.keeps_name()) {
            self.release(referral.id, member, ClaimKind::Dropped, by).await?;
        }
        if let Some(mut offer) = self.tx.offer_to(referral.id, member.id).await?
            && matches!(offer.state, OfferState::Sent | OfferState::Claimed)
            && held.is_none_or(|claim| !claim.kind.keeps_name())
        {
            offer.state = OfferState::Passed;
            offer.answered_at = Some(self.now);
            self.tx.save_offer(&offer).await?;
            self.record(&referral, by, "passed", json!({"member": member.id})).await?;
        }
        Ok(())
    }

    pub(super) async fn gives_back(
        &mut self,
        reply: &Reply<'_>,
        mut codes: Vec<Code>,
    ) -> Result<()> {
        if codes.is_empty() {
            for claim in self.tx.running_claims(reply.member.id).await? {
                codes.extend(
                    self.tx.referral(claim.referral_id).await?.and_then(|referral| referral.code),
                );
            }
            // Which of several is never guessed.
            if codes.len() > 1 {
                return self.list_mine(reply).await;
            }
        }
        let Some(code) = codes.first().copied() else { return self.explain(reply).await };
        let Some(referral) = self.tx.referral_by_code(self.chapter.id, code).await? else {
            return self.explain(reply).await;
        };
        let released = self
            .release(referral.id, &reply.member, ClaimKind::Dropped, Actor::member(reply.member.id))
            .await?;
        let text = match released {
            Some(true) => ToMember::DroppedAfterNames { code },
            Some(false) => ToMember::Dropped { code },
            None => ToMember::How { code: only(&reply.open) },
        };
        self.answer(reply, Some(code), &text).await
    }
}
