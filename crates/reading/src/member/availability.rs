//! Away and back with their days, and rules for what she is sent from now on.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{
    dates::{Days, Direction, weekday_of},
    reply::Reply,
};

/// From when and until when she is away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Absence {
    /// The first day away, if it is not today.
    pub(crate) from: Option<Date>,
    /// The first day back.
    pub(crate) until: Option<Date>,
}

/// What a word before a day makes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    /// The day itself is the first back.
    Until,
    /// The day is the last away.
    Through,
    /// The day after it is the first back.
    UntilAfter,
}

/// The days a reply tells for an absence; nothing where it tells none.
pub(crate) fn absence(reply: &Reply<'_>) -> Absence {
    let mut absence = Absence::default();
    let Some(received) = reply.received else { return absence };
    let tokens = &reply.tokens.all;
    let today = received.at.date();
    let mut at = 0;
    let mut last: Option<(Days, usize)> = None;
    while at < tokens.len() {
        if let Some((bound, count)) = bound(reply, at) {
            if let Some((days, _)) = received.days(tokens, at + count, Direction::After) {
                absence.until = Some(match bound {
                    Bound::Until => days.first,
                    Bound::Through | Bound::UntilAfter => days.end,
                });
                // "Dec 20 until Jan 3": the first day was told before.
                if let Some((before, end)) = last
                    && end == at
                    && before.first > today
                {
                    absence.from = Some(before.first);
                    if bound == Bound::Until {
                        absence.until = Some(days.end);
                    }
                }
                return after_its_beginning(absence);
            }
            at += count;
            continue;
        }
        let Some((days, count)) = received.days(tokens, at, Direction::Ahead) else {
            at += 1;
            continue;
        };
        let end = at + count;
        // "Nov 24-30", "Dec 20 to Jan 3", "monday - wednesday"
        if let Some((to, _)) = range_end(reply, end, days) {
            absence.from = (days.first > today).then_some(days.first);
            absence.until = Some(to);
            return after_its_beginning(absence);
        }
        last = Some((days, end));
        at = end;
    }
    // "Away next week", "off tomorrow", "2 weeks".
    if let Some((days, end)) = last {
        let first = tokens.first().map_or("", |token| token.text.as_str());
        // AWAY and a date is short for AWAY until it.
        let command = first == "away"
            && tokens[1..end].iter().any(|token| {
                weekday_of(&token.text).is_some()
                    || token.text.contains(|c: char| c.is_ascii_digit())
            })
            && days.first.saturating_add(1.day()) == days.end;
        let returns = reply.tokens.all.iter().any(|token| {
            matches!(
                token.text.as_str(),
                "back" | "return" | "returning" | "resume" | "resuming" | "again"
            )
        });
        let starts = tokens
            .iter()
            .any(|token| matches!(token.text.as_str(), "starting" | "from" | "as" | "beginning"));
        if command || returns && first != "away" {
            absence.until = Some(days.first).filter(|&day| day > today);
        } else if starts {
            absence.from = Some(days.first).filter(|&day| day > today);
        } else {
            absence.from = Some(days.first).filter(|&day| day > today);
            absence.until = Some(days.end);
        }
    }
    after_its_beginning(absence)
}

/// An end that lies less than this before its beginning was counted from today.
const NEAR_DAYS: i32 = 28;

/// "Dec 20 to Jan 3": the end lies after the beginning, in the next year if need be. "Thanksgiving through the
/// weekend": in the week that the beginning is in.
fn after_its_beginning(mut absence: Absence) -> Absence {
    if let (Some(from), Some(until)) = (absence.from, absence.until)
        && until <= from
    {
        let before = (from - until).get_days();
        let later = if before < NEAR_DAYS { (before / 7 + 1).weeks() } else { 1.year() };
        absence.until = until.checked_add(later).ok();
    }
    absence
}

/// The end of a span of days that begins before token `at`.
fn range_end(reply: &Reply<'_>, at: usize, first: Days) -> Option<(Date, usize)> {
    let tokens = &reply.tokens.all;
    let received = reply.received?;
    let word = tokens.get(at)?;
    let joined = matches!(
        word.text.as_str(),
        "to" | "al" | "a" | "thru" | "through" | "do" | "по" | "au" | "and"
    );
    let start = if joined {
        at + 1
    } else if dash_before(reply, at) {
        at
    } else {
        return None;
    };
    // "nov 24-30": the month is told once.
    if let Some(day) = tokens
        .get(start)
        .and_then(|token| token.text.trim_end_matches(char::is_alphabetic).parse::<i8>().ok())
        && received.days(tokens, start, Direction::Ahead).is_none_or(|(_, count)| count == 0)
    {
        let last = Date::new(first.first.year(), first.first.month(), day).ok()?;
        return Some((last.checked_add(1.day()).ok()?, start + 1));
    }
    let (days, count) = received.days(tokens, start, Direction::Ahead)?;
    (word.text != "and" || days.first > first.first).then_some((days.end, start + count))
}

/// Whether a dash stands right before a token.
pub(crate) fn dash_before(reply: &Reply<'_>, at: usize) -> bool {
    let Some(word) = reply.tokens.all.get(at).and_then(|token| token.words.start.checked_sub(1))
    else {
        return false;
    };
    matches!(reply.text.word(word), "-" | "~")
}

fn bound(reply: &Reply<'_>, at: usize) -> Option<(Bound, usize)> {
    let text = |at: usize| reply.tokens.all.get(at).map_or("", |token| token.text.as_str());
    Some(match text(at) {
        "until" | "till" | "til" | "untill" | "unitl" | "util" | "unt" | "hasta" | "до"
        | "jusqua" | "jusquau" | "jiska" | "biz" | "ate" | "untl" => {
            if text(at + 1) == "after" {
                (Bound::UntilAfter, 2)
            } else if matches!(text(at + 1), "the" if text(at + 2) == "end") {
                (Bound::Through, 4)
            } else {
                (Bound::Until, 1)
            }
        }
        // Polish "do" is an English word too; a figure after it tells.
        "do" if text(at + 1).starts_with(|c: char| c.is_ascii_digit()) => (Bound::Until, 1),
        "到" => (Bound::Until, 1),
        "thru" | "through" | "throughout" => (Bound::Through, 1),
        "back" | "return" | "returning" | "resume" | "resuming" | "regreso" | "vuelvo"
        | "вернусь" => {
            let on = usize::from(matches!(text(at + 1), "on" | "in" | "el" | "by" | "around"));
            if text(at + 1) == "after" { (Bound::UntilAfter, 2) } else { (Bound::Until, 1 + on) }
        }
        "after" if at > 0 => (Bound::UntilAfter, 1),
        _ => return None,
    })
}

/// The days of the week that a rule names, Monday first, each once: `sun`.
pub(crate) fn quiet_days(reply: &Reply<'_>) -> Vec<String> {
    let mut days = [false; 7];
    for token in &reply.tokens.all {
        match token.text.as_str() {
            "weekend" | "weekends" | "wkend" | "wkends" => days[5..].fill(true),
            "weekday" | "weekdays" => days[..5].fill(true),
            "sabados" => days[5] = true,
            "domingos" => days[6] = true,
            "воскресеньям" => days[6] = true,
            "субботам" => days[5] = true,
            word => {
                if let Some(day) = weekday_of(word) {
                    days[day.to_monday_zero_offset().unsigned_abs() as usize] = true;
                }
            }
        }
    }
    let names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    names
        .into_iter()
        .zip(days)
        .filter(|(_, named)| *named)
        .map(|(name, _)| name.to_owned())
        .collect()
}

/// Whether a day is named in the plural, or by a word that means every such day.
pub(crate) fn names_every(reply: &Reply<'_>) -> bool {
    let texts = || reply.tokens.all.iter().map(|token| token.text.as_str());
    let weekend = texts().any(|word| matches!(word, "weekend" | "wkend" | "wknd"));
    let texted =
        texts().any(|word| matches!(word, "texts" | "txts" | "referrals" | "messages" | "offers"));
    weekend && texted
        || texts().any(|word| {
            matches!(
                word,
                "weekends"
                    | "weekdays"
                    | "shabbos"
                    | "shabbat"
                    | "shabbes"
                    | "every"
                    | "each"
                    | "ever"
                    | "domingos"
                    | "sabados"
                    | "lunes"
                    | "always"
                    | "воскресеньям"
                    | "субботам"
            ) || (word.ends_with('s')
                && word.len() > 4
                && word.strip_suffix('s').is_some_and(|word| weekday_of(word).is_some()))
                || matches!(word, "mons" | "weds" | "fris" | "sats" | "suns")
        })
}

/// The places a rule names, as the roster spells them, in alphabetical order.
pub(crate) fn areas(reply: &Reply<'_>, places: &[(Vec<String>, String)]) -> Vec<String> {
    let tokens = &reply.tokens.all;
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let best = places
            .iter()
            .filter(|(words, _)| {
                tokens.get(at..at + words.len()).is_some_and(|run| {
                    run.iter().zip(words).all(|(token, word)| token.text == *word)
                })
            })
            .max_by_key(|(words, _)| words.len());
        match best {
            Some((words, name)) => {
                if !found.contains(name) {
                    found.push(name.clone());
                }
                at += words.len();
            }
            None => at += 1,
        }
    }
    found.sort();
    found
}

/// Whether she tells a day to come back on.
pub(crate) fn returns_on_a_day(reply: &Reply<'_>) -> bool {
    let bounded = (0..reply.tokens.all.len()).any(|at| bound(reply, at).is_some());
    bounded && absence(reply).until.is_some() || absence_of_days(reply)
}

/// "Out Nov 24-30", "off for 2 weeks", "out the rest of the week".
fn absence_of_days(reply: &Reply<'_>) -> bool {
    let absence = absence(reply);
    match (absence.from, absence.until, reply.received) {
        (_, Some(until), Some(received)) => {
            let from = absence.from.unwrap_or(received.at.date());
            from.until(until).is_ok_and(|span| span.get_days() > 1)
                || from.year() != until.year()
                || from.month() != until.month()
        }
        _ => false,
    }
}
