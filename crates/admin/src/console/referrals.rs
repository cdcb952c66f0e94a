//! `/referrals`: all of them, newest first, by state.

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use dispatch::view::Summary;
use model::{ReferralState, Word as _};
use serde::Deserialize;
use storage::ReferralFilter;

use super::{
    clock::{Clock, Moment},
    fault::Fault,
    frame::{Frame, Room, show},
    names::{self, Badge},
    signed::Signed,
};
use crate::{Desk, api::cursor};

/// So many are on a page.
const PAGE: usize = 40;

#[derive(Template)]
#[template(path = "referrals.html")]
struct Page {
    frame: Frame,
    choices: Vec<Choice>,
    chosen: Option<Badge>,
    rows: Vec<Row>,
    older: Option<String>,
    is_first: bool,
}

struct Choice {
    word: &'static str,
    name: &'static str,
    is_chosen: bool,
}

struct Row {
    href: String,
    called: String,
    about: String,
    badge: Badge,
    urgent: bool,
    places: String,
    made: Moment,
    promise: Option<Moment>,
}

/// What a person may choose; what cannot be read is as if it were not there.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Chosen {
    state: String,
    before: String,
}

pub(crate) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, Fault> {
    let chosen = chosen.map(|Query(chosen)| chosen).unwrap_or_default();
    let state = ReferralState::from_word(&chosen.state);
    let before = cursor::decode(&chosen.before);
    let limit = PAGE as i64 + 1;
    let filter = ReferralFilter { state, before, limit, ..ReferralFilter::default() };
    let mut referrals = desk.dispatch().referrals(session.chapter.id, filter).await?;
    let more = referrals.len() > PAGE;
    referrals.truncate(PAGE);
    let older = referrals.last().filter(|_| more).map(|last| {
        format!(
            "/referrals?state={}&before={}",
            state.map_or("", |state| state.as_str()),
            cursor::encode(last.created_at, last.id)
        )
    });
    let clock = Clock::new(desk.dispatch().now(), &session.chapter.timezone);
    let choices = ReferralState::ALL.iter().map(|&choice| Choice {
        word: choice.as_str(),
        name: names::referral(choice).name,
        is_chosen: state == Some(choice),
    });
    show(&Page {
        choices: choices.collect(),
        chosen: state.map(names::referral),
        rows: referrals.iter().map(|summary| row(summary, &clock)).collect(),
        older,
        is_first: before.is_none(),
        frame: Frame::new(Room::Referrals, &session, None),
    })
}

fn row(summary: &Summary, clock: &Clock) -> Row {
    Row {
        href: format!("/referrals/{}", summary.id),
        called: summary.called.clone(),
        about: summary.about.clone(),
        badge: names::referral(summary.state),
        urgent: summary.urgent,
        places: format!("{} of 3", summary.firm),
        made: clock.both(summary.created_at),
        promise: summary.promised_at.map(|by| clock.exact(by)),
    }
}
