//! A member texts: what she means is read, and done.

use model::{
    ClaimKind, Code, MemberStatus, MessageKind, OfferState, Outcome, ReferralId, ReferralState,
    reading::{
        ClaimRef, Intent, MemberContext, MemberExtract, MemberReading, OpenOffer, ReactionEffect,
    },
};
use serde_json::{Value, json};
use storage::{Member, Referral};

use crate::{
    RegisteredLine, Result,
    claims::Claimed,
    desk::{About, Actor, Desk},
    outgoing::Belongs,
    paging::Reason,
    receive::{Text, codes_in},
    texts::{self, HeldPlace, ToMember},
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
        if self.wants_help_herself(line, &member, text).await?
            || self.confirms_wish(&member, text).await?
        {
            return Ok(());
        }
        let open = self.offered(&member).await?;
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
        if extract.did_you_mean.is_some()
            && let Some(over) = self.had_before(&reply).await?
        {
            return self.claims(reply, vec![over], extract, asked).await;
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
                self.tx.set_member_away(reply.member.id, None).await?;
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
                self.page(Reason::Unread, None, None, None).await?;
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
                self.page(Reason::Money, None, None, None).await?;
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

    /// Firm claims: each is judged, and she is told which place is hers, or that she stands by, or
    /// that it is filled.
    async fn claims(
        &mut self,
        reply: Reply<'_>,
        mut codes: Vec<Code>,
        extract: MemberExtract,
        asked: Option<&str>,
    ) -> Result<()> {
        if codes.is_empty() {
            codes.extend(only(&reply.open));
        }
        for declined in &extract.declined {
            self.decline(&reply.member, *declined).await?;
        }
        // Of several that were held while we asked, those she did not choose are free again.
        for held in
            asked.and_then(|asked| asked.strip_prefix("which:")).unwrap_or_default().split(',')
        {
            if let Ok(code) = held.parse::<Code>()
                && !codes.contains(&code)
            {
                self.decline(&reply.member, code).await?;
            }
        }
        let mut results = Vec::new();
        for code in &codes {
            let claimed = match self.referral_called(&reply, *code).await? {
                Some(referral) => {
                    let actor = Actor::member(reply.member.id);
                    let caveat = extract.caveat.as_deref();
                    self.claim(referral.id, &reply.member, ClaimKind::Firm, caveat, actor).await?
                }
                None => Claimed::Filled,
            };
            results.push((*code, claimed));
        }
        match results.as_slice() {
            [] => self.answer(&reply, None, &ToMember::NoneOpen { last: None }).await,
            [(code, claimed)] => {
                let code = *code;
                let caveat = extract.caveat.as_deref();
                let colleague = extract.colleague.as_deref();
                let text = match claimed {
                    Claimed::Firm(place) if colleague.is_some() => {
                        ToMember::SelfOnly { code, place: Some(*place), colleague }
                    }
                    Claimed::Standby if colleague.is_some() => {
                        ToMember::SelfOnly { code, place: None, colleague }
                    }
                    Claimed::Firm(place) | Claimed::Held(place) => {
                        ToMember::Claimed { code, place: *place, caveat }
                    }
                    Claimed::Standby => ToMember::Filled { code },
                    Claimed::Already(place) => ToMember::Already { code, place: Some(*place) },
                    Claimed::AlreadyStandby => ToMember::Already { code, place: None },
                    Claimed::Filled => ToMember::NoneOpen { last: Some(code) },
                };
                self.answer(&reply, Some(code), &text).await
            }
            several => {
                let claims = several
                    .iter()
                    .filter(|(_, claimed)| *claimed != Claimed::Filled)
                    .map(|(code, claimed)| HeldPlace {
                        code: *code,
                        place: match claimed {
                            Claimed::Firm(place)
                            | Claimed::Held(place)
                            | Claimed::Already(place) => Some(*place),
                            _ => None,
                        },
                        about: String::new(),
                    })
                    .collect::<Vec<_>>();
                if claims.is_empty() {
                    return self
                        .answer(&reply, None, &ToMember::NoneOpen { last: codes.first().copied() })
                        .await;
                }
                self.answer(&reply, None, &ToMember::ClaimedMany { claims: &claims }).await
            }
        }
    }

    /// A thumbs-up, a condition, a code one letter off: the place is held while we ask.
    async fn claims_perhaps(
        &mut self,
        reply: Reply<'_>,
        codes: Vec<Code>,
        why: Perhaps,
    ) -> Result<()> {
        let Some(code) = codes.first().copied().or_else(|| only(&reply.open)) else {
            return self.explain(&reply).await;
        };
        let Some(referral) = self.referral_called(&reply, code).await? else {
            return self.answer(&reply, Some(code), &ToMember::NoneOpen { last: Some(code) }).await;
        };
        let minutes = self.settings.hold_minutes;
        let actor = Actor::member(reply.member.id);
        let claimed =
            self.claim(referral.id, &reply.member, ClaimKind::Provisional, None, actor).await?;
        let text = match claimed {
            Claimed::Held(_) => {
                let awaiting = json!(format!("confirm:{code}"));
                self.tx.set_member_awaiting(reply.member.id, Some(&awaiting)).await?;
                match why {
                    Perhaps::Yes => ToMember::Confirm { code, minutes },
                    Perhaps::OnTerms => ToMember::ConfirmTerms { code, minutes },
                    Perhaps::MeansThisCode => ToMember::DidYouMean { code, minutes },
                }
            }
            Claimed::Firm(place) | Claimed::Already(place) => {
                ToMember::Already { code, place: Some(place) }
            }
            Claimed::Standby => ToMember::Standby { code },
            Claimed::AlreadyStandby => ToMember::Already { code, place: None },
            Claimed::Filled => ToMember::NoneOpen { last: Some(code) },
        };
        self.answer(&reply, Some(code), &text).await
    }

    /// A bare yes with several open is never guessed: all are held, and she is asked once.
    async fn claims_one_of(&mut self, reply: Reply<'_>, codes: Vec<Code>) -> Result<()> {
        let mut lines = Vec::new();
        for code in &codes {
            let Some(referral) = self.referral_called(&reply, *code).await? else { continue };
            let actor = Actor::member(reply.member.id);
            let claimed =
                self.claim(referral.id, &reply.member, ClaimKind::Provisional, None, actor).await?;
            if claimed != Claimed::Filled {
                let about = self.about(&referral);
                lines.push(texts::OpenOffer { code: *code, about });
            }
        }
        if lines.is_empty() {
            return self.answer(&reply, None, &ToMember::NoneOpen { last: None }).await;
        }
        let names = lines.iter().map(|line| line.code.to_string()).collect::<Vec<_>>().join(",");
        self.tx
            .set_member_awaiting(reply.member.id, Some(&json!(format!("which:{names}"))))
            .await?;
        let minutes = self.settings.hold_minutes;
        self.answer(&reply, None, &ToMember::Which { open: &lines, minutes }).await
    }

    /// She passes: no answer, as nobody waits for one.
    async fn declines(&mut self, reply: &Reply<'_>, mut codes: Vec<Code>) -> Result<()> {
        if codes.is_empty() {
            codes.extend(reply.open.iter().filter_map(|(referral, _)| referral.code));
        }
        for code in codes {
            self.decline(&reply.member, code).await?;
        }
        Ok(())
    }

    async fn decline(&mut self, member: &Member, code: Code) -> Result<()> {
        let Some(referral) = self.tx.referral_by_code(self.chapter.id, code).await? else {
            return Ok(());
        };
        let claims = self.tx.claims(referral.id).await?;
        let held = claims.iter().find(|claim| claim.member_id == member.id);
        if held
            .is_some_and(|claim| matches!(claim.kind, ClaimKind::Provisional | ClaimKind::Standby))
        {
            self.release(referral.id, member, ClaimKind::Dropped, Actor::member(member.id)).await?;
        }
        if let Some(mut offer) = self.tx.offer_to(referral.id, member.id).await?
            && matches!(offer.state, OfferState::Sent | OfferState::Claimed)
            && held.is_none_or(|claim| claim.kind != ClaimKind::Firm)
        {
            offer.state = OfferState::Passed;
            offer.answered_at = Some(self.now);
            self.tx.save_offer(&offer).await?;
            self.record(
                &referral,
                Actor::member(member.id),
                "passed",
                json!({"member": member.id}),
            )
            .await?;
        }
        Ok(())
    }

    async fn gives_back(&mut self, reply: &Reply<'_>, mut codes: Vec<Code>) -> Result<()> {
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

    async fn question(&mut self, reply: &Reply<'_>, code: Option<Code>) -> Result<()> {
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

    async fn status(&mut self, reply: &Reply<'_>, code: Option<Code>) -> Result<()> {
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
            .filter(|claim| claim.kind.holds_place() || claim.kind == ClaimKind::Standby)
            .map(|claim| claim.place);
        let taken = i64::try_from(taken).unwrap_or(0);
        self.answer(reply, Some(code), &ToMember::Status { code, taken, mine }).await
    }

    async fn list_open(&mut self, reply: &Reply<'_>) -> Result<()> {
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

    async fn list_mine(&mut self, reply: &Reply<'_>) -> Result<()> {
        let mut lines = Vec::new();
        for claim in self.tx.running_claims(reply.member.id).await? {
            let Some(referral) = self.tx.referral(claim.referral_id).await? else { continue };
            if let Some(code) = referral.code {
                lines.push(HeldPlace { code, place: claim.place, about: self.about(&referral) });
            }
        }
        self.answer(reply, None, &ToMember::Mine { lines: &lines }).await
    }

    async fn goes_away(&mut self, reply: &Reply<'_>, extract: &MemberExtract) -> Result<()> {
        let until =
            extract.away_until.as_deref().and_then(|day| day.parse::<jiff::civil::Date>().ok());
        let back = until.and_then(|day| self.chapter.timezone.instant(day.at(0, 0, 0, 0)));
        // Away without a day is away until she says so.
        let far = jiff::civil::date(9000, 1, 1).at(0, 0, 0, 0);
        let at = back.or_else(|| self.chapter.timezone.instant(far));
        self.tx.set_member_away(reply.member.id, at).await?;
        for (referral, _) in &reply.open {
            if let Some(code) = referral.code {
                self.decline(&reply.member, code).await?;
            }
        }
        let detail = json!({"member": reply.member.id, "until": extract.away_until});
        self.record(About(None, None), Actor::member(reply.member.id), "away", detail).await?;
        self.answer(reply, None, &ToMember::Away { until }).await
    }

    /// A wish about days or areas takes effect once she says yes to what we understood; what is not
    /// understood goes to the admin.
    async fn wishes(&mut self, reply: &Reply<'_>, extract: &MemberExtract) -> Result<()> {
        if extract.quiet_days.is_empty() && extract.exclude_areas.is_empty() {
            self.page(Reason::Unread, None, None, None).await?;
            return self.answer(reply, None, &ToMember::PreferenceNoted).await;
        }
        let wish =
            format!("wish:{};{}", extract.quiet_days.join(","), extract.exclude_areas.join(","));
        self.tx.set_member_awaiting(reply.member.id, Some(&json!(wish))).await?;
        let (quiet_days, exclude_areas) = (&extract.quiet_days[..], &extract.exclude_areas[..]);
        self.answer(reply, None, &ToMember::PreferenceAsk { quiet_days, exclude_areas }).await
    }

    /// She was asked about a wish, and says yes: it stands from now on.
    async fn confirms_wish(&mut self, member: &Member, text: &Text) -> Result<bool> {
        let asked = member
            .awaiting
            .as_ref()
            .and_then(Value::as_str)
            .and_then(|asked| asked.strip_prefix("wish:"));
        let Some((days, areas)) = asked.and_then(|wish| wish.split_once(';')) else {
            return Ok(false);
        };
        if !crate::receive::is_ok(text.body.reveal()) {
            return Ok(false);
        }
        let mut profile = member.profile.clone();
        let add = |have: &mut Vec<String>, more: &str| {
            for word in more.split(',').filter(|word| !word.is_empty()) {
                if !have.iter().any(|known| known == word) {
                    have.push(word.to_owned());
                }
            }
        };
        add(&mut profile.quiet_days, days);
        add(&mut profile.exclude_areas, areas);
        self.tx.set_member_profile(member.id, &profile).await?;
        self.tx.set_member_awaiting(member.id, None).await?;
        let detail = json!({"member": member.id, "quiet_days": profile.quiet_days, "exclude_areas": profile.exclude_areas});
        self.record(About(None, None), Actor::member(member.id), "wishes", detail).await?;
        let what = format!("reply:{}", text.id);
        self.tell_member(
            member,
            MessageKind::ClaimReply,
            what,
            Belongs::default(),
            &ToMember::PreferenceSet,
        )
        .await?;
        Ok(true)
    }

    async fn outcome(
        &mut self,
        reply: &Reply<'_>,
        code: Option<Code>,
        outcome: Outcome,
        extract: &MemberExtract,
    ) -> Result<()> {
        let referral = match code {
            Some(code) => self.tx.referral_by_code(self.chapter.id, code).await?,
            None => match self.tx.last_named(reply.member.id).await? {
                Some(id) => self.tx.referral(id).await?,
                None => None,
            },
        };
        let Some((referral, code)) =
            referral.and_then(|referral| referral.code.map(|code| (referral, code)))
        else {
            return self.explain(reply).await;
        };
        let mine = self
            .tx
            .claims(referral.id)
            .await?
            .iter()
            .any(|claim| claim.member_id == reply.member.id && claim.named_at.is_some());
        if !mine {
            return self.explain(reply).await;
        }
        // What members report is kept apart from what families say: it is an event, not the outcome.
        let detail = json!({"member": reply.member.id, "outcome": outcome, "as": extract.outcome, "visit": extract.visit_date});
        self.record(&referral, Actor::member(reply.member.id), "member_outcome", detail).await?;
        let text = if extract.redacted.is_empty() {
            ToMember::OutcomeThanks { code, booked: outcome == Outcome::Booked }
        } else {
            ToMember::NoClinical { code }
        };
        self.answer(reply, Some(code), &text).await
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

    /// A code in her text that was once put to her: then it is no slip of the finger for another.
    async fn had_before(&mut self, reply: &Reply<'_>) -> Result<Option<Code>> {
        for code in codes_in(reply.text.body.reveal()) {
            if let Some(referral) = self.tx.referral_by_code(self.chapter.id, code).await?
                && self.tx.offer_to(referral.id, reply.member.id).await?.is_some()
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

    /// The referrals that run and were offered to her, newest first. What she has not got yet is not
    /// among them: a yes, or a no, that names nothing cannot be meant for it.
    async fn offered(&mut self, member: &Member) -> Result<Vec<(Referral, i64)>> {
        let mut open = Vec::new();
        for (offer, reached) in self.tx.open_offers(member.id).await? {
            let Some(referral) = self.tx.referral(offer.referral_id).await? else { continue };
            if !referral.state.takes_claims()
                || (offer.state == OfferState::Passed && referral.state != ReferralState::Open)
            {
                continue;
            }
            let claims = self.tx.claims(referral.id).await?;
            let others = claims
                .iter()
                .filter(|claim| claim.kind.holds_place() && claim.member_id != member.id)
                .count();
            // What was handed off in full is over for those who have no part in it.
            let has_part = claims.iter().any(|claim| claim.member_id == member.id);
            let over = referral.state == ReferralState::HandedOff && others >= 3;
            if (over || !reached) && !has_part {
                continue;
            }
            open.push((referral, i64::try_from(others).unwrap_or(0)));
        }
        Ok(open)
    }

    async fn member_context(
        &mut self,
        member: &Member,
        open: &[(Referral, i64)],
        text: &Text,
    ) -> Result<MemberContext> {
        let mut already_claimed = None;
        if let Some(claim) = self.tx.running_claims(member.id).await?.first()
            && let Some(referral) = self.tx.referral(claim.referral_id).await?
        {
            already_claimed = Some(claim_ref(&referral, claim.place));
        }
        let last: Option<ReferralId> = self.tx.last_named(member.id).await?;
        let last_referral = match last {
            Some(id) => self.tx.referral(id).await?.map(|referral| claim_ref(&referral, None)),
            None => None,
        };
        let away = member.away_until.is_some_and(|until| until > self.now);
        let member_status = if away { "away".to_owned() } else { member.status.to_string() };
        let open_referrals = open
            .iter()
            .map(|(referral, others)| OpenOffer {
                code: referral.code.map(|code| code.to_string()).unwrap_or_default(),
                state: if *others >= 3 { "filled" } else { "collecting" }.to_owned(),
                claims: u32::try_from(*others).unwrap_or(0),
                slots: 3,
                area: match (&referral.facts.place.borough, referral.facts.place.label()) {
                    (Some(borough), label) if !label.contains(borough.as_str()) => {
                        format!("{label}, {borough}")
                    }
                    (_, label) => label,
                },
                visit: referral.facts.visit_types.first().cloned(),
                insurance: referral
                    .facts
                    .insurance
                    .as_ref()
                    .map(|insurance| insurance.payer.clone()),
                baby: referral.facts.baby.clone(),
                concerns: referral.facts.concerns.clone(),
                broadcast_at: referral.opened_at.map(|at| self.local(at)).unwrap_or_default(),
            })
            .collect();
        Ok(MemberContext {
            received_at: self.local(self.now),
            member_status,
            open_referrals,
            awaiting: member.awaiting.as_ref().and_then(Value::as_str).map(str::to_owned),
            already_claimed,
            last_referral,
            media: u32::try_from(text.media).unwrap_or(u32::MAX),
        })
    }

    /// We asked whether she needs help herself: if she does, what she wrote before is a family's text.
    async fn wants_help_herself(
        &mut self,
        line: &RegisteredLine,
        member: &Member,
        text: &Text,
    ) -> Result<bool> {
        let asked = member
            .awaiting
            .as_ref()
            .and_then(Value::as_str)
            .and_then(|asked| asked.strip_prefix("need:"));
        let Some(before) = asked.and_then(|id| id.parse().ok()) else { return Ok(false) };
        let said = text.body.reveal().trim().to_lowercase();
        if !["myself", "me", "i do", "help myself", "yes myself"]
            .contains(&said.trim_end_matches(['.', '!']))
        {
            return Ok(false);
        }
        self.tx.set_member_awaiting(member.id, None).await?;
        let Some(phone) = self.tx.phone(member.phone_id).await? else { return Ok(false) };
        self.family_texts(line, &phone, text).await?;
        if let Some(inquiry) = self.tx.open_inquiry_of(line.id, phone.id).await? {
            // Only what she asked is to be read, not her answer to our question.
            self.tx.mark_read(inquiry.id, self.now).await?;
            self.tx.assign_inbound(before, inquiry.id).await?;
        }
        Ok(true)
    }
}

/// Why a claim is held rather than taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Perhaps {
    /// A thumbs-up, an "ok".
    Yes,
    /// She asks about her own times or terms.
    OnTerms,
    /// Her code is one letter off.
    MeansThisCode,
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

/// Whether a question is for what no member is told before a family calls her: its number, its
/// address, its name. A visit by phone is another matter.
fn asks_for_the_family(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    let private = ["number", "phone", "contact", "address", "email", "name", "surname"];
    words.any(|word| private.contains(&word))
        && !["visit", "consult", "virtual", "video"].iter().any(|other| lower.contains(other))
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

fn claim_ref(referral: &Referral, place: Option<i64>) -> ClaimRef {
    ClaimRef {
        code: referral.code.map(|code| code.to_string()).unwrap_or_default(),
        state: match referral.state {
            ReferralState::HandedOff => "names_sent".to_owned(),
            state => state.to_string(),
        },
        position: place.and_then(|place| u32::try_from(place).ok()),
    }
}
