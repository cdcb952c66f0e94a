//! Claims: taking a place, confirming it, giving it back, moving up.

use model::{
    ActorKind, ClaimId, ClaimKind, Code, MessageKind, OfferState, ReferralId, ReferralState,
    TaskKind, Timestamp, minutes,
};
use serde_json::{Value, json};
use storage::{Claim, Inquiry, Member, NewClaim, Referral};

use crate::{
    Result,
    desk::{Actor, Desk},
    outgoing::Belongs,
    places::{self, Judged},
    texts::ToMember,
    waiting::{Step, waited},
};

/// What a member wants with her claim.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Firm, or provisional where she is asked first.
    pub(crate) kind: ClaimKind,
    /// Her condition, as the family is to read it.
    pub(crate) caveat: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    /// A place, for certain.
    pub(crate) fn firmly(caveat: Option<&'a str>) -> Self {
        Self { kind: ClaimKind::Firm, caveat }
    }

    /// A place, perhaps: she is asked.
    pub(crate) fn perhaps() -> Self {
        Self { kind: ClaimKind::Provisional, caveat: None }
    }
}

/// What a member is asked of whom a claim may be meant: whether she wants this one. Her word to it is
/// awaited so.
pub(crate) fn confirms(code: Code) -> Value {
    json!(format!("confirm:{code}"))
}

/// What became of a claim, for whoever answers the member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Claimed {
    /// She has this place.
    Firm(i64),
    /// This place is held for her.
    Held(i64),
    /// She stands by.
    Standby,
    /// She had this place already.
    Already(i64),
    /// She stood by already.
    AlreadyStandby,
    /// Her claim is kept: places are given later, at this time at the latest.
    Collected(Timestamp),
    /// The same, and she is asked whether she means it.
    TurnKept,
    /// The referral takes no claims any more.
    Filled,
}

impl Claimed {
    /// Which place she has by it, or is held for her.
    fn place(self) -> Option<i64> {
        match self {
            Self::Firm(place) | Self::Held(place) | Self::Already(place) => Some(place),
            _ => None,
        }
    }
}

impl Desk<'_> {
    /// Judges a member's claim under the referral's lock, and does what follows from it: the names go
    /// out as soon as three are firm.
    pub(crate) async fn claim(
        &mut self,
        referral: ReferralId,
        member: &Member,
        wanted: Wanted<'_>,
        actor: Actor,
    ) -> Result<Claimed> {
        let Some((mut inquiry, mut referral)) = self.locked(referral).await? else {
            return Ok(Claimed::Filled);
        };
        if !referral.state.takes_claims() {
            return Ok(Claimed::Filled);
        }
        // Barred meanwhile, also on another node: whoever bars her waits for this, or this for them.
        let now = self.tx.member_for_update(member.id).await?;
        if actor.0 == ActorKind::Member && now.is_none_or(|now| roster::bars(now.status)) {
            return Ok(Claimed::Filled);
        }
        // What a family wants another's view of, nobody it knows from us takes part in, however she
        // heard of the code.
        if actor.0 == ActorKind::Member
            && self.known_to_family(&referral).await?.contains(&member.id)
        {
            return Ok(Claimed::Filled);
        }
        self.gate_if_due(&mut inquiry, &mut referral).await?;
        if let Some(until) = referral.collects_until {
            return self.collect(&referral, member, wanted, until, actor).await;
        }
        let claims = self.tx.claims(referral.id).await?;
        let own = claims.iter().find(|claim| claim.member_id == member.id);
        // A second try goes on without those whom the family could not reach. Only a person may put
        // one of them back.
        // Nor does whoever it has already take another place.
        let gone = |own: &Claim| {
            matches!(own.kind, ClaimKind::Replaced | ClaimKind::Kept) && own.named_at.is_some()
        };
        if actor.0 == ActorKind::Member && own.is_some_and(gone) {
            return Ok(Claimed::Filled);
        }
        let (kind, claimed) = match places::judge(&claims, member.id, wanted.kind) {
            Judged::AlreadyPlaced(place) => {
                if let (Some(_), Some(own)) = (wanted.caveat, own) {
                    self.keep_own(own, own.kind, wanted).await?;
                }
                return Ok(Claimed::Already(place));
            }
            Judged::AlreadyStandingBy => return Ok(Claimed::AlreadyStandby),
            Judged::Confirmed(place) => {
                if let Some(own) = own {
                    self.keep_own(own, ClaimKind::Firm, wanted).await?;
                }
                (ClaimKind::Firm, Claimed::Firm(place))
            }
            Judged::Place(place) if wanted.kind == ClaimKind::Provisional => {
                let until = self.hold_ends();
                self.put_claim(&referral, member, wanted, Some(place), &claims, Some(until))
                    .await?;
                self.plan_hold(&referral, until).await?;
                (ClaimKind::Provisional, Claimed::Held(place))
            }
            Judged::Place(place) => {
                self.put_claim(&referral, member, wanted, Some(place), &claims, None).await?;
                (ClaimKind::Firm, Claimed::Firm(place))
            }
            Judged::Standby => {
                let wanted = Wanted { kind: ClaimKind::Standby, ..wanted };
                self.put_claim(&referral, member, wanted, None, &claims, None).await?;
                (ClaimKind::Standby, Claimed::Standby)
            }
        };
        self.offer_is_claimed(&referral, member).await?;
        let (place, caveat) = (claimed.place(), wanted.caveat.is_some());
        let detail = json!({"member": member.id, "kind": kind, "place": place, "caveat": caveat});
        self.record(&referral, actor, "claimed", detail).await?;
        if referral.round == 1
            && place.is_some()
            && own.is_none_or(|own| own.place.is_none())
            && let Some(step) = Step::of_place(&claims)
        {
            waited(step, &inquiry, self.now);
        }
        self.after_claims(&mut inquiry, &mut referral).await?;
        self.save(&inquiry, &mut referral).await?;
        Ok(claimed)
    }

    /// Keeps what a member says of the claim she has: she confirms it, or adds a condition.
    async fn keep_own(&mut self, own: &Claim, kind: ClaimKind, wanted: Wanted<'_>) -> Result<()> {
        let caveat = wanted.caveat.map(str::to_owned).or_else(|| own.caveat.clone());
        let held_until = own.held_until.filter(|_| kind != ClaimKind::Firm);
        Ok(self.tx.save_claim(&Claim { kind, held_until, caveat, ..own.clone() }).await?)
    }

    /// The member has answered her copy of the broadcast, if she has one, with a claim.
    pub(crate) async fn offer_is_claimed(
        &mut self,
        referral: &Referral,
        member: &Member,
    ) -> Result<()> {
        if let Some(mut offer) = self.tx.offer_to(referral.id, member.id).await? {
            offer.state = OfferState::Claimed;
            offer.answered_at = Some(self.now);
            self.tx.save_offer(&offer).await?;
        }
        Ok(())
    }

    /// Until when a place, or a turn, is kept for a member who is asked now.
    pub(crate) fn hold_ends(&self) -> Timestamp {
        self.now.after(minutes(i64::from(self.settings.hold_minutes)))
    }

    pub(crate) async fn put_claim(
        &mut self,
        referral: &Referral,
        member: &Member,
        wanted: Wanted<'_>,
        place: Option<i64>,
        claims: &[Claim],
        held_until: Option<Timestamp>,
    ) -> Result<()> {
        let claim = NewClaim {
            id: ClaimId::generate(self.now, &self.shared.chance),
            chapter_id: self.chapter.id,
            referral_id: referral.id,
            member_id: member.id,
            kind: wanted.kind,
            place,
            turn: places::next_turn(claims),
            caveat: wanted.caveat.map(str::to_owned),
            held_until,
            now: self.now,
        };
        Ok(self.tx.put_claim(&claim).await?)
    }

    /// What follows from the places as they stand now.
    pub(crate) async fn after_claims(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
    ) -> Result<()> {
        let claims = self.tx.claims(referral.id).await?;
        if places::free_place(&claims).is_none() {
            // Nobody who has not seen the offer needs to.
            self.tx.take_back_unseen_offers(referral.id, self.now).await?;
        }
        if places::firm(&claims) == model::referral::PLACES && referral.filled_at.is_none() {
            referral.filled_at = Some(self.now);
            if referral.state == ReferralState::Open {
                referral.state = ReferralState::Filled;
            }
            self.record(&*referral, Actor::SERVICE, "filled", json!({})).await?;
        }
        self.hand_off_if_due(inquiry, referral).await
    }

    /// A member gives her place, or her standing by, back. `None` where she had neither; else whether
    /// the family had her name.
    pub(crate) async fn release(
        &mut self,
        referral: ReferralId,
        member: &Member,
        kind: ClaimKind,
        actor: Actor,
    ) -> Result<Option<bool>> {
        let Some((mut inquiry, mut referral)) = self.locked(referral).await? else {
            return Ok(None);
        };
        let claims = self.tx.claims(referral.id).await?;
        let own = claims.iter().find(|claim| claim.member_id == member.id);
        let Some(own) = own.filter(|own| own.kind.takes_part()) else { return Ok(None) };
        let (had_place, named, turn) = (own.kind.holds_place(), own.named_at.is_some(), own.turn);
        let given_back = Claim { kind, place: None, held_until: None, ..own.clone() };
        self.tx.save_claim(&given_back).await?;
        let detail =
            json!({"member": member.id, "had_place": had_place, "named": named, "as": kind});
        self.record(&referral, actor, "released", detail).await?;
        let kept = own.kind == ClaimKind::Kept;
        if (had_place || kept) && !referral.state.is_over() {
            if had_place {
                referral.filled_at = None;
                if referral.state == ReferralState::Filled {
                    referral.state = ReferralState::Open;
                }
                self.move_up(&referral).await?;
            }
            if named {
                self.replace_named(&mut inquiry, &mut referral, member, turn).await?;
            } else {
                self.after_claims(&mut inquiry, &mut referral).await?;
            }
        }
        self.save(&inquiry, &mut referral).await?;
        Ok(Some(named))
    }

    /// Gives every free place to whoever has stood by longest, and tells her.
    pub(crate) async fn move_up(&mut self, referral: &Referral) -> Result<()> {
        loop {
            let Some(place) = places::free_place(&self.tx.claims(referral.id).await?) else {
                return Ok(());
            };
            let claims = self.standing_claims(referral.id).await?;
            let Some(next) = places::next_in_line(&claims) else { return Ok(()) };
            let up = Claim { kind: ClaimKind::Firm, place: Some(place), ..next.clone() };
            self.tx.save_claim(&up).await?;
            let detail = json!({"member": up.member_id, "place": place});
            self.record(referral, Actor::SERVICE, "moved_up", detail).await?;
            if let Some(member) = self.tx.member(up.member_id).await? {
                let text = ToMember::MovedUp { code: self.code_of(referral), place };
                let what = format!("moved_up:{}:{}:{}", referral.id, up.id, self.now.as_micros());
                self.tell_member(
                    &member,
                    MessageKind::ClaimReply,
                    what,
                    Belongs::to(referral),
                    &text,
                )
                .await?;
            }
        }
    }

    /// The ten minutes of provisional claims are over. Gives when the next ones are.
    pub(crate) async fn holds_lapse(&mut self, id: ReferralId) -> Result<Option<Timestamp>> {
        let Some((mut inquiry, mut referral)) = self.locked(id).await? else { return Ok(None) };
        self.shorten_holds(id).await?;
        self.lapse(&referral, self.now).await?;
        if !referral.state.is_over() {
            self.after_claims(&mut inquiry, &mut referral).await?;
        }
        self.save(&inquiry, &mut referral).await?;
        Ok(places::next_lapse(&self.tx.claims(id).await?))
    }

    /// What is held for members who were to confirm ends when they were told, also where a person had
    /// the referral meanwhile. The caller keeps the row.
    pub(crate) async fn resume_holds(&mut self, referral: &Referral) -> Result<()> {
        self.lapse(referral, self.now).await?;
        match places::next_lapse(&self.tx.claims(referral.id).await?) {
            Some(until) => self.plan_hold(referral, until).await,
            None => Ok(()),
        }
    }

    /// Nobody's place is held for longer than it may be: what lies further ahead was counted by a
    /// clock that has been set back.
    async fn shorten_holds(&mut self, referral: ReferralId) -> Result<()> {
        let longest = self.hold_ends();
        for claim in self.tx.claims(referral).await? {
            if claim.held_until.is_some_and(|until| until > longest) {
                self.tx.save_claim(&Claim { held_until: Some(longest), ..claim }).await?;
            }
        }
        Ok(())
    }

    /// Ends provisional claims held no longer than `until`; standby moves up.
    pub(crate) async fn lapse(&mut self, referral: &Referral, until: Timestamp) -> Result<()> {
        let claims = self.tx.claims(referral.id).await?;
        for claim in places::lapsed(&claims, until) {
            let over =
                Claim { kind: ClaimKind::Lapsed, place: None, held_until: None, ..claim.clone() };
            self.tx.save_claim(&over).await?;
            self.record(referral, Actor::SERVICE, "lapsed", json!({"member": claim.member_id}))
                .await?;
            if let Some(member) = self.tx.member(claim.member_id).await? {
                if member.awaiting == Some(confirms(self.code_of(referral))) {
                    self.tx.set_member_awaiting(member.id, None).await?;
                }
                let text = ToMember::Lapsed { code: self.code_of(referral) };
                let what = format!("lapsed:{}:{}", claim.id, claim.turn);
                self.tell_member(
                    &member,
                    MessageKind::ClaimReply,
                    what,
                    Belongs::to(referral),
                    &text,
                )
                .await?;
            }
        }
        self.move_up(referral).await
    }

    /// How many places of a referral are firm.
    pub(crate) async fn firm_places(&mut self, referral: ReferralId) -> Result<i64> {
        Ok(places::firm(&self.tx.claims(referral).await?))
    }

    pub(crate) async fn plan_hold(&mut self, referral: &Referral, until: Timestamp) -> Result<()> {
        let planned = self.tx.task_due_at(TaskKind::Hold, referral.id.as_uuid()).await?;
        if planned.is_none_or(|planned| until < planned) {
            self.plan(TaskKind::Hold, referral.id.as_uuid(), until).await?;
        }
        Ok(())
    }

    /// A member who leaves gives back everything she holds.
    pub(crate) async fn release_all(&mut self, member: &Member, actor: Actor) -> Result<()> {
        for claim in self.tx.running_claims(member.id).await? {
            self.release(claim.referral_id, member, ClaimKind::Dropped, actor).await?;
        }
        Ok(())
    }
}
