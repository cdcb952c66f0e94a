//! Who was asked and what became of it; who was not, and why.

use std::collections::HashMap;

use model::{
    MemberId, OfferState, OutboxId, OutboxState, PersonName, Timestamp, schemars::JsonSchema,
};
use serde::Serialize;
use storage::{Event, Offer, Outgoing};

use super::words;

/// A member who was asked, or will be when her hours begin.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Asked {
    /// Who.
    pub member: MemberId,
    /// Her name; `None` once she is off the roster.
    #[serde(skip)]
    pub name: Option<PersonName>,
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
}

/// A member who was not asked when members last were.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct LeftOut {
    /// Who.
    pub member: MemberId,
    /// Her name; `None` once she is off the roster.
    #[serde(skip)]
    pub name: Option<PersonName>,
    /// Why, in one word.
    pub why: String,
    /// The same in plain words.
    #[serde(skip)]
    pub words: String,
}

/// Those who were asked, in the order of sending.
pub(super) fn asked(
    offers: &[Offer],
    messages: &[Outgoing],
    names: &HashMap<MemberId, PersonName>,
) -> Vec<Asked> {
    let texts: HashMap<OutboxId, &Outgoing> =
        messages.iter().map(|message| (message.id, message)).collect();
    let one = |offer: &Offer| {
        let text = offer.outbox_id.and_then(|id| texts.get(&id));
        Asked {
            member: offer.member_id,
            name: names.get(&offer.member_id).cloned(),
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
        }
    };
    offers.iter().map(one).collect()
}

/// Those who were not asked when members last were, and have not been since.
pub(super) fn left_out(
    events: &[Event],
    offers: &[Offer],
    names: &HashMap<MemberId, PersonName>,
) -> Vec<LeftOut> {
    let last = events.iter().rev().find(|event| event.kind == "asked_members");
    let entries = last.and_then(|event| event.detail["not_asked"].as_array());
    let one = |entry: &serde_json::Value| {
        let member = entry["member"].as_str()?.parse().ok()?;
        let why = entry["why"].as_str()?;
        let was_asked = offers.iter().any(|offer| offer.member_id == member);
        (!was_asked).then(|| LeftOut {
            member,
            name: names.get(&member).cloned(),
            why: why.to_owned(),
            words: words::why_not(why).to_owned(),
        })
    };
    entries.map(Vec::as_slice).unwrap_or_default().iter().filter_map(one).collect()
}
