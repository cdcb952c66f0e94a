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

/// The scope that each operation needs of a token, by method and address; `None` where it needs no token.
static SCOPES: LazyLock<HashMap<Place, Option<String>>> = LazyLock::new(|| {
    routes()
        .all()
        .map(|about| {
            let at = (about.method.to_uppercase(), format!("/api/v1{}", about.path));
            (at, (!about.public).then(|| about.area.scope(about.method != "get")))
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
    let Some(scope) = needed(method, path)? else { return Ok(next.run(request).await) };
    let token = bearer::token(request.headers(), desk).await?;
    desk.rates().take(token.id, desk.dispatch().now())?;
    if !token.opens(scope) {
        return Err(Problem::out_of_scope(scope));
    }
    let by = token.id;
    request.extensions_mut().insert(token);
    if request.method() == Method::POST && request.headers().contains_key(KEY) {
        return once::carried_out(desk, by, request, next).await;
    }
    Ok(next.run(request).await)
}

/// The scope that an operation needs, if it needs any. What is not described opens to nobody.
fn needed(method: &Method, path: &str) -> Result<Option<&'static str>, Problem> {
    let known = SCOPES.get(&(method.to_string(), path.to_owned()));
    known.map(Option::as_deref).ok_or_else(|| Problem::out_of_scope("of nobody"))
}

/// Seconds from one instant to another, rounded up.
fn seconds_until(now: Timestamp, at: Timestamp) -> i64 {
    at.since(now).as_secs().max(0) + 1
}

#[cfg(test)]
mod tests {
    use axum::{
        http::{Method, StatusCode},
        response::IntoResponse as _,
    };

    use super::needed;

    #[test]
    fn what_is_not_described_opens_to_nobody() {
        assert_eq!(needed(&Method::GET, "/api/v1/hospitals").expect("known"), Some("lists:read"));
        assert_eq!(needed(&Method::POST, "/api/v1/tokens").expect("known"), Some("tokens:write"));
        assert_eq!(needed(&Method::GET, "/api/v1/openapi.json").expect("known"), None);
        for (method, path) in [(Method::GET, "/hospitals"), (Method::PUT, "/api/v1/tokens")] {
            let refused = needed(&method, path).expect_err("nobody described it");
            assert_eq!(refused.into_response().status(), StatusCode::FORBIDDEN);
        }
    }
}
