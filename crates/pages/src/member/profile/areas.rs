//! Where she sees families, borough by borough.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use dispatch::Dispatch;
use roster::{Areas, BoroughChange, BoroughServed, ProfileChange};

use super::{Fields, keep};
use crate::{
    fault::Fault,
    member::{Room, Section, Visit, frame, opened, to},
};

#[derive(Template)]
#[template(path = "member_boroughs.html")]
struct Boroughs<'a> {
    secret: &'a str,
    boroughs: Vec<(BoroughServed, String, String)>,
}

#[derive(Template)]
#[template(path = "member_areas.html")]
struct Borough<'a> {
    secret: &'a str,
    slug: String,
    borough: BoroughServed,
}

/// What she serves of each borough.
pub(super) fn section(areas: Areas, secret: &str) -> Result<Section, Fault> {
    let boroughs = areas.boroughs.into_iter().map(|borough| {
        let (slug, served) = (slug(&borough), served(&borough));
        (borough, slug, served)
    });
    let boroughs = Boroughs { secret, boroughs: boroughs.collect() };
    Section::of("areas", "Where you see families", &boroughs)
}

/// A borough's name as it stands in an address.
fn slug(borough: &BoroughServed) -> String {
    borough.name.to_lowercase().replace(' ', "-")
}

fn served(borough: &BoroughServed) -> String {
    let named = borough.neighborhoods.iter().filter(|(_, named)| *named);
    match (borough.whole, named.map(|(name, _)| name.as_str()).collect::<Vec<_>>()) {
        (true, _) => "All of it".to_owned(),
        (false, named) if named.is_empty() => "None of it".to_owned(),
        (false, named) => named.join(", "),
    }
}

/// Shows a borough's parts, to choose among.
pub(crate) async fn borough(
    State(dispatch): State<Dispatch>,
    Path((secret, name)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let visit = Visit::of(&dispatch, &secret).await?;
    let areas = Areas::of(&visit.member.profile.areas);
    let borough = areas.boroughs.into_iter().find(|borough| slug(borough) == name);
    let borough = borough.ok_or_else(Fault::unknown)?;
    let title = borough.name;
    let shown = Borough { secret: &secret, slug: name, borough };
    let section = Section::of("areas", title, &shown)?;
    let page = frame(&visit, &secret, Room::Profile, None, vec![section], &dispatch);
    Ok(Html(page.render()?).into_response())
}

/// Keeps what she serves of a borough.
pub(crate) async fn save_borough(
    State(dispatch): State<Dispatch>,
    Path((secret, name)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Fault> {
    let page = opened(&dispatch, &secret).await?;
    let Ok(Form(fields)) = fields else { return Err(Fault::form()) };
    let places = fields.iter().filter(|(field, _)| field == "place");
    let known = Areas::of(&[]).boroughs.into_iter().find(|borough| slug(borough) == name);
    let borough = BoroughChange {
        name: known.ok_or_else(Fault::unknown)?.name.to_owned(),
        whole: fields.iter().any(|(field, _)| field == "whole"),
        neighborhoods: places.map(|(_, place)| place.clone()).collect(),
    };
    let change = ProfileChange { borough: Some(borough), ..ProfileChange::default() };
    let said = keep(&dispatch, page, change).await?;
    Ok(Redirect::to(&to(&secret, "/profile", Some(said))).into_response())
}
