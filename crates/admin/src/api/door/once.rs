//! `Idempotency-Key`: the same request is carried out once, whatever is lost on the way and whoever is
//! restarted. Where the service ended before it answered, it is never carried out again by guess.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use model::{AnswerId, TokenId, day_hours};
use storage::{Answered, Begun, Keyed, hash_secret};

use super::KEY;
use crate::{
    Desk, Error,
    api::{Problem, answer::ToldOnce, body::LARGEST},
};

/// An answer is kept for so many hours.
const KEPT_HOURS: i64 = 24;

/// Carries a request with a key out, or answers as it was answered before.
pub(super) async fn carried_out(
    desk: &Desk,
    token: TokenId,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let key = request.headers().get(KEY).and_then(|key| key.to_str().ok()).unwrap_or_default();
    if key.is_empty() || key.len() > 255 || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        let detail = "It must be 1 to 255 letters, digits or signs without a space.";
        return Err(Problem::field("Idempotency-Key", detail));
    }
    let key = hash_secret(key);
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await.map_err(|_| Problem::too_large(LARGEST))?;
    let asked = format!("{} {}\n{}", parts.method, parts.uri, URL_SAFE_NO_PAD.encode(&body));
    let (dispatch, now) = (desk.dispatch(), desk.dispatch().now());
    let keyed = Keyed {
        id: AnswerId::generate(now, dispatch.chance()),
        token_id: token,
        key,
        request: hash_secret(&asked),
        now,
        until: now.after(day_hours(KEPT_HOURS)),
    };
    let id = keyed.id;
    let begun = dispatch
        .store()
        .write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.begin_keyed(&keyed).await })
        })
        .await
        .map_err(Error::from)?;
    match begun {
        Begun::First => {}
        Begun::Unanswered => return Err(Problem::in_hand()),
        Begun::Other => {
            let detail = "The key was used for another request. Take a fresh one for each.";
            return Err(Problem::unprocessable("Idempotency-Key", detail));
        }
        Begun::Answered(answered) => return Ok(again(answered)),
    }
    // It runs to its end and its answer is kept, whether or not its caller stays.
    let (desk, request) = (desk.clone(), Request::from_parts(parts, Body::from(body)));
    let carried_out = tokio::spawn(async move {
        let response = next.run(request).await;
        kept(&desk, id, response).await
    });
    carried_out.await.unwrap_or_else(|_| Err(Problem::in_hand()))
}

/// Keeps what was answered. A request that was refused changed nothing and is forgotten: it may be sent
/// again. Where the service failed nobody knows what became of it, and it stays without an answer.
async fn kept(desk: &Desk, id: AnswerId, response: Response) -> Result<Response, Problem> {
    let store = desk.dispatch().store();
    if response.status().is_client_error() {
        let forgotten = store.write::<_, storage::Error, _>(move |tx| {
            Box::pin(async move { tx.forget_keyed(id).await })
        });
        forgotten.await.map_err(Error::from)?;
        return Ok(response);
    }
    if !response.status().is_success() {
        return Ok(response);
    }
    let is_told_once = response.extensions().get::<ToldOnce>().is_some();
    let (response, mut answered) = written_down(response).await?;
    if is_told_once {
        (_, answered) = written_down(Problem::told_once().into_response()).await?;
    }
    let kept = store.write::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.keep_answer(id, &answered).await })
    });
    kept.await.map_err(Error::from)?;
    Ok(response)
}

/// An answer, and what is kept of it.
async fn written_down(response: Response) -> Result<(Response, Answered), Problem> {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.map_err(|_| Problem::in_hand())?;
    let text = |name| parts.headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let answered = Answered {
        status: parts.status.as_u16(),
        kind: text(header::CONTENT_TYPE).map(str::to_owned),
        tag: text(header::ETAG).map(str::to_owned),
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    Ok((Response::from_parts(parts, Body::from(body)), answered))
}

/// The answer that was given before.
fn again(answered: Answered) -> Response {
    let status = StatusCode::from_u16(answered.status).unwrap_or(StatusCode::OK);
    let mut response = (status, answered.body).into_response();
    let headers = response.headers_mut();
    headers.remove(header::CONTENT_TYPE);
    for (name, value) in [(header::CONTENT_TYPE, answered.kind), (header::ETAG, answered.tag)] {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    headers.insert("idempotency-replayed", HeaderValue::from_static("true"));
    response
}
