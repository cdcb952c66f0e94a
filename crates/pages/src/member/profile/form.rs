//! The form of her profile, as it is kept or as she sent it.

use askama::Template;
use dispatch::Dispatch;
use roster::{Areas, DAYS_OFF, Hours, VISIT_TYPES, day_off_name, languages};
use storage::Profile;

use crate::{
    fault::Fault,
    member::{Section, Visit},
};

#[derive(Template)]
#[template(path = "member_profile.html")]
struct Shown<'a> {
    secret: &'a str,
    groups: Vec<Group>,
    confirmed: String,
    filled: &'a Filled,
}

/// Boxes that are ticked, and a line for what has no box.
struct Group {
    name: &'static str,
    legend: &'static str,
    hint: &'static str,
    choices: Vec<(String, String, bool)>,
    others: Option<(&'static str, String)>,
}

/// What stands in the form.
pub(super) struct Filled {
    visit_types: Vec<String>,
    languages: Vec<String>,
    payers: Vec<String>,
    quiet_days: Vec<String>,
    hours: String,
    from: String,
    to: String,
    cap: String,
    other_areas: String,
    exclude_areas: String,
    /// Why it was not kept, by the word in which it is told.
    refused: &'static str,
}

impl Filled {
    /// Her profile as it is kept.
    pub(super) fn kept(profile: &Profile) -> Self {
        let (hours, from, to) = Hours::of(profile).words();
        Self {
            visit_types: profile.visit_types.clone(),
            languages: profile.languages.clone(),
            payers: profile.payers.clone(),
            quiet_days: profile.quiet_days.clone(),
            hours: hours.to_owned(),
            from,
            to,
            cap: profile.cap.map(|cap| cap.to_string()).unwrap_or_default(),
            other_areas: Areas::of(&profile.areas).others.join(", "),
            exclude_areas: profile.exclude_areas.join(", "),
            refused: "",
        }
    }

    /// What she sent and cannot be kept.
    pub(super) fn sent(fields: &[(String, String)], refused: &'static str) -> Self {
        let all = |name: &str| {
            let named = fields.iter().filter(|(field, value)| field == name && !value.is_empty());
            named.map(|(_, value)| value.clone()).collect()
        };
        let one = |name: &str| one(fields, name).to_owned();
        Self {
            visit_types: all("visit_types"),
            languages: all("languages"),
            payers: all("payers"),
            quiet_days: all("quiet_days"),
            hours: one("hours"),
            from: one("from"),
            to: one("to"),
            cap: one("cap"),
            other_areas: one("other_areas"),
            exclude_areas: one("exclude_areas"),
            refused,
        }
    }

    /// What marks the fields that were refused.
    fn mark(&self, refused: &str) -> &'static str {
        if self.refused == refused { " aria-invalid=true" } else { "" }
    }
}

/// A field of a form, where it holds one value; empty where there is none.
pub(super) fn one<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.trim())
}

/// The form, with what is to stand in it.
pub(super) fn section(
    filled: &Filled,
    visit: &Visit,
    secret: &str,
    dispatch: &Dispatch,
) -> Result<Section, Fault> {
    let confirmed = match visit.member.profile.payers_confirmed {
        Some(day) => format!("Your payers were last confirmed on {}.", day.strftime("%-d %b %Y")),
        None => "Your payers were not confirmed yet.".to_owned(),
    };
    let groups = groups(filled, visit, dispatch);
    Section::of("profile", "What you offer", &Shown { secret, groups, confirmed, filled })
}

fn groups(filled: &Filled, visit: &Visit, dispatch: &Dispatch) -> Vec<Group> {
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
    let payers = boxes(&filled.payers, dispatch.payers(&visit.chapter));
    let has_box = |payer: &&String| {
        !payers.iter().any(|(value, words, _)| {
            payer.eq_ignore_ascii_case(value) || payer.eq_ignore_ascii_case(words)
        })
    };
    let others = filled.payers.iter().filter(has_box).cloned().collect::<Vec<_>>().join(", ");
    let group = |name, legend, hint, choices| Group { name, legend, hint, choices, others: None };
    let visits = VISIT_TYPES.iter().map(|&visit| (visit, visit_words(visit).to_owned()));
    let days = DAYS_OFF.iter().map(|&day| (day, day_off_name(day).to_owned()));
    vec![
        group(
            "visit_types",
            "How you see families",
            "Nothing chosen means in any way.",
            boxes(&filled.visit_types, visits.collect()),
        ),
        group("languages", "Languages", "", boxes(&filled.languages, languages::all())),
        Group {
            others: Some(("Other payers, with commas between them", others)),
            ..group("payers", "Payers you take", "", payers)
        },
        group(
            "quiet_days",
            "Days off",
            "On these you are not asked.",
            boxes(&filled.quiet_days, days.collect()),
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
