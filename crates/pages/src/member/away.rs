//! Going away, and coming back.

use askama::Template;
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use dispatch::{Dispatch, Work};
use jiff::civil::Date;
use model::day_hours;
use serde::Deserialize;

use super::{Section, opened, to};
use crate::{Secret, fault::Fault};

/// Whoever is away for longer than this named no day.
const NO_DAY_HOURS: i64 = 24 * 366 * 100;

#[derive(Template)]
#[template(path = "member_away.html")]
struct Away<'a> {
    secret: &'a str,
    away: Option<String>,
    tomorrow: String,
}

pub(super) fn section(work: &Work, secret: &str) -> Result<Section, Fault> {
    let day = work.at.in_zone(&work.zone).date();
    let tomorrow = day.tomorrow().unwrap_or(day).to_string();
    let away = work.away_until.map(|until| {
        if until > work.at.after(day_hours(NO_DAY_HOURS)) {
            return " until you say that you are back".to_owned();
        }
        until.in_zone(&work.zone).strftime(" until %A, %-d %b %Y").to_string()
    });
    Section::of("away", "Away", &Away { secret, away, tomorrow })
}

/// What she presses.
#[derive(Deserialize)]
pub(crate) struct Pressed {
    act: Act,
    #[serde(default)]
    until: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    Away,
    Back,
}

/// Takes her out of the asking, or back in.
pub(crate) async fn press(
    State(dispatch): State<Dispatch>,
    Secret(secret): Secret,
    pressed: Result<Form<Pressed>, FormRejection>,
) -> Result<Response, Fault> {
    let page = opened(&dispatch, &secret).await?;
    let Ok(Form(pressed)) = pressed else { return Err(Fault::form()) };
    let said = match (pressed.act, pressed.until.trim()) {
        (Act::Back, _) => {
            dispatch.own_back(page).await?;
            "back"
        }
        (Act::Away, until) => {
            let day = if until.is_empty() { Ok(None) } else { until.parse::<Date>().map(Some) };
            match day {
                Ok(day) if dispatch.own_away(page, day).await? => "away",
                _ => "away_day",
            }
        }
    };
    Ok(Redirect::to(&to(&secret, "", Some(said))).into_response())
}
