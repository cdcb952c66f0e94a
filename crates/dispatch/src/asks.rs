//! What a family may still ask for once it has names: more of them, a second opinion, a call; and what
//! it thought of the line.

mod calling;
mod question;
mod words;

use model::{
    InquiryId, MessageKind, Outcome, ReferralState, TaskKind, day_hours,
    reading::{Answer, FamilyKind, FamilyReading},
    referral::Facts,
};
use serde_json::json;
use storage::{Inquiry, NewInquiry, Referral};

use crate::{
    Result,
    desk::{Actor, Desk},
    follow_up::{ANSWER_HOURS, Why},
    gather,
    paging::Reason,
    texts::{Care, ToFamily},
};

pub(crate) use self::question::Question;
use self::words::{is_more, score_in};

/// The lowest score that is no complaint.
const CONTENT: i64 = 3;

impl Desk<'_> {
    /// Does what a family asks for after its names; `false` where its words are none of these.
    pub(crate) async fn after_names(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
        new: &FamilyReading,
        words: &str,
        cause: &str,
    ) -> Result<bool> {
        if referral.names_at.is_none() || referral.state != ReferralState::HandedOff {
            return Ok(false);
        }
        let short = new.kind == FamilyKind::Answer;
        match Question::taken_from(inquiry) {
            Some(Question::MayCall { members, until }) if short && self.now < until => {
                match new.answer {
                    Some(Answer::Yes) => {
                        self.may_call(inquiry, referral, &members, cause).await?;
                        return Ok(true);
                    }
                    Some(Answer::No) => {
                        self.thank(inquiry, referral, cause, &ToFamily::Thanks).await?;
                        self.save(inquiry, referral).await?;
                        return Ok(true);
                    }
                    _ => {}
                }
            }
            Some(Question::Rate) => {
                if let Some(score) = score_in(words).filter(|_| !tells_a_need(new)) {
                    self.is_rated(inquiry.clone(), referral.clone(), score, cause).await?;
                    return Ok(true);
                }
                if is_need(new.kind) {
                    self.begins_anew(inquiry, referral, new.clone(), cause, None).await?;
                    return Ok(true);
                }
            }
            _ => {}
        }
        if is_more(words) {
            self.second_try(inquiry.clone(), referral.clone(), Why::More, cause).await?;
            return Ok(true);
        }
        let second = new.extract.concerns.iter().any(|concern| concern == SECOND_OPINION);
        if second && !matches!(new.kind, FamilyKind::Complaint | FamilyKind::Bereavement) {
            let care = Care::of(&new.red_flags);
            self.begins_anew(inquiry, referral, new.clone(), cause, Some(care)).await?;
            return Ok(true);
        }
        if new.kind == FamilyKind::CallbackRequest {
            return self.asks_for_call(inquiry, referral, cause).await;
        }
        Ok(false)
    }

    /// The family reached somebody: it is asked once what it thought of the line, and has two days
    /// to say so.
    pub(crate) async fn asks_for_score(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        cause: &str,
    ) -> Result<()> {
        let what = format!("reply:{cause}");
        let kind = MessageKind::Reply;
        let told =
            self.tell_family(&mut inquiry, Some(&referral), kind, what, &ToFamily::Rate).await?;
        if told.is_none() {
            return self.close(inquiry, referral, Actor::FAMILY, "connected").await;
        }
        Question::Rate.put_to(&mut inquiry);
        referral.followed_at = Some(self.now);
        let end = self.now.after(day_hours(ANSWER_HOURS));
        self.plan(TaskKind::FollowUp, referral.id.as_uuid(), end).await?;
        self.save(&inquiry, &mut referral).await
    }

    /// The family's score. Its line stays in the thread; a low one is a case for a person, and
    /// changes nobody's listing.
    async fn is_rated(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        score: i64,
        cause: &str,
    ) -> Result<()> {
        referral.satisfaction = Some(score);
        self.record(&referral, Actor::FAMILY, "satisfaction", json!({"score": score})).await?;
        if score < CONTENT {
            self.page(Reason::Complaint, Some(inquiry.id), Some(referral.id), None).await?;
        }
        self.thank(&mut inquiry, &referral, cause, &ToFamily::Thanks).await?;
        self.close(inquiry, referral, Actor::FAMILY, "connected").await
    }

    /// What is served is over, and the family's new words are a need of their own, under a code of
    /// their own: nobody who was named before can tell by it whose it is. `second_opinion` takes over
    /// what was known, and asks none of those.
    async fn begins_anew(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
        new: FamilyReading,
        cause: &str,
        second_opinion: Option<Care>,
    ) -> Result<()> {
        let known = inquiry.reading.clone();
        referral.outcome.get_or_insert(Outcome::Connected);
        let why = if second_opinion.is_some() { "second_opinion" } else { "connected" };
        self.close(inquiry.clone(), referral.clone(), Actor::FAMILY, why).await?;
        let begins = NewInquiry {
            id: InquiryId::generate(self.now, &self.shared.chance),
            chapter_id: self.chapter.id,
            line_id: inquiry.line_id,
            phone_id: inquiry.phone_id,
            language: inquiry.language.clone(),
            now: self.now,
        };
        let (mut next, _) = self.tx.open_inquiry(&begins).await?;
        self.record(&next, Actor::FAMILY, "inquiry_begun", json!({"after": why})).await?;
        if let Ok(text) = cause.parse() {
            self.tx.assign_inbound(text, next.id).await?;
        }
        let Some(care) = second_opinion else {
            return self.family_asks(next, None, new, cause).await;
        };
        let all = match known {
            Some(known) => gather::together(known, new),
            None => new,
        };
        next.reading = Some(all.clone());
        let mut facts = Facts::from_reading(&all);
        if !facts.concerns.iter().any(|concern| concern == SECOND_OPINION) {
            facts.concerns.push(SECOND_OPINION.to_owned());
            facts.concerns.sort_unstable();
        }
        self.put_to_members(next, None, facts, &all, care).await
    }
}

/// The concern of a family that has seen somebody and wants another's view.
pub(crate) const SECOND_OPINION: &str = "second_opinion";

fn is_need(kind: FamilyKind) -> bool {
    matches!(kind, FamilyKind::Inquiry | FamilyKind::InquiryProxy | FamilyKind::MedicalQuestion)
}

/// Whether a message that may begin with a score is about something else: "4 days old and no wet diaper".
fn tells_a_need(new: &FamilyReading) -> bool {
    let baby = new.extract.baby.as_ref();
    is_need(new.kind)
        || !new.red_flags.is_empty()
        || new.answer == Some(Answer::SomeoneElse)
        || new.extract.location.is_some()
        || baby.is_some_and(|baby| baby.age_days.is_some())
}
