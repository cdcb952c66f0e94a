//! `/m/TOKEN`: a member's own page, on whatever phone its link was sent to.
//!
//! The page is a frame and sections, one after the other. A section is a module of its own that gives
//! its heading and what stands under it; [`page`] puts them in order.

mod lists;
mod papers;
mod sending;

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::{Html, IntoResponse as _, Response},
};
use dispatch::{Dispatch, OwnPage};
use roster::Own;
use serde::Deserialize;

pub(crate) use self::sending::{MOST_BYTES, send};
use crate::{Secret, fault::Fault, moment::clock};

/// What stands around the sections.
#[derive(Template)]
#[template(path = "member.html")]
struct Page {
    chapter: String,
    name: String,
    until: String,
    said: Option<Said>,
    sections: Vec<Section>,
}

/// One part of the page.
struct Section {
    /// Its place in the page.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// What stands under it, as it is shown.
    html: String,
}

impl Section {
    fn of(id: &'static str, title: &'static str, shown: &impl Template) -> Result<Self, Fault> {
        Ok(Self { id, title, html: shown.render()? })
    }
}

/// What the page says of what she did. It comes back in the address as one word, so that nothing anybody
/// can write there is ever shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Said {
    Sent,
    NoFile,
    NotPaper,
    TooLarge,
    Dates,
}

#[derive(Deserialize)]
pub(crate) struct InAddress {
    said: Option<Said>,
}

/// Whose page a link opens.
async fn opened(dispatch: &Dispatch, secret: &str) -> Result<OwnPage, Fault> {
    dispatch.own_page(secret).await?.ok_or_else(Fault::unknown)
}

/// What she may see of herself.
async fn own(dispatch: &Dispatch, page: OwnPage) -> Result<Own, Fault> {
    let now = dispatch.now();
    let read = dispatch.store().read(move |tx| {
        Box::pin(async move { roster::own(tx, page.chapter, page.member, now).await })
    });
    Ok(read.await?)
}

/// Shows her page. It changes nothing.
pub(crate) async fn page(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    said: Result<Query<InAddress>, QueryRejection>,
) -> Result<Response, Fault> {
    let opened = opened(&dispatch, &secret).await?;
    let own = own(&dispatch, opened).await?;
    let zone = &own.chapter.timezone;
    let page = Page {
        chapter: own.chapter.name.clone(),
        name: own.member.name.reveal().to_owned(),
        until: clock(opened.expires_at, dispatch.now(), zone),
        said: said.ok().and_then(|Query(given)| given.said),
        sections: vec![
            lists::section(&own)?,
            papers::section(&own)?,
            sending::section(&own, &secret, &dispatch)?,
        ],
    };
    Ok(Html(page.render()?).into_response())
}
