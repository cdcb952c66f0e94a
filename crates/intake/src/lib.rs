//! What carriers tell us: raw bytes in, verified events to the work, an empty answer back.
//!
//! Nothing in a request is believed before its signature is. A request that is unsigned, wrongly
//! signed or for a line we do not have leaves no trace but a counter. No text is ever sent in an
//! answer: every reply goes through the outbox, so a request that comes twice cannot text twice.

mod hooks;
mod receipt;

use std::time::Duration;

use axum::{Router, extract::DefaultBodyLimit, http::StatusCode, routing::post};
use dispatch::Dispatch;
use model::CarrierKind;
use tower_http::timeout::TimeoutLayer;

pub use hooks::{Request, take};
pub use receipt::Receipt;

/// The largest body that is read: carriers send a few kilobytes.
pub const LARGEST_BODY: usize = 64 * 1024;
/// A carrier that does not finish its request by then is told to try again.
const SLOWEST: Duration = Duration::from_secs(10);

/// The carriers' webhooks: `/hooks/{carrier}/message`, `/status` and `/voice`.
pub fn router(dispatch: Dispatch) -> Router {
    let mut router = Router::new();
    for carrier in [CarrierKind::Twilio, CarrierKind::Simulated] {
        if dispatch.carrier(carrier).is_some() {
            router = router
                .route(
                    &format!("/hooks/{carrier}/message"),
                    post(hooks::endpoint(carrier, carriers::Hook::Message)),
                )
                .route(
                    &format!("/hooks/{carrier}/status"),
                    post(hooks::endpoint(carrier, carriers::Hook::Status)),
                )
                .route(
                    &format!("/hooks/{carrier}/voice"),
                    post(hooks::endpoint(carrier, carriers::Hook::Voice)),
                );
        }
    }
    router
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, SLOWEST))
        .with_state(dispatch)
}
