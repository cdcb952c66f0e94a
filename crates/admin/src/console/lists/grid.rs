//! Members by hospitals on one day, today where none is chosen.

use askama::Template;
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    response::Response,
};
use eligibility::{Dates, Evaluation};
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

#[derive(Template)]
#[template(path = "lists.html")]
struct Page {
    frame: Frame,
    day: String,
    hospitals: Vec<Head>,
    rows: Vec<Row>,
    waiting: usize,
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
    let mut hospitals = Vec::new();
    let mut rows: Vec<Row> = roll
        .members
        .iter()
        .map(|member| Row { name: member.name.reveal().to_owned(), cells: Vec::new() })
        .collect();
    for (place, hospital) in roll.hospitals.iter().enumerate() {
        let mut listed = 0;
        let judged = roll.members.iter().zip(roll.judge(place, day));
        for (row, (member, evaluation)) in rows.iter_mut().zip(judged) {
            let is_recalled = roll.is_recalled(hospital.id, member.id);
            listed += usize::from(roll.is_on(place, member.id, &evaluation));
            let mut href = format!("/lists/{}/{}", hospital.slug, evaluation.member.id);
            if day != today {
                href.push_str(&format!("?day={day}"));
            }
            let (badge, told) = if is_recalled {
                (TAKEN_OFF, String::new())
            } else {
                (badge(evaluation.outcome), told(&evaluation))
            };
            row.cells.push(Cell { href, hospital: hospital.name.clone(), badge, told });
        }
        let (slug, name) = (hospital.slug.clone(), hospital.name.clone());
        hospitals.push(Head { slug, name, listed });
    }
    rows.sort_by_key(|row| row.name.to_lowercase());
    let waiting = roll
        .facts()
        .iter()
        .flat_map(eligibility::Member::evidence)
        .filter(|paper| paper.status == eligibility::EvidenceStatus::Submitted)
        .count();
    let frame = Frame::new(Room::Lists, &session, None);
    show(&Page { day: day.to_string(), hospitals, rows, waiting, frame })
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
