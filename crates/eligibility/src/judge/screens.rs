use jiff::civil::Date;

use super::{
    Moment, Part,
    papers::{Ask, supported},
    spells::{Spell, unchanged_through},
};
use crate::{
    Evidence, EvidenceKind, EvidenceStatus, Fact, Member, Proof, ScreenResult, Status,
    dates::{FOREVER, day_before, days_after},
    fact::Defect,
};

/// Judges what is met by a clear report: exclusion screens of one list, or background reports.
///
/// The latest finding counts: a verified adverse one ends whatever a clear one said before it, and
/// only a clear one of a later day, verified, ends it again. Of several clear ones the one that
/// lasts longest counts, which is the latest unless somebody gave it an end of its own. A report
/// that is being looked into is pending.
pub(super) fn part<'a>(member: &'a Member, ask: &Ask<'a>, moment: Moment) -> Part<'a> {
    let verified = || {
        reports(member, ask.kind, ask)
            .filter(|(paper, _)| paper.counts_as_verified(&member.id))
            .map(|(paper, result)| (paper.good_from(), paper, result))
    };
    let adverse = verified()
        .filter(|(_, _, result)| is_adverse(*result))
        .map(|(on, paper, _)| (on, paper))
        .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.id.cmp(&a.1.id)));
    let cleared = |adverse: Date| {
        verified().any(|(on, _, result)| result == Some(ScreenResult::Clear) && on > adverse)
    };

    let mut spells = Vec::new();
    for (paper, result) in reports(member, ask.kind, ask) {
        let from = paper.good_from();
        let Some(ends) = paper.good_through(ask.age).filter(|ends| from <= *ends) else {
            continue;
        };
        // The day before the first adverse finding on or after this report.
        let limit = verified()
            .filter(|(on, _, result)| is_adverse(*result) && *on >= from)
            .map(|(on, _, _)| day_before(on))
            .min()
            .unwrap_or(FOREVER);
        let through = ends.min(limit);
        let grace_through = days_after(ends, ask.grace_days).min(limit);
        match result {
            Some(ScreenResult::Clear) if paper.counts_as_verified(&member.id) => {
                if limit < ends {
                    // Cut off by an adverse finding: no grace after that.
                    Spell::push_good(&mut spells, Some(paper), from, through, through);
                } else {
                    Spell::push_good(&mut spells, Some(paper), from, through, grace_through);
                }
            }
            Some(ScreenResult::Clear | ScreenResult::Review) => {
                let stands = adverse.is_some_and(|(on, _)| on < from && !cleared(on));
                if !stands && from <= grace_through {
                    let class = Status::Pending;
                    spells.push(Spell { from, through: grace_through, class, paper: Some(paper) });
                }
            }
            _ => {}
        }
    }
    supported(ask.of, &spells, moment).unwrap_or_else(|| {
        let unchanged = unchanged_through(&spells, moment.day);
        let (status, fact) = shortfall(member, ask, moment.day);
        Part::short(status, fact, unchanged)
    })
}

fn is_adverse(result: Option<ScreenResult>) -> bool {
    matches!(result, Some(ScreenResult::Match | ScreenResult::NotClear))
}

/// The reports asked for, with what they found; rejected ones left out.
fn reports<'a>(
    member: &'a Member,
    kind: EvidenceKind,
    ask: &Ask<'a>,
) -> impl Iterator<Item = (&'a Evidence, Option<ScreenResult>)> {
    let of = ask.of;
    member.papers(kind).iter().filter(|paper| paper.status != EvidenceStatus::Rejected).filter_map(
        move |paper| match (&paper.proof, of) {
            (Proof::ExclusionScreen { list, result }, crate::Subject::Screen(wanted))
                if super::is_same_word(list, wanted) =>
            {
                Some((paper, *result))
            }
            (Proof::BackgroundCheck { result }, crate::Subject::Background) => {
                Some((paper, *result))
            }
            _ => None,
        },
    )
}

fn shortfall<'a>(member: &'a Member, ask: &Ask<'a>, day: Date) -> (Status, Fact<'a>) {
    let of = ask.of;
    let latest = reports(member, ask.kind, ask)
        .filter(|(paper, _)| paper.good_from() <= day)
        .filter(|(paper, _)| paper.counts_as_verified(&member.id))
        .max_by(|(a, a_found), (b, b_found)| {
            a.good_from()
                .cmp(&b.good_from())
                .then_with(|| is_adverse(*a_found).cmp(&is_adverse(*b_found)))
                .then_with(|| b.id.cmp(&a.id))
        });
    let Some((paper, result)) = latest else {
        let begins = reports(member, ask.kind, ask)
            .filter(|(paper, _)| paper.good_from() > day)
            .min_by_key(|(paper, _)| (paper.good_from(), paper.id.as_str()));
        return match begins {
            Some((paper, _)) => (Status::Unmet, Fact::Begins { of, paper, on: paper.good_from() }),
            None => (Status::Missing, Fact::Nothing { of }),
        };
    };
    let wrong = |defect| (Status::Unmet, Fact::Wrong { of, paper, defect });
    match result {
        Some(ScreenResult::Match) => wrong(Defect::Match),
        Some(ScreenResult::NotClear) => wrong(Defect::NotClear),
        None => wrong(Defect::NoResult),
        Some(ScreenResult::Clear | ScreenResult::Review) => match paper.good_through(ask.age) {
            None => wrong(Defect::Undated),
            Some(on) => {
                let grace_through = (ask.grace_days > 0).then(|| days_after(on, ask.grace_days));
                (Status::Unmet, Fact::Lapsed { of, paper, on, grace_through })
            }
        },
    }
}
