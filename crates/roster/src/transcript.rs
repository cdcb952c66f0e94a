//! What somebody reads off a paper: the facts that each kind of paper has, the words that hospitals ask
//! for, and the paper as it is written down.

use std::collections::BTreeSet;

use eligibility::{EvidenceKind, Hospital, Requirement, Rule};
use serde_json::{Map, Value, json};

use crate::{Error, Result};

/// A fact that a kind of paper shows.
#[derive(Debug, Clone, Copy)]
pub struct PaperField {
    /// The attribute it becomes.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// How it is written.
    pub reads: Reads,
    /// Whether the paper is none without it.
    pub is_needed: bool,
    /// What to look for; may be empty.
    pub hint: &'static str,
}

/// How a fact is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// In words.
    Words,
    /// As several, with commas between.
    Several,
    /// As a whole number.
    Number,
    /// It holds, or nothing is said.
    Holds,
    /// As one of these, each with what people call it.
    OneOf(&'static [(&'static str, &'static str)]),
}

const fn needed(
    name: &'static str,
    label: &'static str,
    reads: Reads,
    hint: &'static str,
) -> PaperField {
    PaperField { name, label, reads, is_needed: true, hint }
}

const fn wanted(
    name: &'static str,
    label: &'static str,
    reads: Reads,
    hint: &'static str,
) -> PaperField {
    PaperField { name, label, reads, is_needed: false, hint }
}

const FOUND: Reads = Reads::OneOf(&[
    ("clear", "nothing"),
    ("review", "a name that may be hers: somebody looks"),
    ("match", "she is on the list"),
]);
const REPORTED: Reads = Reads::OneOf(&[
    ("clear", "clear"),
    ("review", "being looked into"),
    ("not_clear", "not clear"),
]);
const FORM: Reads = Reads::OneOf(&[
    ("record", "a record of it"),
    ("titer", "a blood test"),
    ("declination", "a signed declination"),
]);

/// The facts that a kind of paper shows, beside its dates; none for one that nobody has sorted.
#[must_use]
pub fn paper_fields(kind: EvidenceKind) -> &'static [PaperField] {
    use Reads::{Holds, Number, Several, Words};
    match kind {
        EvidenceKind::Credential => {
            const {
                &[
                    needed("cred", "Certificate", Words, "Its initials, such as IBCLC"),
                    wanted("number", "Number", Words, "An IBCLC's reads L-12345 or L-123456"),
                ]
            }
        }
        EvidenceKind::License => {
            const {
                &[
                    needed("kind", "Licence", Words, "Its initials, such as RN"),
                    needed("state", "State", Words, "Two letters, such as NY"),
                ]
            }
        }
        EvidenceKind::Liability => {
            const {
                &[
                    needed("per_occurrence", "For one occurrence", Number, "In dollars"),
                    needed("aggregate", "For all together", Number, "In dollars"),
                    wanted(
                        "additional_insured",
                        "Who else is insured by it",
                        Several,
                        "Hospitals named on it, with commas between",
                    ),
                ]
            }
        }
        EvidenceKind::Training => const { &[needed("topic", "Training", Words, "Its topic")] },
        EvidenceKind::BackgroundCheck => const { &[needed("result", "Result", REPORTED, "")] },
        EvidenceKind::ExclusionScreen => {
            const {
                &[
                    needed("list", "List", Words, "Such as OIG_LEIE"),
                    needed("result", "What was found", FOUND, ""),
                ]
            }
        }
        EvidenceKind::Immunization => {
            const {
                &[
                    needed("code", "Against", Words, "Such as mmr, or tb for the test"),
                    wanted("season", "Season", Words, "Such as 2026-27"),
                    needed("form", "Shown by", FORM, ""),
                ]
            }
        }
        EvidenceKind::Availability => {
            const {
                &[
                    needed("within_hours", "Hours to the first visit", Number, ""),
                    wanted("weekend", "At the weekend too", Holds, ""),
                ]
            }
        }
        EvidenceKind::Reference => {
            const { &[needed("role", "From a", Words, "What the writer is, such as midwife")] }
        }
        EvidenceKind::Document => {
            const {
                &[
                    needed("doc", "Document", Words, "Its name, as hospitals ask for it"),
                    wanted("version", "Version", Words, "As printed on it"),
                ]
            }
        }
        EvidenceKind::Unsorted => &[],
    }
}

/// The words in which hospitals ask for a fact: a paper that names it otherwise would not be known
/// again.
#[must_use]
pub fn paper_words(hospitals: &[Hospital], kind: EvidenceKind, field: &str) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    let rules = hospitals.iter().flat_map(|hospital| &hospital.rule_sets);
    for rule in rules.flat_map(|set| &set.rules) {
        gather(rule, kind, field, &mut words);
    }
    words
}

fn gather(rule: &Rule, kind: EvidenceKind, field: &str, words: &mut BTreeSet<String>) {
    use EvidenceKind as Of;
    let all = |list: &[String]| list.to_vec();
    let one = |word: &Option<String>| word.iter().cloned().collect();
    let found: Vec<String> = match (&rule.requirement, kind, field) {
        (Requirement::Credential { any_of, .. }, Of::Credential, "cred")
        | (Requirement::License { any_of, .. }, Of::License, "kind") => all(any_of),
        (Requirement::License { state, .. }, Of::License, "state") => one(state),
        (
            Requirement::Liability { additional_insured, .. },
            Of::Liability,
            "additional_insured",
        ) => one(additional_insured),
        (Requirement::Training { topic, .. }, Of::Training, "topic") => vec![topic.clone()],
        (Requirement::Exclusion { lists, .. }, Of::ExclusionScreen, "list") => all(lists),
        (Requirement::Immunization { items }, Of::Immunization, "code") => {
            items.iter().map(|item| item.code.clone()).collect()
        }
        (Requirement::Immunization { items }, Of::Immunization, "season") => {
            items.iter().filter_map(|item| item.season.clone()).collect()
        }
        (Requirement::References { roles, .. }, Of::Reference, "role") => all(roles),
        (Requirement::Document { doc, .. }, Of::Document, "doc") => vec![doc.clone()],
        (Requirement::Document { version, .. }, Of::Document, "version") => one(version),
        (Requirement::AnyOf(children) | Requirement::AllOf(children), ..) => {
            for child in children {
                gather(child, kind, field, words);
            }
            return;
        }
        _ => return,
    };
    words.extend(found);
}

/// A paper as somebody reads it, in the form of `docs/ELIGIBILITY.md`: `told` gives what was written for
/// a fact, or for the days `issued` and `expires`. What is empty is not on the paper.
///
/// # Errors
/// A [`Refusal`](crate::Refusal) that names the fact.
pub fn transcribed<'t>(kind: EvidenceKind, told: impl Fn(&str) -> &'t str) -> Result<Value> {
    let mut attrs = Map::new();
    for field in paper_fields(kind) {
        let text = told(field.name).trim();
        if text.is_empty() {
            if field.is_needed {
                return Err(Error::invalid(field.name, "must be read off the paper"));
            }
            continue;
        }
        attrs.insert(field.name.to_owned(), value(field, text)?);
    }
    let mut content = json!({"type": kind, "attrs": attrs});
    for name in ["issued", "expires"] {
        let day = told(name).trim();
        if !day.is_empty() {
            content[name] = json!(day);
        }
    }
    Ok(content)
}

fn value(field: &PaperField, text: &str) -> Result<Value> {
    Ok(match field.reads {
        Reads::Words => json!(text),
        Reads::Several => {
            text.split([',', ';']).map(str::trim).filter(|one| !one.is_empty()).collect()
        }
        Reads::Number => {
            let digits = text.replace([',', '_', ' ', '$'], "");
            let number = digits.parse::<u64>();
            json!(number.map_err(|_| Error::invalid(field.name, "must be a whole number"))?)
        }
        Reads::Holds => json!(true),
        Reads::OneOf(words) => {
            let known = words.iter().any(|(word, _)| *word == text);
            if !known {
                return Err(Error::invalid(field.name, "must be one of those that are offered"));
            }
            json!(text)
        }
    })
}

/// What a paper says of a fact, as it would be written; empty where it says nothing.
#[must_use]
pub fn written(content: &Value, field: &str) -> String {
    match content.get(field).or_else(|| content["attrs"].get(field)) {
        None | Some(Value::Null | Value::Bool(false)) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(true)) => "yes".to_owned(),
        Some(Value::Array(several)) => {
            several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", ")
        }
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use eligibility::{EvidenceKind, file::read_evidence};
    use model::Word as _;
    use serde_json::json;

    use super::{Reads, paper_fields, paper_words, transcribed, written};

    /// Something that can stand for each fact.
    fn sample(name: &str, reads: Reads) -> &'static str {
        match reads {
            Reads::Words if name == "number" => "L-41207",
            Reads::Words => "word",
            Reads::Several => "H4, H5",
            Reads::Number if name == "within_hours" => "24",
            Reads::Number => "$1,000,000",
            Reads::Holds => "yes",
            Reads::OneOf(words) => words[0].0,
        }
    }

    #[test]
    fn every_kind_of_paper_can_be_read_off_fact_by_fact() {
        for kind in EvidenceKind::ALL.iter().filter(|kind| **kind != EvidenceKind::Unsorted) {
            let fields = paper_fields(*kind);
            let told = |name: &str| {
                let field = fields.iter().find(|field| field.name == name);
                match name {
                    "issued" => " 2026-06-01",
                    "expires" => "",
                    _ => field.map_or("", |field| sample(name, field.reads)),
                }
            };
            let mut content = transcribed(*kind, told).expect("it is read");
            assert_eq!(content["issued"], "2026-06-01");
            assert!(content.get("expires").is_none());
            for field in fields {
                let again = written(&content, field.name);
                assert_eq!(again.is_empty(), told(field.name).is_empty(), "{kind} {}", field.name);
            }
            content["status"] = json!("verified");
            let paper = read_evidence(&content).expect("it is a paper");
            assert_eq!(paper.proof.kind(), *kind);
            // What is needed is asked for by name.
            for field in fields.iter().filter(|field| field.is_needed) {
                let without = |name: &str| if name == field.name { " " } else { told(name) };
                let refused = transcribed(*kind, without).expect_err("it is missing");
                assert!(refused.to_string().contains(field.name), "{refused}");
            }
        }
    }

    #[test]
    fn what_cannot_be_a_fact_is_refused_by_its_name() {
        let insured = |name: &str| if name == "aggregate" { "three million" } else { "1000000" };
        let refused = transcribed(EvidenceKind::Liability, insured).expect_err("no number");
        assert!(refused.to_string().contains("aggregate"), "{refused}");
        let screen = |name: &str| if name == "result" { "perhaps" } else { "SAM" };
        assert!(transcribed(EvidenceKind::ExclusionScreen, screen).is_err());
    }

    #[test]
    fn the_words_are_those_that_hospitals_use_nested_ones_too() {
        let set = json!({"version": "1", "rules": [
            {"key": "a", "kind": "any_of", "children": [
                {"kind": "document", "params": {"doc": "npi"}},
                {"kind": "all_of", "children": [
                    {"kind": "document", "params": {"doc": "orientation:H6", "version": "v2"}},
                ]},
            ]},
            {"key": "b", "kind": "training", "params": {"topic": "hipaa"}},
        ]});
        let hospital = eligibility::Hospital {
            id: "h".to_owned(),
            name: "H".to_owned(),
            rule_sets: vec![eligibility::file::read_rule_set(&set).expect("rules")],
        };
        let words = |kind, field| {
            paper_words(std::slice::from_ref(&hospital), kind, field)
                .into_iter()
                .collect::<Vec<_>>()
        };
        assert_eq!(words(EvidenceKind::Document, "doc"), ["npi", "orientation:H6"]);
        assert_eq!(words(EvidenceKind::Document, "version"), ["v2"]);
        assert_eq!(words(EvidenceKind::Training, "topic"), ["hipaa"]);
        assert!(words(EvidenceKind::Training, "doc").is_empty());
    }
}
