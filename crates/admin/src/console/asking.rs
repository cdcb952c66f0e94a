//! `/referrals/{id}/members`: who would be asked, who was, and who was not and why; page by page.

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use dispatch::view::{View, why_not};
use model::{ChapterId, MemberId, ReferralId, ReferralState};
use serde::Deserialize;

use super::{
    asked::{self, Row},
    clock::{Clock, Moment},
    costs,
    fault::Fault,
    frame::{Frame, Room, show},
    names,
    signed::{Id, Signed},
};
use crate::Desk;

/// So many members a page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "referral_members.html")]
struct Page {
    frame: Frame,
    href: String,
    title: String,
    about: String,
    version: i64,
    may_release: bool,
    may_widen: bool,
    offer: String,
    /// What it takes to ask those who would be asked.
    cost: Option<String>,
    list: List,
    tabs: Vec<Tab>,
    reasons: Vec<Tab>,
    would: Vec<(String, String, Option<Moment>)>,
    later: usize,
    asked: Vec<Row>,
    left: Vec<(String, String, String)>,
    newer: Option<String>,
    older: Option<String>,
}

/// A list to choose, or a reason.
struct Tab {
    href: String,
    name: String,
    count: usize,
    is_chosen: bool,
}

/// Which of the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum List {
    Would,
    Asked,
    Left,
}

impl List {
    fn word(self) -> &'static str {
        match self {
            Self::Would => "would",
            Self::Asked => "asked",
            Self::Left => "left",
        }
    }
}

/// What a person may choose; what cannot be read is as if it were not there.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Chosen {
    list: String,
    why: String,
    page: usize,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Id(id): Id<ReferralId>,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, Fault> {
    let chosen = chosen.map(|Query(chosen)| chosen).unwrap_or_default();
    let (dispatch, chapter) = (desk.dispatch(), session.chapter.id);
    let view = dispatch.referral(chapter, id).await?.ok_or_else(Fault::not_found)?;
    let clock = Clock::new(dispatch.now(), &session.chapter.timezone);
    let mut page = Page::of(&view, Frame::new(Room::Referrals, &session, None));
    // Before anybody was asked, those are left out who would be.
    let would = match page.may_release || page.may_widen {
        true => dispatch.would_ask(chapter, id).await?,
        false => None,
    };
    let mut left: Vec<(MemberId, &str)> = match &would {
        Some(would) => would.not_asked.clone(),
        None => view.not_asked.iter().map(|left| (left.member, left.why.as_str())).collect(),
    };
    page.list = match chosen.list.as_str() {
        "asked" => List::Asked,
        "left" => List::Left,
        _ if would.is_some() => List::Would,
        _ => List::Asked,
    };
    let would = would.as_ref().map(|would| would.asked.as_slice()).unwrap_or_default();
    page.cost = costs::of_asking(&view, would.len(), costs::price(&desk, &session).await?);
    page.reasons = reasons(&page.href, &left, &chosen.why);
    page.tabs = page.all(would.len(), view.asked.len(), left.len());
    page.later = would.iter().filter(|(_, later)| later.is_some()).count();
    left.retain(|(_, why)| chosen.why.is_empty() || *why == chosen.why);
    let from = chosen.page.min(1_000_000) * PAGE;
    let all = match page.list {
        List::Would => {
            let rows: Vec<_> = would.iter().skip(from).take(PAGE).collect();
            let names = named(&desk, chapter, rows.iter().map(|(id, _)| *id)).await?;
            page.would = rows
                .into_iter()
                .map(|(id, later)| {
                    (format!("/roster/{id}"), name(&names, *id), later.map(|at| clock.due(at)))
                })
                .collect();
            would.len()
        }
        List::Asked => {
            let rows: Vec<_> = view.asked.iter().skip(from).take(PAGE).collect();
            let names = named(&desk, chapter, rows.iter().map(|asked| asked.member)).await?;
            page.asked = rows
                .into_iter()
                .map(|one| asked::row(one, name(&names, one.member), &clock))
                .collect();
            view.asked.len()
        }
        List::Left => {
            let rows: Vec<_> = left.iter().skip(from).take(PAGE).collect();
            let names = named(&desk, chapter, rows.iter().map(|(id, _)| *id)).await?;
            page.left = rows
                .into_iter()
                .map(|(id, why)| {
                    (format!("/roster/{id}"), name(&names, *id), why_not(why).to_owned())
                })
                .collect();
            left.len()
        }
    };
    let address = |nth: usize| {
        let why = if page.list == List::Left { why(&chosen.why) } else { String::new() };
        format!("{}/members?list={}{why}&page={nth}", page.href, page.list.word())
    };
    page.newer = (chosen.page > 0).then(|| address(chosen.page - 1));
    page.older = (from + PAGE < all).then(|| address(chosen.page + 1));
    show(&page)
}

type Names = std::collections::HashMap<MemberId, model::PersonName>;

async fn named(
    desk: &Desk,
    chapter: ChapterId,
    ids: impl Iterator<Item = MemberId>,
) -> Result<Names, Fault> {
    Ok(desk.dispatch().names_of(chapter, ids.collect()).await?)
}

fn name(names: &Names, id: MemberId) -> String {
    names.get(&id).map_or("a former member", |name| name.reveal()).to_owned()
}

/// A reason as an address has it: only what can be one is repeated.
fn why(why: &str) -> String {
    let is_word = !why.is_empty() && why.chars().all(|c| c.is_ascii_lowercase() || c == '_');
    if is_word { format!("&why={why}") } else { String::new() }
}

/// How many are left out for which reason, the most frequent first.
pub(super) fn counted<'a>(whys: impl Iterator<Item = &'a str>) -> Vec<(&'a str, usize)> {
    let mut counts = BTreeMap::<&str, usize>::new();
    whys.for_each(|why| *counts.entry(why).or_default() += 1);
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

fn reasons(href: &str, left: &[(MemberId, &str)], chosen: &str) -> Vec<Tab> {
    let tab = |(why, count): (&str, usize)| Tab {
        href: format!("{href}/members?list=left&why={why}"),
        name: why_not(why).to_owned(),
        count,
        is_chosen: why == chosen,
    };
    counted(left.iter().map(|(_, why)| *why)).into_iter().map(tab).collect()
}

impl Page {
    fn of(view: &View, frame: Frame) -> Self {
        use ReferralState::{Gathering, HandedOff, Held, Open, Queued};
        let summary = &view.summary;
        let is_read = view.reading.is_some();
        Self {
            href: format!("/referrals/{}", summary.id),
            title: names::title(summary.code, &summary.called),
            about: summary.about.clone(),
            version: summary.version,
            may_release: is_read && matches!(summary.state, Held | Gathering),
            may_widen: matches!(summary.state, Queued | Open | HandedOff),
            offer: view.offer.reveal().to_owned(),
            cost: None,
            list: List::Asked,
            tabs: Vec::new(),
            reasons: Vec::new(),
            would: Vec::new(),
            later: 0,
            asked: Vec::new(),
            left: Vec::new(),
            newer: None,
            older: None,
            frame,
        }
    }

    fn all(&self, would: usize, asked: usize, left: usize) -> Vec<Tab> {
        let tab = |list: List, name: &str, count: usize| Tab {
            href: format!("{}/members?list={}", self.href, list.word()),
            name: name.to_owned(),
            count,
            is_chosen: list == self.list,
        };
        let mut tabs = Vec::new();
        if self.may_release {
            tabs.push(tab(List::Would, "Would be asked", would));
        } else if self.may_widen {
            tabs.push(tab(List::Would, "Asked if you widen", would));
        }
        tabs.push(tab(List::Asked, "Were asked", asked));
        let name = if self.may_release { "Would not be" } else { "Not asked" };
        tabs.push(tab(List::Left, name, left));
        tabs
    }
}
