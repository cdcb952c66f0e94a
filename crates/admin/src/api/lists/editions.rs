//! `/hospitals/{slug}/editions`: lists as they were published.

use axum::{
    Json,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use jiff::civil::Date;
use model::{
    EditionId, Timestamp,
    schemars::{self, JsonSchema},
    shapes::Slug,
};
use roster::{Edition, EditionChange};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Area, Hospital, Problem, Routes, hospitals::found};
use crate::{
    Desk,
    api::{
        address::{Asked, Named, Whole},
        answer::{Created, Csv},
        bearer::{Keeper, Looker},
        body::Nothing,
        operation::{Answers, Operation},
        page::{Listed, Page, Paging},
    },
};

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Lists;
    routes
        .get("/hospitals/{slug}/editions", area, ("List editions", "The editions of a hospital's list, the first one first."), list)
        .post("/hospitals/{slug}/editions", area, ("Publish a list", "Publishes a hospital's list as it is today. It is frozen."), publish)
        .get("/hospitals/{slug}/editions/{edition}", area, ("Read an edition", "An edition by its number, or the current one; with .csv, .pdf or .fhir.json after it in that form."), one)
}

/// An edition in a list.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EditionSummary")]
pub(super) struct Summary {
    /// Its id.
    id: EditionId,
    /// Its number.
    number: i64,
    /// The number of the one it corrects.
    corrects: Option<i64>,
    /// The day for which it was judged.
    as_of: Date,
    /// When it was published.
    published_at: Timestamp,
    /// Who published it.
    published_by: String,
    /// How many are on it.
    entries: usize,
}

impl From<&Edition> for Summary {
    fn from(edition: &Edition) -> Self {
        Self {
            id: edition.id,
            number: edition.number,
            corrects: edition.corrects,
            as_of: edition.as_of,
            published_at: edition.published_at,
            published_by: edition.published_by.clone(),
            entries: edition.frozen.entries.len(),
        }
    }
}

impl Listed for Summary {
    const NAME: &'static str = "editions";

    fn place(&self) -> String {
        format!("{:020}", self.number)
    }
}

/// So many are looked through for a page.
const MOST: i64 = 10_000;

async fn list(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Hospital { slug }): Named<Hospital>,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Summary>, Problem> {
    let all = roster::editions(desk.dispatch().store(), &by.act, &slug, MOST).await?;
    paging.of(all.iter().map(Summary::from).collect())
}

async fn publish(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Named(Hospital { slug }): Named<Hospital>,
    _: Nothing,
) -> Result<Created<Json<Edition>>, Problem> {
    Ok(Created(Json(roster::publish(desk.dispatch().store(), &by.act, &slug).await?)))
}

#[derive(Deserialize, JsonSchema)]
struct Which {
    /// The hospital's slug.
    #[schemars(with = "Slug")]
    slug: String,
    /// Its number or `current`, and after it the form: `.csv`, `.pdf`, `.fhir.json`, or none for JSON.
    #[schemars(regex(pattern = r"^(current|[1-9][0-9]{0,8})(\.csv|\.pdf|\.fhir\.json)?$"))]
    edition: String,
}

/// An edition, and what is other in it than in the one before.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "EditionWithChanges")]
struct Read {
    #[serde(flatten)]
    edition: Edition,
    /// What is other than in the edition before.
    changes: Vec<EditionChange>,
}

/// An edition in one of its forms.
enum File {
    Json(Box<Read>),
    Csv(String),
    Fhir(String),
    Pdf(Vec<u8>),
}

impl Answers for File {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        let schema = json!(operation.sent.subschema_for::<Read>());
        let kinds = [
            ("application/json", schema),
            ("text/csv", json!({"type": "string"})),
            ("application/fhir+json", json!({"type": "object"})),
            ("application/pdf", json!({})),
        ];
        operation.answer_in(status, &kinds);
        operation.may_fail(409);
    }
}

impl IntoResponse for File {
    fn into_response(self) -> Response {
        match self {
            Self::Json(edition) => Json(edition).into_response(),
            Self::Csv(sheet) => Csv(sheet).into_response(),
            Self::Fhir(bundle) => {
                ([(header::CONTENT_TYPE, "application/fhir+json")], bundle).into_response()
            }
            Self::Pdf(paper) => {
                ([(header::CONTENT_TYPE, "application/pdf")], paper).into_response()
            }
        }
    }
}

async fn one(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Which { slug, edition: wanted }): Named<Which>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<File, Problem> {
    let (which, form) = wanted.split_once('.').unwrap_or((&wanted, "json"));
    let store = desk.dispatch().store();
    let (mut edition, before) = match which {
        "current" => roster::current(store, &by.act, &slug).await?,
        number => {
            let number = number.parse().map_err(|_| Problem::not_found())?;
            roster::edition(store, &by.act, &slug, number).await?
        }
    };
    Ok(match form {
        "csv" => File::Csv(roster::csv(&edition)),
        "fhir.json" => File::Fhir(roster::fhir(&edition).to_string()),
        "pdf" => {
            let hospital = found(&desk, &by.act, slug).await?;
            // Whoever has the link reads the list: it is for who gives it to the hospital.
            let link = hospital.private.link.as_ref().filter(|_| by.reads_papers());
            let address = link.map(|secret| format!("{}/h/{secret}", desk.dispatch().public_url()));
            let paper = roster::pdf(&edition, address.as_deref());
            File::Pdf(paper.ok_or_else(|| Problem::conflict("The list cannot be drawn on paper."))?)
        }
        _ => {
            let changes = roster::changes(before.as_ref(), &edition);
            if !by.reads_papers() {
                edition.keep_back_papers();
            }
            File::Json(Box::new(Read { edition, changes }))
        }
    })
}
