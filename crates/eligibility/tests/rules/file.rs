//! The file: what it may hold, and how a fault in it is named.

use eligibility::{
    Outcome,
    file::{FileError, evaluate_file, read},
};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

use crate::one::day;

const CASES: &str = include_str!("../data/eligibility_cases.json");

fn small() -> Value {
    json!({
        "as_of": "2026-11-21",
        "hospitals": [{ "id": "H1", "rules": [
            { "key": "hipaa", "kind": "training", "params": { "topic": "hipaa", "max_age_months": 12 } },
            { "key": "either", "kind": "any_of", "children": [
                { "key": "c", "kind": "credential", "params": { "any_of": ["IBCLC"] } },
                { "kind": "years", "params": { "min_years": 2 } },
            ] },
        ] }],
        "members": [{ "id": "A01", "name": "Somebody Private", "profile": { "practice_start": "2020-01-01" },
            "evidence": [{ "id": "E1", "type": "training", "issued": "2026-06-10", "expires": null,
                           "status": "verified", "attrs": { "topic": "hipaa" } }] }],
        "overrides": [],
        "expected": "left alone", "anything": [1, 2],
    })
}

fn lines(file: &Value, as_of: Option<&str>) -> Result<Vec<eligibility::file::Line>, FileError> {
    evaluate_file(&file.to_string(), as_of.map(day))
}

#[test]
fn a_line_has_the_fields_of_the_command() {
    let lines = lines(&small(), None).expect("a good file");
    let line = serde_json::to_value(&lines[0]).expect("JSON");
    assert_eq!(
        line,
        json!({ "hospital": "H1", "member": "A01", "outcome": "eligible", "blocking": [],
                "preferred_unmet": [], "valid_until": "2027-06-10", "reasons": ["all requirements met"] })
    );
}

#[test]
fn the_day_asked_for_goes_before_the_files() {
    let outcome = |file: &Value, as_of| lines(file, as_of).map(|lines| lines[0].outcome);
    assert_eq!(outcome(&small(), Some("2027-06-11")), Ok(Outcome::Ineligible));
    assert_eq!(outcome(&small(), Some("2027-05-01")), Ok(Outcome::EligibleExpiring));
    let mut dateless = small();
    dateless["as_of"] = Value::Null;
    assert_eq!(outcome(&dateless, None), Err(FileError::NoDay));
    assert_eq!(outcome(&dateless, Some("2026-11-21")), Ok(Outcome::Eligible));
    let mut patient = small();
    patient["warn_days"] = json!(30);
    assert_eq!(outcome(&patient, Some("2027-05-01")), Ok(Outcome::Eligible));
}

#[test]
fn what_says_nothing_may_be_left_out() {
    let bare = json!({ "as_of": "2026-11-21", "hospitals": [{ "id": "H", "rules": [] }],
                       "members": [{ "id": "A" }] });
    let lines = lines(&bare, None).expect("a good file");
    assert_eq!((lines[0].outcome, lines[0].valid_until), (Outcome::NothingAsked, None));
    let book = read(&bare.to_string()).expect("a good file");
    assert_eq!(book.hospitals[0].name, "H");
}

#[test]
fn a_hospital_may_have_several_versions() {
    let mut file = small();
    file["hospitals"] = json!([{ "id": "H1", "rule_sets": [
        { "version": "1", "rules": [] },
        { "version": "2", "effective_from": "2027-01-01", "rules": [
            { "key": "area", "kind": "area", "params": { "any_of": ["Queens"] } }] },
    ] }]);
    assert_eq!(lines(&file, None).expect("good")[0].outcome, Outcome::NothingAsked);
    assert_eq!(lines(&file, Some("2027-01-01")).expect("good")[0].blocking, ["area"]);
}

#[test]
fn a_fault_is_named_by_its_place() {
    type Break = fn(&mut Value);
    let rows: [(Break, &str); 26] = [
        (|f| f["hospitals"] = json!({}), "hospitals is not a list"),
        (|f| f["members"] = Value::Null, "the file has no \"members\""),
        (|f| f["as_of"] = json!("21 Nov 2026"), "as_of is not a date like 2026-11-21"),
        (|f| f["as_of"] = json!("2026-11-31"), "as_of is not a date like 2026-11-21"),
        (|f| f["warn_days"] = json!(-1), "warn_days is not a whole number of 0 or more"),
        (|f| f["hospitals"][0]["id"] = json!(" "), "hospitals[0].id is empty"),
        (|f| f["hospitals"][0]["rules"] = Value::Null, "hospitals[0] (H1) has no \"rules\""),
        (
            |f| f["hospitals"][0]["rules"][0]["kind"] = json!("trainings"),
            "hospitals[0] (H1).rules[0] (hipaa).kind is none of credential, license, liability, years, \
             training, background, exclusion, immunization, area, visit, languages, payer, availability, \
             references, document, no_conflict, chapter_standing, any_of, all_of",
        ),
        (
            |f| f["hospitals"][0]["rules"][0]["params"]["topic"] = Value::Null,
            "hospitals[0] (H1).rules[0] (hipaa).params has no \"topic\"",
        ),
        (
            |f| f["hospitals"][0]["rules"][0]["params"]["max_age"] = json!(12),
            "hospitals[0] (H1).rules[0] (hipaa).params has an unknown \"max_age\"; known are topic, \
             max_age_months, max_age_days",
        ),
        (
            |f| f["hospitals"][0]["rules"][0]["params"]["max_age_months"] = json!("12"),
            "hospitals[0] (H1).rules[0] (hipaa).params.max_age_months is not a whole number of 0 or more",
        ),
        (
            |f| f["hospitals"][0]["rules"][0]["params"] = Value::Null,
            "hospitals[0] (H1).rules[0] (hipaa).params has no \"topic\"",
        ),
        (
            |f| f["hospitals"][0]["rules"][0]["graceDays"] = json!(3),
            "hospitals[0] (H1).rules[0] (hipaa) has an unknown \"graceDays\"; known are key, kind, params, \
             children, severity, waivable, grace_days, effective_from, source, source_note, note, name, label, title, description",
        ),
        (
            |f| f["hospitals"][0]["rules"][0]["severity"] = json!("nice"),
            "hospitals[0] (H1).rules[0] (hipaa).severity is none of mandatory, preferred",
        ),
        (
            |f| f["hospitals"][0]["rules"][0]["waivable"] = json!("no"),
            "hospitals[0] (H1).rules[0] (hipaa).waivable is neither true nor false",
        ),
        (
            |f| f["hospitals"][0]["rules"][1]["children"] = json!([]),
            "hospitals[0] (H1).rules[1] (either).children is empty",
        ),
        (
            |f| f["hospitals"][0]["rules"][1]["children"][0]["params"]["any_of"] = json!([]),
            "hospitals[0] (H1).rules[1] (either).children[0] (c).params.any_of is empty",
        ),
        (
            |f| f["hospitals"][0]["rules"][1]["key"] = json!("hipaa"),
            "hospitals[0] (H1).rules[1] has the key \"hipaa\" of a rule before it",
        ),
        (
            |f| f["hospitals"][0]["rules"][0]["children"] = json!([]),
            "hospitals[0] (H1).rules[0] (hipaa) has children, and a training has none",
        ),
        (
            |f| f["members"] = json!([{ "id": "A01" }, { "id": "A01" }]),
            "members[1] has the id \"A01\" of one before it",
        ),
        (
            |f| f["members"][0]["profile"]["practice_start"] = json!("Somebody Private"),
            "members[0] (A01).profile.practice_start is not a date like 2026-11-21",
        ),
        (
            |f| f["members"][0]["evidence"][0]["type"] = json!("trainning"),
            "members[0] (A01).evidence[0] (E1).type is none of credential, license, liability, training, \
             background_check, exclusion_screen, immunization, availability, reference, document, unsorted",
        ),
        (
            |f| f["members"][0]["evidence"][0]["status"] = Value::Null,
            "members[0] (A01).evidence[0] (E1) has no \"status\"",
        ),
        (
            |f| f["members"][0]["evidence"][0]["attrs"] = Value::Null,
            "members[0] (A01).evidence[0] (E1).attrs has no \"topic\"",
        ),
        (
            |f| f["overrides"] = json!([{ "id": "OV1", "hospital": "H1" }]),
            "overrides[0] (OV1) has no \"member\"",
        ),
        (|f| f["members"][0] = json!("Somebody Private"), "members[0] is not an object"),
    ];
    for (break_it, complaint) in rows {
        let mut file = small();
        break_it(&mut file);
        let error = lines(&file, None).expect_err(complaint).to_string();
        assert_eq!(error, complaint);
        assert!(!error.contains("Private"), "nothing personal is repeated");
    }
    let error = evaluate_file("{\n  \"as_of\": }", None).expect_err("no JSON");
    assert_eq!(error.to_string(), "line 2, column 12: this is not JSON");
}

#[test]
fn rules_nest_only_so_deep() {
    let mut rule = json!({ "key": "x", "kind": "years", "params": { "min_years": 1 } });
    for _ in 0..40 {
        rule = json!({ "key": "x", "kind": "all_of", "children": [rule] });
    }
    let mut file = small();
    file["hospitals"][0]["rules"] = json!([rule]);
    assert!(
        lines(&file, None).expect_err("too deep").to_string().contains("nested more than 16 deep")
    );
}

#[test]
fn payers_and_whole_floats_and_single_words_are_understood() {
    let mut file = small();
    file["hospitals"][0]["rules"] = json!([
        { "key": "p", "kind": "payers", "params": { "any_of": "medicaid" } },
        { "key": "l", "kind": "liability", "params": { "min_occurrence": 1e6 } },
    ]);
    file["members"][0]["profile"]["payers"] = json!(["medicaid"]);
    file["members"][0]["evidence"] = json!([{ "type": "liability", "issued": "2026-01-01", "status": "verified",
        "attrs": { "per_occurrence": 1_000_000.0 } }]);
    assert_eq!(lines(&file, None).expect("a good file")[0].blocking, [""; 0]);
}

#[test]
fn the_manuals_example_works() {
    let manual = include_str!("../../../../docs/ELIGIBILITY.md");
    let example: String = manual
        .lines()
        .skip_while(|line| *line != "    {")
        .take_while(|line| line.starts_with("    "))
        .collect();
    let lines = evaluate_file(&example, None).expect("a good file");
    assert_eq!(lines.len(), 1);
    assert_eq!(lines[0].outcome, Outcome::EligibleInGrace);
    assert_eq!(lines[0].valid_until, Some(day("2026-12-11")));
    let later = evaluate_file(&example, Some(day("2026-12-15"))).expect("a good file");
    assert_eq!(later[0].outcome, Outcome::EligibleByOverride);
    let place = manual.split("`hospitals[0]").nth(1).and_then(|rest| rest.split('`').next());
    let broken = example.replace("\"topic\": \"hipaa\", \"max_age", "\"max_age");
    let error = evaluate_file(&broken, None).expect_err("no topic").to_string();
    assert_eq!(place.map(|rest| format!("hospitals[0]{rest}")), Some(error));
}

/// Every node of a JSON value, in order.
fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(nodes).sum(),
        Value::Object(fields) => fields.values().map(nodes).sum(),
        _ => 0,
    }
}

fn node_mut<'v>(value: &'v mut Value, at: &mut usize) -> Option<&'v mut Value> {
    if *at == 0 {
        return Some(value);
    }
    *at -= 1;
    match value {
        Value::Array(items) => items.iter_mut().find_map(|item| node_mut(item, at)),
        Value::Object(fields) => fields.values_mut().find_map(|item| node_mut(item, at)),
        _ => None,
    }
}

fn junk() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        Just(json!([])),
        Just(json!({})),
        Just(json!(true)),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        Just(json!("-009999-01-01")),
        Just(json!("9999-12-31")),
        Just(json!("0000-01-01")),
        Just(json!(4_294_967_295_u64)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64, failure_persistence: None, ..ProptestConfig::default()
    })]

    /// Whatever stands anywhere in the file, it is evaluated or a place is named.
    #[test]
    fn no_file_breaks_it(at in any::<Index>(), junk in junk(), as_of in prop_oneof![
        Just("2026-11-21"), Just("9999-12-31"), Just("0001-01-01")
    ]) {
        let mut file: Value = serde_json::from_str(CASES).expect("JSON");
        file["expected"] = Value::Null;
        let mut at = at.index(nodes(&file));
        *node_mut(&mut file, &mut at).expect("a node") = junk;
        match lines(&file, Some(as_of)) {
            Ok(lines) => prop_assert!(lines.iter().all(|line| !line.reasons.is_empty())),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    #[test]
    fn no_text_breaks_it(text in "\\PC{0,200}") {
        prop_assert!(evaluate_file(&text, None).is_err());
    }
}
