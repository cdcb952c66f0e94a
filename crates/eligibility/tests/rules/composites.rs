//! `any_of`, `all_of`, the order of precedence, rules announced ahead, versions.

use eligibility::{
    Dates,
    Outcome::{
        Eligible, EligibleExpiring, EligibleInGrace, Ineligible, NothingAsked,
        Pending as PendingOutcome,
    },
    RuleSet,
    Status::{Expiring, Grace, Met, Missing, Pending, Unmet},
    file::read_rule,
};
use serde_json::{Value, json};

use crate::one::{One, day};

/// A training of a topic that is its id, from the first of January 2026 through a day.
fn training(topic: &str, expires: &str) -> Value {
    trained(topic, "2026-01-01", expires, "verified")
}

fn trained(topic: &str, issued: &str, expires: &str, status: &str) -> Value {
    json!({ "id": topic, "type": "training", "issued": issued, "expires": expires, "status": status,
            "attrs": { "topic": topic } })
}

fn wants(topic: &str) -> Value {
    json!({ "key": topic, "kind": "training", "params": { "topic": topic } })
}

fn graced(topic: &str, days: u32) -> Value {
    json!({ "key": topic, "kind": "training", "params": { "topic": topic }, "grace_days": days })
}

fn one(rule: Value, evidence: &Value) -> One {
    One::new(&Value::Array(vec![rule]), &json!({}), evidence)
}

#[test]
fn the_best_child_of_any_decides() {
    let any = json!({ "key": "r", "kind": "any_of", "children": [wants("a"), graced("b", 30)] });
    let rows = [
        (json!([]), Missing, None),
        (
            json!([training("a", "2026-12-01"), training("b", "2026-12-20")]),
            Expiring,
            Some("2026-12-20"),
        ),
        (
            json!([training("a", "2027-12-01"), training("b", "2026-12-20")]),
            Met,
            Some("2027-12-01"),
        ),
        (json!([training("b", "2026-11-01")]), Grace, Some("2026-12-01")),
        (json!([training("a", "2026-11-01")]), Missing, None),
        (
            json!([
                training("a", "2026-11-01"),
                trained("b", "2026-01-01", "2027-11-01", "submitted")
            ]),
            Pending,
            None,
        ),
    ];
    for (evidence, status, last) in rows {
        let one = one(any.clone(), &evidence);
        assert_eq!(one.stands("2026-11-21"), (status, last.map(day)), "{evidence}");
    }
}

#[test]
fn where_one_child_of_any_ends_another_carries_on() {
    let any = json!({ "key": "r", "kind": "any_of", "children": [
        wants("a"), { "key": "y", "kind": "years", "params": { "min_years": 5 } },
    ] });
    let with_years = |since: &str| {
        One::new(
            &json!([any]),
            &json!({ "practice_start": since }),
            &json!([training("a", "2026-12-31")]),
        )
    };
    // Five years on the day after the training ends: no gap. A day later: a gap.
    assert_eq!(with_years("2022-01-01").outcome("2026-12-01"), (Eligible, None));
    assert_eq!(
        with_years("2022-01-02").outcome("2026-12-01"),
        (EligibleExpiring, Some(day("2026-12-31")))
    );
}

#[test]
fn the_worst_child_of_all_decides_and_the_first_to_end_ends_it() {
    let all = json!({ "key": "r", "kind": "all_of", "children": [wants("a"), graced("b", 30)] });
    let rows = [
        (
            json!([training("a", "2026-12-01"), training("b", "2026-12-20")]),
            Expiring,
            Some("2026-12-01"),
        ),
        (
            json!([training("a", "2027-12-01"), training("b", "2026-12-20")]),
            Expiring,
            Some("2026-12-20"),
        ),
        (
            json!([training("a", "2026-11-25"), training("b", "2026-11-01")]),
            Grace,
            Some("2026-11-25"),
        ),
        (
            json!([training("a", "2027-11-25"), training("b", "2026-11-01")]),
            Grace,
            Some("2026-12-01"),
        ),
        (json!([training("a", "2027-11-25")]), Missing, None),
        (json!([training("a", "2026-11-20"), training("b", "2027-11-01")]), Unmet, None),
    ];
    for (evidence, status, last) in rows {
        let one = one(all.clone(), &evidence);
        assert_eq!(one.stands("2026-11-21"), (status, last.map(day)), "{evidence}");
    }
}

#[test]
fn a_screen_within_all_ends_it_without_being_called_near() {
    let screen = json!({ "id": "s", "type": "exclusion_screen", "issued": "2026-11-02", "status": "verified",
                         "attrs": { "list": "SAM", "result": "clear" } });
    let all = json!({ "key": "r", "kind": "all_of", "children": [
        wants("a"),
        { "key": "x", "kind": "exclusion", "params": { "lists": ["SAM"], "max_age_days": 31 } },
    ] });
    let far = one(all.clone(), &json!([screen, training("a", "2028-01-01")]));
    assert_eq!(far.stands("2026-11-21"), (Met, Some(day("2026-12-03"))));
    let near = one(all, &json!([screen, training("a", "2026-12-20")]));
    assert_eq!(near.stands("2026-11-21"), (Expiring, Some(day("2026-12-03"))));
}

#[test]
fn composites_nest_and_hand_their_grace_down() {
    let nested = json!({ "key": "r", "kind": "any_of", "grace_days": 10, "children": [
        wants("a"),
        { "kind": "all_of", "children": [wants("b"), { "kind": "any_of", "children": [wants("c"), wants("d")] }] },
    ] });
    let rows = [
        (
            json!([training("b", "2027-12-01"), training("d", "2027-06-01")]),
            Met,
            Some("2027-06-01"),
        ),
        (
            json!([training("b", "2026-11-20"), training("d", "2027-06-01")]),
            Grace,
            Some("2026-11-30"),
        ),
        (json!([training("b", "2026-11-10"), training("d", "2027-06-01")]), Missing, None),
        (json!([training("b", "2027-12-01")]), Missing, None),
    ];
    for (evidence, status, last) in rows {
        let one = one(nested.clone(), &evidence);
        assert_eq!(one.stands("2026-11-21"), (status, last.map(day)), "{evidence}");
    }
}

#[test]
fn the_gravest_mandatory_rule_makes_the_outcome() {
    let rules = json!([wants("met"), wants("near"), graced("grace", 30), wants("sent"), wants("gone"),
        { "key": "liked", "kind": "training", "params": { "topic": "liked" }, "severity": "preferred" }]);
    let papers = [
        training("met", "2028-01-01"),
        training("near", "2026-12-31"),
        training("grace", "2026-11-11"),
        trained("sent", "2026-01-01", "2028-01-01", "submitted"),
        training("gone", "2026-11-20"),
    ];
    for (wanted, outcome, last) in [
        (1, Eligible, Some("2028-01-01")),
        (2, EligibleExpiring, Some("2026-12-31")),
        (3, EligibleInGrace, Some("2026-12-11")),
        (4, PendingOutcome, None),
        (5, Ineligible, None),
    ] {
        let mut some: Vec<_> = rules.as_array().expect("rules")[..wanted].to_vec();
        some.push(rules[5].clone());
        let one = One::new(&Value::from(some), &json!({}), &json!(papers));
        assert_eq!(one.outcome("2026-11-21"), (outcome, last.map(day)), "{wanted} rules");
        let evaluation = one.on("2026-11-21");
        assert_eq!(evaluation.preferred_unmet(), ["liked"]);
        let blocking: &[&str] = if wanted == 5 { &["gone"] } else { &[] };
        assert_eq!(evaluation.blocking(), blocking);
    }
}

#[test]
fn where_nothing_mandatory_is_in_force_nobody_is_on_the_list() {
    let preferred = json!({ "key": "p", "kind": "training", "params": { "topic": "a" }, "severity": "preferred" });
    let mut ahead = wants("a");
    ahead["effective_from"] = json!("2027-02-15");
    for rules in [json!([]), json!([preferred]), json!([preferred, ahead])] {
        let one = One::new(&rules, &json!({}), &json!([training("a", "2028-01-01")]));
        let evaluation = one.on("2026-11-21");
        assert_eq!((evaluation.outcome, evaluation.valid_until), (NothingAsked, None), "{rules}");
        assert!(!evaluation.outcome.is_listed() && evaluation.blocking().is_empty());
        assert_eq!(evaluation.reasons(Dates::Iso), ["nothing is asked yet"]);
        assert_eq!(
            one.hospital.asks_on(day("2027-02-15")),
            rules.as_array().map(Vec::len) == Some(2)
        );
    }
    let mut none =
        One::new(&json!([wants("a")]), &json!({}), &json!([training("a", "2028-01-01")]));
    none.hospital.rule_sets[0].effective_from = Some(day("2027-02-15"));
    assert_eq!(none.outcome("2026-11-21"), (NothingAsked, None));
    assert_eq!(none.outcome("2027-02-15"), (Eligible, Some(day("2028-01-01"))));
}

#[test]
fn a_suspended_or_removed_member_is_on_no_list() {
    for (status, outcome) in [
        ("applied", Ineligible),
        ("suspended", Ineligible),
        ("removed", Ineligible),
        ("paused", Eligible),
        ("active", Eligible),
    ] {
        let rules = json!([wants("a"), { "key": "p", "kind": "training", "params": { "topic": "b" }, "severity": "preferred" }]);
        let one = One::new(
            &rules,
            &json!({ "chapter_status": status }),
            &json!([training("a", "2028-01-01")]),
        );
        let evaluation = one.on("2026-11-21");
        assert_eq!(evaluation.outcome, outcome, "{status}");
        if outcome == Ineligible {
            assert_eq!(evaluation.blocking(), ["chapter_status"]);
            assert!(evaluation.preferred_unmet().is_empty());
            assert_eq!(evaluation.valid_until, None);
        }
    }
}

#[test]
fn a_rule_announced_ahead_only_limits_valid_until() {
    let ahead = |from: &str, severity: &str| {
        json!([wants("a"), { "key": "b", "kind": "training", "params": { "topic": "b" }, "grace_days": 30,
                             "effective_from": from, "severity": severity }])
    };
    let papers = json!([training("a", "2027-08-01"), training("b", "2027-02-14")]);
    let rows = [
        // Good on its first day, which is its last good day too.
        ("2027-02-14", "mandatory", Some("2027-02-14")),
        // In grace on its first day: not met.
        ("2027-02-15", "mandatory", Some("2027-02-14")),
        ("2027-06-15", "mandatory", Some("2027-06-14")),
        // In force on the very day on which everything else ends.
        ("2027-08-01", "mandatory", Some("2027-07-31")),
        // After everything else has ended it makes no difference.
        ("2027-08-02", "mandatory", Some("2027-08-01")),
        ("2027-02-15", "preferred", Some("2027-08-01")),
    ];
    for (from, severity, last) in rows {
        let one = One::new(&ahead(from, severity), &json!({}), &papers);
        let evaluation = one.on("2026-11-21");
        assert_eq!(evaluation.outcome, Eligible, "{from}");
        assert_eq!(evaluation.valid_until, last.map(day), "{from} {severity}");
        assert_eq!(evaluation.findings.len(), 1);
        assert_eq!(evaluation.upcoming.len(), 1);
        assert_eq!(evaluation.reasons(eligibility::Dates::Iso), ["all requirements met"]);
        assert_eq!(one.on(from).findings.len(), 2, "in force on its first day");
    }
}

#[test]
fn a_child_announced_ahead_joins_its_parent() {
    let all = |kind: &str| {
        json!({ "key": "r", "kind": kind, "children": [
            wants("a"),
            { "key": "b", "kind": "training", "params": { "topic": "b" }, "effective_from": "2027-02-15" },
        ] })
    };
    let papers = json!([training("a", "2027-08-01")]);
    assert_eq!(one(all("all_of"), &papers).stands("2026-11-21"), (Met, Some(day("2027-02-14"))));
    assert_eq!(one(all("all_of"), &papers).stands("2027-02-15").0, Missing);
    assert_eq!(one(all("any_of"), &papers).stands("2026-11-21"), (Met, Some(day("2027-08-01"))));
    let only = json!({ "key": "r", "kind": "all_of", "children": [
        { "key": "b", "kind": "training", "params": { "topic": "b" }, "effective_from": "2027-02-15" },
    ] });
    let announced = one(only, &papers);
    assert!(announced.on("2026-11-21").findings.is_empty(), "nothing of it is in force");
    assert_eq!(announced.outcome("2026-11-21"), (NothingAsked, None));
}

#[test]
fn another_version_of_the_rules_takes_over_on_its_day() {
    let mut one =
        one(wants("a"), &json!([training("a", "2027-08-01"), training("b", "2027-05-01")]));
    let version = |version: &str, from: &str, rule: Value| RuleSet {
        version: version.to_owned(),
        effective_from: Some(day(from)),
        rules: vec![read_rule(&rule).expect("a rule")],
        note: None,
    };
    one.hospital.rule_sets.push(version("2", "2027-01-01", wants("b")));
    assert_eq!(one.outcome("2026-11-21"), (Eligible, Some(day("2027-05-01"))));
    assert_eq!(one.on("2027-01-01").rule_set.map(|set| set.version.as_str()), Some("2"));
    assert_eq!(one.on("2027-01-01").findings[0].rule.key, "b");
    one.hospital.rule_sets.push(version("3", "2027-03-01", wants("c")));
    assert_eq!(one.outcome("2026-11-21"), (Eligible, Some(day("2027-02-28"))));
    assert_eq!(one.outcome("2027-03-01").0, Ineligible);
    // In any order.
    one.hospital.rule_sets.reverse();
    assert_eq!(one.outcome("2026-11-21"), (Eligible, Some(day("2027-02-28"))));
}

#[test]
fn what_ends_on_the_eve_of_a_version_ends_with_it() {
    for (ends, last) in [("2026-12-31", Some("2027-05-01")), ("2026-12-30", Some("2026-12-30"))] {
        let papers = json!([training("a", ends), training("b", "2027-05-01")]);
        let mut one = one(wants("a"), &papers);
        one.hospital.rule_sets.push(RuleSet {
            effective_from: Some(day("2027-01-01")),
            rules: vec![read_rule(&wants("b")).expect("a rule")],
            ..RuleSet::default()
        });
        assert_eq!(one.outcome("2026-10-01").1, last.map(day), "{ends}");
    }
}

#[test]
fn nothing_limits_what_has_no_end() {
    let one = One::new(
        &json!([{ "key": "r", "kind": "area", "params": { "any_of": ["Brooklyn"] } }]),
        &json!({ "areas": ["Brooklyn"] }),
        &json!([]),
    );
    assert_eq!(one.outcome("2026-11-21"), (Eligible, None));
    assert!(one.on("2026-11-21").ending().is_empty());
}
