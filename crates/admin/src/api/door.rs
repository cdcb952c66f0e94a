//! What every request passes: whose token it is, what the token opens, how often it asks, and whether
//! it was asked before.

mod listeners;
mod once;
mod rates;

use std::{collections::HashMap, sync::LazyLock};

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderName, Method},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use model::Timestamp;
use storage::Token;

pub(crate) use self::{
    listeners::{Listeners, Open},
    rates::Rates,
};
use super::{Problem, bearer, routes};
use crate::Desk;

/// A caller's own name for one request.
pub(crate) const KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A method and an address.
type Place = (String, String);
/// The scope that is needed, and the wider one that is as good.
type Scopes = (String, String);

/// What each operation needs of a token: by method and address.
static SCOPES: LazyLock<HashMap<Place, Option<Scopes>>> = LazyLock::new(|| {
    routes()
        .all()
        .map(|about| {
            let changes = about.method != "get";
            let scopes = (about.area.scope(changes), about.area.scope(true));
            let at = (about.method.to_uppercase(), format!("/api/v1{}", about.path));
            (at, (!about.public).then_some(scopes))
        })
        .collect()
});

/// Lets a request in, or says why not.
pub(crate) async fn pass(State(desk): State<Desk>, request: Request, next: Next) -> Response {
    match let_in(&desk, request, next).await {
        Ok(response) => response,
        Err(problem) => problem.into_response(),
    }
}

async fn let_in(desk: &Desk, mut request: Request, next: Next) -> Result<Response, Problem> {
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let method = if request.method() == Method::HEAD { &Method::GET } else { request.method() };
    let scopes = SCOPES.get(&(method.to_string(), path.to_owned()));
    if scopes.is_some_and(Option::is_none) {
        return Ok(next.run(request).await);
    }
    let token = bearer::token(request.headers(), desk).await?;
    desk.rates().take(token.id, desk.dispatch().now())?;
    if let Some(Some((one, whole))) = scopes {
        may(&token, one, whole)?;
    }
    let by = token.id;
    request.extensions_mut().insert(token);
    if request.method() == Method::POST && request.headers().contains_key(KEY) {
        return once::carried_out(desk, by, request, next).await;
    }
    Ok(next.run(request).await)
}

/// Whoever may change something may look at it.
fn may(token: &Token, one: &str, whole: &str) -> Result<(), Problem> {
    let Some(scopes) = &token.scopes else { return Ok(()) };
    if scopes.iter().any(|scope| scope == one || scope == whole) {
        return Ok(());
    }
    Err(Problem::out_of_scope(one))
}

/// Seconds from one instant to another, rounded up.
fn seconds_until(now: Timestamp, at: Timestamp) -> i64 {
    at.since(now).as_secs().max(0) + 1
}
