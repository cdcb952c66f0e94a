//! `/`: what needs a person, what runs, what was done lately. Every row leads to its referral.

use askama::Template;
use axum::{extract::State, response::Response};
use dispatch::view::{Now, PlaceView, Running, Summary};
use model::{ClaimKind, ReferralId, ReferralState};

use super::{
    calls,
    clock::{Clock, Moment},
    day::{self, Figure, Waits},
    fault::Fault,
    frame::{Frame, Room, show},
    names::{self, Badge},
    said::Saying,
    signed::Signed,
};
use crate::Desk;

#[derive(Template)]
#[template(path = "now.html")]
struct Page {
    frame: Frame,
    needs: Vec<Need>,
    /// What waits for whoever keeps the roster and the lists.
    waits: Vec<Waits>,
    day: Vec<Figure>,
    running: Vec<Row>,
    done: Vec<Row>,
    has_line: bool,
    is_without_members: bool,
}

/// Something that needs a person.
struct Need {
    tone: &'static str,
    title: String,
    href: Option<String>,
    badge: Badge,
    about: Option<String>,
    why: Vec<String>,
    since: Moment,
    /// A call about no referral is answered here.
    call: Option<String>,
}

/// A referral in a list.
struct Row {
    href: String,
    called: String,
    about: String,
    badge: Badge,
    urgent: bool,
    places: String,
    names: Vec<String>,
    clock: Option<Moment>,
}

pub(crate) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    let now = desk.dispatch().now_in(session.chapter.id).await?;
    let clock = Clock::new(now.at, &session.chapter.timezone);
    let waits = match session.admin.role.may_keep_lists() {
        true => day::waits(&desk, &session).await?,
        false => Vec::new(),
    };
    let page = Page {
        waits,
        day: day::figures(&desk.dispatch().day(session.chapter.id).await?),
        needs: needs(&now, &clock, session.admin.role.may_keep_lists()),
        running: now.running.iter().map(|row| running(row, &clock)).collect(),
        done: now.done.iter().map(|row| done(row, &clock)).collect(),
        has_line: now.has_line,
        is_without_members: now.is_without_members,
        frame: Frame::new(Room::Now, &session, said),
    };
    show(&page)
}

/// One card a thing: several calls about a referral are one card, and a held referral is one whether
/// or not somebody was called.
fn needs(now: &Now, clock: &Clock, may_keep: bool) -> Vec<Need> {
    let mut needs: Vec<(Option<ReferralId>, Need)> = Vec::new();
    let of = |id: ReferralId| {
        let held = now.held.iter().chain(now.unfilled.iter().map(|late| &late.summary));
        let all = held.chain(now.running.iter().map(|running| &running.summary));
        all.chain(&now.done).find(|summary| summary.id == id)
    };
    for call in &now.calls {
        let known =
            needs.iter_mut().find(|(id, _)| call.referral.is_some() && *id == call.referral);
        if let Some((_, need)) = known {
            need.why.push(call.words.clone());
            continue;
        }
        let summary = call.referral.and_then(of);
        let badge = match (summary, call.is_safety) {
            (Some(summary), _) => names::referral(summary.state),
            (None, true) => Badge { state: "emergency", name: "safety" },
            (None, false) => Badge { state: "held", name: "waits" },
        };
        needs.push((
            call.referral,
            Need {
                tone: if call.is_safety { "danger" } else { "wait" },
                title: match summary {
                    Some(summary) => names::title(summary.code, &summary.called),
                    None => calls::title(call),
                },
                href: calls::leads_to(call, may_keep),
                badge,
                about: summary.map(|summary| summary.about.clone()),
                why: vec![call.words.clone()],
                since: clock.both(call.raised_at),
                call: call.referral.is_none().then(|| call.id.to_string()),
            },
        ));
    }
    let late = now.unfilled.iter().map(|late| (&late.summary, "nobody has answered yet"));
    let held = now.held.iter().map(|held| (held, "waits for you"));
    for (summary, otherwise) in held.chain(late) {
        let why = summary.hold_words.clone().unwrap_or_else(|| otherwise.to_owned());
        if let Some((_, need)) = needs.iter_mut().find(|(id, _)| *id == Some(summary.id)) {
            if !need.why.contains(&why) && summary.state == ReferralState::Held {
                need.why.push(why);
            }
            continue;
        }
        needs.push((
            Some(summary.id),
            Need {
                tone: "wait",
                title: names::title(summary.code, &summary.called),
                href: Some(format!("/referrals/{}", summary.id)),
                badge: names::referral(summary.state),
                about: Some(summary.about.clone()),
                why: vec![why],
                since: clock.both(summary.created_at),
                call: None,
            },
        ));
    }
    for line in &now.failing {
        needs.push((
            None,
            Need {
                tone: "wait",
                title: format!("Line {}", line.number.national()),
                href: Some("/lines".to_owned()),
                badge: Badge { state: "paused", name: "paused" },
                about: None,
                why: vec![
                    "the carrier refuses its texts; they are kept and go out later".to_owned(),
                ],
                since: clock.both(line.paused_at.unwrap_or(now.at)),
                call: None,
            },
        ));
    }
    needs.into_iter().map(|(_, need)| need).collect()
}

fn running(running: &Running, clock: &Clock) -> Row {
    let summary = &running.summary;
    Row {
        names: running.places.iter().filter_map(taken).collect(),
        clock: summary.promised_at.map(|by| clock.due(by)),
        ..row(summary)
    }
}

fn done(summary: &Summary, clock: &Clock) -> Row {
    let at = summary.closed_at.or(summary.names_at).unwrap_or(summary.created_at);
    Row { clock: Some(clock.both(at)), ..row(summary) }
}

/// A referral in a list, without its clock.
fn row(summary: &Summary) -> Row {
    Row {
        href: format!("/referrals/{}", summary.id),
        called: summary.called.clone(),
        about: summary.about.clone(),
        badge: names::referral(summary.state),
        urgent: summary.urgent,
        places: format!("{} of 3", summary.firm),
        names: Vec::new(),
        clock: None,
    }
}

fn taken(place: &PlaceView) -> Option<String> {
    let name = place.name.as_ref()?.reveal().split(',').next()?.to_owned();
    Some(if place.kind == Some(ClaimKind::Provisional) { format!("{name} (asked)") } else { name })
}
