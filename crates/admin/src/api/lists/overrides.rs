//! `/overrides`: exceptions asked for, approved by another, ended.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::StatusCode,
};
use model::OverrideId;
use roster::{NewException, Refusal};
use serde_json::{Value, json};
use storage::Override;

use super::{Keeper, Looker, Named, Problem, told};
use crate::Desk;

fn shown(hospital: &str, entry: &Override) -> Value {
    json!({
        "id": entry.id, "hospital": hospital, "member": entry.member_id, "rule": entry.rule,
        "reason": entry.reason, "expires": entry.expires, "requested_by": entry.requested_by,
        "requested_at": entry.requested_at, "approver": entry.approved_by, "granted": entry.granted,
        "ended_by": entry.ended_by, "ended_at": entry.ended_at,
    })
}

pub(super) async fn list(
    State(desk): State<Desk>,
    Looker(act): Looker,
) -> Result<Json<Value>, Problem> {
    let all = roster::exceptions(desk.dispatch().store(), &act).await?;
    let all: Vec<_> = all.iter().map(|(hospital, entry)| shown(hospital, entry)).collect();
    Ok(Json(json!({"overrides": all})))
}

pub(super) async fn request(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let new: NewException = told(body)?;
    let hospital = new.hospital.clone();
    let entry = roster::request(desk.dispatch().store(), &act, new).await?;
    Ok((StatusCode::CREATED, Json(shown(&hospital, &entry))))
}

/// Approves an exception that waits, or ends one.
pub(super) async fn decide(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named((id, decision)): Named<(OverrideId, String)>,
) -> Result<StatusCode, Problem> {
    let store = desk.dispatch().store();
    match decision.as_str() {
        "approve" => roster::approve(store, &act, id).await?,
        "end" => roster::end(store, &act, id).await?,
        _ => return Err(Refusal::NotFound.into()),
    };
    Ok(StatusCode::NO_CONTENT)
}
