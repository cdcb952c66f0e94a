//! `/inquiries/{id}`: a thread about which somebody was called and that became no referral.

use askama::Template;
use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use dispatch::view::{InquiryView, plainly};
use model::{InquiryId, InquiryState, referral::Facts};

use super::{
    calls::{Called, called},
    clock::{Clock, Moment},
    facts,
    fault::Fault,
    frame::{Frame, Room, show},
    names::{self, Badge},
    said::{Said, Saying},
    signed::{Id, Moderator, Signed},
    thread::{self, Bubble, Line, Why},
};
use crate::Desk;

#[derive(Template)]
#[template(path = "inquiry.html")]
struct Page {
    frame: Frame,
    href: String,
    talk: String,
    title: String,
    badge: Badge,
    flags: Vec<Badge>,
    kind: Option<&'static str>,
    began: Moment,
    calls: Vec<Called>,
    with: String,
    is_blocked: bool,
    thread: Vec<Bubble>,
    read: Vec<facts::Fact>,
    correct_version: Option<i64>,
    reasons: Vec<Why>,
    trace: Vec<Line>,
}

/// An inquiry that became a referral is shown as that.
pub(crate) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Id(id): Id<InquiryId>,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    let dispatch = desk.dispatch();
    let view = dispatch.inquiry(session.chapter.id, id).await?.ok_or_else(Fault::not_found)?;
    if let Some(referral) = view.referral {
        return Ok(Redirect::to(&format!("/referrals/{referral}")).into_response());
    }
    let clock = Clock::new(dispatch.now(), &session.chapter.timezone);
    show(&Page::of(&view, &clock, Frame::new(Room::Now, &session, said)))
}

/// Blocks the number, or lifts the block.
pub(crate) async fn decide(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    address: Result<Path<(String, String)>, PathRejection>,
) -> Result<Response, Fault> {
    let Path((id, decision)) = address.map_err(|_| Fault::not_found())?;
    let id = id.parse::<InquiryId>().map_err(|_| Fault::not_found())?;
    let (blocked, said) = match decision.as_str() {
        "block" => (true, Said::Blocked),
        "unblock" => (false, Said::Unblocked),
        _ => return Err(Fault::not_found()),
    };
    let (dispatch, chapter) = (desk.dispatch(), session.chapter.id);
    let view = dispatch.inquiry(chapter, id).await?.ok_or_else(Fault::not_found)?;
    dispatch.set_blocked(chapter, view.phone_id, session.admin.id, blocked).await?;
    Ok(Redirect::to(&format!("/inquiries/{id}?said={}", said.word())).into_response())
}

impl Page {
    fn of(view: &InquiryView, clock: &Clock, frame: Frame) -> Self {
        let reading = view.reading.as_ref();
        let flags = reading.map(|reading| reading.red_flags.as_slice()).unwrap_or_default();
        Self {
            href: format!("/inquiries/{}", view.id),
            talk: format!("/conversations/{}", view.id),
            title: names::title(None, &view.called),
            badge: match view.state {
                InquiryState::Settling => Badge { state: "gathering", name: "gathering" },
                InquiryState::Asked => Badge { state: "asked", name: "asked" },
                InquiryState::Referred => Badge { state: "open", name: "referred" },
                InquiryState::Closed => Badge { state: "closed", name: "closed" },
            },
            flags: flags.iter().map(|flag| names::flag(flag.level)).collect(),
            kind: reading.map(|reading| plainly::kind(reading.kind)),
            began: clock.both(view.began_at),
            calls: called(&view.calls, clock),
            with: thread::with(view.phone.as_ref(), frame.may_act),
            is_blocked: view.blocked_at.is_some(),
            thread: thread::bubbles(&view.thread, clock),
            read: reading
                .map(|reading| facts::rows(reading, &Facts::from_reading(reading), None))
                .unwrap_or_default(),
            correct_version: None,
            reasons: thread::whys(reading.map(|r| r.reasons.as_slice()).unwrap_or_default()),
            trace: thread::lines(&view.trace, clock),
            frame,
        }
    }
}
