//! Who was asked and what became of it, and who was not, as a referral's page shows them.

use dispatch::view::{Asked, View, why_not};
use model::{MemberId, OfferState, OutboxId, OutboxState};

use super::{
    asking,
    clock::{Clock, Moment},
    names::{self, Badge},
};

/// A member who was asked.
pub(super) struct Row {
    pub(super) who: String,
    pub(super) badge: Badge,
    pub(super) note: Option<String>,
    pub(super) at: Moment,
    /// By which her text can be sent again.
    pub(super) again: Option<OutboxId>,
}

/// Members who were not, by the reason.
pub(super) struct LeftOut {
    pub(super) href: String,
    pub(super) why: String,
    pub(super) count: usize,
}

/// Whoever answered or was not reached, and the first of the others.
pub(super) fn rows(view: &View, clock: &Clock) -> Vec<Row> {
    let told = view.asked.iter().filter(|asked| view.members.contains_key(&asked.member));
    told.map(|asked| row(asked, who(view, asked.member), clock)).collect()
}

/// Why members were not asked, and how many each: by the word, and in plain words.
pub(super) fn left_out(view: &View) -> Vec<LeftOut> {
    let counted = asking::counted(view.not_asked.iter().map(|left| left.why.as_str()));
    let one = |(why, count): (&str, usize)| LeftOut {
        href: format!("/referrals/{}/members?list=left&why={why}", view.summary.id),
        why: why_not(why).to_owned(),
        count,
    };
    counted.into_iter().map(one).collect()
}

/// How a member is called; somebody who is off the roster has no name any more.
pub(super) fn who(view: &View, member: MemberId) -> String {
    view.members.get(&member).map_or("a former member", |name| name.reveal()).to_owned()
}

pub(super) fn row(asked: &Asked, who: String, clock: &Clock) -> Row {
    let (badge, note) = match (asked.state, asked.text) {
        (OfferState::Resting, _) => (
            Badge { state: "resting", name: "resting" },
            Some("is asked when her hours begin".to_owned()),
        ),
        (OfferState::Unsent, _) => (
            Badge { state: "closed", name: "not sent" },
            Some("the places were gone, or the text could not go".to_owned()),
        ),
        (OfferState::Passed, _) => (Badge { state: "passed", name: "passed" }, None),
        (OfferState::Claimed, _) => (Badge { state: "firm", name: "claimed" }, None),
        (OfferState::Sent, Some(OutboxState::Failed)) => {
            let code = asked.error_code.as_deref().unwrap_or("no code");
            (names::message(OutboxState::Failed), Some(format!("carrier's code {code}")))
        }
        (OfferState::Sent, Some(text)) => (names::message(text), None),
        (OfferState::Sent, None) => (Badge { state: "accepted", name: "sent" }, None),
    };
    let at = asked.answered_at.or(asked.arrived_at).unwrap_or(asked.due_at);
    Row { who, badge, note, at: clock.exact(at), again: asked.again }
}
