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
    map: Option<String>,
    by: Option<String>,
    acting: String,
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
    let acting = Acting::on(&offer, None).render()?;
    let (told, by) = (told(&offer), by(&offer));
    let map = roster::area_map(offer.area.as_slice());
    let said = said.ok().and_then(|Query(given)| given.said);
    Ok(Html(Page { told, map, by, acting, said, offer }.render()?).into_response())
}

/// Does what the pressed button says, then shows the page as it is now.
pub(crate) async fn tap(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Result<Response, Fault> {
    let Ok(Form(pressed)) = pressed else { return Err(Fault::form()) };
    let tapped = dispatch.tap(&secret, pressed.into()).await?.ok_or_else(Fault::unknown)?;
    let said = said(tapped).map(|word| format!("?said={word}")).unwrap_or_default();
    Ok(Redirect::to(&format!("/c/{secret}{said}")).into_response())
}

impl From<Pressed> for Tap {
    fn from(pressed: Pressed) -> Self {
        match pressed.act {
            Act::Claim => Self::Claim { line: pressed.line },
            Act::GiveBack => Self::GiveBack,
        }
    }
}

/// What came of a press, in one word for the address.
pub(crate) fn said(tapped: Tapped) -> Option<&'static str> {
    match tapped {
        Tapped::Done => None,
        Tapped::LinePartly => Some("line_partly"),
        Tapped::LineNot => Some("line_not"),
        Tapped::NoTexts => Some("no_texts"),
    }
}

/// How she stands with an offer, and the buttons for what she may do. They press `to`, or the page they
/// are on.
#[derive(Template)]
#[template(path = "acting.html")]
pub(crate) struct Acting<'a> {
    offer: &'a OfferPage,
    until: Option<String>,
    to: Option<&'a str>,
}

impl<'a> Acting<'a> {
    pub(crate) fn on(offer: &'a OfferPage, to: Option<&'a str>) -> Self {
        let until = match offer.stands {
            Stands::Held { until, .. } | Stands::Collected { by: until, .. } => Some(until),
            _ => None,
        };
        Self { offer, until: until.map(|at| clock(at, offer.at, &offer.zone)), to }
    }
}

/// What an offer tells, as a page prints it.
pub(crate) fn told(offer: &OfferPage) -> Vec<(&'static str, String)> {
    offer.told.iter().map(|(name, words)| (label(name), words.clone())).collect()
}

/// By when the family was promised names.
pub(crate) fn by(offer: &OfferPage) -> Option<String> {
    offer.promised_at.map(|at| clock(at, offer.at, &offer.zone))
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
