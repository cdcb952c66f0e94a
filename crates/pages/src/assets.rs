//! The pages' own scripts and icons, from within the program.

use askama::Template as _;
use axum::{
    Router,
    http::header,
    response::{Html, IntoResponse},
    routing::get,
};
use dispatch::Dispatch;

use crate::fault::Fault;

const SCRIPT: &str = "text/javascript; charset=utf-8";
const PNG: &str = "image/png";

/// A page and its sheet are never of different versions for long, and nothing needs a changing name.
const KEEP: &str = "public, max-age=60, must-revalidate";

/// What a bad connection shows in place of a member's page: the same for everybody.
#[derive(askama::Template)]
#[template(path = "offline.html")]
struct Offline;

macro_rules! file {
    ($kind:ident, $name:literal) => {
        get(async || kept($kind, include_bytes!(concat!("../assets/", $name))))
    };
}

pub(crate) fn router() -> Router<Dispatch> {
    Router::new()
        .route("/assets/pages.js", file!(SCRIPT, "pages.js"))
        .route("/assets/own.js", file!(SCRIPT, "own.js"))
        .route("/assets/app-180.png", file!(PNG, "app-180.png"))
        .route("/assets/app-192.png", file!(PNG, "app-192.png"))
        .route("/assets/app-512.png", file!(PNG, "app-512.png"))
        // A worker serves what lies under its own address.
        .route("/m/worker.js", file!(SCRIPT, "worker.js"))
        .route("/m/offline", get(offline))
}

fn kept(kind: &'static str, content: &'static [u8]) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEEP)], content)
}

async fn offline() -> Result<impl IntoResponse, Fault> {
    Ok(([(header::CACHE_CONTROL, KEEP)], Html(Offline.render()?)))
}
