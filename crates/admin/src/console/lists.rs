//! `/lists`: members by hospitals, and why each is on a list or not; what is published; what waits.

mod agreement;
mod grid;
mod hospital;
mod paper;
mod papers;
mod rules;
mod why;

use axum::{
    Router,
    extract::FromRequestParts,
    http::request::Parts,
    response::{IntoResponse as _, Redirect, Response},
    routing::{get, post},
};
use eligibility::Outcome;
use jiff::civil::Date;
use roster::{Act, Person, Refusal, Roll};

pub(super) use self::papers::facts as paper_facts;
use super::{fault::Fault, names::Badge, said::Said, signed::Signed};
use crate::{Desk, session::Session};

pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/lists", get(grid::page))
        .route("/lists/{slug}", get(hospital::page))
        .route("/lists/{slug}/agreement", post(agreement::keep))
        .route("/lists/{slug}/contacts", post(agreement::add_contact))
        .route("/lists/{slug}/contacts/{id}", post(agreement::end_contact))
        .route("/lists/{slug}/rules", get(rules::page))
        .route("/lists/{slug}/publish", post(hospital::publish))
        .route("/lists/{slug}/link", post(hospital::link))
        .route("/lists/{slug}/{member}", get(why::page))
        .route("/lists/{slug}/{member}/{act}", post(why::act))
        .route("/exceptions/{id}/{decision}", post(hospital::exception))
        .route("/papers", get(papers::page))
        .route("/papers/{id}", get(paper::page))
        .route("/papers/{id}/original", get(paper::original))
        .route("/papers/{id}/{decision}", post(paper::decide))
}

/// One of the chapter's people who keeps lists.
pub(super) struct Keeper(pub(super) Session);

impl FromRequestParts<Desk> for Keeper {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Response> {
        let Signed(session) = Signed::from_request_parts(parts, desk).await?;
        if session.admin.role.may_keep_lists() {
            Ok(Self(session))
        } else {
            Err(Fault::keeper().into_response())
        }
    }
}

pub(super) fn act(desk: &Desk, session: &Session) -> Act {
    let dispatch = desk.dispatch();
    Act {
        chapter: session.chapter.id,
        by: Person::Admin(session.admin.id, session.admin.phone_id),
        now: dispatch.now(),
        chance: dispatch.chance().clone(),
    }
}

async fn roll(desk: &Desk, session: &Session) -> Result<Roll, Fault> {
    let chapter = session.chapter.id;
    let store = desk.dispatch().store();
    Ok(store.read(move |tx| Box::pin(async move { Roll::load(tx, chapter).await })).await?)
}

fn today(desk: &Desk, session: &Session) -> Date {
    desk.dispatch().now().in_zone(&session.chapter.timezone).date()
}

/// Goes back to a page, which says what was done or why it was not.
pub(super) fn back<T>(to: &str, done: roster::Result<T>, well: Said) -> Result<Response, Fault> {
    let said = match done {
        Ok(_) => well,
        Err(roster::Error::Refused(refusal)) => match refusal {
            Refusal::NotFound => return Err(Fault::not_found()),
            Refusal::Changed => Said::Changed,
            Refusal::OwnPaper => Said::OwnPaper,
            Refusal::SecondPerson => Said::SecondPerson,
            Refusal::NotWaivable => Said::NotWaivable,
            Refusal::NoRules => Said::NoRules,
            Refusal::Over | Refusal::Taken(_) | Refusal::Program | Refusal::NeedsRole(_) => {
                Said::State
            }
            Refusal::Invalid { field: "reason", .. } => Said::NoReason,
            Refusal::Invalid { field: "lookup", .. } => Said::NoLookup,
            Refusal::Invalid { field: "expires", .. } => Said::NoEnd,
            Refusal::Invalid { .. } => Said::Incomplete,
        },
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("{to}?said={}", said.word())).into_response())
}

/// How somebody stands whom the chapter took off a list, whatever the rules say.
const TAKEN_OFF: Badge = Badge { state: "withdrawn", name: "taken off" };

pub(super) fn badge(outcome: Outcome) -> Badge {
    let (state, name) = match outcome {
        Outcome::Eligible => ("active", "eligible"),
        Outcome::EligibleExpiring => ("waiting", "ends soon"),
        Outcome::EligibleInGrace => ("held", "in grace"),
        Outcome::EligibleByOverride => ("provisional", "by exception"),
        Outcome::Pending => ("applied", "to be checked"),
        Outcome::Ineligible => ("withdrawn", "not eligible"),
        Outcome::NothingAsked => ("withdrawn", "nothing asked yet"),
    };
    Badge { state, name }
}
