//! Who may be asked about a referral, and why others are not: looked up, and nothing changed.

use futures_util::future::BoxFuture;
use model::{
    ChapterId, MemberId, OfferState, ReferralId, ReferralState, Timestamp, Word as _,
    settings::Settings,
};
use reading::Reader;
use roster::Baseline;
use storage::{Askable, Chapter, ReadTx, Referral};

use crate::{
    Dispatch, Result,
    asks::SECOND_OPINION,
    chapter::settings_of,
    lines::for_members,
    matching::{self, Fit, NotAsked},
    policy::Terms,
};

/// A member who might be asked.
pub(super) struct Candidate {
    pub(super) member: Askable,
    pub(super) stage: i64,
    pub(super) fit: Fit,
    pub(super) at: Timestamp,
}

/// What decides who may be asked.
pub(super) struct Looking<'a> {
    pub(super) chapter: &'a Chapter,
    pub(super) settings: &'a Settings,
    pub(super) now: Timestamp,
    pub(super) baseline: Option<&'a Baseline>,
    pub(super) reader: &'a Reader,
}

impl Looking<'_> {
    /// Everybody who may be asked from this line and has not been, and everybody else with the reason.
    pub(super) async fn candidates(
        &self,
        tx: &mut ReadTx,
        line: model::LineId,
        referral: &Referral,
    ) -> Result<(Vec<Candidate>, Vec<(MemberId, NotAsked)>)> {
        let members = tx.askable_members(self.chapter.id, line).await?;
        let offers = tx.offers(referral.id).await?;
        let claims = tx.claims(referral.id).await?;
        let known = known_to_family(tx, referral).await?;
        let borough_of = |area: &str| self.reader.borough_of(area);
        let (mut candidates, mut left_out) = (Vec::new(), Vec::new());
        for member in members {
            let profile = &member.profile;
            let has_it = offers.iter().any(|offer| {
                offer.member_id == member.id
                    && (offer.round == referral.round && offer.state != OfferState::Unsent)
            });
            let claimed = claims.iter().find(|claim| claim.member_id == member.id);
            let why = if member.phone_id == referral.phone_id {
                Some(NotAsked::Asks)
            } else if let Some(why) = self.asked_nothing(&member) {
                Some(why)
            } else if claimed.is_some_and(|claim| claim.named_at.is_some())
                || known.contains(&member.id)
            {
                Some(NotAsked::NamedBefore)
            } else if has_it || claimed.is_some() {
                Some(NotAsked::HasIt)
            } else if member.holding >= matching::cap(profile, self.settings) {
                Some(NotAsked::AtCap)
            } else {
                None
            };
            if let Some(why) = why {
                left_out.push((member.id, why));
                continue;
            }
            let fit = Fit::of(profile, &referral.facts, &borough_of);
            let at = matching::hours(profile, self.settings, &self.chapter.timezone, self.now);
            candidates.push(Candidate { stage: fit.stage(), fit, at, member });
        }
        Ok((candidates, left_out))
    }

    fn asked_nothing(&self, member: &Askable) -> Option<NotAsked> {
        let (chapter, settings, now) = (self.chapter, self.settings, self.now);
        asked_nothing(chapter, settings, now, member, self.baseline)
    }
}

/// Why a member is asked nothing at all just now, if that is so.
pub(super) fn asked_nothing(
    chapter: &Chapter,
    settings: &Settings,
    now: Timestamp,
    member: &Askable,
    baseline: Option<&Baseline>,
) -> Option<NotAsked> {
    let today = now.in_zone(&chapter.timezone).date();
    if member.away_until.is_some_and(|until| until > now) {
        Some(NotAsked::Away)
    } else if settings.confirm_numbers && !member.confirmed {
        Some(NotAsked::Unconfirmed)
    } else if !member.reachable {
        Some(NotAsked::Unreachable)
    } else if baseline.is_some_and(|list| !list.has(member.id, &member.profile, today)) {
        Some(NotAsked::Standing)
    } else {
        None
    }
}

/// Whom a family that wants a second opinion knows from us.
pub(super) async fn known_to_family(tx: &mut ReadTx, referral: &Referral) -> Result<Vec<MemberId>> {
    if !referral.facts.concerns.iter().any(|concern| concern == SECOND_OPINION) {
        return Ok(Vec::new());
    }
    Ok(tx.members_named_to(referral.phone_id, referral.id).await?)
}

/// Who would be asked if a referral were put to the members, or asked more widely, now.
#[derive(Debug, Clone, Default)]
pub struct WouldAsk {
    /// Who, best fit first; with each when her hours begin, where that is later than now.
    pub asked: Vec<(MemberId, Option<Timestamp>)>,
    /// Who would not, and why, in one word.
    pub not_asked: Vec<(MemberId, &'static str)>,
}

impl Dispatch {
    /// Who would be asked about a referral of a chapter's, now, and why others would not; `None` where the
    /// chapter has no such referral. Nothing is changed.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn would_ask(
        &self,
        chapter: ChapterId,
        id: ReferralId,
    ) -> BoxFuture<'_, Result<Option<WouldAsk>>> {
        Box::pin(async move {
            let dispatch = self.clone();
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let Some(row) = tx.chapter(chapter).await? else { return Ok(None) };
                        let referral = tx.referral(id).await?;
                        match referral.filter(|referral| referral.chapter_id == chapter) {
                            Some(referral) => {
                                Ok(Some(dispatch.would_ask_about(tx, &row, &referral).await?))
                            }
                            None => Ok(None),
                        }
                    })
                })
                .await
        })
    }

    async fn would_ask_about(
        &self,
        tx: &mut ReadTx,
        chapter: &Chapter,
        referral: &Referral,
    ) -> Result<WouldAsk> {
        let (settings, now) = (settings_of(chapter, &self.0.settings)?, self.now());
        let lines = tx.lines_of(chapter.id).await?;
        let Some(line) = for_members(&lines) else { return Ok(WouldAsk::default()) };
        let baseline = self.0.baselines.deciding(tx, chapter, &settings, now).await?;
        let reader = self.0.readers.family(chapter.id, &settings);
        let (list, about) = (baseline.as_deref(), &settings);
        let looking = Looking { chapter, settings: about, now, baseline: list, reader: &reader };
        let (mut candidates, mut left_out) = looking.candidates(tx, line.id, referral).await?;
        let stages = candidates.iter().map(|candidate| candidate.stage).collect::<Vec<_>>();
        let upto = stage(referral, &settings, &stages);
        candidates.sort_by_key(|candidate| (candidate.stage, candidate.at, candidate.member.id));
        let (chosen, others): (Vec<_>, Vec<_>) =
            candidates.into_iter().partition(|candidate| candidate.stage <= upto);
        left_out.extend(others.iter().map(|other| (other.member.id, other.fit.lacks())));
        Ok(WouldAsk {
            asked: chosen
                .into_iter()
                .map(|one| (one.member.id, (one.at > now).then_some(one.at)))
                .collect(),
            not_asked: left_out.iter().map(|(id, why)| (*id, why.as_str())).collect(),
        })
    }
}

/// How far the matching would be widened: where it would begin, or the next step that brings in somebody.
fn stage(referral: &Referral, settings: &Settings, stages: &[i64]) -> i64 {
    let asks = matches!(
        referral.state,
        ReferralState::Queued | ReferralState::Open | ReferralState::HandedOff
    );
    if !asks {
        return Terms::of(settings, referral.urgent).opening(stages);
    }
    let here = stages.iter().any(|&stage| stage <= referral.widened);
    let next = matching::next_stage(stages, referral.widened);
    if here { referral.widened } else { next.unwrap_or(referral.widened) }
}
