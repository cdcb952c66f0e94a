//! `/hospitals`: who they are, whom to ask there, what they want.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use model::ContactId;
use roster::{HospitalChange, NewContact, NewHospital};
use serde_json::{Value, json};
use storage::{Contact, Hospital, RuleSet};

use super::{Keeper, Looker, Named, Problem, told};
use crate::{Desk, api::referrals::if_match};

fn shown(hospital: &Hospital) -> Value {
    json!({
        "id": hospital.id, "slug": hospital.slug, "name": hospital.name, "baseline": hospital.baseline,
        "stage": hospital.stage, "stage_since": hospital.stage_since, "renewal_on": hospital.renewal_on,
        "note": hospital.private.note, "has_link": hospital.private.link.is_some(), "version": hospital.version,
    })
}

fn with_version(status: StatusCode, hospital: &Hospital) -> Response {
    let mut response = (status, Json(shown(hospital))).into_response();
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", hospital.version)) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

pub(super) async fn list(
    State(desk): State<Desk>,
    Looker(act): Looker,
) -> Result<Json<Value>, Problem> {
    let chapter = act.chapter;
    let hospitals = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.hospitals(chapter).await?) })
    });
    let hospitals: Vec<_> = hospitals.await?.iter().map(shown).collect();
    Ok(Json(json!({"hospitals": hospitals})))
}

pub(super) async fn found(
    desk: &Desk,
    act: &roster::Act,
    slug: String,
) -> Result<Hospital, Problem> {
    let act = act.clone();
    let found = desk
        .dispatch()
        .store()
        .read(move |tx| Box::pin(async move { roster::hospital(tx, &act, &slug).await }));
    Ok(found.await?)
}

pub(super) async fn one(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(slug): Named<String>,
) -> Result<Response, Problem> {
    Ok(with_version(StatusCode::OK, &found(&desk, &act, slug).await?))
}

pub(super) async fn add(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let new: NewHospital = told(body)?;
    let added = roster::add_hospital(desk.dispatch().store(), &act, new).await?;
    Ok(with_version(StatusCode::CREATED, &added))
}

pub(super) async fn change(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(slug): Named<String>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let (version, change): (_, HospitalChange) = (if_match(&headers)?, told(body)?);
    let store = desk.dispatch().store();
    let hospital = roster::change_hospital(store, &act, &slug, version, change).await?;
    Ok(with_version(StatusCode::OK, &hospital))
}

fn person(contact: &Contact) -> Value {
    json!({
        "id": contact.id, "role": contact.role, "name": contact.private.name, "email": contact.private.email,
        "phone": contact.private.phone, "note": contact.private.note,
    })
}

pub(super) async fn contacts(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(slug): Named<String>,
) -> Result<Json<Value>, Problem> {
    let hospital = found(&desk, &act, slug).await?;
    let all = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.contacts(hospital.chapter_id).await?) })
    });
    let all = all.await?;
    let hers = all.iter().filter(|contact| contact.hospital_id == hospital.id).map(person);
    Ok(Json(json!({"contacts": hers.collect::<Vec<_>>()})))
}

pub(super) async fn add_contact(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(slug): Named<String>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let new: NewContact = told(body)?;
    let contact = roster::add_contact(desk.dispatch().store(), &act, &slug, new).await?;
    Ok((StatusCode::CREATED, Json(person(&contact))))
}

pub(super) async fn end_contact(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named((slug, id)): Named<(String, ContactId)>,
) -> Result<StatusCode, Problem> {
    roster::end_contact(desk.dispatch().store(), &act, &slug, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn version(set: &RuleSet) -> Value {
    let mut shown = set.content.clone();
    shown["id"] = json!(set.id);
    shown["added_by"] = json!(set.added_by);
    shown["added_at"] = json!(set.created_at);
    shown
}

pub(super) async fn rules(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(slug): Named<String>,
) -> Result<Json<Value>, Problem> {
    let hospital = found(&desk, &act, slug).await?;
    let sets = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.rule_sets(hospital.chapter_id).await?) })
    });
    let sets = sets.await?;
    let own = sets.iter().filter(|set| set.hospital_id == hospital.id).map(version);
    Ok(Json(json!({"rule_sets": own.collect::<Vec<_>>()})))
}

pub(super) async fn add_rules(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(slug): Named<String>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let set = roster::add_rule_set(desk.dispatch().store(), &act, &slug, told(body)?).await?;
    Ok((StatusCode::CREATED, Json(version(&set))))
}

/// Makes the private link anew. It is told this once here; the console shows it again.
pub(super) async fn link(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(slug): Named<String>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let secret = roster::new_link(desk.dispatch().store(), &act, &slug).await?;
    let address = format!("{}/h/{secret}", desk.dispatch().public_url());
    Ok((StatusCode::CREATED, Json(json!({"address": address}))))
}
