//! The document of the API, OpenAPI 3.1, made from the routes as they are served.

use model::schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

use super::{operation::Operation, problem, routes::Area, shape};

/// The document while routes are added.
pub(crate) struct Document {
    taken: SchemaGenerator,
    sent: SchemaGenerator,
    paths: Map<String, Value>,
}

/// What is told of an operation beside what its types tell.
#[derive(Debug, Clone, Copy)]
pub(crate) struct About {
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) area: Area,
    /// What it does, in few words.
    pub(crate) summary: &'static str,
    /// What must be known of it.
    pub(crate) told: &'static str,
    /// Whether it needs no token.
    pub(crate) public: bool,
}

impl Document {
    pub(crate) fn new() -> Self {
        Self { taken: shape::of_what_is_taken(), sent: shape::of_what_is_sent(), paths: Map::new() }
    }

    /// Adds an operation.
    pub(crate) fn add(&mut self, about: About, describe: impl FnOnce(&mut Operation<'_>)) {
        let mut operation = Operation {
            taken: &mut self.taken,
            sent: &mut self.sent,
            parameters: Vec::new(),
            body: None,
            answers: Map::new(),
            role: None,
        };
        describe(&mut operation);
        for status in [500, 503] {
            operation.may_fail(status);
        }
        if !about.public {
            operation.may_fail(429);
        }
        if about.method == "post" {
            let schema = json!({"type": "string", "pattern": "^[!-~]{1,255}$"});
            operation.parameter("header", "Idempotency-Key", false, json!(KEYED), &schema);
            for status in [400, 409, 422] {
                operation.may_fail(status);
            }
        }
        let scope = about.area.scope(about.method != "get");
        let mut told = about.told.to_owned();
        if let Some(role) = operation.role {
            told.push_str(&format!(" Needs the role {role} or a higher one."));
        }
        let mut one = json!({
            "operationId": operation_id(about), "tags": [about.area.name()], "summary": about.summary,
            "description": told, "parameters": operation.parameters, "responses": operation.answers,
            "security": if about.public { json!([]) } else { json!([{"token": [scope]}]) },
        });
        if let Some(body) = operation.body {
            one["requestBody"] = body;
        }
        let path = self.paths.entry(about.path).or_insert_with(|| json!({}));
        path[about.method] = one;
    }

    /// What is sent and what is taken, by name: a name that is in both is one thing.
    pub(crate) fn schemas(&mut self) -> (Map<String, Value>, Map<String, Value>) {
        (self.sent.take_definitions(true), self.taken.take_definitions(true))
    }

    /// The whole document.
    pub(crate) fn finish(mut self) -> Value {
        let problem = self.sent.subschema_for::<problem::Body>();
        let (mut schemas, mut taken) = self.schemas();
        schemas.append(&mut taken);
        let tags: Vec<_> = Area::ALL
            .iter()
            .map(|area| json!({"name": area.name(), "description": area.told()}))
            .collect();
        json!({
            "openapi": "3.1.0",
            "info": {
                "title": "Latchline", "version": env!("CARGO_PKG_VERSION"), "summary": SUMMARY,
                "description": TOLD, "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
            },
            "servers": [{"url": "/api/v1"}],
            "tags": tags,
            "paths": self.paths,
            "components": {
                "schemas": schemas,
                "responses": problem::responses(&json!(problem)),
                "securitySchemes": {"token": {
                    "type": "http", "scheme": "bearer",
                    "description": "A token of the chapter's, made by latchline token create or POST /tokens.",
                }},
            },
        })
    }
}

const KEYED: &str = "A name of the caller's own for this one request: sent again within a day it is \
    answered as before and carried out once.";
const SUMMARY: &str = "The referral dispatch of a lactation chapter";
const TOLD: &str = "One chapter a token. Errors are application/problem+json and name the field. Lists \
    come in pages: send next_cursor of a page as cursor to get the next. What is changed carries an \
    ETag, which goes back as If-Match. Parameters and fields that are not known are refused. No \
    address holds anything personal.";

fn operation_id(about: About) -> String {
    let words = about.path.split(['/', '-', '.', '{', '}']).filter(|word| !word.is_empty());
    std::iter::once(about.method).chain(words).collect::<Vec<_>>().join("_")
}
