//! A consultant's photo, for whoever's link has opened a page that shows it.

use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};
use dispatch::Dispatch;
use model::MemberId;

use crate::fault::Fault;

/// The photo as a file. Like every page it is kept nowhere on its way.
pub(crate) async fn shown(dispatch: &Dispatch, member: MemberId) -> Result<Response, Fault> {
    let photo = roster::portrait(dispatch.store(), member).await?.ok_or_else(Fault::unknown)?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], photo.into_jpeg()).into_response())
}
