//! `/imports` and `/exports`: requirements and papers as CSV.

use axum::{Json, extract::State};
use model::schemars::{self, JsonSchema};
use roster::{Bad, Change, Imported};
use serde::{Deserialize, Serialize};

use super::{Area, Problem, Routes};
use crate::{
    Desk,
    api::{
        address::{Asked, Whole},
        answer::Csv,
        bearer::Keeper,
        body::Sheet,
        problem::BadCell,
    },
};

pub(super) fn add(routes: Routes) -> Routes {
    let imported = "Brings a sheet in, or with dry_run says what it would do. Where a cell cannot be \
                    used, nothing is kept and every such cell is named. A sheet is written some hundred \
                    lines at a time: where something is changed meanwhile and a later line cannot \
                    be kept, 409 says how many were.";
    routes
        .post("/imports/requirements", Area::Lists, ("Import requirements", imported), requirements)
        .post("/imports/evidence", Area::Members, ("Import papers", imported), papers)
        .get(
            "/exports/requirements.csv",
            Area::Lists,
            ("Export requirements", "What all hospitals ask for, as a sheet that can be imported."),
            export_requirements,
        )
        .get(
            "/exports/evidence.csv",
            Area::Members,
            ("Export papers", "All members' papers, as a sheet that can be imported."),
            export_papers,
        )
}

#[derive(Deserialize, JsonSchema)]
struct How {
    /// Whether it is only said what it would do.
    dry_run: Option<bool>,
}

/// What an import did, or would do.
#[derive(Serialize, JsonSchema)]
struct Report {
    /// Whether it was only said.
    dry_run: bool,
    /// How many were added.
    added: usize,
    /// How many were changed.
    updated: usize,
    /// How many were there already.
    unchanged: usize,
}

fn report(dry_run: bool, (imported, bad): (Imported, Vec<Bad>)) -> Result<Json<Report>, Problem> {
    if !bad.is_empty() {
        let cells = bad.into_iter().map(|Bad { line, column, why }| BadCell { line, column, why });
        let (cells, kept) = (cells.collect(), imported.changes.len());
        return Err(match kept {
            0 => Problem::sheet(cells),
            _ => Problem::sheet_broke_off(kept, cells),
        });
    }
    Ok(Json(Report {
        dry_run,
        added: imported.count(Change::Added),
        updated: imported.count(Change::Updated),
        unchanged: imported.count(Change::Unchanged),
    }))
}

async fn requirements(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(How { dry_run }): Asked<How>,
    Sheet(file): Sheet,
) -> Result<Json<Report>, Problem> {
    let (store, dry_run) = (desk.dispatch().store(), dry_run.unwrap_or(false));
    report(dry_run, roster::import_requirements(store, &by.act, &file, dry_run).await?)
}

async fn papers(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(How { dry_run }): Asked<How>,
    Sheet(file): Sheet,
) -> Result<Json<Report>, Problem> {
    let (store, dry_run) = (desk.dispatch().store(), dry_run.unwrap_or(false));
    report(dry_run, roster::import_evidence(store, &by.act, &file, dry_run).await?)
}

async fn export_requirements(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Csv, Problem> {
    Ok(Csv(roster::export_requirements(desk.dispatch().store(), &by.act).await?))
}

async fn export_papers(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Csv, Problem> {
    Ok(Csv(roster::export_evidence(desk.dispatch().store(), &by.act).await?))
}

#[cfg(test)]
mod tests {
    use axum::{body::to_bytes, response::IntoResponse as _};
    use serde_json::{Value, json};

    use super::*;

    async fn refused(imported: Imported) -> Value {
        let bad = Bad { line: 252, column: "status".to_owned(), why: "decided".to_owned() };
        let refused = report(false, (imported, vec![bad])).err().expect("a cell is bad");
        let body = to_bytes(refused.into_response().into_body(), usize::MAX).await;
        serde_json::from_slice(&body.expect("a body")).expect("JSON")
    }

    #[tokio::test]
    async fn what_was_kept_is_told_beside_what_could_not_be() {
        let nothing = refused(Imported::default()).await;
        assert_eq!((&nothing["status"], nothing.get("imported")), (&json!(422), None));
        let mut first = Imported::default();
        first.changes.extend((2..252).map(|line| (line, Change::Added)));
        let some = refused(first).await;
        assert_eq!((&some["status"], &some["imported"]), (&json!(409), &json!(250)));
        assert_eq!(some["bad"][0]["line"], 252);
        let told = some["detail"].as_str().expect("words");
        assert!(told.contains("first 250 lines were kept") && !told.contains("nothing"), "{told}");
    }
}
