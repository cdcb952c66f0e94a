//! One member's copy of a broadcast: made, and told to her by the way she chose, when her hours allow.

use std::collections::HashMap;

use model::{
    LinkPurpose, MemberId, MessageKind, OfferBy, OfferId, OfferState, PhoneId, ReferralId,
    ReferralState, Timestamp, day_hours,
};
use serde_json::json;
use storage::{Askable, Member, NewOffer, Offer, Referral};

use super::Candidate;
use crate::{
    Result,
    desk::{Actor, Desk},
    outgoing::Belongs,
    texts::ToMember,
};

/// An offer's link opens its page for so many hours: past the family's follow-up, as whoever was
/// named may still have to give back.
const LINK_HOURS: i64 = 72;

/// Whom a copy is told to, and by which way she wants it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recipient {
    pub(crate) member: MemberId,
    phone: PhoneId,
    pub(crate) by: OfferBy,
}

impl From<&Askable> for Recipient {
    fn from(member: &Askable) -> Self {
        Self { member: member.id, phone: member.phone_id, by: member.profile.offer_by }
    }
}

impl From<&Member> for Recipient {
    fn from(member: &Member) -> Self {
        Self { member: member.id, phone: member.phone_id, by: member.profile.offer_by }
    }
}

impl Desk<'_> {
    /// Makes one member's copy, and its text if her hours allow.
    pub(super) async fn offer(
        &mut self,
        referral: &Referral,
        candidate: &Candidate,
        known: Option<&Offer>,
        position: i64,
    ) -> Result<()> {
        let id = known
            .map_or_else(|| OfferId::generate(self.now, &self.shared.chance), |offer| offer.id);
        let new = NewOffer {
            id,
            chapter_id: self.chapter.id,
            referral_id: referral.id,
            member_id: candidate.member.id,
            round: referral.round,
            position,
            state: OfferState::Resting,
            due_at: candidate.at,
            outbox_id: None,
        };
        if !self.tx.add_offer(&new).await? {
            self.tx.renew_offer(&new).await?;
        }
        if candidate.at <= self.now {
            self.send_offer(referral, Offer::from(new), (&candidate.member).into()).await?;
        }
        Ok(())
    }

    /// Tells a member of an offer: by text, by notification, or by both, as she chose. Past the promised
    /// time it would mislead, so it does not outlive it.
    pub(crate) async fn send_offer(
        &mut self,
        referral: &Referral,
        offer: Offer,
        to: Recipient,
    ) -> Result<()> {
        self.tell_of_offer(referral, offer, to, true).await
    }

    /// Tells a member of an offer by text: what was to tell her before cannot.
    pub(crate) async fn text_offer(
        &mut self,
        referral: &Referral,
        offer: Offer,
        to: Recipient,
    ) -> Result<()> {
        self.tell_of_offer(referral, offer, to, false).await
    }

    async fn tell_of_offer(
        &mut self,
        referral: &Referral,
        mut offer: Offer,
        to: Recipient,
        push: bool,
    ) -> Result<()> {
        let Some(line) = self.members_line().await? else { return Ok(()) };
        let over = self.now.after(day_hours(LINK_HOURS));
        let link = self.draw_link(LinkPurpose::Offer, offer.id.as_uuid(), over);
        let address = link.as_ref().map(|link| link.address.as_str());
        let until = referral.promised_at.filter(|&at| at > self.now);
        let pushes = match push {
            true => self.push_offer(referral, &offer, to, address, until).await?,
            false => None,
        };
        let text = ToMember::Offer {
            code: self.code_of(referral),
            facts: &referral.facts,
            coarse: self.settings.coarse_offers,
            urgent: referral.urgent,
            again: referral.round > 1,
            link: address,
        };
        let body = self.texts().to_member(&self.voice("en"), &text);
        let (lead, told) = pushes.map(|pushes| (pushes.lead, pushes.told)).unzip();
        self.keep_link(link, Some(told.as_ref().unwrap_or(&body))).await?;
        let mut sent = lead.flatten();
        if sent.is_none() || to.by != OfferBy::Push {
            let belongs = Belongs { offer: Some(offer.id), ..Belongs::to(referral) };
            // Each asking has a place of its own in the order: who was passed over when the places
            // were gone, and is asked again because one came free, gets a text and not the memory of
            // one.
            let what = format!("offer:{}:{}:{}", offer.id, offer.round, offer.position);
            sent = self
                .write_text(line, to.phone, MessageKind::Offer, what, belongs, body, until)
                .await?;
        }
        offer.state = OfferState::Sent;
        offer.due_at = self.now;
        offer.outbox_id = sent.or(offer.outbox_id);
        self.tx.save_offer(&offer).await?;
        Ok(())
    }

    /// The hours of resting members have begun: they are asked, if a place is still free. Gives when
    /// the next ones' hours begin.
    pub(crate) async fn hours_begin(&mut self, id: ReferralId) -> Result<Option<Timestamp>> {
        let Some((inquiry, mut referral)) = self.locked(id).await? else { return Ok(None) };
        if !matches!(
            referral.state,
            ReferralState::Open | ReferralState::Queued | ReferralState::HandedOff
        ) || self.firm_places(id).await? >= model::referral::PLACES
        {
            self.tx.take_back_unseen_offers(id, self.now).await?;
            return Ok(None);
        }
        let mut next: Option<Timestamp> = None;
        let mut asked = Vec::new();
        let Some(line) = self.members_line().await? else { return Ok(None) };
        let baseline = self.baseline().await?;
        let members = self.tx.askable_members(self.chapter.id, line).await?;
        let members: HashMap<_, _> =
            members.into_iter().map(|member| (member.id, member)).collect();
        for mut offer in self.tx.offers(id).await? {
            if offer.state != OfferState::Resting {
                continue;
            }
            if offer.due_at > self.now {
                next = Some(next.map_or(offer.due_at, |at| at.min(offer.due_at)));
                continue;
            }
            // What held when she was chosen may have ended since.
            let may = members
                .get(&offer.member_id)
                .filter(|member| self.asked_nothing(member, baseline.as_deref()).is_none());
            if let Some(member) = may {
                asked.push(member.id);
                self.send_offer(&referral, offer, member.into()).await?;
            } else {
                offer.state = OfferState::Unsent;
                self.tx.save_offer(&offer).await?;
            }
        }
        if !asked.is_empty() {
            referral.asked += i64::try_from(asked.len()).unwrap_or(0);
            if referral.state == ReferralState::Queued {
                self.opens(&mut referral).await?;
            }
            let detail = json!({"asked": asked, "policy": referral.policy});
            self.record(&referral, Actor::SERVICE, "hours_began", detail).await?;
            self.save(&inquiry, &mut referral).await?;
        }
        Ok(next)
    }
}
