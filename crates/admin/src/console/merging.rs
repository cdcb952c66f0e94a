//! `/referrals/{id}/merge`: another request of the same family, into which this one is made.

use askama::Template;
use axum::{extract::State, response::Response};
use dispatch::{Decision, view::Summary};
use model::ReferralId;
use serde::Deserialize;
use storage::ReferralFilter;

use super::{
    clock::{Clock, Moment},
    elsewhere,
    fault::Fault,
    frame::{Frame, Room, show},
    names::{self, Badge},
    said::Said,
    signed::{Filled, Id, Moderator},
};
use crate::Desk;

/// So many requests that run are shown: two of one family come close to each other.
const SHOWN: i64 = 30;

#[derive(Template)]
#[template(path = "referral_merge.html")]
struct Page {
    frame: Frame,
    href: String,
    title: String,
    about: String,
    version: i64,
    others: Vec<Other>,
}

struct Other {
    id: ReferralId,
    title: String,
    about: String,
    badge: Badge,
    made: Moment,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<ReferralId>,
) -> Result<Response, Fault> {
    let (dispatch, chapter) = (desk.dispatch(), session.chapter.id);
    let view = dispatch.referral(chapter, id).await?.ok_or_else(Fault::not_found)?;
    let filter = ReferralFilter { running: true, limit: SHOWN, ..ReferralFilter::default() };
    let running = dispatch.referrals(chapter, filter).await?;
    let clock = Clock::new(dispatch.now(), &session.chapter.timezone);
    let other = |one: &Summary| Other {
        id: one.id,
        title: names::title(one.code, &one.called),
        about: one.about.clone(),
        badge: names::referral(one.state),
        made: clock.both(one.created_at),
    };
    show(&Page {
        href: format!("/referrals/{id}"),
        title: names::title(view.summary.code, &view.summary.called),
        about: view.summary.about.clone(),
        version: view.summary.version,
        others: running.iter().filter(|one| one.id != id).map(other).collect(),
        frame: Frame::new(Room::Referrals, &session, None),
    })
}

#[derive(Deserialize)]
pub(super) struct Sent {
    version: i64,
    into: ReferralId,
}

pub(super) async fn merge(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<ReferralId>,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Fault> {
    let (chapter, by) = (session.chapter.id, session.admin.id.into());
    let decision = Decision::MergeInto(sent.into);
    let done = desk.dispatch().decide(chapter, id, by, Some(sent.version), decision).await?;
    let at = if done.is_ok() { sent.into } else { id };
    Ok(elsewhere::said(&done, Said::Merged)?.at(&format!("/referrals/{at}")))
}
