//! `/h/TOKEN`: a hospital's current list, for its staff; as a page, and as a file to take along.

use askama::Template;
use axum::{
    Json,
    extract::{FromRequestParts, Path, Query, State},
    http::{StatusCode, header, request::Parts},
    response::{Html, IntoResponse as _, Response},
};
use dispatch::Dispatch;
use roster::{Card, Edition, EditionChange, Seen, languages};
use serde::Deserialize;
use serde_json::json;

use crate::{Secret, fault::Fault};

#[derive(Template)]
#[template(path = "hospital_list.html")]
struct Page<'a> {
    chapter: &'a str,
    hospital: &'a str,
    secret: &'a str,
    edition: Option<Shown<'a>>,
    filters: [Choices; 3],
}

struct Shown<'a> {
    number: i64,
    verified: String,
    taken_off: usize,
    left_out: usize,
    cards: Vec<&'a Card>,
    all: usize,
    changes: Vec<String>,
}

/// What a list can be narrowed to, and what it is narrowed to.
struct Choices {
    name: &'static str,
    label: &'static str,
    chosen: String,
    /// Each word with how it is called.
    all: Vec<(String, String)>,
}

impl Choices {
    fn of<'c>(
        (name, label): (&'static str, &'static str),
        chosen: String,
        words: impl Iterator<Item = &'c String>,
        called: fn(&str) -> String,
    ) -> Self {
        let mut all: Vec<_> = words.map(|word| (word.clone(), called(word))).collect();
        all.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
        all.dedup();
        Self { name, label, chosen, all }
    }

    fn fits(&self, has: &[String]) -> bool {
        self.chosen.is_empty() || has.iter().any(|word| word.eq_ignore_ascii_case(&self.chosen))
    }
}

/// What staff may narrow the list to. Whatever cannot be read narrows nothing.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Wanted {
    language: String,
    payer: String,
    area: String,
}

impl<S: Send + Sync> FromRequestParts<S> for Wanted {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let wanted = Query::<Self>::from_request_parts(parts, state).await;
        Ok(wanted.map(|Query(wanted)| wanted).unwrap_or_default())
    }
}

/// The list as a page, with what changed since the one before.
pub(crate) async fn page(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    wanted: Wanted,
) -> Result<Response, Fault> {
    let found = roster::edition_of_link(dispatch.store(), &secret, dispatch.now()).await?;
    let (chapter, hospital, seen) = found.ok_or_else(Fault::unknown)?;
    // Each with what it is narrowed by, in the order of the filters.
    let cards: Vec<(&Card, [Vec<String>; 3])> = seen
        .iter()
        .flat_map(|seen| cards_of(&seen.edition))
        .map(|card| (card, [card.languages.clone(), card.payers.clone(), card.served()]))
        .collect();
    let of = |place: usize, name, chosen, called| {
        Choices::of(name, chosen, cards.iter().flat_map(|(_, has)| &has[place]), called)
    };
    let filters = [
        of(0, ("language", "Language"), wanted.language, languages::name),
        of(1, ("payer", "Payer"), wanted.payer, str::to_owned),
        of(2, ("area", "Area"), wanted.area, str::to_owned),
    ];
    let edition = seen.as_ref().map(|seen| Shown {
        number: seen.edition.number,
        verified: seen.edition.as_of.strftime("%-d %b %Y").to_string(),
        taken_off: seen.edition.frozen.taken_off,
        left_out: seen.left_out,
        all: cards.len(),
        cards: cards
            .iter()
            .filter(|(_, has)| filters.iter().zip(has).all(|(filter, has)| filter.fits(has)))
            .map(|(card, _)| *card)
            .collect(),
        changes: changes_of(seen).iter().map(said).collect(),
    });
    let page = Page {
        chapter: &chapter.name,
        hospital: &hospital.name,
        secret: &secret,
        edition,
        filters,
    };
    Ok(Html(page.render()?).into_response())
}

/// What is other than in the edition before: whoever is not shown any more is among it.
fn changes_of(seen: &Seen) -> Vec<EditionChange> {
    roster::changes(seen.before.as_ref(), &seen.edition)
}

fn cards_of(edition: &Edition) -> impl Iterator<Item = &Card> {
    edition.frozen.entries.iter().map(|entry| &entry.card)
}

fn said(change: &EditionChange) -> String {
    match change {
        EditionChange::Added { name } => format!("New: {name}"),
        EditionChange::Removed { name } => format!("No longer on the list: {name}"),
        EditionChange::Changed { name, fields } => format!("{name}: {}", fields.join(", ")),
    }
}

/// The list as a file: `list.pdf`, `list.csv`, `list.json` or `list.fhir.json`.
pub(crate) async fn file(
    State(dispatch): State<Dispatch>,
    Path((secret, name)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let found = roster::edition_of_link(dispatch.store(), &secret, dispatch.now()).await?;
    let (_, _, seen) = found.ok_or_else(Fault::unknown)?;
    let seen = seen.ok_or_else(Fault::unknown)?;
    let edition = &seen.edition;
    let answer = match name.as_str() {
        "list.csv" => {
            let named = "attachment; filename=\"list.csv\"";
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, named),
            ];
            (headers, roster::csv(edition)).into_response()
        }
        "list.json" => Json(json!({
            "chapter": edition.frozen.chapter, "hospital": edition.frozen.hospital_name,
            "edition": edition.number, "corrects": edition.corrects, "as_of": edition.as_of,
            "published_at": edition.published_at, "entries": cards_of(edition).collect::<Vec<_>>(),
            "changes": changes_of(&seen), "left_out": seen.left_out,
        }))
        .into_response(),
        "list.fhir.json" => {
            let bundle = roster::fhir(edition).to_string();
            ([(header::CONTENT_TYPE, "application/fhir+json")], bundle).into_response()
        }
        "list.pdf" => {
            let address = format!("{}/h/{secret}", dispatch.public_url());
            let paper = roster::pdf(edition, Some(&address)).ok_or_else(Fault::form)?;
            ([(header::CONTENT_TYPE, "application/pdf")], paper).into_response()
        }
        _ => return Ok((StatusCode::NOT_FOUND, Fault::unknown()).into_response()),
    };
    Ok(answer)
}
