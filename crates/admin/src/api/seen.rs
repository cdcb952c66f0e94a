//! `If-Match`: nobody changes what somebody else has changed meanwhile.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use serde_json::json;

use super::{
    Problem,
    operation::{Operation, Taken},
};

/// The version that the caller saw: `None` where any will do (`*`). Without the header nothing is
/// changed.
pub(crate) struct Seen(pub(crate) Option<String>);

/// The same where the header may be left out, because the change says by itself what it rests on.
pub(crate) struct MayHaveSeen(pub(crate) Option<String>);

/// What we give as an `ETag`, or may have given as a weak one.
const FORM: &str = r#"^(\*|(W/)?"[!#-~]*")$"#;

impl<S: Send + Sync> FromRequestParts<S> for MayHaveSeen {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let Some(told) = told(parts).filter(|told| *told != "*") else { return Ok(Self(None)) };
        let is_weak = told.starts_with("W/");
        let tag = told.strip_prefix("W/").unwrap_or(told);
        let tag = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
        let tag = tag.filter(|tag| tag.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"'));
        match tag {
            None => Err(Problem::field("If-Match", "It must be the ETag that came with it, or *.")),
            Some(_) if is_weak => Err(Problem::changed()),
            Some(tag) => Ok(Self(Some(tag.to_owned()))),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Seen {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        told(parts).ok_or_else(Problem::unseen)?;
        let MayHaveSeen(version) = MayHaveSeen::from_request_parts(parts, state).await?;
        Ok(Self(version))
    }
}

/// What the header says; an empty one says nothing.
fn told(parts: &Parts) -> Option<&str> {
    let told = parts.headers.get(header::IF_MATCH)?.to_str().unwrap_or("?").trim();
    (!told.is_empty()).then_some(told)
}

/// Refuses a caller who saw another version than the present one.
pub(crate) fn unless_changed(seen: Option<String>, now: &str) -> Result<(), Problem> {
    if seen.is_some_and(|seen| seen != now) { Err(Problem::changed()) } else { Ok(()) }
}

/// A version that counts; one that we never gave matches nothing.
pub(crate) fn counted(version: Option<String>) -> Result<Option<i64>, Problem> {
    version.map(|version| version.parse().map_err(|_| Problem::changed())).transpose()
}

fn described(operation: &mut Operation<'_>, needed: bool) {
    let told =
        json!("The ETag that it came with: it is changed only if it is still that one. * for any.");
    operation.parameter(
        "header",
        "If-Match",
        needed,
        told,
        &json!({"type": "string", "pattern": FORM}),
    );
    operation.may_fail(400);
    operation.may_fail(412);
}

impl Taken for MayHaveSeen {
    fn describe(operation: &mut Operation<'_>) {
        described(operation, false);
    }
}

impl Taken for Seen {
    fn describe(operation: &mut Operation<'_>) {
        described(operation, true);
        operation.may_fail(428);
    }
}
