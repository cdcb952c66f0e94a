use std::cmp::Reverse;

use jiff::civil::Date;

use crate::{
    Evidence, Status,
    dates::{FOREVER, day_before, next_day},
};

/// Days on which one thing supports a rule, first and last included: `Met`, `Grace` or `Pending`.
///
/// All that time does to a rule is told by its spells. Everything else - status on a day, the last
/// good day, the next day on which anything changes - is read off them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spell<'a> {
    pub(super) from: Date,
    pub(super) through: Date,
    pub(super) class: Status,
    pub(super) paper: Option<&'a Evidence>,
}

impl<'a> Spell<'a> {
    /// What a verified paper gives: days on which it is good, and days of grace after them.
    pub(super) fn push_good(
        spells: &mut Vec<Self>,
        paper: Option<&'a Evidence>,
        from: Date,
        through: Date,
        grace_through: Date,
    ) {
        if from > through {
            return;
        }
        spells.push(Self { from, through, class: Status::Met, paper });
        let begins = next_day(through);
        if through != FOREVER && begins <= grace_through {
            let class = Status::Grace;
            spells.push(Self { from: begins, through: grace_through, class, paper });
        }
    }

    fn covers(&self, day: Date) -> bool {
        self.from <= day && day <= self.through
    }
}

/// The spell that decides a day: the best, and among equally good ones the one that lasts longest.
/// Of two that are alike in all that, the paper of the smaller id is named, so that the order of
/// the papers decides nothing.
pub(super) fn deciding<'s, 'a>(spells: &'s [Spell<'a>], day: Date) -> Option<&'s Spell<'a>> {
    spells.iter().filter(|spell| spell.covers(day)).min_by(|a, b| {
        let rank = |spell: &Spell<'a>| (spell.class, Reverse(spell.through));
        let id = |spell: &Spell<'a>| spell.paper.map(|paper| paper.id.as_str());
        rank(a).cmp(&rank(b)).then_with(|| id(a).cmp(&id(b)))
    })
}

/// The last day of the unbroken run, from `day` on, of spells at least as good as `class`: a paper
/// that begins before the last one ends, or on the day after, carries it on.
pub(super) fn run_end(spells: &[Spell<'_>], day: Date, class: Status) -> Date {
    let mut wanted = day;
    loop {
        let reach = spells
            .iter()
            .filter(|spell| spell.class <= class && spell.covers(wanted))
            .map(|spell| spell.through)
            .max();
        match reach {
            None => return day_before(wanted),
            Some(FOREVER) => return FOREVER,
            Some(reach) => wanted = next_day(reach),
        }
    }
}

/// The last day through which nothing about these spells changes.
pub(super) fn unchanged_through(spells: &[Spell<'_>], day: Date) -> Date {
    spells
        .iter()
        .filter(|spell| spell.through >= day)
        .map(|spell| if spell.from > day { day_before(spell.from) } else { spell.through })
        .min()
        .unwrap_or(FOREVER)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Spell, deciding, run_end, unchanged_through};
    use crate::{Status, dates::FOREVER};

    fn spell(from: (i16, i8, i8), through: (i16, i8, i8), class: Status) -> Spell<'static> {
        let day = |(y, m, d)| date(y, m, d);
        Spell { from: day(from), through: day(through), class, paper: None }
    }

    #[test]
    fn a_renewal_that_begins_the_day_after_carries_on() {
        let joined = [
            spell((2026, 1, 1), (2026, 12, 31), Status::Met),
            spell((2027, 1, 1), (2027, 12, 31), Status::Met),
        ];
        assert_eq!(run_end(&joined, date(2026, 6, 1), Status::Met), date(2027, 12, 31));
        let gap = [joined[0], spell((2027, 1, 2), (2027, 12, 31), Status::Met)];
        assert_eq!(run_end(&gap, date(2026, 6, 1), Status::Met), date(2026, 12, 31));
        assert_eq!(unchanged_through(&gap, date(2026, 6, 1)), date(2026, 12, 31));
        assert_eq!(unchanged_through(&gap[1..], date(2026, 6, 1)), date(2027, 1, 1));
    }

    #[test]
    fn the_best_decides_and_then_the_longest() {
        let spells = [
            spell((2026, 1, 1), (2030, 1, 1), Status::Pending),
            spell((2026, 1, 1), (2026, 7, 1), Status::Met),
            spell((2026, 1, 1), (2026, 9, 1), Status::Met),
        ];
        let best = deciding(&spells, date(2026, 6, 1)).expect("a spell");
        assert_eq!((best.class, best.through), (Status::Met, date(2026, 9, 1)));
        let later = deciding(&spells, date(2026, 9, 2)).expect("a spell");
        assert_eq!(later.class, Status::Pending);
        assert!(deciding(&spells, date(2025, 12, 31)).is_none());
    }

    #[test]
    fn no_end_is_no_end() {
        let spells =
            [Spell { from: date(2026, 1, 1), through: FOREVER, class: Status::Met, paper: None }];
        assert_eq!(run_end(&spells, date(2026, 1, 1), Status::Met), FOREVER);
        assert_eq!(unchanged_through(&spells, date(2026, 1, 1)), FOREVER);
    }
}
