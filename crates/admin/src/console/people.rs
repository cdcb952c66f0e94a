//! `/people`: the chapter's people and their roles; whoever is signed in, and where.

use askama::Template;
use axum::{
    Router,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
    routing::{get, post},
};
use dispatch::{AboutPerson, Invited, PeopleRefusal};
use model::{AdminId, EmailAddress, PasskeyId, PersonName, Phone, Role, Word as _};
use serde::Deserialize;

use super::{
    clock::{Clock, Moment},
    fault::Fault,
    frame::{Frame, Room, show},
    names,
    said::{Said, Saying},
    signed::{Filled, Id, Signed},
};
use crate::{Desk, session};

pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/people", get(page).post(invite))
        .route("/people/{id}/{decision}", post(decide))
        .route("/sessions/{hash}/end", post(end))
}

#[derive(Template)]
#[template(path = "people.html")]
struct Page {
    frame: Frame,
    is_owner: bool,
    people: Vec<Row>,
    sessions: Vec<Session>,
    passkeys: Vec<Passkey>,
}

struct Passkey {
    id: PasskeyId,
    added: Moment,
    used: Option<Moment>,
}

struct Row {
    id: AdminId,
    name: String,
    email: String,
    role: Role,
    role_name: &'static str,
    is_me: bool,
}

struct Session {
    hash: String,
    began: Moment,
    ends: Moment,
    is_this: bool,
}

async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    headers: HeaderMap,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    let (chapter, me, now) = (session.chapter.id, session.admin.id, desk.dispatch().now());
    let read = desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { Ok((tx.admins(chapter).await?, tx.sessions_of(me, now).await?)) })
    });
    let (people, sessions) = read.await?;
    let clock = Clock::new(now, &session.chapter.timezone);
    let own = session::own_hash(desk.options(), &headers);
    let is_owner = session.admin.role == Role::Owner;
    show(&Page {
        is_owner,
        people: people
            .iter()
            .map(|one| Row {
                id: one.id,
                name: one.name.reveal().to_owned(),
                email: one.email.reveal().to_owned(),
                role: one.role,
                role_name: names::role(one.role),
                is_me: one.id == me,
            })
            .collect(),
        sessions: sessions
            .iter()
            .map(|one| Session {
                hash: model::hex(&one.hash),
                began: clock.both(one.created_at),
                ends: clock.exact(one.expires_at),
                is_this: Some(&one.hash) == own.as_ref(),
            })
            .collect(),
        passkeys: desk
            .dispatch()
            .passkeys(me)
            .await?
            .iter()
            .map(|one| Passkey {
                id: one.id,
                added: clock.both(one.created_at),
                used: one.used_at.map(|at| clock.both(at)),
            })
            .collect(),
        frame: Frame::new(Room::People, &session, said),
    })
}

/// What the form of an invitation sends.
#[derive(Deserialize)]
struct Sent {
    name: String,
    email: String,
    phone: String,
    role: String,
}

impl Sent {
    fn invited(&self) -> Option<Invited> {
        let (name, email) = (self.name.trim(), self.email.trim());
        let told =
            !name.is_empty() && name.len() <= 200 && email.contains('@') && email.len() <= 200;
        told.then_some(Invited {
            name: PersonName::new(name),
            email: EmailAddress::new(email),
            phone: Phone::parse(&self.phone).ok()?,
            role: Role::from_word(&self.role)?,
        })
    }
}

async fn invite(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Fault> {
    let Some(invited) = sent.invited() else { return Ok(Said::Incomplete.at("/people")) };
    let done = desk.dispatch().invite(session.chapter.id, session.admin.id, invited).await?;
    back(done, Said::Invited)
}

#[derive(Deserialize)]
struct Decided {
    #[serde(default)]
    role: String,
    #[serde(default)]
    sure: String,
}

async fn decide(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Path((id, decision)): Path<(String, String)>,
    Filled(sent): Filled<Decided>,
) -> Result<Response, Fault> {
    let id = id.parse::<AdminId>().map_err(|_| Fault::not_found())?;
    let (decision, well) = match decision.as_str() {
        "role" => {
            let role = Role::from_word(&sent.role).ok_or_else(Fault::form)?;
            (AboutPerson::Role(role), Said::Kept)
        }
        "let-go" if sent.sure != "yes" => return Ok(Said::NotSure.at("/people")),
        "let-go" => (AboutPerson::LetGo, Said::LetGo),
        "invite" => (AboutPerson::InviteAgain, Said::Invited),
        _ => return Err(Fault::not_found()),
    };
    let (chapter, by) = (session.chapter.id, session.admin.id);
    back(desk.dispatch().decide_about_person(chapter, by, id, decision).await?, well)
}

fn back(done: Result<(), PeopleRefusal>, well: Said) -> Result<Response, Fault> {
    match done {
        Ok(()) => Ok(well.at("/people")),
        Err(PeopleRefusal::NotOwner) => Err(Fault::owner()),
        Err(PeopleRefusal::NotFound) => Err(Fault::not_found()),
        Err(PeopleRefusal::Own | PeopleRefusal::LastOwner) => Ok(Said::OwnRole.at("/people")),
        Err(PeopleRefusal::Known) => Ok(Said::KnownNumber.at("/people")),
    }
}

/// Ends one of one's own sessions.
async fn end(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Id(hash): Id<String>,
) -> Result<Response, Fault> {
    let bytes = (0..hash.len() / 2)
        .map(|at| hash.get(2 * at..2 * at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok()))
        .collect::<Option<Vec<u8>>>()
        .ok_or_else(Fault::not_found)?;
    let (me, now) = (session.admin.id, desk.dispatch().now());
    let ended = desk.dispatch().store().write::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.end_session_of(me, bytes, now).await })
    });
    if ended.await? { Ok(Said::SessionEnded.at("/people")) } else { Err(Fault::not_found()) }
}
