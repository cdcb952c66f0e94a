//! What stands in an address: names in its path, parameters after the question mark.
//!
//! A parameter that nobody knows is refused: a misspelt filter that is passed over would answer with
//! everything. Whoever names something that cannot be there is answered that there is no such thing.

use axum::{
    extract::{FromRequestParts, Query, RawPathParams},
    http::request::Parts,
};
use model::schemars::{self, JsonSchema};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::{
    Problem,
    operation::{Operation, Taken},
    shape::Shape,
};

/// The names in an address's path.
pub(crate) struct Named<T>(pub(crate) T);

/// The parameters after the question mark, each at most once.
pub(crate) struct Asked<T>(pub(crate) T);

/// Something by its id.
#[derive(Deserialize, JsonSchema)]
pub(crate) struct Id<I> {
    /// Its id.
    pub(crate) id: I,
}

/// Nothing is asked for beside the address.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Whole {}

impl<S: Send + Sync, T: DeserializeOwned + JsonSchema + Send + 'static> FromRequestParts<S>
    for Named<T>
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let shape = Shape::of::<T>();
        let named = RawPathParams::from_request_parts(parts, state).await;
        let named = named.map_err(|_| Problem::not_found())?;
        let mut fields = Map::new();
        for (name, text) in &named {
            let value = shape.value_of(name, text).ok_or_else(Problem::not_found)?;
            fields.insert(name.to_owned(), value);
        }
        let fields = Value::Object(fields);
        shape.judge(&fields).map_err(|_| Problem::not_found())?;
        serde_json::from_value(fields).map(Self).map_err(|_| Problem::not_found())
    }
}

impl<T: JsonSchema + 'static> Taken for Named<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.parameters::<T>("path");
        operation.may_fail(404);
    }
}

impl<S: Send + Sync, T: DeserializeOwned + JsonSchema + Send + 'static> FromRequestParts<S>
    for Asked<T>
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Ok(Query(all)) = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await
        else {
            return Err(Problem::field("query", "The query cannot be read."));
        };
        let shape = Shape::of::<T>();
        let mut fields = Map::new();
        for (name, text) in all {
            let value = shape.value_of(&name, &text);
            if value.is_none_or(|value| fields.insert(name, value).is_some()) {
                let known: Vec<_> = shape.fields().map(|(name, _)| name.as_str()).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                let detail = format!("A parameter is unknown or given twice. Known are: {known}.");
                return Err(Problem::field("query", detail));
            }
        }
        let fields = Value::Object(fields);
        shape.judge(&fields).map_err(|fault| Problem::fault("query", fault))?;
        serde_json::from_value(fields)
            .map(Self)
            .map_err(|_| Problem::field("query", "The query cannot be read."))
    }
}

impl<T: JsonSchema + 'static> Taken for Asked<T> {
    fn describe(operation: &mut Operation<'_>) {
        operation.parameters::<T>("query");
        operation.may_fail(400);
    }
}
