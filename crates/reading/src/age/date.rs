//! Days of birth and due dates.

use std::ops::Range;

use jiff::{
    ToSpan,
    civil::{Date, date},
};
use model::reading::{Age, AgeUnit};

use super::{Part, amount::Amount};
use crate::family::{
    found::{Found, distance},
    lexicon::concept as c,
    text::{Kind, Text},
};

/// A day of birth, or a word for one.
#[derive(Debug, Clone)]
pub(super) struct Born {
    /// The age in days, from and to.
    pub(super) days: [u32; 2],
    /// The day.
    pub(super) date: Option<Date>,
    /// Whether a date was told, rather than "yesterday".
    pub(super) told: bool,
    /// Whether only the day of the week was told.
    pub(super) weekday: bool,
    /// The age as it was told, where it was told as one: "yesterday" is a day.
    pub(super) age: Option<Age>,
    /// The words.
    pub(super) quote: String,
}

/// A date as written.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Written {
    month: i8,
    day: Option<i8>,
    year: Option<i16>,
    at: Range<usize>,
    sentence: u16,
    /// Whether both parts were figures, so that their order is a custom.
    figures: bool,
}

/// Nobody tells more dates than this; the rest are not read.
const MOST: usize = 40;

/// How far a date may stand from "born" or "due".
const REACH: usize = 7;

/// The day of birth.
pub(super) fn born(text: &Text, found: &Found, today: Option<Date>) -> Option<Born> {
    let today = today?;
    let dates = dates(text, found);
    // "I give birth on 20 January", "before the birth": a birth to come is none yet.
    let comes = |birth: &crate::family::found::Hit| {
        found.of(c::DUE).any(|due| due.at.start < birth.at.end && birth.at.start < due.at.end)
            || (found.says(c::DUE) && found.says(c::PRENATAL))
    };
    for birth in found.of(c::BORN).filter(|hit| hit.said() && !comes(hit)) {
        let near = |at: &Range<usize>, sentence: u16| {
            sentence == birth.sentence && distance(&birth.at, at) <= REACH
        };
        let quote = |at: &Range<usize>| {
            text.quote(&(birth.at.start.min(at.start)..birth.at.end.max(at.end))).to_owned()
        };
        for written in dates.iter().filter(|written| near(&written.at, written.sentence)) {
            if let Some(day) = past(written, today)
                && let Ok(age) = u32::try_from(today.since(day).map_or(-1, |span| span.get_days()))
                && age <= 1500
            {
                return Some(Born {
                    days: [age, age],
                    date: Some(day),
                    told: true,
                    weekday: false,
                    age: None,
                    quote: quote(&written.at),
                });
            }
        }
        let reach = birth.at.start.saturating_sub(REACH)..birth.at.end + REACH;
        for hit in
            found.within(c::RELATIVE_DAY, reach.clone()).filter(|hit| near(&hit.at, hit.sentence))
        {
            // "born at 35 weeks and came home today" has another verb between.
            if distance(&birth.at, &hit.at) > 4 {
                continue;
            }
            let days = hit.value.unsigned_abs();
            return Some(Born {
                days: [days, days],
                date: None,
                told: false,
                weekday: false,
                age: Some(Age { value: days, unit: AgeUnit::Day }),
                quote: quote(&hit.at),
            });
        }
        if let Some(hit) =
            found.within(c::WEEKDAY, reach.clone()).find(|hit| near(&hit.at, hit.sentence))
        {
            let back =
                (i32::from(today.weekday().to_monday_one_offset()) - hit.value).rem_euclid(7);
            let back = if back == 0 { 7 } else { back };
            return Some(Born {
                days: [back as u32, back as u32],
                date: today.checked_sub(back.days()).ok(),
                told: true,
                weekday: true,
                age: None,
                quote: quote(&hit.at),
            });
        }
        for hit in found.within(c::LAST, reach).filter(|hit| near(&hit.at, hit.sentence)) {
            let (unit, length) = if found.after(c::WEEK, hit.at.end, 0).is_some() || hit.value == 7
            {
                (AgeUnit::Week, 7)
            } else if found.after(c::MONTH, hit.at.end, 0).is_some() || hit.value == 30 {
                (AgeUnit::Month, 30)
            } else {
                continue;
            };
            return Some(Born {
                days: [length, 2 * length - 1],
                date: None,
                told: false,
                weekday: false,
                age: Some(Age { value: 1, unit }),
                quote: quote(&(hit.at.start..hit.at.end + 1)),
            });
        }
    }
    None
}

/// Whether a birth is expected, and for when.
pub(super) fn due(
    text: &Text,
    found: &Found,
    today: Option<Date>,
    amounts: &[Amount],
    parts: &[Part],
) -> Option<(Option<String>, String)> {
    let dates = dates(text, found);
    let mut bare = None;
    for hit in found.of(c::DUE).chain(found.of(c::PREGNANT)).filter(|hit| hit.said()) {
        let quote = |at: &Range<usize>| {
            text.quote(&(hit.at.start.min(at.start)..hit.at.end.max(at.end))).to_owned()
        };
        let Some(today) = today else {
            return (hit.concept == c::DUE).then(|| (None, text.quote(&hit.at).to_owned()));
        };
        let near = |at: &Range<usize>, sentence: u16| {
            sentence == hit.sentence && distance(&hit.at, at) <= REACH + 2
        };
        for written in dates.iter().filter(|written| near(&written.at, written.sentence)) {
            if let Some(told) = future(written, today) {
                return Some((Some(told), quote(&written.at)));
            }
        }
        if hit.concept != c::DUE {
            continue;
        }
        for (amount, part) in amounts.iter().zip(parts) {
            if *part == Part::UntilBirth && amount.sentence == hit.sentence && amount.days()[0] > 0
            {
                let day = today.checked_add(i64::from(amount.days()[0]).days()).ok();
                return Some((day.map(|day| day.to_string()), quote(&amount.at)));
            }
        }
        let reach = hit.at.start.saturating_sub(REACH + 2)..hit.at.end + REACH + 2;
        for relative in found
            .within(c::RELATIVE_DAY, reach)
            .filter(|near_by| near(&near_by.at, near_by.sentence))
        {
            if relative.value > 0 {
                let day = today.checked_add(i64::from(relative.value).days()).ok();
                return Some((day.map(|day| day.to_string()), quote(&relative.at)));
            }
        }
        bare.get_or_insert_with(|| (None, text.quote(&hit.at).to_owned()));
    }
    bare
}

/// The latest such day that is not after today.
fn past(written: &Written, today: Date) -> Option<Date> {
    let day = written.day?;
    if let Some(year) = written.year {
        return date_of(year, written.month, day).filter(|day| *day <= today);
    }
    let this = |month, day| {
        date_of(today.year(), month, day)
            .filter(|found| *found <= today)
            .or_else(|| date_of(today.year() - 1, month, day))
    };
    let first = this(written.month, day);
    // In figures, "12/11" may be the 12th of November where the 11th of December is far.
    if written.figures
        && first.is_none_or(|found| today.since(found).map_or(0, |span| span.get_days()) > 300)
        && (1..=12).contains(&day)
    {
        return this(day, written.month)
            .filter(|found| today.since(*found).map_or(999, |span| span.get_days()) < 120)
            .or(first);
    }
    first
}

/// The next such day, or the next such month.
fn future(written: &Written, today: Date) -> Option<String> {
    let Some(day) = written.day else {
        let year = written.year.unwrap_or(if written.month >= today.month() {
            today.year()
        } else {
            today.year() + 1
        });
        return Some(format!("{year:04}-{:02}", written.month));
    };
    if let Some(year) = written.year {
        return date_of(year, written.month, day)
            .filter(|day| today.since(*day).map_or(0, |span| span.get_days()) < 60)
            .map(|day| day.to_string());
    }
    let this = date_of(today.year(), written.month, day)?;
    let overdue = today.since(this).map_or(0, |span| span.get_days());
    if overdue <= 14 {
        return Some(this.to_string());
    }
    date_of(today.year() + 1, written.month, day).map(|day| day.to_string())
}

fn date_of(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok().filter(|day| *day >= date(1990, 1, 1))
}

fn year_of(number: u32) -> Option<i16> {
    match number {
        20..=39 => Some(2000 + number as i16),
        80..=99 => Some(1900 + number as i16),
        1950..=2100 => Some(number as i16),
        _ => None,
    }
}

/// Every date that is written out or in figures.
fn dates(text: &Text, found: &Found) -> Vec<Written> {
    let mut out = Vec::new();
    let small =
        |at: usize, most: u32| text.number(at).filter(|n| (1..=most).contains(n)).map(|n| n as i8);
    for at in 0..text.tokens.len() {
        let sentence = text.tokens[at].sentence;
        // 11/3, 11-03-2026, 11.3.26; not a piece of a longer number, not 2-3 weeks.
        if let (Some(first), Some(second)) = (small(at, 31), small(at + 1, 31))
            && text.tokens[at + 1].tight
            && matches!(text.tokens[at + 1].sign, '/' | '-' | '.')
            && !(at > 0 && text.tokens[at].tight && text.tokens[at - 1].kind == Kind::Number)
        {
            let year = text.number(at + 2).filter(|_| {
                text.tokens[at + 2].tight && text.tokens[at + 2].sign == text.tokens[at + 1].sign
            });
            let sign = text.tokens[at + 1].sign;
            if sign != '/' && year.is_none() {
                continue;
            }
            let (month, day) = if first > 12 { (second, first) } else { (first, second) };
            if month <= 12 {
                out.push(Written {
                    month,
                    day: Some(day),
                    year: year.and_then(year_of),
                    at: at..at + if year.is_some() { 3 } else { 2 },
                    sentence,
                    figures: true,
                });
            }
        }
        // 2026-11-03
        if let (Some(year @ 2000..=2100), Some(month), Some(day)) =
            (text.number(at), small(at + 1, 12), small(at + 2, 31))
            && text.tokens[at + 1].tight
            && text.tokens[at + 2].tight
        {
            out.push(Written {
                month,
                day: Some(day),
                year: Some(year as i16),
                at: at..at + 3,
                sentence,
                figures: false,
            });
        }
        // 11月3日, 11월 3일, 三月
        if matches!(text.word(at), "月" | "월")
            && let Some((month, from)) = month_before(text, found, at)
        {
            let next = at + 1 + usize::from(text.word(at + 1) == "份");
            let day = small(next, 31);
            out.push(Written {
                month,
                day,
                year: None,
                at: from..next + usize::from(day.is_some()),
                sentence,
                figures: false,
            });
        }
    }
    for hit in found.of(c::MONTH_NAME) {
        let Ok(month) = i8::try_from(hit.value) else { continue };
        let after = hit.at.end;
        let before = hit.at.start;
        let behind = small(after, 31).filter(|_| !is_amount(found, after));
        let ahead = before
            .checked_sub(1)
            .and_then(|at| {
                small(at, 31).or_else(|| {
                    // "3 de noviembre", "3rd of November"
                    at.checked_sub(1).and_then(|number| {
                        matches!(text.word(at), "de" | "of" | "th" | "st" | "nd" | "rd")
                            .then(|| small(number, 31))
                            .flatten()
                    })
                })
            })
            .filter(|_| behind.is_none());
        let suffix = matches!(text.word(after + 1), "th" | "st" | "nd" | "rd");
        let year_at =
            after + usize::from(behind.is_some()) + usize::from(behind.is_some() && suffix);
        let year = text.number(year_at).filter(|year| *year >= 2000).and_then(year_of);
        out.push(Written {
            month,
            day: behind.or(ahead),
            year,
            at: before..after + usize::from(behind.is_some()),
            sentence: hit.sentence,
            figures: false,
        });
    }
    // A month with its day tells more than one without.
    out.sort_by_key(|written| written.day.is_none());
    out.truncate(MOST);
    out
}

/// Whether the number there belongs to an amount: "in January 3 weeks ago".
fn is_amount(found: &Found, at: usize) -> bool {
    [c::DAY, c::WEEK, c::MONTH, c::YEAR, c::HOUR]
        .iter()
        .any(|&unit| found.after(unit, at + 1, 0).is_some())
}

fn month_before(text: &Text, found: &Found, at: usize) -> Option<(i8, usize)> {
    let before = at.checked_sub(1)?;
    if let Some(month) = text.number(before) {
        return (1..=12).contains(&month).then_some((month as i8, before));
    }
    let digits = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
    let _ = found;
    let last = digits.iter().position(|&digit| digit == text.word(before))? as i8 + 1;
    if before > 0 && text.word(before - 1) == "十" && last <= 2 {
        return Some((10 + last, before - 1));
    }
    Some((last, before))
}
