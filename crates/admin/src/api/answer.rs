//! What goes out.

use axum::{
    Extension, Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use storage::hash_secret;

use super::operation::{Answers, Operation};

/// Something new, with what it is.
pub(crate) struct Created<A>(pub(crate) A);

/// Something that is told this once: no answer is kept in which it stands.
pub(crate) struct Secret<T>(pub(crate) T);

/// The mark of an answer that is told once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ToldOnce;

/// Something that can be changed, with its version.
pub(crate) struct Versioned<T> {
    pub(crate) version: String,
    pub(crate) body: T,
}

/// It was done.
pub(crate) struct Done;

/// It was taken up and will be done.
pub(crate) struct TakenUp;

/// A sheet as CSV.
pub(crate) struct Csv(pub(crate) String);

/// Cases, a line of JSON each.
pub(crate) struct Lines(pub(crate) Response);

impl<T: Serialize + JsonSchema> Answers for Json<T> {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        operation.answer::<T>(status);
    }
}

impl<T: Serialize + JsonSchema> Answers for Secret<T> {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        operation.answer::<T>(status);
    }
}

impl<T: Serialize> IntoResponse for Secret<T> {
    fn into_response(self) -> Response {
        (Extension(ToldOnce), Json(self.0)).into_response()
    }
}

impl<A: Answers> Answers for Created<A> {
    fn describe(operation: &mut Operation<'_>, _: u16) {
        A::describe(operation, 201);
    }
}

impl<A: IntoResponse> IntoResponse for Created<A> {
    fn into_response(self) -> Response {
        (StatusCode::CREATED, self.0).into_response()
    }
}

impl<T: Serialize> Versioned<T> {
    /// With a version that is another once anything that is shown has changed.
    pub(crate) fn hashed(body: T) -> Self {
        let hash = hash_secret(&json!(body).to_string());
        Self { version: model::hex(&hash[..16]), body }
    }
}

impl<T: Serialize + JsonSchema> Answers for Versioned<T> {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        operation.answer::<T>(status);
        operation.header(status, "ETag", "Its version: send it back as If-Match to change it.");
    }
}

impl<T: Serialize> IntoResponse for Versioned<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.body).into_response();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", self.version)) {
            response.headers_mut().insert(header::ETAG, tag);
        }
        response
    }
}

impl Answers for Done {
    fn describe(operation: &mut Operation<'_>, _: u16) {
        operation.answer_in(204, &[]);
    }
}

impl IntoResponse for Done {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into_response()
    }
}

impl Answers for TakenUp {
    fn describe(operation: &mut Operation<'_>, _: u16) {
        operation.answer_in(202, &[]);
    }
}

impl IntoResponse for TakenUp {
    fn into_response(self) -> Response {
        StatusCode::ACCEPTED.into_response()
    }
}

const TEXT: &str = "text/csv; charset=utf-8";

impl Answers for Csv {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        operation.answer_in(status, &[("text/csv", serde_json::json!({"type": "string"}))]);
    }
}

impl IntoResponse for Csv {
    fn into_response(self) -> Response {
        ([(header::CONTENT_TYPE, TEXT)], self.0).into_response()
    }
}

impl Answers for Lines {
    fn describe(operation: &mut Operation<'_>, status: u16) {
        operation.answer_in(status, &[("application/x-ndjson", serde_json::json!({}))]);
    }
}

impl IntoResponse for Lines {
    fn into_response(self) -> Response {
        self.0
    }
}
