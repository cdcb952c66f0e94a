//! Hospitals and their lists: what every address of theirs needs.

mod editions;
mod evidence;
mod hospitals;
mod overrides;
mod sheets;
mod standing;

use axum::{
    Router,
    body::Bytes,
    extract::{
        DefaultBodyLimit, FromRequestParts, Path,
        rejection::{BytesRejection, PathRejection},
    },
    http::request::Parts,
    routing::{delete, get, post, put},
};
use jiff::civil::Date;
use roster::{Act, Person, Refusal, Roll};
use serde::de::DeserializeOwned;
use storage::Token;

use super::{Problem, bearer::Bearer};
use crate::Desk;

/// A photo or a file of requirements may be as large as this.
const LARGEST: usize = 9 * 1024 * 1024;

pub(super) fn router() -> Router<Desk> {
    let large = DefaultBodyLimit::max(LARGEST);
    Router::new()
        .route("/hospitals", get(hospitals::list).post(hospitals::add))
        .route("/hospitals/{slug}", get(hospitals::one).patch(hospitals::change))
        .route("/hospitals/{slug}/contacts", get(hospitals::contacts).post(hospitals::add_contact))
        .route("/hospitals/{slug}/contacts/{id}", delete(hospitals::end_contact))
        .route("/hospitals/{slug}/rules", get(hospitals::rules).post(hospitals::add_rules))
        .route("/hospitals/{slug}/link", post(hospitals::link))
        .route("/hospitals/{slug}/standing", get(standing::of_hospital))
        .route("/hospitals/{slug}/forecast", get(standing::forecast))
        .route("/hospitals/{slug}/editions", get(editions::list).post(editions::publish))
        .route("/hospitals/{slug}/editions/{edition}", get(editions::one))
        .route("/hospitals/{slug}/recalls", get(editions::recalls).post(editions::recall))
        .route("/hospitals/{slug}/recalls/{member}", delete(editions::lift))
        .route("/members", get(standing::members))
        .route("/members/{id}/facts", get(evidence::facts).put(evidence::put_facts))
        .route("/members/{id}/evidence", get(evidence::of_member).post(evidence::submit))
        .route("/members/{id}/standing", get(standing::of_member))
        .route("/evidence", get(evidence::queue))
        .route("/evidence/{id}", get(evidence::one))
        .route(
            "/evidence/{id}/original",
            put(evidence::put_original).get(evidence::original).layer(large),
        )
        .route("/evidence/{id}/{decision}", post(evidence::decide))
        .route("/overrides", get(overrides::list).post(overrides::request))
        .route("/overrides/{id}/{decision}", post(overrides::decide))
        .route("/imports/{what}", post(sheets::import).layer(large))
        .route("/exports/{what}", get(sheets::export))
}

/// A token that may keep lists, and what is done with it.
struct Keeper(Act);

impl FromRequestParts<Desk> for Keeper {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let Bearer(token) = Bearer::from_request_parts(parts, desk).await?;
        if !token.role.may_keep_lists() {
            return Err(Problem::forbidden_lists());
        }
        Ok(Self(act(desk, &token)))
    }
}

/// A token of any role, and what is looked at with it.
struct Looker(Act);

impl FromRequestParts<Desk> for Looker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let Bearer(token) = Bearer::from_request_parts(parts, desk).await?;
        Ok(Self(act(desk, &token)))
    }
}

fn act(desk: &Desk, token: &Token) -> Act {
    let dispatch = desk.dispatch();
    Act {
        chapter: token.chapter_id,
        by: Person::Token(token.id),
        now: dispatch.now(),
        chance: dispatch.chance().clone(),
    }
}

/// The names in an address.
struct Named<T>(T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let named: Result<Path<T>, PathRejection> = Path::from_request_parts(parts, state).await;
        named.map(|Path(named)| Self(named)).map_err(|_| Problem::not_found())
    }
}

/// The body of a request, as what it should be.
fn told<T: DeserializeOwned>(body: Result<Bytes, BytesRejection>) -> Result<T, Problem> {
    let body = body.map_err(|_| Problem::too_large())?;
    let body: &[u8] = if body.is_empty() { b"{}" } else { &body };
    serde_json::from_slice(body)
        .map_err(|error| Problem::field("body", format!("It cannot be used: {error}.")))
}

/// Everything that decides who is on which list.
async fn roll(desk: &Desk, act: &Act) -> Result<Roll, Problem> {
    let chapter = act.chapter;
    let roll = desk
        .dispatch()
        .store()
        .read(move |tx| Box::pin(async move { Roll::load(tx, chapter).await }));
    Ok(roll.await?)
}

/// The day that was asked for, or today where the chapter is.
fn day(roll: &Roll, act: &Act, asked: Option<Date>) -> Date {
    asked.unwrap_or_else(|| act.now.in_zone(&roll.chapter.timezone).date())
}

impl From<roster::Error> for Problem {
    fn from(error: roster::Error) -> Self {
        match error {
            roster::Error::Refused(refusal) => refusal.into(),
            error => crate::Error::from(error).into(),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::not_found(),
            Refusal::Changed => Self::changed(),
            Refusal::Invalid { field, problem } => {
                Self::field(field, format!("{field} {problem}."))
            }
            refusal => Self::conflict(format!("Nothing changed: {refusal}.")),
        }
    }
}
