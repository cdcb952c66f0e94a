//! Who is at the console, and what she sent.

use axum::{
    Form,
    extract::{FromRequest, FromRequestParts, Path, Request},
    http::request::Parts,
    response::{IntoResponse as _, Redirect, Response},
};
use serde::de::DeserializeOwned;
use std::str::FromStr;

use super::fault::Fault;
use crate::{Desk, session, session::Session};

/// One of the chapter's people who is signed in; anybody else is led to the page that says how.
pub(crate) struct Signed(pub(crate) Session);

impl FromRequestParts<Desk> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Response> {
        let session = session::session(desk.dispatch(), desk.options(), &parts.headers);
        match session.await {
            Ok(Some(session)) => Ok(Self(session)),
            Ok(None) => Err(Redirect::to("/sign-in").into_response()),
            Err(error) => Err(Fault::from(error).into_response()),
        }
    }
}

/// One who may change referrals.
pub(crate) struct Moderator(pub(crate) Session);

impl FromRequestParts<Desk> for Moderator {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Response> {
        let Signed(session) = Signed::from_request_parts(parts, desk).await?;
        if session.admin.role.may_moderate() {
            Ok(Self(session))
        } else {
            Err(Fault::reader().into_response())
        }
    }
}

/// The id in an address; one that cannot be is of nothing.
pub(crate) struct Id<T>(pub(crate) T);

impl<T: FromStr> FromRequestParts<Desk> for Id<T> {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Fault> {
        let Ok(Path(id)) = Path::<String>::from_request_parts(parts, desk).await else {
            return Err(Fault::not_found());
        };
        id.parse().map(Self).map_err(|_| Fault::not_found())
    }
}

/// A form as it was filled in; one that cannot be read changes nothing.
pub(crate) struct Filled<T>(pub(crate) T);

impl<T: DeserializeOwned> FromRequest<Desk> for Filled<T> {
    type Rejection = Fault;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Fault> {
        let form = Form::<T>::from_request(request, desk).await;
        form.map(|Form(filled)| Self(filled)).map_err(|_| Fault::form())
    }
}
