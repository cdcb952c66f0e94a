//! Whole days in the chapter's time zone, and how they are written.
//!
//! Eligibility knows no hours: a document is good through the end of its expiry day where the
//! chapter is, and the caller says which day it is there. So daylight saving changes nothing here.

use std::fmt;

use jiff::{Span, civil::Date};

/// The day that stands for "no end".
pub(crate) const FOREVER: Date = Date::MAX;

/// Longest number of months or days that is counted: a thousand years.
const LONGEST: u32 = 366_000;

/// The same day of the month so many months later, or that month's last day where it has no such
/// day (31 Jan + 1 month = 28 or 29 Feb).
pub(crate) fn months_after(date: Date, months: u32) -> Date {
    let months = i64::from(months.min(LONGEST / 31));
    Span::new().try_months(months).map_or(FOREVER, |span| date.saturating_add(span))
}

/// So many days later.
pub(crate) fn days_after(date: Date, days: u32) -> Date {
    let days = i64::from(days.min(LONGEST));
    Span::new().try_days(days).map_or(FOREVER, |span| date.saturating_add(span))
}

/// So many days earlier.
pub(crate) fn days_before(date: Date, days: u32) -> Date {
    let days = i64::from(days.min(LONGEST));
    Span::new().try_days(days).map_or(Date::MIN, |span| date.saturating_sub(span))
}

/// The day after; the last day there is stays itself.
pub(crate) fn next_day(date: Date) -> Date {
    date.tomorrow().unwrap_or(FOREVER)
}

/// The day before; the first day there is stays itself.
pub(crate) fn day_before(date: Date) -> Date {
    date.yesterday().unwrap_or(Date::MIN)
}

/// `None` for the day that stands for "no end".
pub(crate) fn bounded(date: Date) -> Option<Date> {
    (date != FOREVER).then_some(date)
}

/// Whole days from `earlier` to `later`; negative where it is the other way round.
pub(crate) fn days_between(earlier: Date, later: Date) -> i32 {
    earlier.until(later).map_or(0, |span| span.get_days())
}

/// How dates stand in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dates {
    /// `2026-12-31`: for files and programs.
    Iso,
    /// `31 Dec 2026`: for people.
    #[default]
    Spoken,
}

impl Dates {
    /// A day, ready to be written.
    #[must_use]
    pub fn show(self, date: Date) -> ShownDate {
        ShownDate { date, dates: self }
    }
}

/// A day on its way into a sentence.
#[derive(Debug, Clone, Copy)]
pub struct ShownDate {
    date: Date,
    dates: Dates,
}

impl fmt::Display for ShownDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.dates {
            Dates::Iso => self.date.fmt(f),
            Dates::Spoken => write!(f, "{}", self.date.strftime("%-d %b %Y")),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Dates, days_after, days_before, days_between, months_after};

    #[test]
    fn months_keep_the_day_or_take_the_last_of_the_month() {
        for (from, months, to) in [
            (date(2026, 2, 1), 12, date(2027, 2, 1)),
            (date(2026, 1, 31), 1, date(2026, 2, 28)),
            (date(2024, 1, 31), 1, date(2024, 2, 29)),
            (date(2024, 2, 29), 12, date(2025, 2, 28)),
            (date(2024, 2, 29), 48, date(2028, 2, 29)),
            (date(2026, 8, 31), 6, date(2027, 2, 28)),
            (date(2026, 12, 31), 2, date(2027, 2, 28)),
        ] {
            assert_eq!(months_after(from, months), to, "{from} + {months} months");
        }
    }

    #[test]
    fn days_cross_months_and_leap_days() {
        assert_eq!(days_after(date(2026, 11, 2), 31), date(2026, 12, 3));
        assert_eq!(days_after(date(2028, 2, 28), 1), date(2028, 2, 29));
        assert_eq!(days_before(date(2027, 1, 20), 60), date(2026, 11, 21));
        assert_eq!(days_between(date(2026, 11, 11), date(2026, 11, 21)), 10);
        assert_eq!(days_between(date(2026, 2, 1), date(2027, 2, 1)), 365);
    }

    #[test]
    fn a_senseless_number_of_months_has_no_end() {
        assert!(months_after(date(2026, 1, 1), u32::MAX) > date(2900, 1, 1));
    }

    #[test]
    fn people_read_the_day_first() {
        assert_eq!(Dates::Spoken.show(date(2026, 12, 3)).to_string(), "3 Dec 2026");
        assert_eq!(Dates::Iso.show(date(2026, 12, 3)).to_string(), "2026-12-03");
    }
}
