//! A member's photo: looked at, and taken away where it is none that families should see.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use model::MemberId;

use crate::{
    Desk,
    console::{
        fault::Fault,
        lists::{Keeper, act, back},
        said::Said,
        signed::Id,
    },
};

/// The photo.
pub(super) async fn photo(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<MemberId>,
) -> Result<Response, Fault> {
    let found = roster::portrait_of(desk.dispatch().store(), &act(&desk, &session), id).await?;
    let photo = found.ok_or_else(Fault::not_found)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], photo.into_jpeg()).into_response())
}

/// Takes it away.
pub(super) async fn remove(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<MemberId>,
) -> Result<Response, Fault> {
    let act = act(&desk, &session);
    let done = roster::drop_portrait(desk.dispatch().store(), &act, id).await;
    back(&format!("/roster/{id}"), done, Said::PhotoGone)
}
