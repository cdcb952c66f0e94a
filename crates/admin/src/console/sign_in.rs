//! `/sign-in`: the link that works once, and `/sign-out`.
//!
//! Opening the link shows a page with one button and uses nothing up: mail programs and virus
//! scanners open links. Pressing the button does.

use askama::Template;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{Html, IntoResponse as _, Redirect, Response},
};
use storage::SignIn;

use super::{fault::Fault, frame::show, signed::Id};
use crate::{
    Desk, begin_session,
    session::{self, SET_COOKIE},
};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page {
    stage: Stage,
}

#[derive(PartialEq, Eq)]
enum Stage {
    /// How to get a link.
    How,
    /// One button.
    Offer,
    /// The link was used before.
    Used,
    /// The link is too old, or none of ours.
    Unknown,
    /// Signed out.
    Left,
}

/// Says how to get a link.
pub(crate) async fn how(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, Fault> {
    if session::session(desk.dispatch(), desk.options(), &headers).await?.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    show(&Page { stage: Stage::How })
}

/// Shows the button.
pub(crate) async fn offer(Id(_): Id<String>) -> Result<Response, Fault> {
    show(&Page { stage: Stage::Offer })
}

/// Uses the link up and begins a session.
pub(crate) async fn enter(
    State(desk): State<Desk>,
    Id(token): Id<String>,
) -> Result<Response, Fault> {
    let stage = match session::use_link(desk.dispatch(), &token).await? {
        SignIn::Welcome(admin) => {
            let cookie = begin_session(desk.dispatch(), admin, desk.options()).await?;
            return Ok(([(SET_COOKIE, cookie)], Redirect::to("/")).into_response());
        }
        SignIn::Used => Stage::Used,
        SignIn::Unknown => Stage::Unknown,
    };
    let page = Page { stage }.render()?;
    Ok((axum::http::StatusCode::GONE, Html(page)).into_response())
}

/// Ends the session.
pub(crate) async fn leave(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, Fault> {
    let cookie = session::end(desk.dispatch(), desk.options(), &headers).await?;
    let page = Page { stage: Stage::Left }.render()?;
    Ok(([(SET_COOKIE, cookie)], Html(page)).into_response())
}
