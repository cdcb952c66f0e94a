//! Dates in figures or with a month's name, and times of day.

use jiff::civil::{Date, Time};

use super::names::{self, Words};

/// A date as far as it was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    Full(Date),
    MonthDay(i8, i8),
    Month(i8),
    Day(i8),
}

/// A date in figures or with a month's name, and how many words tell it.
pub(super) fn calendar(words: Words<'_>, at: usize) -> Option<(Told, usize)> {
    let (one, two, three) = (words.text(at), words.text(at + 1), words.text(at + 2));
    // "Nov 25", "Nov 25th 2026", "January"
    if let Some(month) = names::month(one) {
        if let Some(day) = day_number(two) {
            if let Some(year) = year(three) {
                return Date::new(year, month, day).ok().map(|date| (Told::Full(date), 3));
            }
            return Some((Told::MonthDay(month, day), 2));
        }
        // "may" and "mar" alone are other words too.
        return (!matches!(one, "may" | "mar" | "out" | "jen" | "mars" | "sun"))
            .then_some((Told::Month(month), 1));
    }
    // "2026-12-24"
    if one.len() == 4
        && words.glue(at) == '-'
        && let (Some(year), Some(month), Some(day)) = (year(one), number(two), number(three))
        && let Ok(date) = Date::new(year, month, day)
    {
        return Some((Told::Full(date), 3));
    }
    // "12/1", "12/1/26"
    if words.glue(at) == '/'
        && let (Some(month @ 1..=12), Some(day @ 1..=31)) = (number(one), number(two))
    {
        if words.glue(at + 1) == '/'
            && let Some(year) = short_year(three)
        {
            return Date::new(year, month, day).ok().map(|date| (Told::Full(date), 3));
        }
        return Some((Told::MonthDay(month, day), 2));
    }
    let day = day_number(one)?;
    // "5 de enero", "5 января", "25 Nov"
    let of = usize::from(matches!(two, "de" | "of"));
    if let Some(month) = names::month(words.text(at + 1 + of)) {
        return Some((Told::MonthDay(month, day), 2 + of));
    }
    // "1月5日"
    if two == "月" {
        let told = number(three).filter(|_| matches!(words.text(at + 3), "日" | "号" | "號"));
        return Some(told.map_or((Told::Month(day), 2), |date| (Told::MonthDay(day, date), 4)));
    }
    if matches!(two, "号" | "號" | "日") {
        return Some((Told::Day(day), 2));
    }
    // "the 30th"
    if one.ends_with(|c: char| c.is_alphabetic()) {
        return Some((Told::Day(day), 1));
    }
    None
}

fn number(word: &str) -> Option<i8> {
    word.parse().ok()
}

fn year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|year| (2020..2100).contains(year))
}

fn short_year(word: &str) -> Option<i16> {
    let short = || word.parse::<i16>().ok().filter(|_| word.len() == 2).map(|year| 2000 + year);
    year(word).or_else(short)
}

fn day_number(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    let suffix = &word[digits.len()..];
    let day = digits.parse::<i8>().ok().filter(|day| (1..=31).contains(day))?;
    matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "го" | "er").then_some(day)
}

/// A time of day, and how many words tell it.
pub(super) fn time(words: Words<'_>, at: usize, told: bool) -> Option<(Time, usize)> {
    let (one, two, three) = (words.text(at), words.text(at + 1), words.text(at + 2));
    match one {
        "noon" | "midday" | "mediodia" => return Time::new(12, 0, 0, 0).ok().map(|time| (time, 1)),
        "midnight" => return Time::new(0, 0, 0, 0).ok().map(|time| (time, 1)),
        _ => {}
    }
    let digits = one.trim_end_matches(|c: char| c.is_alphabetic());
    let suffix = &one[digits.len()..];
    let mut hour = digits.parse::<i8>().ok().filter(|hour| (0..=24).contains(hour))?;
    let mut taken = 1;
    let mut minute = 0;
    let mut half = half_of_day(suffix);
    if !suffix.is_empty() && half.is_none() {
        return None;
    }
    // "3:30pm", "9:30 am": the colon is no token.
    if half.is_none() && words.glue(at) == ':' {
        let digits = two.trim_end_matches(|c: char| c.is_alphabetic());
        if digits.len() == 2
            && let Ok(value) = digits.parse::<i8>()
            && value < 60
        {
            let suffix = &two[digits.len()..];
            half = half_of_day(suffix);
            if suffix.is_empty() || half.is_some() {
                minute = value;
                taken = 2;
            }
        }
    }
    if half.is_none()
        && let Some(found) = half_of_day(if taken == 2 { three } else { two })
    {
        half = Some(found);
        taken += 1;
        // "p.m." is two words
        if matches!(words.text(at + taken), "m") {
            taken += 1;
        }
    }
    match half {
        Some(true) if hour < 12 => hour += 12,
        Some(false) if hour == 12 => hour = 0,
        Some(_) => {}
        None if taken == 2 && hour > 12 => {}
        // Nobody sees a family at two in the morning.
        None if told || taken == 2 => {
            if (1..8).contains(&hour) {
                hour += 12;
            }
        }
        None => return None,
    }
    Time::new(hour % 24, minute, 0, 0).ok().map(|time| (time, taken))
}

/// Whether a word says after noon (`true`) or before.
fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "pm" | "p" => Some(true),
        "am" | "a" => Some(false),
        _ => None,
    }
}
