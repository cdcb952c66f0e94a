//! What is around every page: the rooms, who is signed in, and what was just done.

use askama::Template;
use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
    response::{Html, IntoResponse as _, Response},
};
use serde::Deserialize;

use super::{fault::Fault, names};
use crate::session::Session;

/// Around a page.
#[derive(Debug)]
pub(crate) struct Frame {
    pub(crate) room: Room,
    pub(crate) chapter: String,
    pub(crate) who: String,
    pub(crate) role: &'static str,
    pub(crate) may_act: bool,
    pub(crate) said: Option<Said>,
}

/// Which of the rooms a page belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    Now,
    Referrals,
    Lists,
    Papers,
    Lines,
    Outbox,
    Try,
}

impl Frame {
    pub(crate) fn new(room: Room, session: &Session, said: Option<Said>) -> Self {
        Self {
            room,
            chapter: session.chapter.name.clone(),
            who: session.admin.name.reveal().to_owned(),
            role: names::role(session.admin.role),
            may_act: session.admin.role.may_moderate(),
            said,
        }
    }
}

/// What the page says about what was just done. It comes back in the address as one word, so that
/// nothing anybody can write there is ever shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Said {
    Released,
    Held,
    Widened,
    Closed,
    Seen,
    Blocked,
    Unblocked,
    Changed,
    State,
    Nobody,
    Retried,
    NotRetried,
    Corrected,
    TakenUp,
    NotUnderstood,
    Published,
    NewLink,
    Verified,
    Rejected,
    OwnPaper,
    ExceptionAsked,
    ExceptionApproved,
    ExceptionEnded,
    SecondPerson,
    NotWaivable,
    NoRules,
    Recalled,
    RecallLifted,
    Standing,
    NoReason,
    NoLookup,
    NoEnd,
    Incomplete,
    Kept,
}

impl Said {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Released => "released",
            Self::Held => "held",
            Self::Widened => "widened",
            Self::Closed => "closed",
            Self::Seen => "seen",
            Self::Blocked => "blocked",
            Self::Unblocked => "unblocked",
            Self::Changed => "changed",
            Self::State => "state",
            Self::Nobody => "nobody",
            Self::Retried => "retried",
            Self::NotRetried => "not_retried",
            Self::Corrected => "corrected",
            Self::TakenUp => "taken_up",
            Self::NotUnderstood => "not_understood",
            Self::Published => "published",
            Self::NewLink => "new_link",
            Self::Verified => "verified",
            Self::Rejected => "rejected",
            Self::OwnPaper => "own_paper",
            Self::ExceptionAsked => "exception_asked",
            Self::ExceptionApproved => "exception_approved",
            Self::ExceptionEnded => "exception_ended",
            Self::SecondPerson => "second_person",
            Self::NotWaivable => "not_waivable",
            Self::NoRules => "no_rules",
            Self::Recalled => "recalled",
            Self::RecallLifted => "recall_lifted",
            Self::Standing => "standing",
            Self::NoReason => "no_reason",
            Self::NoLookup => "no_lookup",
            Self::NoEnd => "no_end",
            Self::Incomplete => "incomplete",
            Self::Kept => "kept",
        }
    }

    pub(crate) fn tone(self) -> &'static str {
        match self {
            Self::Changed
            | Self::State
            | Self::Nobody
            | Self::NotRetried
            | Self::NotUnderstood
            | Self::OwnPaper
            | Self::SecondPerson
            | Self::NotWaivable
            | Self::NoRules
            | Self::NoReason
            | Self::NoLookup
            | Self::NoEnd
            | Self::Incomplete => "wait",
            _ => "good",
        }
    }

    pub(crate) fn head(self) -> &'static str {
        match self {
            Self::Released => "Released.",
            Self::Held => "Taken into your hands.",
            Self::Widened => "Asked more widely.",
            Self::Closed => "Closed.",
            Self::Seen => "Noted.",
            Self::Blocked => "The number is blocked.",
            Self::Unblocked => "The block is lifted.",
            Self::Changed => "Somebody changed it meanwhile.",
            Self::State => "It cannot be done any more.",
            Self::Nobody => "There is nobody left to ask.",
            Self::Retried => "It goes out again.",
            Self::NotRetried => "It cannot be sent again.",
            Self::Corrected => "Corrected.",
            Self::TakenUp => "It is a referral now.",
            Self::NotUnderstood => "That could not be understood.",
            Self::Published => "Published.",
            Self::NewLink => "There is a new link.",
            Self::Verified => "Verified.",
            Self::Rejected => "Rejected.",
            Self::OwnPaper => "This is about yourself.",
            Self::ExceptionAsked => "Asked for.",
            Self::ExceptionApproved => "Approved.",
            Self::ExceptionEnded => "Ended.",
            Self::SecondPerson => "This needs another person.",
            Self::NotWaivable => "Nobody can waive this.",
            Self::NoRules => "There is nothing to publish yet.",
            Self::Recalled => "Taken off.",
            Self::RecallLifted => "Lifted.",
            Self::Standing => "Her standing is changed.",
            Self::NoReason => "The reason is missing.",
            Self::NoLookup => "Where you looked is missing.",
            Self::NoEnd => "The last day cannot be used.",
            Self::Incomplete => "Something cannot be used.",
            Self::Kept => "Kept.",
        }
    }

    pub(crate) fn rest(self) -> &'static str {
        match self {
            Self::Released => "The consultants who fit are asked, and the family is told.",
            Self::Held => "Nobody further is asked until you release it.",
            Self::Widened => "Those who were asked are in the trace.",
            Self::Closed => "Consultants who waited for its names are told.",
            Self::Seen => "Nobody else is called about this.",
            Self::Blocked => "It gets no texts, and what it sends opens nothing.",
            Self::Unblocked => "Its next text is received as any other.",
            Self::Changed => "Nothing of yours was done. Look again, then decide.",
            Self::State => "Nothing was changed: it has gone on since.",
            Self::Nobody => "Nothing was changed: everybody who may be asked has been.",
            Self::Retried => "It waits for its turn in the outbox.",
            Self::Corrected => "It holds from now on, and is kept as a case to learn from.",
            Self::TakenUp => "It waits for you: look through its facts, then release it.",
            Self::NotUnderstood => {
                "Nothing was changed. Write it as a family would, such as 11215 or 5 days."
            }
            Self::Published => "The private link shows it from now on.",
            Self::NewLink => "Give it to the hospital: the old one stopped working.",
            Self::Verified => "It counts for every list from now on.",
            Self::Rejected => "The reason stands beside the requirement.",
            Self::OwnPaper => "Nothing was changed. Somebody else decides it.",
            Self::ExceptionAsked => "It counts once another person approves it.",
            Self::ExceptionApproved => "It counts from today through its end.",
            Self::ExceptionEnded => "It does not count any more.",
            Self::SecondPerson => {
                "Nothing was changed. Neither who asked for it nor the member herself can approve it."
            }
            Self::NotWaivable => "Nothing was changed.",
            Self::NoRules => "Nothing was changed: the hospital has no rules in force.",
            Self::Recalled => "If she was on the current list, it was corrected at once.",
            Self::RecallLifted => "The next edition takes her in if she is eligible.",
            Self::Standing => "Whoever is barred is off every published list at once.",
            Self::NoReason => "Nothing was changed. Say why, in at most 400 letters.",
            Self::NoLookup => "Nothing was changed. Say where you looked it up.",
            Self::NoEnd => "Nothing was changed. Name a day from today on, at most two years away.",
            Self::Kept => "It stands on this page.",
            Self::Incomplete => "Nothing was changed. Open the page anew and try again.",
            Self::NotRetried => {
                "Nothing was changed: it has gone on since, or its person wants no texts."
            }
        }
    }
}

/// What the address says was just done.
pub(crate) struct Saying(pub(crate) Option<Said>);

#[derive(Deserialize)]
struct SaidInAddress {
    said: Option<Said>,
}

impl<S: Send + Sync> FromRequestParts<S> for Saying {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let said = Query::<SaidInAddress>::from_request_parts(parts, state).await;
        Ok(Self(said.ok().and_then(|Query(given)| given.said)))
    }
}

/// A page, written.
pub(crate) fn show(page: &impl Template) -> Result<Response, Fault> {
    Ok(Html(page.render()?).into_response())
}
