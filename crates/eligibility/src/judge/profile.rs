use super::{Moment, Part, is_one_of, is_same_word, papers::dated};
use crate::{
    ChapterStatus, Fact, Profile, ProfileFact, Status, Subject,
    dates::{FOREVER, day_before, months_after},
};

/// Judges whether her profile has one of those asked for.
pub(super) fn one_of<'a>(
    profile: &'a Profile,
    what: ProfileFact,
    any_of: &'a [String],
    or_sliding_scale: bool,
) -> Part<'a> {
    let mine = match what {
        ProfileFact::Area => &profile.areas,
        ProfileFact::Visit => &profile.visit_types,
        ProfileFact::Languages => &profile.languages,
        ProfileFact::Payer => &profile.payers,
    };
    let meets = |own: &&String| match what {
        ProfileFact::Languages => any_of.iter().any(|wanted| is_same_language(wanted, own)),
        _ => is_one_of(any_of, own),
    };
    let has = mine.iter().filter(meets).min().map(String::as_str);
    let met = has.is_some() || (or_sliding_scale && profile.sliding_scale);
    let fact = Fact::Profile { what, any_of, has, or_sliding_scale };
    if met { Part::lasting(fact) } else { Part::short(Status::Unmet, fact, FOREVER) }
}

/// Whether a spoken language meets the one asked for: itself, or a variety of it.
fn is_same_language(wanted: &str, spoken: &str) -> bool {
    let (wanted, spoken) = (wanted.trim(), spoken.trim());
    spoken
        .get(..wanted.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(wanted))
        .then(|| spoken[wanted.len()..].chars().next())
        .is_some_and(|next| matches!(next, None | Some('-' | '_')))
}

/// Judges whether she has none of these conflicts. A bare `employed_by` means any `employed_by:X`.
pub(super) fn no_conflict<'a>(profile: &'a Profile, disallow: &[String]) -> Part<'a> {
    let named = |own: &&String| {
        disallow.iter().any(|barred| {
            is_same_word(barred, own)
                || own.split_once(':').is_some_and(|(kind, _)| is_same_word(barred, kind))
        })
    };
    match profile.conflicts.iter().filter(named).min() {
        None => Part::lasting(Fact::Conflict(None)),
        Some(conflict) => Part::short(Status::Unmet, Fact::Conflict(Some(conflict)), FOREVER),
    }
}

/// Judges full years in practice: the same day so many years later counts, and 28 February for
/// those who began on a leap day.
pub(super) fn practice(profile: &Profile, needed: u32, moment: Moment) -> Part<'static> {
    let Some(since) = profile.practice_start else {
        let fact = Fact::Practice { since: None, full_years: 0, needed, reached: None };
        return Part::short(Status::Missing, fact, FOREVER);
    };
    let after = |years: u32| months_after(since, years.saturating_mul(12));
    let reached = after(needed);
    let begun = (moment.day.year() - since.year()).max(0).unsigned_abs();
    let full_years = u32::from(begun);
    let full_years =
        if after(full_years) > moment.day { full_years.saturating_sub(1) } else { full_years };
    let fact = Fact::Practice { since: Some(since), full_years, needed, reached: Some(reached) };
    if moment.day >= reached.max(since) {
        Part::lasting(fact)
    } else {
        Part::short(Status::Unmet, fact, day_before(reached.max(since)))
    }
}

/// Judges her standing with the chapter: active, dues paid, and an event of late where one is
/// asked for. Gives one part for each.
pub(super) fn standing<'a>(
    profile: &'a Profile,
    event_within_months: Option<u32>,
    grace_days: u32,
    moment: Moment,
) -> impl Iterator<Item = Part<'a>> {
    let status = Fact::ChapterStatus(&profile.chapter_status);
    let status = if profile.chapter_status == ChapterStatus::Active {
        Part::lasting(status)
    } else {
        Part::short(Status::Unmet, status, FOREVER)
    };
    let paid = profile.membership_paid_through.map(|through| (jiff::civil::Date::MIN, through));
    let dues = dated(Subject::Dues, paid.as_slice(), grace_days, moment);
    let event = event_within_months.map(|months| {
        let windows: Vec<_> =
            profile.events.iter().map(|on| (*on, months_after(*on, months))).collect();
        dated(Subject::Event(months), &windows, grace_days, moment)
    });
    [status, dues].into_iter().chain(event)
}

#[cfg(test)]
mod tests {
    use super::is_same_language;

    #[test]
    fn a_variety_meets_its_language_and_not_the_other_way_round() {
        assert!(is_same_language("zh", "zh") && is_same_language("zh", "zh-yue"));
        assert!(is_same_language("ES", "es"));
        assert!(!is_same_language("zh-yue", "zh") && !is_same_language("he", "hei"));
        assert!(!is_same_language("zh", "é"));
    }
}
