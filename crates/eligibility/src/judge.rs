//! One rule, one member, one day: how it stands, on which fact, and until when.

use std::cmp::Reverse;

use jiff::civil::Date;

use crate::{
    EvidenceKind, Fact, Finding, Member, ProfileFact, Requirement, Rule, Status, Subject,
    dates::{FOREVER, day_before, days_after, days_before},
};

mod composites;
mod fit;
mod papers;
mod profile;
mod references;
mod screens;
mod spells;
mod waivers;

use composites::{all_of, any_of};
use fit::{asked_of_papers, fit, immunization};
use papers::Ask;

pub(crate) use composites::until_a_new_rule_fails;
pub(crate) use waivers::judge_with_overrides;

/// A statement of availability counts for a year where the hospital says nothing else.
const AVAILABILITY_MONTHS: u32 = 12;

/// A day, and how far ahead the end of a met rule is called near.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) day: Date,
    warn_days: u32,
    /// A met rule whose last good day is this or earlier is expiring.
    edge: Date,
}

impl Moment {
    pub(crate) fn new(day: Date, warn_days: u32) -> Self {
        Self { day, warn_days, edge: days_after(day, warn_days) }
    }

    pub(crate) fn on(self, day: Date) -> Self {
        Self::new(day, self.warn_days)
    }

    /// Whether something good through this day is over or ends soon; nothing at all is over.
    pub(crate) fn is_near(self, last_good: Option<Date>) -> bool {
        last_good.is_none_or(|last_good| last_good <= self.edge)
    }

    /// The last day on which an end on `last_good` is not near yet.
    fn still_far(self, last_good: Date) -> Date {
        day_before(days_before(last_good, self.warn_days))
    }
}

/// How one thing that a rule asks stands.
#[derive(Debug, Clone, Copy)]
struct Part<'a> {
    status: Status,
    /// The last day through which it stands as well as now; of no meaning where it is pending,
    /// missing or unmet.
    last_good: Date,
    /// The last day through which its status and fact certainly stay.
    unchanged_through: Date,
    fact: Fact<'a>,
}

impl<'a> Part<'a> {
    fn finding(self, rule: &'a Rule) -> Finding<'a> {
        Finding {
            rule,
            status: self.status,
            fact: self.fact,
            waiver: None,
            refused: Vec::new(),
            children: Vec::new(),
            last_good: self.last_good,
            unchanged_through: self.unchanged_through,
        }
    }

    /// Met without end.
    fn lasting(fact: Fact<'a>) -> Self {
        Self { status: Status::Met, last_good: FOREVER, unchanged_through: FOREVER, fact }
    }

    /// Not met.
    fn short(status: Status, fact: Fact<'a>, unchanged_through: Date) -> Self {
        Self { status, last_good: Date::MIN, unchanged_through, fact }
    }

    /// Calls a near end near. Exclusion screens are exempt: they are renewed every month.
    fn warned(mut self, moment: Moment, exempt: bool) -> Self {
        if self.status == Status::Met && self.last_good != FOREVER && !exempt {
            if self.last_good <= moment.edge {
                self.status = Status::Expiring;
            } else {
                self.unchanged_through =
                    self.unchanged_through.min(moment.still_far(self.last_good));
            }
        }
        self
    }

    /// Of two things that must both hold, the one that tells: the worse, then the one that ends
    /// first; the whole lasts no longer than either.
    fn and(self, other: Self) -> Self {
        let last_good = self.last_good.min(other.last_good);
        let unchanged_through = self.unchanged_through.min(other.unchanged_through);
        let key = |part: &Self| (part.status, Reverse(part.last_good));
        let worse = if key(&other) > key(&self) { other } else { self };
        Self { last_good, unchanged_through, ..worse }
    }
}

/// Whether two words are the same but for case and space around them.
fn is_same_word(a: &str, b: &str) -> bool {
    a == b || a.trim().eq_ignore_ascii_case(b.trim())
}

fn is_one_of(words: &[String], word: &str) -> bool {
    words.iter().any(|one| is_same_word(one, word))
}

/// Judges a rule without regard to overrides. `inherited_grace` is the parent's, for a child that
/// names none.
pub(crate) fn judge<'a>(
    rule: &'a Rule,
    member: &'a Member,
    moment: Moment,
    inherited_grace: u32,
) -> Finding<'a> {
    let grace_days = if rule.grace_days == 0 { inherited_grace } else { rule.grace_days };
    match &rule.requirement {
        Requirement::AnyOf(children) => any_of(rule, children, member, moment, grace_days),
        Requirement::AllOf(children) => all_of(rule, children, member, moment, grace_days),
        leaf => leaf_part(leaf, member, moment, grace_days).finding(rule),
    }
}

fn leaf_part<'a>(
    requirement: &'a Requirement,
    member: &'a Member,
    moment: Moment,
    grace_days: u32,
) -> Part<'a> {
    let profile = &member.profile;
    let ask = |of, kind, age| Ask { of, kind, age, grace_days };
    let together = |parts: &mut dyn Iterator<Item = Part<'a>>, exempt| {
        parts
            .map(|part| part.warned(moment, exempt))
            .reduce(Part::and)
            .unwrap_or_else(|| Part::lasting(Fact::Children))
    };
    match requirement {
        Requirement::Exclusion { lists, age } => together(
            &mut lists.iter().map(|list| {
                let ask = ask(Subject::Screen(list), EvidenceKind::ExclusionScreen, *age);
                screens::part(member, &ask, moment)
            }),
            true,
        ),
        Requirement::Immunization { items } => together(
            &mut items.iter().map(|item| {
                let of = Subject::Immunization(item);
                let ask = ask(of, EvidenceKind::Immunization, item.age);
                papers::part(member, &ask, moment, |paper| immunization(item, &paper.proof))
            }),
            false,
        ),
        Requirement::ChapterStanding { event_within_months } => together(
            &mut profile::standing(profile, *event_within_months, grace_days, moment),
            false,
        ),
        Requirement::Background { age } => {
            let ask = ask(Subject::Background, EvidenceKind::BackgroundCheck, *age);
            screens::part(member, &ask, moment).warned(moment, false)
        }
        Requirement::References { count, roles, age } => {
            references::part(member, (*count, roles), *age, grace_days, moment)
                .warned(moment, false)
        }
        Requirement::Years { min_years } => profile::practice(profile, *min_years, moment),
        Requirement::Area { any_of } => profile::one_of(profile, ProfileFact::Area, any_of, false),
        Requirement::Visit { any_of } => {
            profile::one_of(profile, ProfileFact::Visit, any_of, false)
        }
        Requirement::Languages { any_of } => {
            profile::one_of(profile, ProfileFact::Languages, any_of, false)
        }
        Requirement::Payer { any_of, or_sliding_scale } => {
            profile::one_of(profile, ProfileFact::Payer, any_of, *or_sliding_scale)
        }
        Requirement::NoConflict { disallow } => profile::no_conflict(profile, disallow),
        Requirement::AnyOf(_) | Requirement::AllOf(_) => Part::lasting(Fact::Children),
        paper => {
            let (of, kind, age) = asked_of_papers(paper);
            papers::part(member, &ask(of, kind, age), moment, |candidate| {
                fit(paper, &candidate.proof)
            })
            .warned(moment, false)
        }
    }
}
