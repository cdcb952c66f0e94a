//! Errors as `application/problem+json` (RFC 9457). None repeats what was sent.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use dispatch::Refusal;
use serde::Serialize;

use crate::Error;

/// Why a request was not answered as wished; nothing changed.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    kind: &'static str,
    title: &'static str,
    detail: String,
    field: Option<&'static str>,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
}

impl Problem {
    fn new(
        status: StatusCode,
        kind: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self { status, kind, title, detail: detail.into(), field: None }
    }

    /// A parameter, a header or a part of the body is at fault.
    pub(crate) fn field(field: &'static str, detail: impl Into<String>) -> Self {
        let mut problem = Self::new(
            StatusCode::BAD_REQUEST,
            "invalid-request",
            "The request cannot be understood",
            detail,
        );
        problem.field = Some(field);
        problem
    }

    /// No token, or none that is known.
    pub(crate) fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "A token is needed",
            "Send the header Authorization: Bearer TOKEN, with a token made by latchline token create.",
        )
    }

    /// The token's role does not allow it.
    pub(crate) fn forbidden() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "The token may only read",
            "This needs a token with the role moderator, admin or owner.",
        )
    }

    /// The token's role does not keep lists.
    pub(crate) fn forbidden_lists() -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "The token may not keep lists",
            "This needs a token with the role admin or owner.",
        )
    }

    /// There is no such thing, or it is another chapter's.
    pub(crate) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            "There is no such thing",
            "Nothing of this chapter has this address.",
        )
    }

    /// The address knows other methods.
    pub(crate) fn method() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method-not-allowed",
            "The address does not take this method",
            "The Allow header names the methods that it takes.",
        )
    }

    /// More was sent than is read.
    pub(crate) fn too_large() -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The body is too large",
            "This address takes no body, or an empty JSON object.",
        )
    }

    /// `If-Match` names another version than there is.
    pub(crate) fn changed() -> Self {
        Self::new(
            StatusCode::PRECONDITION_FAILED,
            "changed-meanwhile",
            "Somebody changed it meanwhile",
            "If-Match names another version than the present one. Read it again.",
        )
    }

    /// The state of the thing does not allow it.
    pub(crate) fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", "It cannot be done now", detail)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NotFound => Self::not_found(),
            Refusal::Changed => Self::changed(),
            Refusal::State(_)
            | Refusal::Member
            | Refusal::OwnPlace
            | Refusal::Filled
            | Refusal::NotUnderstood
            | Refusal::Nobody => Self::conflict(format!("Nothing changed: {refusal}.")),
        }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        error.log();
        if error.is_passing() {
            Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "The service cannot answer now",
                "Nothing was changed. Try again in a minute.",
            )
        } else {
            Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "failed",
                "The service failed",
                "Nothing was changed. The reason is in the service's log.",
            )
        }
    }
}

impl From<dispatch::Error> for Problem {
    fn from(error: dispatch::Error) -> Self {
        Error::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Body {
            kind: format!("urn:latchline:problem:{}", self.kind),
            title: self.title,
            status: self.status.as_u16(),
            detail: &self.detail,
            field: self.field,
        };
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status, [(header::CONTENT_TYPE, kind)], body).into_response();
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer realm=\"latchline\"");
            headers.insert(header::WWW_AUTHENTICATE, scheme);
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
        }
        response
    }
}
