//! `/m/TOKEN`: a member's own pages, on whatever phone their link was sent to.
//!
//! Each page is a frame and sections, one after the other. A section is a module of its own that gives
//! its heading and what stands under it, and takes what its forms send; a [`Room`] is a page.

mod away;
mod lists;
mod papers;
mod past;
mod phone;
mod portrait;
mod profile;
mod said;
mod sending;
mod share;
mod work;

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts, Query, State},
    http::request::Parts,
    response::{Html, IntoResponse as _, Response},
    routing::{get, post},
};
use dispatch::{Dispatch, OwnPage};
use roster::{Act, Own, Person};
use serde::Deserialize;

use self::said::{Notice, Said};
use crate::{Secret, fault::Fault, moment::clock};

/// A form of hers has more to say than an offer's.
const MOST_BYTES: usize = 16 * 1024;

/// Her pages, and what their forms send.
pub(crate) fn router() -> Router<Dispatch> {
    let forms = Router::new()
        .route("/m/{secret}", get(home))
        .route("/m/{secret}/history", get(history))
        .route("/m/{secret}/share", get(fair_share))
        .route("/m/{secret}/profile", get(own_profile).post(profile::save))
        .route("/m/{secret}/areas/{borough}", get(profile::borough).post(profile::save_borough))
        .route("/m/{secret}/referrals/{referral}", post(work::press))
        .route("/m/{secret}/away", post(away::press))
        .route("/m/{secret}/phone", get(phone::page).post(phone::choose))
        .route("/m/{secret}/push", post(phone::push))
        .route("/m/{secret}/photo/remove", post(portrait::remove))
        .route("/m/{secret}/keep", post(phone::links))
        .route("/m/{secret}/app.webmanifest", get(phone::manifest))
        .layer(DefaultBodyLimit::max(MOST_BYTES));
    let uploads = Router::new()
        .route("/m/{secret}/papers", post(sending::send))
        .route("/m/{secret}/photo", get(portrait::photo).post(portrait::send))
        .layer(DefaultBodyLimit::max(sending::MOST_BYTES));
    forms.merge(uploads).method_not_allowed_fallback(async || Fault::unknown())
}

/// One of her pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    Home,
    History,
    Share,
    Profile,
    Phone,
}

impl Room {
    const ALL: [Self; 5] = [Self::Home, Self::Profile, Self::Phone, Self::History, Self::Share];

    fn title(self) -> &'static str {
        match self {
            Self::Home => "Requests and lists",
            Self::History => "History",
            Self::Share => "Fair share",
            Self::Profile => "Profile",
            Self::Phone => "This phone",
        }
    }

    /// Its part of the address.
    fn path(self) -> &'static str {
        match self {
            Self::Home => "",
            Self::History => "/history",
            Self::Share => "/share",
            Self::Profile => "/profile",
            Self::Phone => "/phone",
        }
    }
}

/// What stands around the sections.
#[derive(Template)]
#[template(path = "member.html")]
struct Page {
    chapter: String,
    name: String,
    until: String,
    notice: Option<Notice>,
    room: Room,
    rooms: Vec<(Room, String)>,
    head: String,
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

/// What stands in a page's address behind its path. Whatever cannot be read is nothing.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct InAddress {
    said: Option<Said>,
    before: Option<String>,
}

impl<S: Send + Sync> FromRequestParts<S> for InAddress {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let given = Query::<Self>::from_request_parts(parts, state).await;
        Ok(given.map(|Query(given)| given).unwrap_or_default())
    }
}

/// Whose page a link opens.
async fn opened(dispatch: &Dispatch, secret: &str) -> Result<OwnPage, Fault> {
    dispatch.own_page(secret).await?.ok_or_else(Fault::unknown)
}

/// Something done on her pages.
fn act(dispatch: &Dispatch, page: OwnPage, by: Person) -> Act {
    let chance = dispatch.chance().clone();
    Act { chapter: page.chapter, by, now: dispatch.now(), chance }
}

/// An address among her pages, with what is to be said there.
fn to(secret: &str, path: &str, said: Option<&str>) -> String {
    match said {
        Some(said) => format!("/m/{secret}{path}?said={said}"),
        None => format!("/m/{secret}{path}"),
    }
}

/// She looks at a page of hers.
struct Visit {
    page: OwnPage,
    chapter: dispatch::Chapter,
    member: dispatch::Member,
}

impl Visit {
    async fn of(dispatch: &Dispatch, secret: &str) -> Result<Self, Fault> {
        let page = opened(dispatch, secret).await?;
        let (chapter, member) = dispatch.own_self(page).await?;
        Ok(Self { page, chapter, member })
    }
}

fn frame(
    visit: &Visit,
    secret: &str,
    room: Room,
    said: Option<Said>,
    sections: Vec<Section>,
    dispatch: &Dispatch,
) -> Page {
    let kept = visit.page.is_kept;
    let head = if kept || room == Room::Phone { phone::head(secret, kept) } else { String::new() };
    Page {
        chapter: visit.chapter.name.clone(),
        name: visit.member.name.reveal().to_owned(),
        until: clock(visit.page.expires_at, dispatch.now(), &visit.chapter.timezone),
        notice: said.map(Said::notice),
        room,
        rooms: Room::ALL.map(|room| (room, to(secret, room.path(), None))).to_vec(),
        head,
        sections,
    }
}

/// What she may see of her lists and papers.
async fn own(dispatch: &Dispatch, page: OwnPage) -> Result<Own, Fault> {
    let now = dispatch.now();
    let read = dispatch.store().read(move |tx| {
        Box::pin(async move { roster::own(tx, page.chapter, page.member, now).await })
    });
    Ok(read.await?)
}

/// What runs for her, her lists and her papers. Looking changes nothing, here and on every page.
async fn home(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    given: InAddress,
) -> Result<Response, Fault> {
    let visit = Visit::of(&dispatch, &secret).await?;
    let work = dispatch.own_work(visit.page).await?;
    let own = own(&dispatch, visit.page).await?;
    let [open, mine] = work::sections(&work, &secret)?;
    let sections = vec![
        open,
        mine,
        away::section(&work, &secret)?,
        lists::section(&own)?,
        papers::section(&own)?,
        sending::section(&own, &secret, &dispatch)?,
    ];
    let page = frame(&visit, &secret, Room::Home, given.said, sections, &dispatch);
    Ok(Html(page.render()?).into_response())
}

async fn history(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    given: InAddress,
) -> Result<Response, Fault> {
    let visit = Visit::of(&dispatch, &secret).await?;
    let before = given.before.and_then(|before| before.parse().ok());
    let past = dispatch.own_past(visit.page, before).await?;
    let sections = vec![past::section(&past, &secret)?];
    let page = frame(&visit, &secret, Room::History, given.said, sections, &dispatch);
    Ok(Html(page.render()?).into_response())
}

async fn fair_share(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    given: InAddress,
) -> Result<Response, Fault> {
    let visit = Visit::of(&dispatch, &secret).await?;
    let share = dispatch.own_share(visit.page).await?;
    let sections = share::sections(&share, dispatch.rule(visit.page.chapter).await?)?;
    let page = frame(&visit, &secret, Room::Share, given.said, sections, &dispatch);
    Ok(Html(page.render()?).into_response())
}

async fn own_profile(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    given: InAddress,
) -> Result<Response, Fault> {
    let visit = Visit::of(&dispatch, &secret).await?;
    let sections = profile::sections(&visit, &secret, &dispatch).await?;
    let page = frame(&visit, &secret, Room::Profile, given.said, sections, &dispatch);
    Ok(Html(page.render()?).into_response())
}
