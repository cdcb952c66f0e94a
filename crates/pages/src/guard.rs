//! What keeps a link from being told to anybody, and a page from being misused by another site.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

use crate::look;

/// The headers of everything.
pub(crate) async fn all(mut response: Response) -> Response {
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, look::policy());
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(&mut response, header::X_FRAME_OPTIONS, "DENY");
    set(&mut response, header::REFERRER_POLICY, "no-referrer");
    set(&mut response, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(&mut response, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    response
}

/// The headers of a page: nobody keeps it, nobody lists it.
pub(crate) async fn page(mut response: Response) -> Response {
    set(&mut response, header::CACHE_CONTROL, "no-store");
    set(&mut response, HeaderName::from_static("x-robots-tag"), "noindex, nofollow, noarchive");
    response
}

fn set(response: &mut Response, name: HeaderName, value: &'static str) {
    response.headers_mut().insert(name, HeaderValue::from_static(value));
}
