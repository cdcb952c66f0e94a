//! A member texts: what she means is read, and done.

mod asking;
mod claiming;
mod context;
mod leaving;
mod photos;
mod telling;

use model::{
    Code, LinePurpose, MemberStatus, MessageKind, Outcome,
    reading::{Intent, MemberReading, ReactionEffect},
};
use serde_json::{Value, json};
use storage::{Member, Referral};

use self::claiming::Perhaps;
use crate::{
    RegisteredLine, Result,
    desk::{About, Actor, Desk},
    member_page::asks_for_page,
    outgoing::Belongs,
    paging::Reason,
    receive::{Text, codes_in},
    texts::ToMember,
};

/// A member's text at the desk: what was asked of her before, and what she may answer to.
struct Reply<'a> {
    line: &'a RegisteredLine,
    member: Member,
    text: &'a Text,
    /// Referrals that run and that she was offered, with how many places others hold.
    open: Vec<(Referral, i64)>,
}

impl Desk<'_> {
    /// Does what a member's text asks for, and answers it.
    pub(crate) async fn member_texts(
        &mut self,
        line: &RegisteredLine,
        member: Member,
        text: &Text,
    ) -> Result<()> {
        let Some(phone) = self.tx.phone(member.phone_id).await? else { return Ok(()) };
        if self.tx.is_suppressed(&phone, line.id).await? || text.answered.is_some() {
            return Ok(());
        }
        // Whoever writes of danger is in it, or is with somebody who is: she is answered as a family.
        if line.purpose != LinePurpose::Members
            && codes_in(text.body.reveal()).is_empty()
            && self.reader().danger(text.body.reveal())
        {
            return self.family_texts(line, &phone, text).await;
        }
        if self.wants_help_herself(line, &member, text).await?
            || self.confirms_wish(&member, text).await?
            || self.takes_first_steps(&member, text).await?
            || self.says_what_photo_is(&member, text).await?
        {
            return Ok(());
        }
        if asks_for_page(text.body.reveal()) {
            return self.sends_page(&member, text).await;
        }
        let open = self.tx.referrals_put_to(&member).await?;
        let context = self.member_context(&member, &open, text).await?;
        let reading = self.read_member(text.body.reveal(), &context);
        let about = reading
            .codes
            .first()
            .and_then(|code| find(&open, *code))
            .map_or(About(None, None), About::from);
        let detail = json!({"member": member.id, "intent": reading.intent, "codes": reading.codes});
        self.record(about, Actor::member(member.id), "member_said", detail).await?;
        if member.status != MemberStatus::Active && wants_a_place(reading.intent) {
            return self
                .answer(&Reply { line, member, text, open }, None, &ToMember::NotActive)
                .await;
        }
        if text.media > 0 && says_nothing_else(reading.intent) {
            return self.sends_photo(&member, text).await;
        }
        let asked = member.awaiting.clone();
        if asked.is_some() {
            self.tx.set_member_awaiting(member.id, None).await?;
        }
        let reply = Reply { line, member, text, open };
        self.do_as_told(reply, reading, asked.as_ref().and_then(Value::as_str)).await
    }

    async fn do_as_told(
        &mut self,
        reply: Reply<'_>,
        reading: MemberReading,
        asked: Option<&str>,
    ) -> Result<()> {
        let MemberReading { intent, mut codes, extract, reaction, .. } = reading;
        let first = codes.first().copied();
        let near = extract.did_you_mean.is_some() || intent == Intent::ClaimAmbiguous;
        if near && let Some(exact) = self.typed_exactly(&reply, &codes).await? {
            return self.claims(reply, vec![exact], extract, asked).await;
        }
        // "MINE" is the word for what is hers. Said otherwise, and about nothing that she was asked, it
        // may be a claim or not: her place is held while we ask.
        let said = reply.text.body.reveal().trim();
        if said == "MINE" {
            return self.list_mine(&reply).await;
        }
        if intent == Intent::Claim && asked.is_none() && is_mine(said) {
            return self.claims_perhaps(reply, codes, Perhaps::Yes).await;
        }
        match intent {
            Intent::Claim
            | Intent::ClaimStandby
            | Intent::ClaimLate
            | Intent::Duplicate
            | Intent::DisambiguationAnswer => self.claims(reply, codes, extract, asked).await,
            Intent::ClaimProvisional => {
                let why = match extract.did_you_mean {
                    Some(_) => Perhaps::MeansThisCode,
                    None => Perhaps::Yes,
                };
                codes.extend(extract.did_you_mean.filter(|_| codes.is_empty()));
                self.claims_perhaps(reply, codes, why).await
            }
            Intent::ClaimConditional => self.claims_perhaps(reply, codes, Perhaps::OnTerms).await,
            Intent::ClaimAmbiguous => self.claims_one_of(reply, codes).await,
            Intent::Decline => self.declines(&reply, codes).await,
            Intent::Release | Intent::ReleaseAfterSend => self.gives_back(&reply, codes).await,
            Intent::Reaction => match reaction.unwrap_or(ReactionEffect::Nothing) {
                ReactionEffect::Provisional => {
                    self.claims_perhaps(reply, codes, Perhaps::Yes).await
                }
                ReactionEffect::Pass | ReactionEffect::TakenBack => {
                    self.declines(&reply, codes).await
                }
                ReactionEffect::Question => self.status(&reply, first).await,
                ReactionEffect::Nothing => Ok(()),
            },
            Intent::Question => self.question(&reply, first).await,
            Intent::StatusQuery => self.status(&reply, first).await,
            Intent::ListOpen => self.list_open(&reply).await,
            Intent::ListMine => self.list_mine(&reply).await,
            Intent::AvailabilityOff => self.goes_away(&reply, &extract).await,
            Intent::AvailabilityOn => {
                self.returns(&reply.member, Actor::member(reply.member.id)).await?;
                self.answer(&reply, None, &ToMember::Back).await
            }
            Intent::PreferenceUpdate => self.wishes(&reply, &extract).await,
            Intent::OutcomeReport => self.outcome(&reply, first, Outcome::Booked, &extract).await,
            Intent::OutcomeSeen => self.outcome(&reply, first, Outcome::Seen, &extract).await,
            Intent::OutcomeNoContact | Intent::OutcomeFamilyNoShow => {
                self.outcome(&reply, first, Outcome::NoneYet, &extract).await
            }
            Intent::Help => self.answer(&reply, None, &ToMember::Help).await,
            Intent::Resign | Intent::OptOut => {
                let Some(phone) = self.tx.phone(reply.member.phone_id).await? else {
                    return Ok(());
                };
                self.opt_out(reply.line, &phone, Some(reply.member), reply.text, "words").await
            }
            Intent::OptIn => {
                let Some(phone) = self.tx.phone(reply.member.phone_id).await? else {
                    return Ok(());
                };
                self.opt_in(reply.line, &phone, Some(reply.member), reply.text).await
            }
            Intent::NotEligible | Intent::NotOnRoster => {
                self.answer(&reply, None, &ToMember::NotActive).await
            }
            Intent::ProxyClaim => {
                self.page_about(Reason::Unread, reply.member.id).await?;
                self.answer(
                    &reply,
                    None,
                    &ToMember::Proxy { colleague: extract.colleague.as_deref() },
                )
                .await
            }
            Intent::PriorRelationship => match first.or_else(|| only(&reply.open)) {
                Some(code) => self.answer(&reply, Some(code), &ToMember::Prior { code }).await,
                None => self.explain(&reply).await,
            },
            Intent::EthicsFlag => {
                self.page_about(Reason::Money, reply.member.id).await?;
                self.answer(&reply, None, &ToMember::Ethics { code: only(&reply.open) }).await
            }
            Intent::OffTopic => self.answer(&reply, None, &ToMember::NotGroup).await,
            Intent::NeedsHelp => {
                let awaiting = json!(format!("need:{}", reply.text.id));
                self.tx.set_member_awaiting(reply.member.id, Some(&awaiting)).await?;
                self.answer(&reply, None, &ToMember::WhichNeed).await
            }
            Intent::Acknowledgement | Intent::Chatter | Intent::AutoReply => Ok(()),
            Intent::MediaOnly | Intent::Unclear => match extract.did_you_mean {
                Some(code) => self.claims_perhaps(reply, vec![code], Perhaps::MeansThisCode).await,
                None => self.explain(&reply).await,
            },
        }
    }

    /// Explains how to claim, a few times, to whoever says what nobody understands.
    async fn explain(&mut self, reply: &Reply<'_>) -> Result<()> {
        let Some(phone) = self.tx.phone(reply.member.phone_id).await? else { return Ok(()) };
        let Some(line) = self.members_line().await? else { return Ok(()) };
        let body =
            self.texts().to_member(&self.voice("en"), &ToMember::How { code: only(&reply.open) });
        self.answer_passively(
            line,
            &phone,
            format!("reply:{}", reply.text.id),
            Belongs::default(),
            body,
        )
        .await
    }

    /// Answers her text.
    async fn answer(
        &mut self,
        reply: &Reply<'_>,
        code: Option<Code>,
        text: &ToMember<'_>,
    ) -> Result<()> {
        let about = match code {
            Some(code) => self.referral_called(reply, code).await?,
            None => None,
        };
        let belongs = about.as_ref().map(Belongs::to).unwrap_or_default();
        let what = format!("reply:{}", reply.text.id);
        self.tell_member(&reply.member, MessageKind::ClaimReply, what, belongs, text).await
    }

    fn about(&self, referral: &Referral) -> String {
        self.texts().about(&self.voice("en"), &referral.facts, self.settings.coarse_offers)
    }

    /// A code in her text that was once put to her, or that runs and that she has from her group: then
    /// it is no slip of the finger for those that it was taken for.
    async fn typed_exactly(
        &mut self,
        reply: &Reply<'_>,
        taken_for: &[Code],
    ) -> Result<Option<Code>> {
        let typed = codes_in(reply.text.body.reveal());
        if typed.iter().any(|code| taken_for.contains(code)) {
            return Ok(None);
        }
        for code in typed {
            if let Some(referral) = self.tx.referral_by_code(self.chapter.id, code).await?
                && (referral.state.takes_claims()
                    || self.tx.offer_to(referral.id, reply.member.id).await?.is_some())
            {
                return Ok(Some(code));
            }
        }
        Ok(None)
    }

    /// The running referral of a code, whether or not she was asked: members hear of codes in their
    /// group too.
    async fn referral_called(&mut self, reply: &Reply<'_>, code: Code) -> Result<Option<Referral>> {
        if let Some(referral) = find(&reply.open, code) {
            return Ok(Some(referral.clone()));
        }
        Ok(self
            .tx
            .referral_by_code(self.chapter.id, code)
            .await?
            .filter(|referral| referral.state.takes_claims()))
    }
}

/// "Mine", and nothing else.
fn is_mine(said: &str) -> bool {
    said.trim_end_matches(['.', '!', '?', ' ']).eq_ignore_ascii_case("mine")
}

fn wants_a_place(intent: Intent) -> bool {
    matches!(
        intent,
        Intent::Claim
            | Intent::ClaimStandby
            | Intent::ClaimLate
            | Intent::ClaimProvisional
            | Intent::ClaimConditional
            | Intent::ClaimAmbiguous
            | Intent::DisambiguationAnswer
            | Intent::NotEligible
    )
}

/// Whether a text that came with a photo is about the photo alone.
fn says_nothing_else(intent: Intent) -> bool {
    matches!(
        intent,
        Intent::MediaOnly | Intent::Unclear | Intent::Chatter | Intent::Acknowledgement
    )
}

fn find(open: &[(Referral, i64)], code: Code) -> Option<&Referral> {
    open.iter().map(|(referral, _)| referral).find(|referral| referral.code == Some(code))
}

/// The code of the only referral that is open to her.
fn only(open: &[(Referral, i64)]) -> Option<Code> {
    match open {
        [(referral, _)] => referral.code,
        _ => None,
    }
}
