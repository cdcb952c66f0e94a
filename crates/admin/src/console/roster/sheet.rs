//! Bringing members in from a file, after a look at every change; and writing the roster out.
//!
//! The look keeps nothing: its page carries the file's words, and the button below it sends them again.

use askama::Template;
use axum::{
    extract::{Request, State},
    http::header,
    response::{IntoResponse as _, Response},
};
use roster::{Change, Imported};
use serde::Deserialize;

use super::papers::file_of;
use crate::{
    Desk,
    console::{
        fault::Fault,
        frame::{Frame, Room, show},
        lists::{Keeper, act},
        names,
        said::Said,
        signed::Filled,
    },
    session::Session,
};

#[derive(Template)]
#[template(path = "roster_import.html")]
struct Page {
    frame: Frame,
    looked: Option<Look>,
}

/// What an import would do.
struct Look {
    csv: String,
    /// What must be mended before anybody is brought in.
    bad: Vec<String>,
    /// The lines that stay as they are on the roster, and why.
    left: Vec<String>,
    added: usize,
    updated: usize,
    unchanged: usize,
    others: Vec<(u64, String, Vec<roster::Other>)>,
}

pub(super) async fn page(Keeper(session): Keeper) -> Result<Response, Fault> {
    show(&Page { looked: None, frame: Frame::new(Room::Roster, &session, None) })
}

/// Shows what would change.
pub(super) async fn look(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    request: Request,
) -> Result<Response, Fault> {
    let csv = roster::as_text(&file_of(request).await?);
    looked(&desk, &session, csv).await
}

async fn looked(desk: &Desk, session: &Session, csv: String) -> Result<Response, Fault> {
    let (rows, bad) = roster::parse(csv.as_bytes());
    let names = rows.iter().map(|row| (row.line, row.name.reveal().to_owned())).collect::<Vec<_>>();
    let by = act(desk, session);
    let imported = roster::import(desk.dispatch().store(), &by, rows, true).await?;
    let Imported { others, left, .. } = &imported;
    let name = |line: u64| names.iter().find(|(at, _)| *at == line).map(|(_, name)| name.clone());
    let look = Look {
        bad: bad.iter().map(ToString::to_string).collect(),
        left: left.iter().map(ToString::to_string).collect(),
        added: imported.count(Change::Added),
        updated: imported.count(Change::Updated),
        unchanged: imported.count(Change::Unchanged),
        others: others
            .iter()
            .filter(|(_, cells)| !cells.is_empty())
            .map(|(line, cells)| (*line, name(*line).unwrap_or_default(), cells.clone()))
            .collect(),
        csv,
    };
    show(&Page { looked: Some(look), frame: Frame::new(Room::Roster, session, None) })
}

#[derive(Deserialize)]
pub(super) struct Sent {
    csv: String,
}

/// Brings in all rows but those that are left alone; where one is bad, none.
pub(super) async fn import(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Filled(sent): Filled<Sent>,
) -> Result<Response, Fault> {
    let (rows, bad) = roster::parse(sent.csv.as_bytes());
    if !bad.is_empty() {
        return looked(&desk, &session, sent.csv).await;
    }
    let by = act(&desk, &session);
    let imported = roster::import(desk.dispatch().store(), &by, rows, false).await?;
    let is_whole = imported.left.is_empty();
    Ok(if is_whole { Said::Imported } else { Said::ImportedInPart }.at("/roster"))
}

/// The roster as a file that an import takes back.
pub(super) async fn export(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
) -> Result<Response, Fault> {
    let csv = roster::export(desk.dispatch().store(), session.chapter.id).await?;
    let head = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"roster.csv\""),
    ];
    Ok((head, csv).into_response())
}
