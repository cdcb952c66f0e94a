//! `/passkeys`: signing in by one, adding one, taking one away. What a browser's script sends is JSON.

use axum::{
    Json, Router,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse as _, Response},
    routing::post,
};
use model::PasskeyId;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    fault::Fault,
    said::Said,
    sign_in,
    signed::{Id, Signed},
};
use crate::{
    Desk,
    passkeys::{Asked, Passkeys},
    session::SET_COOKIE,
};

pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/passkeys/ask", post(ask_to_sign))
        .route("/passkeys/sign-in", post(sign_in_by))
        .route("/passkeys/new", post(ask_to_make))
        .route("/passkeys", post(add))
        .route("/passkeys/{id}/end", post(end))
}

/// What a browser answers: the token of what it was asked, and what its authenticator made or signed.
#[derive(Deserialize)]
struct Sent {
    token: String,
    credential: Value,
}

type Told = Result<Json<Sent>, JsonRejection>;

/// What could not be done with a passkey: the page's script says it in its words.
fn refused() -> Response {
    (StatusCode::FORBIDDEN, Json(json!({"said": "refused"}))).into_response()
}

async fn asked(
    desk: &Desk,
    admin: Option<model::AdminId>,
    asked: Asked,
) -> Result<Response, Fault> {
    let token = desk.dispatch().challenge(admin, asked.content).await?;
    Ok(Json(json!({"token": token, "options": asked.options})).into_response())
}

/// Whoever asks is told the same: that this service would like something signed.
async fn ask_to_sign(State(desk): State<Desk>) -> Result<Response, Fault> {
    match desk.passkeys().and_then(Passkeys::ask_to_sign) {
        Some(wanted) => asked(&desk, None, wanted).await,
        None => Ok(refused()),
    }
}

/// Begins a session, if the signature is right. Whatever is wrong is answered the same.
async fn sign_in_by(
    State(desk): State<Desk>,
    headers: HeaderMap,
    sent: Told,
) -> Result<Response, Fault> {
    let Json(sent) = sent.map_err(|_| Fault::form())?;
    let dispatch = desk.dispatch();
    let Some(content) = dispatch.challenged(sent.token, None).await? else { return Ok(refused()) };
    let signed = desk.passkeys().and_then(|all| all.signed(sent.credential, content));
    let Some((who, credential, judge)) = signed else { return Ok(refused()) };
    match dispatch.enter_by_passkey(who, credential, judge).await? {
        Some(admin) => {
            let cookie = sign_in::begin(&desk, admin, &headers).await?;
            Ok(([(SET_COOKIE, cookie)], Json(json!({"to": "/"}))).into_response())
        }
        None => Ok(refused()),
    }
}

async fn ask_to_make(State(desk): State<Desk>, Signed(session): Signed) -> Result<Response, Fault> {
    let admin = &session.admin;
    let known = desk.dispatch().passkeys(admin.id).await?;
    let known: Vec<_> = known.into_iter().map(|one| one.content).collect();
    let wanted = desk.passkeys().and_then(|all| {
        all.ask_to_make(admin.id, admin.email.reveal(), admin.name.reveal(), &known)
    });
    match wanted {
        Some(wanted) => asked(&desk, Some(admin.id), wanted).await,
        None => Ok(refused()),
    }
}

async fn add(
    State(desk): State<Desk>,
    Signed(session): Signed,
    sent: Told,
) -> Result<Response, Fault> {
    let Json(sent) = sent.map_err(|_| Fault::form())?;
    let (dispatch, chapter, admin) = (desk.dispatch(), session.chapter.id, session.admin.id);
    let content = dispatch.challenged(sent.token, Some(admin)).await?;
    let made = content
        .and_then(|content| desk.passkeys().and_then(|all| all.made(sent.credential, content)));
    let Some(made) = made else { return Ok(refused()) };
    if !dispatch.add_passkey(chapter, admin, made.credential, made.content).await? {
        return Ok(refused());
    }
    Ok(Json(json!({"to": "/people?said=passkey_added"})).into_response())
}

async fn end(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Id(id): Id<PasskeyId>,
) -> Result<Response, Fault> {
    let (chapter, admin) = (session.chapter.id, session.admin.id);
    if !desk.dispatch().end_passkey(chapter, admin, id).await? {
        return Err(Fault::not_found());
    }
    Ok(Said::PasskeyEnded.at("/people"))
}
