//! Putting right what was read, from the page that shows it; and what was put right, as a download.

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Redirect, Response},
};
use dispatch::{Correction, Decision, Refusal};
use model::{InquiryId, ReferralId, reading::Route};
use serde::Deserialize;
use serde_json::Value;

use super::{
    facts,
    fault::Fault,
    said::Said,
    signed::{Filled, Id, Moderator},
};
use crate::Desk;

/// What the form of a fact sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    version: Option<i64>,
    fact: String,
    value: String,
}

impl Sent {
    fn correction(&self) -> Result<Correction, Fault> {
        facts::correction(&self.fact, &self.value).ok_or_else(Fault::form)
    }
}

/// Puts right a fact of a referral.
pub(crate) async fn referral(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<ReferralId>,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Fault> {
    let version = sent.version.ok_or_else(Fault::form)?;
    let decision = Decision::Correct(sent.correction()?);
    let (dispatch, chapter) = (desk.dispatch(), session.chapter.id);
    let done =
        dispatch.decide(chapter, id, session.admin.id.into(), Some(version), decision).await?;
    Ok(back(&format!("/referrals/{id}"), said(&done, Said::Corrected)?))
}

/// Puts right a fact of an inquiry that became no referral; or makes it one.
pub(crate) async fn inquiry(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
    Id(id): Id<InquiryId>,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Fault> {
    let correction = sent.correction()?;
    let well = match correction {
        Correction::Route(Route::Dispatch) => Said::TakenUp,
        _ => Said::Corrected,
    };
    let (dispatch, chapter) = (desk.dispatch(), session.chapter.id);
    let done = dispatch.correct_inquiry(chapter, id, session.admin.id.into(), correction).await?;
    let said = said(&done, well)?;
    let referral = dispatch.inquiry(chapter, id).await?.and_then(|view| view.referral);
    Ok(match referral {
        Some(referral) => back(&format!("/referrals/{referral}"), said),
        None => back(&format!("/inquiries/{id}"), said),
    })
}

fn said(done: &Result<(), Refusal>, well: Said) -> Result<Said, Fault> {
    Ok(match done {
        Ok(()) => well,
        Err(Refusal::NotFound) => return Err(Fault::not_found()),
        Err(Refusal::Changed) => Said::Changed,
        Err(Refusal::NotUnderstood) => Said::NotUnderstood,
        Err(_) => Said::State,
    })
}

fn back(page: &str, said: Said) -> Response {
    Redirect::to(&format!("{page}?said={}", said.word())).into_response()
}

/// What was corrected, as cases: a line each.
pub(crate) async fn download(
    State(desk): State<Desk>,
    Moderator(session): Moderator,
) -> Result<Response, Fault> {
    let cases = desk.dispatch().corrections(session.chapter.id).await?;
    let name = "attachment; filename=\"corrections.jsonl\"";
    Ok(([(header::CONTENT_DISPOSITION, name)], json_lines(&cases)).into_response())
}

/// One document a line.
pub(crate) fn json_lines(documents: &[Value]) -> Response {
    let lines = documents.iter().map(|document| format!("{document}\n")).collect::<String>();
    ([(header::CONTENT_TYPE, "application/x-ndjson")], lines).into_response()
}
