//! What-ifs and reminders.

use eligibility::{
    AsOf, Effect, Outcome, Remedy, Stage, evaluate, file, reminders, renewals, what_if,
};
use serde_json::json;

use crate::one::{One, day};

const CASES: &str = include_str!("../data/eligibility_cases.json");

#[test]
fn a_renewal_says_which_lists_it_opens_and_keeps() {
    let book = file::read(CASES).expect("a good file");
    let as_of = AsOf::day(day("2026-11-21"));
    let nadege = book.members.iter().find(|member| member.id == "A05").expect("A05");
    let renewals = renewals(&book.hospitals, nadege, &book.overrides, as_of);
    let insurance = &renewals[0];
    // One certificate for all: the highest limits that any of them asks for.
    assert_eq!(
        insurance.remedy,
        Remedy::Insurance {
            per_occurrence: 2_000_000,
            aggregate: 4_000_000,
            additional_insured: Vec::new()
        }
    );
    let ids = |told: Vec<bool>| -> Vec<&str> {
        let effects = insurance.effects.iter().zip(told).filter(|(_, told)| *told);
        effects.map(|(effect, _)| effect.hospital.id.as_str()).collect()
    };
    let effects = || insurance.effects.iter();
    assert_eq!(ids(effects().map(Effect::opens).collect()), ["CH", "H7"]);
    assert_eq!(ids(effects().map(Effect::keeps).collect()), ["H2", "H5"]);
    assert!(ids(effects().map(Effect::nearer).collect()).contains(&"H3"));
    let h5 = insurance.effects.iter().find(|effect| effect.hospital.id == "H5").expect("H5");
    assert_eq!(h5.before, Outcome::EligibleInGrace);
    assert_eq!(h5.valid_until_before, Some(day("2026-12-01")));
    assert!(h5.valid_until_after > h5.valid_until_before);
}

#[test]
fn what_is_foretold_comes_true() {
    let book = file::read(CASES).expect("a good file");
    let as_of = AsOf::day(day("2026-11-21"));
    let mut opened = 0;
    for member in &book.members {
        for renewal in renewals(&book.hospitals, member, &book.overrides, as_of) {
            let after = renewal.remedy.applied(member, as_of.day);
            for effect in &renewal.effects {
                let then = evaluate(effect.hospital, &after, &book.overrides, as_of);
                assert_eq!(then.outcome, effect.after);
                assert!(effect.after >= effect.before, "{:?} for {}", renewal.remedy, member.id);
                assert_eq!(then.blocking(), effect.still_blocking);
                opened += usize::from(effect.opens());
            }
        }
    }
    assert!(opened > 0);
}

#[test]
fn each_kind_of_paper_can_be_brought() {
    let rules = json!([
        { "key": "c", "kind": "credential", "params": { "any_of": ["IBCLC"] } },
        { "key": "l", "kind": "license", "params": { "any_of": ["RN"], "state": "NY" } },
        { "key": "i", "kind": "liability", "params": { "min_occurrence": 1, "additional_insured": "H" } },
        { "key": "t", "kind": "training", "params": { "topic": "hipaa", "max_age_months": 12 } },
        { "key": "b", "kind": "background", "params": { "max_age_months": 12 } },
        { "key": "x", "kind": "exclusion", "params": { "lists": ["SAM", "OIG_LEIE"], "max_age_days": 31 } },
        { "key": "m", "kind": "immunization", "params": { "items": [{ "code": "tb" }, { "code": "flu", "season": "2026-27" }] } },
        { "key": "a", "kind": "availability", "params": { "within_hours": 24, "weekend": true } },
        { "key": "r", "kind": "references", "params": { "count": 2, "roles": ["midwife"] } },
        { "key": "d", "kind": "document", "params": { "doc": "agreement", "version": "v3" } },
        { "key": "s", "kind": "chapter_standing", "params": { "event_within_months": 12 } },
    ]);
    let mut one = One::new(&rules, &json!({}), &json!([]));
    let as_of = AsOf::day(day("2026-11-21"));
    // Bringing whatever is asked for, one after another, ends on the list.
    for _ in 0..12 {
        let hospitals = std::slice::from_ref(&one.hospital);
        let next = renewals(hospitals, &one.member, &one.overrides, as_of).into_iter().next();
        let Some(next) = next.filter(|_| !one.on("2026-11-21").outcome.is_listed()) else { break };
        assert_eq!(next.effects.len(), 1);
        one.member = next.remedy.applied(&one.member, as_of.day);
    }
    assert_eq!(one.on("2026-11-21").blocking(), [""; 0]);
    assert_eq!(one.on("2026-11-21").outcome, Outcome::Eligible);
}

#[test]
fn what_was_sent_helps_once_it_is_checked() {
    let one = One::rule(
        "training",
        json!({ "topic": "hipaa" }),
        &json!([{ "id": "E", "type": "training", "issued": "2026-01-01", "status": "submitted", "attrs": { "topic": "hipaa" } }]),
    );
    let as_of = AsOf::day(day("2026-11-21"));
    let hospitals = [one.hospital.clone()];
    let renewals = renewals(&hospitals, &one.member, &one.overrides, as_of);
    assert_eq!(renewals[0].remedy, Remedy::Check { paper: "E".to_owned() });
    assert!(renewals[0].effects[0].opens());
}

#[test]
fn no_paper_helps_against_a_match_or_a_conflict() {
    let one = One::new(
        &json!([
            { "key": "x", "kind": "exclusion", "params": { "lists": ["SAM"], "max_age_days": 31 } },
            { "key": "n", "kind": "no_conflict", "params": { "disallow": ["sells_pumps"] } },
            { "key": "y", "kind": "years", "params": { "min_years": 3 } },
        ]),
        &json!({ "conflicts": ["sells_pumps"] }),
        &json!([{ "id": "E", "type": "exclusion_screen", "issued": "2026-11-01", "status": "verified",
                  "attrs": { "list": "SAM", "result": "match" } }]),
    );
    let hospitals = [one.hospital.clone()];
    assert!(
        renewals(&hospitals, &one.member, &one.overrides, AsOf::day(day("2026-11-21"))).is_empty()
    );
}

#[test]
fn a_changed_profile_can_be_tried() {
    let one = One::rule("area", json!({ "any_of": ["Queens"] }), &json!([]));
    let hospitals = [one.hospital.clone()];
    let profile = file::read_profile(&json!({ "areas": ["Queens"] })).expect("a profile");
    let after = eligibility::Member::new("M", profile, Vec::new());
    let as_of = AsOf::day(day("2026-11-21"));
    let effects = what_if(&hospitals, &one.member, &after, &one.overrides, as_of);
    assert_eq!(
        (effects.len(), effects[0].opens(), effects[0].cleared.clone()),
        (1, true, vec!["r"])
    );
    assert!(what_if(&hospitals, &one.member, &one.member, &one.overrides, as_of).is_empty());
}

#[test]
fn a_reminder_names_the_last_mark_passed_and_every_list() {
    let rule = |grace: u32| json!({ "key": "liability", "kind": "liability", "grace_days": grace });
    let papers = json!([{ "id": "E", "type": "liability", "issued": "2026-01-01", "expires": "2026-12-31",
                          "status": "verified", "attrs": {} }]);
    let one = One::new(&json!([rule(30)]), &json!({}), &papers);
    let mut hospitals = vec![one.hospital.clone(), one.hospital.clone()];
    hospitals[1].id = "H2".to_owned();
    for (on, stage, last_good) in [
        ("2026-10-31", None, "2026-12-31"),
        ("2026-11-01", Some(Stage::SixtyDays), "2026-12-31"),
        ("2026-11-30", Some(Stage::SixtyDays), "2026-12-31"),
        ("2026-12-01", Some(Stage::ThirtyDays), "2026-12-31"),
        ("2026-12-23", Some(Stage::ThirtyDays), "2026-12-31"),
        ("2026-12-24", Some(Stage::SevenDays), "2026-12-31"),
        ("2026-12-30", Some(Stage::SevenDays), "2026-12-31"),
        ("2026-12-31", Some(Stage::LastDay), "2026-12-31"),
        ("2027-01-01", Some(Stage::Grace), "2027-01-30"),
        ("2027-01-30", Some(Stage::Grace), "2027-01-30"),
        ("2027-01-31", None, ""),
    ] {
        let found = reminders(&hospitals, &one.member, &one.overrides, AsOf::day(day(on)));
        assert_eq!(found.first().map(|reminder| reminder.stage), stage, "{on}");
        if let [reminder] = found.as_slice() {
            assert_eq!((reminder.what.as_str(), reminder.paper), ("insurance", Some("E")));
            assert_eq!(reminder.last_good, day(last_good), "{on}");
            assert_eq!(reminder.hospitals.len(), 2, "one entry for all her lists");
        }
        assert!(found.len() <= 1);
    }
}

#[test]
fn nobody_is_reminded_of_a_screen_or_for_a_list_she_is_not_on() {
    let screen = json!({ "id": "s", "type": "exclusion_screen", "issued": "2026-11-02", "status": "verified",
                         "attrs": { "list": "SAM", "result": "clear" } });
    let papers = json!([screen, { "id": "E", "type": "liability", "issued": "2026-01-01", "expires": "2026-12-31",
                                  "status": "verified", "attrs": {} }]);
    let exclusion = json!({ "key": "x", "kind": "exclusion", "params": { "lists": ["SAM"], "max_age_days": 31 } });
    let only = One::new(&json!([exclusion]), &json!({}), &papers);
    let as_of = AsOf::day(day("2026-11-21"));
    let of = |one: &One| {
        let hospitals = [one.hospital.clone()];
        reminders(&hospitals, &one.member, &one.overrides, as_of).len()
    };
    assert_eq!(of(&only), 0);
    let off = One::new(
        &json!([{ "key": "i", "kind": "liability" }, { "key": "a", "kind": "area", "params": { "any_of": ["Queens"] } }]),
        &json!({}),
        &papers,
    );
    assert_eq!(of(&off), 0);
    let on =
        One::new(&json!([exclusion, { "key": "i", "kind": "liability" }]), &json!({}), &papers);
    assert_eq!(of(&on), 1);
}
