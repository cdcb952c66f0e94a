//! `/lines`: the chapter's numbers, how each fares, and what to enter at the carrier.

use askama::Template;
use axum::{extract::State, response::Response};
use dispatch::view::LineView;
use model::{CarrierKind, LinePurpose, LineState};

use super::{
    clock::{Clock, Moment},
    fault::Fault,
    frame::{Frame, Room, show},
    names::Badge,
    signed::Signed,
};
use crate::Desk;

#[derive(Template)]
#[template(path = "lines.html")]
struct Page {
    frame: Frame,
    lines: Vec<Line>,
}

struct Line {
    number: String,
    badge: Badge,
    carrier: &'static str,
    purpose: &'static str,
    rate: String,
    paused: Option<Paused>,
    hooks: Vec<(&'static str, String)>,
}

struct Paused {
    code: Option<String>,
    since: Option<Moment>,
}

pub(crate) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
) -> Result<Response, Fault> {
    let dispatch = desk.dispatch();
    let lines = dispatch.lines(session.chapter.id).await?;
    let clock = Clock::new(dispatch.now(), &session.chapter.timezone);
    show(&Page {
        lines: lines.iter().map(|line| shown(line, dispatch.public_url(), &clock)).collect(),
        frame: Frame::new(Room::Lines, &session, None),
    })
}

fn shown(line: &LineView, public_url: &str, clock: &Clock) -> Line {
    Line {
        number: line.number.national(),
        badge: match line.state {
            LineState::Active => Badge { state: "active", name: "active" },
            LineState::Paused => Badge { state: "paused", name: "paused" },
        },
        carrier: match line.carrier {
            CarrierKind::Twilio => "Twilio",
            CarrierKind::Simulated => "simulated, inside this program",
        },
        purpose: match line.purpose {
            LinePurpose::Both => "families and members",
            LinePurpose::Families => "families",
            LinePurpose::Members => "members and admins",
        },
        rate: match line.per_second {
            None => "no rate of its own".to_owned(),
            Some(1.0) => "1 text a second".to_owned(),
            Some(rate) => format!("{} texts a second", (rate * 100.0).round() / 100.0),
        },
        paused: (line.state == LineState::Paused).then(|| Paused {
            code: line.paused_code.clone(),
            since: line.paused_at.map(|at| clock.both(at)),
        }),
        hooks: hooks(line.carrier, public_url),
    }
}

/// The addresses to enter at the carrier.
///
/// What follows the `#` of Twilio's is read by Twilio alone: it tries five times and after any
/// failure, instead of once more and only where it could not connect.
fn hooks(carrier: CarrierKind, public_url: &str) -> Vec<(&'static str, String)> {
    match carrier {
        CarrierKind::Twilio => vec![
            ("A message comes in", format!("{public_url}/hooks/twilio/message#rc=5&rp=all")),
            ("A call comes in", format!("{public_url}/hooks/twilio/voice#rc=5&rp=all")),
        ],
        CarrierKind::Simulated => Vec::new(),
    }
}
