//! What she offers, and how she wants to be asked.

use askama::Template;
use axum::{
    Form,
    extract::{Path, State, rejection::FormRejection},
    response::{Html, IntoResponse as _, Redirect, Response},
};
use dispatch::Dispatch;
use jiff::civil::Time;
use roster::{
    Areas, BoroughChange, BoroughServed, DAYS_OFF, Hours, Person, ProfileChange, Refusal,
    VISIT_TYPES, change_profile, languages,
};

use super::{OwnPage, Room, Section, Visit, act, frame, opened, to};
use crate::{Secret, fault::Fault};

/// The fields of a form, in the order in which they came.
type Fields = Result<Form<Vec<(String, String)>>, FormRejection>;

#[derive(Template)]
#[template(path = "member_profile.html")]
struct Shown<'a> {
    secret: &'a str,
    groups: Vec<Group>,
    confirmed: String,
    hours: &'static str,
    from: String,
    to: String,
    cap: String,
    other_areas: String,
    exclude_areas: String,
}

/// Boxes that are ticked, and a line for what has no box.
struct Group {
    name: &'static str,
    legend: &'static str,
    hint: &'static str,
    choices: Vec<(String, String, bool)>,
    others: Option<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "member_boroughs.html")]
struct Boroughs<'a> {
    secret: &'a str,
    boroughs: Vec<(BoroughServed, String, String)>,
}

#[derive(Template)]
#[template(path = "member_areas.html")]
struct Borough<'a> {
    secret: &'a str,
    slug: String,
    borough: BoroughServed,
}

pub(super) fn sections(
    visit: &Visit,
    secret: &str,
    dispatch: &Dispatch,
) -> Result<Vec<Section>, Fault> {
    let profile = &visit.member.profile;
    let areas = Areas::of(&profile.areas);
    let (hours, from, to) = match Hours::of(profile) {
        Hours::Chapter => ("chapter", String::new(), String::new()),
        Hours::Any => ("any", String::new(), String::new()),
        Hours::Between(from, to) => {
            ("own", from.strftime("%H:%M").to_string(), to.strftime("%H:%M").to_string())
        }
    };
    let confirmed = match profile.payers_confirmed {
        Some(day) => format!("Your payers were last confirmed on {}.", day.strftime("%-d %b %Y")),
        None => "Your payers were not confirmed yet.".to_owned(),
    };
    let shown = Shown {
        secret,
        groups: groups(visit, dispatch),
        confirmed,
        hours,
        from,
        to,
        cap: profile.cap.map(|cap| cap.to_string()).unwrap_or_default(),
        other_areas: areas.others.join(", "),
        exclude_areas: profile.exclude_areas.join(", "),
    };
    let boroughs = areas.boroughs.into_iter().map(|borough| {
        let (slug, served) = (slug(&borough), served(&borough));
        (borough, slug, served)
    });
    let boroughs = Boroughs { secret, boroughs: boroughs.collect() };
    Ok(vec![
        Section::of("areas", "Where you see families", &boroughs)?,
        Section::of("profile", "What you offer", &shown)?,
    ])
}

fn groups(visit: &Visit, dispatch: &Dispatch) -> Vec<Group> {
    let profile = &visit.member.profile;
    let ticked = |have: &[String], value: &str, words: &str| {
        have.iter().any(|have| have.eq_ignore_ascii_case(value) || have.eq_ignore_ascii_case(words))
    };
    let boxes = |have: &[String], all: Vec<(&str, String)>| {
        all.into_iter()
            .map(|(value, words)| {
                let chosen = ticked(have, value, &words);
                (value.to_owned(), words, chosen)
            })
            .collect::<Vec<_>>()
    };
    let payers = boxes(&profile.payers, dispatch.payers(&visit.chapter));
    let has_box = |payer: &&String| {
        !payers.iter().any(|(value, words, _)| {
            payer.eq_ignore_ascii_case(value) || payer.eq_ignore_ascii_case(words)
        })
    };
    let others = profile.payers.iter().filter(has_box).cloned().collect::<Vec<_>>().join(", ");
    let group = |name, legend, hint, choices| Group { name, legend, hint, choices, others: None };
    let visits = VISIT_TYPES.iter().map(|&visit| (visit, visit_words(visit).to_owned()));
    let days = DAYS_OFF.iter().map(|&day| (day, day_words(day).to_owned()));
    vec![
        group(
            "visit_types",
            "How you see families",
            "Nothing chosen means in any way.",
            boxes(&profile.visit_types, visits.collect()),
        ),
        group("languages", "Languages", "", boxes(&profile.languages, languages::all())),
        Group {
            others: Some(("Other payers, with commas between them", others)),
            ..group("payers", "Payers you take", "", payers)
        },
        group(
            "quiet_days",
            "Days off",
            "On these you are not asked.",
            boxes(&profile.quiet_days, days.collect()),
        ),
    ]
}

fn visit_words(visit: &str) -> &'static str {
    match visit {
        "home" => "At the family's home",
        "office" => "In an office",
        "virtual" => "By video",
        "hospital" => "In hospital",
        "group" => "In a group",
        _ => "By phone",
    }
}

fn day_words(day: &str) -> &'static str {
    match day {
        "mon" => "Monday",
        "tue" => "Tuesday",
        "wed" => "Wednesday",
        "thu" => "Thursday",
        "fri" => "Friday",
        "sat" => "Saturday",
        "sun" => "Sunday",
        _ => "Shabbat: Friday 3 pm to Saturday 10 pm",
    }
}

/// A borough's name as it stands in an address.
fn slug(borough: &BoroughServed) -> String {
    borough.name.to_lowercase().replace(' ', "-")
}

fn served(borough: &BoroughServed) -> String {
    let named = borough.neighborhoods.iter().filter(|(_, named)| *named);
    match (borough.whole, named.map(|(name, _)| name.as_str()).collect::<Vec<_>>()) {
        (true, _) => "All of it".to_owned(),
        (false, named) if named.is_empty() => "None of it".to_owned(),
        (false, named) => named.join(", "),
    }
}

/// Keeps what she offers as the form says.
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
    Ok(Redirect::to(&to(&secret, "/profile", Some(said))).into_response())
}

/// What the form says; `None` where its hours are none.
fn change(fields: &[(String, String)]) -> Option<ProfileChange> {
    let list = |name: &str| {
        let mut named = fields.iter().filter(|(field, _)| field == name).peekable();
        named.peek()?;
        let parts = named.flat_map(|(_, value)| value.split([',', ';']));
        Some(parts.map(str::to_owned).collect::<Vec<_>>())
    };
    let one = |name: &str| {
        let found = fields.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.trim())
    };
    let time = |name: &str| Time::strptime("%H:%M", one(name)).ok();
    let hours = match one("hours") {
        "chapter" => Some(Hours::Chapter),
        "any" => Some(Hours::Any),
        "own" => Some(Hours::Between(time("from")?, time("to")?)),
        _ => None,
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

/// Shows a borough's parts, to choose among.
pub(crate) async fn borough(
    State(dispatch): State<Dispatch>,
    Path((secret, name)): Path<(String, String)>,
) -> Result<Response, Fault> {
    let visit = Visit::of(&dispatch, &secret).await?;
    let areas = Areas::of(&visit.member.profile.areas);
    let borough = areas.boroughs.into_iter().find(|borough| slug(borough) == name);
    let borough = borough.ok_or_else(Fault::unknown)?;
    let title = borough.name;
    let shown = Borough { secret: &secret, slug: name, borough };
    let section = Section::of("areas", title, &shown)?;
    let page = frame(&visit, &secret, Room::Profile, None, vec![section], &dispatch);
    Ok(Html(page.render()?).into_response())
}

/// Keeps what she serves of a borough.
pub(crate) async fn save_borough(
    State(dispatch): State<Dispatch>,
    Path((secret, name)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Fault> {
    let page = opened(&dispatch, &secret).await?;
    let Ok(Form(fields)) = fields else { return Err(Fault::form()) };
    let places = fields.iter().filter(|(field, _)| field == "place");
    let known = Areas::of(&[]).boroughs.into_iter().find(|borough| slug(borough) == name);
    let borough = BoroughChange {
        name: known.ok_or_else(Fault::unknown)?.name.to_owned(),
        whole: fields.iter().any(|(field, _)| field == "whole"),
        neighborhoods: places.map(|(_, place)| place.clone()).collect(),
    };
    let change = ProfileChange { borough: Some(borough), ..ProfileChange::default() };
    let said = keep(&dispatch, page, change).await?;
    Ok(Redirect::to(&to(&secret, "/profile", Some(said))).into_response())
}
