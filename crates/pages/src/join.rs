//! `/join/CHAPTER`: a consultant asks to be on a chapter's roster.
//!
//! The answer is the same whether or not her number is on the roster, so that nobody learns who is. A
//! person of the chapter decides about every application.

mod comers;

use std::collections::HashMap;

use askama::Template;
use axum::{
    Extension, Form,
    extract::{Path, State, rejection::FormRejection},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse as _, Response},
};
use dispatch::Dispatch;
use roster::{Act, Bad, Person, Refusal};
use storage::Chapter;

pub(crate) use self::comers::Comers;
use crate::fault::Fault;

#[derive(Template)]
#[template(path = "join.html")]
struct Page {
    chapter: String,
    agreed: String,
    rule: Vec<String>,
    fields: Vec<Shown>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Form,
    /// Something is missing, or cannot be used.
    Wrong {
        /// She has not agreed to get texts.
        disagrees: bool,
    },
    Thanks,
    /// Too many applications wait.
    Full,
    /// Too many came from where she is.
    Often,
}

/// A field of the form: a column of the roster.
struct Field {
    column: &'static str,
    name: &'static str,
    hint: &'static str,
    is_needed: bool,
    /// What is typed, and what a browser fills in by itself.
    kind: &'static str,
    autocomplete: &'static str,
}

/// The same with what was typed, and what is wrong with it.
struct Shown {
    field: &'static Field,
    value: String,
    wrong: Option<String>,
}

const fn field(
    column: &'static str,
    name: &'static str,
    hint: &'static str,
    is_needed: bool,
) -> Field {
    Field { column, name, hint, is_needed, kind: "text", autocomplete: "off" }
}

static FIELDS: [Field; 9] = [
    Field {
        autocomplete: "name",
        ..field("name", "Your name, as families read it", "Such as Ana Sample, IBCLC", true)
    },
    Field {
        kind: "tel",
        autocomplete: "tel",
        ..field("phone", "Your mobile number", "Referrals come there by text", true)
    },
    Field {
        kind: "email",
        autocomplete: "email",
        ..field("email", "Your e-mail address", "", false)
    },
    field("credentials", "Credentials", "Such as IBCLC, RN", true),
    field(
        "areas",
        "Where you see families",
        "Boroughs, neighborhoods or ZIPs, with commas between them",
        true,
    ),
    field("languages", "Languages you work in", "Such as English, Spanish", false),
    field("payers", "Insurance you take", "With commas between them", false),
    field("visit_types", "Visits you make", "home, office, virtual, hospital, group, phone", false),
    Field {
        kind: "url",
        autocomplete: "url",
        ..field("booking_url", "Your booking page", "Begins with https://", false)
    },
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

/// What was typed, by column.
type Typed = HashMap<String, String>;

async fn shown(
    dispatch: &Dispatch,
    chapter: &Chapter,
    stage: Stage,
    sent: &Typed,
    wrong: &[Bad],
) -> Result<Response, Fault> {
    let fields = FIELDS.iter().map(|field| Shown {
        field,
        value: sent.get(field.column).cloned().unwrap_or_default(),
        wrong: wrong.iter().find(|bad| bad.column == field.column).map(|bad| bad.why.clone()),
    });
    let page = Page {
        chapter: chapter.name.clone(),
        agreed: agreed(chapter),
        rule: dispatch.rule(chapter.id).await?,
        fields: fields.collect(),
        stage,
    };
    let status = match stage {
        Stage::Form | Stage::Thanks => StatusCode::OK,
        Stage::Wrong { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        Stage::Full => StatusCode::SERVICE_UNAVAILABLE,
        Stage::Often => StatusCode::TOO_MANY_REQUESTS,
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// Shows the form.
pub(crate) async fn page(
    State(dispatch): State<Dispatch>,
    Path(slug): Path<String>,
) -> Result<Response, Fault> {
    let chapter = chapter_of(&dispatch, slug).await?;
    shown(&dispatch, &chapter, Stage::Form, &Typed::new(), &[]).await
}

/// Takes the application.
pub(crate) async fn apply(
    State(dispatch): State<Dispatch>,
    Extension(comers): Extension<Comers>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    sent: Result<Form<Typed>, FormRejection>,
) -> Result<Response, Fault> {
    let Form(sent) = sent.map_err(|_| Fault::form())?;
    let chapter = chapter_of(&dispatch, slug).await?;
    let cell = |column: &'static str| (column, sent.get(column).map_or("", |cell| cell.trim()));
    let row = roster::entered(&FIELDS.each_ref().map(|field| cell(field.column)));
    let missing = FIELDS.iter().filter(|field| field.is_needed && cell(field.column).1.is_empty());
    let mut wrong = missing.map(unfilled).collect::<Vec<_>>();
    let disagrees = !sent.contains_key("agreed");
    let (Ok(row), true, false) = (&row, wrong.is_empty(), disagrees) else {
        wrong.extend(row.err().unwrap_or_default());
        return shown(&dispatch, &chapter, Stage::Wrong { disagrees }, &sent, &wrong).await;
    };
    if !comers.take(comers::whence(&headers), dispatch.now()) {
        return shown(&dispatch, &chapter, Stage::Often, &sent, &[]).await;
    }
    let act = Act {
        chapter: chapter.id,
        by: Person::Service,
        now: dispatch.now(),
        chance: dispatch.chance().clone(),
    };
    let stage = match roster::apply(dispatch.store(), &act, row.clone(), agreed(&chapter)).await {
        Ok(()) => Stage::Thanks,
        Err(roster::Error::Refused(Refusal::Over)) => Stage::Full,
        Err(error) => return Err(error.into()),
    };
    shown(&dispatch, &chapter, stage, &Typed::new(), &[]).await
}

fn unfilled(field: &Field) -> Bad {
    Bad { line: 1, column: field.column.to_owned(), why: "please fill it in".to_owned() }
}
