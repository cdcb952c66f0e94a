//! What must hold for every chapter, tried on made-up ones.

use std::collections::BTreeMap;

use eligibility::{
    Age, AsOf, ChapterStatus, Evaluation, Evidence, EvidenceStatus, Hospital, Immunization,
    ImmunizationForm, Member, Outcome, Override, Overrides, Profile, Proof, Requirement, Rule,
    RuleSet, ScreenResult, Severity, Status, evaluate, file, forecast,
};
use jiff::{ToSpan, civil::Date};
use proptest::{collection::vec, option, prelude::*, sample::select};

use crate::one::day;

const TODAY: &str = "2026-11-21";

/// Days from so many to so many days from today, now and then one of note.
fn days(from: i64, to: i64) -> impl Strategy<Value = Date> {
    prop_oneof![
        30 => (from..to).prop_map(|days| day(TODAY).saturating_add(days.days())),
        // Days on which something else changes too.
        5 => select(vec!["2026-11-21", "2026-11-20", "2026-12-31", "2024-02-29", "2027-02-28"])
            .prop_map(day),
        1 => select(vec![Date::MIN, Date::MAX]),
    ]
}

/// Mostly before today.
fn past() -> impl Strategy<Value = Date> {
    prop_oneof![8 => days(-500, 1), 1 => days(0, 300)]
}

/// Mostly after today.
fn ahead() -> impl Strategy<Value = Date> {
    prop_oneof![4 => days(0, 400), 1 => days(-100, 1)]
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(words).prop_map(str::to_owned)
}

fn some_of(words: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    vec(one_of(words), 1..3)
}

fn age() -> impl Strategy<Value = Age> {
    (
        option::weighted(0.6, select(vec![1_u32, 12, 24])),
        option::weighted(0.2, select(vec![31_u32, 400])),
    )
        .prop_map(|(months, days)| Age { months, days })
}

const CREDENTIALS: &[&str] = &["IBCLC", "CLC"];
const TOPICS: &[&str] = &["hipaa", "infant_cpr"];
const LISTS: &[&str] = &["SAM", "OIG_LEIE"];
const SHOTS: &[&str] = &["tb", "influenza"];
const SEASONS: &[&str] = &["2026-27", "2025-26"];
const ROLES: &[&str] = &["midwife", "pediatrician"];
const AREAS: &[&str] = &["Brooklyn", "Queens"];
const VERSIONS: &[&str] = &["v1", "v2"];

fn leaf() -> impl Strategy<Value = Requirement> {
    prop_oneof![
        (some_of(CREDENTIALS), age())
            .prop_map(|(any_of, age)| Requirement::Credential { any_of, age }),
        (option::of(0_u64..3), option::of(0_u64..3), age()).prop_map(
            |(min_occurrence, min_aggregate, age)| Requirement::Liability {
                min_occurrence,
                min_aggregate,
                additional_insured: None,
                age
            }
        ),
        (0_u32..4).prop_map(|min_years| Requirement::Years { min_years }),
        (one_of(TOPICS), age()).prop_map(|(topic, age)| Requirement::Training { topic, age }),
        age().prop_map(|age| Requirement::Background { age }),
        (some_of(LISTS), age()).prop_map(|(lists, age)| Requirement::Exclusion { lists, age }),
        vec((one_of(SHOTS), option::of(one_of(SEASONS)), age()), 1..3).prop_map(|items| {
            let item = |(code, season, age)| Immunization { code, season, age, declination: false };
            Requirement::Immunization { items: items.into_iter().map(item).collect() }
        }),
        some_of(AREAS).prop_map(|any_of| Requirement::Area { any_of }),
        (0_u32..3, any::<bool>(), age()).prop_map(|(hours, weekend, age)| {
            Requirement::Availability { within_hours: Some(hours), weekend, age }
        }),
        (1_u32..4, vec(one_of(ROLES), 0..2), age())
            .prop_map(|(count, roles, age)| Requirement::References { count, roles, age }),
        (option::of(one_of(VERSIONS)), age()).prop_map(|(version, age)| Requirement::Document {
            doc: "agreement".to_owned(),
            version,
            age
        }),
        some_of(AREAS).prop_map(|disallow| Requirement::NoConflict { disallow }),
        option::of(1_u32..24)
            .prop_map(|event_within_months| Requirement::ChapterStanding { event_within_months }),
    ]
}

fn dressed(requirement: impl Strategy<Value = Requirement>) -> impl Strategy<Value = Rule> {
    (
        requirement,
        prop_oneof![4 => Just(Severity::Mandatory), 1 => Just(Severity::Preferred)],
        any::<bool>(),
        prop_oneof![2 => Just(0_u32), 1 => 1_u32..60],
        option::weighted(0.2, days(-200, 200)),
    )
        .prop_map(|(requirement, severity, waivable, grace_days, effective_from)| Rule {
            severity,
            waivable,
            grace_days,
            effective_from,
            ..Rule::new("", requirement)
        })
}

fn rule() -> impl Strategy<Value = Rule> {
    let nested = dressed(leaf()).prop_recursive(3, 8, 3, |inner| {
        dressed(prop_oneof![
            2 => vec(inner.clone(), 1..4).prop_map(Requirement::AnyOf),
            1 => vec(inner, 1..3).prop_map(Requirement::AllOf),
        ])
    });
    prop_oneof![3 => dressed(leaf()), 1 => nested]
}

fn rule_set() -> impl Strategy<Value = RuleSet> {
    vec(rule(), 1..4).prop_map(|mut rules| {
        for (at, rule) in rules.iter_mut().enumerate() {
            rule.key = format!("r{at}");
        }
        RuleSet { rules, ..RuleSet::default() }
    })
}

fn hospital() -> impl Strategy<Value = Hospital> {
    (rule_set(), option::weighted(0.3, (rule_set(), days(-50, 300)))).prop_map(|(first, second)| {
        let mut rule_sets = vec![first];
        rule_sets.extend(second.map(|(set, from)| RuleSet { effective_from: Some(from), ..set }));
        Hospital { id: "H".to_owned(), name: "Harbor Hospital".to_owned(), rule_sets }
    })
}

fn proof() -> impl Strategy<Value = Proof> {
    let result = || {
        prop_oneof![
            4 => Just(Some(ScreenResult::Clear)),
            1 => Just(Some(ScreenResult::Match)),
            1 => Just(Some(ScreenResult::Review)),
            1 => Just(None),
        ]
    };
    prop_oneof![
        (one_of(CREDENTIALS), one_of(&["L-41207", "L-9931"])).prop_map(|(credential, number)| {
            Proof::Credential { credential, number: Some(number) }
        }),
        (option::of(0_u64..3), option::of(0_u64..3)).prop_map(|(per_occurrence, aggregate)| {
            Proof::Liability { per_occurrence, aggregate, additional_insured: Vec::new() }
        }),
        one_of(TOPICS).prop_map(|topic| Proof::Training { topic }),
        result().prop_map(|result| Proof::BackgroundCheck { result }),
        (one_of(LISTS), result())
            .prop_map(|(list, result)| Proof::ExclusionScreen { list, result }),
        (one_of(SHOTS), option::of(one_of(SEASONS))).prop_map(|(code, season)| {
            Proof::Immunization { code, season, form: ImmunizationForm::Record }
        }),
        (option::of(0_u32..3), any::<bool>())
            .prop_map(|(within_hours, weekend)| Proof::Availability { within_hours, weekend }),
        one_of(ROLES).prop_map(|role| Proof::Reference { role }),
        option::of(one_of(VERSIONS))
            .prop_map(|version| Proof::Document { doc: "agreement".to_owned(), version }),
    ]
}

fn evidence() -> impl Strategy<Value = Evidence> {
    (
        proof(),
        option::weighted(0.95, past()),
        option::weighted(0.6, ahead()),
        prop_oneof![
            8 => Just(EvidenceStatus::Verified),
            2 => Just(EvidenceStatus::Submitted),
            1 => Just(EvidenceStatus::Rejected),
        ],
        option::weighted(0.1, Just("M".to_owned())),
    )
        .prop_map(|(proof, issued, expires, status, verifier)| Evidence {
            issued,
            status,
            verifier,
            ..Evidence::verified("", proof, day(TODAY), expires)
        })
}

fn papers(most: usize) -> impl Strategy<Value = Vec<Evidence>> {
    vec(evidence(), 0..most).prop_map(|mut all| {
        for (at, paper) in all.iter_mut().enumerate() {
            paper.id = format!("E{at}");
        }
        all
    })
}

fn profile() -> impl Strategy<Value = Profile> {
    (
        option::weighted(0.9, ahead()),
        vec(past(), 0..3),
        vec(one_of(AREAS), 0..3),
        vec(one_of(AREAS), 0..2),
        option::weighted(0.9, days(-2000, 1)),
    )
        .prop_map(|(paid, events, areas, conflicts, practice_start)| Profile {
            chapter_status: ChapterStatus::Active,
            membership_paid_through: paid,
            events,
            areas,
            conflicts,
            practice_start,
            ..Profile::default()
        })
}

fn member() -> impl Strategy<Value = Member> {
    (profile(), papers(36)).prop_map(|(profile, papers)| Member::new("M", profile, papers))
}

fn overrides() -> impl Strategy<Value = Vec<Override>> {
    let one = (
        select(vec!["H", "H", "H", "H2"]),
        select(vec!["M", "M", "M", "N"]),
        select(vec!["r0", "r1", "r2", "r9"]),
        select(vec!["board:helen", "board:helen", "admin:ruth", "M"]),
        option::weighted(0.8, past()),
        option::weighted(0.9, ahead()),
    );
    vec(one, 0..4).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(at, (hospital, member, rule, approver, granted, expires))| Override {
                id: format!("OV{at}"),
                hospital: hospital.to_owned(),
                member: member.to_owned(),
                rule: rule.to_owned(),
                reason: "known to the unit".to_owned(),
                requested_by: Some("admin:ruth".to_owned()),
                approver: Some(approver.to_owned()),
                granted,
                expires,
            })
            .collect()
    })
}

fn today() -> AsOf {
    AsOf::day(day(TODAY))
}

fn on(days: i64) -> AsOf {
    AsOf::day(day(TODAY).saturating_add(days.days()))
}

/// How good an outcome is, coarsely: that something ends soon makes it no worse, and neither an
/// exception nor grace is better than the other.
fn worth(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::NothingAsked | Outcome::Ineligible => 0,
        Outcome::Pending => 1,
        Outcome::EligibleByOverride | Outcome::EligibleInGrace => 2,
        Outcome::EligibleExpiring | Outcome::Eligible => 3,
    }
}

fn class(status: Status) -> Status {
    if status == Status::Expiring { Status::Met } else { status }
}

fn classes<'a>(evaluation: &Evaluation<'a>) -> BTreeMap<&'a str, Status> {
    evaluation
        .findings
        .iter()
        .filter(|finding| finding.rule.severity == Severity::Mandatory)
        .map(|finding| (finding.rule.key.as_str(), class(finding.status)))
        .collect()
}

/// A third of what proptest would try: PROPTEST_CASES=60000 tries 20000.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 3, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    /// Only what was found against her - a match, a report that is not clear - can take away.
    #[test]
    fn more_verified_evidence_never_makes_an_outcome_worse(
        hospital in hospital(), member in member(), overrides in overrides(),
        more in evidence(), days in -100_i64..400,
    ) {
        let adverse = matches!(
            more.proof,
            Proof::BackgroundCheck { result: Some(ScreenResult::Match | ScreenResult::NotClear) }
            | Proof::ExclusionScreen { result: Some(ScreenResult::Match | ScreenResult::NotClear), .. }
        );
        prop_assume!(!adverse);
        let more = Evidence {
            id: "new".to_owned(), status: EvidenceStatus::Verified, verifier: None, ..more
        };
        let overrides = Overrides::new(overrides);
        let after = member.with(more);
        let was = evaluate(&hospital, &member, &overrides, on(days));
        let now = evaluate(&hospital, &after, &overrides, on(days));
        prop_assert!(now.outcome >= was.outcome, "{} became {}", was.outcome, now.outcome);
        for key in now.blocking() {
            prop_assert!(was.blocking().contains(&key));
        }
        for key in now.preferred_unmet() {
            prop_assert!(was.preferred_unmet().contains(&key));
        }
    }

    #[test]
    fn verifying_what_was_sent_never_makes_an_outcome_worse(
        hospital in hospital(), member in member(), overrides in overrides(), which in any::<prop::sample::Index>(),
    ) {
        prop_assume!(!member.evidence().is_empty());
        let paper = which.get(member.evidence()).clone();
        let harmless = match paper.proof {
            Proof::BackgroundCheck { result } | Proof::ExclusionScreen { result, .. } => {
                result == Some(ScreenResult::Clear)
            }
            _ => true,
        };
        prop_assume!(harmless);
        let sent = Evidence { status: EvidenceStatus::Submitted, ..paper.clone() };
        let verified = Evidence { status: EvidenceStatus::Verified, verifier: None, ..paper };
        let (member, after) = (member.with(sent), member.with(verified));
        let overrides = Overrides::new(overrides);
        let was = evaluate(&hospital, &member, &overrides, today());
        let now = evaluate(&hospital, &after, &overrides, today());
        prop_assert!(now.outcome >= was.outcome, "{} became {}", was.outcome, now.outcome);
    }

    #[test]
    fn an_override_never_reaches_another_hospital_or_member(
        hospital in hospital(), member in member(), overrides in overrides(),
    ) {
        let ours: Vec<_> = overrides
            .iter()
            .filter(|entry| entry.hospital == "H" && entry.member == "M")
            .cloned()
            .collect();
        let (all, ours) = (Overrides::new(overrides), Overrides::new(ours));
        prop_assert_eq!(
            evaluate(&hospital, &member, &all, today()),
            evaluate(&hospital, &member, &ours, today())
        );
    }

    #[test]
    fn a_granted_override_touches_its_own_rule_alone(
        hospital in hospital(), member in member(), overrides in overrides(),
    ) {
        let none = Overrides::default();
        let some = Overrides::new(overrides);
        let without = evaluate(&hospital, &member, &none, today());
        let with = evaluate(&hospital, &member, &some, today());
        for (was, now) in without.findings.iter().zip(&with.findings) {
            if was.status != now.status {
                prop_assert_eq!(now.status, Status::Waived);
                let waiver = now.waiver.expect("a waiver");
                prop_assert_eq!(
                    (&waiver.rule, waiver.hospital.as_str(), waiver.member.as_str()),
                    (&now.rule.key, "H", "M")
                );
                prop_assert!(now.rule.may_be_waived());
                prop_assert!(waiver.expires.is_some_and(|end| end >= day(TODAY)));
                prop_assert_ne!(waiver.approver.as_deref(), waiver.requested_by.as_deref());
            }
        }
    }

    /// It holds through its last day, and where it is the plain one it is worse on the next. In
    /// grace or by override a second rule may run into grace without changing the outcome, and
    /// that ends it as well.
    #[test]
    fn an_outcome_holds_through_valid_until_and_no_longer(
        hospital in hospital(), member in member(), overrides in overrides(),
    ) {
        let overrides = Overrides::new(overrides);
        let now = evaluate(&hospital, &member, &overrides, today());
        if !now.outcome.is_listed() {
            prop_assert_eq!(now.valid_until, None);
            return Ok(());
        }
        let last = now.valid_until.unwrap_or(Date::MAX);
        let mut walked = day(TODAY);
        let mut step = 1_i64;
        while walked <= last {
            let then = evaluate(&hospital, &member, &overrides, AsOf::day(walked));
            prop_assert!(
                worth(then.outcome) >= worth(now.outcome),
                "{} became {} on {} before {}", now.outcome, then.outcome, walked, last
            );
            // Day by day for some months, then in strides, and the last day itself.
            step += if step < 120 { 1 } else { 29 };
            let next = day(TODAY).saturating_add(step.days());
            walked = if walked < last && next > last { last } else { next };
            if walked == Date::MAX || step > 2_000 {
                break;
            }
        }
        if let Some(after) = now.valid_until.and_then(|last| last.tomorrow().ok()) {
            let then = evaluate(&hospital, &member, &overrides, AsOf::day(after));
            if now.outcome >= Outcome::EligibleExpiring {
                prop_assert!(then.outcome < Outcome::EligibleExpiring, "{} on {after}", then.outcome);
            }
        }
    }

    #[test]
    fn the_order_of_anything_decides_nothing(
        hospital in hospital(), member in member(), overrides in overrides(), seed in any::<u64>(),
    ) {
        fn turned<T: Clone>(list: &[T], seed: u64) -> Vec<T> {
            let mut list = list.to_vec();
            list.reverse();
            if !list.is_empty() {
                let by = usize::try_from(seed % 7).unwrap_or(0) % list.len();
                list.rotate_left(by);
            }
            list
        }
        fn turned_rule(rule: &Rule, seed: u64) -> Rule {
            let children = |all: &[Rule]| -> Vec<Rule> {
                turned(all, seed).iter().map(|child| turned_rule(child, seed)).collect()
            };
            let requirement = match &rule.requirement {
                Requirement::AnyOf(all) => Requirement::AnyOf(children(all)),
                Requirement::AllOf(all) => Requirement::AllOf(children(all)),
                Requirement::Exclusion { lists, age } => {
                    Requirement::Exclusion { lists: turned(lists, seed), age: *age }
                }
                Requirement::Immunization { items } => {
                    Requirement::Immunization { items: turned(items, seed) }
                }
                other => other.clone(),
            };
            Rule { requirement, ..rule.clone() }
        }
        let set = |set: &RuleSet| RuleSet {
            rules: turned(&set.rules, seed).iter().map(|rule| turned_rule(rule, seed)).collect(),
            ..set.clone()
        };
        // Two versions of one day keep their order: the later one replaces the other.
        let sets: Vec<_> = hospital.rule_sets.iter().map(set).collect();
        let other_hospital = Hospital { rule_sets: sets, ..hospital.clone() };
        let mut profile = member.profile.clone();
        profile.events = turned(&profile.events, seed);
        profile.areas = turned(&profile.areas, seed);
        profile.conflicts = turned(&profile.conflicts, seed);
        let other_member = Member::new("M", profile, turned(member.evidence(), seed));
        let other_overrides = Overrides::new(turned(&overrides, seed));
        let overrides = Overrides::new(overrides);
        let one = evaluate(&hospital, &member, &overrides, today());
        let other = evaluate(&other_hospital, &other_member, &other_overrides, today());
        prop_assert_eq!((one.outcome, one.valid_until), (other.outcome, other.valid_until));
        prop_assert_eq!(classes(&one), classes(&other));
        let sorted = |mut keys: Vec<&str>| -> Vec<String> {
            keys.sort_unstable();
            keys.into_iter().map(str::to_owned).collect()
        };
        prop_assert_eq!(sorted(one.blocking()), sorted(other.blocking()));
        prop_assert_eq!(sorted(one.preferred_unmet()), sorted(other.preferred_unmet()));
        // The papers' order changes not even the words.
        let shuffled = evaluate(&hospital, &other_member, &other_overrides, today());
        let dates = eligibility::Dates::Iso;
        prop_assert_eq!(one.reasons(dates), shuffled.reasons(dates));
    }

    #[test]
    fn a_forecast_is_the_day_by_day_walk(
        hospital in hospital(), member in member(), overrides in overrides(),
    ) {
        let overrides = Overrides::new(overrides);
        let forecast = forecast(&hospital, &member, &overrides, today(), 120);
        let mut turns = forecast.turns.iter().peekable();
        let mut was = forecast.outcome;
        for ahead in 0..=120 {
            let now = evaluate(&hospital, &member, &overrides, on(ahead)).outcome;
            let turn = turns.next_if(|turn| turn.on == on(ahead).day);
            prop_assert_eq!(
                turn.map(|turn| (turn.from, turn.to)),
                (was != now).then_some((was, now)),
                "{}", on(ahead).day
            );
            was = now;
        }
        prop_assert!(turns.next().is_none());
    }

    #[test]
    fn what_is_written_is_read_as_it_was(
        set in rule_set(), paper in evidence(), profile in profile(), overrides in overrides(),
    ) {
        let set = RuleSet { version: "7".to_owned(), ..set };
        // Before the year 0 and after 9999 dates are written otherwise; no paper has one.
        let sensible = |dates: &[Option<Date>]| dates.iter().flatten().all(|date| date.year() > 0);
        prop_assume!(sensible(&[paper.issued, paper.expires, profile.practice_start, profile.membership_paid_through]));
        prop_assume!(profile.events.iter().all(|event| event.year() > 0));
        prop_assume!(overrides.iter().all(|entry| sensible(&[entry.granted, entry.expires])));
        fn of_sense(rule: &Rule) -> bool {
            rule.effective_from.is_none_or(|from| from.year() > 0)
                && rule.requirement.children().iter().all(of_sense)
        }
        prop_assume!(set.rules.iter().all(of_sense));
        prop_assert_eq!(file::read_rule_set(&file::write::rule_set(&set)), Ok(set));
        prop_assert_eq!(file::read_evidence(&file::write::evidence(&paper)), Ok(paper));
        prop_assert_eq!(file::read_profile(&file::write::profile(&profile)), Ok(profile));
        for entry in overrides {
            prop_assert_eq!(file::read_override(&file::write::granted(&entry)), Ok(entry));
        }
    }
}
