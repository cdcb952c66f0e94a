//! What a family may still ask for once it has names: more of them, a second opinion, a call; and what
//! it thought of the line.

mod question;

use model::{
    ConsentId, InquiryId, MemberId, MessageKind, Outcome, PersonName, ReferralState, TaskKind,
    day_hours,
    reading::{Answer, FamilyKind, FamilyReading},
    referral::Facts,
};
use serde_json::json;
use storage::{Inquiry, NewInquiry, Referral, Task};

use crate::{
    Result,
    desk::{Actor, Desk},
    follow_up::{ANSWER_HOURS, Why},
    gather,
    outgoing::Belongs,
    paging::Reason,
    texts::{Care, ToFamily, ToMember},
};

pub(crate) use self::question::Question;

/// For so long a yes answers whether those named may call: after it the family speaks of something else.
const CALL_HOURS: i64 = 12;

/// The lowest score that is no complaint.
const CONTENT: i64 = 3;

/// "More" in a word, as a whole message: anything longer is read as it is.
const MORE: [&str; 26] = [
    "more",
    "more names",
    "more please",
    "mas",
    "m\u{e1}s",
    "mas nombres",
    "m\u{e1}s nombres",
    "plus",
    "plus de noms",
    "mais",
    "mais nomes",
    "wi\u{119}cej",
    "wiecej",
    "\u{435}\u{449}\u{435}",
    "\u{435}\u{449}\u{451}",
    "plis",
    "plis non",
    "\u{627}\u{644}\u{645}\u{632}\u{64a}\u{62f}",
    "\u{645}\u{632}\u{64a}\u{62f}",
    "\u{5e0}\u{5d0}\u{5da}",
    "\u{5de}\u{5e2}\u{5e8}",
    "\u{986}\u{9b0}\u{993}",
    "\u{b354}",
    "\u{66f4}\u{591a}",
    "\u{8fd8}\u{8981}",
    "\u{9084}\u{8981}",
];

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

    /// Those named could call the family, if it says in writing that they get its number.
    async fn asks_for_call(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
        cause: &str,
    ) -> Result<bool> {
        let members = self.named_members(referral.id).await?;
        if members.is_empty() {
            return Ok(false);
        }
        let (members, names): (Vec<_>, Vec<_>) =
            members.into_iter().map(|member| (member.id, member.name)).unzip();
        let text = ToFamily::CallAsk { names: &names, code: self.code_of(referral) };
        let what = format!("reply:{cause}");
        let told =
            self.tell_family(inquiry, Some(referral), MessageKind::Reply, what, &text).await?;
        if told.is_some() {
            let until = self.now.after(day_hours(CALL_HOURS));
            Question::MayCall { members, until }.put_to(inquiry);
            self.record(&*referral, Actor::FAMILY, "call_asked", json!({})).await?;
        }
        self.save(inquiry, referral).await?;
        Ok(true)
    }

    /// The family's written yes: kept word for word, and only then do those it was asked about get
    /// its number, if they are still named.
    async fn may_call(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
        asked: &[MemberId],
        cause: &str,
    ) -> Result<()> {
        let mut members = self.named_members(referral.id).await?;
        members.retain(|member| asked.contains(&member.id));
        let names = members.iter().map(|member| member.name.clone()).collect::<Vec<_>>();
        let code = self.code_of(referral);
        let Some(phone) = self.tx.phone(inquiry.phone_id).await? else { return Ok(()) };
        let Some(number) = phone.number.clone() else { return Ok(()) };
        // Consent outlives what is sealed and erased: whom it names stands there by her id.
        let ids = asked.iter().map(|id| PersonName::new(id.to_string())).collect::<Vec<_>>();
        let voice = self.voice(&inquiry.language);
        let wording = self.texts().to_family(&voice, &ToFamily::CallAsk { names: &ids, code });
        let lang = voice.lang.to_owned();
        let id = ConsentId::generate(self.now, &self.shared.chance);
        let wording = wording.reveal();
        self.tx.add_consent(id, &phone, "call", wording, &lang, "text", self.now).await?;
        let mut told = Vec::new();
        for member in members {
            let text = ToMember::FamilyCall { code, phone: &number };
            let what = format!("call:{}:{}:{cause}", referral.id, member.id);
            let belongs = Belongs::to(referral);
            self.tell_member(&member, MessageKind::ClaimReply, what, belongs, &text).await?;
            told.push(member.id);
        }
        self.record(&*referral, Actor::FAMILY, "call_agreed", json!({"members": told})).await?;
        let text = ToFamily::CallAgreed { names: &names, code };
        let what = format!("reply:{cause}");
        self.tell_family(inquiry, Some(referral), MessageKind::Reply, what, &text).await?;
        self.save(inquiry, referral).await
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
        let (kind, subject) = (TaskKind::FollowUp, referral.id.as_uuid());
        let end = self.now.after(day_hours(ANSWER_HOURS));
        self.tx.plan(Task { kind, subject, chapter_id: self.chapter.id }, end).await?;
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

fn is_more(words: &str) -> bool {
    let plain = words.trim().trim_end_matches(['.', '!', '?', '\u{3002}']).to_lowercase();
    MORE.contains(&plain.as_str())
}

/// A score from 1 to 5 at the head of a message: "5", "4/5", "5 - so kind".
fn score_in(words: &str) -> Option<i64> {
    let mut signs = words.trim().chars();
    let score = signs.next().and_then(digit).filter(|score| (1..=5).contains(score))?;
    let more = signs.next().is_some_and(|next| digit(next).is_some() || next == '0');
    (!more).then_some(score)
}

/// A digit as people's phones write it: Western, Arabic, Bengali, full-width.
fn digit(sign: char) -> Option<i64> {
    let zeros = ['0', '\u{660}', '\u{6f0}', '\u{9e6}', '\u{ff10}'];
    let value = |zero: char| u32::from(sign).checked_sub(u32::from(zero)).filter(|&n| n < 10);
    zeros.into_iter().find_map(value).map(i64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_score_stands_at_the_head_and_is_one_digit() {
        let scores = ["5", " 4/5", "5 - so kind", "3!", "\u{665}", "\u{9eb} \u{9ad}"];
        let read = scores.map(score_in);
        assert_eq!(read, [Some(5), Some(4), Some(5), Some(3), Some(5), Some(5)]);
        assert_eq!(["", "0", "6", "10", "55", "we gave it 5", "11215"].map(score_in), [None; 7]);
    }

    #[test]
    fn more_is_a_whole_message() {
        assert!(
            ["More", "more.", " M\u{e1}s ", "\u{415}\u{449}\u{451}", "\u{b354}"]
                .iter()
                .all(|word| is_more(word))
        );
        assert!(!["more milk", "no more", "", "any more?"].iter().any(|word| is_more(word)));
    }
}
