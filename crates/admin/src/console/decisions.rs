//! What is done with a referral from its page: release, hold, widen, close, seen, block.
//!
//! Each form carries the version that its page showed; where the referral has changed since, nothing
//! is done and the page says so.

use axum::{
    extract::{Path, State, rejection::PathRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use dispatch::{Decision, Refusal};
use model::{ChapterId, ReferralId};
use serde::Deserialize;

use super::{
    fault::Fault,
    said::Said,
    signed::{Filled, Moderator},
};
use crate::Desk;

/// What a decision's form sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    version: i64,
    /// She is sure that it is to be closed.
    #[serde(default)]
    sure: String,
    /// Whether a family that waits for names is told.
    #[serde(default)]
    tell: String,
}

pub(crate) async fn decide(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    address: Result<Path<(String, String)>, PathRejection>,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Fault> {
    let Path((id, decision)) = address.map_err(|_| Fault::not_found())?;
    let id = id.parse::<ReferralId>().map_err(|_| Fault::not_found())?;
    let (dispatch, chapter, admin) = (desk.dispatch(), session.chapter.id, session.admin.id);
    let (decision, done) = match decision.as_str() {
        "release" => (Decision::Release, Said::Released),
        "hold" => (Decision::Hold, Said::Held),
        "widen" => (Decision::Widen, Said::Widened),
        "close" => match sent.closes(&desk, chapter, id).await? {
            Some(closes) => closes,
            None => return Ok(back(id, Said::NotClosed)),
        },
        "seen" => (Decision::Seen, Said::Seen),
        "block" | "unblock" => {
            let view = dispatch.referral(chapter, id).await?.ok_or_else(Fault::not_found)?;
            let blocked = decision == "block";
            dispatch.set_blocked(chapter, view.phone_id, admin, blocked).await?;
            let said = if blocked { Said::Blocked } else { Said::Unblocked };
            return Ok(back(id, said));
        }
        _ => return Err(Fault::not_found()),
    };
    // That somebody has seen it holds whatever happened since.
    let version = (decision != Decision::Seen).then_some(sent.version);
    let said = match dispatch.decide(chapter, id, admin.into(), version, decision).await? {
        Ok(()) => done,
        Err(Refusal::NotFound) => return Err(Fault::not_found()),
        Err(Refusal::Changed) => Said::Changed,
        Err(Refusal::Nobody) => Said::Nobody,
        Err(Refusal::NotUnderstood | Refusal::State(_) | Refusal::Member | Refusal::OwnPlace) => {
            Said::State
        }
    };
    Ok(back(id, said))
}

impl Sent {
    /// How it is closed; `None` where she is not sure, or has not chosen what a family that waits for
    /// names is told.
    async fn closes(
        &self,
        desk: &Desk,
        chapter: ChapterId,
        id: ReferralId,
    ) -> Result<Option<(Decision, Said)>, Fault> {
        let view = desk.dispatch().referral(chapter, id).await?.ok_or_else(Fault::not_found)?;
        if self.sure != "yes" {
            return Ok(None);
        }
        Ok(match (view.goodbye.is_some(), self.tell.as_str()) {
            (true, "yes") => Some((Decision::CloseAndTell, Said::ClosedAndTold)),
            (true, "no") | (false, _) => Some((Decision::Close, Said::Closed)),
            (true, _) => None,
        })
    }
}

/// Back to the referral's page, which says what was done: reloading it does nothing twice.
fn back(id: ReferralId, said: Said) -> Response {
    Redirect::to(&format!("/referrals/{id}?said={}", said.word())).into_response()
}
