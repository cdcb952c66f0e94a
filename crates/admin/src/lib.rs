//! The console and the JSON API for the chapter's people.
//!
//! This room holds no rules: it decodes a request, calls `dispatch`, and encodes what came back.
//! One resource of the API a file, one page of the console a file. Nobody sees anything of another
//! chapter: whatever is not one's own is answered as if it did not exist.

mod api;
mod assets;
mod console;
mod error;
mod guard;
mod passkeys;
mod session;

use std::sync::Arc;

use axum::Router;
use dispatch::Dispatch;
use tokio_util::sync::CancellationToken;

pub use api::{document as api_document, scopes as api_scopes};
pub use console::nothing_here;
pub use error::{Error, Result};
pub use session::{begin_session, issue_sign_in, sign_in_link};

/// What differs between a service behind TLS, the demo and a test.
#[derive(Debug, Clone)]
pub struct Options {
    /// The console is reached over HTTPS alone: its cookie is marked so, and named so that a
    /// browser accepts it from nowhere else.
    pub secure: bool,
    /// How long a sign-in lasts, in hours.
    pub session_hours: u32,
    /// How many requests of the API a token may make in a minute; 0 for as many as come.
    pub requests_per_minute: u32,
    /// Where a chapter's own tools may be.
    pub reach: dispatch::Reach,
    /// Cancelled when the service stops: open event streams end, which would otherwise keep it from
    /// stopping.
    pub closing: CancellationToken,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            secure: true,
            session_hours: 12,
            requests_per_minute: 600,
            reach: dispatch::Reach::default(),
            closing: CancellationToken::new(),
        }
    }
}

/// What every handler is given.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Shared>);

struct Shared {
    dispatch: Dispatch,
    options: Options,
    rates: api::Rates,
    listeners: api::Listeners,
    passkeys: Option<passkeys::Passkeys>,
}

impl Desk {
    pub(crate) fn dispatch(&self) -> &Dispatch {
        &self.0.dispatch
    }

    pub(crate) fn rates(&self) -> &api::Rates {
        &self.0.rates
    }

    pub(crate) fn listeners(&self) -> &api::Listeners {
        &self.0.listeners
    }

    /// Passkeys of this service's host, where browsers make any for it.
    pub(crate) fn passkeys(&self) -> Option<&passkeys::Passkeys> {
        self.0.passkeys.as_ref()
    }

    pub(crate) fn options(&self) -> &Options {
        &self.0.options
    }
}

/// The console at `/`, the API at `/api/v1` and their assets at `/assets`.
///
/// Every answer carries the headers that keep a page from being framed, from loading anything that
/// is not ours, and from telling anybody where it was.
pub fn router(dispatch: Dispatch, options: Options) -> Router {
    let rates = api::Rates::new(options.requests_per_minute);
    let listeners = api::Listeners::default();
    let passkeys = passkeys::Passkeys::of(dispatch.public_url());
    let desk = Desk(Arc::new(Shared { dispatch, options, rates, listeners, passkeys }));
    let secure = desk.options().secure;
    Router::new()
        .merge(console::router(&desk))
        .nest("/api/v1", api::router(&desk))
        .merge(api::reference::router())
        .merge(assets::router())
        .with_state(desk)
        .layer(axum::middleware::map_response(move |response| guard::headers(secure, response)))
}
