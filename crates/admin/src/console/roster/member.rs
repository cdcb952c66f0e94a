//! `/roster/{id}`: one member: how she stands, what she offers, her papers, her lists and her share.

use askama::Template;
use axum::{extract::State, response::Response};
use dispatch::view::WithMember;
use model::{MemberId, MemberStatus, Phone, Word as _};
use roster::{Bad, History, Own, Refusal};
use serde::Deserialize;
use storage::{Admin, Member};

use super::{badge, papers::Paper, times::Times};
use crate::{
    Desk,
    console::{
        calls::{Called, called},
        clock::{Clock, Moment},
        fault::Fault,
        frame::{Frame, Room, show},
        known::Known,
        lists::{Keeper, act, back},
        names::{self, Badge},
        said::{Said, Saying},
        signed::{Filled, Id},
        thread::{self, Bubble},
    },
    session::Session,
};

#[derive(Template)]
#[template(path = "roster_member.html")]
pub(super) struct Page {
    frame: Frame,
    href: String,
    name: String,
    phone: String,
    badge: Badge,
    reason: Option<String>,
    is_own: bool,
    since: Moment,
    away: Option<String>,
    is_gone: bool,
    tomorrow: String,
    pub(super) times: Times,
    acts: Vec<StandingAct>,
    cells: Vec<Cell>,
    seen: String,
    /// Where she serves, as a sketch of the city; it stands in words in its field.
    map: Option<String>,
    payers_confirmed: Option<String>,
    note: String,
    has_portrait: bool,
    lists: Vec<(String, Badge, Option<String>)>,
    papers: Vec<Paper>,
    share: Share,
    parts: Vec<Part>,
    calls: Vec<Called>,
    /// The last texts with her.
    thread: Vec<Bubble>,
    known: Option<Known>,
}

/// What may be decided about how she stands.
struct StandingAct {
    status: &'static str,
    name: &'static str,
    is_first: bool,
}

/// A field of her profile.
struct Cell {
    column: &'static str,
    name: &'static str,
    hint: &'static str,
    value: String,
    wrong: Option<String>,
    is_own: bool,
}

struct Share {
    asked: i64,
    named: i64,
    median: i64,
    most: i64,
    active: i64,
}

struct Part {
    href: String,
    name: String,
    kind: &'static str,
    outcome: Option<String>,
    at: Moment,
}

/// What is read for the page in one go.
pub(super) struct Seen {
    pub(super) member: Member,
    phone: Option<Phone>,
    own: Own,
    history: History,
    is_own: bool,
    has_portrait: bool,
    between: WithMember,
    admins: Vec<Admin>,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<MemberId>,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    show(&Page::shown(&seen(&desk, &session, id).await?, &desk, &session, said))
}

pub(super) async fn seen(desk: &Desk, session: &Session, id: MemberId) -> Result<Seen, Fault> {
    let (chapter, now, by) = (session.chapter.id, desk.dispatch().now(), act(desk, session).by);
    let read = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move {
            let own = roster::own(tx, chapter, id, now).await?;
            let member = own.member.clone();
            let phone = tx.phone(member.phone_id).await?.and_then(|phone| phone.number);
            let history = roster::history(tx, chapter, id, now).await?;
            let is_own = by.is(tx, &member).await?;
            let has_portrait = tx.has_portrait(id).await?;
            let (between, admins) = (WithMember::default(), tx.admins(chapter).await?);
            Ok(Seen { member, phone, own, history, is_own, has_portrait, between, admins })
        })
    });
    let seen = match read.await {
        Err(roster::Error::Refused(Refusal::NotFound)) => return Err(Fault::not_found()),
        read => read?,
    };
    Ok(Seen { between: desk.dispatch().with_member(chapter, id).await?, ..seen })
}

impl Page {
    pub(super) fn shown(seen: &Seen, desk: &Desk, session: &Session, said: Option<Said>) -> Self {
        let clock = Clock::new(desk.dispatch().now(), &session.chapter.timezone);
        Self::of(seen, &clock, Frame::new(Room::Roster, session, said))
    }

    /// Her profile as it was typed, with what is wrong beside each field.
    pub(super) fn typed(&mut self, cells: &[(&str, &str)], bad: &[Bad], seen: &str) {
        seen.clone_into(&mut self.seen);
        for (column, typed) in cells {
            if *column == "note" {
                (*typed).clone_into(&mut self.note);
            }
        }
        for cell in &mut self.cells {
            if let Some((_, typed)) = cells.iter().find(|(column, _)| *column == cell.column) {
                (*typed).clone_into(&mut cell.value);
            }
            let wrong = bad.iter().find(|bad| bad.column == cell.column);
            cell.wrong = wrong.map(|bad| bad.why.clone());
        }
    }

    fn of(seen: &Seen, clock: &Clock, frame: Frame) -> Self {
        let Seen { member, own, is_own, .. } = seen;
        Self {
            href: format!("/roster/{}", member.id),
            name: member.name.reveal().to_owned(),
            phone: seen.phone.as_ref().map_or_else(|| "erased".to_owned(), Phone::national),
            badge: badge(member.status),
            reason: member.status_reason.clone(),
            is_own: *is_own,
            since: clock.both(member.created_at),
            away: clock.away(member.away_until),
            is_gone: member.status == MemberStatus::Removed,
            tomorrow: clock.tomorrow(),
            times: Times::of(&member.profile),
            acts: if seen.phone.is_some() { acts(member.status) } else { Vec::new() },
            cells: cells(member, seen.phone.as_ref(), *is_own),
            seen: roster::mark_of(member),
            map: roster::area_map(&member.profile.areas),
            payers_confirmed: member.profile.payers_confirmed.map(|day| day.to_string()),
            note: member.private.note.clone(),
            has_portrait: seen.has_portrait,
            lists: own.lists.iter().map(list).collect(),
            papers: own.sent.iter().map(|sent| Paper::of(sent, &seen.admins, clock)).collect(),
            share: Share {
                asked: seen.history.asked,
                named: seen.history.named,
                median: seen.history.median,
                most: seen.history.most,
                active: seen.history.active,
            },
            known: seen.phone.is_some().then(|| Known {
                href: format!("/roster/{}", member.id),
                is_member: true,
                not_yet: is_own.then_some("This is you: somebody else erases it."),
            }),
            parts: seen.history.parts.iter().map(|part| Part::of(part, clock)).collect(),
            calls: called(&seen.between.calls, clock),
            thread: thread::with_member(&seen.between.thread, clock),
            frame,
        }
    }
}

fn acts(status: MemberStatus) -> Vec<StandingAct> {
    use MemberStatus::{Active, Applied, Paused, Removed, Suspended};
    let one =
        |status: MemberStatus, name| StandingAct { status: status.as_str(), name, is_first: false };
    let mut acts = match status {
        Applied => vec![one(Active, "Approve"), one(Removed, "Turn down")],
        Active => vec![one(Paused, "Pause"), one(Suspended, "Suspend"), one(Removed, "Remove")],
        Paused | Suspended => vec![one(Active, "Reinstate"), one(Removed, "Remove")],
        Removed => vec![one(Active, "Take back")],
    };
    if let Some(first) = acts.first_mut() {
        first.is_first = status != Active;
    }
    acts
}

fn cells(member: &Member, phone: Option<&Phone>, is_own: bool) -> Vec<Cell> {
    let values = roster::cells_of(member, phone);
    let cell = |column, name, hint, at: usize, decides: bool| Cell {
        column,
        name,
        hint,
        value: values[at].clone(),
        wrong: None,
        is_own: is_own && decides,
    };
    let several = "Several with ; between them";
    vec![
        cell("name", "Name, as families read it", "", 0, true),
        cell("email", "E-mail", "", 2, true),
        cell("credentials", "Credentials on the card", "Such as IBCLC;RN", 4, true),
        cell("areas", "Areas", "Boroughs, neighborhoods or ZIPs, with ; between them", 5, false),
        cell("languages", "Languages", "Such as English;Spanish", 6, false),
        cell("payers", "Payers", several, 7, false),
        cell("visit_types", "Visits", "home;office;virtual;hospital;group;phone", 8, false),
        cell("booking_url", "Booking page", "Begins with https://", 10, false),
    ]
}

fn list(list: &roster::OwnList) -> (String, Badge, Option<String>) {
    let badge = if list.is_recalled {
        Badge { state: "withdrawn", name: "taken off" }
    } else {
        crate::console::lists::badge(list.outcome)
    };
    let why = list.open.iter().map(|open| open.because.clone()).collect::<Vec<_>>().join("; ");
    (list.hospital.clone(), badge, Some(why).filter(|why| !why.is_empty()))
}

impl Part {
    fn of(part: &storage::Part, clock: &Clock) -> Self {
        Self {
            href: format!("/referrals/{}", part.referral),
            name: part.code.map_or_else(|| "a referral".to_owned(), |code| code.to_string()),
            kind: names::claim(part.kind),
            outcome: part.outcome.map(names::plain),
            at: clock.both(part.claimed_at),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct Decided {
    status: String,
    #[serde(default)]
    reason: String,
}

pub(super) async fn standing(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<MemberId>,
    Filled(sent): Filled<Decided>,
) -> Result<Response, Fault> {
    let status = sent.status.parse::<MemberStatus>().map_err(|_| Fault::form())?;
    let (store, by) = (desk.dispatch().store(), act(&desk, &session));
    let done = roster::set_standing(store, &by, id, status, &sent.reason).await;
    back(&format!("/roster/{id}"), done, Said::Standing)
}
