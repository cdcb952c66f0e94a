//! Streets, corners, house numbers, apartments, rooms and beds.

use std::ops::Range;

use super::{CutKind, numbers::month};
use crate::normalise::{Normalised, WordKind};

/// Words that make a street of the name before them.
const STREETS: [&str; 25] = [
    "ave",
    "avenue",
    "aves",
    "street",
    "streets",
    "blvd",
    "boulevard",
    "parkway",
    "pkwy",
    "road",
    "rd",
    "lane",
    "ln",
    "expressway",
    "expwy",
    "turnpike",
    "tpke",
    "hwy",
    "highway",
    "concourse",
    "улица",
    "ул",
    "проспект",
    "calle",
    "avenida",
];

/// Words that do so only with a house number or an ordinal: "my place", "a quiet drive".
const WITH_NUMBER: [&str; 27] = [
    "st", "str", "pl", "place", "dr", "drive", "ct", "court", "ter", "terrace", "way", "sq",
    "square", "plaza", "walk", "loop", "row", "av", "oval", "circle", "cir", "alley", "mews",
    "slip", "broadway", "bowery", "crescent",
];

/// Streets that are called by their name alone.
const NAMED: [&str; 40] = [
    "broadway",
    "bowery",
    "lex",
    "lexington",
    "madison",
    "amsterdam",
    "columbus",
    "cpw",
    "houston",
    "canal",
    "delancey",
    "bleecker",
    "varick",
    "lenox",
    "nostrand",
    "flatbush",
    "bedford",
    "atlantic",
    "fulton",
    "utica",
    "kingston",
    "dekalb",
    "myrtle",
    "metropolitan",
    "steinway",
    "ditmars",
    "roosevelt",
    "jamaica",
    "northern",
    "hillside",
    "fordham",
    "tremont",
    "hylan",
    "victory",
    "ocean",
    "church",
    "cortelyou",
    "coney",
    "park",
    "york",
];

/// Words that no street's name holds.
const STOPS: [&str; 42] = [
    "am", "pm", "and", "or", "to", "the", "a", "is", "for", "my", "her", "in", "on", "of", "with",
    "but", "if", "min", "mins", "minutes", "hours", "hrs", "dollars", "off", "i", "we", "she",
    "blocks", "block", "miles", "visits", "visit", "families", "per", "at", "until", "after",
    "before", "from", "days", "weeks", "months",
];

/// Every street and room, as ranges of words.
pub(super) fn find(text: &Normalised<'_>) -> Vec<(Range<usize>, CutKind)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < text.words().len() {
        let office = says_office(text, at);
        let street = || house(text, at).or_else(|| corner(text, at)).or_else(|| street(text, at));
        let here = room(text, at, office).map(|words| (words, CutKind::Room));
        match here.or_else(|| street().map(|words| (words, CutKind::Address))) {
            Some((words, kind)) => {
                at = words.end.max(at + 1);
                if !(office && kind == CutKind::Address) {
                    found.push((words, kind));
                }
            }
            None => at += 1,
        }
    }
    found
}

/// Whether the writer calls what stands at `at` an office, in the words shortly before it.
fn says_office(text: &Normalised<'_>, at: usize) -> bool {
    (at.saturating_sub(8)..at).any(|before| {
        let own = before > 0
            && matches!(text.word(before - 1), "my" | "our" | "home" | "the" | "in" | "an");
        let next = matches!(
            text.word(before + 1),
            "visit" | "visits" | "only" | "is" | "on" | "at" | "in" | "near" | "hours"
        );
        matches!(text.word(before), "office" | "clinic" | "practice" | "studio") && (own || next)
    })
}

fn kind(text: &Normalised<'_>, at: usize) -> Option<WordKind> {
    text.words().get(at).map(|word| word.kind)
}

fn letter(text: &Normalised<'_>, at: usize) -> bool {
    kind(text, at) == Some(WordKind::Letters) && text.word(at).chars().count() == 1
}

fn suffix(word: &str) -> bool {
    STREETS.contains(&word) || WITH_NUMBER.contains(&word)
}

fn compass(word: &str) -> bool {
    matches!(word, "n" | "s" | "e" | "w" | "east" | "west" | "north" | "south")
}

/// "72nd", "1st": a street with a number for its name, and no day of a month.
fn ordinal(text: &Normalised<'_>, at: usize) -> bool {
    let word = text.word(at);
    let figures = word.trim_end_matches(char::is_alphabetic);
    let numbered = kind(text, at) == Some(WordKind::Mixed)
        && !figures.is_empty()
        && figures.chars().all(|c| c.is_ascii_digit())
        && matches!(&word[figures.len()..], "st" | "nd" | "rd" | "th");
    let before = at.checked_sub(1).map_or("", |before| text.word(before));
    let date = month(before) || text.word(at + 1) == "of" && month(text.word(at + 2));
    numbered && !date
}

/// The word after a house number: up to five figures, perhaps a letter, perhaps as in Queens (34-12).
fn house_number(text: &Normalised<'_>, at: usize) -> Option<usize> {
    let word = text.word(at);
    let figures = word.trim_end_matches(char::is_alphabetic);
    let numbered = matches!(kind(text, at)?, WordKind::Digits | WordKind::Mixed)
        && (1..=5).contains(&figures.len())
        && figures.chars().all(|c| c.is_ascii_digit())
        && word.len() - figures.len() <= 1;
    let joined = |index: usize| matches!(text.words().get(index..index + 2), Some([a, b]) if a.at.end == b.at.start);
    let queens = text.word(at + 1) == "-"
        && kind(text, at + 2) == Some(WordKind::Digits)
        && joined(at)
        && joined(at + 1);
    numbered.then_some(if queens { at + 3 } else { at + 1 })
}

/// A house number and its street: "410 Ocean Ave", "30 E 40th St", "88 St. Marks Pl", "12 Broadway".
fn house(text: &Normalised<'_>, at: usize) -> Option<Range<usize>> {
    let mut next = house_number(text, at)?;
    next += usize::from(matches!(text.word(next), "." | ","));
    if compass(text.word(next)) {
        next += 1 + usize::from(text.word(next + 1) == ".");
    }
    let close = |index: usize| {
        let more = usize::from(suffix(text.word(index + 1)));
        let lettered = usize::from(
            matches!(text.word(index), "ave" | "avenue" | "av") && letter(text, index + 1),
        );
        Some(at..index + 1 + more.max(lettered))
    };
    for index in next..next + 4 {
        let word = text.word(index);
        if word == "." && index > next {
            continue;
        }
        if !matches!(kind(text, index)?, WordKind::Letters | WordKind::Mixed | WordKind::Digits) {
            return None;
        }
        // "10 Park Slope families" counts; "410 Ocean" may go on with its "Pkwy".
        let bare = NAMED.contains(&word)
            && index == next
            && (suffix(text.word(index + 1)) || text.word(at).len() > 2 || word == "broadway");
        let named = bare && !matches!(text.word(index + 1), "slope" | "heights" | "hill" | "park");
        if ordinal(text, index)
            || named
            || STREETS.contains(&word)
            || WITH_NUMBER.contains(&word) && index > next
        {
            return close(index);
        }
        if STOPS.contains(&word) {
            return None;
        }
    }
    None
}

/// "86th and 2nd", "72nd & Lex", "corner of Main and Kissena".
fn corner(text: &Normalised<'_>, at: usize) -> Option<Range<usize>> {
    if text.word(at) == "corner" && text.word(at + 1) == "of" {
        let and = (at + 2..at + 7).find(|&index| matches!(text.word(index), "and" | "&" | "/"))?;
        let to = and + 2 + usize::from(suffix(text.word(and + 2)));
        return Some(at..to.min(text.words().len()));
    }
    let (first, and) = crossing(text, at)?;
    let joins = matches!(
        text.word(and),
        "and"
            | "&"
            | "/"
            | "@"
            | "btwn"
            | "between"
            | "bet"
            | "off"
            | "y"
            | "at"
            | "x"
            | "n"
            | "+"
            | "near"
    );
    let (second, to) = crossing(text, and + 1).filter(|_| joins)?;
    (first || second).then_some(at..to)
}

/// A street as it stands in a corner: whether a number tells it, and the word after it.
fn crossing(text: &Normalised<'_>, at: usize) -> Option<(bool, usize)> {
    let start = at + usize::from(compass(text.word(at)));
    let ends = |index: usize| {
        STREETS.contains(&text.word(index))
            || matches!(text.word(index), "st" | "pl" | "place" | "av")
    };
    let next = start + 1 + usize::from(ends(start + 1));
    if ordinal(text, start) {
        return Some((true, next));
    }
    if matches!(text.word(start), "avenue" | "ave" | "av") && letter(text, start + 1) {
        return Some((true, start + 2));
    }
    match kind(text, start)? {
        WordKind::Digits if text.word(start).len() <= 3 && ends(start + 1) => Some((true, next)),
        WordKind::Letters if ends(start + 1) && !generic(text.word(start)) => Some((true, next)),
        WordKind::Letters if NAMED.contains(&text.word(start)) => Some((false, next)),
        _ => None,
    }
}

/// A street without a house number: "W 72nd", "40th St", "Ocean Ave", "Avenue J".
fn street(text: &Normalised<'_>, at: usize) -> Option<Range<usize>> {
    let word = text.word(at);
    let start = at + usize::from(compass(word));
    if ordinal(text, start) {
        let ends = suffix(text.word(start + 1))
            && !matches!(text.word(start + 1), "way" | "row" | "walk" | "plaza" | "square");
        return (start > at || ends).then(|| at..start + 1 + usize::from(ends));
    }
    if matches!(word, "avenue" | "ave" | "calle")
        && letter(text, at + 1)
        && !matches!(text.word(at + 1), "i" | "y")
    {
        return Some(at..at + 2);
    }
    let named = kind(text, at)? == WordKind::Letters
        && !STOPS.contains(&word)
        && !STREETS.contains(&word)
        && !generic(word);
    if named && STREETS.contains(&text.word(at + 1)) {
        let lettered = text.word(at + 1).starts_with("ave") && letter(text, at + 2);
        return Some(at..at + 2 + usize::from(lettered));
    }
    None
}

/// "Down the street", "same street", "on the road" name none.
fn generic(word: &str) -> bool {
    matches!(
        word,
        "your"
            | "this"
            | "that"
            | "same"
            | "our"
            | "their"
            | "down"
            | "which"
            | "what"
            | "any"
            | "cross"
            | "side"
            | "across"
            | "quiet"
            | "busy"
            | "one"
            | "next"
            | "long"
            | "la"
            | "esta"
            | "whole"
            | "up"
            | "no"
    )
}

/// "apt 3B", "rm 512", "room 4-12", "bed 2", "#5F", "6th floor".
fn room(text: &Normalised<'_>, at: usize, office: bool) -> Option<Range<usize>> {
    let numbered = |index: usize| {
        text.word(index).len() <= 6 && text.word(index).contains(|c: char| c.is_ascii_digit())
    };
    // "6th floor"
    if ordinal(text, at) && matches!(text.word(at + 1), "floor" | "fl" | "flr") {
        return Some(at..at + 2);
    }
    // "#5F": a letter tells it from "#2", and a code is a code.
    if text.word(at) == "#" {
        let word = text.word(at + 1);
        let flat = kind(text, at + 1)? == WordKind::Mixed
            && word.starts_with(|c: char| c.is_ascii_digit())
            && word.len() <= 5;
        return flat.then_some(at..at + 2);
    }
    let lettered = match text.word(at) {
        "apt" | "apartment" | "unit" | "rm" | "room" | "bed" | "apto" | "apartamento" | "кв"
        | "квартира" => true,
        "ste" | "suite" if !office => true,
        "habitacion" | "ph" | "penthouse" | "ward" | "bay" | "floor" | "fl" | "flr" | "piso"
        | "палата" | "cuarto" => false,
        _ => return None,
    };
    let mut index = at + 1;
    while index < at + 4
        && matches!(text.word(index), "#" | "." | ":" | "no" | "number" | "num" | "-")
    {
        index += 1;
    }
    let lone =
        lettered && letter(text, index) && !matches!(text.word(index), "i" | "a" | "u" | "y");
    if !(numbered(index) || lone) {
        return None;
    }
    if matches!(text.word(index + 1), "degrees" | "bedroom" | "bedrooms" | "people" | "percent") {
        return None;
    }
    let mut to = index + 1;
    while matches!(text.word(to), "-" | "/") && (numbered(to + 1) || letter(text, to + 1)) {
        to += 2;
    }
    // "apt 3 B"
    if kind(text, to - 1) == Some(WordKind::Digits)
        && letter(text, to)
        && matches!(text.word(to), "b" | "c" | "d" | "e" | "f" | "g" | "h")
    {
        to += 1;
    }
    Some(at..to)
}
