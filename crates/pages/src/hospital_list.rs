//! `/h/TOKEN`: a hospital's current list, for its staff; as a page, and as a file to take along.

use askama::Template;
use axum::{
    Json,
    extract::{FromRequestParts, Path, Query, State},
    http::{StatusCode, header, request::Parts},
    response::{Html, IntoResponse as _, Response},
};
use dispatch::Dispatch;
use roster::{Card, Edition, EditionChange, Standing};
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
    published: String,
    taken_off: usize,
    cards: Vec<&'a Card>,
    all: usize,
    changes: Vec<String>,
}

/// What a list can be narrowed to, and what it is narrowed to.
struct Choices {
    name: &'static str,
    label: &'static str,
    chosen: String,
    all: Vec<String>,
}

impl Choices {
    fn of<'c>(
        (name, label): (&'static str, &'static str),
        chosen: String,
        words: impl Iterator<Item = &'c String>,
    ) -> Self {
        let mut all: Vec<_> = words.cloned().collect();
        all.sort();
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
    let found = roster::edition_of_link(dispatch.store(), &secret).await?;
    let (chapter, hospital, editions) = found.ok_or_else(Fault::unknown)?;
    let (current, before) = editions.unzip();
    let before = before.flatten();
    let cards: Vec<&Card> = current.iter().flat_map(cards_of).collect();
    let of = |name, chosen, words: fn(&Card) -> &Vec<String>| {
        Choices::of(name, chosen, cards.iter().flat_map(|card| words(card)))
    };
    let filters = [
        of(("language", "Language"), wanted.language, |card| &card.languages),
        of(("payer", "Payer"), wanted.payer, |card| &card.payers),
        of(("area", "Area"), wanted.area, |card| &card.areas),
    ];
    let edition = current.as_ref().map(|edition| Shown {
        number: edition.number,
        published: edition
            .published_at
            .in_zone(&chapter.timezone)
            .strftime("%-d %b %Y")
            .to_string(),
        taken_off: edition.frozen.taken_off,
        all: cards.len(),
        cards: cards
            .iter()
            .copied()
            .filter(|card| {
                filters
                    .iter()
                    .zip([&card.languages, &card.payers, &card.areas])
                    .all(|(filter, has)| filter.fits(has))
            })
            .collect(),
        changes: roster::changes(before.as_ref(), edition).iter().map(said).collect(),
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
    let found = roster::edition_of_link(dispatch.store(), &secret).await?;
    let (_, _, editions) = found.ok_or_else(Fault::unknown)?;
    let (edition, before) = editions.ok_or_else(Fault::unknown)?;
    let answer = match name.as_str() {
        "list.csv" => {
            let named = "attachment; filename=\"list.csv\"";
            let headers = [
                (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
                (header::CONTENT_DISPOSITION, named),
            ];
            (headers, roster::csv(&edition)).into_response()
        }
        "list.json" => Json(json!({
            "chapter": edition.frozen.chapter, "hospital": edition.frozen.hospital_name,
            "edition": edition.number, "corrects": edition.corrects, "as_of": edition.as_of,
            "published_at": edition.published_at, "entries": cards_of(&edition).collect::<Vec<_>>(),
            "changes": roster::changes(before.as_ref(), &edition),
        }))
        .into_response(),
        "list.fhir.json" => {
            let bundle = roster::fhir(&edition).to_string();
            ([(header::CONTENT_TYPE, "application/fhir+json")], bundle).into_response()
        }
        "list.pdf" => {
            let address = format!("{}/h/{secret}", dispatch.public_url());
            let paper = roster::pdf(&edition, Some(&address)).ok_or_else(Fault::form)?;
            ([(header::CONTENT_TYPE, "application/pdf")], paper).into_response()
        }
        _ => return Ok((StatusCode::NOT_FOUND, Fault::unknown()).into_response()),
    };
    Ok(answer)
}
