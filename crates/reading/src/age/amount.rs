//! Amounts of time: a number, or a word for one, beside a unit.

use std::ops::Range;

use model::reading::AgeUnit;

use crate::family::{
    found::Found,
    lexicon::{
        Concept,
        concept::{self as c},
    },
    text::{Kind, Text},
};

/// The units with their concepts and their days.
const UNITS: [(Concept, AgeUnit, u32); 5] = [
    (c::HOUR, AgeUnit::Hour, 0),
    (c::DAY, AgeUnit::Day, 1),
    (c::WEEK, AgeUnit::Week, 7),
    (c::MONTH, AgeUnit::Month, 30),
    (c::YEAR, AgeUnit::Year, 365),
];

/// Nobody tells more amounts than this; the rest are not read.
const MOST: usize = 120;

/// How far from its unit a number may begin, in words.
const NEAR: usize = 12;

/// One amount of time.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    /// How many, the lower where two were told.
    pub(crate) value: u32,
    /// The higher where two were told.
    pub(crate) upper: u32,
    /// And a half.
    pub(crate) half: bool,
    /// Days told beside it: "three weeks and two days".
    pub(crate) extra_days: u32,
    /// Of what.
    pub(crate) unit: AgeUnit,
    /// Its tokens.
    pub(crate) at: Range<usize>,
    /// Its sentence.
    pub(crate) sentence: u16,
    /// Whether the unit stood before the number: "day 4".
    pub(crate) ordinal: bool,
    /// Whether the word itself tells an age: "dwutygodniowy", 백일.
    pub(crate) whole: bool,
}

impl Amount {
    /// From and to, in days.
    pub(crate) fn days(&self) -> [u32; 2] {
        let unit = match self.unit {
            AgeUnit::Hour => return [self.value / 24, self.upper / 24],
            AgeUnit::Day => 1,
            AgeUnit::Week => 7,
            AgeUnit::Month => 30,
            AgeUnit::Year => 365,
        };
        if self.extra_days > 0 {
            let days = self.value.saturating_mul(unit) + self.extra_days;
            return [days, days];
        }
        let from = self.value.saturating_mul(unit) + if self.half { unit / 2 } else { 0 };
        let to = self.upper.saturating_mul(unit).saturating_add(unit - 1);
        [from, to.max(from)]
    }
}

/// A number in figures or words.
struct Number {
    value: u32,
    half: bool,
    at: Range<usize>,
    /// Whether it is a word that may be something else ("a", "un").
    weak: bool,
}

/// Finds every amount of time.
pub(crate) fn amounts(text: &Text, found: &Found) -> Vec<Amount> {
    let mut all = numbers(text, found);
    all.sort_by_key(|number| (number.at.start, number.at.end));
    let mut out: Vec<Amount> = Vec::new();
    for hit in found.of(c::WHOLE_AGE) {
        // The value is unit * 1000 + number.
        let (unit, value) = ((hit.value / 1000).clamp(0, 4) as usize, (hit.value % 1000) as u32);
        out.push(Amount {
            value,
            upper: value,
            half: false,
            extra_days: 0,
            unit: UNITS[unit].1,
            at: hit.at.clone(),
            sentence: hit.sentence,
            ordinal: false,
            whole: true,
        });
    }
    for (concept, unit, _) in UNITS {
        for hit in found.of(concept) {
            if !letter_unit_fits(text, found, &hit.at) {
                continue;
            }
            // None but the near ones belong to it.
            let from = all.partition_point(|number| number.at.start + NEAR < hit.at.start);
            let to = all.partition_point(|number| number.at.start <= hit.at.end + NEAR);
            let numbers = &all[from..to.max(from)];
            let make = |number: &Number, lower: u32, at: Range<usize>, ordinal: bool| Amount {
                value: lower,
                upper: number.value.max(lower),
                half: number.half,
                extra_days: 0,
                unit,
                at,
                sentence: hit.sentence,
                ordinal,
                whole: false,
            };
            let before = numbers
                .iter()
                .filter(|number| number.at.end <= hit.at.start && hit.at.start - number.at.end <= 1)
                .filter(|number| number.at.end == hit.at.start || filler(text, number.at.end))
                .max_by_key(|number| (number.at.end, number.at.len()));
            if let Some(number) = before
                && text.tokens[number.at.start].sentence == hit.sentence
            {
                let lower = range_lower(text, numbers, number);
                let from = lower.map_or(number.at.start, |(_, from)| from);
                let lower = lower.map_or(number.value, |(lower, _)| lower);
                let mut amount = make(number, lower, from..hit.at.end, false);
                // "a year and a half", "mes y medio".
                if let Some(half) = found.after(c::HALF, hit.at.end, 2) {
                    amount.half = true;
                    amount.at.end = half.at.end;
                }
                out.push(amount);
                continue;
            }
            // "day 4", "week three", "día 5".
            if let Some(number) = numbers
                .iter()
                .find(|number| number.at.start == hit.at.end && !number.weak && !number.half)
                && matches!(unit, AgeUnit::Day | AgeUnit::Week | AgeUnit::Month)
                && !followed_by_unit(found, number.at.end)
                && number.value <= 60
            {
                out.push(make(number, number.value, hit.at.start..number.at.end, true));
                continue;
            }
            // A dual, or "mes y medio" with no number: the unit's own value.
            if hit.value > 0 {
                let value = hit.value as u32;
                let mut amount = make(
                    &Number { value, half: false, at: hit.at.clone(), weak: false },
                    value,
                    hit.at.clone(),
                    false,
                );
                if let Some(half) = found.after(c::HALF, hit.at.end, 1) {
                    amount.half = true;
                    amount.at.end = half.at.end;
                }
                out.push(amount);
            }
        }
    }
    out.sort_by_key(|amount| (amount.at.start, amount.at.end));
    out.truncate(MOST);
    // The same words may have been found as several units or twice.
    out.dedup_by(|later, earlier| later.at.start < earlier.at.end && later.unit == earlier.unit);
    with_days(out)
}

/// "3 weeks and 2 days", "3w2d" is one amount.
fn with_days(amounts: Vec<Amount>) -> Vec<Amount> {
    let mut out: Vec<Amount> = Vec::with_capacity(amounts.len());
    for amount in amounts {
        if let Some(last) = out.last_mut()
            && matches!(last.unit, AgeUnit::Week | AgeUnit::Month)
            && amount.unit == AgeUnit::Day
            && (amount.value < 7 || (last.unit == AgeUnit::Month && amount.value < 31))
            && amount.at.start >= last.at.end
            && amount.at.start - last.at.end <= 1
            && last.sentence == amount.sentence
            && last.extra_days == 0
            && !amount.ordinal
        {
            last.extra_days = amount.value;
            last.at.end = amount.at.end;
            continue;
        }
        out.push(amount);
    }
    out
}

/// Single letters are units only where they touch a number or an age word follows: `6w`, `3 m old`.
fn letter_unit_fits(text: &Text, found: &Found, at: &Range<usize>) -> bool {
    let word = text.word(at.start);
    if at.len() > 1 || word.len() > 1 || !word.is_ascii() {
        return true;
    }
    let token = &text.tokens[at.start];
    at.start > 0
        && text.tokens[at.start - 1].kind == Kind::Number
        && (token.tight || found.after(c::OLD, at.end, 0).is_some())
}

fn filler(text: &Text, at: usize) -> bool {
    matches!(
        text.word(at),
        "个" | "of" | "full" | "whole" | "more" | "і" | "лет" | "полных" | "ти" | "й"
    ) || text.tokens.get(at).is_some_and(|token| token.sign == '-' && token.tight)
        && text.word(at).len() <= 4
}

fn followed_by_unit(found: &Found, at: usize) -> bool {
    UNITS.iter().any(|&(unit, _, _)| found.after(unit, at, 0).is_some())
}

/// The lower of two numbers: "2-3 weeks", "2 or 3 weeks", "two to three".
fn range_lower(text: &Text, numbers: &[Number], number: &Number) -> Option<(u32, usize)> {
    let other = numbers.iter().find(|other| {
        other.at.end <= number.at.start && !other.weak && other.value < number.value && {
            let between = other.at.end..number.at.start;
            match between.len() {
                0 => matches!(text.tokens[number.at.start].sign, '-' | '/' | '~'),
                1 => matches!(
                    text.word(between.start),
                    "or" | "to"
                        | "o"
                        | "a"
                        | "ou"
                        | "или"
                        | "do"
                        | "lub"
                        | "oswa"
                        | "到"
                        | "或"
                        | "至"
                        | "till"
                ),
                _ => false,
            }
        }
    })?;
    Some((other.value, other.at.start))
}

fn numbers(text: &Text, found: &Found) -> Vec<Number> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() {
        if let Some(value) = text.number(at)
            && value < 1000
        {
            let mut end = at + 1;
            let mut half = false;
            // 2.5, 4 1/2
            if let Some(next) = text.tokens.get(at + 1)
                && next.kind == Kind::Number
                && next.tight
                && matches!(next.sign, '.' | ',')
            {
                half = text.word(at + 1).starts_with(['4', '5', '6']);
                end = at + 2;
            } else if text.word(at + 1) == "1"
                && text.word(at + 2) == "2"
                && text.tokens[at + 2].sign == '/'
            {
                half = true;
                end = at + 3;
            }
            // A piece of a fraction, a date or a number with a sign is no number of its own.
            let piece = text.tokens[at].tight
                && at > 0
                && matches!(text.tokens[at].sign, '.' | ':' | '/' | '+')
                && text.tokens[at - 1].kind == Kind::Number;
            if !piece {
                out.push(Number { value, half, at: at..end, weak: false });
            }
            at = end;
        } else {
            at += 1;
        }
    }
    for hit in found.of(c::NUMBER) {
        let value = hit.value.unsigned_abs();
        let half = found.after(c::HALF, hit.at.end, 2).filter(|half| {
            // "two and a half weeks": the half stands between the number and the unit.
            followed_by_unit(found, half.at.end)
        });
        let end = half.map_or(hit.at.end, |half| half.at.end);
        out.push(Number {
            value,
            half: half.is_some(),
            at: hit.at.start..end,
            weak: hit.value < 0,
        });
    }
    let mut with_half = Vec::new();
    for number in &out {
        if let Some(half) = found.after(c::HALF, number.at.end, 2)
            && !number.half
            && followed_by_unit(found, half.at.end)
        {
            with_half.push(Number {
                value: number.value,
                half: true,
                at: number.at.start..half.at.end,
                weak: number.weak,
            });
        }
    }
    out.append(&mut with_half);
    chinese(text, &mut out);
    out
}

/// Chinese numerals: 三, 十二, 二十, 两, 百.
fn chinese(text: &Text, out: &mut Vec<Number>) {
    let digit = |at: usize| {
        Some(match text.word(at) {
            "一" => 1,
            "二" | "两" | "俩" => 2,
            "三" => 3,
            "四" => 4,
            "五" => 5,
            "六" => 6,
            "七" => 7,
            "八" => 8,
            "九" => 9,
            _ => return None,
        })
    };
    let mut at = 0;
    while at < text.tokens.len() {
        let start = at;
        let mut value = 0;
        if let Some(first) = digit(at) {
            value = first;
            at += 1;
        }
        if text.word(at) == "十" {
            value = value.max(1) * 10;
            at += 1;
            if let Some(last) = digit(at) {
                value += last;
                at += 1;
            }
        }
        if at == start {
            at += 1;
            continue;
        }
        out.push(Number { value, half: false, at: start..at, weak: false });
    }
}
