//! What keeps a page of ours from being misused by another site.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, Uri, header},
    response::Response,
};
use tower_http::csrf::CsrfLayer;

const POLICY: &str = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; \
                      object-src 'none'";

/// The headers of every answer.
///
/// Over plain HTTP a browser tells `Origin` only if the referrer policy lets it, and nothing else
/// tells our own forms from another site's; so there the policy is `same-origin`, which tells other
/// sites as little.
pub(crate) async fn headers(secure: bool, mut response: Response) -> Response {
    let headers = response.headers_mut();
    set(headers, header::CONTENT_SECURITY_POLICY, POLICY);
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::X_FRAME_OPTIONS, "DENY");
    let referrer = if secure { "no-referrer" } else { "same-origin" };
    set(headers, header::REFERRER_POLICY, referrer);
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    if !headers.contains_key(header::CACHE_CONTROL) {
        set(headers, header::CACHE_CONTROL, "no-store");
    }
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

/// Refuses what another site makes a browser send.
pub(crate) fn cross_site(public_url: &str) -> CsrfLayer {
    // A proxy may pass on another host than the one people type.
    let origin = public_url
        .parse::<Uri>()
        .ok()
        .and_then(|url| Some(format!("{}://{}", url.scheme_str()?, url.authority()?)));
    origin
        .and_then(|origin| CsrfLayer::new().add_trusted_origin(origin).ok())
        .unwrap_or_else(CsrfLayer::new)
}
