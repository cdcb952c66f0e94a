//! `/referrals/{id}`: a referral whole, and what may be done with it.

use askama::Template;
use axum::{extract::State, response::Response};
use dispatch::view::{PlaceView, Summary, View};
use model::{ClaimKind, ReferralId, ReferralState};

use super::{
    asked,
    calls::{Called, called},
    clock::{Clock, Moment},
    costs, elsewhere, facts,
    fault::Fault,
    frame::{Frame, Room, show},
    names::{self, Badge},
    said::Saying,
    signed::{Id, Signed},
    thread::{self, Bubble, Line, Why},
};
use crate::Desk;

#[derive(Template)]
#[template(path = "referral.html")]
struct Page {
    frame: Frame,
    href: String,
    talk: String,
    title: String,
    about: String,
    badge: Badge,
    flags: Vec<Badge>,
    version: i64,
    held: Option<String>,
    calls: Vec<Called>,
    /// What the family is told if it is closed while it waits for names.
    goodbye: Option<String>,
    promise: Option<Moment>,
    asking_from: Option<Moment>,
    names_sent: Option<Moment>,
    may: May,
    with: String,
    /// What it takes to ask those who would be asked.
    cost: Option<String>,
    is_blocked: bool,
    thread: Vec<Bubble>,
    facts: Vec<(&'static str, String)>,
    read: Vec<facts::Fact>,
    correct_version: Option<i64>,
    reasons: Vec<Why>,
    offer: String,
    has_code: bool,
    places: Vec<Seat>,
    standby: Vec<String>,
    likely: Vec<elsewhere::Choice>,
    placed: Vec<elsewhere::Choice>,
    takes_claims: bool,
    post: Option<String>,
    asked: Vec<asked::Row>,
    all_asked: usize,
    all_left_out: usize,
    may_merge: bool,
    left_out: Vec<asked::LeftOut>,
    trace: Vec<Line>,
}

/// What its state allows.
struct May {
    release: bool,
    hold: bool,
    widen: bool,
    close: bool,
}

struct Seat {
    place: i64,
    kind: &'static str,
    who: Option<String>,
    note: &'static str,
    caveat: Option<String>,
}

pub(crate) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Id(id): Id<ReferralId>,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    let dispatch = desk.dispatch();
    let view = dispatch.referral(session.chapter.id, id).await?.ok_or_else(Fault::not_found)?;
    let clock = Clock::new(dispatch.now(), &session.chapter.timezone);
    let frame = Frame::new(Room::Referrals, &session, said);
    let mut page = Page::of(&view, &clock, frame);
    if page.may.release && session.admin.role.may_moderate() {
        let would = dispatch.would_ask(session.chapter.id, id).await?.unwrap_or_default();
        page.cost =
            costs::of_asking(&view, would.asked.len(), costs::price(&desk, &session).await?);
    }
    show(&page)
}

impl Page {
    fn of(view: &View, clock: &Clock, frame: Frame) -> Self {
        let summary = &view.summary;
        let flags = view.reading.as_ref().map(|reading| reading.red_flags.as_slice());
        let waits = summary.names_at.is_none() && !summary.state.is_over();
        Self {
            href: format!("/referrals/{}", summary.id),
            talk: format!("/conversations/{}", view.inquiry),
            title: names::title(summary.code, &summary.called),
            about: summary.about.clone(),
            badge: names::referral(summary.state),
            flags: flags.unwrap_or_default().iter().map(|flag| names::flag(flag.level)).collect(),
            version: summary.version,
            held: (summary.state == ReferralState::Held).then(|| {
                summary.hold_words.clone().unwrap_or_else(|| "it waits for you".to_owned())
            }),
            calls: called(&view.calls, clock),
            goodbye: view.goodbye.as_ref().map(|goodbye| goodbye.reveal().to_owned()),
            promise: summary.promised_at.filter(|_| waits).map(|by| clock.due(by)),
            asking_from: summary
                .asking_from
                .filter(|_| summary.state == ReferralState::Queued)
                .map(|from| clock.due(from)),
            names_sent: summary.names_at.map(|at| clock.both(at)),
            cost: None,
            may: May::of(summary.state, view.reading.is_some()),
            with: thread::with(view.phone.as_ref(), frame.may_act),
            is_blocked: view.blocked_at.is_some(),
            thread: thread::bubbles(&view.thread, clock),
            facts: view.told.clone(),
            read: view
                .reading
                .as_ref()
                .map(|reading| facts::rows(reading, &view.facts, Some(summary.state)))
                .unwrap_or_default(),
            correct_version: Some(summary.version),
            reasons: thread::whys(&view.reasons),
            offer: view.offer.reveal().to_owned(),
            has_code: summary.code.is_some(),
            places: view.places.iter().map(seat).collect(),
            likely: elsewhere::likely(view),
            placed: elsewhere::placed(view),
            takes_claims: takes_claims(summary),
            post: view.post.clone().filter(|_| takes_claims(summary)),
            standby: view.standby.iter().map(|&id| asked::who(view, id)).collect(),
            asked: asked::rows(view, clock),
            all_asked: view.asked.len(),
            all_left_out: view.not_asked.len(),
            may_merge: !summary.state.is_over(),
            left_out: asked::left_out(view),
            trace: thread::lines(&view.trace, clock),
            frame,
        }
    }
}

/// Whether somebody may still be given a place.
fn takes_claims(summary: &Summary) -> bool {
    use ReferralState::{HandedOff, Open, Queued};
    matches!(summary.state, Open | Queued | HandedOff) && summary.firm < model::referral::PLACES
}

impl May {
    fn of(state: ReferralState, was_read: bool) -> Self {
        use ReferralState::{Gathering, HandedOff, Held, Open, Queued};
        Self {
            release: was_read && matches!(state, Held | Gathering),
            hold: matches!(state, Gathering | Queued | Open),
            widen: matches!(state, Queued | Open | HandedOff),
            close: !state.is_over(),
        }
    }

    /// Whether there is anything to press at once; closing asks once more.
    fn anything(&self) -> bool {
        self.release || self.hold || self.widen
    }
}

fn seat(place: &PlaceView) -> Seat {
    let kind = match place.kind {
        Some(ClaimKind::Firm) => "firm",
        Some(_) => "provisional",
        None => "free",
    };
    Seat {
        place: place.place,
        kind,
        who: place.name.as_ref().map(|name| name.reveal().to_owned()),
        note: place.kind.map_or("", names::claim),
        caveat: place.caveat.clone(),
    }
}
