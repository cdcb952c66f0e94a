//! What did not work: what happened, that nothing was lost, and what to do.

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};

use crate::Error;

/// A request that was not answered as wished; nothing changed.
#[derive(Debug, Template)]
#[template(path = "fault.html")]
pub(crate) struct Fault {
    status: StatusCode,
    title: &'static str,
    words: &'static str,
    way: (&'static str, &'static str),
}

const HOME: (&str, &str) = ("/", "To what needs you now");

impl Fault {
    /// There is no such page, or it is another chapter's.
    pub(crate) fn not_found() -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            title: "There is nothing here",
            words: "The address may be mistyped, or what it showed is no longer kept.",
            way: HOME,
        }
    }

    /// Her role does not allow it.
    pub(crate) fn reader() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            title: "You can look, not change",
            words: "Nothing was changed. Your role is reader. Somebody whose role is moderator, admin or \
                    owner can do this.",
            way: HOME,
        }
    }

    /// Her role does not keep lists.
    pub(crate) fn keeper() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            title: "This is for admins and owners",
            words: "Nothing was changed. The roster, members' papers, hospitals' lists, the settings and the \
                    record are kept by people whose role is admin or owner.",
            way: HOME,
        }
    }

    /// Only owners may do it.
    pub(crate) fn owner() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            title: "This is for owners",
            words: "Nothing was changed. Who the chapter's people are is decided by people whose role is owner.",
            way: HOME,
        }
    }

    /// Another site made the browser send this.
    pub(crate) fn cross_site() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            title: "This did not come from the console",
            words: "Nothing was changed. The request seems to come from another site. If you pressed the \
                    button here, open the console anew and press it again.",
            way: HOME,
        }
    }

    /// The address takes another method: somebody opened what only a button does.
    pub(crate) fn method() -> Self {
        Self {
            status: StatusCode::METHOD_NOT_ALLOWED,
            title: "This only works from its button",
            words: "Nothing was changed. Open the page with the button and press it there.",
            way: HOME,
        }
    }

    /// A form that could not be read.
    pub(crate) fn form() -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            title: "That could not be read",
            words: "Nothing was changed. Open the page anew and try again.",
            way: HOME,
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        error.log();
        if error.is_passing() {
            Self {
                status: StatusCode::SERVICE_UNAVAILABLE,
                title: "The console cannot answer now",
                words: "Nothing was lost: texts go on being received and kept. Try again in a minute.",
                way: HOME,
            }
        } else {
            Self {
                status: StatusCode::INTERNAL_SERVER_ERROR,
                title: "Something failed",
                words: "Nothing was changed. The reason is in the service's log; whoever runs the service \
                        can find it there.",
                way: HOME,
            }
        }
    }
}

impl From<roster::Error> for Fault {
    fn from(error: roster::Error) -> Self {
        match error {
            roster::Error::Refused(roster::Refusal::NotFound) => Self::not_found(),
            error => Error::from(error).into(),
        }
    }
}

impl From<dispatch::Error> for Fault {
    fn from(error: dispatch::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<storage::Error> for Fault {
    fn from(error: storage::Error) -> Self {
        Error::from(error).into()
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Error::from(error).into()
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let page = self.render().unwrap_or_else(|_| self.title.to_owned());
        let mut response = (self.status, Html(page)).into_response();
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            let minute = axum::http::HeaderValue::from_static("60");
            response.headers_mut().insert(header::RETRY_AFTER, minute);
        }
        response
    }
}
