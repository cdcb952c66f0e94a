//! The sample cases: every outcome, blocking set, preferred set and last day.

use std::collections::{BTreeSet, HashMap};

use eligibility::file;
use serde_json::Value;

const CASES: &str = include_str!("data/eligibility_cases.json");

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().expect("a text")
}

fn keys(value: &Value) -> BTreeSet<String> {
    value
        .as_array()
        .expect("a list")
        .iter()
        .map(|key| key.as_str().expect("a key").to_owned())
        .collect()
}

#[test]
fn every_expected_outcome_set_and_day() {
    let cases: Value = serde_json::from_str(CASES).expect("JSON");
    let lines = file::evaluate_file(CASES, None).expect("a good file");
    assert_eq!(lines.len(), 8 * 16, "a line a pair");
    let by_pair: HashMap<_, _> =
        lines.iter().map(|line| ((line.hospital.as_str(), line.member.as_str()), line)).collect();
    let expected = cases["expected"].as_array().expect("expectations");
    assert_eq!(expected.len(), 114);
    let mut wrong = Vec::new();
    for case in expected {
        let pair = (text(case, "hospital"), text(case, "member"));
        let line = by_pair[&pair];
        let got = (
            line.outcome.to_string(),
            line.blocking.iter().cloned().collect(),
            line.preferred_unmet.iter().cloned().collect(),
            line.valid_until.map(|day| day.to_string()),
        );
        let want = (
            text(case, "outcome").to_owned(),
            keys(&case["blocking"]),
            keys(&case["preferred_unmet"]),
            case["valid_until"].as_str().map(str::to_owned),
        );
        if got != want {
            wrong.push(format!("{pair:?}: {got:?}, expected {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The words are free, but a reason is given for the same rules.
#[test]
fn every_expected_reason_has_its_rule() {
    let cases: Value = serde_json::from_str(CASES).expect("JSON");
    let lines = file::evaluate_file(CASES, None).expect("a good file");
    let rules = |reasons: &[String]| -> Vec<String> {
        let rule = |reason: &String| reason.split(':').next().unwrap_or_default().to_owned();
        let mut rules: Vec<_> = reasons.iter().map(rule).collect();
        rules.sort_unstable();
        rules
    };
    for case in cases["expected"].as_array().expect("expectations") {
        let (hospital, member) = (text(case, "hospital"), text(case, "member"));
        let line = lines
            .iter()
            .find(|line| line.hospital == hospital && line.member == member)
            .expect("a line");
        let expected: Vec<String> = case["reasons"]
            .as_array()
            .expect("reasons")
            .iter()
            .map(|reason| reason.as_str().expect("a text").to_owned())
            .collect();
        assert_eq!(rules(&line.reasons), rules(&expected), "{hospital} {member}");
    }
}
