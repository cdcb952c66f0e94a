//! `/settings`: how the line behaves in this chapter, in groups that each are kept by themselves.

mod groups;
mod texts;
mod values;

use std::collections::HashMap;

use askama::Template;
use axum::{
    Router,
    extract::{DefaultBodyLimit, Path, State, rejection::PathRejection},
    response::Response,
    routing::{get, post},
};
use dispatch::{ChapterChange, ChapterRefusal, ChapterView};
use model::{Policy, Word as _, settings::Settings};
use serde_json::{Map, Value};

use self::{
    groups::{GROUPS, Given, Group, Kind, Of},
    values::{Bounds, Typed},
};
use super::{
    fault::Fault,
    frame::{Frame, Room, show},
    lists::Keeper,
    said::{Said, Saying},
    signed::{Filled, Signed},
};
use crate::{Desk, api, session::Session};

/// Texts at hand are the longest that a form here sends: so many of them, of so many letters.
const MOST_BYTES: usize = 256 * 1024;

pub(super) fn router() -> Router<Desk> {
    Router::new()
        .route("/settings", get(page))
        .route("/settings/texts", get(texts::page))
        .route("/settings/{group}", post(keep).layer(DefaultBodyLimit::max(MOST_BYTES)))
}

#[derive(Template)]
#[template(path = "settings.html")]
struct Page {
    frame: Frame,
    version: String,
    groups: Vec<Shown>,
}

/// A group of settings as a form shows it.
struct Shown {
    group: &'static Group,
    /// What holds now, in few words.
    words: String,
    fields: Vec<Field>,
    is_open: bool,
}

/// A setting in a form.
struct Field {
    given: &'static Given,
    /// What stands there: for hours, when they begin.
    value: String,
    /// For hours, when they end.
    until: String,
    is_on: bool,
    choices: Vec<Choice>,
    bounds: Bounds,
    wrong: Option<String>,
}

/// One of what a setting may be.
struct Choice {
    value: String,
    name: String,
    told: Vec<String>,
    is_chosen: bool,
}

/// What was not kept: the group, the setting, and what is wrong with it.
struct Wrong {
    group: &'static Group,
    field: String,
    problem: String,
    typed: Typed,
}

async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Saying(said): Saying,
) -> Result<Response, Fault> {
    let view = desk.dispatch().chapter(session.chapter.id).await?;
    shown(&desk, &view, Frame::new(Room::Settings, &session, said), None)
}

fn shown(
    desk: &Desk,
    view: &ChapterView,
    frame: Frame,
    wrong: Option<&Wrong>,
) -> Result<Response, Fault> {
    let groups = GROUPS.iter().filter(|group| group.of == Of::Work);
    show(&Page {
        version: view.version.clone(),
        groups: groups.map(|group| Shown::of(desk, view, group, wrong)).collect(),
        frame,
    })
}

impl Shown {
    fn of(desk: &Desk, view: &ChapterView, group: &'static Group, wrong: Option<&Wrong>) -> Self {
        let wrong = wrong.filter(|wrong| wrong.group.id == group.id);
        let all = serde_json::to_value(&view.settings).unwrap_or_default();
        let field = |given| Field::of(desk, view, &all, given, wrong);
        Self {
            group,
            words: (group.words)(&view.settings),
            fields: group.fields.iter().map(field).collect(),
            is_open: wrong.is_some(),
        }
    }
}

impl Field {
    fn of(
        desk: &Desk,
        view: &ChapterView,
        all: &Value,
        given: &'static Given,
        wrong: Option<&Wrong>,
    ) -> Self {
        let (value, until) = match wrong {
            Some(wrong) => wrong.typed.texts(given),
            None => values::texts(given, &all[given.key]),
        };
        let choice = |value: &str, name: &str, told: Vec<String>, chosen: &str| Choice {
            value: value.to_owned(),
            name: name.to_owned(),
            told,
            is_chosen: value == chosen,
        };
        let choices = match given.kind {
            Kind::OneOf(choices) => {
                choices.iter().map(|(word, name)| choice(word, name, Vec::new(), &value)).collect()
            }
            Kind::Policy => {
                let rules = desk.dispatch().rules(view);
                rules
                    .into_iter()
                    .map(|(policy, told)| {
                        choice(policy.as_str(), policy_name(policy), told, &value)
                    })
                    .collect()
            }
            _ => Vec::new(),
        };
        Self {
            given,
            until,
            is_on: value == "true",
            choices,
            bounds: Bounds::of(given),
            wrong: wrong
                .filter(|wrong| wrong.field == given.key)
                .map(|wrong| wrong.problem.clone()),
            value,
        }
    }
}

fn policy_name(policy: Policy) -> &'static str {
    match policy {
        Policy::FirstThree => "The first three",
        Policy::FairStart => "A fair start",
        Policy::Waves => "Best match first, in waves",
        Policy::Window => "A window, then the best match",
    }
}

/// Keeps what the form of a group says; nothing where something of it cannot be used.
async fn keep(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    group: Result<Path<String>, PathRejection>,
    Filled(sent): Filled<HashMap<String, String>>,
) -> Result<Response, Fault> {
    let Path(id) = group.map_err(|_| Fault::not_found())?;
    let group = GROUPS.iter().find(|group| group.id == id).ok_or_else(Fault::not_found)?;
    let typed = Typed(sent);
    let version = typed.version().ok_or_else(Fault::form)?;
    let mut settings = typed.settings(group, &desk.dispatch().languages());
    // What is kept as it stood does not become the chapter's own.
    let stands = desk.dispatch().chapter(session.chapter.id).await?.settings;
    let stands = serde_json::to_value(&stands).unwrap_or_default();
    settings.retain(|key, value| stands.get(key) != Some(value));
    let wrong = match refused(&desk, &session, version, settings).await? {
        None => return Ok(Said::Kept.at(group.page())),
        Some(ChapterRefusal::Changed) => return Ok(Said::Changed.at(group.page())),
        Some(ChapterRefusal::Invalid { field, problem }) => Wrong { group, field, problem, typed },
    };
    let view = desk.dispatch().chapter(session.chapter.id).await?;
    match group.of {
        Of::Work => shown(&desk, &view, Frame::new(Room::Settings, &session, None), Some(&wrong)),
        Of::Texts => texts::refused(&desk, &session, &view, &wrong),
    }
}

/// Why the settings were not kept; by the same schema as the API's.
async fn refused(
    desk: &Desk,
    session: &Session,
    version: String,
    settings: Map<String, Value>,
) -> Result<Option<ChapterRefusal>, Fault> {
    if let Err((field, problem)) = api::judge_settings(&settings) {
        return Ok(Some(ChapterRefusal::Invalid { field, problem }));
    }
    let change = ChapterChange { settings, ..ChapterChange::default() };
    let (chapter, by) = (session.chapter.id, session.admin.id.into());
    Ok(desk.dispatch().change_chapter(chapter, by, Some(version), change).await?.err())
}

/// Minutes as people say them.
fn minutes(many: u32) -> String {
    match (many / 60, many % 60) {
        (0, minutes) => format!("{minutes} min"),
        (1, 0) => "1 hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// What a setting's number is, with what it counts.
fn days(many: u32) -> String {
    if many == 1 { "1 day".to_owned() } else { format!("{many} days") }
}

fn quiet(settings: &Settings) -> String {
    match settings.quiet_hours {
        model::settings::QuietHours::Off => "asked at any hour".to_owned(),
        model::settings::QuietHours::Between(from, to) => {
            format!("left alone {} to {}", from.strftime("%-I:%M %P"), to.strftime("%-I:%M %P"))
        }
    }
}
