//! The JSON API, version 1: `Authorization: Bearer TOKEN`, one chapter a token.
//!
//! A handler's types say what it is given and what it answers. Its description, the judging of what
//! comes in and the page that people read are all made from them (`docs/API.md`).

mod address;
mod answer;
mod audit;
mod bearer;
mod body;
mod chapter;
mod conversations;
mod corrections;
pub(crate) mod cursor;
mod document;
mod door;
mod erasure;
mod exports;
mod lists;
mod live;
mod operation;
mod outbox;
mod page;
mod problem;
pub(crate) mod reference;
mod referrals;
mod routes;
mod seen;
mod shape;
mod tokens;
mod users;
mod webhooks;

use std::sync::LazyLock;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{HeaderValue, header},
    middleware::from_fn_with_state,
    response::{IntoResponse, Response},
};
use serde_json::Value;

pub(crate) use self::{
    chapter::{bounds_of, judge_settings},
    door::{Listeners, Rates},
    exports::audit_sheet,
    problem::Problem,
};
use self::{
    operation::{Answers, Operation},
    routes::{Area, Routes},
};
use crate::Desk;

fn routes() -> Routes {
    let routes = Routes::new().public(
        "/openapi.json",
        ("This document", "The description of the API, OpenAPI 3.1. It needs no token."),
        openapi,
    );
    let routes = outbox::add(conversations::add(referrals::add(routes)));
    let routes = users::add(chapter::add(lists::add(routes)));
    tokens::add(erasure::add(webhooks::add(exports::add(live::add(audit::add(routes))))))
}

pub(crate) fn router(desk: &Desk) -> Router<Desk> {
    routes()
        .router()
        .route_layer(from_fn_with_state(desk.clone(), door::pass))
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method())
        // Each body is read with a bound of its own.
        .layer(DefaultBodyLimit::disable())
}

/// Every scope that a token may have.
#[must_use]
pub fn scopes() -> Vec<String> {
    Area::ALL.iter().flat_map(|area| [area.scope(false), area.scope(true)]).collect()
}

static DOCUMENT: LazyLock<String> = LazyLock::new(|| format!("{:#}\n", document()));

/// The description of the API, OpenAPI 3.1, made from its routes and their types.
#[must_use]
pub fn document() -> Value {
    routes().document()
}

/// The document as it goes out.
struct Described;

async fn openapi() -> Result<Described, Problem> {
    Ok(Described)
}

impl Answers for Described {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        operation.answer_in(status, &[("application/json", serde_json::json!({"type": "object"}))]);
    }
}

impl IntoResponse for Described {
    fn into_response(self) -> Response {
        let kind = HeaderValue::from_static("application/json");
        ([(header::CONTENT_TYPE, kind)], DOCUMENT.as_str()).into_response()
    }
}

#[cfg(test)]
mod tests;
