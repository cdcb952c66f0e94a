//! `/referrals`: what runs and what ran, with its trace; and what may be decided about it. Nothing of
//! the family's is told, neither number nor words; of members their ids, and the name of one who has
//! a place, as the family is given it.

use axum::{
    Json,
    body::Bytes,
    extract::{Path, State, rejection::BytesRejection, rejection::PathRejection},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use dispatch::{
    Decision,
    view::{Summary, View},
};
use model::{ReferralId, ReferralState};
use serde::Serialize;
use storage::ReferralFilter;

use super::{Problem, bearer::Bearer, cursor, query::Parameters};
use crate::Desk;

/// So many are on a page unless the caller wants fewer or more.
const PAGE: i64 = 50;
/// So many are on a page at most.
const MOST: i64 = 200;

#[derive(Serialize)]
pub(crate) struct Page {
    referrals: Vec<Summary>,
    /// Where the next page begins; `null` on the last.
    next_cursor: Option<String>,
}

/// A chapter's referrals, newest first.
pub(crate) async fn list(
    State(desk): State<Desk>,
    Bearer(token): Bearer,
    mut asked: Parameters,
) -> Result<Json<Page>, Problem> {
    let state = asked.take::<ReferralState>("state", "a state of a referral")?;
    let running = asked.take::<bool>("running", "true or false")?.unwrap_or(false);
    let limit = asked.take::<i64>("limit", "a number from 1 to 200")?.unwrap_or(PAGE);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::field("limit", "It must be a number from 1 to 200."));
    }
    let before = match asked.take::<String>("cursor", "a cursor")? {
        Some(given) => Some(cursor::decode(&given).ok_or_else(|| {
            Problem::field("cursor", "It must be next_cursor of the page before.")
        })?),
        None => None,
    };
    asked.none_left("state, running, limit, cursor")?;
    let filter = ReferralFilter { state, running, before, limit: limit + 1 };
    let mut referrals = desk.dispatch().referrals(token.chapter_id, filter).await?;
    let most = usize::try_from(limit).unwrap_or(1);
    let more = referrals.len() > most;
    referrals.truncate(most);
    let next_cursor =
        referrals.last().filter(|_| more).map(|last| cursor::encode(last.created_at, last.id));
    Ok(Json(Page { referrals, next_cursor }))
}

/// A referral whole.
pub(crate) async fn one(
    State(desk): State<Desk>,
    Bearer(token): Bearer,
    id: Result<Path<String>, PathRejection>,
) -> Result<Response, Problem> {
    let Path(id) = id.map_err(|_| Problem::not_found())?;
    let id = id.parse::<ReferralId>().map_err(|_| Problem::not_found())?;
    let view = desk.dispatch().referral(token.chapter_id, id).await?;
    view.map(|view| with_version(&view)).ok_or_else(Problem::not_found)
}

/// Releases, holds, widens or closes a referral, and answers with what it is now.
pub(crate) async fn decide(
    State(desk): State<Desk>,
    bearer: Bearer,
    address: Result<Path<(String, String)>, PathRejection>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let Path((id, decision)) = address.map_err(|_| Problem::not_found())?;
    let id = id.parse::<ReferralId>().map_err(|_| Problem::not_found())?;
    let decision = match decision.as_str() {
        "release" => Decision::Release,
        "hold" => Decision::Hold,
        "widen" => Decision::Widen,
        "close" => Decision::Close,
        _ => return Err(Problem::not_found()),
    };
    let Bearer(token) = bearer.may_act()?;
    nothing_in(&body.map_err(|_| Problem::too_large())?)?;
    let version = if_match(&headers)?;
    let dispatch = desk.dispatch();
    dispatch.decide(token.chapter_id, id, token.id.into(), version, decision).await??;
    let view = dispatch.referral(token.chapter_id, id).await?;
    view.map(|view| with_version(&view)).ok_or_else(Problem::not_found)
}

fn with_version(view: &View) -> Response {
    let tag = HeaderValue::from_str(&format!("\"{}\"", view.summary.version));
    let mut response = Json(view).into_response();
    if let Ok(tag) = tag {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// The version that the caller saw; `None` where any will do.
pub(crate) fn if_match(headers: &HeaderMap) -> Result<Option<i64>, Problem> {
    let Some(told) = headers.get(header::IF_MATCH) else { return Ok(None) };
    let told = told.to_str().unwrap_or_default().trim();
    if told == "*" {
        return Ok(None);
    }
    if told.starts_with("W/") || told.contains(',') {
        return Err(Problem::changed());
    }
    let version = told.strip_prefix('"').and_then(|told| told.strip_suffix('"'));
    let version = version.ok_or_else(|| {
        Problem::field("If-Match", "It must be the ETag that the referral came with, or *.")
    })?;
    // A tag that we never gave matches nothing.
    version.parse().map(Some).map_err(|_| Problem::changed())
}

/// A decision needs no body; an empty object is one too.
fn nothing_in(body: &[u8]) -> Result<(), Problem> {
    if body.is_empty() {
        return Ok(());
    }
    match serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(body) {
        Ok(object) if object.is_empty() => Ok(()),
        Ok(_) => Err(Problem::field("body", "There is nothing to say in it: leave it empty.")),
        Err(_) => Err(Problem::field("body", "It must be empty or a JSON object.")),
    }
}
