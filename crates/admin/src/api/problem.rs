//! Errors as `application/problem+json` (RFC 9457). None repeats what was sent.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use dispatch::{PeopleRefusal, Refusal, TalkRefusal};
use model::{
    Role,
    schemars::{self, JsonSchema},
};
use serde::Serialize;
use serde_json::{Value, json};

use super::shape::Fault;
use crate::Error;

/// Why a request was not answered as wished. Below 500 nothing changed.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    kind: &'static str,
    title: &'static str,
    detail: Box<str>,
    field: Option<Box<str>>,
    bad: Box<[BadCell]>,
    imported: Option<u32>,
    retry_after: Option<i64>,
}

/// What is wrong in a sheet, and where.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct BadCell {
    /// The line of the sheet, the header being 1.
    pub(crate) line: u64,
    /// The column's name.
    pub(crate) column: String,
    /// Why, and what would be right.
    pub(crate) why: String,
}

/// Why a request was not answered as wished (RFC 9457). Below 500 nothing changed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Problem")]
pub(crate) struct Body {
    /// Which kind of problem, as a URN; it stays the same from version to version.
    #[serde(rename = "type")]
    kind: String,
    /// What it is, in few words.
    title: String,
    /// The status of the answer.
    status: u16,
    /// What is wrong and what to do.
    detail: String,
    /// The parameter, header or field that is at fault, such as `rules[0].kind`.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// Every cell of a sheet that cannot be used.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bad: Vec<BadCell>,
    /// How many lines of a sheet were kept before the one that could not be: only where `bad` was found
    /// while it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    imported: Option<usize>,
}

/// The problems that operations answer with, by status, for the document.
pub(crate) fn responses(schema: &Value) -> Value {
    let one = |(status, told): &(u16, &str)| {
        let mut response = json!({
            "description": told, "content": {"application/problem+json": {"schema": schema}},
        });
        let header = match status {
            401 => Some(("WWW-Authenticate", "How to send the token.")),
            429 | 503 => Some(("Retry-After", "After how many seconds to try again.")),
            _ => None,
        };
        if let Some((name, told)) = header {
            let header = json!({"description": told, "schema": {"type": "string"}});
            response["headers"] = json!({name: header});
        }
        (format!("Problem{status}"), response)
    };
    Value::Object(STATUSES.iter().map(one).collect())
}

const STATUSES: [(u16, &str); 13] = [
    (400, "The request is not as this document says; `field` names where."),
    (401, "There is no token, or none that is known."),
    (403, "The token may not do this."),
    (404, "There is no such thing in the token's chapter."),
    (409, "What is there does not allow it."),
    (412, "Somebody changed it meanwhile."),
    (413, "The body is too large."),
    (415, "The body is of another kind than can be read."),
    (422, "The request is understood and cannot be carried out; `field` names why."),
    (428, "`If-Match` is missing."),
    (429, "The token asks too often."),
    (500, "The service failed. Look whether a change was made before you ask for it again."),
    (
        503,
        "The service cannot answer now. Look whether a change was made before you ask for it again.",
    ),
];

impl Problem {
    fn new(
        status: StatusCode,
        kind: &'static str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            status,
            kind,
            title,
            detail: detail.into().into(),
            field: None,
            bad: Box::default(),
            imported: None,
            retry_after: None,
        }
    }

    /// A parameter, a header or a part of the body is not as the document says.
    pub(crate) fn field(field: impl Into<String>, detail: impl Into<String>) -> Self {
        let mut problem = Self::new(
            StatusCode::BAD_REQUEST,
            "invalid-request",
            "The request cannot be understood",
            detail,
        );
        problem.field = Some(field.into().into());
        problem
    }

    /// The same, as it was found; `whole` is what the whole is called.
    pub(crate) fn fault(whole: &str, fault: Fault) -> Self {
        let field = if fault.field.is_empty() { whole.to_owned() } else { fault.field };
        Self::field(field, format!("It {}.", fault.problem))
    }

    /// It is understood, and cannot be as things are.
    pub(crate) fn unprocessable(field: impl Into<String>, detail: impl Into<String>) -> Self {
        let mut problem = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unprocessable",
            "The request cannot be carried out",
            detail,
        );
        problem.field = Some(field.into().into());
        problem
    }

    /// Some cells of a sheet cannot be used, and nothing of it was kept.
    pub(crate) fn sheet(bad: Vec<BadCell>) -> Self {
        let mut problem =
            Self::unprocessable("body", "Some cells cannot be used; nothing was kept.");
        problem.bad = bad.into();
        problem
    }

    /// Some lines of a sheet were kept, and then one that was good before could not be.
    pub(crate) fn sheet_broke_off(imported: usize, bad: Vec<BadCell>) -> Self {
        let detail = format!(
            "The first {imported} lines were kept. What a later one is about was changed meanwhile: see \
             bad, and send the same sheet again."
        );
        let mut problem = Self::conflict(detail);
        problem.bad = bad.into();
        problem.imported = u32::try_from(imported).ok();
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
    pub(crate) fn forbidden(least: Role) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "The token may not do this",
            format!("This needs a token with the role {least} or a higher one."),
        )
    }

    /// The token's scopes do not hold it.
    pub(crate) fn out_of_scope(scope: &str) -> Self {
        Self::new(
            StatusCode::FORBIDDEN,
            "forbidden",
            "The token may not do this",
            format!("This needs a token with the scope {scope}."),
        )
    }

    /// The token asks too often.
    pub(crate) fn too_often(seconds: i64) -> Self {
        let mut problem = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-requests",
            "The token asks too often",
            "Nothing was done. Try again after as many seconds as Retry-After says.",
        );
        problem.retry_after = Some(seconds);
        problem
    }

    /// The same request is being carried out, or was when the service ended.
    pub(crate) fn in_hand() -> Self {
        let detail = "A request with this Idempotency-Key was begun and has no answer yet. Ask again \
                      in a moment; if it stays so, look whether it was done before you send it with \
                      another key.";
        let mut problem = Self::conflict(detail);
        problem.retry_after = Some(1);
        problem.field = Some("Idempotency-Key".into());
        problem
    }

    /// The same request was carried out, and what it told is told once.
    pub(crate) fn told_once() -> Self {
        let detail = "A request with this Idempotency-Key was carried out. What it told is secret and is \
                      not told again: if it was lost, make another.";
        let mut problem = Self::conflict(detail);
        problem.field = Some("Idempotency-Key".into());
        problem
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

    /// Whether it says that there is no such thing.
    pub(crate) fn is_not_found(&self) -> bool {
        self.status == StatusCode::NOT_FOUND
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
    pub(crate) fn too_large(most: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "The body is too large",
            format!("This address takes at most {most} bytes."),
        )
    }

    /// The body is of a kind that is not read here.
    pub(crate) fn media_type(known: &str) -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "The body is of another kind",
            format!("Send it as Content-Type: {known}."),
        )
    }

    /// `If-Match` is missing where something is changed.
    pub(crate) fn unseen() -> Self {
        let mut problem = Self::new(
            StatusCode::PRECONDITION_REQUIRED,
            "precondition-required",
            "It must be told what was seen",
            "Send the ETag that it came with as If-Match, or * to change it whatever it is.",
        );
        problem.field = Some("If-Match".into());
        problem
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
            | Refusal::NotUnderstood
            | Refusal::Nobody => Self::conflict(format!("Nothing changed: {refusal}.")),
        }
    }
}

impl From<TalkRefusal> for Problem {
    fn from(refusal: TalkRefusal) -> Self {
        match refusal {
            TalkRefusal::NotFound => Self::not_found(),
            TalkRefusal::Words => Self::unprocessable("text", "It must say something."),
            refusal => Self::conflict(format!("Nothing changed: {refusal}.")),
        }
    }
}

impl From<PeopleRefusal> for Problem {
    fn from(refusal: PeopleRefusal) -> Self {
        match refusal {
            PeopleRefusal::NotFound => Self::not_found(),
            PeopleRefusal::NotOwner => Self::forbidden(Role::Owner),
            refusal => Self::conflict(format!("Nothing changed: {refusal}.")),
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
                "Try again in a minute. A change may have been made: look first.",
            )
        } else {
            Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "failed",
                "The service failed",
                "A change may have been made: look first. The reason is in the service's log.",
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
            title: self.title.to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.into(),
            field: self.field.map(String::from),
            bad: self.bad.into_vec(),
            imported: self.imported.map(|lines| lines as usize),
        };
        let body = serde_json::to_vec(&body).unwrap_or_default();
        let kind = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status, [(header::CONTENT_TYPE, kind)], body).into_response();
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer realm=\"latchline\"");
            headers.insert(header::WWW_AUTHENTICATE, scheme);
        }
        let is_passing = self.status == StatusCode::SERVICE_UNAVAILABLE;
        if let Some(seconds) = self.retry_after.or(is_passing.then_some(60)) {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}
