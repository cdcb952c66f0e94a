use std::collections::HashSet;

use super::{FileError, place::Place};
use crate::{Age, Hospital, Immunization, Requirement, Rule, RuleKind, RuleSet, Severity, Source};

type Read<T> = Result<T, FileError>;

/// Children of children, and so on: no hospital needs more.
const DEEPEST: usize = 16;

pub(super) fn hospital(place: &Place<'_>) -> Read<Hospital> {
    let id = place.need("id")?.name()?.to_owned();
    let place = place.clone().called(&id);
    let name = place.text_in("name")?.unwrap_or_else(|| id.clone());
    let mut rule_sets = Vec::new();
    if place.get("rules")?.is_some() || place.get("rule_sets")?.is_none() {
        rule_sets.push(RuleSet {
            version: place.text_in("ruleset_version")?.unwrap_or_default(),
            effective_from: place.date_in("effective_from")?,
            rules: rules(&place.need("rules")?)?,
            note: place.text_in("note")?,
        });
    }
    for set in place.list_in("rule_sets")? {
        rule_sets.push(rule_set(&set)?);
    }
    Ok(Hospital { id, name, rule_sets })
}

pub(super) fn rule_set(place: &Place<'_>) -> Read<RuleSet> {
    let version = place.need("version")?.name()?.to_owned();
    let place = place.clone().called(&version);
    Ok(RuleSet {
        effective_from: place.date_in("effective_from")?,
        rules: rules(&place.need("rules")?)?,
        note: place.text_in("note")?,
        version,
    })
}

fn rules(place: &Place<'_>) -> Read<Vec<Rule>> {
    let mut keys = HashSet::new();
    let mut rules = Vec::new();
    for entry in place.list()? {
        let rule = rule(&entry, 0)?;
        if !keys.insert(rule.key.clone()) {
            return entry.complain(format!("has the key \"{}\" of a rule before it", rule.key));
        }
        rules.push(rule);
    }
    Ok(rules)
}

pub(super) fn rule(place: &Place<'_>, depth: usize) -> Read<Rule> {
    let key = match place.get("key")? {
        Some(key) => key.name()?.to_owned(),
        // A child needs none: nothing refers to it.
        None if depth > 0 => String::new(),
        None => return place.complain("has no \"key\""),
    };
    let place = place.clone().called(&key);
    place.only(&[
        "key",
        "kind",
        "params",
        "children",
        "severity",
        "waivable",
        "grace_days",
        "effective_from",
        "source",
        "source_note",
        // Words about a rule, which decide nothing.
        "note",
        "name",
        "label",
        "title",
        "description",
    ])?;
    Ok(Rule {
        requirement: requirement(&place, depth)?,
        severity: place.word_in("severity")?.unwrap_or(Severity::Mandatory),
        waivable: place.flag_in("waivable")?.unwrap_or(true),
        grace_days: place.count_in("grace_days")?.unwrap_or(0),
        effective_from: place.date_in("effective_from")?,
        source: source(&place)?,
        key,
    })
}

fn source(place: &Place<'_>) -> Read<Option<Source>> {
    if let Some(told) = place.get("source")?
        && told.text().is_err()
    {
        let source = Source {
            told_by: told.text_in("told_by")?,
            learned_on: told.date_in("learned_on")?,
            words: told.text_in("words")?,
            recheck_on: told.date_in("recheck_on")?,
        };
        return Ok((source != Source::default()).then_some(source));
    }
    for name in ["source", "source_note"] {
        if let Some(words) = place.text_in(name)? {
            return Ok(Some(Source { words: Some(words), ..Source::default() }));
        }
    }
    Ok(None)
}

fn requirement(place: &Place<'_>, depth: usize) -> Read<Requirement> {
    let kind_place = place.need("kind")?;
    let kind: RuleKind = match kind_place.text()? {
        "payers" => RuleKind::Payer,
        _ => kind_place.word()?,
    };
    if matches!(kind, RuleKind::AnyOf | RuleKind::AllOf) {
        let children = children(place, depth)?;
        let any = kind == RuleKind::AnyOf;
        return Ok(if any { Requirement::AnyOf(children) } else { Requirement::AllOf(children) });
    }
    if place.get("children")?.is_some() {
        return place.complain(format!("has children, and a {kind} has none"));
    }
    let none = serde_json::Value::Object(serde_json::Map::new());
    let params = match place.get("params")? {
        Some(params) => params,
        None => Place::root(&none).within(place, "params"),
    };
    of_kind(kind, &params)
}

fn of_kind(kind: RuleKind, params: &Place<'_>) -> Read<Requirement> {
    let text = |name: &str| Ok::<_, FileError>(params.need(name)?.name()?.to_owned());
    let only = |known: &[&str]| params.only(known);
    let with_age = |known: &[&str]| {
        let known: Vec<_> =
            known.iter().chain(&["max_age_months", "max_age_days"]).copied().collect();
        params.only(&known)?;
        age(params)
    };
    Ok(match kind {
        RuleKind::Credential => {
            let age = with_age(&["any_of"])?;
            Requirement::Credential { any_of: params.some_texts("any_of")?, age }
        }
        RuleKind::License => Requirement::License {
            age: with_age(&["any_of", "state"])?,
            any_of: params.some_texts("any_of")?,
            state: params.text_in("state")?,
        },
        RuleKind::Liability => Requirement::Liability {
            age: with_age(&["min_occurrence", "min_aggregate", "additional_insured"])?,
            min_occurrence: params.number_in("min_occurrence")?,
            min_aggregate: params.number_in("min_aggregate")?,
            additional_insured: params.text_in("additional_insured")?,
        },
        RuleKind::Years => {
            only(&["min_years"])?;
            Requirement::Years { min_years: params.need("min_years")?.count()? }
        }
        RuleKind::Training => {
            Requirement::Training { age: with_age(&["topic"])?, topic: text("topic")? }
        }
        RuleKind::Background => Requirement::Background { age: with_age(&[])? },
        RuleKind::Exclusion => Requirement::Exclusion {
            age: with_age(&["lists"])?,
            lists: params.some_texts("lists")?,
        },
        RuleKind::Immunization => {
            only(&["items"])?;
            let place = params.need("items")?;
            let items: Vec<_> = place.list()?.iter().map(immunization).collect::<Result<_, _>>()?;
            if items.is_empty() {
                return place.complain("is empty");
            }
            Requirement::Immunization { items }
        }
        RuleKind::Area => {
            only(&["any_of"])?;
            Requirement::Area { any_of: params.some_texts("any_of")? }
        }
        RuleKind::Visit => {
            only(&["any_of"])?;
            Requirement::Visit { any_of: params.some_texts("any_of")? }
        }
        RuleKind::Languages => {
            only(&["any_of"])?;
            Requirement::Languages { any_of: params.some_texts("any_of")? }
        }
        RuleKind::Payer => {
            only(&["any_of", "or_sliding_scale"])?;
            Requirement::Payer {
                any_of: params.some_texts("any_of")?,
                or_sliding_scale: params.flag_in("or_sliding_scale")?.unwrap_or(false),
            }
        }
        RuleKind::Availability => Requirement::Availability {
            age: with_age(&["within_hours", "weekend"])?,
            within_hours: params.count_in("within_hours")?,
            weekend: params.flag_in("weekend")?.unwrap_or(false),
        },
        RuleKind::References => Requirement::References {
            age: with_age(&["count", "roles"])?,
            count: params.count_in("count")?.unwrap_or(1),
            roles: params.texts_in("roles")?,
        },
        RuleKind::Document => Requirement::Document {
            age: with_age(&["doc", "version"])?,
            doc: text("doc")?,
            version: params.text_in("version")?,
        },
        RuleKind::NoConflict => {
            only(&["disallow"])?;
            Requirement::NoConflict { disallow: params.some_texts("disallow")? }
        }
        RuleKind::ChapterStanding => {
            only(&["event_within_months"])?;
            Requirement::ChapterStanding {
                event_within_months: params.count_in("event_within_months")?,
            }
        }
        RuleKind::AnyOf => Requirement::AnyOf(Vec::new()),
        RuleKind::AllOf => Requirement::AllOf(Vec::new()),
    })
}

fn immunization(place: &Place<'_>) -> Read<Immunization> {
    place.only(&["code", "season", "max_age_months", "max_age_days", "declination"])?;
    Ok(Immunization {
        code: place.need("code")?.name()?.to_owned(),
        season: place.text_in("season")?,
        age: age(place)?,
        declination: place.flag_in("declination")?.unwrap_or(false),
    })
}

fn age(place: &Place<'_>) -> Read<Age> {
    Ok(Age { months: place.count_in("max_age_months")?, days: place.count_in("max_age_days")? })
}

fn children(place: &Place<'_>, depth: usize) -> Read<Vec<Rule>> {
    let found = match place.get("children")? {
        Some(found) => found,
        // Some write them where the other kinds have their parameters.
        None => match place.get("params")?.map(|params| params.get("children")).transpose()? {
            Some(Some(found)) => found,
            _ => return place.complain("has no \"children\""),
        },
    };
    if depth >= DEEPEST {
        return found.complain(format!("are nested more than {DEEPEST} deep"));
    }
    let children: Vec<_> =
        found.list()?.iter().map(|child| rule(child, depth + 1)).collect::<Result<_, _>>()?;
    if children.is_empty() { found.complain("is empty") } else { Ok(children) }
}
