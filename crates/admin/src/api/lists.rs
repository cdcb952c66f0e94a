//! Hospitals and their lists: what every address of theirs needs.

mod editions;
mod evidence;
mod exceptions;
mod hospitals;
mod members;
mod recalls;
mod rules;
mod sheets;
mod standing;
mod union;

use jiff::civil::Date;
use model::{
    schemars::{self, JsonSchema},
    shapes::Slug,
};
use roster::{Act, Refusal, Roll};
use serde::Deserialize;

use super::{
    Problem,
    routes::{Area, Routes},
};
use crate::Desk;

pub(super) fn add(routes: Routes) -> Routes {
    let routes = hospitals::add(routes);
    let routes = rules::add(routes);
    let routes = standing::add(routes);
    let routes = editions::add(routes);
    let routes = recalls::add(routes);
    let routes = members::add(routes);
    let routes = evidence::add(routes);
    let routes = exceptions::add(routes);
    sheets::add(routes)
}

/// A hospital by its slug.
#[derive(Deserialize, JsonSchema)]
struct Hospital {
    /// The hospital's slug.
    #[schemars(with = "Slug")]
    slug: String,
}

/// What is stored as JSON, as it is shown.
fn read<T: serde::de::DeserializeOwned>(
    what: &'static str,
    id: impl std::fmt::Display,
    stored: serde_json::Value,
) -> Result<T, Problem> {
    let unreadable = |_| roster::Error::Unreadable { what, id: id.to_string() };
    Ok(serde_json::from_value(stored).map_err(unreadable)?)
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
            Refusal::NeedsRole(role) => Self::forbidden(role),
            Refusal::Invalid { field, problem } => {
                Self::unprocessable(field, format!("{field} {problem}."))
            }
            refusal => Self::conflict(format!("Nothing changed: {refusal}.")),
        }
    }
}
