use jiff::civil::Date;
use model::word;

use crate::{
    AsOf, Fact, Finding, Hospital, Member, Overrides, Severity, Status, Subject,
    dates::days_between, evaluate, sentences::short,
};

word! {
    /// How near an end is, for reminding: the last mark that was passed.
    Stage {
        /// At most 60 days.
        SixtyDays = "60_days",
        /// At most 30 days.
        ThirtyDays = "30_days",
        /// At most 7 days.
        SevenDays = "7_days",
        /// The last good day itself.
        LastDay = "last_day",
        /// It has ended and the days of grace run.
        Grace = "grace",
    }
}

/// Something of a member's that ends soon or has ended, with the lists that hang on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder<'a> {
    /// What it is, in a word or two.
    pub what: String,
    /// The paper; `None` for dues, events and letters of reference.
    pub paper: Option<&'a str>,
    /// The last good day; in grace, the last day of grace.
    pub last_good: Date,
    /// The mark that was passed last. A reminder goes out once for each paper, last good day and
    /// stage, so a day on which nothing ran loses none.
    pub stage: Stage,
    /// The hospitals on whose lists it keeps her.
    pub hospitals: Vec<&'a Hospital>,
}

/// What a member is to be reminded of on a day, over all the lists that she is on: the nearest end
/// first, and one entry for a paper however many lists hang on it. Exclusion screens are left out:
/// the chapter renews them.
#[must_use]
pub fn reminders<'a>(
    hospitals: &'a [Hospital],
    member: &'a Member,
    overrides: &'a Overrides,
    as_of: AsOf,
) -> Vec<Reminder<'a>> {
    let mut reminders: Vec<Reminder<'a>> = Vec::new();
    for hospital in hospitals {
        let evaluation = evaluate(hospital, member, overrides, as_of);
        if !evaluation.outcome.is_listed() {
            continue;
        }
        for finding in &evaluation.findings {
            let Some(new) = reminder(finding.telling(), hospital, as_of.day)
                .filter(|_| finding.rule.severity == Severity::Mandatory)
            else {
                continue;
            };
            let known = reminders.iter_mut().find(|old| {
                (&old.what, old.paper, old.last_good, old.stage)
                    == (&new.what, new.paper, new.last_good, new.stage)
            });
            match known {
                Some(old) => {
                    if !old.hospitals.iter().any(|known| known.id == hospital.id) {
                        old.hospitals.push(hospital);
                    }
                }
                None => reminders.push(new),
            }
        }
    }
    reminders.sort_by(|a, b| (a.last_good, &a.what).cmp(&(b.last_good, &b.what)));
    reminders
}

fn reminder<'a>(finding: &Finding<'a>, hospital: &'a Hospital, day: Date) -> Option<Reminder<'a>> {
    let last_good = finding.last_good()?;
    let paper = match finding.fact {
        Fact::Held { of: Subject::Screen(_), .. } | Fact::Lapsed { of: Subject::Screen(_), .. } => {
            return None;
        }
        Fact::Held { paper, .. } | Fact::Lapsed { paper, .. } => Some(paper.id.as_str()),
        _ => None,
    };
    let stage = match (finding.status, days_between(day, last_good)) {
        (Status::Grace, _) => Stage::Grace,
        (Status::Met | Status::Expiring, 0) => Stage::LastDay,
        (Status::Met | Status::Expiring, 1..=7) => Stage::SevenDays,
        (Status::Met | Status::Expiring, 8..=30) => Stage::ThirtyDays,
        (Status::Met | Status::Expiring, 31..=60) => Stage::SixtyDays,
        _ => return None,
    };
    Some(Reminder { what: short(finding), paper, last_good, stage, hospitals: vec![hospital] })
}
