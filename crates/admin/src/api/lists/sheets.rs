//! `/imports` and `/exports`: requirements and papers as CSV.

use axum::{
    Json,
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{StatusCode, header},
    response::{IntoResponse as _, Response},
};
use roster::{Change, Refusal};
use serde_json::json;

use super::{Keeper, Named, Problem};
use crate::{Desk, api::query::Parameters};

/// Brings a file in, or says what it would do: 200; 422 with every bad cell where there is one, and
/// then nothing was kept.
pub(super) async fn import(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(what): Named<String>,
    mut asked: Parameters,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Problem> {
    let dry_run = asked.take::<bool>("dry_run", "true or false")?.unwrap_or(false);
    asked.none_left("dry_run")?;
    let file = body.map_err(|_| Problem::field("file", "It must be at most 8 MB."))?;
    let store = desk.dispatch().store();
    let (imported, bad) = match what.as_str() {
        "requirements" => roster::import_requirements(store, &act, &file, dry_run).await?,
        "evidence" => roster::import_evidence(store, &act, &file, dry_run).await?,
        _ => return Err(Refusal::NotFound.into()),
    };
    let bad: Vec<_> = bad
        .iter()
        .map(|bad| json!({"line": bad.line, "column": bad.column, "why": bad.why}))
        .collect();
    let status = if bad.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let done = json!({
        "dry_run": dry_run, "added": imported.count(Change::Added), "updated": imported.count(Change::Updated),
        "unchanged": imported.count(Change::Unchanged), "bad": bad,
    });
    Ok((status, Json(done)).into_response())
}

pub(super) async fn export(
    State(desk): State<Desk>,
    Keeper(act): Keeper,
    Named(what): Named<String>,
) -> Result<Response, Problem> {
    let store = desk.dispatch().store();
    let file = match what.as_str() {
        "requirements.csv" => roster::export_requirements(store, &act).await?,
        "evidence.csv" => roster::export_evidence(store, &act).await?,
        _ => return Err(Refusal::NotFound.into()),
    };
    Ok(([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], file).into_response())
}
