//! Overrides: one member, one hospital, one rule, and every way in which one does not count.

use eligibility::{
    Dates, Outcome, Refusal,
    Status::{Expiring, Grace, Missing, Unmet, Waived},
};
use serde_json::{Value, json};

use crate::one::{One, day};

fn granted() -> Value {
    json!({ "id": "OV", "hospital": "H", "member": "M", "rule": "r", "reason": "known to the unit",
            "requested_by": "admin:ruth", "approver": "board:helen",
            "granted": "2026-08-01", "expires": "2027-01-31" })
}

fn but(field: &str, value: Value) -> Value {
    let mut entry = granted();
    entry[field] = value;
    entry
}

fn years() -> Value {
    json!([{ "key": "r", "kind": "years", "params": { "min_years": 2 } }])
}

fn newcomer(rules: &Value, entry: Value) -> One {
    One::new(rules, &json!({ "practice_start": "2026-06-15" }), &json!([]))
        .overridden(&Value::from(vec![entry]))
}

#[test]
fn it_counts_from_its_first_to_its_last_day() {
    let one = newcomer(&years(), granted());
    one.table(
        "an override",
        &[
            ("2026-07-31", Unmet, None),
            ("2026-08-01", Waived, Some("2027-01-31")),
            ("2027-01-31", Waived, Some("2027-01-31")),
            ("2027-02-01", Unmet, None),
        ],
    );
    assert_eq!(one.outcome("2026-11-21"), (Outcome::EligibleByOverride, Some(day("2027-01-31"))));
    let reasons = one.on("2026-11-21").reasons(Dates::Iso);
    assert_eq!(
        reasons,
        ["r: 0 full years in practice since 2026-06-15, 2 needed; reached 2028-06-15; waived by \
          board:helen until 2027-01-31 (known to the unit)"]
    );
}

#[test]
fn each_flaw_is_refused_and_named() {
    let rows = [
        (
            but("approver", json!("admin:ruth")),
            Refusal::ApprovedByRequester,
            "the requester cannot approve",
        ),
        (
            but("approver", json!(" Admin:Ruth ")),
            Refusal::ApprovedByRequester,
            "the requester cannot approve",
        ),
        (
            but("approver", json!("member:M")),
            Refusal::ApprovedByMember,
            "the member cannot approve her own",
        ),
        (but("approver", json!(null)), Refusal::NoApprover, "nobody has approved it"),
        (but("requested_by", json!("")), Refusal::NoRequester, "it does not say who asked for it"),
        (but("reason", json!("  ")), Refusal::NoReason, "no reason is given"),
        (but("expires", json!(null)), Refusal::NoEnd, "it has no end date"),
        (
            but("expires", json!("2026-09-30")),
            Refusal::Ended(day("2026-09-30")),
            "override OV ended 2026-09-30",
        ),
        (
            but("granted", json!("2026-12-01")),
            Refusal::NotBegun(day("2026-12-01")),
            "override OV begins 2026-12-01",
        ),
    ];
    for (entry, refusal, words) in rows {
        let one = newcomer(&years(), entry.clone());
        let evaluation = one.on("2026-11-21");
        assert_eq!(evaluation.outcome, Outcome::Ineligible, "{entry}");
        let refused = &evaluation.findings[0].refused;
        assert_eq!(refused.len(), 1, "{entry}");
        assert_eq!(refused[0].1, refusal, "{entry}");
        let reasons = evaluation.reasons(Dates::Iso);
        assert!(reasons[0].contains(words), "{reasons:?}");
    }
}

#[test]
fn a_refusal_can_be_asked_for_any_day() {
    let entry = eligibility::file::read_override(&granted()).expect("an override");
    let rule = eligibility::file::read_rule(&years()[0]).expect("a rule");
    for (on, refusal) in [
        ("2026-07-31", Some(Refusal::NotBegun(day("2026-08-01")))),
        ("2026-08-01", None),
        ("2027-01-31", None),
        ("2027-02-01", Some(Refusal::Ended(day("2027-01-31")))),
    ] {
        assert_eq!(entry.refusal(&rule, day(on)), refusal, "{on}");
    }
}

#[test]
fn some_rules_nobody_can_waive() {
    let credential = json!({ "kind": "credential", "params": { "any_of": ["IBCLC"] } });
    let exclusion = json!({ "kind": "exclusion", "params": { "lists": ["SAM"] } });
    let keyed = |mut rule: Value, waivable: Value| {
        rule["key"] = json!("r");
        rule["waivable"] = waivable;
        json!([rule])
    };
    let years = json!({ "kind": "years", "params": { "min_years": 2 } });
    let any = |child: &Value| json!({ "kind": "any_of", "children": [years, child] });
    let rows = [
        (keyed(years.clone(), json!(false)), false),
        (keyed(years.clone(), json!(true)), true),
        (keyed(years.clone(), json!(null)), true),
        // Whatever the hospital says, and wherever they are nested.
        (keyed(credential.clone(), json!(null)), false),
        (keyed(exclusion.clone(), json!(true)), false),
        (keyed(any(&credential), json!(null)), false),
        (keyed(any(&any(&exclusion)), json!(true)), false),
        (
            keyed(
                any(&json!({ "kind": "area", "params": { "any_of": ["Brooklyn"] } })),
                json!(null),
            ),
            true,
        ),
    ];
    for (rules, waivable) in rows {
        let one = newcomer(&rules, granted());
        let evaluation = one.on("2026-11-21");
        let finding = &evaluation.findings[0];
        assert_eq!(finding.status == Waived, waivable, "{rules}");
        if !waivable {
            assert_eq!(finding.refused[0].1, Refusal::NotWaivable, "{rules}");
        }
    }
}

#[test]
fn it_reaches_no_other_rule_member_or_hospital() {
    for (field, value) in [("rule", "s"), ("member", "N"), ("hospital", "H2"), ("rule", "R")] {
        let one = newcomer(&years(), but(field, json!(value)));
        assert_eq!(one.stands("2026-11-21").0, Unmet, "{field} {value}");
    }
    let stray = newcomer(&years(), but("rule", json!("yeers")));
    let evaluation = stray.on("2026-11-21");
    assert_eq!(evaluation.stray[0].1, Refusal::NoSuchRule);
    assert!(
        evaluation.reasons(Dates::Iso).iter().any(|reason| reason.contains("no such rule")),
        "a typing error in the rule's name is seen"
    );
}

#[test]
fn a_child_cannot_be_waived_by_itself() {
    let rules = json!([{ "key": "both", "kind": "all_of", "children": [
        { "key": "r", "kind": "years", "params": { "min_years": 2 } } ] }]);
    let one = newcomer(&rules, granted());
    assert_eq!(one.stands("2026-11-21").0, Unmet);
    assert_eq!(one.on("2026-11-21").stray.len(), 1);
}

#[test]
fn it_comes_before_grace_and_after_what_is_met() {
    let rules = json!([{ "key": "r", "kind": "training", "params": { "topic": "hipaa" }, "grace_days": 30 }]);
    let papers = json!([{ "id": "E", "type": "training", "issued": "2026-01-01", "expires": "2026-12-15",
                          "status": "verified", "attrs": { "topic": "hipaa" } }]);
    let mut one = One::new(&rules, &json!({}), &papers).overridden(&json!([granted()]));
    one.table(
        "an override beside a paper",
        &[
            // That the override would step in does not make the paper last longer: by override is
            // worse than expiring.
            ("2026-12-15", Expiring, Some("2026-12-15")),
            ("2026-12-16", Waived, Some("2027-01-31")),
        ],
    );
    one = One::new(&rules, &json!({}), &papers)
        .overridden(&json!([but("expires", json!("2026-12-31"))]));
    one.table(
        "grace after an override",
        &[
            ("2026-12-16", Waived, Some("2026-12-31")),
            ("2027-01-01", Grace, Some("2027-01-14")),
            ("2027-01-15", Unmet, None),
        ],
    );
    let pending = json!([{ "id": "E", "type": "training", "issued": "2026-01-01", "status": "submitted",
                           "attrs": { "topic": "hipaa" } }]);
    let one = One::new(&rules, &json!({}), &pending).overridden(&json!([granted()]));
    assert_eq!(one.stands("2026-11-21").0, Waived);
    let missing = One::new(&rules, &json!({}), &json!([])).overridden(&json!([granted()]));
    assert_eq!(missing.stands("2026-11-21").0, Waived);
    assert_eq!(missing.stands("2027-02-01").0, Missing);
}

#[test]
fn what_is_met_before_it_ends_carries_on() {
    let one = One::new(&years(), &json!({ "practice_start": "2025-01-31" }), &json!([]))
        .overridden(&json!([granted()]));
    assert_eq!(one.stands("2026-11-21"), (Waived, None), "two years on its last day");
    let gap = One::new(&years(), &json!({ "practice_start": "2025-02-02" }), &json!([]))
        .overridden(&json!([granted()]));
    assert_eq!(gap.stands("2026-11-21"), (Waived, Some(day("2027-01-31"))));
}

#[test]
fn one_override_follows_another() {
    let mut second = but("granted", json!("2027-02-01"));
    second["id"] = json!("OV2");
    second["expires"] = json!("2027-06-30");
    let one = One::new(&years(), &json!({ "practice_start": "2026-06-15" }), &json!([]))
        .overridden(&json!([second, granted()]));
    assert_eq!(one.stands("2026-11-21"), (Waived, Some(day("2027-06-30"))));
}

#[test]
fn it_lets_a_preferred_rule_pass_and_decides_nothing() {
    let rules = json!([{ "key": "r", "kind": "years", "params": { "min_years": 2 }, "severity": "preferred" }]);
    let one = newcomer(&rules, granted());
    assert_eq!(one.outcome("2026-11-21"), (Outcome::NothingAsked, None));
    assert!(one.on("2026-11-21").preferred_unmet().is_empty());
    assert_eq!(one.on("2027-02-01").preferred_unmet(), ["r"]);
}
