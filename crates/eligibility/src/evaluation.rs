use jiff::civil::Date;

use crate::{
    ChapterStatus, Dates, Finding, Hospital, Member, Outcome, Override, Overrides, Refusal, Rule,
    RuleSet, Severity, Status,
    dates::{FOREVER, bounded, day_before},
    judge::{Moment, judge_with_overrides, until_a_new_rule_fails},
};

/// How many days ahead an end is called near, where nothing else is said.
pub const WARN_DAYS: u32 = 60;

/// What stands in `blocking` where the member's standing with the chapter keeps her off every
/// list.
pub const CHAPTER_STATUS: &str = "chapter_status";

/// The day for which is asked, in the chapter's time zone, and how far ahead an end is near.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// The day.
    pub day: Date,
    /// A met rule whose last good day is at most so many days away is expiring.
    pub warn_days: u32,
}

impl AsOf {
    /// A day, with the usual warning.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self { day, warn_days: WARN_DAYS }
    }

    pub(crate) fn moment(self) -> Moment {
        Moment::new(self.day, self.warn_days)
    }
}

/// One member and one hospital on one day: the outcome, rule by rule, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation<'a> {
    /// The hospital.
    pub hospital: &'a Hospital,
    /// The member.
    pub member: &'a Member,
    /// The day.
    pub day: Date,
    /// The version of the rules that was in force; `None` before the first.
    pub rule_set: Option<&'a RuleSet>,
    /// What it comes to.
    pub outcome: Outcome,
    /// How each rule in force stands, in the rules' order. Empty where she is barred from every
    /// list.
    pub findings: Vec<Finding<'a>>,
    /// The last day on which the outcome holds or is better if nothing new comes in. `None` where
    /// she is not on the list, and where nothing ends it.
    pub valid_until: Option<Date>,
    /// Rules that are not in force yet, with how they would stand on their first day if nothing
    /// new came in. They decide nothing today, but may end `valid_until`.
    pub upcoming: Vec<(Date, Finding<'a>)>,
    /// Overrides for this pair that name no rule of this version.
    pub stray: Vec<(&'a Override, Refusal)>,
}

/// Evaluates one member for one hospital on one day: past, present or to come.
///
/// It takes the facts as they are known now. Rules and versions are those in force on the day,
/// papers count from their issue to their end, overrides from their first to their last day.
#[must_use]
pub fn evaluate<'a>(
    hospital: &'a Hospital,
    member: &'a Member,
    overrides: &'a Overrides,
    as_of: AsOf,
) -> Evaluation<'a> {
    let overrides = overrides.between(&hospital.id, &member.id);
    let moment = as_of.moment();
    let assessment = assess(hospital, member, overrides, moment);
    let barred = member.profile.chapter_status.bars();
    let valid_until = assessment
        .outcome
        .is_listed()
        .then(|| valid_through(hospital, member, overrides, moment, &assessment));
    let rules = assessment.rule_set.map_or(&[][..], |set| &set.rules);
    let upcoming = rules
        .iter()
        .map(|rule| (rule.in_force_from(), rule))
        .filter(|(from, _)| *from > as_of.day && !barred)
        .map(|(from, rule)| (from, judge_with_overrides(rule, member, overrides, moment.on(from))))
        .collect();
    let stray = overrides
        .iter()
        .filter(|entry| !rules.iter().any(|rule| rule.key == entry.rule))
        .map(|entry| (entry, Refusal::NoSuchRule))
        .collect();
    Evaluation {
        hospital,
        member,
        day: as_of.day,
        rule_set: assessment.rule_set,
        outcome: assessment.outcome,
        findings: assessment.findings,
        valid_until: valid_until.and_then(bounded),
        upcoming,
        stray,
    }
}

/// What can be said of a pair on a day without looking at later ones.
pub(crate) struct Assessment<'a> {
    pub(crate) rule_set: Option<&'a RuleSet>,
    pub(crate) outcome: Outcome,
    pub(crate) findings: Vec<Finding<'a>>,
}

pub(crate) fn assess<'a>(
    hospital: &'a Hospital,
    member: &'a Member,
    overrides: &'a [Override],
    moment: Moment,
) -> Assessment<'a> {
    let rule_set = hospital.rules_on(moment.day);
    if member.profile.chapter_status.bars() {
        return Assessment { rule_set, outcome: Outcome::Ineligible, findings: Vec::new() };
    }
    let rules = rule_set.map_or(&[][..], |set| &set.rules);
    let mut findings = Vec::with_capacity(rules.len());
    findings.extend(
        rules
            .iter()
            .filter(|rule| rule.in_force_from() <= moment.day)
            .map(|rule| judge_with_overrides(rule, member, overrides, moment)),
    );
    Assessment { rule_set, outcome: outcome(&findings), findings }
}

/// What the mandatory rules come to. Their order of precedence is not that of their statuses:
/// something unverified outweighs an exception, and an exception outweighs grace. Where none is in
/// force nobody has met anything.
pub(crate) fn outcome(findings: &[Finding<'_>]) -> Outcome {
    mandatory(findings)
        .map(|finding| match finding.status {
            Status::Missing | Status::Unmet => Outcome::Ineligible,
            Status::Pending => Outcome::Pending,
            Status::Waived => Outcome::EligibleByOverride,
            Status::Grace => Outcome::EligibleInGrace,
            Status::Expiring => Outcome::EligibleExpiring,
            Status::Met => Outcome::Eligible,
        })
        .min()
        .unwrap_or(Outcome::NothingAsked)
}

fn mandatory<'f, 'a>(findings: &'f [Finding<'a>]) -> impl Iterator<Item = &'f Finding<'a>> {
    findings.iter().filter(|finding| finding.rule.severity == Severity::Mandatory)
}

/// The last day on which a listed pair's outcome holds or is better: no mandatory rule gets worse
/// before, none that comes into force is failed, and no later version of the rules is either.
fn valid_through<'a>(
    hospital: &'a Hospital,
    member: &'a Member,
    overrides: &'a [Override],
    moment: Moment,
    assessment: &Assessment<'a>,
) -> Date {
    let next_version = hospital.next_version(moment.day).unwrap_or(FOREVER);
    let mut last =
        mandatory(&assessment.findings).map(|finding| finding.last_good).min().unwrap_or(FOREVER);
    if let Some(set) = assessment.rule_set {
        let coming = set.rules.iter().filter(|rule| {
            rule.severity == Severity::Mandatory && rule.in_force_from() < next_version
        });
        last = until_a_new_rule_fails(coming, last, moment, |rule, from| {
            judge_with_overrides(rule, member, overrides, moment.on(from))
        });
    }
    if next_version == FOREVER || last < day_before(next_version) {
        return last;
    }
    // What ends on the version's eve ends with the version that asked for it.
    let then = moment.on(next_version);
    let next = assess(hospital, member, overrides, then);
    // That something ends soon does not end it.
    let ignoring_warnings = |outcome: Outcome| outcome.min(Outcome::EligibleExpiring);
    if ignoring_warnings(next.outcome) < ignoring_warnings(assessment.outcome) {
        return day_before(next_version);
    }
    valid_through(hospital, member, overrides, then, &next)
}

impl<'a> Evaluation<'a> {
    /// Whether her standing with the chapter keeps her off every list.
    #[must_use]
    pub fn is_barred(&self) -> bool {
        self.member.profile.chapter_status.bars()
    }

    /// The keys of the mandatory rules that keep her off the list, in the rules' order;
    /// [`CHAPTER_STATUS`] alone where the chapter does. What is pending is not among them.
    #[must_use]
    pub fn blocking(&self) -> Vec<&'a str> {
        if self.is_barred() {
            return vec![CHAPTER_STATUS];
        }
        keys(mandatory(&self.findings).filter(|finding| finding.status.blocks()))
    }

    /// The keys of the preferred rules that she does not meet.
    #[must_use]
    pub fn preferred_unmet(&self) -> Vec<&'a str> {
        let preferred =
            self.findings.iter().filter(|finding| finding.rule.severity == Severity::Preferred);
        keys(preferred.filter(|finding| finding.status.blocks()))
    }

    /// The rules that end `valid_until`, as far as rules in force today do.
    #[must_use]
    pub fn ending(&self) -> Vec<&Finding<'a>> {
        let Some(last) = self.valid_until else { return Vec::new() };
        mandatory(&self.findings).filter(|finding| finding.last_good() == Some(last)).collect()
    }

    /// How one rule stands; `None` where no rule in force has that key.
    #[must_use]
    pub fn finding(&self, key: &str) -> Option<&Finding<'a>> {
        self.findings.iter().find(|finding| finding.rule.key == key)
    }

    /// Why the outcome is what it is, a sentence a rule: the rule's key, the fact, its date and
    /// what to do. Off the list, what keeps her off; on it, what to watch, the gravest first.
    #[must_use]
    pub fn reasons(&self, dates: Dates) -> Vec<String> {
        if self.is_barred() {
            let until = match self.member.profile.chapter_status {
                ChapterStatus::Applied => "on no list until the chapter takes her in",
                _ => "off every list until reinstated",
            };
            let status = self.member.profile.chapter_status.as_str();
            return vec![format!("chapter status is {status}: {until}")];
        }
        if self.outcome == Outcome::NothingAsked {
            return vec!["nothing is asked yet".to_owned()];
        }
        let mut telling: Vec<&Finding<'_>> = mandatory(&self.findings)
            .filter(|finding| match self.outcome {
                Outcome::Ineligible => finding.status.blocks(),
                _ => finding.status != Status::Met,
            })
            .collect();
        if self.outcome != Outcome::Ineligible {
            telling.sort_by_key(|finding| std::cmp::Reverse(finding.status));
        }
        let keyed = |rule: &Rule, sentence: String| format!("{}: {sentence}", rule.key);
        let mut reasons: Vec<_> = telling
            .iter()
            .map(|finding| keyed(finding.rule, finding.sentence(self.day, dates)))
            .collect();
        if reasons.is_empty() {
            reasons.push("all requirements met".to_owned());
        }
        for finding in mandatory(&self.findings) {
            reasons.extend(finding.caution(dates).map(|text| keyed(finding.rule, text)));
        }
        for (entry, refusal) in &self.stray {
            reasons.push(format!("{}: {}", entry.rule, refusal.sentence(entry, dates)));
        }
        reasons
    }
}

fn keys<'f, 'a: 'f>(findings: impl Iterator<Item = &'f Finding<'a>>) -> Vec<&'a str> {
    findings.map(|finding| finding.rule.key.as_str()).collect()
}
