//! The style sheet, the icon and the script, from within the program.

use axum::{
    Router,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};

use crate::Desk;

const CSS: &str = "text/css; charset=utf-8";
const SVG: &str = "image/svg+xml";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Kept for a minute and then asked about: a page and its sheet are never of different versions for
/// long, and nothing needs a changing name.
const KEEP: &str = "public, max-age=60, must-revalidate";

macro_rules! asset {
    ($file:literal, $kind:expr) => {
        get(|headers: HeaderMap| async move {
            answer(&headers, include_str!(concat!("../assets/", $file)), $kind)
        })
    };
}

pub(crate) fn router() -> Router<Desk> {
    Router::new()
        .route("/assets/latchline.css", asset!("latchline.css", CSS))
        .route("/assets/reference.css", asset!("reference.css", CSS))
        .route("/assets/icon.svg", asset!("icon.svg", SVG))
        .route("/assets/console.js", asset!("console.js", SCRIPT))
        .route("/assets/copy.js", asset!("copy.js", SCRIPT))
        .route("/assets/length.js", asset!("length.js", SCRIPT))
        .route("/assets/passkey.js", asset!("passkey.js", SCRIPT))
}

fn answer(asked: &HeaderMap, content: &'static str, kind: &'static str) -> Response {
    let tag = tag(content);
    let known = asked.get(header::IF_NONE_MATCH).is_some_and(|known| {
        known.to_str().is_ok_and(|known| known.split(',').any(|known| known.trim() == tag))
    });
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(KEEP));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    if known {
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    (headers, content).into_response()
}

/// The content's fingerprint (FNV-1a): it tells versions apart and guards nothing.
fn tag(content: &str) -> String {
    let print = content.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |print, byte| {
        (print ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("\"{print:016x}\"")
}
