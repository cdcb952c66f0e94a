//! What is sent as the body of a request.

use std::marker::PhantomData;

use axum::{
    body::to_bytes,
    extract::{FromRequest, Request},
    http::{HeaderMap, header},
};
use model::schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{
    Problem,
    operation::{Operation, Taken},
    shape::{Shape, whole_numbers},
};

/// No request has more to say than this, unless it sends a file.
const MOST: usize = 64 * 1024;
/// A photo or a sheet may be as large as this.
pub(super) const LARGEST: usize = 8 * 1024 * 1024;

/// A body in JSON, as what it should be.
pub(crate) struct Told<T>(pub(crate) T);

/// A body in JSON that has the shape of `T`, as it came: for rooms that read it themselves.
pub(crate) struct Shaped<T>(pub(crate) Value, pub(crate) PhantomData<T>);

/// There is nothing to say: no body, or an empty object.
pub(crate) struct Nothing;

/// A sheet as CSV.
pub(crate) struct Sheet(pub(crate) Vec<u8>);

/// A photo or a document. What it is is told by its first bytes, not by what its sender calls it.
pub(crate) struct Picture(pub(crate) Vec<u8>);

impl<S: Send + Sync, T: DeserializeOwned + JsonSchema + 'static> FromRequest<S> for Told<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Shaped(value, _) = Shaped::<T>::from_request(request, state).await?;
        serde_json::from_value(value)
            .map(Self)
            .map_err(|_| Problem::field("body", "It cannot be used."))
    }
}

impl<S: Send + Sync, T: JsonSchema + 'static> FromRequest<S> for Shaped<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let is_json = is_of(request.headers(), &["application/json"]);
        let mut bytes = bytes(request, MOST).await?;
        if bytes.is_empty() {
            // Who has nothing to say need not say so.
            bytes.extend_from_slice(b"{}");
        } else if !is_json {
            return Err(Problem::media_type("application/json"));
        }
        let value = serde_json::from_slice::<Value>(&bytes)
            .map_err(|_| Problem::field("body", "It must be JSON."))?;
        let value = whole_numbers(value);
        Shape::of::<T>().judge(&value).map_err(|fault| Problem::fault("body", fault))?;
        Ok(Self(value, PhantomData))
    }
}

impl<S: Send + Sync> FromRequest<S> for Nothing {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = bytes(request, MOST).await?;
        if bytes.is_empty() {
            return Ok(Self);
        }
        match serde_json::from_slice::<serde_json::Map<String, Value>>(&bytes) {
            Ok(object) if object.is_empty() => Ok(Self),
            Ok(_) => Err(Problem::field("body", "There is nothing to say in it: leave it empty.")),
            Err(_) => Err(Problem::field("body", "It must be empty or a JSON object.")),
        }
    }
}

/// The kinds of file that a sheet may be called.
const SHEETS: [&str; 1] = ["text/csv"];
/// The kinds of file that a paper's original may be called.
const PICTURES: [&str; 4] = ["image/jpeg", "image/png", "image/webp", "application/pdf"];

impl<S: Send + Sync> FromRequest<S> for Sheet {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        file(request, &SHEETS).await.map(Self)
    }
}

impl<S: Send + Sync> FromRequest<S> for Picture {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        file(request, &PICTURES).await.map(Self)
    }
}

async fn file(request: Request, kinds: &[&str]) -> Result<Vec<u8>, Problem> {
    let is_known = is_of(request.headers(), kinds);
    let bytes = bytes(request, LARGEST).await?;
    if is_known { Ok(bytes) } else { Err(Problem::media_type(&kinds.join(", "))) }
}

fn is_of(headers: &HeaderMap, kinds: &[&str]) -> bool {
    let told = headers.get(header::CONTENT_TYPE).and_then(|told| told.to_str().ok());
    let told = told.and_then(|told| told.split(';').next()).unwrap_or_default().trim();
    kinds.iter().any(|kind| told.eq_ignore_ascii_case(kind))
}

async fn bytes(request: Request, most: usize) -> Result<Vec<u8>, Problem> {
    let bytes = to_bytes(request.into_body(), most).await;
    bytes.map(Into::into).map_err(|_| Problem::too_large(most))
}

fn may_be_refused(operation: &mut Operation<'_>) {
    for status in [400, 409, 413, 415, 422] {
        operation.may_fail(status);
    }
}

impl<T: JsonSchema + 'static> Taken for Told<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.body::<T>();
        may_be_refused(operation);
    }
}

impl<T: JsonSchema + 'static> Taken for Shaped<T> {
    fn describe(operation: &mut Operation<'_>) {
        Told::<T>::describe(operation);
    }
}

impl Taken for Nothing {
    fn describe(operation: &mut Operation<'_>) {
        for status in [400, 409, 413] {
            operation.may_fail(status);
        }
    }
}

impl Taken for Sheet {
    fn describe(operation: &mut Operation<'_>) {
        operation.file(&SHEETS);
        may_be_refused(operation);
    }
}

impl Taken for Picture {
    fn describe(operation: &mut Operation<'_>) {
        operation.file(&PICTURES);
        may_be_refused(operation);
    }
}
