use jiff::civil::Date;

use super::{Moment, judge};
use crate::{
    Finding, Member, Override, Rule, Status,
    dates::{FOREVER, day_before, next_day},
};

/// Judges a rule with its overrides: those of this hospital and this member that name it.
pub(crate) fn judge_with_overrides<'a>(
    rule: &'a Rule,
    member: &'a Member,
    overrides: &'a [Override],
    moment: Moment,
) -> Finding<'a> {
    let mut finding = judge(rule, member, moment, 0);
    if overrides.is_empty() {
        return finding;
    }
    let day = moment.day;
    let of_rule = || overrides.iter().filter(|entry| entry.rule == rule.key);
    // The days on which each override counts, whatever the rule's own state.
    let spans = || {
        of_rule().filter(|_| rule.may_be_waived()).filter_map(|entry| {
            entry.flaw().ok().filter(|(from, through)| from <= through).map(|span| (entry, span))
        })
    };
    for (_, (from, through)) in spans() {
        let edge = if from > day { day_before(from) } else { through };
        if edge >= day {
            finding.unchanged_through = finding.unchanged_through.min(edge);
        }
    }
    if finding.status <= Status::Waived {
        return finding;
    }
    let covering = |day: Date| {
        spans().filter(move |(_, (from, through))| *from <= day && day <= *through).max_by(
            |(a, a_span), (b, b_span)| a_span.1.cmp(&b_span.1).then_with(|| b.id.cmp(&a.id)),
        )
    };
    let Some((waiver, (_, through))) = covering(day) else {
        finding.refused = of_rule()
            .filter_map(|entry| entry.refusal(rule, day).map(|refusal| (entry, refusal)))
            .collect();
        return finding;
    };
    let mut last_good = through;
    while last_good < FOREVER {
        let next = next_day(last_good);
        let own = judge(rule, member, moment.on(next), 0);
        if own.status.class() == Status::Met && own.last_good > last_good {
            last_good = own.last_good;
        } else if let Some((_, (_, through))) = covering(next) {
            last_good = through;
        } else {
            break;
        }
    }
    finding.status = Status::Waived;
    finding.waiver = Some(waiver);
    finding.last_good = last_good;
    finding
}
