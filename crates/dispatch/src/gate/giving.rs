//! The places are given to those whose claims were collected, in the order of the policy.

use jiff::SignedDuration;
use model::{ClaimKind, MemberId, MessageKind, Timestamp};
use serde_json::{Value, json};
use storage::{Claim, Member, Referral};

use crate::{
    Result,
    claims::confirms,
    desk::{Actor, Desk},
    matching::Fit,
    outgoing::Belongs,
    places,
    policy::{Entrant, Terms, clock_starts},
    texts::ToMember,
    waiting::{Step, waited},
};

/// One who is to be ranked, with all that she is ranked by.
struct Standing {
    entrant: Entrant,
    clock: Timestamp,
    claimed: Timestamp,
}

impl Standing {
    /// What a trace needs, so that anybody can put the order together again by hand.
    fn told(&self) -> Value {
        let Entrant { member, turn, took, stage, last_placed } = self.entrant;
        let took = took.as_millis();
        json!({
            "member": member, "turn": turn, "clock_from": self.clock, "claimed_at": self.claimed,
            "took_ms": i64::try_from(took).unwrap_or(i64::MAX), "stage": stage,
            "last_placed": last_placed,
        })
    }
}

impl Desk<'_> {
    /// Gives the places to those whose claims were collected, in the order of the policy, and tells
    /// each of them; the rest stand by in that order. Whoever was asked whether she means it and has
    /// not said so keeps her turn: her place is held while she is asked. The caller keeps the
    /// referral, and does what follows from its places.
    pub(crate) async fn give_places(&mut self, referral: &mut Referral) -> Result<()> {
        self.lapse(referral, self.now).await?;
        let ranked = self.ranked(referral).await?;
        let was_collecting = referral.collects_until.take().is_some();
        if !was_collecting && ranked.is_empty() {
            return Ok(());
        }
        let order = ranked.iter().map(Standing::told).collect::<Vec<_>>();
        let detail = json!({"policy": referral.policy, "order": order});
        self.record(&*referral, Actor::SERVICE, "gate_opened", detail).await?;
        let inquiry = self.tx.inquiry(referral.inquiry_id).await?;
        for standing in &ranked {
            let before = self.tx.claims(referral.id).await?;
            let free = places::free_place(&before).is_some();
            if let (true, Some(step), Some(inquiry)) = (free, Step::of_place(&before), &inquiry) {
                waited(step, inquiry, self.now);
            }
            self.give_place(referral, &before, standing.entrant.member).await?;
        }
        Ok(())
    }

    /// Gives one whose turn it is the next place, or lets her stand by behind those before her.
    async fn give_place(
        &mut self,
        referral: &Referral,
        claims: &[Claim],
        member: MemberId,
    ) -> Result<()> {
        let Some(own) = claims.iter().find(|claim| claim.member_id == member) else {
            return Ok(());
        };
        let Some(member) = self.tx.member(member).await? else { return Ok(()) };
        let place = places::free_place(claims);
        let kind = match (place, own.held_until) {
            (Some(_), Some(_)) => ClaimKind::Provisional,
            (Some(_), None) => ClaimKind::Firm,
            (None, _) => ClaimKind::Standby,
        };
        let held_until = (kind == ClaimKind::Provisional).then(|| self.hold_ends());
        let turn = if place.is_some() { own.turn } else { places::next_turn(claims) };
        self.tx.save_claim(&Claim { kind, place, turn, held_until, ..own.clone() }).await?;
        let detail = json!({"member": member.id, "kind": kind, "place": place,
                            "caveat": own.caveat.is_some()});
        self.record(referral, Actor::SERVICE, "claimed", detail).await?;
        if let Some(until) = held_until {
            self.plan_hold(referral, until).await?;
            self.awaits_word(&member, referral).await?;
        }
        let text = self.what_she_got(referral, own, kind, place);
        let what = format!("placed:{}:{}", own.id, own.turn);
        self.tell_member(&member, MessageKind::ClaimReply, what, Belongs::to(referral), &text).await
    }

    fn what_she_got<'a>(
        &self,
        referral: &Referral,
        own: &'a Claim,
        kind: ClaimKind,
        place: Option<i64>,
    ) -> ToMember<'a> {
        let code = self.code_of(referral);
        match place {
            Some(_) if kind == ClaimKind::Provisional => {
                ToMember::Confirm { code, minutes: self.settings.hold_minutes }
            }
            Some(place) => ToMember::Claimed { code, place, caveat: own.caveat.as_deref() },
            None => ToMember::Filled { code },
        }
    }

    async fn awaits_word(&mut self, member: &Member, referral: &Referral) -> Result<()> {
        let awaiting = confirms(self.code_of(referral));
        Ok(self.tx.set_member_awaiting(member.id, Some(&awaiting)).await?)
    }

    /// Those whose claims were collected, in the order in which places are given.
    async fn ranked(&mut self, referral: &Referral) -> Result<Vec<Standing>> {
        let copies = self.tx.copies_sent(referral.id).await?;
        let reader = self.reader();
        let mut all = Vec::new();
        for claim in self.tx.claims(referral.id).await? {
            if claim.kind != ClaimKind::Collected {
                continue;
            }
            let Some(member) = self.tx.member(claim.member_id).await? else { continue };
            let copy = copies.iter().find(|copy| copy.member_id == member.id);
            let clock = clock_starts(
                copy.and_then(|copy| copy.delivered_at),
                copy.and_then(|copy| copy.accepted_at),
                referral.opened_at.unwrap_or(claim.claimed_at),
                claim.claimed_at,
            );
            let fit =
                Fit::of(&member.profile, &referral.facts, &|area: &str| reader.borough_of(area));
            let entrant = Entrant {
                member: member.id,
                turn: claim.turn,
                took: claim.claimed_at.since(clock).max(SignedDuration::ZERO),
                stage: fit.stage(),
                last_placed: self.tx.last_placed(member.id).await?,
            };
            all.push(Standing { entrant, clock, claimed: claim.claimed_at });
        }
        let mut order = all.iter().map(|one| one.entrant).collect::<Vec<_>>();
        Terms::under(referral.policy, &self.settings).rank(&mut order);
        all.sort_by_key(|one| order.iter().position(|other| other.member == one.entrant.member));
        Ok(all)
    }
}
