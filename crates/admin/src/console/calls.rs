//! Calls for attention: how a page shows them, that somebody looks, and that somebody has seen to one.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Redirect, Response},
};
use dispatch::view::Call;
use model::PageId;

use super::{
    clock::{Clock, Moment},
    fault::Fault,
    said::Said,
    signed::{Id, Moderator},
};
use crate::Desk;

/// A call on the page of what it is about.
pub(super) struct Called {
    pub(super) id: PageId,
    pub(super) is_safety: bool,
    pub(super) words: String,
    pub(super) since: Moment,
}

pub(super) fn called(calls: &[Call], clock: &Clock) -> Vec<Called> {
    let one = |call: &Call| Called {
        id: call.id,
        is_safety: call.is_safety,
        words: call.words.clone(),
        since: clock.both(call.raised_at),
    };
    calls.iter().map(one).collect()
}

/// What a call about no referral is about.
pub(super) fn title(call: &Call) -> String {
    match &call.member {
        Some((_, name)) if !name.reveal().is_empty() => name.reveal().to_owned(),
        Some(_) => format!("Member {}", call.thing),
        None if call.inquiry.is_some() => format!("Inquiry {}", call.thing),
        None if call.line.is_some() => format!("Line {}", call.thing),
        None => format!("Call {}", call.thing),
    }
}

/// Where what a call is about is seen; members' pages are for who keeps the roster.
pub(super) fn leads_to(call: &Call, may_keep: bool) -> Option<String> {
    let referral = call.referral.map(|id| format!("/referrals/{id}"));
    let inquiry = || call.inquiry.map(|id| format!("/inquiries/{id}"));
    let member = || Some(format!("/roster/{}", call.member.as_ref().filter(|_| may_keep)?.0));
    let line = || call.line.map(|_| "/lines".to_owned());
    referral.or_else(inquiry).or_else(member).or_else(line)
}

/// Answers a call. Somebody may have been quicker: then it is answered all the same.
pub(crate) async fn seen(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<PageId>,
) -> Result<Response, Fault> {
    desk.dispatch().answer_page(session.chapter.id, id, session.admin.id).await?;
    Ok(Redirect::to(&format!("/?said={}", Said::Seen.word())).into_response())
}

/// Somebody has the page before her on which the call stands: her browser says so, not the address
/// alone, which programs that look through e-mails open too.
pub(crate) async fn opened(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<PageId>,
) -> Result<StatusCode, Fault> {
    desk.dispatch().open_page(session.chapter.id, id, session.admin.id).await?;
    Ok(StatusCode::NO_CONTENT)
}
