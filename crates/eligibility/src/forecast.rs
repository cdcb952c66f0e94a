use jiff::civil::Date;

use crate::{
    AsOf, Dates, Finding, Hospital, Member, Outcome, Override, Overrides, RuleSet, Severity,
    dates::{FOREVER, day_before, days_after, next_day},
    evaluation::{assess, outcome},
    judge::{Moment, judge_with_overrides},
    sentences::short,
};

/// What becomes of one pair in the days to come if nothing new comes in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast<'a> {
    /// The hospital.
    pub hospital: &'a Hospital,
    /// The member.
    pub member: &'a Member,
    /// The outcome on the first day.
    pub outcome: Outcome,
    /// The days on which the outcome changes, in order.
    pub turns: Vec<Turn<'a>>,
}

/// A day on which an outcome changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn<'a> {
    /// The first day of the new outcome.
    pub on: Date,
    /// The outcome of the day before.
    pub from: Outcome,
    /// The new outcome.
    pub to: Outcome,
    /// How the mandatory rules stand that changed on that day, those first that went the way the
    /// outcome went.
    pub because: Vec<Finding<'a>>,
}

/// Looks `days` days ahead. Only days on which something can change are judged, and of those only
/// the rules that change.
#[must_use]
pub fn forecast<'a>(
    hospital: &'a Hospital,
    member: &'a Member,
    overrides: &'a Overrides,
    as_of: AsOf,
    days: u32,
) -> Forecast<'a> {
    let overrides = overrides.between(&hospital.id, &member.id);
    let end = days_after(as_of.day, days);
    let mut moment = as_of.moment();
    let first = assess(hospital, member, overrides, moment);
    let mut pair =
        Pair { hospital, member, overrides, set: first.rule_set, findings: first.findings };
    let mut was = first.outcome;
    let mut turns = Vec::new();
    if !member.profile.chapter_status.bars() {
        while let Some(day) = pair.next_change(moment.day).filter(|day| *day <= end) {
            moment = moment.on(day);
            let changed = pair.advance(moment);
            let now = outcome(&pair.findings);
            if now != was {
                turns.push(Turn {
                    on: day,
                    from: was,
                    to: now,
                    because: because(changed, now > was),
                });
                was = now;
            }
        }
    }
    Forecast { hospital, member, outcome: first.outcome, turns }
}

/// A pair on its way through the days.
struct Pair<'a> {
    hospital: &'a Hospital,
    member: &'a Member,
    overrides: &'a [Override],
    set: Option<&'a RuleSet>,
    findings: Vec<Finding<'a>>,
}

impl<'a> Pair<'a> {
    /// The next day on which anything can change.
    fn next_change(&self, day: Date) -> Option<Date> {
        let rules = self.set.map_or(&[][..], |set| &set.rules);
        let coming = rules.iter().map(crate::Rule::in_force_from).filter(|from| *from > day);
        let coming = coming.chain(self.hospital.next_version(day)).map(day_before);
        let unchanged = self.findings.iter().map(|finding| finding.unchanged_through);
        let through = unchanged.chain(coming).min().unwrap_or(FOREVER);
        (through != FOREVER).then(|| next_day(through.max(day)))
    }

    /// Goes on to a day and gives the findings that are not what they were, each with whether it
    /// is better than before.
    fn advance(&mut self, moment: Moment) -> Vec<(Finding<'a>, bool)> {
        let set = self.hospital.rules_on(moment.day);
        let old = std::mem::take(&mut self.findings);
        let mut changed = Vec::new();
        if !same(set, self.set) {
            self.set = set;
            self.findings = assess(self.hospital, self.member, self.overrides, moment).findings;
            for finding in &self.findings {
                let before = old.iter().find(|old| old.rule.key == finding.rule.key);
                if before.is_none_or(|before| before.status != finding.status) {
                    let better = before.is_some_and(|before| finding.status < before.status);
                    changed.push((finding.clone(), better));
                }
            }
            return changed;
        }
        let mut old = old.into_iter().peekable();
        for rule in set.map_or(&[][..], |set| &set.rules) {
            let before = old.next_if(|finding| std::ptr::eq(finding.rule, rule));
            let finding = match before {
                Some(before) if before.unchanged_through >= moment.day => before,
                None if rule.in_force_from() > moment.day => continue,
                before => {
                    let now = judge_with_overrides(rule, self.member, self.overrides, moment);
                    let was = before.map(|before| before.status);
                    if was != Some(now.status) {
                        changed.push((now.clone(), was.is_some_and(|was| now.status < was)));
                    }
                    now
                }
            };
            self.findings.push(finding);
        }
        changed
    }
}

fn same(a: Option<&RuleSet>, b: Option<&RuleSet>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => std::ptr::eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

fn because<'a>(mut changed: Vec<(Finding<'a>, bool)>, better: bool) -> Vec<Finding<'a>> {
    changed.retain(|(finding, _)| finding.rule.severity == Severity::Mandatory);
    changed
        .sort_by_key(|(finding, went_up)| (*went_up != better, std::cmp::Reverse(finding.status)));
    changed.into_iter().map(|(finding, _)| finding).collect()
}

impl<'a> Forecast<'a> {
    /// The day on which she falls off the list, if she is on it and does.
    #[must_use]
    pub fn lapse(&self) -> Option<&Turn<'a>> {
        self.turns.iter().find(|turn| turn.from.is_listed() && !turn.to.is_listed())
    }
}

impl Turn<'_> {
    /// The turn in a few words: `lapses 31 Dec 2026: insurance`, with the last day on the list.
    #[must_use]
    pub fn sentence(&self, dates: Dates) -> String {
        let names: Vec<_> = self.because.iter().map(short).collect();
        let names = if names.is_empty() { "the rules change".to_owned() } else { names.join(", ") };
        let on = dates.show(self.on);
        match (self.from.is_listed(), self.to) {
            (_, Outcome::NothingAsked) => {
                format!("off the list from {on}: nothing is asked any more")
            }
            (true, Outcome::Ineligible | Outcome::Pending) => {
                format!("lapses {}: {names}", dates.show(day_before(self.on)))
            }
            (false, Outcome::Ineligible | Outcome::Pending) => {
                format!("{} from {on}: {names}", words(self.to))
            }
            (false, _) => format!("on the list from {on}: {names}"),
            (true, Outcome::EligibleInGrace) => format!("in grace from {on}: {names}"),
            (true, Outcome::EligibleByOverride) => format!("by override from {on}: {names}"),
            (true, Outcome::EligibleExpiring) => format!("ends soon, from {on}: {names}"),
            (true, Outcome::Eligible) => format!("nothing ends soon, from {on}: {names}"),
        }
    }

    /// What would keep her on the list, or bring her back: one clause for each rule that changed.
    #[must_use]
    pub fn fixes(&self, dates: Dates) -> Vec<String> {
        let fix = |finding: &Finding<'_>| {
            finding.fix(self.on, dates).map(|fix| format!("{}: {fix}", finding.rule.key))
        };
        self.because.iter().filter_map(fix).collect()
    }
}

fn words(outcome: Outcome) -> &'static str {
    if outcome == Outcome::Pending { "pending" } else { "ineligible" }
}
