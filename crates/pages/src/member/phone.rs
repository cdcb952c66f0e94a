//! How requests reach her, and her pages on her home screen.

use askama::Template;
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::header,
    response::{Html, IntoResponse as _, Redirect, Response},
};
use dispatch::{Dispatch, KEPT_DAYS, Keeping as Kept, Subscription};
use model::OfferBy;
use roster::ProfileChange;
use serde::Deserialize;
use serde_json::json;

use super::{InAddress, Room, Section, Visit, frame, opened, profile::keep, to};
use crate::{Secret, fault::Fault};

#[derive(Template)]
#[template(path = "member_phone.html")]
struct Ways<'a> {
    secret: &'a str,
    ways: [(OfferBy, &'static str, bool); 3],
    key: Option<&'a str>,
    browsers: usize,
}

#[derive(Template)]
#[template(path = "member_keep.html")]
struct Keeping<'a> {
    secret: &'a str,
    kept: bool,
    until: String,
    days: i64,
}

/// Shows both.
pub(crate) async fn page(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    given: InAddress,
) -> Result<Response, Fault> {
    let visit = Visit::of(&dispatch, &secret).await?;
    let now = visit.member.profile.offer_by;
    let ways = [
        (OfferBy::Both, "By text, and by notification where I asked for it"),
        (OfferBy::Text, "By text alone"),
        (OfferBy::Push, "By notification alone; by text if it cannot be shown"),
    ];
    let ways = Ways {
        secret: &secret,
        ways: ways.map(|(way, words)| (way, words, way == now)),
        key: dispatch.push_key(),
        browsers: dispatch.own_browsers(visit.page).await?,
    };
    let until = visit.page.expires_at.in_zone(&visit.chapter.timezone).strftime("%-d %b %Y");
    let keeping = Keeping {
        secret: &secret,
        kept: visit.page.is_kept,
        until: until.to_string(),
        days: KEPT_DAYS,
    };
    let sections = vec![
        Section::of("ways", "How requests reach you", &ways)?,
        Section::of("keep", "On your home screen", &keeping)?,
    ];
    let page = frame(&visit, &secret, Room::Phone, given.said, sections, &dispatch);
    Ok(Html(page.render()?).into_response())
}

/// By which way she wants to be told.
#[derive(Deserialize)]
pub(crate) struct Chosen {
    offer_by: OfferBy,
}

/// Keeps the way she chose.
pub(crate) async fn choose(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    chosen: Result<Form<Chosen>, FormRejection>,
) -> Result<Response, Fault> {
    let page = opened(&dispatch, &secret).await?;
    let Ok(Form(chosen)) = chosen else { return Err(Fault::form()) };
    let change = ProfileChange { offer_by: Some(chosen.offer_by), ..ProfileChange::default() };
    let said = keep(&dispatch, page, change).await?;
    Ok(Redirect::to(&to(&secret, "/phone", Some(said))).into_response())
}

/// A browser of hers that wants notifications, or that none does any more.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Pushing {
    On(Subscription),
    Off { act: Off },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Off {
    Off,
}

/// Turns notifications on for a browser, or off for all of hers.
pub(crate) async fn push(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    wanted: Result<Form<Pushing>, FormRejection>,
) -> Result<Response, Fault> {
    let page = opened(&dispatch, &secret).await?;
    let said =
        match wanted {
            Ok(Form(Pushing::On(subscription))) => {
                if dispatch.own_push_on(page, subscription).await? { "push_on" } else { "push_not" }
            }
            Ok(Form(Pushing::Off { act: Off::Off })) => {
                dispatch.own_push_off(page).await?;
                "push_off"
            }
            Err(_) => return Err(Fault::form()),
        };
    Ok(Redirect::to(&to(&secret, "/phone", Some(said))).into_response())
}

/// What she wants done with her links.
#[derive(Deserialize)]
pub(crate) struct Links {
    act: LinkAct,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum LinkAct {
    Keep,
    Forget,
}

/// Gives her a link that she can keep, or closes all she has.
pub(crate) async fn links(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    wanted: Result<Form<Links>, FormRejection>,
) -> Result<Response, Fault> {
    let page = opened(&dispatch, &secret).await?;
    let Ok(Form(wanted)) = wanted else { return Err(Fault::form()) };
    match wanted.act {
        LinkAct::Keep => {
            let (secret, said) = match dispatch.own_keep(page).await? {
                Kept::Kept(kept) => (kept, "kept"),
                Kept::Before => (secret, "kept_before"),
                Kept::NoLinks => return Err(Fault::unknown()),
            };
            Ok(Redirect::to(&to(&secret, "/phone", Some(said))).into_response())
        }
        LinkAct::Forget => {
            dispatch.own_forget(page).await?;
            // The page that says so is the one every closed link opens.
            Ok(Redirect::to(&to(&secret, "", None)).into_response())
        }
    }
}

/// What makes a kept page an app: `/m/TOKEN/app.webmanifest`.
pub(crate) async fn manifest(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
) -> Result<Response, Fault> {
    let visit = Visit::of(&dispatch, &secret).await?;
    if !visit.page.is_kept {
        return Err(Fault::unknown());
    }
    let icon = |size: &str, file: &str, kind: &str| json!({"src": format!("/assets/{file}"), "sizes": size, "type": kind, "purpose": "any"});
    let manifest = json!({
        "id": format!("/m/{}", visit.chapter.slug), "name": visit.chapter.name, "short_name": visit.chapter.slug,
        "start_url": to(&secret, "", None), "scope": "/", "display": "standalone", "lang": "en",
        "background_color": "#faf8f3", "theme_color": "#14564b",
        "icons": [
            icon("192x192", "app-192.png", "image/png"), icon("512x512", "app-512.png", "image/png"),
            icon("any", "icon.svg", "image/svg+xml"),
        ],
    });
    let kind = [(header::CONTENT_TYPE, "application/manifest+json")];
    Ok((kind, manifest.to_string()).into_response())
}

/// What a page's head holds for this: a script and a worker; and what a kept page is installed by.
pub(super) fn head(secret: &str, kept: bool) -> String {
    let script = "\n  <script src=\"/assets/own.js\" defer></script>";
    let install = format!(
        "\n  <link rel=\"manifest\" href=\"/m/{secret}/app.webmanifest\">\
         \n  <link rel=\"apple-touch-icon\" href=\"/assets/app-180.png\">"
    );
    if kept { format!("{install}{script}") } else { script.to_owned() }
}
