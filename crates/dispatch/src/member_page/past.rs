//! What a member claimed before, page by page.

use std::{fmt, str::FromStr};

use futures_util::future::BoxFuture;
use model::{ClaimId, ClaimKind, Code, Outcome, ReferralId, TimeZone, Timestamp};
use storage::ReadTx;

use super::{OwnPage, work::told};
use crate::{Dispatch, Error, Result, chapter::settings_of};

/// So many stand on a page.
const ON_A_PAGE: usize = 20;

/// A page of what a member claimed before, the newest first.
#[derive(Debug, Clone)]
pub struct Past {
    /// What stands on this page.
    pub claims: Vec<PastClaim>,
    /// Where the next page begins, if there is one.
    pub next: Option<Before>,
    /// The chapter's zone.
    pub zone: TimeZone,
}

/// A claim that is over.
#[derive(Debug, Clone)]
pub struct PastClaim {
    /// Of which referral.
    pub referral: ReferralId,
    /// Its code.
    pub code: Option<Code>,
    /// What it was about, in a few words.
    pub about: String,
    /// When she claimed.
    pub claimed_at: Timestamp,
    /// When the family was given her name.
    pub named_at: Option<Timestamp>,
    /// What became of the claim.
    pub kind: ClaimKind,
    /// What she told of it last.
    pub told: Option<Outcome>,
}

/// The claim that a page follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before(Timestamp, ClaimId);

impl fmt::Display for Before {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.0.to_text(), self.1)
    }
}

impl FromStr for Before {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let unknown = Error::Missing("page of a list");
        let Some((at, id)) = text.split_once('_') else { return Err(unknown) };
        match (at.parse(), id.parse()) {
            (Ok(at), Ok(id)) => Ok(Self(at, id)),
            _ => Err(unknown),
        }
    }
}

impl Dispatch {
    /// What a member claimed before, from the newest on or from where a page ended.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn own_past(&self, page: OwnPage, before: Option<Before>) -> BoxFuture<'_, Result<Past>> {
        Box::pin(async move {
            let dispatch = self.clone();
            self.store()
                .read(move |tx| Box::pin(async move { dispatch.past_of(tx, page, before).await }))
                .await
        })
    }

    async fn past_of(
        &self,
        tx: &mut ReadTx,
        page: OwnPage,
        before: Option<Before>,
    ) -> Result<Past> {
        let chapter = tx.chapter(page.chapter).await?.ok_or(Error::Missing("chapter"))?;
        let member = tx.member(page.member).await?.ok_or(Error::Missing("member"))?;
        let coarse = settings_of(&chapter, &self.0.settings)?.coarse_offers;
        let before = before.map(|Before(at, id)| (at, id));
        let most = i64::try_from(ON_A_PAGE + 1).unwrap_or(i64::MAX);
        let mut found = tx.past_claims(member.id, before, most).await?;
        let more = found.len() > ON_A_PAGE;
        found.truncate(ON_A_PAGE);
        let next = found.last().filter(|_| more).map(|last| Before(last.claimed_at, last.id));
        let mut claims = Vec::new();
        for claim in found {
            let Some(referral) = tx.referral(claim.referral_id).await? else { continue };
            let voice = self.plain_voice(&chapter);
            claims.push(PastClaim {
                referral: referral.id,
                code: referral.code,
                about: self.texts().about(&voice, &referral.facts, coarse),
                claimed_at: claim.claimed_at,
                named_at: claim.named_at,
                kind: claim.kind,
                told: told(tx, referral.id, &member).await?,
            });
        }
        Ok(Past { claims, next, zone: chapter.timezone })
    }
}
