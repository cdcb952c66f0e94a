//! What stands after the question mark. A parameter that nobody knows is refused: a misspelt filter
//! that is passed over would answer with everything.

use std::str::FromStr;

use axum::{
    extract::{FromRequestParts, Query},
    http::request::Parts,
};

use super::Problem;

/// The parameters of a request, each at most once.
pub(crate) struct Parameters(Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Ok(Query(all)) = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await
        else {
            return Err(Problem::field("query", "The query cannot be read."));
        };
        Ok(Self(all))
    }
}

impl Parameters {
    /// Takes a parameter out; `None` where it is not given.
    pub(crate) fn take<T: FromStr>(
        &mut self,
        name: &'static str,
        wanted: &str,
    ) -> Result<Option<T>, Problem> {
        let Some(at) = self.0.iter().position(|(given, _)| given == name) else {
            return Ok(None);
        };
        let (_, value) = self.0.swap_remove(at);
        value.parse().map(Some).map_err(|_| Problem::field(name, format!("It must be {wanted}.")))
    }

    /// Refuses what was not taken.
    pub(crate) fn none_left(&self, known: &str) -> Result<(), Problem> {
        if self.0.is_empty() {
            return Ok(());
        }
        let detail = format!("A parameter is unknown or given twice. Known are: {known}.");
        Err(Problem::field("query", detail))
    }
}
