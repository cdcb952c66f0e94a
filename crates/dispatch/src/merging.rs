//! Two requests of one family, from two phones or texted twice, are made one: the other is closed in its
//! favour, and what only the other told is added to it.

use model::{ClaimId, ClaimKind, MessageKind, ReferralId, TaskKind, referral::Facts};
use serde_json::json;
use storage::{Claim, Inquiry, NewClaim, Referral};

use crate::{
    Error, Result,
    desk::{Actor, Desk},
    gather,
    moderation::{By, Refusal},
    outgoing::Said,
    paging::Reason,
    receive::is_gathering,
    texts::{Care, ToFamily},
};

impl Desk<'_> {
    /// Closes a referral in favour of another that the same family began.
    pub(crate) async fn merge(
        &mut self,
        id: ReferralId,
        into: ReferralId,
        by: By,
        version: Option<i64>,
    ) -> Result<Result<(), Refusal>> {
        let Some([(mut inquiry, referral), (mut kept_inquiry, mut kept)]) =
            self.both(id, into).await?
        else {
            return Ok(Err(Refusal::NotFound));
        };
        if version.is_some_and(|seen| seen != referral.version) {
            return Ok(Err(Refusal::Changed));
        }
        if let Some(over) = [&referral, &kept].into_iter().find(|one| one.state.is_over()) {
            return Ok(Err(Refusal::State(over.state)));
        }
        let actor = Actor::from(by);
        if let By::Admin(admin) = by {
            self.answer_pages(admin, Some(id)).await?;
        }
        let before = kept.facts.clone();
        add(&mut kept.facts, &referral.facts);
        // What is said later is added to what was read, so that this is added to it too.
        kept_inquiry.reading = match (inquiry.reading.clone(), kept_inquiry.reading.take()) {
            (Some(other), Some(own)) => Some(gather::together(other, own)),
            (other, own) => own.or(other),
        };
        if referral.urgent && !kept.urgent {
            kept.urgent = true;
            self.promise_sooner(&mut kept).await?;
        }
        if kept.facts != before {
            self.tell_those_placed(&kept, &format!("merged:{id}")).await?;
        }
        self.bring_over(&inquiry, &kept_inquiry, &referral, &kept).await?;
        self.record(&referral, actor, "merged", json!({"into": into})).await?;
        self.record(&kept, actor, "merged", json!({"from": id})).await?;
        if referral.phone_id != kept.phone_id {
            self.tell_merged(&mut inquiry, &referral, &kept).await?;
        }
        self.close(inquiry, referral, actor, "merged").await?;
        self.save(&kept_inquiry, &mut kept).await?;
        if is_gathering(&kept_inquiry) && !kept_inquiry.is_taken() {
            self.gathers_again(kept_inquiry, Some(kept)).await?;
        }
        Ok(Ok(()))
    }

    /// What the other one has besides facts goes with it: texts that are not read yet, and the names that
    /// its family has already, so that nobody is asked or named to it twice.
    async fn bring_over(
        &mut self,
        inquiry: &Inquiry,
        kept_inquiry: &Inquiry,
        referral: &Referral,
        kept: &Referral,
    ) -> Result<()> {
        let unread = self.tx.inquiry_texts(inquiry.id, true).await?;
        for text in &unread {
            self.tx.assign_inbound(text.id, kept_inquiry.id).await?;
        }
        if !unread.is_empty() {
            self.plan(TaskKind::Settle, kept_inquiry.id.as_uuid(), self.now).await?;
        }
        let mut there = self.tx.claims(kept.id).await?;
        for named in self.tx.claims(referral.id).await? {
            let has_part = there.iter().any(|claim| claim.member_id == named.member_id);
            if named.named_at.is_none() || has_part {
                continue;
            }
            let id = ClaimId::generate(self.now, &self.shared.chance);
            let turn = there.iter().map(|claim| claim.turn).max().unwrap_or(0) + 1;
            let claim = NewClaim {
                id,
                chapter_id: self.chapter.id,
                referral_id: kept.id,
                member_id: named.member_id,
                kind: ClaimKind::Kept,
                place: None,
                turn,
                caveat: named.caveat.clone(),
                held_until: None,
                now: self.now,
            };
            self.tx.put_claim(&claim).await?;
            there = self.tx.claims(kept.id).await?;
            let added = there.iter().find(|claim| claim.id == id).cloned();
            if let Some(added) = added {
                self.tx.save_claim(&Claim { named_at: named.named_at, ..added }).await?;
            }
        }
        Ok(())
    }

    /// Both with their inquiries, locked in their order; `None` where the chapter has not both, or they are
    /// one.
    async fn both(
        &mut self,
        id: ReferralId,
        into: ReferralId,
    ) -> Result<Option<[(Inquiry, Referral); 2]>> {
        let mut found = Vec::new();
        for id in [id, into] {
            let referral = self.tx.referral(id).await?;
            found.extend(referral.filter(|referral| referral.chapter_id == self.chapter.id));
        }
        if found.len() < 2 || id == into {
            return Ok(None);
        }
        found.sort_by_key(|referral| referral.inquiry_id);
        let (mut inquiries, mut referrals) = (Vec::new(), Vec::new());
        for referral in &found {
            let inquiry = self.tx.inquiry_for_update(referral.inquiry_id).await?;
            inquiries.push(inquiry.ok_or(Error::Missing("inquiry"))?);
        }
        for referral in &found {
            let referral = self.tx.referral_for_update(referral.id).await?;
            referrals.push(referral.ok_or(Error::Missing("referral"))?);
        }
        let mut pairs: Vec<_> = inquiries.into_iter().zip(referrals).collect();
        pairs.sort_by_key(|(_, referral)| referral.id == into);
        Ok(pairs.try_into().ok())
    }

    /// Tells the phone whose request is closed that the other one runs, and until when; where nothing is
    /// promised any more, a person writes to it.
    async fn tell_merged(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &Referral,
        kept: &Referral,
    ) -> Result<()> {
        let promised = kept.promised_at.filter(|&by| by > self.now && kept.state.is_asking());
        let text = match (kept.code, promised) {
            (Some(code), Some(by)) => ToFamily::AlreadyAsking { code, by, care: Care::default() },
            _ => ToFamily::PersonWillText,
        };
        let what = format!("merged:{}", referral.id);
        let said =
            self.say_to_family(inquiry, Some(referral), MessageKind::Reply, what, &text).await?;
        if promised.is_none() || matches!(said, Said::LeftToPerson) {
            self.page(Reason::Merged, Some(kept.inquiry_id), Some(kept.id), None).await?;
        }
        Ok(())
    }
}

/// Adds what one request does not say and the other does.
fn add(facts: &mut Facts, other: &Facts) {
    if facts.place == model::referral::Place::default() {
        facts.place = other.place.clone();
    }
    if facts.baby.is_empty() {
        facts.baby.clone_from(&other.baby);
    }
    facts.babies = facts.babies.or(other.babies);
    facts.insurance = facts.insurance.take().or_else(|| other.insurance.clone());
    facts.time_wish = facts.time_wish.take().or_else(|| other.time_wish.clone());
    for (mine, theirs) in [
        (&mut facts.concerns, &other.concerns),
        (&mut facts.visit_types, &other.visit_types),
        (&mut facts.languages, &other.languages),
        (&mut facts.preferences, &other.preferences),
    ] {
        mine.extend(theirs.iter().filter(|one| !mine.contains(one)).cloned().collect::<Vec<_>>());
        mine.sort();
    }
}

#[cfg(test)]
mod tests {
    use super::{Facts, add};

    #[test]
    fn what_only_the_other_told_is_added_and_nothing_is_overwritten() {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let mut facts = Facts {
            baby: "5 days".to_owned(),
            concerns: words(&["latch_difficulty"]),
            ..Facts::default()
        };
        let other = Facts {
            baby: "6 days".to_owned(),
            babies: Some(2),
            concerns: words(&["engorgement", "latch_difficulty"]),
            ..Facts::default()
        };
        add(&mut facts, &other);
        assert_eq!((facts.baby.as_str(), facts.babies), ("5 days", Some(2)));
        assert_eq!(facts.concerns, ["engorgement", "latch_difficulty"]);
    }
}
