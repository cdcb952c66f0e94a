//! Putting a referral to the members: who is asked, in which order, when, and why others are not.

mod codes;
mod copies;
mod looking;

use std::collections::HashMap;

use model::{
    InquiryState, MemberId, OfferState, ReferralState, TaskKind, Timestamp, day_hours,
    reading::{FamilyReading, FlagLevel, Urgency},
    referral::Facts,
    settings::Mode,
};
use roster::Baseline;
use serde_json::json;
use storage::{Askable, Inquiry, Offer, Referral};

pub(crate) use self::copies::Recipient;
pub use self::looking::WouldAsk;
use self::looking::{Candidate, Looking};
use crate::{
    Result,
    desk::{Actor, Desk},
    matching::{self, NotAsked},
    paging::Reason,
    policy::Terms,
    texts::{Care, ToFamily},
};

/// What came of asking.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Asked {
    /// So many were asked now.
    pub(crate) now: u32,
    /// So many are asked when their hours begin.
    pub(crate) later: u32,
}

impl Asked {
    pub(crate) fn nobody(self) -> bool {
        self.now + self.later == 0
    }
}

impl Desk<'_> {
    /// Puts what was read to the members, or before the admin where the chapter reviews everything.
    pub(crate) async fn put_to_members(
        &mut self,
        mut inquiry: Inquiry,
        referral: Option<Referral>,
        facts: Facts,
        reading: &FamilyReading,
        care: Care,
    ) -> Result<()> {
        let mut referral = self.referral_for(&inquiry, referral, ReferralState::Gathering).await?;
        referral.facts = facts;
        referral.urgent = reading.urgency == Some(Urgency::UrgentToday);
        inquiry.state = InquiryState::Referred;
        // A need has been told: whatever was answered for nothing before is forgotten.
        self.tx.set_passive_replies(inquiry.phone_id, 0).await?;
        self.tx.unplan(TaskKind::Unanswered, inquiry.id.as_uuid()).await?;
        if self.settings.mode == Mode::Reviewed {
            let facts = referral.facts.clone();
            let text = ToFamily::Held { facts: &facts, code: None, care };
            let kind = care.kind();
            let told = self
                .tell_family(
                    &mut inquiry,
                    Some(&referral),
                    kind,
                    format!("ack:{}", referral.id),
                    &text,
                )
                .await?;
            self.record_sharing(&inquiry, told.as_ref()).await?;
            self.hold(&mut inquiry, &mut referral, Reason::Held, Actor::SERVICE).await?;
            return self.save(&inquiry, &mut referral).await;
        }
        self.open_and_tell(inquiry, referral, reading, care, Actor::SERVICE).await
    }

    /// Opens a referral and tells the family what happens and by when.
    pub(crate) async fn open_and_tell(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        reading: &FamilyReading,
        care: Care,
        actor: Actor,
    ) -> Result<()> {
        if referral.names_at.is_some()
            && self.firm_places(referral.id).await? >= model::referral::PLACES
        {
            // Nobody is left to be found: the family has the names, or gets those that it lacks.
            (referral.state, referral.hold_reason) = (ReferralState::Open, None);
            self.hand_off_if_due(&mut inquiry, &mut referral).await?;
            return self.save(&inquiry, &mut referral).await;
        }
        let asked = self.open_to_members(&mut referral, actor).await?;
        if asked.nobody() {
            // There is nobody to ask at all: a person must know at once, and the family that one does.
            let facts = referral.facts.clone();
            let text = ToFamily::Held { facts: &facts, code: referral.code, care };
            let kind = care.kind();
            self.tell_family(
                &mut inquiry,
                Some(&referral),
                kind,
                format!("ack:{}", referral.id),
                &text,
            )
            .await?;
            self.hold(&mut inquiry, &mut referral, Reason::Unfilled, Actor::SERVICE).await?;
            return self.save(&inquiry, &mut referral).await;
        }
        // What a family was told while a person read its request first is another text than this one.
        let facts = referral.facts.clone();
        let text = ToFamily::Ack {
            facts: &facts,
            due: reading.extract.baby.as_ref().and_then(|baby| baby.due_date.as_deref()),
            code: self.code_of(&referral),
            asked: asked.now,
            by: referral.promised_at.unwrap_or(self.now),
            starts: referral.asking_from.filter(|&from| from > self.now && asked.now == 0),
            care,
            proxy: !matches!(reading.extract.contact_role.as_str(), "" | "parent" | "partner"),
            private_details_seen: reading.reasons.iter().any(|reason| reason.field == "private"),
            questions: &reading.extract.questions_asked,
            age_asked: reading.missing.iter().any(|slot| slot == "baby_age"),
        };
        let kind = care.kind();
        let told = self
            .tell_family(
                &mut inquiry,
                Some(&referral),
                kind,
                format!("asking:{}:{}", referral.id, referral.version),
                &text,
            )
            .await?;
        self.record_sharing(&inquiry, told.as_ref()).await?;
        if reading.gravest().is_some_and(|level| level == FlagLevel::DoctorNow) {
            self.page(Reason::Doctor, Some(inquiry.id), Some(referral.id), None).await?;
        }
        self.save(&inquiry, &mut referral).await
    }

    /// Gives the referral its code and its promise, and asks those who may be asked. The caller keeps
    /// the rows.
    pub(crate) async fn open_to_members(
        &mut self,
        referral: &mut Referral,
        actor: Actor,
    ) -> Result<Asked> {
        if referral.code.is_none() {
            referral.code = Some(self.draw_code().await?);
            self.tx.save_referral(referral).await?;
        }
        let (from, by) = self.asking_times(referral.urgent);
        (referral.asking_from, referral.promised_at) = (Some(from), Some(by));
        if referral.hold_reason.take().is_some() {
            self.resume_holds(referral).await?;
        }
        referral.widened = -1;
        referral.policy = Terms::of(&self.settings, referral.urgent).policy();
        let mut asked = self.ask_members(referral, actor).await?;
        if asked.nobody() {
            asked.now = self.asked_before(referral).await?;
        }
        referral.state = ReferralState::Queued;
        if asked.now > 0 {
            self.opens(referral).await?;
        }
        self.plan_promise(referral).await?;
        Ok(asked)
    }

    /// How many have this round's offer already: a person had held the referral back.
    async fn asked_before(&mut self, referral: &Referral) -> Result<u32> {
        let offers = self.tx.offers(referral.id).await?;
        let have_it = offers.iter().filter(|offer| {
            offer.round == referral.round
                && matches!(offer.state, OfferState::Sent | OfferState::Claimed)
        });
        Ok(u32::try_from(have_it.count()).unwrap_or(u32::MAX))
    }

    /// Asks those who are not asked yet at the referral's widening; a widening of -1 chooses where to
    /// begin. Who has no free hours now rests until hers begin.
    pub(crate) async fn ask_members(
        &mut self,
        referral: &mut Referral,
        actor: Actor,
    ) -> Result<Asked> {
        let (candidates, mut left_out) = self.candidates(referral).await?;
        let stages = candidates.iter().map(|candidate| candidate.stage).collect::<Vec<_>>();
        let terms = Terms::under(referral.policy, &self.settings);
        if referral.widened < 0 {
            referral.widened = terms.opening(&stages);
        }
        let (mut chosen, others): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|candidate| candidate.stage <= referral.widened);
        left_out.extend(others.iter().map(|other| (other.member.id, other.fit.lacks())));
        self.shared.chance.shuffle(&mut chosen);
        let chosen = self.in_turn(chosen, &terms);
        self.tx.forget_expired_links(self.chapter.id, self.now).await?;
        let before = self.tx.offers(referral.id).await?;
        let known: HashMap<MemberId, Offer> =
            before.iter().map(|offer| (offer.member_id, offer.clone())).collect();
        let mut position = before.iter().map(|offer| offer.position).max().unwrap_or(0);
        let (mut asked, mut order, mut resting) = (Asked::default(), Vec::new(), Vec::new());
        let mut next_hours: Option<Timestamp> = None;
        for candidate in &chosen {
            position += 1;
            let now = candidate.at <= self.now;
            let offer = known.get(&candidate.member.id);
            self.offer(referral, candidate, offer, position).await?;
            if now {
                asked.now += 1;
                order.push(candidate.member.id);
            } else {
                asked.later += 1;
                resting.push(candidate.member.id);
                next_hours = Some(next_hours.map_or(candidate.at, |at| at.min(candidate.at)));
            }
        }
        referral.asked += i64::from(asked.now);
        if let Some(at) = next_hours {
            self.plan_hours(referral, at).await?;
        }
        let left_out = left_out
            .iter()
            .map(|(member, why)| json!({"member": member, "why": why}))
            .collect::<Vec<_>>();
        let fits = chosen
            .iter()
            .map(|one| json!({"member": one.member.id, "stage": one.stage}))
            .collect::<Vec<_>>();
        let detail = json!({
            "round": referral.round, "widened": referral.widened, "asked": order, "resting": resting,
            "fits": fits,
            "not_asked": left_out, "promised_at": referral.promised_at, "policy": referral.policy,
            "wave_size": terms.waves().map(|(size, _)| size),
            "wave_minutes": terms.waves().map(|(_, gap)| gap.as_mins()),
        });
        self.record(&*referral, actor, "asked_members", detail).await?;
        Ok(asked)
    }

    /// Those who are asked, in the order of the policy, each with when her turn comes: her own hours
    /// hold then too.
    fn in_turn(&self, chosen: Vec<Candidate>, terms: &Terms) -> Vec<Candidate> {
        let stages = chosen.iter().map(|candidate| candidate.stage).collect::<Vec<_>>();
        let mut all = chosen.into_iter().map(Some).collect::<Vec<_>>();
        let order = terms.order(&stages).into_iter().filter_map(|nth| all[nth].take());
        let mut chosen = order.collect::<Vec<_>>();
        // Whose hours have not begun takes nobody's turn.
        let mut turns = 0;
        for candidate in &mut chosen {
            if candidate.at > self.now {
                continue;
            }
            let turn = self.now.after(terms.wait(turns));
            turns += 1;
            let (settings, zone) = (&self.settings, &self.chapter.timezone);
            candidate.at = matching::hours(&candidate.member.profile, settings, zone, turn);
        }
        chosen
    }

    /// Everybody who may be asked and has not been, with how well each fits; and everybody else with
    /// the reason.
    async fn candidates(
        &mut self,
        referral: &Referral,
    ) -> Result<(Vec<Candidate>, Vec<(MemberId, NotAsked)>)> {
        let Some(line) = self.members_line().await? else { return Ok((Vec::new(), Vec::new())) };
        let baseline = self.baseline().await?;
        let reader = self.reader();
        let (chapter, settings, now) = (&self.chapter, &self.settings, self.now);
        let list = baseline.as_deref();
        let looking = Looking { chapter, settings, now, baseline: list, reader: &reader };
        looking.candidates(self.tx, line, referral).await
    }

    /// Why a member is asked nothing at all just now, if that is so.
    fn asked_nothing(&self, member: &Askable, baseline: Option<&Baseline>) -> Option<NotAsked> {
        let (chapter, settings, now) = (&self.chapter, &self.settings, self.now);
        looking::asked_nothing(chapter, settings, now, member, baseline)
    }

    /// Whom a family that wants a second opinion knows from us: they are not asked, and cannot tell
    /// by the offer who asks.
    pub(crate) async fn known_to_family(&mut self, referral: &Referral) -> Result<Vec<MemberId>> {
        looking::known_to_family(self.tx, referral).await
    }

    /// Asks more widely: the next wish is let go that brings in somebody new. `None` where there is
    /// nobody left to ask.
    pub(crate) async fn widen(
        &mut self,
        referral: &mut Referral,
        actor: Actor,
    ) -> Result<Option<Asked>> {
        let (candidates, _) = self.candidates(referral).await?;
        let stages = candidates.iter().map(|candidate| candidate.stage).collect::<Vec<_>>();
        // Members who have come meanwhile may fit at the present widening.
        let here = stages.iter().any(|&stage| stage <= referral.widened);
        let Some(next) = (if here {
            Some(referral.widened)
        } else {
            matching::next_stage(&stages, referral.widened)
        }) else {
            return Ok(None);
        };
        referral.widened = next;
        let asked = self.ask_members(referral, actor).await?;
        if asked.now > 0 && referral.state == ReferralState::Queued {
            self.opens(referral).await?;
        }
        Ok(Some(asked))
    }

    pub(crate) async fn plan_hours(&mut self, referral: &Referral, at: Timestamp) -> Result<()> {
        let planned = self.tx.task_due_at(TaskKind::Hours, referral.id.as_uuid()).await?;
        if planned.is_none_or(|planned| at < planned) {
            self.plan(TaskKind::Hours, referral.id.as_uuid(), at).await?;
        }
        Ok(())
    }

    pub(crate) async fn plan_promise(&mut self, referral: &Referral) -> Result<()> {
        let Some(at) = referral.promised_at else { return Ok(()) };
        self.plan(TaskKind::Promise, referral.id.as_uuid(), at).await?;
        let from = referral.asking_from.unwrap_or(self.now);
        self.plan(
            TaskKind::DeadEnd,
            referral.id.as_uuid(),
            from.after(day_hours(i64::from(self.settings.dead_end_hours))),
        )
        .await?;
        Ok(())
    }
}
