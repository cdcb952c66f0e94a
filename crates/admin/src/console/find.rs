//! `/find`: "a family phones, which one is she?" What is typed comes in a form and is answered with an
//! id, so that no number stands in an address.

use axum::{
    extract::State,
    response::{IntoResponse as _, Redirect, Response},
};
use model::{ChapterId, Code, Phone};
use serde::Deserialize;

use super::{
    fault::Fault,
    said::Said,
    signed::{Filled, Signed},
};
use crate::{Desk, session::Session};

#[derive(Deserialize)]
pub(crate) struct Sought {
    what: String,
}

/// Leads to the newest referral with a code, or to whoever has a number.
pub(crate) async fn find(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Filled(sought): Filled<Sought>,
) -> Result<Response, Fault> {
    let what = sought.what.trim();
    let chapter = session.chapter.id;
    let found = match (what.parse::<Code>(), Phone::parse(what)) {
        (Ok(code), _) => of_code(&desk, chapter, code).await?,
        (_, Ok(number)) if session.admin.role.may_moderate() => {
            of_number(&desk, &session, number).await?
        }
        _ => None,
    };
    Ok(match found {
        Some(page) => Redirect::to(&page).into_response(),
        None => Said::NothingFound.at("/conversations"),
    })
}

async fn of_code(desk: &Desk, chapter: ChapterId, code: Code) -> Result<Option<String>, Fault> {
    let read = desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.referral_by_code(chapter, code).await })
    });
    Ok(read.await?.map(|referral| format!("/referrals/{}", referral.id)))
}

/// A family's newest thread; or else a member's page, for whoever keeps the roster.
async fn of_number(desk: &Desk, session: &Session, number: Phone) -> Result<Option<String>, Fault> {
    let (chapter, may_keep) = (session.chapter.id, session.admin.role.may_keep_lists());
    let read = desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move {
            let Some(phone) = tx.phone_by_number(chapter, &number).await? else { return Ok(None) };
            if let Some(inquiry) = tx.newest_inquiry_of(phone.id).await? {
                return Ok(Some(format!("/conversations/{inquiry}")));
            }
            let member = tx.member_by_phone(phone.id, chapter).await?.filter(|_| may_keep);
            Ok(member.map(|member| format!("/roster/{}", member.id)))
        })
    });
    Ok(read.await?)
}
