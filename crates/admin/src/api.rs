//! The JSON API, version 1: `Authorization: Bearer TOKEN`, one chapter a token.

mod bearer;
mod corrections;
pub(crate) mod cursor;
mod lists;
mod outbox;
mod problem;
mod query;
mod referrals;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    routing::{get, post},
};

pub(crate) use self::problem::Problem;
use crate::Desk;

/// No request of this API has more to say than this.
const MOST_BYTES: usize = 64 * 1024;

pub(crate) fn router() -> Router<Desk> {
    Router::new()
        .route("/corrections", get(corrections::list))
        .route("/referrals", get(referrals::list))
        .route("/referrals/{id}", get(referrals::one))
        .route("/referrals/{id}/{decision}", post(referrals::decide))
        .route("/outbox", get(outbox::counts))
        .route("/outbox/messages", get(outbox::messages))
        .route("/outbox/messages/{id}/retry", post(outbox::retry))
        .merge(lists::router())
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || Problem::method())
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}
