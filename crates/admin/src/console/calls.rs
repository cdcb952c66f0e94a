//! Calls for attention that are about no referral: somebody has seen one.

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use model::PageId;

use super::{
    fault::Fault,
    said::Said,
    signed::{Id, Moderator},
};
use crate::Desk;

/// Answers a call. Somebody may have been quicker: then it is answered all the same.
pub(crate) async fn seen(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<PageId>,
) -> Result<Response, Fault> {
    desk.dispatch().answer_page(session.chapter.id, id, session.admin.id).await?;
    Ok(Redirect::to(&format!("/?said={}", Said::Seen.word())).into_response())
}
