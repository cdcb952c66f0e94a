//! `/hospitals/{slug}/editions` and `/recalls`: lists as they were published, and who is off them.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use model::MemberId;
use roster::Edition;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Keeper, Looker, Named, Problem, roll, told};
use crate::Desk;

fn summary(edition: &Edition) -> Value {
    json!({
        "id": edition.id, "number": edition.number, "corrects": edition.corrects, "as_of": edition.as_of,
        "published_at": edition.published_at, "published_by": edition.published_by,
        "entries": edition.frozen.entries.len(),
    })
}

pub(super) async fn list(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(slug): Named<String>,
) -> Result<Json<Value>, Problem> {
    let all = roster::editions(desk.dispatch().store(), &act, &slug).await?;
    Ok(Json(json!({"editions": all.iter().map(summary).collect::<Vec<_>>()})))
}

pub(super) async fn publish(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(slug): Named<String>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let edition = roster::publish(desk.dispatch().store(), &act, &slug).await?;
    Ok((StatusCode::CREATED, Json(json!(edition))))
}

/// An edition by its number, or `current`; with `.csv`, `.pdf` or `.fhir.json` after it in that form.
pub(super) async fn one(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named((slug, wanted)): Named<(String, String)>,
) -> Result<Response, Problem> {
    let (which, form) = wanted.split_once('.').unwrap_or((&wanted, "json"));
    let store = desk.dispatch().store();
    let (edition, before) = match which {
        "current" => roster::current(store, &act, &slug).await?,
        number => {
            let number = number.parse().map_err(|_| Problem::not_found())?;
            roster::edition(store, &act, &slug, number).await?
        }
    };
    Ok(match form {
        "json" => {
            let mut shown = json!(edition);
            shown["changes"] = json!(roster::changes(before.as_ref(), &edition));
            Json(shown).into_response()
        }
        "csv" => ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], roster::csv(&edition))
            .into_response(),
        "fhir.json" => {
            let bundle = roster::fhir(&edition).to_string();
            ([(header::CONTENT_TYPE, "application/fhir+json")], bundle).into_response()
        }
        "pdf" => {
            let hospital = super::hospitals::found(&desk, &act, slug).await?;
            let link = hospital.private.link.as_ref();
            let address = link.map(|secret| format!("{}/h/{secret}", desk.dispatch().public_url()));
            let paper = roster::pdf(&edition, address.as_deref());
            let paper =
                paper.ok_or_else(|| Problem::conflict("The list cannot be drawn on paper."))?;
            ([(header::CONTENT_TYPE, "application/pdf")], paper).into_response()
        }
        _ => return Err(Problem::not_found()),
    })
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recalled {
    member: MemberId,
    reason: String,
}

/// Takes a member off: answers with the correction, or nothing where she was not on the list.
pub(super) async fn recall(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(slug): Named<String>,
    body: Result<Bytes, BytesRejection>,
) -> Result<(StatusCode, Json<Value>), Problem> {
    let Recalled { member, reason } = told(body)?;
    let edition = roster::recall(desk.dispatch().store(), &act, &slug, member, &reason).await?;
    let correction = edition.as_ref().map(summary);
    Ok((StatusCode::CREATED, Json(json!({"member": member, "correction": correction}))))
}

pub(super) async fn recalls(
    State(desk): State<Desk>,
    Looker(act): Looker,
    Named(slug): Named<String>,
) -> Result<Json<Value>, Problem> {
    let roll = roll(&desk, &act).await?;
    let hospital = roll.hospitals[roll.place_of(&slug)?].id;
    let own = roll.recalls.iter().filter(|recall| recall.hospital_id == hospital).map(|recall| {
        json!({
            "member": recall.member_id, "reason": recall.reason, "recalled_by": recall.recalled_by,
            "recalled_at": recall.recalled_at,
        })
    });
    Ok(Json(json!({"recalls": own.collect::<Vec<_>>()})))
}

pub(super) async fn lift(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named((slug, member)): Named<(String, MemberId)>,
) -> Result<StatusCode, Problem> {
    roster::lift_recall(desk.dispatch().store(), &act, &slug, member).await?;
    Ok(StatusCode::NO_CONTENT)
}
