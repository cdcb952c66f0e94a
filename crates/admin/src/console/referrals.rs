//! `/referrals`: all of them, newest first, by state.

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use dispatch::view::Summary;
use jiff::civil::Date;
use model::{ReferralState, Word as _};
use serde::Deserialize;
use storage::{ReferralFilter, ReferralTime};

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
    since: String,
    names: &'static str,
    rows: Vec<Row>,
    newest: String,
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
    /// From which day on.
    since: String,
    /// Whether names were to have been given then: `sent` or `none`; otherwise they were made then.
    names: String,
    before: String,
}

impl Chosen {
    /// What was understood of it, in words that may stand in an address.
    fn names(&self) -> (&'static str, ReferralTime) {
        match self.names.as_str() {
            "sent" => ("sent", ReferralTime::Named),
            "none" => ("none", ReferralTime::Unnamed),
            _ => ("", ReferralTime::Made),
        }
    }
}

pub(crate) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, Fault> {
    let chosen = chosen.map(|Query(chosen)| chosen).unwrap_or_default();
    let state = ReferralState::from_word(&chosen.state);
    let before = cursor::decode(&chosen.before);
    let since = chosen.since.parse::<Date>().ok();
    let (names, by) = chosen.names();
    let (zone, now) = (&session.chapter.timezone, desk.dispatch().now());
    let filter = ReferralFilter {
        state,
        by,
        since: since.and_then(|day| zone.instant(day.at(0, 0, 0, 0))),
        until: (by == ReferralTime::Unnamed).then_some(now),
        before,
        limit: PAGE as i64 + 1,
        ..ReferralFilter::default()
    };
    let mut referrals = desk.dispatch().referrals(session.chapter.id, filter).await?;
    let more = referrals.len() > PAGE;
    referrals.truncate(PAGE);
    let since = since.map(|day| day.to_string()).unwrap_or_default();
    let word = state.map_or("", |state| state.as_str());
    let newest = format!("/referrals?state={word}&since={since}&names={names}");
    let older = referrals
        .last()
        .filter(|_| more)
        .map(|last| format!("{newest}&before={}", cursor::encode(last.created_at, last.id)));
    let clock = Clock::new(now, zone);
    let choices = ReferralState::ALL.iter().map(|&choice| Choice {
        word: choice.as_str(),
        name: names::referral(choice).name,
        is_chosen: state == Some(choice),
    });
    show(&Page {
        choices: choices.collect(),
        chosen: state.map(names::referral),
        since,
        names,
        newest,
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
