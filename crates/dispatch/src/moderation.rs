//! What a person of the chapter may do to a referral; and how a referral ends.

use futures_util::future::BoxFuture;
use model::{
    AdminId, ClaimKind, InquiryState, MemberId, MessageKind, PhoneId, ReferralId, ReferralState,
    TaskKind, TokenId,
};
use roster::Person;
use serde_json::json;
use storage::{Inquiry, Member, Referral};

use crate::{
    Dispatch, Result,
    claims::Wanted,
    corrections::Correction,
    desk::{Actor, Desk},
    outgoing::Belongs,
    paging::Reason,
    texts::{Care, ToMember},
};

/// Who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// One of the chapter's people.
    Admin(AdminId),
    /// A program with a token of the chapter's.
    Token(TokenId),
}

impl From<AdminId> for By {
    fn from(admin: AdminId) -> Self {
        Self::Admin(admin)
    }
}

impl From<TokenId> for By {
    fn from(token: TokenId) -> Self {
        Self::Token(token)
    }
}

impl From<By> for Actor {
    fn from(by: By) -> Self {
        match by {
            By::Admin(admin) => Self::admin(admin),
            By::Token(token) => Self::token(token),
        }
    }
}

/// Something a person decides about a referral.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Put it to the members now.
    Release,
    /// Take it from the service into one's own hands.
    Hold,
    /// Ask more widely.
    Widen,
    /// End it, and say nothing to the family.
    Close,
    /// End it, and tell a family that waits for names that nobody is asked any more.
    CloseAndTell,
    /// Give a member a place, for a claim made elsewhere; with her condition, as the family is to read it.
    AddClaim(MemberId, Option<String>),
    /// Give a member's place to whoever stands by.
    Replace(MemberId),
    /// Close it in favour of another that the same family began.
    MergeInto(ReferralId),
    /// Put right what was read.
    Correct(Correction),
    /// Answer the calls for attention about it.
    Seen,
}

/// Why a decision was not carried out; nothing of the referral changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The chapter has no such referral.
    #[error("there is no such referral in this chapter")]
    NotFound,
    /// Its state does not allow it.
    #[error("a referral that is {0} cannot be changed so")]
    State(ReferralState),
    /// Somebody else changed it first.
    #[error("somebody changed it meanwhile: look again")]
    Changed,
    /// The member is not one of the chapter's, or has no place.
    #[error("that member has no part in this referral")]
    Member,
    /// One of the chapter's people decides about herself.
    #[error("somebody else must decide about your own place")]
    OwnPlace,
    /// A correction in words that cannot be understood.
    #[error("what was entered cannot be understood")]
    NotUnderstood,
    /// Nobody is left to ask.
    #[error("there is nobody left to ask")]
    Nobody,
}

impl Dispatch {
    /// Carries out a decision of one of the chapter's people, or of a program with its token.
    /// `version` is the version that was seen; where the referral has changed since, nothing is done.
    ///
    /// A person's decision answers the calls for attention about the referral, also where it is
    /// refused: she is looking at it. A program's does not: somebody is still to look.
    ///
    /// # Errors
    /// Where the database failed. A decision that is not carried out is no error but a [`Refusal`].
    pub fn decide(
        &self,
        chapter: model::ChapterId,
        referral: ReferralId,
        by: By,
        version: Option<i64>,
        decision: Decision,
    ) -> BoxFuture<'_, Result<Result<(), Refusal>>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| {
                Box::pin(desk.decide(referral, by, version, decision))
            })
            .await
        })
    }

    /// Blocks a number, or lifts the block. What waits for it is dropped.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn set_blocked(
        &self,
        chapter: model::ChapterId,
        phone: PhoneId,
        by: AdminId,
        blocked: bool,
    ) -> BoxFuture<'_, Result<bool>> {
        Box::pin(async move {
            self.at_desk(chapter, move |desk| {
                Box::pin(async move {
                    let Some(row) =
                        desk.tx.phone(phone).await?.filter(|row| row.chapter_id == desk.chapter.id)
                    else {
                        return Ok(false);
                    };
                    let at = blocked.then_some(desk.now);
                    desk.tx.set_phone_blocked(row.id, at).await?;
                    if blocked {
                        desk.tx
                            .drop_waiting(row.id, None, model::ErrorClass::Suppressed, desk.now)
                            .await?;
                    }
                    let kind = if blocked { "blocked" } else { "unblocked" };
                    desk.record(
                        crate::desk::About(None, None),
                        Actor::admin(by),
                        kind,
                        json!({"phone": phone}),
                    )
                    .await?;
                    Ok(true)
                })
            })
            .await
        })
    }
}

impl Desk<'_> {
    async fn decide(
        &mut self,
        id: ReferralId,
        by: By,
        version: Option<i64>,
        decision: Decision,
    ) -> Result<Result<(), Refusal>> {
        if let Decision::MergeInto(into) = decision {
            return self.merge(id, into, by, version).await;
        }
        let Some((mut inquiry, mut referral)) = self.locked(id).await? else {
            return Ok(Err(Refusal::NotFound));
        };
        if version.is_some_and(|seen| seen != referral.version) {
            return Ok(Err(Refusal::Changed));
        }
        let actor = Actor::from(by);
        if let By::Admin(admin) = by {
            self.answer_pages(admin, Some(id)).await?;
        }
        match decision {
            // What is about two has locked both above.
            Decision::Seen | Decision::MergeInto(_) => {}
            Decision::Release => {
                if !matches!(referral.state, ReferralState::Held | ReferralState::Gathering) {
                    return Ok(Err(Refusal::State(referral.state)));
                }
                let Some(reading) = inquiry.reading.clone() else {
                    return Ok(Err(Refusal::State(referral.state)));
                };
                self.record(&referral, actor, "released_by_admin", json!({})).await?;
                self.open_and_tell(inquiry, referral, &reading, Care::default(), actor).await?;
            }
            Decision::Hold => {
                if !matches!(
                    referral.state,
                    ReferralState::Gathering | ReferralState::Queued | ReferralState::Open
                ) {
                    return Ok(Err(Refusal::State(referral.state)));
                }
                self.take_into_hands(&mut inquiry, &mut referral, actor).await?;
                self.save(&inquiry, &mut referral).await?;
            }
            Decision::Widen => {
                if !matches!(
                    referral.state,
                    ReferralState::Queued | ReferralState::Open | ReferralState::HandedOff
                ) {
                    return Ok(Err(Refusal::State(referral.state)));
                }
                if self.widen(&mut referral, actor).await?.is_none() {
                    return Ok(Err(Refusal::Nobody));
                }
                self.save(&inquiry, &mut referral).await?;
            }
            Decision::Close | Decision::CloseAndTell => {
                if referral.state.is_over() {
                    return Ok(Err(Refusal::State(referral.state)));
                }
                if decision == Decision::CloseAndTell {
                    self.tell_closed(&inquiry, &referral, by).await?;
                }
                let reason = match by {
                    By::Admin(_) => "closed_by_admin",
                    By::Token(_) => "closed_by_program",
                };
                self.close(inquiry, referral, actor, reason).await?;
            }
            Decision::Correct(correction) => {
                return self.correct(inquiry, referral, by, &correction).await;
            }
            Decision::AddClaim(member, caveat) => {
                return self.claim_elsewhere(&referral, member, caveat.as_deref(), by).await;
            }
            Decision::Replace(member) => {
                let Some(member) = self.tx.member(member).await? else {
                    return Ok(Err(Refusal::Member));
                };
                if self.would_move_up(by, id, member.id).await? {
                    return Ok(Err(Refusal::OwnPlace));
                }
                if self.release(id, &member, ClaimKind::Replaced, actor).await?.is_none() {
                    return Ok(Err(Refusal::Member));
                }
            }
        }
        Ok(Ok(()))
    }

    /// Nobody further is asked until a person releases it. The caller keeps the rows.
    pub(crate) async fn take_into_hands(
        &mut self,
        inquiry: &mut Inquiry,
        referral: &mut Referral,
        actor: Actor,
    ) -> Result<()> {
        self.tx.take_back_unseen_offers(referral.id, self.now).await?;
        self.unplan_all(referral).await?;
        inquiry.state = InquiryState::Referred;
        referral.state = ReferralState::Held;
        referral.hold_reason = Some(Reason::Held.to_string());
        self.record(&*referral, actor, "held", json!({"reason": Reason::Held})).await
    }

    /// Whether who decides is this member too, by her number or her e-mail address.
    async fn is_herself(&mut self, by: By, member: &Member) -> Result<bool> {
        let By::Admin(admin) = by else { return Ok(false) };
        let Some(admin) = self.tx.admin(admin).await? else { return Ok(false) };
        Ok(Person::Admin(admin.id, admin.phone_id).is(self.tx, member).await?)
    }

    /// Whether who takes a place from this member stands by for it herself.
    async fn would_move_up(&mut self, by: By, id: ReferralId, from: MemberId) -> Result<bool> {
        for claim in self.tx.claims(id).await? {
            if claim.member_id != from
                && claim.kind == ClaimKind::Standby
                && let Some(member) = self.tx.member(claim.member_id).await?
                && self.is_herself(by, &member).await?
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// A claim made elsewhere, in the members' group say, entered by the admin. Nobody gives herself a
    /// place.
    async fn claim_elsewhere(
        &mut self,
        referral: &Referral,
        member: MemberId,
        caveat: Option<&str>,
        by: By,
    ) -> Result<Result<(), Refusal>> {
        let Some(member) =
            self.tx.member(member).await?.filter(|member| member.chapter_id == self.chapter.id)
        else {
            return Ok(Err(Refusal::Member));
        };
        if self.is_herself(by, &member).await? {
            return Ok(Err(Refusal::OwnPlace));
        }
        let claimed =
            self.claim(referral.id, &member, Wanted::firmly(caveat), Actor::from(by)).await?;
        let code = self.code_of(referral);
        let what = format!("claimed_elsewhere:{}:{}:{}", referral.id, member.id, self.message_id());
        let text = match claimed {
            crate::claims::Claimed::Firm(place) => ToMember::Claimed { code, place, caveat },
            crate::claims::Claimed::Standby => ToMember::Standby { code },
            crate::claims::Claimed::Collected(by) => ToMember::Collected { code, by },
            crate::claims::Claimed::Filled => return Ok(Err(Refusal::State(referral.state))),
            _ => return Ok(Ok(())),
        };
        self.tell_member(&member, MessageKind::ClaimReply, what, Belongs::to(referral), &text)
            .await?;
        Ok(Ok(()))
    }

    /// Ends a referral. Members who wait for its names are told.
    pub(crate) async fn close(
        &mut self,
        inquiry: Inquiry,
        referral: Referral,
        actor: Actor,
        reason: &str,
    ) -> Result<()> {
        self.end(inquiry, referral, actor, ReferralState::Closed, reason).await
    }

    /// A family calls its request off, or wants no more texts: its inquiry ends, and its referral with
    /// it.
    pub(crate) async fn withdraw(
        &mut self,
        mut inquiry: Inquiry,
        actor: Actor,
        reason: &str,
    ) -> Result<()> {
        if let Some(referral) = self.tx.referral_of_inquiry(inquiry.id).await?
            && let Some(referral) = self.tx.referral_for_update(referral.id).await?
        {
            return self.end(inquiry, referral, actor, ReferralState::Withdrawn, reason).await;
        }
        inquiry.state = InquiryState::Closed;
        inquiry.closed_at = Some(self.now);
        inquiry.close_reason = Some(reason.to_owned());
        self.record(&inquiry, actor, "inquiry_closed", json!({"reason": reason})).await?;
        self.tx.save_inquiry(&inquiry).await?;
        Ok(())
    }

    async fn end(
        &mut self,
        mut inquiry: Inquiry,
        mut referral: Referral,
        actor: Actor,
        state: ReferralState,
        reason: &str,
    ) -> Result<()> {
        let before = referral.state;
        self.tx.take_back_unseen_offers(referral.id, self.now).await?;
        self.unplan_all(&referral).await?;
        if matches!(before, ReferralState::Open | ReferralState::Filled | ReferralState::Held)
            && referral.code.is_some()
        {
            let by_family = state == ReferralState::Withdrawn;
            for claim in self.tx.claims(referral.id).await? {
                if claim.named_at.is_some() || !claim.kind.takes_part() {
                    continue;
                }
                let Some(member) = self.tx.member(claim.member_id).await? else { continue };
                let text = ToMember::Closed { code: self.code_of(&referral), by_family };
                let what = format!("closed:{}:{}", referral.id, claim.id);
                self.tell_member(
                    &member,
                    MessageKind::ClaimReply,
                    what,
                    Belongs::to(&referral),
                    &text,
                )
                .await?;
            }
        }
        referral.state = state;
        referral.closed_at = Some(self.now);
        referral.close_reason = Some(reason.to_owned());
        inquiry.state = InquiryState::Closed;
        inquiry.closed_at = Some(self.now);
        inquiry.close_reason = Some(reason.to_owned());
        let kind = if state == ReferralState::Withdrawn { "withdrawn" } else { "closed" };
        self.record(&referral, actor, kind, json!({"reason": reason})).await?;
        self.save(&inquiry, &mut referral).await
    }

    async fn unplan_all(&mut self, referral: &Referral) -> Result<()> {
        for kind in [
            TaskKind::Hours,
            TaskKind::Hold,
            TaskKind::Gate,
            TaskKind::Promise,
            TaskKind::DeadEnd,
            TaskKind::FollowUp,
        ] {
            self.tx.unplan(kind, referral.id.as_uuid()).await?;
        }
        self.tx.unplan(TaskKind::Unanswered, referral.inquiry_id.as_uuid()).await?;
        Ok(())
    }
}
