//! The gate: where a chapter's policy collects claims before it gives places.
//!
//! While claims are collected nobody has a place: who claims is `collected`, in her turn, and
//! `referrals.collects_until` says so. Whoever comes first after the time is over (the planned
//! `gate` task, a claim, the promised time) gives the places under the referral's lock, once. Claims
//! are collected when a referral is first put to the members, and where a person held it back before
//! anybody had a place; never after that: on a second try the family has waited already, and nobody who
//! was told of a place of hers loses it to a policy.

mod giving;

use jiff::SignedDuration;
use model::{ClaimKind, ReferralId, ReferralState, TaskKind, Timestamp, seconds};
use serde_json::json;
use storage::{Claim, Inquiry, Member, Referral};

use crate::{
    Result,
    ahead::APART,
    claims::{Claimed, Wanted},
    desk::{Actor, Desk},
    policy::{Gate, Terms},
};

/// While copies are on their way it is looked whether all are out: every so often, and less often
/// while many wait.
const LOOK: SignedDuration = seconds(2);
const LOOK_AT_LEAST: SignedDuration = seconds(10);

impl Desk<'_> {
    /// The members are asked from now on, by the chapter's policy: it is the referral's own for as
    /// long as places are given. The caller keeps the row.
    pub(crate) async fn opens(&mut self, referral: &mut Referral) -> Result<()> {
        referral.state = ReferralState::Open;
        referral.opened_at = Some(self.now);
        let gate = Terms::under(referral.policy, &self.settings).gate();
        let claims = self.tx.claims(referral.id).await?;
        let first = referral.round == 1
            && referral.names_at.is_none()
            && !claims.iter().any(|claim| claim.kind.holds_place());
        let Some(most) = gate.latest().filter(|_| first) else {
            // What was collected before a person held it back, under another policy.
            return self.give_places(referral).await;
        };
        // Nobody waits for it past the time by which the family was promised names.
        let latest = self.now.after(most);
        let latest = referral.promised_at.map_or(latest, |promised| promised.min(latest));
        referral.collects_until = Some(latest);
        let look = match gate {
            Gate::WhenAllAreAsked(_) => latest.min(self.now.after(LOOK)),
            _ => latest,
        };
        self.plan(TaskKind::Gate, referral.id.as_uuid(), look).await
    }

    /// Whether claims are still to be collected.
    async fn still_collects(&mut self, referral: &Referral) -> Result<bool> {
        let Some(until) = referral.collects_until else { return Ok(false) };
        let gate = Terms::under(referral.policy, &self.settings).gate();
        // Later than it can be, it was counted by a clock that was ahead and has been set back.
        let far = self.now.after(gate.latest().unwrap_or_default()).after(APART);
        if referral.state != ReferralState::Open || self.now >= until || until > far {
            return Ok(false);
        }
        Ok(match gate {
            Gate::Open => false,
            Gate::After(_) => true,
            Gate::WhenAllAreAsked(_) => self.tx.copies_waiting(referral.id).await? > 0,
        })
    }

    /// Gives the places of those who were collected, if it is time, and does what follows from it.
    pub(crate) async fn gate_if_due(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
    ) -> Result<()> {
        if referral.collects_until.is_none() || self.still_collects(referral).await? {
            return Ok(());
        }
        self.give_places(referral).await?;
        self.after_claims(inquiry, referral).await?;
        self.save(inquiry, referral).await
    }

    /// The gate may open: places are given if it is time. Gives when to look again.
    pub(crate) async fn gate_opens(&mut self, id: ReferralId) -> Result<Option<Timestamp>> {
        let Some((mut inquiry, mut referral)) = self.locked(id).await? else { return Ok(None) };
        // Where a person has it, it waits until she releases it.
        if referral.state != ReferralState::Open {
            return Ok(None);
        }
        self.gate_if_due(&mut inquiry, &mut referral).await?;
        let Some(until) = referral.collects_until else { return Ok(None) };
        Ok(Some(match Terms::under(referral.policy, &self.settings).gate() {
            Gate::WhenAllAreAsked(_) => {
                let waiting = self.tx.copies_waiting(id).await?;
                let look = SignedDuration::from_millis(waiting.saturating_mul(500));
                until.min(self.now.after(look.clamp(LOOK, LOOK_AT_LEAST)))
            }
            _ => until,
        }))
    }

    /// Keeps a member's claim for when places are given. The first one she made counts, and so does
    /// the moment at which she made it; what she confirms or adds later changes neither.
    pub(crate) async fn collect(
        &mut self,
        referral: &Referral,
        member: &Member,
        wanted: Wanted<'_>,
        until: Timestamp,
        actor: Actor,
    ) -> Result<Claimed> {
        let claims = self.tx.claims(referral.id).await?;
        let own = claims.iter().find(|claim| claim.member_id == member.id);
        let certain = wanted.kind == ClaimKind::Firm;
        let held_until = (!certain).then(|| self.hold_ends());
        match own.filter(|own| own.kind == ClaimKind::Collected) {
            Some(own) => {
                let held_until = own.held_until.filter(|_| !certain);
                let caveat = wanted.caveat.map(str::to_owned).or_else(|| own.caveat.clone());
                self.tx.save_claim(&Claim { held_until, caveat, ..own.clone() }).await?;
                if own.held_until.is_none() {
                    return Ok(Claimed::Collected(until));
                }
            }
            None => {
                let wanted = Wanted { kind: ClaimKind::Collected, ..wanted };
                self.put_claim(referral, member, wanted, None, &claims, held_until).await?;
            }
        }
        self.offer_is_claimed(referral, member).await?;
        let detail =
            json!({"member": member.id, "certain": certain, "caveat": wanted.caveat.is_some()});
        self.record(referral, actor, "collected", detail).await?;
        match held_until.filter(|_| !certain) {
            Some(held_until) => {
                self.plan_hold(referral, held_until).await?;
                Ok(Claimed::TurnKept)
            }
            None => Ok(Claimed::Collected(until)),
        }
    }
}
