//! A claim that was made elsewhere, in the members' group say, and a consultant who is replaced.

use axum::{extract::State, response::Response};
use dispatch::{Decision, Refusal, view::View};
use model::{ChapterId, ClaimKind, MemberId, Phone, ReferralId};
use serde::Deserialize;

use super::{
    asked,
    fault::Fault,
    said::Said,
    signed::{Filled, Id, Moderator},
};
use crate::Desk;

/// A condition has no more letters: it travels in the text with the names.
const LONGEST_CAVEAT: usize = 80;

/// A member who may be chosen.
pub(super) struct Choice {
    pub(super) id: String,
    pub(super) name: String,
}

/// Who was asked and has no place: the likeliest to have said so elsewhere.
pub(super) fn likely(view: &View) -> Vec<Choice> {
    let has_place = |id: MemberId| view.places.iter().any(|place| place.member == Some(id));
    let named = |id: MemberId| view.members.contains_key(&id) && !has_place(id);
    let asked = view.asked.iter().map(|asked| asked.member).filter(|id| named(*id));
    asked.map(|id| Choice { id: id.to_string(), name: asked::who(view, id) }).collect()
}

/// Who has a place and may be replaced.
pub(super) fn placed(view: &View) -> Vec<Choice> {
    let firm = view.places.iter().filter(|place| place.kind == Some(ClaimKind::Firm));
    let member = firm.filter_map(|place| place.member);
    member.map(|id| Choice { id: id.to_string(), name: asked::who(view, id) }).collect()
}

#[derive(Deserialize)]
pub(crate) struct Sent {
    version: i64,
    #[serde(default)]
    member: String,
    #[serde(default)]
    who: String,
    /// Her condition, as the family is to read it.
    #[serde(default)]
    caveat: String,
}

/// Gives a place for a claim made elsewhere.
pub(crate) async fn claim(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<ReferralId>,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Fault> {
    let here = format!("/referrals/{id}");
    let member = match sent.member.parse::<MemberId>() {
        Ok(member) if sent.who.trim().is_empty() => Some(member),
        _ => found(&desk, session.chapter.id, sent.who.trim().to_lowercase()).await?,
    };
    let Some(member) = member else { return Ok(Said::NobodyFound.at(&here)) };
    let caveat = sent.caveat.split_whitespace().collect::<Vec<_>>().join(" ");
    if caveat.chars().count() > LONGEST_CAVEAT {
        return Ok(Said::LongCaveat.at(&here));
    }
    let decision = Decision::AddClaim(member, Some(caveat).filter(|words| !words.is_empty()));
    let (chapter, by) = (session.chapter.id, session.admin.id.into());
    let done = desk.dispatch().decide(chapter, id, by, Some(sent.version), decision).await?;
    Ok(said(&done, Said::Placed)?.at(&here))
}

/// Gives a consultant's place to whoever stands by.
pub(crate) async fn replace(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<ReferralId>,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Fault> {
    let member = sent.member.parse::<MemberId>().map_err(|_| Fault::form())?;
    let (chapter, by) = (session.chapter.id, session.admin.id.into());
    let decision = Decision::Replace(member);
    let done = desk.dispatch().decide(chapter, id, by, Some(sent.version), decision).await?;
    Ok(said(&done, Said::Replaced)?.at(&format!("/referrals/{id}")))
}

pub(super) fn said(done: &Result<(), Refusal>, well: Said) -> Result<Said, Fault> {
    Ok(match done {
        Ok(()) => well,
        Err(Refusal::NotFound) => return Err(Fault::not_found()),
        Err(Refusal::Changed) => Said::Changed,
        Err(Refusal::OwnPlace) => Said::OwnPlace,
        Err(Refusal::Member) => Said::NobodyFound,
        Err(_) => Said::State,
    })
}

/// The one member whose number or name this is.
async fn found(desk: &Desk, chapter: ChapterId, who: String) -> Result<Option<MemberId>, Fault> {
    if who.is_empty() {
        return Ok(None);
    }
    let read = desk.dispatch().store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move {
            if let Ok(number) = Phone::parse(&who)
                && let Some(phone) = tx.phone_by_number(chapter, &number).await?
            {
                return Ok(tx.member_by_phone(phone.id, chapter).await?.map(|member| member.id));
            }
            let roster = tx.members_by_name(chapter, None, None).await?;
            let named =
                roster.iter().filter(|member| member.name.reveal().to_lowercase().contains(&who));
            let named = named.map(|member| member.id).collect::<Vec<_>>();
            Ok(if let [one] = named.as_slice() { Some(*one) } else { None })
        })
    });
    Ok(read.await?)
}
