//! `/audit`: who did what, when; only ever added to. What is chosen can be taken along as a sheet.

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::header,
    response::{IntoResponse as _, Response},
};
use dispatch::view::{AuditRow, CHANGES};
use jiff::civil::Date;
use model::{ActorKind, AdminId, Word as _};
use serde::Deserialize;
use storage::EventFilter;

use super::{
    clock::{Clock, Moment},
    fault::Fault,
    frame::{Frame, Room, show},
    lists::Keeper,
};
use crate::{Desk, api, session::Session};

/// So many rows a page.
const PAGE: usize = 50;

#[derive(Template)]
#[template(path = "audit.html")]
struct Page {
    frame: Frame,
    chosen: Chosen,
    actors: Vec<Choice>,
    people: Vec<Choice>,
    changes: Vec<(&'static str, Vec<Choice>)>,
    rows: Vec<Row>,
    is_first: bool,
    is_filtered: bool,
    newest: String,
    older: Option<String>,
    file: String,
}

/// What may be chosen in a filter.
struct Choice {
    value: String,
    name: String,
    is_chosen: bool,
}

impl Choice {
    fn new(value: &impl ToString, name: impl Into<String>, chosen: &str) -> Self {
        let value = value.to_string();
        Self { is_chosen: value == chosen, name: name.into(), value }
    }
}

struct Row {
    at: Moment,
    who: String,
    words: String,
    href: Option<String>,
}

/// What a person may choose; what cannot be read is as if it were not there.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Chosen {
    actor: String,
    person: String,
    kind: String,
    since: String,
    until: String,
    before: String,
}

impl Chosen {
    /// What was chosen, as far as it can be read.
    fn of(chosen: Result<Query<Self>, QueryRejection>) -> Self {
        let Self { actor, person, kind, since, until, before } =
            chosen.map(|Query(chosen)| chosen).unwrap_or_default();
        let known =
            |kind: &String| CHANGES.iter().any(|(_, all)| all.iter().any(|(one, _)| one == kind));
        let day = |text: &String| text.parse::<Date>().is_ok();
        Self {
            actor: Some(actor)
                .filter(|actor| ActorKind::from_word(actor).is_some())
                .unwrap_or_default(),
            person: Some(person).filter(|id| id.parse::<AdminId>().is_ok()).unwrap_or_default(),
            kind: Some(kind).filter(known).unwrap_or_default(),
            since: Some(since).filter(day).unwrap_or_default(),
            until: Some(until).filter(day).unwrap_or_default(),
            before: Some(before).filter(|seq| seq.parse::<i64>().is_ok()).unwrap_or_default(),
        }
    }

    fn filter(&self, session: &Session) -> EventFilter {
        let zone = &session.chapter.timezone;
        let day = |text: &str| text.parse::<Date>().ok();
        let start = |day: Date| zone.instant(day.at(0, 0, 0, 0));
        EventFilter {
            actor: ActorKind::from_word(&self.actor),
            actor_id: self.person.parse::<AdminId>().ok().map(AdminId::as_uuid),
            kind: Some(self.kind.clone()).filter(|kind| !kind.is_empty()),
            since: day(&self.since).and_then(start),
            until: day(&self.until).and_then(|day| day.tomorrow().ok()).and_then(start),
            before: self.before.parse().ok(),
            limit: PAGE as i64 + 1,
            ..EventFilter::default()
        }
    }

    fn is_anything(&self) -> bool {
        [&self.actor, &self.person, &self.kind, &self.since, &self.until]
            .iter()
            .any(|text| !text.is_empty())
    }

    /// The same choice in an address; nothing stands there but what was understood.
    fn address(&self, path: &str) -> String {
        let Self { actor, person, kind, since, until, .. } = self;
        format!("{path}?actor={actor}&person={person}&kind={kind}&since={since}&until={until}")
    }
}

pub(crate) async fn page(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, Fault> {
    let chosen = Chosen::of(chosen);
    let chapter = session.chapter.id;
    let mut rows = desk.dispatch().audit(chapter, chosen.filter(&session)).await?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let people = desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.admins_ever(chapter).await })
    });
    let people = people.await?;
    let clock = Clock::new(desk.dispatch().now(), &session.chapter.timezone);
    let newest = chosen.address("/audit");
    show(&Page {
        actors: ActorKind::ALL
            .iter()
            .map(|actor| Choice::new(actor, who_of(*actor), &chosen.actor))
            .collect(),
        people: people
            .iter()
            .map(|one| Choice::new(&one.id, one.name.reveal(), &chosen.person))
            .collect(),
        changes: CHANGES
            .iter()
            .map(|(group, all)| {
                let all = all.iter().map(|(kind, name)| Choice::new(kind, *name, &chosen.kind));
                (*group, all.collect())
            })
            .collect(),
        older: rows.last().filter(|_| more).map(|last| format!("{newest}&before={}", last.seq)),
        file: chosen.address("/audit.csv"),
        rows: rows.iter().map(|row| Row::of(row, &clock)).collect(),
        is_first: chosen.before.is_empty(),
        is_filtered: chosen.is_anything(),
        newest,
        chosen,
        frame: Frame::new(Room::Audit, &session, None),
    })
}

impl Row {
    fn of(row: &AuditRow, clock: &Clock) -> Self {
        let href = match (row.referral, row.inquiry) {
            (Some(id), _) => Some(format!("/referrals/{id}")),
            (None, Some(id)) => Some(format!("/inquiries/{id}")),
            (None, None) => None,
        };
        let who = row.who.as_ref();
        Self {
            at: clock.both(row.at),
            who: who.map_or_else(|| who_of(row.actor).to_owned(), |name| name.reveal().to_owned()),
            words: row.words.clone(),
            href,
        }
    }
}

fn who_of(actor: ActorKind) -> &'static str {
    match actor {
        ActorKind::Family => "a family",
        ActorKind::Member => "a member",
        ActorKind::Admin => "one of you",
        ActorKind::Service => "the service",
        ActorKind::Token => "a program",
        ActorKind::Carrier => "the carrier",
    }
}

/// The record as a sheet, however long: ids, kinds and states, and nobody's name.
pub(crate) async fn sheet(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Response {
    let filter = Chosen::of(chosen).filter(&session);
    let name = "attachment; filename=\"audit.csv\"";
    let rows = api::audit_sheet(&desk, session.chapter.id, filter);
    ([(header::CONTENT_DISPOSITION, name)], rows).into_response()
}
