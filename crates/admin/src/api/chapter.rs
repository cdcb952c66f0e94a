//! `/chapter` and `/lines`: what the token's chapter decides for itself, and how its numbers fare.

use axum::{Json, extract::State};
use dispatch::{ChapterChange, ChapterRefusal, ChapterView, view::LineView};
use model::{
    CarrierKind, ChapterId, LineId, LinePurpose, LineState, Timestamp,
    schemars::{self, JsonSchema, Schema, SchemaGenerator, json_schema},
    settings::Settings,
    shapes::Line,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{
    Problem,
    address::{Asked, Id, Named, Whole},
    answer::Versioned,
    bearer::{Keeper, Looker},
    body::Told,
    page::{Listed, Page, Paging},
    routes::{Area, Routes},
    seen::Seen,
    shape::Shape,
};
use crate::Desk;

pub(super) fn add(routes: Routes) -> Routes {
    let area = Area::Chapter;
    routes
        .get("/chapter", area, ("Read the chapter", "The token's chapter, and every setting as it holds in it."), one)
        .patch("/chapter", area, ("Change the chapter", "Changes what is given; the rest stays. A setting that is null goes back to the installation's."), change)
        .get("/lines", area, ("List lines", "The chapter's numbers at carriers, with how each fares."), lines)
        .get("/lines/{id}", area, ("Read a line", "One of the chapter's numbers at a carrier, with how it fares."), line)
}

/// A chapter.
#[derive(Serialize, JsonSchema)]
struct Chapter {
    /// Its id.
    id: ChapterId,
    /// How it is called on the command line.
    slug: String,
    /// Its full name.
    name: String,
    /// The zone in which its people live.
    timezone: String,
    /// Every setting as it holds in the chapter.
    settings: Settings,
    /// The names of those that it decides for itself; the others are the installation's.
    own: Vec<String>,
}

impl From<ChapterView> for Versioned<Chapter> {
    fn from(view: ChapterView) -> Self {
        let ChapterView { chapter, settings, version } = view;
        let own = chapter.settings.keys().cloned().collect();
        let timezone = chapter.timezone.name().to_owned();
        let storage::Chapter { id, slug, name, .. } = chapter;
        Self { version, body: Chapter { id, slug, name, timezone, settings, own } }
    }
}

/// Settings by their names, each as it is to be, or null.
struct SettingsChange;

impl JsonSchema for SettingsChange {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "SettingsChange".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let whole = Settings::json_schema(generator).to_value();
        let fields = whole["properties"].as_object().into_iter().flatten();
        let may_be_null = fields.map(|(name, field)| {
            let mut field = field.clone();
            let told = field.as_object_mut().and_then(|field| field.remove("description"));
            let nothing = json!({"type": "null"});
            (name.clone(), json!({"description": told, "anyOf": [field, nothing]}))
        });
        let fields: Map<_, _> = may_be_null.collect();
        json_schema!({"type": "object", "properties": fields, "additionalProperties": false})
    }
}

/// Whether settings are as the document says; else the one at fault, and what is wrong with it.
pub(crate) fn judge_settings(settings: &Map<String, Value>) -> Result<(), (String, String)> {
    let judged = Shape::of::<SettingsChange>().judge(&Value::Object(settings.clone()));
    judged.map_err(|fault| {
        let field = fault.field.split(['.', '[']).next().unwrap_or_default();
        (field.to_owned(), fault.problem)
    })
}

/// The least and the most that a setting may be, as the document says.
pub(crate) fn bounds_of(setting: &str) -> [Option<i64>; 2] {
    let shape = Shape::of::<Settings>();
    let field = shape.fields().find(|(name, _)| *name == setting).map(|(_, field)| field);
    ["minimum", "maximum"].map(|bound| field.and_then(|field| field[bound].as_i64()))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ChapterChange")]
struct Change {
    /// Its full name.
    #[schemars(with = "Option<Line<80>>")]
    name: Option<String>,
    /// The zone in which its people live, such as America/New_York.
    #[schemars(with = "Option<Line<60>>")]
    timezone: Option<String>,
    /// What it decides for itself.
    #[serde(default)]
    #[schemars(with = "Option<SettingsChange>")]
    settings: Option<Map<String, Value>>,
}

async fn one(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Versioned<Chapter>, Problem> {
    Ok(desk.dispatch().chapter(by.act.chapter).await?.into())
}

async fn change(
    State(desk): State<Desk>,
    Keeper(by): Keeper,
    Seen(seen): Seen,
    Told(Change { name, timezone, settings }): Told<Change>,
) -> Result<Versioned<Chapter>, Problem> {
    let timezone = timezone.map(|zone| zone.parse()).transpose().map_err(|_| {
        Problem::unprocessable("timezone", "It must be an IANA zone, such as America/New_York.")
    })?;
    let settings = settings.unwrap_or_default();
    let change = ChapterChange { name, timezone, settings };
    let (chapter, who) = (by.act.chapter, by.who());
    match desk.dispatch().change_chapter(chapter, who, seen, change).await? {
        Ok(view) => Ok(view.into()),
        Err(ChapterRefusal::Changed) => Err(Problem::changed()),
        Err(ChapterRefusal::Invalid { field, problem }) if field == "settings" => {
            Err(Problem::unprocessable(field, format!("They cannot be used: {problem}.")))
        }
        Err(ChapterRefusal::Invalid { field, problem }) => {
            Err(Problem::unprocessable(format!("settings.{field}"), format!("It {problem}.")))
        }
    }
}

/// A line: one of the chapter's numbers at a carrier.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Line")]
struct Shown {
    /// Its id.
    id: LineId,
    /// Its number, which is public.
    number: String,
    /// Who carries its texts.
    carrier: CarrierKind,
    /// Whom it is for.
    purpose: LinePurpose,
    /// Whether it carries texts now.
    state: LineState,
    /// The carrier's code for why it is paused.
    paused_code: Option<String>,
    /// Since when it is paused.
    paused_at: Option<Timestamp>,
    /// How many texts it may send a second; null where it has no rate of its own.
    per_second: Option<f64>,
    /// How many texts wait to go out from it.
    waiting: i64,
    /// Since when the oldest of them was to go.
    waiting_since: Option<Timestamp>,
    /// Up to when the carrier's list of incoming texts has been compared with ours.
    listed_until: Timestamp,
}

impl From<LineView> for Shown {
    fn from(line: LineView) -> Self {
        Self {
            id: line.id,
            number: line.number.e164().to_owned(),
            carrier: line.carrier,
            purpose: line.purpose,
            state: line.state,
            paused_code: line.paused_code,
            paused_at: line.paused_at,
            per_second: line.per_second,
            waiting: line.waiting.map_or(0, |(count, _)| count),
            waiting_since: line.waiting.map(|(_, since)| since),
            listed_until: line.listed_until,
        }
    }
}

impl Listed for Shown {
    const NAME: &'static str = "lines";

    fn place(&self) -> String {
        self.id.to_string()
    }
}

async fn lines(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Asked(paging): Asked<Paging>,
) -> Result<Page<Shown>, Problem> {
    let lines = desk.dispatch().lines(by.act.chapter).await?;
    paging.of(lines.into_iter().map(Shown::from).collect())
}

async fn line(
    State(desk): State<Desk>,
    Looker(by): Looker,
    Named(Id { id }): Named<Id<LineId>>,
    Asked(Whole {}): Asked<Whole>,
) -> Result<Json<Shown>, Problem> {
    let lines = desk.dispatch().lines(by.act.chapter).await?;
    let line = lines.into_iter().find(|line| line.id == id).ok_or_else(Problem::not_found)?;
    Ok(Json(line.into()))
}
