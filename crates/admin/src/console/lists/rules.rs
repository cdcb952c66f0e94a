//! What a hospital asks for, version by version, and how the chapter knows.

use askama::Template;
use axum::{
    extract::{Path, State},
    response::Response,
};
use eligibility::{Dates, Rule, Severity, Source, file::write};
use serde_json::Value;

use super::{roll, today};
use crate::{
    Desk,
    console::{
        fault::Fault,
        frame::{Frame, Room, show},
        names,
        signed::Signed,
    },
};

#[derive(Template)]
#[template(path = "list_rules.html")]
struct Page {
    frame: Frame,
    slug: String,
    hospital: String,
    versions: Vec<Version>,
}

struct Version {
    name: String,
    /// Since when or from when on, and whether it is the one in force.
    stands: String,
    rules: Vec<Shown>,
}

struct Shown {
    name: String,
    asks: String,
    /// How hard it is: preferred, grace, whether it can be waived, from when on.
    how: String,
    source: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    Signed(session): Signed,
    Path(slug): Path<String>,
) -> Result<Response, Fault> {
    let roll = roll(&desk, &session).await?;
    let place = roll.place_of(&slug)?;
    let rules = &roll.rules()[place];
    let in_force = rules.rules_on(today(&desk, &session));
    let mut sets: Vec<_> = rules.rule_sets.iter().collect();
    sets.sort_by_key(|set| std::cmp::Reverse(set.effective_from));
    let versions = sets.into_iter().map(|set| {
        let from = set.effective_from.map(|on| format!("from {}", spoken(on)));
        let is_now = in_force.is_some_and(|now| std::ptr::eq(now, set));
        let stands = [is_now.then(|| "in force".to_owned()), from];
        Version {
            name: set.version.clone(),
            stands: stands.into_iter().flatten().collect::<Vec<_>>().join(", "),
            rules: set.rules.iter().map(shown).collect(),
        }
    });
    show(&Page {
        hospital: roll.hospitals[place].name.clone(),
        versions: versions.collect(),
        slug,
        frame: Frame::new(Room::Lists, &session, None),
    })
}

fn spoken(on: jiff::civil::Date) -> String {
    Dates::Spoken.show(on).to_string()
}

fn shown(rule: &Rule) -> Shown {
    let mut how = Vec::new();
    if rule.severity == Severity::Preferred {
        how.push("preferred".to_owned());
    }
    if rule.grace_days > 0 {
        how.push(format!("{} days of grace", rule.grace_days));
    }
    if !rule.may_be_waived() {
        how.push("no exception".to_owned());
    }
    how.extend(rule.effective_from.map(|on| format!("from {}", spoken(on))));
    Shown {
        name: names::plain(&rule.key),
        asks: asks(&write::rule(rule)),
        how: how.join(", "),
        source: rule.source.as_ref().map_or_else(String::new, source),
    }
}

/// In which words somebody told of a rule, who and when, and when to ask again.
pub(super) fn source(source: &Source) -> String {
    let words = source.words.as_deref().unwrap_or("a requirement of the hospital's");
    let who = source.told_by.as_deref().unwrap_or("the hospital");
    let when = source.learned_on.map(|on| format!(", {}", spoken(on)));
    let again = source.recheck_on.map(|on| format!(", to be checked by {}", spoken(on)));
    format!("{words} ({who}{}{})", when.unwrap_or_default(), again.unwrap_or_default())
}

/// What a rule asks, in the words of its kind and parameters.
fn asks(rule: &Value) -> String {
    let kind = names::plain(rule["kind"].as_str().unwrap_or_default());
    if let Some(children) = rule["children"].as_array() {
        let children = children.iter().map(asks).collect::<Vec<_>>();
        let of = if kind == "any of" { "one of" } else { "all of" };
        return format!("{of} ({})", children.join("; "));
    }
    let params = rule["params"].as_object().into_iter().flatten();
    let params = params.map(|(name, value)| format!("{} {}", names::plain(name), told(value)));
    let params = params.collect::<Vec<_>>();
    if params.is_empty() { kind } else { format!("{kind}: {}", params.join(", ")) }
}

fn told(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Bool(true) => "yes".to_owned(),
        Value::Bool(false) => "no".to_owned(),
        Value::Array(all) => all.iter().map(told).collect::<Vec<_>>().join(" or "),
        Value::Object(fields) => fields.values().map(told).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}
