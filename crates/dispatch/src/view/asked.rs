//! Who was asked and what became of it; who was not, and why.

use std::collections::{HashMap, HashSet};

use futures_util::future::BoxFuture;
use model::{
    ChapterId, MemberId, OfferState, OutboxId, OutboxState, PersonName, Timestamp,
    schemars::JsonSchema,
};
use serde::Serialize;
use storage::{Event, Offer, Outgoing};

use super::{outbox, words};
use crate::{Dispatch, Result};

/// A member who was asked, or will be when her hours begin.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Asked {
    /// Who.
    pub member: MemberId,
    /// In which round.
    pub round: i64,
    /// Her place in the shuffled order of sending.
    pub position: i64,
    /// What became of her copy.
    pub state: OfferState,
    /// How far its text has come.
    pub text: Option<OutboxState>,
    /// The carrier's code for why its text failed.
    pub error_code: Option<String>,
    /// When it was, or is, to be sent.
    pub due_at: Timestamp,
    /// When it arrived.
    pub arrived_at: Option<Timestamp>,
    /// When she answered.
    pub answered_at: Option<Timestamp>,
    /// By which her text can be sent again, where it failed and may be.
    #[serde(skip)]
    pub again: Option<OutboxId>,
}

/// A member who was not asked when members last were.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct LeftOut {
    /// Who.
    pub member: MemberId,
    /// Why, in one word.
    pub why: String,
}

/// Those who were asked, in the order of sending.
pub(super) fn asked(offers: &[Offer], messages: &[Outgoing], now: Timestamp) -> Vec<Asked> {
    let texts: HashMap<OutboxId, &Outgoing> =
        messages.iter().map(|message| (message.id, message)).collect();
    let one = |offer: &Offer| {
        let text = offer.outbox_id.and_then(|id| texts.get(&id));
        Asked {
            member: offer.member_id,
            round: offer.round,
            position: offer.position,
            state: offer.state,
            text: text.map(|text| text.state),
            error_code: text.and_then(|text| text.error_code.clone()),
            due_at: offer.due_at,
            arrived_at: text
                .filter(|text| text.state == OutboxState::Delivered)
                .and_then(|text| text.ended_at),
            answered_at: offer.answered_at,
            again: text.and_then(|text| outbox::retry_until(text, now).map(|_| text.id)),
        }
    };
    offers.iter().map(one).collect()
}

/// Those who were not asked when members last were, and have not been since.
pub(super) fn left_out(events: &[Event], offers: &[Offer]) -> Vec<LeftOut> {
    let last = events.iter().rev().find(|event| event.kind == "asked_members");
    let entries = last.and_then(|event| event.detail["not_asked"].as_array());
    let was_asked: HashSet<MemberId> = offers.iter().map(|offer| offer.member_id).collect();
    let one = |entry: &serde_json::Value| {
        let member = entry["member"].as_str()?.parse().ok()?;
        let why = entry["why"].as_str()?;
        (!was_asked.contains(&member)).then(|| LeftOut { member, why: why.to_owned() })
    };
    entries.map(Vec::as_slice).unwrap_or_default().iter().filter_map(one).collect()
}

/// So many of those who were asked are named beside a referral.
const NAMED: usize = 40;

impl Asked {
    /// Whether something became of it that a person wants to see: an answer, or a text that failed.
    fn is_telling(&self) -> bool {
        matches!(self.state, OfferState::Claimed | OfferState::Passed)
            || self.text == Some(OutboxState::Failed)
    }
}

/// Those of whom a page about a referral tells: whoever answered or was not reached, then the first.
pub(super) fn told_of(asked: &[Asked]) -> impl Iterator<Item = MemberId> {
    let telling = asked.iter().filter(|asked| asked.is_telling());
    let others = asked.iter().filter(|asked| !asked.is_telling());
    telling.chain(others).take(NAMED).map(|asked| asked.member)
}

/// Why a member was not asked, in plain words.
#[must_use]
pub fn why_not(why: &str) -> &str {
    words::why_not(why)
}

impl Dispatch {
    /// The names of members of a chapter, those who were removed among them.
    ///
    /// # Errors
    /// Where the database failed.
    pub fn names_of(
        &self,
        chapter: ChapterId,
        ids: Vec<MemberId>,
    ) -> BoxFuture<'_, Result<HashMap<MemberId, PersonName>>> {
        Box::pin(async move {
            self.store()
                .read(move |tx| {
                    Box::pin(async move {
                        let members = tx.members_of(&ids).await?;
                        let ours = members.into_iter().filter(|one| one.chapter_id == chapter);
                        Ok(ours.map(|member| (member.id, member.name)).collect())
                    })
                })
                .await
        })
    }
}
