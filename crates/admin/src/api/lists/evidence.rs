//! `/evidence` and `/members/{id}/...`: papers sent, looked at, decided; and the facts beside them.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use eligibility::EvidenceStatus;
use model::{EvidenceId, MemberId};
use roster::{Decision, NewEvidence, Refusal};
use serde::Deserialize;
use serde_json::{Value, json};
use storage::Evidence;

use super::{Keeper, Looker, Named, Problem, told};
use crate::{Desk, api::query::Parameters};

fn shown(evidence: &Evidence) -> Value {
    let mut shown = evidence.content.clone();
    shown["id"] = json!(evidence.id);
    shown["member"] = json!(evidence.member_id);
    shown["submitted_by"] = json!(evidence.submitted_by);
    shown["submitted_at"] = json!(evidence.submitted_at);
    shown["decided_by"] = json!(evidence.decided_by);
    shown["decided_at"] = json!(evidence.decided_at);
    shown
}

/// What waits for a look, or what was decided so, the oldest first.
pub(super) async fn queue(
    State(desk): State<Desk>,
    Looker(act): Looker,
    mut asked: Parameters,
) -> Result<Json<Value>, Problem> {
    let status = asked.take::<EvidenceStatus>("status", "submitted, verified or rejected")?;
    let limit = asked.take::<i64>("limit", "a number from 1 to 200")?.unwrap_or(200);
    asked.none_left("status, limit")?;
    let status = status.unwrap_or(EvidenceStatus::Submitted);
    let queue = roster::queue(desk.dispatch().store(), &act, status, limit.clamp(1, 200)).await?;
    let evidence = queue.iter().map(|(evidence, member, has_original)| {
        let mut shown = shown(evidence);
        shown["member_name"] = json!(member.name.reveal());
        shown["has_original"] = json!(has_original);
        shown
    });
    Ok(Json(json!({"evidence": evidence.collect::<Vec<_>>()})))
}

pub(super) async fn one(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(id): Named<EvidenceId>,
) -> Result<Json<Value>, Problem> {
    let evidence = desk
        .dispatch()
        .store()
        .read::<_, roster::Error, _>(move |tx| Box::pin(async move { Ok(tx.evidence(id).await?) }));
    let evidence = evidence.await?.filter(|evidence| evidence.chapter_id == act.chapter);
    Ok(Json(shown(&evidence.ok_or_else(Problem::not_found)?)))
}

pub(super) async fn of_member(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(id): Named<MemberId>,
) -> Result<Json<Value>, Problem> {
    // Whoever is not of the chapter has no facts either.
    roster::facts(desk.dispatch().store(), &act, id).await?;
    let evidence = desk.dispatch().store().read::<_, roster::Error, _>(move |tx| {
        Box::pin(async move { Ok(tx.evidence_of(id).await?) })
    });
    let evidence: Vec<_> = evidence.await?.iter().map(shown).collect();
    Ok(Json(json!({"evidence": evidence})))
}

pub(super) async fn submit(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(member): Named<MemberId>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let new = NewEvidence { member, content: told(body)?, id: None };
    let evidence = roster::submit(desk.dispatch().store(), &act, new).await?;
    Ok((StatusCode::CREATED, Json(shown(&evidence))))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    reason: Option<String>,
    lookup: Option<String>,
}

/// Verifies or rejects.
pub(super) async fn decide(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named((id, decision)): Named<(EvidenceId, String)>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, Problem> {
    let Said { reason, lookup } = told(body)?;
    let decision = match decision.as_str() {
        "verify" => Decision::Verify { lookup },
        "reject" => Decision::Reject { reason: reason.unwrap_or_default() },
        _ => return Err(Refusal::NotFound.into()),
    };
    let evidence = roster::decide(desk.dispatch().store(), &act, id, decision).await?;
    Ok(Json(shown(&evidence)))
}

pub(super) async fn put_original(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(id): Named<EvidenceId>,
    body: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Problem> {
    let file = body.map_err(|_| Problem::field("file", "It must be at most 8 MB."))?;
    roster::put_original(desk.dispatch().store(), &act, id, file.to_vec()).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn original(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(id): Named<EvidenceId>,
) -> Result<Response, Problem> {
    let original = roster::original(desk.dispatch().store(), &act, id).await?;
    let mut headers = HeaderMap::new();
    if let Ok(media_type) = original.media_type.parse() {
        headers.insert(header::CONTENT_TYPE, media_type);
    }
    Ok((headers, original.content).into_response())
}

pub(super) async fn facts(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(id): Named<MemberId>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(roster::facts(desk.dispatch().store(), &act, id).await?))
}

pub(super) async fn put_facts(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(id): Named<MemberId>,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Value>, Problem> {
    Ok(Json(roster::put_facts(desk.dispatch().store(), &act, id, told(body)?).await?))
}
