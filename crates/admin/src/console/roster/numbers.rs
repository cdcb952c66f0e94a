//! `/roster/new`: one member is added by hand; and a member who has another number.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use model::{MemberId, Phone};
use roster::{Bad, Refusal};
use serde::Deserialize;

use crate::{
    Desk,
    console::{
        fault::Fault,
        frame::{Frame, Room, show},
        lists::{Keeper, act, back},
        said::{Said, Saying},
        signed::{Filled, Id},
    },
};

#[derive(Template)]
#[template(path = "roster_new.html")]
struct Page {
    frame: Frame,
    name: String,
    phone: String,
    name_wrong: Option<String>,
    phone_wrong: Option<String>,
}

pub(super) async fn page(Keeper(session): Keeper, Saying(said): Saying) -> Result<Response, Fault> {
    let frame = Frame::new(Room::Roster, &session, said);
    let (name, phone) = (String::new(), String::new());
    show(&Page { frame, name, phone, name_wrong: None, phone_wrong: None })
}

#[derive(Deserialize)]
pub(super) struct Typed {
    name: String,
    phone: String,
}

/// Puts her on the roster; whoever has that number is shown instead.
pub(super) async fn add(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Filled(Typed { name, phone }): Filled<Typed>,
) -> Result<Response, Fault> {
    let (store, by) = (desk.dispatch().store(), act(&desk, &session));
    match roster::entered(&[("name", name.as_str()), ("phone", phone.as_str())]) {
        Ok(row) => {
            let number = row.phone.clone();
            let done = roster::add(store, &by, row).await;
            let added = match &done {
                Ok(id) => Some((*id, Said::MemberAdded)),
                Err(roster::Error::Refused(Refusal::Taken(_))) => {
                    let id = whose(&desk, session.chapter.id, number).await?;
                    id.map(|id| (id, Said::OnRoster))
                }
                Err(_) => None,
            };
            match added {
                Some((id, said)) => Ok(said.at(&format!("/roster/{id}"))),
                None => back("/roster/new", done, Said::MemberAdded),
            }
        }
        Err(bad) => {
            let wrong = |column: &str| why(&bad, column);
            let (name_wrong, phone_wrong) = (wrong("name"), wrong("phone"));
            let frame = Frame::new(Room::Roster, &session, Some(Said::NotSaved));
            let page = Page { frame, name, phone, name_wrong, phone_wrong };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
    }
}

fn why(bad: &[Bad], column: &str) -> Option<String> {
    bad.iter().find(|bad| bad.column == column).map(|bad| bad.why.clone())
}

/// The member with a number, whatever her standing.
async fn whose(
    desk: &Desk,
    chapter: model::ChapterId,
    number: Phone,
) -> Result<Option<MemberId>, Fault> {
    let read = desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move {
            let Some(phone) = tx.phone_by_number(chapter, &number).await? else { return Ok(None) };
            Ok(tx.member_with_phone(phone.id, chapter).await?.map(|member| member.id))
        })
    });
    Ok(read.await?)
}

#[derive(Deserialize)]
pub(super) struct Number {
    number: String,
}

/// Gives a member another number; she is asked there whether it is hers.
pub(super) async fn change(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<MemberId>,
    Filled(Number { number }): Filled<Number>,
) -> Result<Response, Fault> {
    let here = format!("/roster/{id}");
    let Ok(number) = Phone::parse(&number) else { return Ok(Said::NoNumber.at(&here)) };
    let done = desk.dispatch().change_number(act(&desk, &session), id, number).await?;
    Ok(match done {
        Err(Refusal::Invalid { .. }) => Said::NoNumber.at(&here),
        Err(Refusal::Taken(_)) => Said::NumberTaken.at(&here),
        done => return back(&here, done.map_err(roster::Error::from), Said::NumberChanged),
    })
}
