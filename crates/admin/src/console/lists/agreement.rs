//! How far the chapter is with a hospital, and whom to ask there: written down on the hospital's page.

use axum::{
    extract::{Path, State},
    response::Response,
};
use jiff::civil::Date;
use model::{AgreementStage, ContactId};
use roster::{HospitalChange, NewContact};
use serde::Deserialize;

use super::{Keeper, act, back};
use crate::{
    Desk,
    console::{fault::Fault, said::Said, signed::Filled},
};

#[derive(Deserialize)]
pub(super) struct Agreement {
    stage: AgreementStage,
    #[serde(default)]
    renewal_on: String,
    #[serde(default)]
    note: String,
    /// The version of the hospital that was seen.
    version: i64,
}

/// Keeps how far the chapter is, if nobody changed it meanwhile.
pub(super) async fn keep(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Path(slug): Path<String>,
    Filled(sent): Filled<Agreement>,
) -> Result<Response, Fault> {
    let renewal_on = match sent.renewal_on.trim() {
        "" => None,
        day => Some(day.parse::<Date>().map_err(|_| Fault::form())?),
    };
    let change = HospitalChange {
        name: None,
        stage: Some(sent.stage),
        renewal_on: Some(renewal_on),
        note: Some(sent.note),
    };
    let (store, by, seen) = (desk.dispatch().store(), act(&desk, &session), Some(sent.version));
    let done = roster::change_hospital(store, &by, &slug, seen, change).await;
    back(&format!("/lists/{slug}"), done, Said::Kept)
}

#[derive(Deserialize)]
pub(super) struct Contact {
    role: String,
    name: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    phone: String,
}

/// Adds one of the hospital's people.
pub(super) async fn add_contact(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Path(slug): Path<String>,
    Filled(sent): Filled<Contact>,
) -> Result<Response, Fault> {
    let given = |text: String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let new = NewContact {
        role: sent.role,
        name: sent.name,
        email: given(sent.email),
        phone: given(sent.phone),
        note: String::new(),
    };
    let (store, by) = (desk.dispatch().store(), act(&desk, &session));
    let done = roster::add_contact(store, &by, &slug, new).await;
    back(&format!("/lists/{slug}"), done, Said::Kept)
}

/// Lets one of the hospital's people go: her name and number are erased.
pub(super) async fn end_contact(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let id: ContactId = id.parse().map_err(|_| Fault::not_found())?;
    let (store, by) = (desk.dispatch().store(), act(&desk, &session));
    let done = roster::end_contact(store, &by, &slug, id).await;
    back(&format!("/lists/{slug}"), done, Said::Kept)
}
