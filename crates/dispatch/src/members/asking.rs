//! She asks: about a referral, how it stands, what is open, what is hers.

use model::{ClaimKind, Code};

use super::{Reply, only};
use crate::{
    Result,
    desk::Desk,
    texts::{self, HeldPlace, ToMember},
};

impl Desk<'_> {
    pub(super) async fn question(&mut self, reply: &Reply<'_>, code: Option<Code>) -> Result<()> {
        let Some(code) = code.or_else(|| only(&reply.open)) else {
            return self.explain(reply).await;
        };
        let Some(referral) = self.referral_called(reply, code).await? else {
            return self.answer(reply, Some(code), &ToMember::NoneOpen { last: Some(code) }).await;
        };
        if asks_for_the_family(reply.text.body.reveal()) {
            return self.answer(reply, Some(code), &ToMember::NoFamilyContact { code }).await;
        }
        let coarse = self.settings.coarse_offers;
        self.answer(reply, Some(code), &ToMember::Answer { code, facts: &referral.facts, coarse })
            .await
    }

    pub(super) async fn status(&mut self, reply: &Reply<'_>, code: Option<Code>) -> Result<()> {
        let Some(code) = code.or_else(|| only(&reply.open)) else {
            return self.list_open(reply).await;
        };
        let Some(referral) = self.referral_called(reply, code).await? else {
            return self.answer(reply, Some(code), &ToMember::NoneOpen { last: Some(code) }).await;
        };
        let claims = self.tx.claims(referral.id).await?;
        let taken = claims.iter().filter(|claim| claim.kind.holds_place()).count();
        let mine = claims
            .iter()
            .find(|claim| claim.member_id == reply.member.id)
            .filter(|claim| claim.kind.takes_part() && claim.kind != ClaimKind::Kept)
            .map(|claim| claim.place);
        let taken = i64::try_from(taken).unwrap_or(0);
        self.answer(reply, Some(code), &ToMember::Status { code, taken, mine }).await
    }

    pub(super) async fn list_open(&mut self, reply: &Reply<'_>) -> Result<()> {
        let mut lines = Vec::new();
        for (referral, taken) in &reply.open {
            if *taken < model::referral::PLACES
                && let Some(code) = referral.code
            {
                lines.push(texts::OpenOffer { code, about: self.about(referral) });
            }
        }
        self.answer(reply, None, &ToMember::Open { lines: &lines }).await
    }

    pub(super) async fn list_mine(&mut self, reply: &Reply<'_>) -> Result<()> {
        let mut lines = Vec::new();
        for claim in self.tx.running_claims(reply.member.id).await? {
            let Some(referral) = self.tx.referral(claim.referral_id).await? else { continue };
            if let Some(code) = referral.code {
                lines.push(HeldPlace { code, place: claim.place, about: self.about(&referral) });
            }
        }
        let free = reply.open.iter().filter(|(_, taken)| *taken < model::referral::PLACES);
        let free = free.filter_map(|(referral, _)| referral.code).collect::<Vec<_>>();
        if let ([], [code]) = (&lines[..], &free[..]) {
            return self.answer(reply, Some(*code), &ToMember::NoneYours { code: *code }).await;
        }
        self.answer(reply, None, &ToMember::Mine { lines: &lines }).await
    }
}

/// Whether a question is for what no member is told before a family calls her: its number, its
/// address, its name. A visit by phone is another matter.
fn asks_for_the_family(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let private = ["number", "phone", "contact", "address", "email", "name", "surname"];
    words.any(|word| private.contains(&word))
        && !["visit", "consult", "virtual", "video"].iter().any(|other| lower.contains(other))
}
