//! What she offers, and how she wants to be asked.

use askama::Template as _;
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use dispatch::Dispatch;
use roster::{Areas, Hours, Person, ProfileChange, Refusal, change_profile};

use self::form::Filled;
use super::{OwnPage, Room, Section, Visit, act, frame, opened, portrait, said::Said, to};
use crate::{Secret, fault::Fault};

mod areas;
mod form;

pub(super) use self::areas::{borough, save_borough};

/// The fields of a form, in the order in which they came.
type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

/// What the profile page holds: her profile as it is kept.
pub(super) async fn sections(
    visit: &Visit,
    secret: &str,
    dispatch: &Dispatch,
) -> Result<Vec<Section>, Fault> {
    sections_with(&Filled::kept(&visit.member.profile), visit, secret, dispatch).await
}

async fn sections_with(
    filled: &Filled,
    visit: &Visit,
    secret: &str,
    dispatch: &Dispatch,
) -> Result<Vec<Section>, Fault> {
    let areas = Areas::of(&visit.member.profile.areas);
    Ok(vec![
        areas::section(areas, secret)?,
        form::section(filled, visit, secret, dispatch)?,
        portrait::section(dispatch, visit.page, secret).await?,
    ])
}

/// Keeps what she offers as the form says; what cannot be kept is shown to her again as she wrote it.
pub(crate) async fn save(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    fields: Fields,
) -> Result<Response, Fault> {
    let page = opened(&dispatch, &secret).await?;
    let Ok(Form(fields)) = fields else { return Err(Fault::form()) };
    let said = match change(&fields) {
        Some(change) => keep(&dispatch, page, change).await?,
        None => "bad_hours",
    };
    if matches!(said, "saved" | "same") {
        return Ok(Redirect::to(&to(&secret, "/profile", Some(said))).into_response());
    }
    let visit = Visit::of(&dispatch, &secret).await?;
    let sections = sections_with(&Filled::sent(&fields, said), &visit, &secret, &dispatch).await?;
    let page = frame(&visit, &secret, Room::Profile, Said::named(said), sections, &dispatch);
    Ok(Html(page.render()?).into_response())
}

/// What the form says; `None` where its hours are none.
fn change(fields: &[(String, String)]) -> Option<ProfileChange> {
    let list = |name: &str| {
        let mut named = fields.iter().filter(|(field, _)| field == name).peekable();
        named.peek()?;
        let parts = named.flat_map(|(_, value)| value.split([',', ';']));
        Some(parts.map(str::to_owned).collect::<Vec<_>>())
    };
    let one = |name: &str| form::one(fields, name);
    let hours = match one("hours") {
        "" => None,
        word => Some(Hours::told(word, one("from"), one("to"))?),
    };
    let cap = match one("cap") {
        "" => None,
        // What is no number is refused as one that is too small.
        number => Some(number.parse().unwrap_or(0)),
    };
    Some(ProfileChange {
        other_areas: list("other_areas"),
        exclude_areas: list("exclude_areas"),
        languages: list("languages"),
        payers: list("payers"),
        visit_types: list("visit_types"),
        quiet_days: list("quiet_days"),
        cap: Some(cap),
        hours,
        ..ProfileChange::default()
    })
}

/// Changes her profile, and says what came of it in one word.
pub(super) async fn keep(
    dispatch: &Dispatch,
    page: OwnPage,
    change: ProfileChange,
) -> Result<&'static str, Fault> {
    let act = act(dispatch, page, Person::Member(page.member));
    match change_profile(dispatch.store(), &act, page.member, change).await {
        Ok(fields) if fields.is_empty() => Ok("same"),
        Ok(_) => Ok("saved"),
        Err(roster::Error::Refused(Refusal::Invalid { field, .. })) => match field {
            "areas" | "other_areas" | "exclude_areas" => Ok("bad_places"),
            "payers" => Ok("bad_payers"),
            "hours" => Ok("bad_hours"),
            "quiet_days" => Ok("bad_days"),
            "cap" => Ok("bad_cap"),
            _ => Err(Fault::form()),
        },
        Err(roster::Error::Refused(_)) => Err(Fault::unknown()),
        Err(error) => Err(error.into()),
    }
}
