//! Phone numbers, e-mail addresses, links, records and dates of birth.

use std::ops::Range;

use super::CutKind;
use crate::normalise::{Normalised, WordKind};

type Cut = (Range<usize>, CutKind);

/// Every such thing, as ranges of words.
pub(super) fn find(text: &Normalised<'_>) -> Vec<Cut> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.words().len() {
        let here = mail_or_handle(text, at)
            .or_else(|| link(text, at))
            .or_else(|| dated(text, at))
            .or_else(|| record(text, at))
            .or_else(|| digits(text, at))
            .or_else(|| spoken_digits(text, at));
        match here {
            Some((words, kind)) => {
                at = words.end.max(at + 1);
                found.push((words, kind));
            }
            None => at += 1,
        }
    }
    found
}

fn kind(text: &Normalised<'_>, at: usize) -> Option<WordKind> {
    text.words().get(at).map(|word| word.kind)
}

/// Whether word `at` stands right after the one before it.
fn glued(text: &Normalised<'_>, at: usize) -> bool {
    match at.checked_sub(1).and_then(|before| text.words().get(before..=at)) {
        Some([before, word]) => before.at.end == word.at.start,
        _ => false,
    }
}

/// Those who carry mail, for addresses that are written with spaces or spelled out.
const PROVIDERS: [&str; 15] = [
    "gmail",
    "yahoo",
    "hotmail",
    "outlook",
    "icloud",
    "aol",
    "verizon",
    "protonmail",
    "proton",
    "live",
    "msn",
    "comcast",
    "optonline",
    "ymail",
    "googlemail",
];

/// `jane.doe@example.org`, `@jane_doe`, `jane at gmail dot com`.
fn mail_or_handle(text: &Normalised<'_>, at: usize) -> Option<Cut> {
    let provider = |index: usize| PROVIDERS.contains(&text.word(index));
    let spelled = text.word(at) == "at" && provider(at + 1);
    if text.word(at) != "@" && !spelled {
        return None;
    }
    let mut from = at;
    while from > at.saturating_sub(40)
        && (glued(text, from) || from == at && (provider(at + 1) || dotted(text, at + 1)))
    {
        let mark = kind(text, from - 1) == Some(WordKind::Mark);
        if mark && !matches!(text.word(from - 1), "." | "_" | "-" | "+" | "%" | "'") {
            break;
        }
        from -= 1;
    }
    if spelled {
        let dot = matches!(text.word(at + 2), "dot" | ".");
        return Some((
            from..(at + if dot { 4 } else { 2 }).min(text.words().len()),
            CutKind::Email,
        ));
    }
    let mut to = at + 1;
    while to < at + 40 && (glued(text, to) || to == at + 1 && from < at && kind(text, to).is_some())
    {
        let stops = match kind(text, to) {
            Some(WordKind::Mark) => !matches!(text.word(to), "." | "-" | "_"),
            Some(WordKind::LineBreak) | None => true,
            Some(_) => false,
        };
        if stops {
            break;
        }
        to += 1;
    }
    // "K7Q @ 5pm" is a time.
    let letters = (at + 1..to).any(|index| kind(text, index) == Some(WordKind::Letters));
    let kind = if from < at { CutKind::Email } else { CutKind::Link };
    (letters || kind == CutKind::Email && to > at + 1).then_some((from..to, kind))
}

/// Endings that make of words with dots between them a web address.
const ENDINGS: [&str; 33] = [
    "com", "org", "net", "edu", "gov", "io", "co", "us", "info", "xyz", "nyc", "health", "care",
    "app", "ly", "link", "site", "online", "biz", "me", "uk", "ca", "il", "ru", "tv", "gl", "be",
    "page", "clinic", "family", "baby", "mom", "example",
];

/// Whether `example.org` begins at a word.
fn dotted(text: &Normalised<'_>, at: usize) -> bool {
    let dot = |at: usize| glued(text, at) && text.word(at) == "." && glued(text, at + 1);
    (0..6)
        .take_while(|part| dot(at + 2 * part + 1))
        .any(|part| ENDINGS.contains(&text.word(at + 2 * part + 2)))
}

fn link(text: &Normalised<'_>, at: usize) -> Option<Cut> {
    let word = text.word(at);
    let scheme = matches!(word, "http" | "https" | "ftp")
        && text.word(at + 1) == ":"
        && text.word(at + 2) == "/";
    let www = word == "www" && text.word(at + 1) == ".";
    let named = word.chars().count() > 1 && kind(text, at)? != WordKind::Mark && dotted(text, at);
    if !scheme && !www && !named {
        return None;
    }
    let mut to = at + 1;
    while glued(text, to) && kind(text, to)? != WordKind::LineBreak {
        to += 1;
    }
    // The full stop after it ends the sentence.
    while to > at + 1 && matches!(text.word(to - 1), "." | "," | "!" | "?" | ")" | ";" | "\"" | "'")
    {
        to -= 1;
    }
    Some((at..to, CutKind::Link))
}

/// Signs that stand between the figures of a phone number.
const BETWEEN: [&str; 10] = ["-", ".", "(", ")", "/", "+", "\u{b7}", "*", "_", "~"];

/// A run of seven figures or more, with the signs that stand between them in phone numbers.
fn digits(text: &Normalised<'_>, at: usize) -> Option<Cut> {
    let opens = matches!(text.word(at), "+" | "(") && kind(text, at + 1) == Some(WordKind::Digits);
    match kind(text, at)? {
        // "A1234567": a number with letters.
        WordKind::Mixed => {
            return (figures(text.word(at)) >= 5).then_some((at..at + 1, CutKind::Record));
        }
        WordKind::Digits => {}
        _ if opens => {}
        _ => return None,
    }
    let (mut to, mut end, mut count, mut marks, mut slashes) = (at, at, 0, 0, 0);
    let mut groups = Vec::new();
    while to < at + 40 {
        match kind(text, to) {
            Some(WordKind::Digits) => {
                groups.push(text.word(to).len());
                count += text.word(to).len();
                end = to + 1;
                marks = 0;
            }
            // A full stop with a space after it ends a sentence, and the number with it.
            Some(WordKind::Mark) if text.word(to) == "." && !glued(text, to + 1) => break,
            Some(WordKind::Mark) if BETWEEN.contains(&text.word(to)) && marks < 3 => {
                slashes += usize::from(text.word(to) == "/");
                marks += 1;
            }
            Some(WordKind::Mixed) if count >= 7 && text.word(to).starts_with('x') => end = to + 1,
            _ => break,
        }
        to += 1;
    }
    // "11/20/2026" is a date; "10 11 12 1 2 3" are hours.
    let date = slashes == 2 && groups.len() == 3;
    let hours = groups.iter().all(|len| *len <= 2) && count < 10;
    (count >= 7 && !date && !hours).then_some((at..end, CutKind::Phone))
}

/// "Nine one seven five five five ...": figures as words.
fn spoken_digits(text: &Normalised<'_>, at: usize) -> Option<Cut> {
    let digit = |index: usize| {
        matches!(
            text.word(index),
            "zero"
                | "oh"
                | "one"
                | "two"
                | "three"
                | "four"
                | "five"
                | "six"
                | "seven"
                | "eight"
                | "nine"
                | "cero"
                | "uno"
                | "dos"
                | "tres"
                | "cuatro"
                | "cinco"
                | "seis"
                | "siete"
                | "ocho"
                | "nueve"
                | "-"
        ) || kind(text, index) == Some(WordKind::Digits)
    };
    if kind(text, at)? != WordKind::Letters || !digit(at) {
        return None;
    }
    let to = (at..at + 40).find(|&index| !digit(index))?;
    let figures = (at..to).filter(|&index| kind(text, index) != Some(WordKind::Mark)).count();
    (figures >= 7).then_some((at..to, CutKind::Phone))
}

const MONTHS: [&str; 24] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
];

/// Whether a word is an English month or its short form.
pub(super) fn month(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// A date of birth: any date with its year, and any date after "dob", "born" or "birthday".
fn dated(text: &Normalised<'_>, at: usize) -> Option<Cut> {
    let word = text.word(at);
    let birth = word == "date" && text.word(at + 1) == "of" && text.word(at + 2) == "birth";
    let told = matches!(
        word,
        "dob"
            | "born"
            | "birthday"
            | "bday"
            | "birthdate"
            | "nacio"
            | "nacimiento"
            | "родился"
            | "родилась"
            | "рождения"
    );
    if birth || told {
        let from = (at + 1..at + 8).find(|&index| date_at(text, index, false).is_some())?;
        return Some((at..date_at(text, from, false)?, CutKind::BirthDate));
    }
    // "I had twins on 11/3"
    let bore = matches!(
        word,
        "had" | "delivered" | "birth" | "arrived" | "parto" | "nacieron" | "accouche"
    );
    if bore
        && let Some(from) = (at + 1..at + 6).find(|&index| date_at(text, index, false).is_some())
    {
        return Some((from..date_at(text, from, false)?, CutKind::BirthDate));
    }
    date_at(text, at, true).map(|to| (at..to, CutKind::BirthDate))
}

/// The word after a date that begins at `at`; with `whole`, only after one that tells its year.
fn date_at(text: &Normalised<'_>, at: usize, whole: bool) -> Option<usize> {
    let figure = |index: usize| {
        text.word(index).parse::<u32>().ok().filter(|_| kind(text, index) == Some(WordKind::Digits))
    };
    let small = |index: usize| figure(index).is_some_and(|figure| (1..=31).contains(&figure));
    let year = |index: usize| figure(index).is_some_and(|year| (1900..2100).contains(&year));
    let short_year = |index: usize| figure(index).is_some() && text.word(index).len() == 2;
    let joint = |index: usize| {
        matches!(text.word(index), "/" | "-" | ".") && glued(text, index) && glued(text, index + 1)
    };
    let inside = at.checked_sub(1).is_some_and(|before| {
        glued(text, at) && matches!(text.word(before), "/" | "-" | "." | "+")
    });
    if inside {
        return None;
    }
    // "11/3/2026", "3-4-93", "1993-03-04"
    if joint(at + 1) && joint(at + 3) && text.word(at + 1) == text.word(at + 3) {
        let american = small(at) && small(at + 2) && (year(at + 4) || short_year(at + 4));
        if american || year(at) && small(at + 2) && small(at + 4) {
            return Some(at + 5);
        }
    }
    if !whole && joint(at + 1) && small(at) && small(at + 2) {
        return Some(at + 3);
    }
    // "March 4, 1993", "4 March 1993", "Mar. 4th"
    let day = |index: usize| {
        let word = text.word(index);
        word.len() <= 4
            && word
                .trim_end_matches(char::is_alphabetic)
                .parse::<u32>()
                .is_ok_and(|day| (1..=31).contains(&day))
    };
    let to = if month(text.word(at)) && day(at + 1) {
        at + 2
    } else if month(text.word(at)) && text.word(at + 1) == "." && day(at + 2) {
        at + 3
    } else if day(at) && month(text.word(at + 1)) {
        at + 2
    } else if day(at) && matches!(text.word(at + 1), "of" | "de") && month(text.word(at + 2)) {
        at + 3
    } else {
        return None;
    };
    let comma = usize::from(matches!(text.word(to), "," | "."));
    if year(to + comma) { Some(to + comma + 1) } else { (!whole).then_some(to) }
}

/// "MRN 00412233", "acct # 55512", "member id: W2345".
fn record(text: &Normalised<'_>, at: usize) -> Option<Cut> {
    let named = match text.word(at) {
        "mrn" | "mr" | "ssn" | "acct" | "account" | "policy" | "passport" | "chart"
        | "subscriber" | "csn" | "encounter" | "record" | "id" => true,
        "member" | "insurance" | "medicaid" | "patient" | "group" | "case" => {
            matches!(text.word(at + 1), "id" | "number" | "#" | "no" | "num")
        }
        _ => false,
    };
    if !named {
        return None;
    }
    let fits = |index: usize| {
        let word = text.word(index);
        matches!(word, "#" | ":" | "." | "-" | "no" | "num" | "number" | "is" | "id" | "(" | "=")
            || figures(word) >= 3
    };
    let last = (at + 1..at + 6)
        .take_while(|&index| fits(index))
        .filter(|&index| figures(text.word(index)) >= 3)
        .last()?;
    Some((at..last + 1, CutKind::Record))
}

fn figures(word: &str) -> usize {
    word.chars().filter(char::is_ascii_digit).count()
}
