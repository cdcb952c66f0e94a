use std::cmp::Reverse;

use jiff::civil::Date;

use super::{Moment, Part, judge};
use crate::{
    Fact, Finding, Member, Rule, Status,
    dates::{FOREVER, day_before, next_day},
};

/// The children in force on the moment's day, judged.
fn judged<'a>(
    children: &'a [Rule],
    member: &'a Member,
    moment: Moment,
    grace_days: u32,
) -> impl Iterator<Item = Finding<'a>> {
    children
        .iter()
        .filter(move |child| child.in_force_from() <= moment.day)
        .map(move |child| judge(child, member, moment, grace_days))
}

/// The last day before a child that is not in force yet comes into force.
fn before_next_child(children: &[Rule], day: Date) -> Date {
    let next = children.iter().map(Rule::in_force_from).filter(|from| *from > day).min();
    next.map_or(FOREVER, day_before)
}

/// At least one of the children: the best decides.
pub(super) fn any_of<'a>(
    rule: &'a Rule,
    children: &'a [Rule],
    member: &'a Member,
    moment: Moment,
    grace_days: u32,
) -> Finding<'a> {
    let findings: Vec<_> = judged(children, member, moment, grace_days).collect();
    let best = findings.iter().min_by_key(|child| (child.status, Reverse(child.last_good)));
    let Some(best) = best else {
        return Part::lasting(Fact::Children).finding(rule);
    };
    let (mut status, mut last_good) = (best.status, best.last_good);
    if status <= Status::Grace {
        // Where one child ends another may carry on.
        while last_good < FOREVER {
            let next = moment.on(next_day(last_good));
            let reach = judged(children, member, next, grace_days)
                .filter(|child| child.status.class() <= status.class())
                .map(|child| child.last_good)
                .max();
            match reach {
                Some(reach) if reach > last_good => last_good = reach,
                _ => break,
            }
        }
    }
    let mut unchanged_through = findings
        .iter()
        .map(|child| child.unchanged_through)
        .min()
        .unwrap_or(FOREVER)
        .min(before_next_child(children, moment.day));
    if status.class() == Status::Met && !moment.is_near(Some(last_good)) {
        // The child ends soon and the whole does not.
        status = Status::Met;
        if last_good != FOREVER {
            unchanged_through = unchanged_through.min(moment.still_far(last_good));
        }
    }
    let part = Part { status, last_good, unchanged_through, fact: Fact::Children };
    Finding { children: findings, ..part.finding(rule) }
}

/// All of the children: the worst decides.
pub(super) fn all_of<'a>(
    rule: &'a Rule,
    children: &'a [Rule],
    member: &'a Member,
    moment: Moment,
    grace_days: u32,
) -> Finding<'a> {
    let findings: Vec<_> = judged(children, member, moment, grace_days).collect();
    let status = findings.iter().map(|child| child.status).max().unwrap_or(Status::Met);
    let last_good = findings.iter().map(|child| child.last_good).min().unwrap_or(FOREVER);
    let unchanged = findings.iter().map(|child| child.unchanged_through).min();
    let last_good = until_a_new_rule_fails(children, last_good, moment, |child, from| {
        judge(child, member, moment.on(from), grace_days)
    });
    let part = Part {
        status,
        last_good,
        unchanged_through: unchanged
            .unwrap_or(FOREVER)
            .min(before_next_child(children, moment.day)),
        fact: Fact::Children,
    };
    Finding { children: findings, ..part.finding(rule) }
}

/// Holds a last good day back to the day before a rule comes into force that would not be met
/// then, or to the last good day of one that would.
pub(crate) fn until_a_new_rule_fails<'a>(
    rules: impl IntoIterator<Item = &'a Rule>,
    mut last_good: Date,
    moment: Moment,
    at: impl Fn(&'a Rule, Date) -> Finding<'a>,
) -> Date {
    for rule in rules {
        let from = rule.in_force_from();
        if from <= moment.day || from > last_good {
            continue;
        }
        let then = at(rule, from);
        let holds_until =
            if then.status.class() == Status::Met { then.last_good } else { day_before(from) };
        last_good = last_good.min(holds_until);
    }
    last_good
}
