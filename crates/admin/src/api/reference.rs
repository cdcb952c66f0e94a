//! `/api/docs`: the document as a page for people. It is made from the document alone, loads nothing
//! that is not ours and needs no script.

mod shapes;

use std::sync::LazyLock;

use askama::Template;
use axum::{
    Router,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use serde_json::Value;

use self::shapes::{Kind, Named, Row, kind_of, named};
use super::{Problem, document};
use crate::{Desk, Error};

pub(crate) fn router() -> Router<Desk> {
    Router::new().route("/api/docs", get(page))
}

async fn page() -> Response {
    match &*PAGE {
        Some(page) => Html(page.as_str()).into_response(),
        None => Problem::from(Error::Page(askama::Error::Fmt)).into_response(),
    }
}

static PAGE: LazyLock<Option<String>> = LazyLock::new(|| Page::of(&document()).render().ok());

#[derive(Template)]
#[template(path = "api_reference.html")]
struct Page {
    version: String,
    told: String,
    areas: Vec<Area>,
    problems: Vec<Answer>,
    shapes: Vec<Named>,
}

struct Area {
    name: String,
    told: String,
    operations: Vec<Operation>,
}

struct Operation {
    id: String,
    method: String,
    path: String,
    summary: String,
    told: String,
    scope: String,
    parameters: Vec<Row>,
    body: Vec<Answer>,
    answers: Vec<Answer>,
    /// The statuses of the problems it may answer with.
    problems: String,
}

/// What goes in or out, in one of its forms.
struct Answer {
    status: String,
    told: String,
    media: String,
    kind: Kind,
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Page {
    fn of(document: &Value) -> Self {
        let mut areas: Vec<Area> = list(&document["tags"])
            .map(|tag| Area {
                name: text(&tag["name"]),
                told: text(&tag["description"]),
                operations: Vec::new(),
            })
            .collect();
        for (path, item) in fields(&document["paths"]) {
            for (method, operation) in fields(item) {
                let area = areas.iter_mut().find(|area| operation["tags"][0] == area.name);
                if let Some(area) = area {
                    area.operations.push(Operation::of(path, method, operation));
                }
            }
        }
        areas.retain(|area| !area.operations.is_empty());
        let components = &document["components"];
        let problems = fields(&components["responses"]).map(|(name, response)| Answer {
            status: name.trim_start_matches("Problem").to_owned(),
            ..Answer::of("", response).pop().unwrap_or_else(Answer::nothing)
        });
        Self {
            version: text(&document["info"]["version"]),
            told: text(&document["info"]["description"]),
            areas,
            problems: problems.collect(),
            shapes: fields(&components["schemas"])
                .map(|(name, schema)| named(name, schema))
                .collect(),
        }
    }
}

impl Operation {
    fn of(path: &str, method: &str, operation: &Value) -> Self {
        let parameters = list(&operation["parameters"]).map(|parameter| Row {
            name: text(&parameter["name"]),
            place: text(&parameter["in"]),
            needed: parameter["required"] == true,
            kind: kind_of(&parameter["schema"]),
            told: text(&parameter["description"]),
        });
        let answers = fields(&operation["responses"]);
        let (problems, answers): (Vec<_>, Vec<_>) =
            answers.partition(|(_, answer)| answer.get("$ref").is_some());
        let problems: Vec<_> = problems.into_iter().map(|(status, _)| status.as_str()).collect();
        Self {
            id: text(&operation["operationId"]),
            method: method.to_uppercase(),
            path: path.to_owned(),
            summary: text(&operation["summary"]),
            told: text(&operation["description"]),
            scope: text(&operation["security"][0]["token"][0]),
            parameters: parameters.collect(),
            body: Answer::of("", &operation["requestBody"]),
            answers: answers
                .into_iter()
                .flat_map(|(status, answer)| Answer::of(status, answer))
                .collect(),
            problems: problems.join(", "),
        }
    }
}

impl Answer {
    fn nothing() -> Self {
        Self {
            status: String::new(),
            told: String::new(),
            media: String::new(),
            kind: Kind::default(),
        }
    }

    /// Each form of a body or an answer; one without a form where it has none.
    fn of(status: &str, body: &Value) -> Vec<Self> {
        let one = |media: &str, schema: &Value| Self {
            status: status.to_owned(),
            told: text(&body["description"]),
            media: media.to_owned(),
            kind: kind_of(schema),
        };
        if body.get("content").is_none() {
            return if body.is_null() { Vec::new() } else { vec![one("", &Value::Null)] };
        }
        fields(&body["content"]).map(|(media, form)| one(media, &form["schema"])).collect()
    }
}

fn fields(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
