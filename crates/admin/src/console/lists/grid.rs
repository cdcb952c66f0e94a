//! Members by hospitals on one day, today where none is chosen.

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use eligibility::{Dates, Evaluation};
use roster::Roll;
use serde::Deserialize;

use super::{TAKEN_OFF, badge, roll, today};
use crate::{
    Desk,
    console::{
        fault::Fault,
        frame::{Frame, Room, show},
        names::Badge,
        signed::Signed,
    },
};

/// So many members are on a page.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "lists.html")]
struct Page {
    frame: Frame,
    day: String,
    name: String,
    hospitals: Vec<Head>,
    members: usize,
    rows: Vec<Row>,
    waiting: usize,
    /// The numbers of the page before and of the next one.
    before: Option<usize>,
    next: Option<usize>,
}

struct Head {
    slug: String,
    name: String,
    listed: usize,
}

struct Row {
    name: String,
    cells: Vec<Cell>,
}

struct Cell {
    href: String,
    hospital: String,
    badge: Badge,
    /// What keeps her off, or until when she is on it.
    told: String,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct Chosen {
    day: String,
    name: String,
    page: usize,
}

/// The places of the members who are looked for, in the order of their names.
fn looked_for(roll: &Roll, name: &str) -> Vec<usize> {
    let wanted = name.trim().to_lowercase();
    let named = roll.members.iter().map(|member| member.name.reveal().to_lowercase());
    let mut found: Vec<_> = named.enumerate().filter(|(_, name)| name.contains(&wanted)).collect();
    found.sort_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
    found.into_iter().map(|(place, _)| place).collect()
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    chosen: Result<Query<Chosen>, QueryRejection>,
) -> Result<Response, Fault> {
    let chosen = chosen.map(|Query(chosen)| chosen).unwrap_or_default();
    let roll = roll(&desk, &session).await?;
    let today = today(&desk, &session);
    let day = chosen.day.parse().unwrap_or(today);
    let found = looked_for(&roll, &chosen.name);
    let begins = chosen.page.saturating_mul(SHOWN);
    let shown = found.iter().skip(begins).take(SHOWN);
    let mut rows: Vec<Row> = shown
        .clone()
        .map(|&place| Row { name: roll.members[place].name.reveal().to_owned(), cells: Vec::new() })
        .collect();
    let mut hospitals = Vec::new();
    for (place, hospital) in roll.hospitals.iter().enumerate() {
        let judged: Vec<_> = roll.judge(place, day).collect();
        for (row, &member) in rows.iter_mut().zip(shown.clone()) {
            row.cells.push(cell(&roll, place, member, &judged[member], day != today));
        }
        let on = roll.members.iter().zip(&judged);
        let on = on.filter(|(member, judged)| roll.is_on(place, member.id, judged));
        let (slug, name) = (hospital.slug.clone(), hospital.name.clone());
        hospitals.push(Head { slug, name, listed: on.count() });
    }
    let waiting = roll
        .facts()
        .iter()
        .flat_map(eligibility::Member::evidence)
        .filter(|paper| paper.status == eligibility::EvidenceStatus::Submitted)
        .count();
    show(&Page {
        day: day.to_string(),
        hospitals,
        members: roll.members.len(),
        waiting,
        before: chosen.page.checked_sub(1),
        next: (begins + rows.len() < found.len()).then_some(chosen.page.saturating_add(1)),
        rows,
        name: chosen.name,
        frame: Frame::new(Room::Lists, &session, None),
    })
}

fn cell(
    roll: &Roll,
    place: usize,
    member: usize,
    judged: &Evaluation<'_>,
    is_other_day: bool,
) -> Cell {
    let hospital = &roll.hospitals[place];
    let mut href = format!("/lists/{}/{}", hospital.slug, judged.member.id);
    if is_other_day {
        href.push_str(&format!("?day={}", judged.day));
    }
    let (badge, told) = if roll.is_recalled(hospital.id, roll.members[member].id) {
        (TAKEN_OFF, String::new())
    } else {
        (badge(judged.outcome), told(judged))
    };
    Cell { href, hospital: hospital.name.clone(), badge, told }
}

fn told(evaluation: &Evaluation<'_>) -> String {
    let blocking = evaluation.blocking();
    if let Some(first) = blocking.first() {
        let more = match blocking.len() {
            1 => String::new(),
            many => format!(" and {} more", many - 1),
        };
        return format!("{}{more}", first.replace('_', " "));
    }
    evaluation
        .valid_until
        .map_or_else(String::new, |last| format!("until {}", Dates::Spoken.show(last)))
}
