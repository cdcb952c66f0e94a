use jiff::civil::Date;

use super::{
    Moment, Part, is_one_of,
    spells::{Spell, deciding, run_end, unchanged_through},
};
use crate::{
    Age, EvidenceKind, EvidenceStatus, Fact, Member, Proof, Status,
    dates::{bounded, days_after},
};

/// Judges letters of reference: enough of them must be good at the same time.
pub(super) fn part<'a>(
    member: &'a Member,
    (count, roles): (u32, &'a [String]),
    age: Age,
    grace_days: u32,
    moment: Moment,
) -> Part<'a> {
    let day = moment.day;
    let needed = usize::try_from(count).unwrap_or(usize::MAX);
    // First and last day of each letter: good, good with grace, and sent at all.
    let (mut good, mut with_grace, mut sent) = (Vec::new(), Vec::new(), Vec::new());
    let mut old = 0;
    for paper in member.papers(EvidenceKind::Reference) {
        let Proof::Reference { role } = &paper.proof else { continue };
        if paper.status == EvidenceStatus::Rejected || !(roles.is_empty() || is_one_of(roles, role))
        {
            continue;
        }
        let from = paper.good_from();
        let Some(through) = paper.good_through(age).filter(|through| from <= *through) else {
            continue;
        };
        let grace_through = days_after(through, grace_days);
        if paper.counts_as_verified(&member.id) {
            good.push((from, through));
            with_grace.push((from, grace_through));
        }
        sent.push((from, grace_through));
        old += usize::from(through < day);
    }

    let mut spells = Vec::new();
    for (class, letters) in
        [(Status::Met, &good), (Status::Grace, &with_grace), (Status::Pending, &sent)]
    {
        if class == Status::Grace && grace_days == 0 {
            continue;
        }
        spells.extend(enough(letters, needed).map(|(from, through)| Spell {
            from,
            through,
            class,
            paper: None,
        }));
    }

    let on_day = |letters: &[(Date, Date)]| {
        letters.iter().filter(|(from, through)| *from <= day && day <= *through).count()
    };
    let unchanged = unchanged_through(&spells, day);
    let (have, all) = (on_day(&good), on_day(&sent));
    let fact = |through| Fact::References {
        good: have,
        unverified: all.saturating_sub(on_day(&with_grace)),
        old,
        needed,
        roles,
        through,
    };
    match deciding(&spells, day) {
        Some(spell) => {
            let last_good = run_end(&spells, day, spell.class);
            Part {
                status: spell.class,
                last_good,
                unchanged_through: unchanged,
                fact: fact(bounded(last_good)),
            }
        }
        None => {
            let status = if sent.is_empty() { Status::Missing } else { Status::Unmet };
            Part::short(status, fact(None), unchanged)
        }
    }
}

/// Days on which at least `needed` letters cover: from each letter's first day to the last day on
/// which that many of those then good still are. Every day with enough letters lies in one of them.
fn enough(letters: &[(Date, Date)], needed: usize) -> impl Iterator<Item = (Date, Date)> {
    letters.iter().filter_map(move |(start, _)| {
        let mut ends: Vec<Date> = letters
            .iter()
            .filter(|(from, through)| from <= start && start <= through)
            .map(|(_, through)| *through)
            .collect();
        ends.sort_unstable_by(|a, b| b.cmp(a));
        ends.get(needed.checked_sub(1)?).map(|end| (*start, *end))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::enough;

    #[test]
    fn enough_letters_at_the_same_time() {
        let letters = [
            (date(2025, 1, 1), date(2027, 1, 1)),
            (date(2026, 1, 1), date(2028, 1, 1)),
            (date(2027, 1, 2), date(2029, 1, 2)),
        ];
        assert_eq!(
            enough(&letters, 2).collect::<Vec<_>>(),
            [(date(2026, 1, 1), date(2027, 1, 1)), (date(2027, 1, 2), date(2028, 1, 1))]
        );
        assert_eq!(enough(&letters, 3).count(), 0);
        assert_eq!(enough(&letters, 1).count(), 3);
    }
}
