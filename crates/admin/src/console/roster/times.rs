//! When a member is asked, as one of the chapter's people enters it for her: hours, days off, how many at
//! once, places she wants none from; and that she is away.

use askama::Template as _;
use axum::{
    extract::State,
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use jiff::civil::Date;
use model::MemberId;
use roster::{DAYS_OFF, Hours, ProfileChange, Refusal, change_profile, day_off_name};
use serde::Deserialize;
use storage::Profile;

use super::member::{Page, seen};
use crate::{
    Desk,
    console::{
        fault::Fault,
        lists::{Keeper, act, back},
        said::Said,
        signed::{Filled, Id},
    },
};

/// What stands in the form.
pub(super) struct Times {
    pub(super) seen: String,
    pub(super) hours: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) days: Vec<(&'static str, &'static str, bool)>,
    pub(super) cap: String,
    pub(super) unwanted: String,
    /// Which field cannot be used, and why.
    wrong: Option<(&'static str, String)>,
}

/// The form as it came: a field may come several times.
type Fields = [(String, String)];

fn one<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
}

impl Times {
    pub(super) fn of(profile: &Profile) -> Self {
        let (hours, from, to) = Hours::of(profile).words();
        Self {
            seen: roster::profile_mark(profile),
            hours: hours.to_owned(),
            from,
            to,
            days: days(|day| profile.quiet_days.iter().any(|off| off == day)),
            cap: profile.cap.map(|cap| cap.to_string()).unwrap_or_default(),
            unwanted: profile.exclude_areas.join(", "),
            wrong: None,
        }
    }

    fn typed(fields: &Fields, wrong: (&'static str, String)) -> Self {
        let text = |name: &str| one(fields, name).to_owned();
        Self {
            seen: text("seen"),
            hours: text("hours"),
            from: text("from"),
            to: text("to"),
            days: days(|day| fields.iter().any(|(name, off)| name == "quiet_days" && off == day)),
            cap: text("cap"),
            unwanted: text("exclude_areas"),
            wrong: Some(wrong),
        }
    }

    /// Why a field cannot be used.
    pub(super) fn wrong(&self, field: &str) -> Option<&str> {
        self.wrong.as_ref().filter(|(wrong, _)| *wrong == field).map(|(_, why)| why.as_str())
    }
}

fn days(is_off: impl Fn(&str) -> bool) -> Vec<(&'static str, &'static str, bool)> {
    DAYS_OFF.iter().map(|&day| (day, day_off_name(day), is_off(day))).collect()
}

/// What the form says; `None` where its hours are none.
fn change(fields: &Fields) -> Option<ProfileChange> {
    let days_off = fields.iter().filter(|(field, _)| field == "quiet_days");
    let cap = match one(fields, "cap") {
        "" => None,
        // What is no number is refused as one that is too small.
        number => Some(number.parse().unwrap_or(0)),
    };
    Some(ProfileChange {
        hours: Some(Hours::told(one(fields, "hours"), one(fields, "from"), one(fields, "to"))?),
        quiet_days: Some(days_off.map(|(_, day)| day.clone()).collect()),
        cap: Some(cap),
        exclude_areas: Some(
            one(fields, "exclude_areas").split([',', ';']).map(str::to_owned).collect(),
        ),
        seen: Some(one(fields, "seen").to_owned()),
        ..ProfileChange::default()
    })
}

/// Keeps it, if nobody changed it meanwhile; where something cannot be used, the page says so beside its
/// field, with everything as it was typed.
pub(super) async fn save(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<MemberId>,
    Filled(fields): Filled<Vec<(String, String)>>,
) -> Result<Response, Fault> {
    let (store, by) = (desk.dispatch().store(), act(&desk, &session));
    let wrong = match change(&fields) {
        None => ("hours", "must be two times of a day".to_owned()),
        Some(change) => match change_profile(store, &by, id, change).await {
            Err(roster::Error::Refused(Refusal::Invalid { field, problem })) => (field, problem),
            done => return back(&format!("/roster/{id}"), done, Said::Kept),
        },
    };
    let known = seen(&desk, &session, id).await?;
    let mut page = Page::shown(&known, &desk, &session, Some(Said::NotSaved));
    page.times = Times::typed(&fields, wrong);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// What is pressed: that she is away, until a day or until she says so, or back.
#[derive(Deserialize)]
pub(super) struct Pressed {
    act: String,
    #[serde(default)]
    until: String,
}

pub(super) async fn away(
    State(desk): State<Desk>,
    Keeper(session): Keeper,
    Id(id): Id<MemberId>,
    Filled(pressed): Filled<Pressed>,
) -> Result<Response, Fault> {
    seen(&desk, &session, id).await?;
    let (dispatch, chapter, by) = (desk.dispatch(), session.chapter.id, session.admin.id.into());
    let said = match (pressed.act.as_str(), pressed.until.trim()) {
        ("back", _) => {
            dispatch.member_back(chapter, id, by).await?;
            Said::MemberBack
        }
        ("away", until) => {
            let day = Some(until).filter(|until| !until.is_empty()).map(str::parse::<Date>);
            match day.transpose() {
                Ok(day) if dispatch.member_away(chapter, id, by, day).await? => Said::MemberAway,
                _ => Said::NoDay,
            }
        }
        _ => return Err(Fault::form()),
    };
    Ok(said.at(&format!("/roster/{id}")))
}
