//! A family writes while its referral runs.

use model::{
    ClaimKind, MessageKind, Outcome, ReferralState,
    reading::{Answer, FamilyKind, FamilyReading, FlagLevel},
    referral::{Facts, Place},
};
use serde_json::json;
use storage::{Inquiry, Referral};

use crate::{
    Result,
    desk::{Actor, Desk},
    follow_up::Why,
    gather,
    outgoing::Belongs,
    paging::Reason,
    texts::{Care, ToFamily, ToMember},
};

/// Whether the family has names, and nobody is asked for others.
fn has_names(referral: &Referral) -> bool {
    referral.names_at.is_some() && referral.state == ReferralState::HandedOff
}

impl Desk<'_> {
    /// Acts on a message of a family whose referral is with the admin, with the members, or done.
    pub(crate) async fn family_adds(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        new: FamilyReading,
        words: &str,
        cause: &str,
    ) -> Result<()> {
        let care = Care::of(&new.red_flags);
        self.care = care;
        let named = has_names(&referral);
        if new.gravest().is_some_and(|level| level == FlagLevel::DoctorNow) {
            self.page(Reason::Doctor, Some(inquiry.id), Some(referral.id), None).await?;
        }
        match (new.kind, new.answer.clone()) {
            (FamilyKind::Reaction | FamilyKind::Spam | FamilyKind::Abuse, _) => {
                self.tx.save_inquiry(&inquiry).await?;
                return Ok(());
            }
            (_, Some(Answer::DeleteMe)) => {
                return self.is_to_be_deleted(inquiry, Some(referral), cause).await;
            }
            (_, Some(Answer::Solved)) if referral.state.is_asking() && !care.is_some() => {
                return self.calls_off(inquiry, referral, cause).await;
            }
            _ => {}
        }
        if self.after_names(&mut inquiry, &mut referral, &new, words, cause).await? {
            return Ok(());
        }
        match (new.kind, new.answer.clone()) {
            (kind, Some(Answer::Choice(0) | Answer::No | Answer::SomeoneElse)) if named => {
                self.tx.save_inquiry(&inquiry).await?;
                let of_itself = kind != FamilyKind::Answer || referral.followed_at.is_none();
                let why = if of_itself { Why::Complains } else { Why::ReachedNobody };
                return self.second_try(inquiry, referral, why, cause).await;
            }
            (_, Some(Answer::Choice(n))) if named => {
                return self.reached(inquiry, referral, Some(n), cause).await;
            }
            (kind, Some(Answer::Yes))
                if named && (referral.followed_at.is_some() || kind == FamilyKind::Followup) =>
            {
                return self.reached(inquiry, referral, None, cause).await;
            }
            _ => {}
        }
        if referral.state == ReferralState::Held {
            return self.adds_while_held(inquiry, referral, new, care, cause).await;
        }
        self.adds_while_running(inquiry, referral, new, care, cause).await
    }

    /// Acts on what is no answer to a question of ours.
    async fn adds_while_running(
        &mut self,
        mut inquiry: Inquiry,
        referral: Referral,
        new: FamilyReading,
        care: Care,
        cause: &str,
    ) -> Result<()> {
        match new.kind {
            FamilyKind::Bereavement => {
                let mut referral = referral;
                let text = ToFamily::Loss { child: None, care };
                self.answer_running(&mut inquiry, &referral, MessageKind::Safety, cause, &text)
                    .await?;
                self.tx.take_back_unseen_offers(referral.id, self.now).await?;
                self.hold(&mut inquiry, &mut referral, Reason::Loss, Actor::SERVICE).await?;
                self.save(&inquiry, &mut referral).await
            }
            FamilyKind::Complaint => self.complains(inquiry, referral, care, cause).await,
            FamilyKind::CallbackRequest => {
                let after = new
                    .extract
                    .callback
                    .as_ref()
                    .and_then(|call| call.after.as_deref()?.parse().ok());
                let text = ToFamily::Callback { after };
                self.answer_running(&mut inquiry, &referral, MessageKind::Reply, cause, &text)
                    .await?;
                self.page(Reason::Callback, Some(inquiry.id), Some(referral.id), None).await?;
                self.tx.save_inquiry(&inquiry).await?;
                Ok(())
            }
            FamilyKind::Praise => {
                let mut referral = referral;
                if has_names(&referral) {
                    referral.outcome = Some(Outcome::Connected);
                    let detail = json!({"outcome": Outcome::Connected});
                    self.record(&referral, Actor::FAMILY, "outcome", detail).await?;
                }
                self.thank(&mut inquiry, &referral, cause, &ToFamily::Thanks).await?;
                self.save(&inquiry, &mut referral).await
            }
            FamilyKind::ServiceQuestion => {
                self.thank(&mut inquiry, &referral, cause, &ToFamily::WhoIs).await?;
                self.tx.save_inquiry(&inquiry).await?;
                Ok(())
            }
            FamilyKind::HelpKeyword => {
                self.thank(&mut inquiry, &referral, cause, &ToFamily::Help).await?;
                self.tx.save_inquiry(&inquiry).await?;
                Ok(())
            }
            _ => self.more_facts(inquiry, referral, new, care, cause).await,
        }
    }

    /// The family has found help, or wants none: nobody is asked on its behalf any more, and those who
    /// wait for it are told.
    async fn calls_off(
        &mut self,
        mut inquiry: Inquiry,
        referral: Referral,
        cause: &str,
    ) -> Result<()> {
        let text = ToFamily::Withdrawn { code: self.code_of(&referral) };
        self.answer_running(&mut inquiry, &referral, MessageKind::Reply, cause, &text).await?;
        self.withdraw(inquiry, Actor::FAMILY, "called_off").await
    }

    /// While a person has it, the service takes note and says nothing but what danger calls for.
    async fn adds_while_held(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        new: FamilyReading,
        care: Care,
        cause: &str,
    ) -> Result<()> {
        if care.now || care.poison {
            let text = ToFamily::Sorry { care };
            self.answer_running(&mut inquiry, &referral, MessageKind::Safety, cause, &text).await?;
        }
        let all = self.with_what_was_known(&inquiry, new);
        if gather::is_roughly_placed(all.extract.location.as_ref()) {
            referral.facts = Facts::from_reading(&all);
        }
        inquiry.reading = Some(all);
        self.page(Reason::Unread, Some(inquiry.id), Some(referral.id), None).await?;
        self.save(&inquiry, &mut referral).await
    }

    /// Anger is heard: an apology, a person, and while nobody has come, more members.
    async fn complains(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        care: Care,
        cause: &str,
    ) -> Result<()> {
        let kind = care.kind();
        self.answer_running(&mut inquiry, &referral, kind, cause, &ToFamily::Sorry { care })
            .await?;
        self.page(Reason::Complaint, Some(inquiry.id), Some(referral.id), None).await?;
        if referral.state.is_asking() {
            referral.urgent = referral.urgent || care.now;
            self.widen(&mut referral, Actor::SERVICE).await?;
        }
        self.save(&inquiry, &mut referral).await
    }

    /// More about the same need: kept, and the family told where it stands.
    async fn more_facts(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        new: FamilyReading,
        care: Care,
        cause: &str,
    ) -> Result<()> {
        let before = referral.facts.clone();
        if let Some(known) = inquiry.reading.take() {
            let all = gather::together(known, new);
            let facts = Facts::from_reading(&all);
            if facts.place != Place::default() {
                referral.facts = facts;
            }
            inquiry.reading = Some(all);
        } else {
            inquiry.reading = Some(new);
        }
        let changed = referral.facts != before;
        let (code, by) = (self.code_of(&referral), referral.promised_at.unwrap_or(self.now));
        let text = match referral.state {
            ReferralState::Open | ReferralState::Queued if !changed && by > self.now => {
                ToFamily::AlreadyAsking { code, by, care }
            }
            _ => ToFamily::Noted { code, care },
        };
        if changed {
            // Which, and not what: events stay when the family's words go.
            let detail = json!({"facts": before.changed(&referral.facts)});
            self.record(&referral, Actor::FAMILY, "facts_added", detail).await?;
            self.tell_those_placed(&referral, cause).await?;
        }
        if referral.state == ReferralState::HandedOff && !changed {
            // Something after the names that no rule understands: a person reads it.
            self.page(Reason::Unread, Some(inquiry.id), Some(referral.id), None).await?;
        }
        let kind = care.kind();
        self.answer_running(&mut inquiry, &referral, kind, cause, &text).await?;
        self.save(&inquiry, &mut referral).await
    }

    /// What changed reaches those who have a place and nobody else.
    pub(crate) async fn tell_those_placed(
        &mut self,
        referral: &Referral,
        cause: &str,
    ) -> Result<()> {
        let (code, coarse) = (self.code_of(referral), self.settings.coarse_offers);
        for claim in self.tx.claims(referral.id).await? {
            if !claim.kind.holds_place() && claim.kind != ClaimKind::Kept {
                continue;
            }
            let Some(member) = self.tx.member(claim.member_id).await? else { continue };
            let text = ToMember::Changed { code, facts: &referral.facts, coarse };
            let what = format!("changed:{}:{}:{cause}", referral.id, member.id);
            let belongs = Belongs::to(referral);
            self.tell_member(&member, MessageKind::ClaimReply, what, belongs, &text).await?;
        }
        Ok(())
    }

    async fn answer_running(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &Referral,
        kind: MessageKind,
        cause: &str,
        text: &ToFamily<'_>,
    ) -> Result<()> {
        self.tell_family(inquiry, Some(referral), kind, format!("reply:{cause}"), text).await?;
        Ok(())
    }

    /// Answers what needs no answer, a few times.
    pub(crate) async fn thank(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &Referral,
        cause: &str,
        text: &ToFamily<'_>,
    ) -> Result<()> {
        if self.care.is_some() {
            let kind = self.care.kind();
            return self.answer_running(inquiry, referral, kind, cause, text).await;
        }
        let Some(phone) = self.tx.phone(inquiry.phone_id).await? else { return Ok(()) };
        let body = self.texts().to_family(&self.voice(&inquiry.language), text);
        let belongs = Belongs::to(referral);
        self.answer_passively(inquiry.line_id, &phone, format!("reply:{cause}"), belongs, body)
            .await
    }
}
