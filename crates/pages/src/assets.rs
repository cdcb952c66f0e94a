//! The pages' own sheet and script, from within the program.

use axum::{Router, http::header, response::IntoResponse, routing::get};
use dispatch::Dispatch;

/// A page and its sheet are never of different versions for long, and nothing needs a changing name.
const KEEP: &str = "public, max-age=60, must-revalidate";

pub(crate) fn router() -> Router<Dispatch> {
    Router::new()
        .route("/assets/pages.css", get(async || css()))
        .route("/assets/pages.js", get(async || script()))
}

fn css() -> impl IntoResponse {
    let headers =
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, KEEP)];
    (headers, include_str!("../assets/pages.css"))
}

fn script() -> impl IntoResponse {
    let kind = "text/javascript; charset=utf-8";
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, KEEP)];
    (headers, include_str!("../assets/pages.js"))
}
