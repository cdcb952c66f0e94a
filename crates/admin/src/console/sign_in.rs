//! `/sign-in`: a link by e-mail and a code by text, the link that works once, and `/sign-out`.
//!
//! Opening a link shows a page with one button and uses nothing up: mail programs and virus
//! scanners open links. Pressing the button does. Whoever asks for a link is told the same whether or
//! not the address is known.

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use dispatch::{CodeSent, Entered};
use serde::Deserialize;
use storage::SignIn;
use tokio::sync::Semaphore;

use super::{
    fault::Fault,
    frame::show,
    signed::{Filled, Id},
};
use crate::{
    Desk, begin_session,
    session::{self, SET_COOKIE},
};

/// So many addresses are looked up at once: each look opens the address of everybody.
static ASKING: Semaphore = Semaphore::const_new(2);

#[derive(Template)]
#[template(path = "sign_in.html")]
struct Page {
    stage: Stage,
    /// Where the form of a code goes.
    href: String,
}

#[derive(PartialEq, Eq)]
enum Stage {
    /// An address is asked for.
    How,
    /// If it is one of ours, a link is on its way.
    Mailed,
    /// One button.
    Offer,
    /// One button, and a code comes by text.
    OfferCode,
    /// The code is on its way.
    Code,
    /// It was not that code.
    WrongCode,
    /// No further code is texted for this link.
    Enough,
    /// No line can text one.
    NoLine,
    /// The link was used before.
    Used,
    /// The link is too old, or none of ours.
    Unknown,
    /// Signed out.
    Left,
}

impl Page {
    fn at(stage: Stage) -> Self {
        Self { stage, href: String::new() }
    }

    fn gone(stage: Stage) -> Result<Response, Fault> {
        Ok((StatusCode::GONE, Html(Self::at(stage).render()?)).into_response())
    }
}

/// Asks for an address.
pub(crate) async fn how(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, Fault> {
    if session::session(desk.dispatch(), desk.options(), &headers).await?.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    show(&Page::at(Stage::How))
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    email: String,
}

/// Sends a link, if the address is one of ours. The answer does not wait for that, so that nobody
/// learns from its time which addresses are.
pub(crate) async fn ask(
    State(desk): State<Desk>,
    Filled(asked): Filled<Asked>,
) -> Result<Response, Fault> {
    let dispatch = desk.dispatch().clone();
    // Whoever asks for many waits here, whatever the addresses.
    let turn = ASKING.acquire().await;
    tokio::spawn(async move {
        let _turn = turn;
        if let Err(error) = dispatch.ask_for_link(asked.email).await {
            crate::Error::from(error).log();
        }
    });
    show(&Page::at(Stage::Mailed))
}

/// Shows the button.
pub(crate) async fn offer(
    State(desk): State<Desk>,
    Id(token): Id<String>,
) -> Result<Response, Fault> {
    let wants = desk.dispatch().wants_code(token).await?;
    show(&Page::at(if wants { Stage::OfferCode } else { Stage::Offer }))
}

/// Uses the link up and begins a session; where it wants a code, texts one.
pub(crate) async fn enter(
    State(desk): State<Desk>,
    Id(token): Id<String>,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    match desk.dispatch().text_code(token.clone()).await? {
        CodeSent::Sent => {
            let href = format!("/sign-in/{token}/code");
            return show(&Page { stage: Stage::Code, href });
        }
        CodeSent::Enough => return Page::gone(Stage::Enough),
        CodeSent::NoLine => return Page::gone(Stage::NoLine),
        CodeSent::Unknown => {}
    }
    match session::use_link(desk.dispatch(), &token).await? {
        SignIn::Welcome(admin) => welcome(&desk, admin, &headers).await,
        SignIn::Used => Page::gone(Stage::Used),
        SignIn::Unknown => Page::gone(Stage::Unknown),
    }
}

#[derive(Deserialize)]
pub(crate) struct Typed {
    code: String,
}

/// Tries a code.
pub(crate) async fn code(
    State(desk): State<Desk>,
    Id(token): Id<String>,
    headers: HeaderMap,
    Filled(typed): Filled<Typed>,
) -> Result<Response, Fault> {
    match desk.dispatch().enter_code(token.clone(), typed.code).await? {
        Entered::Welcome(admin) => welcome(&desk, admin, &headers).await,
        Entered::Wrong => {
            let page = Page { stage: Stage::WrongCode, href: format!("/sign-in/{token}/code") };
            Ok((StatusCode::FORBIDDEN, Html(page.render()?)).into_response())
        }
        Entered::Unknown => Page::gone(Stage::Unknown),
    }
}

/// Begins a session. One that the browser brought along ends: nobody works in a session that somebody
/// else began.
async fn welcome(
    desk: &Desk,
    admin: model::AdminId,
    headers: &HeaderMap,
) -> Result<Response, Fault> {
    let cookie = begin(desk, admin, headers).await?;
    Ok(([(SET_COOKIE, cookie)], Redirect::to("/")).into_response())
}

/// The cookie of a session that begins.
pub(super) async fn begin(
    desk: &Desk,
    admin: model::AdminId,
    headers: &HeaderMap,
) -> Result<HeaderValue, Fault> {
    session::end(desk.dispatch(), desk.options(), headers).await?;
    Ok(begin_session(desk.dispatch(), admin, desk.options()).await?)
}

/// Ends the session.
pub(crate) async fn leave(State(desk): State<Desk>, headers: HeaderMap) -> Result<Response, Fault> {
    let cookie = session::end(desk.dispatch(), desk.options(), &headers).await?;
    let page = Page::at(Stage::Left).render()?;
    Ok(([(SET_COOKIE, cookie)], Html(page)).into_response())
}
