//! `/roster`: who is on it, one member, adding one, and bringing members in from a file.

mod member;
mod numbers;
mod papers;
mod portrait;
mod profile;
mod sheet;
mod times;

use std::collections::HashMap;

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Query, State, rejection::QueryRejection},
    response::Response,
    routing::{get, post},
};
use model::{MemberId, MemberStatus, Phone, Word as _};
use serde::Deserialize;
use storage::{Member, Named};

use super::{
    fault::Fault,
    frame::{Frame, Room, show},
    lists::Keeper,
    names::Badge,
    said::Saying,
};
use crate::Desk;

/// So many members a page.
const PAGE: usize = 50;
/// A file or a photo has no more bytes than this.
const MOST_BYTES: usize = 9 * 1024 * 1024;

pub(super) fn router() -> Router<Desk> {
    let uploads = Router::new()
        .route("/roster/import", get(sheet::page).post(sheet::look))
        .route("/roster/import/all", post(sheet::import))
        .route("/roster/{id}/papers", post(papers::add))
        .layer(DefaultBodyLimit::max(MOST_BYTES));
    Router::new()
        .route("/roster", get(page))
        .route("/roster/export.csv", get(sheet::export))
        .route("/roster/new", get(numbers::page).post(numbers::add))
        .route("/roster/{id}", get(member::page))
        .route("/roster/{id}/away", post(times::away))
        .route("/roster/{id}/number", post(numbers::change))
        .route("/roster/{id}/photo", get(portrait::photo))
        .route("/roster/{id}/photo/remove", post(portrait::remove))
        .route("/roster/{id}/profile", post(profile::save))
        .route("/roster/{id}/standing", post(member::standing))
        .route("/roster/{id}/times", post(times::save))
        .merge(uploads)
}

#[derive(Template)]
#[template(path = "roster.html")]
struct Page {
    frame: Frame,
    tabs: Vec<Tab>,
    words: String,
    status: String,
    rows: Vec<Row>,
    next: Option<String>,
    is_first: bool,
    apply: String,
}

struct Tab {
    href: String,
    name: &'static str,
    is_chosen: bool,
}

struct Row {
    href: String,
    name: String,
    phone: String,
    badge: Badge,
    areas: String,
    offers: String,
}

/// What a person may choose; what cannot be read is as if it were not there.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Chosen {
    status: String,
    words: String,
    after: String,
}

async fn page(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Saying(said): Saying,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, Fault> {
    let chosen = chosen.map(|Query(chosen)| chosen).unwrap_or_default();
    let status = MemberStatus::from_word(&chosen.status);
    let after = chosen.after.parse::<MemberId>().ok();
    let words = chosen.words.trim().to_lowercase();
    let mut rows = found(&desk, session.chapter.id, status, after, words.clone()).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let word = status.map_or("", |status| status.as_str());
    let next = rows.last().filter(|_| more).map(|(_, last)| {
        format!("/roster?status={word}&words={}&after={}", encoded(&words), last.id)
    });
    let tab = |status: Option<MemberStatus>| Tab {
        href: status
            .map_or_else(|| "/roster".to_owned(), |status| format!("/roster?status={status}")),
        name: status.map_or("all", |status| badge(status).name),
        is_chosen: word == status.map_or("", |status| status.as_str()),
    };
    let shown = [None, Some(MemberStatus::Applied), Some(MemberStatus::Active)];
    let rest = [MemberStatus::Paused, MemberStatus::Suspended, MemberStatus::Removed].map(Some);
    show(&Page {
        tabs: shown.into_iter().chain(rest).map(tab).collect(),
        words: chosen.words,
        status: word.to_owned(),
        rows: rows.iter().map(|(phone, member)| Row::of(member, phone.as_ref())).collect(),
        next,
        is_first: after.is_none(),
        apply: format!("{}/join/{}", desk.dispatch().public_url(), session.chapter.slug),
        frame: Frame::new(Room::Roster, &session, said),
    })
}

/// A page of members after one, and one more if there is one. Names are sealed, so words are looked for
/// in the rows as they are opened.
async fn found(
    desk: &Desk,
    chapter: model::ChapterId,
    status: Option<MemberStatus>,
    after: Option<MemberId>,
    words: String,
) -> Result<Vec<(Option<Phone>, Member)>, Fault> {
    let store = desk.dispatch().store();
    let rows = store.read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move {
            let members = if words.is_empty() {
                let wanted = i64::try_from(PAGE).unwrap_or(i64::MAX).saturating_add(1);
                tx.members_after(chapter, status, after, wanted).await?
            } else {
                let all = tx.members_by_name(chapter, status, after).await?;
                let said = all.iter().filter(|member| says(member, &words)).take(PAGE + 1);
                let mut found = tx.members_of(&said.map(|one| one.id).collect::<Vec<_>>()).await?;
                found.sort_by_key(|member| member.id);
                found
            };
            let ids: Vec<_> = members.iter().map(|member| member.phone_id).collect();
            let phones = tx.phones_of(&ids).await?.into_iter();
            let numbers: HashMap<_, _> = phones.map(|phone| (phone.id, phone.number)).collect();
            let number = |id| numbers.get(&id).cloned().flatten();
            Ok(members.into_iter().map(|one| (number(one.phone_id), one)).collect())
        })
    });
    Ok(rows.await?)
}

/// Whether anything that a member is found by holds the words.
fn says(member: &Named, words: &str) -> bool {
    let profile = &member.profile;
    let lists = [&profile.areas, &profile.languages, &profile.payers, &profile.credentials];
    member.name.reveal().to_lowercase().contains(words)
        || lists.iter().any(|list| list.iter().any(|one| one.to_lowercase().contains(words)))
}

/// Words as they stand in an address.
fn encoded(words: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric();
    let one =
        |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    words.bytes().map(one).collect()
}

impl Row {
    fn of(member: &Member, phone: Option<&Phone>) -> Self {
        let profile = &member.profile;
        Self {
            href: format!("/roster/{}", member.id),
            name: member.name.reveal().to_owned(),
            phone: phone.map_or_else(|| "erased".to_owned(), Phone::national),
            badge: badge(member.status),
            areas: listed(&profile.areas, "anywhere"),
            offers: listed(&profile.visit_types, "any visit"),
        }
    }
}

fn listed(list: &[String], none: &str) -> String {
    if list.is_empty() { none.to_owned() } else { list.join(", ") }
}

/// How a member stands, as a badge.
pub(super) fn badge(status: MemberStatus) -> Badge {
    let (state, name) = match status {
        MemberStatus::Applied => ("applied", "applied"),
        MemberStatus::Active => ("active", "active"),
        MemberStatus::Paused => ("waiting", "paused"),
        MemberStatus::Suspended => ("held", "suspended"),
        MemberStatus::Removed => ("withdrawn", "removed"),
    };
    Badge { state, name }
}
