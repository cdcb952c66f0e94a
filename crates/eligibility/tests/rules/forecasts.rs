//! Forecasts: the days on which an outcome changes, found without walking through the days.

use eligibility::{
    AsOf, Dates,
    Outcome::{
        Eligible, EligibleByOverride, EligibleExpiring, EligibleInGrace, Ineligible, NothingAsked,
    },
    RuleSet, evaluate, file, forecast,
};
use jiff::ToSpan;
use serde_json::json;

use crate::one::{One, day};

const CASES: &str = include_str!("../data/eligibility_cases.json");

#[test]
fn it_is_the_day_by_day_walk() {
    let book = file::read(CASES).expect("a good file");
    let as_of = AsOf::day(day("2026-11-21"));
    let mut turned = 0;
    for hospital in &book.hospitals {
        for member in &book.members {
            let forecast = forecast(hospital, member, &book.overrides, as_of, 400);
            let mut was = forecast.outcome;
            let mut turns = forecast.turns.iter().peekable();
            for ahead in 0..=400_i64 {
                let on = AsOf { day: as_of.day.saturating_add(ahead.days()), ..as_of };
                let now = evaluate(hospital, member, &book.overrides, on).outcome;
                let told = turns.next_if(|turn| turn.on == on.day);
                let pair = (&hospital.id, &member.id, on.day);
                assert_eq!(
                    told.map(|turn| (turn.from, turn.to)),
                    (now != was).then_some((was, now)),
                    "{pair:?}"
                );
                if let Some(turn) = told {
                    turned += 1;
                    assert!(!turn.because.is_empty(), "{pair:?} turns without a rule");
                }
                was = now;
            }
            assert!(turns.next().is_none(), "no turn beyond the days asked for");
        }
    }
    assert!(turned > 30, "the sample turns often: {turned}");
}

fn insured() -> One {
    One::new(
        &json!([
            { "key": "liability", "kind": "liability", "grace_days": 30 },
            { "key": "area", "kind": "area", "params": { "any_of": ["Brooklyn"] } },
        ]),
        &json!({ "areas": ["Brooklyn"] }),
        &json!([{ "id": "E", "type": "liability", "issued": "2026-01-01", "expires": "2026-12-31",
                  "status": "verified", "attrs": {} }]),
    )
}

#[test]
fn it_says_when_and_why_and_what_would_help() {
    let one = insured();
    let ahead = |days| {
        forecast(&one.hospital, &one.member, &one.overrides, AsOf::day(day("2026-10-01")), days)
    };
    let far = ahead(365);
    let turns: Vec<_> = far.turns.iter().map(|turn| (turn.on, turn.from, turn.to)).collect();
    assert_eq!(
        turns,
        [
            (day("2026-11-01"), Eligible, EligibleExpiring),
            (day("2027-01-01"), EligibleExpiring, EligibleInGrace),
            (day("2027-01-31"), EligibleInGrace, Ineligible),
        ]
    );
    let sentences: Vec<_> = far.turns.iter().map(|turn| turn.sentence(Dates::Spoken)).collect();
    assert_eq!(
        sentences,
        [
            "ends soon, from 1 Nov 2026: insurance",
            "in grace from 1 Jan 2027: insurance",
            "lapses 30 Jan 2027: insurance",
        ]
    );
    let lapse = far.lapse().expect("a lapse");
    assert_eq!(lapse.on, day("2027-01-31"));
    assert_eq!(lapse.fixes(Dates::Iso), ["liability: upload the new certificate of insurance"]);
    assert_eq!(ahead(31).turns.len(), 1, "the last day asked for is within");
    assert_eq!(ahead(30).turns.len(), 0);
}

#[test]
fn it_sees_overrides_years_rules_and_versions_to_come() {
    let mut one = One::new(
        &json!([
            { "key": "years", "kind": "years", "params": { "min_years": 1 } },
            { "key": "area", "kind": "area", "params": { "any_of": ["Queens"] }, "effective_from": "2027-02-01" },
        ]),
        &json!({ "practice_start": "2026-06-01" }),
        &json!([]),
    )
    .overridden(&json!([{ "id": "OV", "hospital": "H", "member": "M", "rule": "years", "reason": "known",
        "requested_by": "a", "approver": "b", "granted": "2026-12-01", "expires": "2026-12-31" }]));
    one.hospital.rule_sets.push(RuleSet {
        version: "2".to_owned(),
        effective_from: Some(day("2027-05-01")),
        ..RuleSet::default()
    });
    let forecast =
        forecast(&one.hospital, &one.member, &one.overrides, AsOf::day(day("2026-11-21")), 365);
    let turns: Vec<_> = forecast.turns.iter().map(|turn| (turn.on, turn.from, turn.to)).collect();
    assert_eq!(
        turns,
        [
            (day("2026-12-01"), Ineligible, EligibleByOverride),
            (day("2027-01-01"), EligibleByOverride, Ineligible),
            (day("2027-05-01"), Ineligible, NothingAsked),
        ]
    );
    assert_eq!(
        forecast.turns[2].sentence(Dates::Iso),
        "off the list from 2027-05-01: nothing is asked any more"
    );
    let lapse = forecast.lapse().expect("a lapse");
    assert_eq!(lapse.sentence(Dates::Iso), "lapses 2026-12-31: years in practice");
}

#[test]
fn a_barred_member_has_no_turns() {
    let mut one = insured();
    one.member = eligibility::Member::new(
        "M",
        file::read_profile(&json!({ "chapter_status": "suspended" })).expect("a profile"),
        Vec::new(),
    );
    let forecast =
        forecast(&one.hospital, &one.member, &one.overrides, AsOf::day(day("2026-10-01")), 365);
    assert_eq!((forecast.outcome, forecast.turns.len()), (Ineligible, 0));
}
