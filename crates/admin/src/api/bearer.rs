//! Whose token it is.

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};
use storage::{Token, hash_secret};

use super::Problem;
use crate::{Desk, Error};

/// A token that opens a chapter's part of the API.
pub(crate) struct Bearer(pub(crate) Token);

impl Bearer {
    /// Lets those through whose role may change referrals.
    pub(crate) fn may_act(self) -> Result<Self, Problem> {
        if self.0.role.may_moderate() { Ok(self) } else { Err(Problem::forbidden()) }
    }
}

impl FromRequestParts<Desk> for Bearer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let told = parts.headers.get(header::AUTHORIZATION).and_then(|told| told.to_str().ok());
        let (scheme, token) =
            told.and_then(|told| told.split_once(' ')).ok_or_else(Problem::unauthorized)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(Problem::unauthorized());
        }
        let hash = hash_secret(token.trim());
        let token = desk
            .dispatch()
            .store()
            .read::<_, storage::Error, _>(move |tx| Box::pin(tx.token(hash)))
            .await
            .map_err(Error::from)?;
        token.map(Self).ok_or_else(Problem::unauthorized)
    }
}
