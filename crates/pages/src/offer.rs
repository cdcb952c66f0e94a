//! `/c/TOKEN`: an offer on a member's phone.

use askama::Template;
use axum::{
    Form,
    extract::{
        Query, State,
        rejection::{FormRejection, QueryRejection},
    },
    response::{Html, IntoResponse as _, Redirect, Response},
};
use dispatch::{Dispatch, OfferPage, Stands, Tap, Tapped};
use serde::Deserialize;

use crate::{Secret, fault::Fault, moment::clock};

#[derive(Template)]
#[template(path = "offer.html")]
struct Page {
    offer: OfferPage,
    told: Vec<(&'static str, String)>,
    by: Option<String>,
    until: Option<String>,
    said: Option<Said>,
}

/// What the page says about the line she sent. It comes back in the address as one word, so that
/// nothing anybody can write there is ever shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Said {
    LinePartly,
    LineNot,
    NoTexts,
}

#[derive(Deserialize)]
pub(crate) struct InAddress {
    said: Option<Said>,
}

/// A pressed button.
#[derive(Deserialize)]
pub(crate) struct Pressed {
    act: Act,
    #[serde(default)]
    line: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    Claim,
    GiveBack,
}

/// Shows the offer. It changes nothing.
pub(crate) async fn page(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    said: Result<Query<InAddress>, QueryRejection>,
) -> Result<Response, Fault> {
    let Some(offer) = dispatch.offer_page(&secret).await? else { return Err(Fault::unknown()) };
    let clock = |at| clock(at, offer.at, &offer.zone);
    let until = match offer.stands {
        Stands::Held { until, .. } | Stands::Collected { by: until, .. } => Some(clock(until)),
        _ => None,
    };
    let told = offer.told.iter().map(|(name, words)| (label(name), words.clone())).collect();
    let by = offer.promised_at.map(clock);
    let said = said.ok().and_then(|Query(given)| given.said);
    Ok(Html(Page { told, by, until, said, offer }.render()?).into_response())
}

/// Does what the pressed button says, then shows the page as it is now.
pub(crate) async fn tap(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Result<Response, Fault> {
    let Ok(Form(pressed)) = pressed else { return Err(Fault::form()) };
    let tap = match pressed.act {
        Act::Claim => Tap::Claim { line: pressed.line },
        Act::GiveBack => Tap::GiveBack,
    };
    let Some(tapped) = dispatch.tap(&secret, tap).await? else { return Err(Fault::unknown()) };
    let said = match tapped {
        Tapped::Done => "",
        Tapped::LinePartly => "?said=line_partly",
        Tapped::LineNot => "?said=line_not",
        Tapped::NoTexts => "?said=no_texts",
    };
    Ok(Redirect::to(&format!("/c/{secret}{said}")).into_response())
}

/// A fact's name as the page prints it.
fn label(name: &str) -> &'static str {
    match name {
        "place" => "Area",
        "baby" => "Baby",
        "concern" => "About",
        "visit" => "Visit",
        "payer" => "Payer",
        "language" => "Languages",
        "time" => "Wished times",
        "writing" => "Who writes",
        _ => "Wishes",
    }
}
