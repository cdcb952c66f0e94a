use std::cmp::Ordering;

use jiff::civil::Date;

use super::{
    Moment, Part,
    fit::Fit,
    spells::{Spell, deciding, run_end, unchanged_through},
};
use crate::{
    Age, Evidence, EvidenceKind, EvidenceStatus, Fact, Member, Status, Subject,
    dates::{FOREVER, bounded, day_before, days_after},
    fact::Defect,
};

/// What is asked of papers: of which kind and age, and what is said of it.
pub(super) struct Ask<'a> {
    pub(super) of: Subject<'a>,
    pub(super) kind: EvidenceKind,
    pub(super) age: Age,
    pub(super) grace_days: u32,
}

/// Judges what is met by a single paper.
pub(super) fn part<'a>(
    member: &'a Member,
    ask: &Ask<'a>,
    moment: Moment,
    fit: impl Fn(&'a Evidence) -> Fit<'a>,
) -> Part<'a> {
    let mut spells = Vec::new();
    for paper in member.papers(ask.kind) {
        if paper.status == EvidenceStatus::Rejected || !matches!(fit(paper), Fit::Fits) {
            continue;
        }
        let from = paper.good_from();
        let Some(through) = paper.good_through(ask.age).filter(|through| from <= *through) else {
            continue;
        };
        let grace_through = days_after(through, ask.grace_days);
        if paper.counts_as_verified(&member.id) {
            Spell::push_good(&mut spells, Some(paper), from, through, grace_through);
        } else {
            spells.push(Spell {
                from,
                through: grace_through,
                class: Status::Pending,
                paper: Some(paper),
            });
        }
    }
    supported(ask.of, &spells, moment).unwrap_or_else(|| {
        let (status, fact) = shortfall(member, ask, moment.day, fit);
        Part::short(status, fact, unchanged_through(&spells, moment.day))
    })
}

/// What the spells say of the day; `None` where none covers it.
pub(super) fn supported<'a>(
    of: Subject<'a>,
    spells: &[Spell<'a>],
    moment: Moment,
) -> Option<Part<'a>> {
    let spell = deciding(spells, moment.day)?;
    let paper = spell.paper?;
    let last_good = run_end(spells, moment.day, spell.class);
    let fact = match spell.class {
        Status::Grace => Fact::Lapsed {
            of,
            paper,
            on: day_before(spell.from),
            grace_through: bounded(last_good),
        },
        Status::Pending => Fact::Unverified { of, paper },
        _ => Fact::Held { of, paper, through: bounded(last_good) },
    };
    Some(Part {
        status: spell.class,
        last_good,
        unchanged_through: unchanged_through(spells, moment.day),
        fact,
    })
}

/// Why no paper counts: the most hopeful reason is told. One that begins soon comes first, then
/// the one that expired last, then one with something wrong, then one that was rejected.
fn shortfall<'a>(
    member: &'a Member,
    ask: &Ask<'a>,
    day: Date,
    fit: impl Fn(&'a Evidence) -> Fit<'a>,
) -> (Status, Fact<'a>) {
    let of = ask.of;
    let mut best: Option<(u8, Date, &Evidence, Fact<'a>)> = None;
    for paper in member.papers(ask.kind) {
        let fit = fit(paper);
        let told = match fit {
            Fit::Other => continue,
            _ if paper.status == EvidenceStatus::Rejected => {
                (0, paper.good_from(), paper, Fact::Rejected { of, paper })
            }
            Fit::Wrong(defect) => (1, paper.good_from(), paper, Fact::Wrong { of, paper, defect }),
            Fit::Fits => match paper.good_through(ask.age) {
                None => {
                    let defect = Defect::Undated;
                    (1, Date::MIN, paper, Fact::Wrong { of, paper, defect })
                }
                Some(_) if paper.good_from() > day => {
                    let on = paper.good_from();
                    (3, on, paper, Fact::Begins { of, paper, on })
                }
                Some(on) => {
                    let grace_through =
                        (ask.grace_days > 0).then(|| days_after(on, ask.grace_days));
                    (2, on, paper, Fact::Lapsed { of, paper, on, grace_through })
                }
            },
        };
        let better = best.as_ref().is_none_or(|old| {
            let order = (told.0, told.1).cmp(&(old.0, old.1));
            // Of papers that are to begin, the first to begin is told.
            let order = if told.0 == 3 && old.0 == 3 { order.reverse() } else { order };
            order.then_with(|| old.2.id.cmp(&told.2.id)) == Ordering::Greater
        });
        if better {
            best = Some(told);
        }
    }
    match best {
        None => (Status::Missing, Fact::Nothing { of }),
        Some((0, _, _, fact)) => (Status::Missing, fact),
        Some((_, _, _, fact)) => (Status::Unmet, fact),
    }
}

/// A date through which something in the profile is good, as the dues are: no paper, but the same
/// course of time.
pub(super) fn dated<'a>(
    of: Subject<'a>,
    intervals: &[(Date, Date)],
    grace_days: u32,
    moment: Moment,
) -> Part<'a> {
    let day = moment.day;
    let mut spells = Vec::new();
    for &(from, through) in intervals {
        Spell::push_good(&mut spells, None, from, through, days_after(through, grace_days));
    }
    let unchanged = unchanged_through(&spells, day);
    if let Some(spell) = deciding(&spells, day) {
        let last_good = run_end(&spells, day, spell.class);
        let fact = if spell.class == Status::Grace {
            Fact::Past { of, on: day_before(spell.from), grace_through: bounded(last_good) }
        } else {
            Fact::Current { of, through: bounded(last_good) }
        };
        return Part { status: spell.class, last_good, unchanged_through: unchanged, fact };
    }
    let last = intervals.iter().filter(|(from, _)| *from <= day).map(|(_, through)| *through).max();
    match last {
        None => Part::short(Status::Missing, Fact::Nothing { of }, unchanged),
        Some(on) => {
            debug_assert!(on < day && on != FOREVER, "a good day would have decided");
            let grace_through = (grace_days > 0).then(|| days_after(on, grace_days));
            Part::short(Status::Unmet, Fact::Past { of, on, grace_through }, unchanged)
        }
    }
}
