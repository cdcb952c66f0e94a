//! The thread with a family and the trace of what was done: what every view of its need holds.

use std::collections::HashMap;

use model::{
    ActorKind, InquiryId, LineId, MemberId, MessageKind, MessageText, OutboxId, OutboxState,
    PersonName, PhoneId, Timestamp, schemars::JsonSchema,
};
use serde::Serialize;
use storage::{Event, Inbound, Inquiry, Member, Offer, Outgoing, ReadTx};

use super::{outbox, words};
use crate::Result;

/// So many of our texts to a number are looked through for those of one need.
const MOST_TEXTS: i64 = 100;

/// One text of a thread, to or from the family.
#[derive(Debug, Clone)]
pub struct ThreadText {
    /// When it was written or received.
    pub at: Timestamp,
    /// It came from the family.
    pub from_family: bool,
    /// The words; `None` once they were erased.
    pub body: Option<MessageText>,
    /// How many pictures came with it.
    pub media: i64,
    /// What it is for, if it is ours.
    pub kind: Option<MessageKind>,
    /// How far it has come, if it is ours.
    pub state: Option<OutboxState>,
    /// The carrier's code for why it failed.
    pub error_code: Option<String>,
    /// By which it can be sent again, where it failed and may be.
    pub again: Option<OutboxId>,
}

impl From<Inbound> for ThreadText {
    fn from(text: Inbound) -> Self {
        Self {
            at: text.received_at,
            from_family: true,
            body: text.body,
            media: text.media,
            kind: None,
            state: None,
            error_code: None,
            again: None,
        }
    }
}

impl ThreadText {
    /// One of our own, as it stands now.
    pub(super) fn ours(message: &Outgoing, now: Timestamp) -> Self {
        Self {
            at: message.created_at,
            from_family: false,
            body: message.body.clone(),
            media: 0,
            kind: Some(message.kind),
            state: Some(message.state),
            error_code: message.error_code.clone(),
            again: outbox::retry_until(message, now).map(|_| message.id),
        }
    }
}

/// One step of a trace.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// Who, by kind.
    pub actor: ActorKind,
    /// What happened, in one word.
    pub kind: String,
    /// The rest: ids, counts, rules.
    pub detail: serde_json::Value,
    /// The same in plain words.
    #[serde(skip)]
    pub words: String,
    /// How much it weighs.
    #[serde(skip)]
    pub weight: Weight,
}

/// How much a step weighs in a trace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// By the way.
    Plain,
    /// What one wants to find again.
    Key,
    /// Something went less well than it should.
    Warn,
    /// Danger.
    Safety,
}

/// One message of a referral, without its words: what was sent to whom, and how it fared.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars")]
pub struct Sending {
    /// What it is for.
    pub kind: MessageKind,
    /// To which member; `None` where it is to the family or an admin.
    pub member: Option<MemberId>,
    /// How far it has come.
    pub state: OutboxState,
    /// When it was written.
    pub written_at: Timestamp,
    /// When the carrier took it.
    pub accepted_at: Option<Timestamp>,
    /// When it arrived or failed.
    pub ended_at: Option<Timestamp>,
    /// Why it failed.
    pub error_code: Option<String>,
    /// How an unknown outcome was settled.
    pub settled_how: Option<String>,
}

/// The texts of a need to and from its family, in the order of their times.
pub(super) async fn thread(
    tx: &mut ReadTx,
    line: LineId,
    phone: PhoneId,
    inquiry: InquiryId,
    now: Timestamp,
) -> Result<Vec<ThreadText>> {
    thread_within(tx, line, phone, inquiry, MOST_TEXTS, now).await
}

async fn thread_within(
    tx: &mut ReadTx,
    line: LineId,
    phone: PhoneId,
    inquiry: InquiryId,
    most: i64,
    now: Timestamp,
) -> Result<Vec<ThreadText>> {
    let mut thread = Vec::new();
    thread.extend(tx.inquiry_texts(inquiry, false).await?.into_iter().map(ThreadText::from));
    for message in tx.messages_to_phone(line, phone, most).await? {
        if message.inquiry_id == Some(inquiry) && message.kind != MessageKind::Page {
            thread.push(ThreadText::ours(&message, now));
        }
    }
    thread.sort_by_key(|text| text.at);
    Ok(thread)
}

/// The texts of an inquiry to and from its family, all of them.
pub(crate) async fn thread_of(tx: &mut ReadTx, inquiry: &Inquiry) -> Result<Vec<ThreadText>> {
    // They are read, and none is sent again from here.
    let now = Timestamp::LATEST;
    thread_within(tx, inquiry.line_id, inquiry.phone_id, inquiry.id, i64::MAX, now).await
}

pub(super) fn steps(
    events: Vec<Event>,
    names: &HashMap<MemberId, PersonName>,
    chapter: &storage::Chapter,
) -> Vec<Step> {
    let step = |event: Event| {
        let (words, weight) = words::of(&event, names, &chapter.timezone);
        let Event { at, actor, kind, detail, .. } = event;
        Step { at, actor, kind, detail, words, weight }
    };
    events.into_iter().map(step).collect()
}

/// To which member a text went: by her offer, or by her number.
pub(super) struct Whose {
    by_offer: HashMap<OutboxId, MemberId>,
    by_phone: HashMap<PhoneId, MemberId>,
}

pub(super) fn whose(members: &[Member], offers: &[Offer]) -> Whose {
    let offer = |offer: &Offer| Some((offer.outbox_id?, offer.member_id));
    Whose {
        by_offer: offers.iter().filter_map(offer).collect(),
        by_phone: members.iter().map(|member| (member.phone_id, member.id)).collect(),
    }
}

impl Whose {
    fn text(&self, message: &Outgoing) -> Option<MemberId> {
        let by_phone = || self.by_phone.get(&message.phone_id?);
        self.by_offer.get(&message.id).or_else(by_phone).copied()
    }
}

/// The texts of a referral and how they fared.
pub(super) fn sendings(messages: &[Outgoing], whose: &Whose) -> Vec<Sending> {
    let texts = messages.iter().filter(|message| message.line_id.is_some());
    texts
        .map(|message| Sending {
            kind: message.kind,
            member: whose.text(message),
            state: message.state,
            written_at: message.created_at,
            accepted_at: message.accepted_at,
            ended_at: message.ended_at,
            error_code: message.error_code.clone(),
            settled_how: message.settled_how.clone(),
        })
        .collect()
}
