//! What the chapter has of a member or a family, handed out when she asks for it; and erasing her. For the
//! roles that keep lists.

use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
    routing::post,
};
use dispatch::NotErased;
use model::{InquiryId, MemberId};
use serde::Deserialize;
use serde_json::Value;

use super::{
    fault::Fault,
    lists::{Keeper, act, back},
    said::Said,
    signed::{Filled, Id},
};
use crate::Desk;

pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/roster/{id}/known", post(of_member))
        .route("/roster/{id}/erase", post(erase_member))
        .route("/conversations/{id}/known", post(of_family))
        .route("/conversations/{id}/erase", post(erase_family))
}

/// The part of a page with both buttons.
pub(super) struct Known {
    /// Whose page it is on.
    pub(super) href: String,
    pub(super) is_member: bool,
    /// Why it cannot be erased now.
    pub(super) not_yet: Option<&'static str>,
}

/// Whether she ticked that she is sure.
#[derive(Deserialize)]
struct Sure {
    #[serde(default)]
    sure: String,
}

async fn of_member(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<MemberId>,
) -> Result<Response, Fault> {
    let store = desk.dispatch().store();
    Ok(file("member.json", &roster::export_member(store, &act(&desk, &session), id).await?))
}

async fn of_family(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<InquiryId>,
) -> Result<Response, Fault> {
    let (chapter, by) = (session.chapter.id, session.admin.id.into());
    let known = desk.dispatch().export_family(chapter, id, by).await?;
    Ok(file("family.json", &known.ok_or_else(Fault::not_found)?))
}

/// A document to be kept as a file, for people to read.
fn file(name: &str, document: &Value) -> Response {
    let head = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (head, format!("{document:#}\n")).into_response()
}

async fn erase_member(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<MemberId>,
    Filled(Sure { sure }): Filled<Sure>,
) -> Result<Response, Fault> {
    let here = format!("/roster/{id}");
    if sure != "yes" {
        return Ok(Said::NotErased.at(&here));
    }
    let done = roster::erase_member(desk.dispatch().store(), &act(&desk, &session), id).await;
    back(if done.is_ok() { "/roster" } else { &here }, done, Said::Erased)
}

async fn erase_family(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<InquiryId>,
    Filled(Sure { sure }): Filled<Sure>,
) -> Result<Response, Fault> {
    let here = format!("/conversations/{id}");
    if sure != "yes" {
        return Ok(Said::NotErased.at(&here));
    }
    let (chapter, by) = (session.chapter.id, session.admin.id.into());
    match desk.dispatch().erase_family(chapter, id, by).await? {
        Ok(()) => Ok(Said::Erased.at(&here)),
        Err(NotErased::NotFound) => Err(Fault::not_found()),
        Err(NotErased::Open) => Ok(Said::StillOpen.at(&here)),
    }
}
