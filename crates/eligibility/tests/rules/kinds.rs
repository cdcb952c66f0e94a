//! Every kind of requirement on the days on which it changes.

use eligibility::Status::{self, Expiring, Grace, Met, Missing, Pending, Unmet};
use serde_json::{Value, json};

use crate::one::{One, paper, rules};

fn with_grace(kind: &str, params: Value, grace: u32, evidence: Value) -> One {
    let mut rules = rules(kind, params);
    rules[0]["grace_days"] = json!(grace);
    One::new(&rules, &json!({}), &Value::Array(vec![evidence]))
}

fn of_profile(kind: &str, params: Value, profile: &Value) -> One {
    One::new(&rules(kind, params), profile, &json!([]))
}

#[test]
fn a_credential_is_good_through_its_expiry_day() {
    let ibclc = |number: &str| {
        paper(
            "credential",
            "2021-12-31",
            Some("2026-12-31"),
            json!({ "cred": "IBCLC", "number": number }),
        )
    };
    let one = One::rule("credential", json!({ "any_of": ["IBCLC"] }), &json!([ibclc("L-41207")]));
    one.table(
        "an IBCLC",
        &[
            ("2021-12-30", Unmet, None),
            ("2021-12-31", Met, Some("2026-12-31")),
            ("2026-10-31", Met, Some("2026-12-31")),
            ("2026-11-01", Expiring, Some("2026-12-31")),
            ("2026-12-31", Expiring, Some("2026-12-31")),
            ("2027-01-01", Unmet, None),
        ],
    );
    for (number, status) in
        [("L-41207", Met), ("L-412070", Met), ("L-4120", Unmet), ("41207", Unmet)]
    {
        let one = One::rule("credential", json!({ "any_of": ["IBCLC"] }), &json!([ibclc(number)]));
        assert_eq!(one.stands("2026-01-01").0, status, "{number}");
    }
    // Only an IBCLC's number is known to have a form.
    let clc = paper("credential", "2025-01-01", None, json!({ "cred": "CLC", "number": "ALPP-1" }));
    for (any_of, status) in
        [(json!(["CLC"]), Met), (json!(["IBCLC"]), Missing), (json!(["ALC", "clc"]), Met)]
    {
        let one = One::rule("credential", json!({ "any_of": any_of }), &json!([clc]));
        assert_eq!(one.stands("2026-01-01").0, status, "{any_of}");
    }
    let rlc =
        paper("credential", "2025-01-01", None, json!({ "cred": "RLC", "number": "L-41207" }));
    let one = One::rule("credential", json!({ "any_of": ["IBCLC"] }), &json!([rlc]));
    assert_eq!(one.stands("2026-01-01").0, Met, "RLC is the same certificate");
}

#[test]
fn a_license_must_be_of_the_kind_and_the_state() {
    let rn = |state: &str| {
        paper("license", "2024-06-01", Some("2027-05-31"), json!({ "kind": "RN", "state": state }))
    };
    let asks = json!({ "any_of": ["RN", "NP"], "state": "NY" });
    let one = One::rule("license", asks.clone(), &json!([rn("NY")]));
    one.table(
        "an RN",
        &[
            ("2027-04-01", Expiring, Some("2027-05-31")),
            ("2027-03-31", Met, Some("2027-05-31")),
            ("2027-05-31", Expiring, Some("2027-05-31")),
            ("2027-06-01", Unmet, None),
        ],
    );
    assert_eq!(One::rule("license", asks, &json!([rn("NJ")])).stands("2026-01-01").0, Missing);
    let anywhere = One::rule("license", json!({ "any_of": ["RN"] }), &json!([rn("NJ")]));
    assert_eq!(anywhere.stands("2026-01-01").0, Met);
}

#[test]
fn insurance_has_limits_and_grace_only_for_expiry() {
    let insured = |occurrence: u64, aggregate: u64| {
        paper(
            "liability",
            "2025-11-01",
            Some("2026-11-01"),
            json!({ "per_occurrence": occurrence, "aggregate": aggregate }),
        )
    };
    let asks = json!({ "min_occurrence": 1_000_000, "min_aggregate": 3_000_000 });
    let one = with_grace("liability", asks.clone(), 30, insured(1_000_000, 3_000_000));
    one.table(
        "insurance with 30 days of grace",
        &[
            ("2026-11-01", Expiring, Some("2026-11-01")),
            ("2026-11-02", Grace, Some("2026-12-01")),
            ("2026-12-01", Grace, Some("2026-12-01")),
            ("2026-12-02", Unmet, None),
        ],
    );
    let none = with_grace("liability", asks.clone(), 0, insured(1_000_000, 3_000_000));
    assert_eq!(none.stands("2026-11-02"), (Unmet, None));
    for (occurrence, aggregate) in [(999_999, 3_000_000), (1_000_000, 2_999_999)] {
        let low = with_grace("liability", asks.clone(), 30, insured(occurrence, aggregate));
        for on in ["2026-10-01", "2026-11-02"] {
            assert_eq!(low.stands(on), (Unmet, None), "{occurrence}/{aggregate} on {on}");
        }
    }
    let nothing = One::rule("liability", json!({}), &json!([]));
    assert_eq!(nothing.stands("2026-11-02"), (Missing, None));
    let unstated = paper("liability", "2026-01-01", None, json!({}));
    assert_eq!(One::rule("liability", asks, &json!([unstated])).stands("2026-11-02").0, Unmet);
    assert_eq!(One::rule("liability", json!({}), &json!([unstated])).stands("2026-11-02").0, Met);
}

#[test]
fn insurance_may_have_to_name_the_hospital() {
    let asks = json!({ "additional_insured": "H1" });
    for (whom, status) in [(json!(["H2", "h1"]), Met), (json!("H1"), Met), (json!(["H2"]), Unmet)] {
        let policy = paper("liability", "2026-01-01", None, json!({ "additional_insured": whom }));
        let one = One::rule("liability", asks.clone(), &json!([policy]));
        assert_eq!(one.stands("2026-11-02").0, status, "{whom}");
    }
}

#[test]
fn full_years_are_reached_on_the_day_itself() {
    for (since, years, before, on) in [
        ("2024-11-21", 2, "2026-11-20", "2026-11-21"),
        ("2026-06-15", 1, "2027-06-14", "2027-06-15"),
        ("2024-02-29", 1, "2025-02-27", "2025-02-28"),
        ("2024-02-29", 4, "2028-02-28", "2028-02-29"),
        ("2026-06-15", 0, "2026-06-14", "2026-06-15"),
    ] {
        let one =
            of_profile("years", json!({ "min_years": years }), &json!({ "practice_start": since }));
        assert_eq!(one.stands(before), (Unmet, None), "{years} years since {since}");
        assert_eq!(one.stands(on), (Met, None), "{years} years since {since}");
    }
    assert_eq!(
        of_profile("years", json!({ "min_years": 1 }), &json!({})).stands("2026-11-21").0,
        Missing
    );
}

#[test]
fn a_training_ages_by_months() {
    let trained = |issued: &str, expires: Option<&str>| {
        paper("training", issued, expires, json!({ "topic": "hipaa" }))
    };
    let asks = json!({ "topic": "hipaa", "max_age_months": 12 });
    for (issued, last, next) in [
        ("2025-11-21", "2026-11-21", "2026-11-22"),
        ("2024-02-29", "2025-02-28", "2025-03-01"),
        ("2027-02-28", "2028-02-28", "2028-02-29"),
        ("2026-03-08", "2027-03-08", "2027-03-09"),
        ("2026-11-01", "2027-11-01", "2027-11-02"),
    ] {
        let one = with_grace("training", asks.clone(), 14, trained(issued, None));
        assert_eq!(one.stands(last).0, Expiring, "{issued}");
        assert_eq!(one.stands(next).0, Grace, "{issued}");
        assert_eq!(
            with_grace("training", asks.clone(), 0, trained(issued, None)).stands(next).0,
            Unmet
        );
    }
    // The earlier of expiry and age wins, whichever it is.
    let short = with_grace("training", asks.clone(), 0, trained("2026-01-01", Some("2026-06-30")));
    assert_eq!(short.stands("2026-03-01").1, Some("2026-06-30".parse().expect("a date")));
    let long = with_grace("training", asks.clone(), 0, trained("2026-01-01", Some("2029-06-30")));
    assert_eq!(long.stands("2026-03-01").1, Some("2027-01-01".parse().expect("a date")));
    let other = One::rule(
        "training",
        asks,
        &json!([paper("training", "2026-01-01", None, json!({ "topic": "safe_sleep" }))]),
    );
    assert_eq!(other.stands("2026-03-01").0, Missing);
    let forever =
        One::rule("training", json!({ "topic": "hipaa" }), &json!([trained("1999-01-01", None)]));
    assert_eq!(forever.stands("2026-03-01"), (Met, None));
}

#[test]
fn a_background_report_must_be_clear_and_the_latest_decides() {
    let report = |id: &str, issued: &str, result: &str| {
        json!({ "id": id, "type": "background_check", "issued": issued, "status": "verified",
                "attrs": { "result": result } })
    };
    let asks = json!({ "max_age_months": 24 });
    let one = One::rule("background", asks.clone(), &json!([report("a", "2025-01-20", "clear")]));
    one.table(
        "a clear report",
        &[
            ("2027-01-20", Expiring, Some("2027-01-20")),
            ("2026-11-21", Expiring, Some("2027-01-20")),
            ("2026-11-20", Met, Some("2027-01-20")),
            ("2027-01-21", Unmet, None),
        ],
    );
    let both = One::rule(
        "background",
        asks.clone(),
        &json!([report("a", "2026-01-20", "clear"), report("b", "2026-05-01", "not_clear")]),
    );
    both.table(
        "a clear report and a later one that is not",
        &[("2026-04-29", Expiring, Some("2026-04-30")), ("2026-05-01", Unmet, None)],
    );
    let cleared = One::rule(
        "background",
        asks.clone(),
        &json!([report("a", "2026-05-01", "not_clear"), report("b", "2026-06-01", "clear")]),
    );
    assert_eq!(cleared.stands("2026-05-31").0, Unmet);
    assert_eq!(cleared.stands("2026-06-01").0, Met);
    let silent = json!([{ "id": "a", "type": "background_check", "issued": "2026-05-01", "status": "verified" }]);
    assert_eq!(One::rule("background", asks, &silent).stands("2026-06-01").0, Unmet);
}

#[test]
fn every_exclusion_list_needs_a_recent_clear_screen() {
    let screen = |id: &str, list: &str, issued: &str, result: &str, status: &str| {
        json!({ "id": id, "type": "exclusion_screen", "issued": issued, "status": status,
                "attrs": { "list": list, "result": result } })
    };
    let asks = json!({ "lists": ["OIG_LEIE", "SAM"], "max_age_days": 31 });
    let with = |more: &[Value]| {
        let mut all = vec![screen("oig", "OIG_LEIE", "2026-10-21", "clear", "verified")];
        all.extend_from_slice(more);
        One::rule("exclusion", asks.clone(), &Value::from(all))
    };
    assert_eq!(with(&[]).stands("2026-11-21").0, Missing, "nothing for SAM");
    let both = with(&[screen("sam", "SAM", "2026-11-02", "clear", "verified")]);
    both.table(
        "two clear screens: near ends are not called so",
        &[
            ("2026-11-01", Unmet, None),
            ("2026-11-02", Met, Some("2026-11-21")),
            ("2026-11-21", Met, Some("2026-11-21")),
            ("2026-11-22", Unmet, None),
        ],
    );
    let renewed = with(&[
        screen("sam", "SAM", "2026-11-02", "clear", "verified"),
        screen("oig2", "OIG_LEIE", "2026-11-15", "clear", "verified"),
    ]);
    assert_eq!(renewed.stands("2026-11-21").1, Some("2026-12-03".parse().expect("a date")));
    for (issued, result, status, then) in [
        // A match ends what a clear screen said, also one of the same day.
        ("2026-11-10", "match", "verified", Unmet),
        ("2026-10-21", "match", "verified", Unmet),
        // An older one is overtaken.
        ("2026-10-20", "match", "verified", Met),
        // One that nobody has verified, or that was rejected, says nothing yet.
        ("2026-11-10", "match", "submitted", Met),
        ("2026-11-10", "match", "rejected", Met),
        // A clash of names that is being looked into takes nothing away.
        ("2026-11-10", "review", "verified", Met),
    ] {
        let one = with(&[
            screen("sam", "SAM", "2026-11-02", "clear", "verified"),
            screen("x", "OIG_LEIE", issued, result, status),
        ]);
        assert_eq!(one.stands("2026-11-20").0, then, "{issued} {result} {status}");
    }
    // After a match only a later clear screen that is verified helps.
    for (issued, status, then) in [
        ("2026-11-15", "verified", Met),
        ("2026-11-15", "submitted", Unmet),
        ("2026-11-10", "verified", Unmet),
    ] {
        let one = with(&[
            screen("sam", "SAM", "2026-11-02", "clear", "verified"),
            screen("m", "OIG_LEIE", "2026-11-10", "match", "verified"),
            screen("x", "OIG_LEIE", issued, "clear", status),
        ]);
        assert_eq!(one.stands("2026-11-20").0, then, "{issued} {status}");
    }
    let in_review = One::rule(
        "exclusion",
        json!({ "lists": ["SAM"], "max_age_days": 31 }),
        &json!([screen("x", "SAM", "2026-11-10", "name_clash", "verified")]),
    );
    assert_eq!(in_review.stands("2026-11-20").0, Pending);
}

#[test]
fn immunizations_must_all_be_there_and_the_worst_tells() {
    let shot = |id: &str, code: &str, issued: &str, more: Value| {
        let mut attrs = json!({ "code": code });
        if let (Some(attrs), Some(more)) = (attrs.as_object_mut(), more.as_object()) {
            attrs.extend(more.clone());
        }
        json!({ "id": id, "type": "immunization", "issued": issued, "status": "verified", "attrs": attrs })
    };
    let asks = json!({ "items": [
        { "code": "influenza", "season": "2026-27" }, { "code": "mmr" },
        { "code": "tb", "max_age_months": 12 },
    ] });
    let flu = |season: &str| shot("flu", "influenza", "2026-10-05", json!({ "season": season }));
    let mmr = shot("mmr", "mmr", "1996-01-01", json!({}));
    let tb = shot("tb", "tb", "2026-02-28", json!({}));
    let one = One::rule("immunization", asks.clone(), &json!([flu("2026-27"), mmr, tb]));
    one.table(
        "all three",
        &[
            ("2026-11-21", Met, Some("2027-02-28")),
            ("2027-02-28", Expiring, Some("2027-02-28")),
            ("2027-03-01", Unmet, None),
        ],
    );
    let late = One::rule("immunization", asks.clone(), &json!([flu("2025-26"), mmr, tb]));
    assert_eq!(late.stands("2026-11-21").0, Missing, "last season's");
    let two = One::rule("immunization", asks, &json!([flu("2026-27"), tb]));
    assert_eq!(two.stands("2026-11-21").0, Missing);
    for (allowed, form, status) in
        [(false, "declination", Unmet), (true, "declination", Met), (false, "titer", Met)]
    {
        let asks = json!({ "items": [{ "code": "mmr", "declination": allowed }] });
        let paper = shot("mmr", "mmr", "2026-01-01", json!({ "form": form }));
        let one = One::rule("immunization", asks, &json!([paper]));
        assert_eq!(one.stands("2026-11-21").0, status, "{form}");
    }
}

#[test]
fn the_profile_has_one_of_them_or_not() {
    let rows: [(&str, Value, Value, Status); 14] = [
        ("area", json!({ "any_of": ["Queens", "Nassau"] }), json!({ "areas": ["Nassau"] }), Met),
        ("area", json!({ "any_of": ["Queens"] }), json!({ "areas": ["queens "] }), Met),
        ("area", json!({ "any_of": ["Queens"] }), json!({ "areas": ["Brooklyn"] }), Unmet),
        ("area", json!({ "any_of": ["Queens"] }), json!({}), Unmet),
        (
            "visit",
            json!({ "any_of": ["home"] }),
            json!({ "visit_types": ["virtual", "home"] }),
            Met,
        ),
        ("visit", json!({ "any_of": ["home"] }), json!({ "visit_types": ["virtual"] }), Unmet),
        (
            "languages",
            json!({ "any_of": ["es", "zh"] }),
            json!({ "languages": ["en", "zh-yue"] }),
            Met,
        ),
        ("languages", json!({ "any_of": ["es"] }), json!({ "languages": ["en"] }), Unmet),
        ("payer", json!({ "any_of": ["medicaid"] }), json!({ "payers": ["medicaid"] }), Met),
        ("payer", json!({ "any_of": ["medicaid"] }), json!({ "sliding_scale": true }), Unmet),
        (
            "payer",
            json!({ "any_of": ["medicaid"], "or_sliding_scale": true }),
            json!({ "sliding_scale": true }),
            Met,
        ),
        (
            "payer",
            json!({ "any_of": ["medicaid"], "or_sliding_scale": true }),
            json!({ "payers": ["aetna"] }),
            Unmet,
        ),
        (
            "no_conflict",
            json!({ "disallow": ["employed_by:H1"] }),
            json!({ "conflicts": ["employed_by:H2"] }),
            Met,
        ),
        (
            "no_conflict",
            json!({ "disallow": ["sells_pumps", "employed_by"] }),
            json!({ "conflicts": ["employed_by:H2"] }),
            Unmet,
        ),
    ];
    for (kind, params, profile, status) in rows {
        let one = of_profile(kind, params.clone(), &profile);
        assert_eq!(one.stands("2026-11-21"), (status, None), "{kind} {params} {profile}");
    }
}

#[test]
fn an_availability_statement_counts_for_a_year() {
    let states = |hours: u32, weekend: bool| {
        paper(
            "availability",
            "2026-01-05",
            None,
            json!({ "within_hours": hours, "weekend": weekend }),
        )
    };
    let one = One::rule("availability", json!({ "within_hours": 24 }), &json!([states(24, false)]));
    one.table(
        "a statement",
        &[
            ("2026-11-05", Met, Some("2027-01-05")),
            ("2026-11-06", Expiring, Some("2027-01-05")),
            ("2027-01-05", Expiring, Some("2027-01-05")),
            ("2027-01-06", Unmet, None),
        ],
    );
    for (params, hours, weekend, status) in [
        (json!({ "within_hours": 48 }), 24, false, Met),
        (json!({ "within_hours": 24 }), 48, false, Unmet),
        (json!({ "within_hours": 24, "weekend": true }), 24, false, Unmet),
        (json!({ "within_hours": 24, "weekend": true }), 24, true, Met),
        (json!({ "within_hours": 24, "max_age_months": 3 }), 24, true, Unmet),
    ] {
        let one = One::rule("availability", params.clone(), &json!([states(hours, weekend)]));
        assert_eq!(one.stands("2026-06-01").0, status, "{params} {hours} {weekend}");
    }
}

#[test]
fn enough_references_must_be_good_at_once() {
    let letter = |id: &str, role: &str, issued: &str, status: &str| json!({ "id": id, "type": "reference", "issued": issued, "status": status, "attrs": { "role": role } });
    let asks = json!({ "count": 2, "roles": ["midwife", "pediatrician"], "max_age_months": 24 });
    let both = json!([
        letter("a", "midwife", "2025-03-01", "verified"),
        letter("b", "pediatrician", "2025-04-01", "verified"),
    ]);
    One::rule("references", asks.clone(), &both).table(
        "two letters",
        &[
            ("2025-03-31", Unmet, None),
            ("2025-04-01", Met, Some("2027-03-01")),
            ("2026-12-31", Expiring, Some("2027-03-01")),
            ("2027-03-01", Expiring, Some("2027-03-01")),
            ("2027-03-02", Unmet, None),
        ],
    );
    let three = json!([
        letter("a", "midwife", "2025-03-01", "verified"),
        letter("b", "pediatrician", "2025-04-01", "verified"),
        letter("c", "midwife", "2025-05-01", "verified"),
    ]);
    let one = One::rule("references", asks.clone(), &three);
    assert_eq!(one.stands("2026-01-01").1, Some("2027-04-01".parse().expect("a date")), "any two");
    for (role, status, then) in [
        ("midwife", "submitted", Pending),
        ("midwife", "rejected", Unmet),
        ("doula", "verified", Unmet),
    ] {
        let papers = json!([
            letter("a", "midwife", "2025-03-01", "verified"),
            letter("b", role, "2025-04-01", status),
        ]);
        let one = One::rule("references", asks.clone(), &papers);
        assert_eq!(one.stands("2026-01-01").0, then, "{role} {status}");
    }
    assert_eq!(One::rule("references", asks, &json!([])).stands("2026-01-01").0, Missing);
    let graced = json!([{ "key": "r", "kind": "references", "grace_days": 30,
        "params": { "count": 2, "roles": ["midwife", "pediatrician"], "max_age_months": 24 } }]);
    One::new(&graced, &json!({}), &both).table(
        "two letters with grace",
        &[
            ("2027-03-02", Grace, Some("2027-03-31")),
            ("2027-03-31", Grace, Some("2027-03-31")),
            ("2027-04-01", Unmet, None),
        ],
    );
}

#[test]
fn a_new_version_of_a_document_reopens_it() {
    let signed = |version: Option<&str>| {
        paper(
            "document",
            "2026-03-01",
            None,
            json!({ "doc": "listing_agreement:H1", "version": version }),
        )
    };
    let asks = json!({ "doc": "listing_agreement:H1", "version": "v3", "max_age_months": 12 });
    let one = One::rule("document", asks.clone(), &json!([signed(Some("v3"))]));
    one.table(
        "an agreement",
        &[("2027-03-01", Expiring, Some("2027-03-01")), ("2027-03-02", Unmet, None)],
    );
    for version in [Some("v2"), None] {
        let one = One::rule("document", asks.clone(), &json!([signed(version)]));
        assert_eq!(one.stands("2026-11-21").0, Unmet, "{version:?}");
    }
    let other = paper(
        "document",
        "2026-03-01",
        None,
        json!({ "doc": "listing_agreement:H2", "version": "v3" }),
    );
    assert_eq!(One::rule("document", asks, &json!([other])).stands("2026-11-21").0, Missing);
}

#[test]
fn standing_wants_dues_and_an_event() {
    let params = json!({ "event_within_months": 12 });
    let profile = |paid: Value, event: Value, status: &str| json!({ "chapter_status": status, "membership_paid_through": paid, "last_event": event });
    let one = of_profile(
        "chapter_standing",
        params.clone(),
        &profile(json!("2026-12-31"), json!("2026-02-28"), "active"),
    );
    one.table(
        "dues end first",
        &[
            ("2026-11-01", Expiring, Some("2026-12-31")),
            ("2026-10-31", Met, Some("2026-12-31")),
            ("2026-12-31", Expiring, Some("2026-12-31")),
            ("2027-01-01", Unmet, None),
        ],
    );
    let event = of_profile(
        "chapter_standing",
        params.clone(),
        &profile(json!("2027-12-31"), json!("2025-11-21"), "active"),
    );
    event.table(
        "the event's year ends first",
        &[
            ("2025-11-20", Missing, None),
            ("2026-11-21", Expiring, Some("2026-11-21")),
            ("2026-11-22", Unmet, None),
        ],
    );
    for (paid, event, status, then) in [
        (json!("2027-12-31"), json!("2026-11-01"), "paused", Unmet),
        (json!(null), json!("2026-11-01"), "active", Missing),
        (json!("2027-12-31"), json!(null), "active", Missing),
    ] {
        let one = of_profile("chapter_standing", params.clone(), &profile(paid, event, status));
        assert_eq!(one.stands("2026-11-21").0, then, "{status}");
    }
    let no_event = of_profile(
        "chapter_standing",
        json!({}),
        &profile(json!("2027-12-31"), json!(null), "active"),
    );
    assert_eq!(no_event.stands("2026-11-21").0, Met);
}

#[test]
fn a_paper_counts_once_somebody_else_has_verified_it() {
    let asks = json!({ "topic": "hipaa", "max_age_months": 12 });
    let sent = |status: &str, verifier: Option<&str>| {
        json!([{ "id": "E", "type": "training", "issued": "2026-01-01", "status": status,
                 "verifier": verifier, "attrs": { "topic": "hipaa" } }])
    };
    for (status, verifier, then) in [
        ("submitted", None, Pending),
        ("verified", Some("admin:ruth"), Met),
        ("verified", Some("M"), Pending),
        ("verified", Some("member:m"), Pending),
        ("rejected", Some("admin:ruth"), Missing),
    ] {
        let one = One::rule("training", asks.clone(), &sent(status, verifier));
        assert_eq!(one.stands("2026-06-01").0, then, "{status} by {verifier:?}");
    }
    // One that would not help when verified is not pending.
    let old = One::rule("training", asks, &sent("submitted", None));
    assert_eq!(old.stands("2027-01-01").0, Pending);
    assert_eq!(old.stands("2027-01-02").0, Unmet);
    let low = json!([{ "id": "E", "type": "liability", "issued": "2026-01-01", "status": "submitted",
                       "attrs": { "per_occurrence": 1, "aggregate": 1 } }]);
    let one = One::rule("liability", json!({ "min_occurrence": 2 }), &low);
    assert_eq!(one.stands("2026-06-01").0, Unmet);
}

#[test]
fn of_several_papers_the_one_that_lasts_longest_counts() {
    let policy = |id: &str, issued: &str, expires: &str, status: &str| json!({ "id": id, "type": "liability", "issued": issued, "expires": expires, "status": status, "attrs": {} });
    let rows = [
        // The second begins before the first ends, or the day after: one unbroken cover.
        ("2027-04-01", "2028-04-01", "verified", "2028-04-01"),
        ("2027-05-02", "2028-05-01", "verified", "2028-05-01"),
        // A gap of a day, or a renewal that nobody has verified, carries nothing on.
        ("2027-05-03", "2028-05-01", "verified", "2027-05-01"),
        ("2027-04-01", "2028-04-01", "submitted", "2027-05-01"),
        // A shorter one beside it takes nothing away.
        ("2026-06-01", "2026-12-01", "verified", "2027-05-01"),
    ];
    for (issued, expires, status, last) in rows {
        let papers = json!([
            policy("a", "2026-05-01", "2027-05-01", "verified"),
            policy("b", issued, expires, status)
        ]);
        let one = One::rule("liability", json!({}), &papers);
        let want = Some(last.parse().expect("a date"));
        assert_eq!(one.stands("2026-11-21").1, want, "{issued} to {expires} {status}");
    }
    let ahead = One::rule(
        "liability",
        json!({}),
        &json!([policy("a", "2026-12-01", "2027-12-01", "verified")]),
    );
    assert_eq!(ahead.stands("2026-11-30").0, Unmet);
    assert_eq!(ahead.stands("2026-12-01").0, Met);
}

#[test]
fn a_paper_without_a_date_has_no_age() {
    let undated = json!([{ "id": "E", "type": "training", "issued": null, "status": "verified", "attrs": { "topic": "hipaa" } }]);
    let aged = One::rule("training", json!({ "topic": "hipaa", "max_age_months": 12 }), &undated);
    assert_eq!(aged.stands("2026-06-01").0, Unmet);
    let ageless = One::rule("training", json!({ "topic": "hipaa" }), &undated);
    assert_eq!(ageless.stands("2026-06-01"), (Met, None));
}
