//! Prints how long a chapter of 300 members and 60 hospitals takes on one core:
//! `cargo run --release -p eligibility --example speed`.
//!
//! The chapter is the sample's, repeated: every hospital and member under new ids, and every date
//! of a member shifted by some days, so that no two are alike.

use std::time::Duration;

use eligibility::{
    AsOf, Dates, Hospital, Member, Overrides, evaluate, file, forecast, reminders, renewals,
};
use jiff::{Span, civil::Date};

const CASES: &str = include_str!("../tests/data/eligibility_cases.json");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let book = file::read(CASES)?;
    let hospitals: Vec<Hospital> = (0..60)
        .map(|n| {
            let mut hospital = book.hospitals[n % book.hospitals.len()].clone();
            hospital.id = format!("{}-{n}", hospital.id);
            hospital
        })
        .collect();
    let members: Vec<Member> = (0..300).map(|n| shifted(&book.members, n)).collect();
    let mut overrides = Vec::new();
    for hospital in &hospitals {
        for member in &members {
            overrides.extend(book.overrides.all().iter().filter_map(|entry| {
                let ours = hospital.id.starts_with(&format!("{}-", entry.hospital))
                    && member.id.starts_with(&format!("{}-", entry.member));
                ours.then(|| eligibility::Override {
                    hospital: hospital.id.clone(),
                    member: member.id.clone(),
                    ..entry.clone()
                })
            }));
        }
    }
    let overrides = Overrides::new(overrides);
    let as_of = AsOf::day(book.as_of.ok_or("the sample names its day")?);
    println!(
        "{} members x {} hospitals, {} overrides, {}",
        members.len(),
        hospitals.len(),
        overrides.all().len(),
        as_of.day
    );

    let pairs =
        || hospitals.iter().flat_map(|hospital| members.iter().map(move |it| (hospital, it)));
    let (mut listed, mut letters, mut turns, mut lapses) = (0, 0, 0, 0);
    measure("one day: outcome, every rule, valid until", 10, || {
        listed = pairs()
            .filter(|(hospital, member)| {
                evaluate(hospital, member, &overrides, as_of).outcome.is_listed()
            })
            .count();
    });
    measure("one day, with every explanation in words", 5, || {
        letters = pairs()
            .flat_map(|(hospital, member)| {
                evaluate(hospital, member, &overrides, as_of).reasons(Dates::Spoken)
            })
            .map(|reason| reason.len())
            .sum();
    });
    measure("90 days ahead: every turn and its rules", 5, || {
        (turns, lapses) = (0, 0);
        for (hospital, member) in pairs() {
            let forecast = forecast(hospital, member, &overrides, as_of, 90);
            turns += forecast.turns.len();
            lapses += usize::from(forecast.lapse().is_some());
        }
    });
    measure("a member's page: what each renewal unlocks, over 60 hospitals", 5, || {
        std::hint::black_box(renewals(&hospitals, &members[0], &overrides, as_of));
    });
    measure("reminders for all members", 3, || {
        for member in &members {
            std::hint::black_box(reminders(&hospitals, member, &overrides, as_of));
        }
    });
    println!("{listed} listed, {letters} letters of explanation, {turns} turns, {lapses} lapses");
    Ok(())
}

/// A member of the sample under another id, with every date of hers moved by some days.
fn shifted(sample: &[Member], n: usize) -> Member {
    let member = &sample[n % sample.len()];
    let days = i64::try_from(n / sample.len()).unwrap_or(0);
    let moved = |date: Date| date.saturating_add(Span::new().days(days));
    let mut profile = member.profile.clone();
    profile.membership_paid_through = profile.membership_paid_through.map(moved);
    profile.practice_start = profile.practice_start.map(moved);
    profile.events.iter_mut().for_each(|event| *event = moved(*event));
    let evidence = member.evidence().iter().cloned().map(|mut paper| {
        paper.issued = paper.issued.map(moved);
        paper.expires = paper.expires.map(moved);
        paper
    });
    Member::new(&format!("{}-{n}", member.id), profile, evidence.collect())
}

/// Runs something some times over and prints the median.
fn measure(what: &str, times: usize, mut work: impl FnMut()) {
    let mut took: Vec<Duration> = (0..times)
        .map(|_| {
            let clock = stopwatch();
            work();
            clock.elapsed()
        })
        .collect();
    took.sort_unstable();
    println!("{:>9.1} ms  {what}", took[times / 2].as_secs_f64() * 1000.0);
}

#[expect(clippy::disallowed_methods, reason = "a measurement needs a clock of its own")]
fn stopwatch() -> std::time::Instant {
    std::time::Instant::now()
}
