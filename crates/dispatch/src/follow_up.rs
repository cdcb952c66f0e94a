//! Did you reach someone? Once, and a second try for those who did not.

use model::{ClaimKind, MessageKind, Outcome, ReferralId, ReferralState, Timestamp, day_hours};
use serde_json::json;
use storage::{Claim, Inquiry, Referral};

use crate::{
    Result,
    desk::{Actor, Desk},
    hand_off::polite,
    paging::Reason,
    texts::ToFamily,
};

/// Hours in which a follow-up may be answered; after them the outcome is unknown.
pub(crate) const ANSWER_HOURS: i64 = 48;

/// Where a person has the thread, the follow-up is looked at again after so many hours.
const TAKEN_HOURS: i64 = 12;

/// Why members are asked once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// The family answered our follow-up: it reached nobody.
    ReachedNobody,
    /// It said so of itself.
    Complains,
    /// It wants more names than it has.
    More,
}

impl Desk<'_> {
    /// The follow-up goes out, or has found no answer.
    pub(crate) async fn follow_up(&mut self, id: ReferralId) -> Result<Option<Timestamp>> {
        let Some((mut inquiry, mut referral)) = self.locked(id).await? else { return Ok(None) };
        if referral.state != ReferralState::HandedOff {
            return Ok(None);
        }
        if let Some(followed) = referral.followed_at {
            let end = followed.after(day_hours(ANSWER_HOURS));
            if self.now < end {
                return Ok(Some(end));
            }
            let outcome = *referral.outcome.get_or_insert(Outcome::NoAnswer);
            let reached = outcome == Outcome::Connected;
            let why = if reached { "connected" } else { "no_answer" };
            self.close(inquiry, referral, Actor::SERVICE, why).await?;
            return Ok(None);
        }
        if inquiry.is_taken() {
            return Ok(Some(self.now.after(day_hours(TAKEN_HOURS))));
        }
        let at = polite(self.now, &self.chapter.timezone);
        if at > self.now {
            return Ok(Some(at));
        }
        let names =
            self.named_members(id).await?.into_iter().map(|member| member.name).collect::<Vec<_>>();
        let text = ToFamily::FollowUp { names: &names, code: self.code_of(&referral) };
        let what = format!("follow_up:{id}:{}", referral.round);
        self.tell_family(&mut inquiry, Some(&referral), MessageKind::FollowUp, what, &text).await?;
        referral.followed_at = Some(self.now);
        self.record(&referral, Actor::SERVICE, "followed_up", json!({"names": names.len()}))
            .await?;
        self.save(&inquiry, &mut referral).await?;
        Ok(Some(self.now.after(day_hours(ANSWER_HOURS))))
    }

    /// The family reached somebody.
    pub(crate) async fn reached(
        &mut self,
        inquiry: Inquiry,
        mut referral: Referral,
        choice: Option<u32>,
        cause: &str,
    ) -> Result<()> {
        let members = self.named_members(referral.id).await?;
        let member = choice
            .and_then(|n| members.get(usize::try_from(n).ok()?.checked_sub(1)?))
            .map(|member| member.id);
        referral.outcome = Some(Outcome::Connected);
        self.record(
            &referral,
            Actor::FAMILY,
            "outcome",
            json!({"outcome": Outcome::Connected, "member": member}),
        )
        .await?;
        self.asks_for_score(inquiry, referral, cause).await
    }

    /// The family reached nobody: a second try under the same code, without those it was given.
    /// Where it only wants more names, it keeps those it has, and nothing is said of them.
    pub(crate) async fn second_try(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        why: Why,
        cause: &str,
    ) -> Result<()> {
        if why == Why::More {
            self.record(&referral, Actor::FAMILY, "more_asked", json!({})).await?;
        } else {
            referral.outcome = Some(Outcome::NoneYet);
            let detail = json!({"outcome": Outcome::NoneYet});
            self.record(&referral, Actor::FAMILY, "outcome", detail).await?;
        }
        let claims = self.tx.claims(referral.id).await?;
        let stands_by = claims.iter().any(|claim| claim.kind == ClaimKind::Standby);
        let kind = if why == Why::More { ClaimKind::Kept } else { ClaimKind::Replaced };
        for claim in claims {
            if claim.kind.holds_place() || claim.kind == ClaimKind::Kept {
                self.tx.save_claim(&Claim { kind, place: None, held_until: None, ..claim }).await?;
            }
        }
        referral.round += 1;
        referral.filled_at = None;
        referral.top_ups = 0;
        referral.followed_at = None;
        let asked = self.open_to_members(&mut referral, Actor::SERVICE).await?;
        let code = self.code_of(&referral);
        if asked.nobody() && !stands_by {
            // Nothing is promised where there is nobody to ask: a person must know, and it that one does.
            let facts = referral.facts.clone();
            let text = ToFamily::Held { facts: &facts, code: Some(code), care: self.care };
            let (kind, what) = (self.care.kind(), format!("reply:{cause}"));
            self.tell_family(&mut inquiry, Some(&referral), kind, what, &text).await?;
            self.hold(&mut inquiry, &mut referral, Reason::Unfilled, Actor::SERVICE).await?;
            return self.save(&inquiry, &mut referral).await;
        }
        let by = referral.promised_at.unwrap_or(self.now);
        let text = match why {
            Why::Complains => ToFamily::Reopened { code, by },
            Why::ReachedNobody => ToFamily::FollowUpAgain { code, by },
            Why::More => ToFamily::More { code, by },
        };
        self.tell_family(
            &mut inquiry,
            Some(&referral),
            MessageKind::Reply,
            format!("reply:{cause}"),
            &text,
        )
        .await?;
        if why != Why::More {
            self.page(Reason::Reopened, Some(inquiry.id), Some(referral.id), None).await?;
        }
        // Those who stood by were first in line all the time.
        self.move_up(&referral).await?;
        self.after_claims(&mut inquiry, &mut referral).await?;
        self.save(&inquiry, &mut referral).await
    }
}
