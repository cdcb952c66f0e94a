//! `/join/CHAPTER`: a consultant asks to be on a chapter's roster.
//!
//! The answer is the same whether or not her number is on the roster, so that nobody learns who is. A
//! person of the chapter decides about every application.

use std::collections::HashMap;

use askama::Template;
use axum::{
    Form,
    extract::{Path, State, rejection::FormRejection},
    response::{Html, IntoResponse as _, Response},
};
use dispatch::Dispatch;
use roster::{Act, Person, Refusal};
use storage::Chapter;

use crate::fault::Fault;

#[derive(Template)]
#[template(path = "join.html")]
struct Page {
    chapter: String,
    agreed: String,
    rule: Vec<String>,
    fields: Vec<Field>,
    stage: Stage,
    wrong: Vec<String>,
}

#[derive(PartialEq, Eq)]
enum Stage {
    Form,
    Thanks,
    Full,
}

/// A field of the form: a column of the roster.
struct Field {
    column: &'static str,
    name: &'static str,
    hint: &'static str,
    is_needed: bool,
    value: String,
}

const FIELDS: [(&str, &str, &str, bool); 9] = [
    ("name", "Your name, as families read it", "Such as Ana Sample, IBCLC", true),
    ("phone", "Your mobile number", "Referrals come there by text", true),
    ("email", "Your e-mail address", "", false),
    ("credentials", "Credentials", "Such as IBCLC;RN", true),
    (
        "areas",
        "Where you see families",
        "Boroughs, neighborhoods or ZIPs, with ; between them",
        true,
    ),
    ("languages", "Languages you work in", "Such as English;Spanish", false),
    ("payers", "Insurance you take", "With ; between them", false),
    ("visit_types", "Visits you make", "home;office;virtual;hospital;group;phone", false),
    ("booking_url", "Your booking page", "Begins with https://", false),
];

fn agreed(chapter: &Chapter) -> String {
    format!(
        "I agree that {} texts me about referrals at this number. A text says STOP to end them, HELP for help. \
         Carriers may charge for texts. I have read how consultants are chosen.",
        chapter.name
    )
}

/// A chapter by the name in its address.
async fn chapter_of(dispatch: &Dispatch, slug: String) -> Result<Chapter, Fault> {
    let read = dispatch.store().read::<_, storage::Error, _>(move |tx| {
        Box::pin(async move { tx.chapter_by_slug(&slug).await })
    });
    let read = read.await.map_err(roster::Error::from)?;
    read.ok_or_else(Fault::unknown)
}

async fn shown(
    dispatch: &Dispatch,
    chapter: &Chapter,
    stage: Stage,
    sent: &HashMap<String, String>,
    wrong: Vec<String>,
) -> Result<Response, Fault> {
    let field =
        |(column, name, hint, is_needed): (&'static str, &'static str, &'static str, bool)| Field {
            column,
            name,
            hint,
            is_needed,
            value: sent.get(column).cloned().unwrap_or_default(),
        };
    let page = Page {
        chapter: chapter.name.clone(),
        agreed: agreed(chapter),
        rule: dispatch.rule(chapter.id).await?,
        fields: FIELDS.into_iter().map(field).collect(),
        stage,
        wrong,
    };
    Ok(Html(page.render()?).into_response())
}

/// Shows the form.
pub(crate) async fn page(
    State(dispatch): State<Dispatch>,
    Path(slug): Path<String>,
) -> Result<Response, Fault> {
    let chapter = chapter_of(&dispatch, slug).await?;
    shown(&dispatch, &chapter, Stage::Form, &HashMap::new(), Vec::new()).await
}

/// Takes the application.
pub(crate) async fn apply(
    State(dispatch): State<Dispatch>,
    Path(slug): Path<String>,
    sent: Result<Form<HashMap<String, String>>, FormRejection>,
) -> Result<Response, Fault> {
    let Form(sent) = sent.map_err(|_| Fault::form())?;
    let chapter = chapter_of(&dispatch, slug).await?;
    let cell = |column: &'static str| (column, sent.get(column).map_or("", |cell| cell.trim()));
    let cells = FIELDS.iter().map(|(column, ..)| cell(column)).collect::<Vec<_>>();
    let missing =
        FIELDS.iter().filter(|(column, _, _, is_needed)| *is_needed && cell(column).1.is_empty());
    let mut wrong =
        missing.map(|(_, name, ..)| format!("{name}: please fill it in")).collect::<Vec<_>>();
    if !sent.contains_key("agreed") {
        wrong.push("Please tick that you agree to get texts".to_owned());
    }
    let row = roster::entered(&cells);
    if let Err(bad) = &row {
        wrong
            .extend(bad.iter().map(|bad| format!("{}: {}", bad.column.replace('_', " "), bad.why)));
    }
    let (Ok(row), true) = (row, wrong.is_empty()) else {
        return shown(&dispatch, &chapter, Stage::Form, &sent, wrong).await;
    };
    let act = Act {
        chapter: chapter.id,
        by: Person::Service,
        now: dispatch.now(),
        chance: dispatch.chance().clone(),
    };
    let stage = match roster::apply(dispatch.store(), &act, row, agreed(&chapter)).await {
        Ok(()) => Stage::Thanks,
        Err(roster::Error::Refused(Refusal::Over)) => Stage::Full,
        Err(error) => return Err(error.into()),
    };
    shown(&dispatch, &chapter, stage, &HashMap::new(), Vec::new()).await
}
