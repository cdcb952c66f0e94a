//! What a member offers, as one of the chapter's people types it.

use askama::Template as _;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use model::MemberId;
use roster::{Bad, Row};
use serde::Deserialize;
use storage::Member;

use super::member::{Page, seen};
use crate::{
    Desk,
    console::{
        fault::Fault,
        lists::{Keeper, act, back},
        said::Said,
        signed::{Filled, Id},
    },
};

/// What the form sends: the columns of the roster's file, and a mark of what they were.
#[derive(Deserialize)]
pub(super) struct Profile {
    seen: String,
    name: Option<String>,
    email: Option<String>,
    credentials: Option<String>,
    areas: String,
    languages: String,
    payers: String,
    visit_types: String,
    booking_url: String,
    note: String,
}

impl Profile {
    /// Each column as it was typed; what she may not change for herself is not among them.
    fn cells(&self) -> Vec<(&'static str, &str)> {
        let mut cells = vec![
            ("areas", self.areas.as_str()),
            ("languages", &self.languages),
            ("payers", &self.payers),
            ("visit_types", &self.visit_types),
            ("booking_url", &self.booking_url),
            ("note", &self.note),
        ];
        cells.extend(self.email.as_deref().map(|cell| ("email", cell)));
        cells.extend(self.name.as_deref().map(|cell| ("name", cell)));
        cells.extend(self.credentials.as_deref().map(|cell| ("credentials", cell)));
        cells
    }

    /// A row of the roster; what she may not change for herself stands as it is.
    fn row(&self, known: &Member) -> Result<Row, Vec<Bad>> {
        let mut cells = self.cells();
        // The number stays what it is: it is not read from here.
        cells.push(("phone", "+12125550100"));
        if self.name.is_none() {
            cells.push(("name", known.name.reveal()));
        }
        roster::entered(&cells)
    }
}

/// Keeps it, if nobody changed it meanwhile. Where something cannot be used, the page says so beside
/// its field, with everything as it was typed.
pub(super) async fn save(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<MemberId>,
    Filled(sent): Filled<Profile>,
) -> Result<Response, Fault> {
    let known = seen(&desk, &session, id).await?;
    match sent.row(&known.member) {
        Ok(row) => {
            let (store, by) = (desk.dispatch().store(), act(&desk, &session));
            let done = roster::change(store, &by, id, row, &sent.seen).await;
            back(&format!("/roster/{id}"), done, Said::Kept)
        }
        Err(bad) => {
            let mut page = Page::shown(&known, &desk, &session, Some(Said::NotSaved));
            page.typed(&sent.cells(), &bad, &sent.seen);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
    }
}
