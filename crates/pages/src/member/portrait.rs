//! Her photo, which families see beside her name.

use askama::Template;
use axum::{
    extract::{FromRequest as _, Multipart, Request, State},
    response::{IntoResponse as _, Redirect, Response},
};
use dispatch::Dispatch;
use roster::{Person, Portrait, Refusal, drop_portrait, put_portrait};
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{OwnPage, Section, act, opened, sending::NotTaken, to};
use crate::{Secret, fault::Fault, portrait::shown};

#[derive(Template)]
#[template(path = "member_portrait.html")]
struct Photo<'a> {
    secret: &'a str,
    is_given: bool,
}

/// Photos are drawn one after the other: each fills memory while it is.
static DRAWING: Semaphore = Semaphore::const_new(1);

pub(super) async fn section(
    dispatch: &Dispatch,
    page: OwnPage,
    secret: &str,
) -> Result<Section, Fault> {
    let is_given = roster::portrait(dispatch.store(), page.member).await?.is_some();
    Section::of("portrait", "Your photo", &Photo { secret, is_given })
}

/// Shows it.
pub(crate) async fn photo(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
) -> Result<Response, Fault> {
    let page = opened(&dispatch, &secret).await?;
    shown(&dispatch, page.member).await
}

/// Keeps the photo that she sends.
pub(crate) async fn send(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    request: Request,
) -> Result<Response, Fault> {
    // Only then is what she sends read: whoever has no page sends nothing.
    let page = opened(&dispatch, &secret).await?;
    let said = match sent(request).await {
        Ok(file) => keep(&dispatch, page, file).await?,
        Err(NotTaken::TooLarge) => "too_large",
        Err(NotTaken::Said(said)) => said,
        Err(NotTaken::Unreadable) => return Err(Fault::form()),
    };
    Ok(Redirect::to(&to(&secret, "/profile", Some(said))).into_response())
}

async fn sent(request: Request) -> Result<Vec<u8>, NotTaken> {
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| NotTaken::Unreadable)?;
    while let Some(field) = form.next_field().await? {
        if field.name() == Some("photo") {
            let file = field.bytes().await?.to_vec();
            return if file.is_empty() { Err(NotTaken::Said("no_file")) } else { Ok(file) };
        }
    }
    Err(NotTaken::Unreadable)
}

/// Keeps it, and says what came of it in one word.
async fn keep(dispatch: &Dispatch, page: OwnPage, file: Vec<u8>) -> Result<&'static str, Fault> {
    let turn = DRAWING.acquire().await.map_err(|_| Fault::form())?;
    // Whoever hangs up does not give her turn to another while hers is drawn.
    let drawn = spawn_blocking(move || {
        let drawn = Portrait::drawn_from(&file);
        drop(turn);
        drawn
    })
    .await;
    let drawn = match drawn.map_err(|_| Fault::form())? {
        Ok(drawn) => drawn,
        Err(roster::Error::Refused(Refusal::Invalid { .. })) => return Ok("not_photo"),
        Err(error) => return Err(error.into()),
    };
    let act = act(dispatch, page, Person::Member(page.member));
    put_portrait(dispatch.store(), &act, page.member, drawn).await?;
    Ok("photo_kept")
}

/// Takes it away.
pub(crate) async fn remove(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
) -> Result<Response, Fault> {
    let page = opened(&dispatch, &secret).await?;
    let act = act(&dispatch, page, Person::Member(page.member));
    drop_portrait(dispatch.store(), &act, page.member).await?;
    Ok(Redirect::to(&to(&secret, "/profile", Some("photo_gone"))).into_response())
}
