//! The console: server-rendered pages for the chapter's people, between patients, mostly on a phone.
//!
//! Pages work without script, by reloading; with it they follow what changes. Whoever is not signed
//! in sees one page that says how to be.

mod asked;
mod asking;
mod audit;
mod calls;
mod clock;
mod conversations;
mod corrections;
mod costs;
mod day;
mod decisions;
mod elsewhere;
mod events;
mod facts;
mod fault;
mod find;
mod frame;
mod inquiry;
mod known;
mod lines;
mod lists;
mod merging;
mod names;
mod now;
mod outbox;
mod passkeys;
mod people;
mod referral;
mod referrals;
mod roster;
mod said;
mod settings;
mod sign_in;
mod signed;
mod thread;
mod trial;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::map_response,
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use tower_http::csrf::ProtectionError;

pub(crate) use self::corrections::json_lines;
use self::fault::Fault;
use crate::{Desk, guard};

/// No form of the console has more to say than this.
const MOST_BYTES: usize = 16 * 1024;

pub(crate) fn router(desk: &Desk) -> Router<Desk> {
    Router::new()
        .route("/", get(now::page))
        .route("/audit", get(audit::page))
        .route("/audit.csv", get(audit::sheet))
        .route("/calls/{id}/opened", post(calls::opened))
        .route("/calls/{id}/seen", post(calls::seen))
        .route("/corrections.jsonl", get(corrections::download))
        .route("/events", get(events::stream))
        .route("/find", post(find::find))
        .route("/inquiries/{id}", get(inquiry::page))
        .route("/inquiries/{id}/correct", post(corrections::inquiry))
        .route("/inquiries/{id}/{decision}", post(inquiry::decide))
        .route("/lines", get(lines::page))
        .route("/outbox", get(outbox::page))
        .route("/outbox/{id}/retry", post(outbox::retry))
        .route("/referrals", get(referrals::page))
        .route("/referrals/{id}", get(referral::page))
        .route("/referrals/{id}/claim", post(elsewhere::claim))
        .route("/referrals/{id}/members", get(asking::page))
        .route("/referrals/{id}/merge", get(merging::page).post(merging::merge))
        .route("/referrals/{id}/replace", post(elsewhere::replace))
        .route("/referrals/{id}/correct", post(corrections::referral))
        .route("/referrals/{id}/{decision}", post(decisions::decide))
        .route("/sign-in", get(sign_in::how).post(sign_in::ask))
        .route("/sign-in/{token}", get(sign_in::offer).post(sign_in::enter))
        .route("/sign-in/{token}/code", post(sign_in::code))
        .route("/sign-out", post(sign_in::leave))
        .route("/try", get(trial::page).post(trial::read))
        .route("/conversations/length", post(costs::of_answer))
        .merge(conversations::router())
        .merge(known::router())
        .merge(lists::router())
        .merge(passkeys::router())
        .merge(people::router())
        .merge(roster::router())
        .merge(settings::router())
        .method_not_allowed_fallback(async || Fault::method())
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(guard::cross_site(desk.dispatch().public_url()))
        .layer(map_response(refused_by_guard))
}

/// The answer to an address that nothing has, for whoever puts the routers together.
pub async fn nothing_here() -> Response {
    Fault::not_found().into_response()
}

/// The guard's own refusal is bare text: a person gets a page.
async fn refused_by_guard(response: Response) -> Response {
    if response.extensions().get::<ProtectionError>().is_some() {
        return Fault::cross_site().into_response();
    }
    response
}
