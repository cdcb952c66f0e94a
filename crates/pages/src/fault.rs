//! What did not work: what happened, that nothing was lost, and what to do.

use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

/// A request that was not answered as wished; nothing changed.
#[derive(Debug, Template)]
#[template(path = "fault.html")]
pub(crate) struct Fault {
    status: StatusCode,
    title: &'static str,
    words: &'static str,
}

impl Fault {
    /// The link is over, of something else, or none of ours.
    pub(crate) fn unknown() -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            title: "This link does not work",
            words: "It may be too old, or a part of it is missing. Everything on this page works by text too: \
                    answer the text that brought you here.",
        }
    }

    /// A form that could not be read.
    pub(crate) fn form() -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            title: "That could not be read",
            words: "Nothing was changed. Open the link anew and try again, or answer the text that brought you \
                    here.",
        }
    }
}

impl From<dispatch::Error> for Fault {
    fn from(error: dispatch::Error) -> Self {
        // Errors name tables, keys and ids, never content; the address is left out, as it is the key.
        let cause = &error as &dyn std::error::Error;
        tracing::error!(error = cause, "a public page could not be answered");
        Self {
            status: if error.is_passing() {
                StatusCode::SERVICE_UNAVAILABLE
            } else {
                StatusCode::INTERNAL_SERVER_ERROR
            },
            title: "The page cannot be shown now",
            words: "Nothing was lost and nothing was changed. Try again in a minute, or answer the text that \
                    brought you here: texts go on being received.",
        }
    }
}

impl From<roster::Error> for Fault {
    fn from(error: roster::Error) -> Self {
        match error {
            roster::Error::Storage(error) => dispatch::Error::from(error).into(),
            error => {
                let cause = &error as &dyn std::error::Error;
                tracing::error!(error = cause, "what a public page shows could not be read");
                Self { status: StatusCode::INTERNAL_SERVER_ERROR, ..Self::form() }
            }
        }
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        let cause = &error as &dyn std::error::Error;
        tracing::error!(error = cause, "a public page could not be written");
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, ..Self::form() }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let page = self.render().unwrap_or_else(|_| self.title.to_owned());
        (self.status, Html(page)).into_response()
    }
}
