//! Where a family is.

use std::ops::Range;

use model::reading::{Location, Precision};

use super::{
    Place, What,
    prefixes::{Prefix, prefix},
};
use crate::family::{
    found::{Found, Hit},
    lexicon::{Lexicon, concept as c},
    text::{Kind, Text},
    tongue::Tongue,
};

/// Nobody names more places than this, or more ZIPs; the rest of a list is not read.
const MOST_NAMES: usize = 60;

/// A place with the words it rests on.
#[derive(Debug, Clone)]
pub(crate) struct Located {
    /// The place.
    pub(crate) location: Location,
    /// The rule that decided.
    pub(crate) rule: &'static str,
    /// The words.
    pub(crate) words: String,
}

/// Finds the place. `answering` says that the message may be nothing but the answer to our question.
pub(crate) fn locate(
    lexicon: &Lexicon,
    text: &Text,
    found: &Found,
    answering: bool,
) -> Option<Located> {
    let names = names(lexicon, text, found, answering);
    let zips = zips(text, found, answering);
    let quote = |at: &Range<usize>| text.quote(at).to_owned();
    let mut unsettled: Option<Located> = None;
    for (zip, at) in &zips {
        let mut location = blank(Precision::Zip);
        let rule;
        if let Some(borough) = lexicon.places.borough(zip) {
            location.zip = Some(zip.clone());
            location.borough = Some(borough.to_owned());
            location.neighborhood = neighborhood(&names, Some(borough));
            rule = "zip";
        } else if let Some((state, _)) = lexicon.places.around(zip) {
            location = outside(Some(zip.clone()), town(&names), Some(state.to_owned()));
            rule = "zip_outside";
        } else {
            match prefix(zip) {
                Prefix::City(borough) => {
                    location = blank(Precision::Borough);
                    location.borough = Some(borough.to_owned());
                    location.raw = Some(zip.clone());
                    rule = "zip_prefix";
                }
                Prefix::Elsewhere(state) => {
                    location = outside(Some(zip.clone()), town(&names), Some(state.to_owned()));
                    rule = "zip_outside";
                }
                Prefix::None => {
                    location = blank(Precision::Invalid);
                    location.raw = Some(zip.clone());
                    rule = "zip_invalid";
                }
            }
        }
        let located = Located { location, rule, words: quote(at) };
        if rule == "zip" {
            return Some(located);
        }
        unsettled.get_or_insert(located);
    }
    // A ZIP that is none gives way to a name that is one.
    let named = by_name(lexicon, text, found, &names);
    match (unsettled, named) {
        (Some(zip), Some(name))
            if zip.rule == "zip_invalid" || zip.rule == "zip_prefix" && settled(&name) =>
        {
            Some(name)
        }
        (Some(zip), _) => Some(zip),
        (None, name) => name,
    }
}

fn settled(located: &Located) -> bool {
    located.location.precision == Precision::Neighborhood
}

fn blank(precision: Precision) -> Location {
    Location {
        precision,
        zip: None,
        neighborhood: None,
        borough: None,
        state: None,
        raw: None,
        candidates: Vec::new(),
    }
}

fn outside(zip: Option<String>, town: Option<String>, state: Option<String>) -> Location {
    Location { zip, neighborhood: town, state, ..blank(Precision::OutOfArea) }
}

/// A name that was found, with its place.
struct Name<'a> {
    place: &'a Place,
    at: Range<usize>,
    /// How much speaks for it: "I live in" more than a bare name, "I work in" less.
    weight: i32,
}

fn neighborhood(names: &[Name], borough: Option<&str>) -> Option<String> {
    let of = |name: &&Name, any: bool| match &name.place.what {
        What::Neighborhood(its) => any || borough == Some(its),
        What::Ambiguous(list) => {
            list.iter().any(|one| borough.is_some_and(|borough| one.ends_with(borough)))
        }
        _ => false,
    };
    names
        .iter()
        .filter(|name| of(name, false))
        .max_by_key(|name| name.weight)
        .map(|name| name.place.name.clone())
        .filter(|name| name != "?")
}

fn town(names: &[Name]) -> Option<String> {
    names
        .iter()
        .filter(|name| matches!(name.place.what, What::Town(_)))
        .max_by_key(|name| name.weight)
        .map(|name| name.place.name.clone())
}

/// The names of places that are meant as the family's place.
fn names<'a>(lexicon: &'a Lexicon, text: &Text, found: &Found, answering: bool) -> Vec<Name<'a>> {
    let longer = |hit: &Hit| {
        [c::PLACE, c::HOSPITAL, c::SHIELD, c::STATE_OUT, c::WRONG_NUMBER]
            .into_iter()
            .any(|longer| found.around(longer, &hit.at).next().is_some())
    };
    let english = found.languages.main == Tongue::EN || found.languages.main == Tongue::ANY;
    let state = |hit: &Hit| {
        found
            .within(c::STATE_OUT, hit.at.end..hit.at.end + 1)
            .find(|state| state.at.start >= hit.at.end && state.at.start - hit.at.end <= 1)
    };
    let alone = text.length() <= 4;
    let mut out: Vec<Name> = Vec::new();
    for hit in found.of(c::PLACE).take(MOST_NAMES) {
        let Some(place) = lexicon.places.get(hit.value) else { continue };
        if longer(hit) || hospital(text, found, hit) {
            continue;
        }
        let written = text.quote(&hit.at);
        let word = text.word(hit.at.start);
        let short = place.short || (hit.at.len() == 1 && word.len() <= 3);
        let capitals = written.chars().all(|c| !c.is_lowercase()) && written.len() > 1;
        if place.answer && !(alone && (answering || capitals)) {
            continue;
        }
        if short && !(english || capitals || (answering && alone)) {
            continue;
        }
        if found.before(c::NAME_INTRO, hit.at.start, 0).is_some() && hit.at.len() == 1 {
            continue;
        }
        let beside = state(hit);
        let out_of_state =
            beside.is_some() && !matches!(place.what, What::Town(_) | What::Region(_));
        let needs = place.weak && beside.is_none();
        if needs || (out_of_state && elsewhere(lexicon, found, hit)) {
            continue;
        }
        let live = found.before(c::LIVE, hit.at.start, 2).is_some();
        let work = found.before(c::WORK_AT, hit.at.start, 3).is_some();
        let denied = !hit.said() && !live;
        out.push(Name {
            place,
            at: hit.at.clone(),
            weight: i32::from(live) * 2 - i32::from(work) * 3 - i32::from(denied) * 4,
        });
    }
    out
}

/// Whether the same words name a town outside.
fn elsewhere(lexicon: &Lexicon, found: &Found, hit: &Hit) -> bool {
    found.within(c::PLACE, hit.at.clone()).any(|other| {
        other.at == hit.at
            && lexicon
                .places
                .get(other.value)
                .is_some_and(|place| matches!(place.what, What::Town(_)))
    })
}

/// Whether a name stands for a hospital of that name: "the nurse at Lenox Hill", "Elmhurst Hospital".
fn hospital(text: &Text, found: &Found, hit: &Hit) -> bool {
    if found.after(c::HOSPITAL_WORD, hit.at.end, 0).is_some() {
        return true;
    }
    let named = found.within(c::HOSPITAL, hit.at.clone()).any(|other| other.at == hit.at);
    if !named {
        return false;
    }
    let before = hit.at.start.checked_sub(1).map_or("", |at| text.word(at));
    let lives = found.before(c::LIVE, hit.at.start, 2).is_some();
    let born_there = found.near(c::BORN, &hit.at, hit.sentence, 4).is_some()
        || found.near(c::NICU, &hit.at, hit.sentence, 3).is_some()
        || found.near(c::ROLE_NURSE, &hit.at, hit.sentence, 3).is_some()
        || found.near(c::SOURCE, &hit.at, hit.sentence, 3).is_some();
    !lives
        && (born_there && matches!(before, "at" | "from" | "en" | "a" | "of" | "с" | "в")
            || before == "at"
            || before == "@")
}

fn by_name(lexicon: &Lexicon, text: &Text, found: &Found, names: &[Name]) -> Option<Located> {
    let quote = |at: &Range<usize>| text.quote(at).to_owned();
    let borough = names
        .iter()
        .filter(|name| name.place.what == What::Borough && name.weight > -4)
        .max_by_key(|name| name.weight)
        .map(|name| (name.place.name.clone(), name.at.clone()));
    let mut best: Option<(i32, Located)> = None;
    let mut offer = |weight: i32, located: Located| {
        if best.as_ref().is_none_or(|(other, _)| weight > *other) {
            best = Some((weight, located));
        }
    };
    for name in names.iter().filter(|name| name.weight > -4) {
        let weight = name.weight * 10;
        match &name.place.what {
            What::Neighborhood(its) => {
                let fits = borough.as_ref().is_none_or(|(borough, _)| borough == its);
                let mut location = blank(Precision::Neighborhood);
                location.neighborhood = Some(name.place.name.clone());
                location.borough = Some(its.clone());
                offer(
                    weight + if fits { 9 } else { 5 },
                    Located { location, rule: "neighborhood", words: quote(&name.at) },
                );
            }
            What::Ambiguous(list) => {
                let told = borough.as_ref().and_then(|(borough, _)| {
                    list.iter().find(|one| one.ends_with(borough.as_str()))
                });
                let located = match (told, &borough) {
                    (Some(_), Some((borough, _))) if name.place.name != "?" => {
                        let mut location = blank(Precision::Neighborhood);
                        location.neighborhood = Some(name.place.name.clone());
                        location.borough = Some(borough.clone());
                        Located { location, rule: "neighborhood", words: quote(&name.at) }
                    }
                    _ => {
                        let mut location = blank(Precision::Ambiguous);
                        location.raw = Some(quote(&name.at).to_lowercase());
                        location.candidates.clone_from(list);
                        Located { location, rule: "ambiguous", words: quote(&name.at) }
                    }
                };
                let weight = weight + if settled(&located) { 9 } else { 7 };
                offer(weight, located);
            }
            What::Borough => {
                let mut location = blank(Precision::Borough);
                location.borough = Some(name.place.name.clone());
                offer(weight + 6, Located { location, rule: "borough", words: quote(&name.at) });
            }
            What::Town(state) => {
                let location = outside(None, Some(name.place.name.clone()), Some(state.clone()));
                offer(weight + 8, Located { location, rule: "town", words: quote(&name.at) });
            }
            What::Region(state) => {
                let location = outside(None, None, Some(state.clone()));
                offer(weight + 4, Located { location, rule: "region", words: quote(&name.at) });
            }
            What::City => {}
        }
    }
    let state = found.of(c::STATE_OUT).find(|hit| hit.said() && !inside(found, hit));
    if let Some(hit) = state {
        let code = u16::try_from(hit.value).ok().map(crate::family::lexicon::Concept);
        let state = code.map(|code| lexicon.name(code).to_owned());
        let location = outside(None, None, state);
        offer(4, Located { location, rule: "region", words: quote(&hit.at) });
    }
    best.map(|(_, located)| located)
}

/// Whether a state's name is part of a longer name: Long Island in Long Island City.
fn inside(found: &Found, hit: &Hit) -> bool {
    found.around(c::PLACE, &hit.at).next().is_some()
}

/// Every run of five digits that may be a ZIP, the meant ones first.
fn zips(text: &Text, found: &Found, answering: bool) -> Vec<(String, Range<usize>)> {
    let alone = text.length() <= 3;
    let mut out: Vec<(i32, String, Range<usize>)> = Vec::new();
    for (at, token) in text.tokens.iter().enumerate() {
        if token.kind != Kind::Number {
            continue;
        }
        let digits = text.word(at);
        let zip_word = found.before(c::ZIP_WORD, at, 3).is_some();
        let glued = |at: usize| {
            text.tokens.get(at).is_some_and(|next| {
                next.kind == Kind::Number
                    && next.tight
                    && matches!(next.sign, '.' | '-' | '/' | ':' | ',')
                    && at.checked_sub(1).is_some_and(|before| {
                        // Chinese sets its comma without a space after words too.
                        text.tokens[before].kind == Kind::Number
                    })
            })
        };
        let four = text.tokens.get(at + 1).is_some_and(|next| {
            next.kind == Kind::Number && next.sign == '-' && next.tight && next.at.len() == 4
        });
        if token.sign == '$' || (glued(at) && at > 0) || (glued(at + 1) && !four) {
            continue;
        }
        if part_of_phone(text, at) {
            continue;
        }
        // A ZIP with a digit too few or too many is still meant as one where it answers a question.
        let near = matches!(digits.len(), 4 | 6) && (zip_word || (answering && alone));
        if digits.len() != 5 && !near {
            continue;
        }
        let denied = found.before(c::NEG, at, 1).is_some();
        let corrected = found.before(c::CORRECTION, at, 3).is_some();
        let live = found.before(c::LIVE, at, 3).is_some();
        let work = found.before(c::WORK_AT, at, 3).is_some();
        let weight = i32::from(zip_word) * 2 + i32::from(corrected) * 3 + i32::from(live) * 2
            - i32::from(work) * 2
            - i32::from(denied) * 6
            - i32::from(near);
        out.push((weight, digits.to_owned(), at..at + 1));
    }
    out.sort_by_key(|(weight, _, _)| -*weight);
    out.truncate(MOST_NAMES);
    out.into_iter().map(|(_, zip, at)| (zip, at)).collect()
}

/// Whether digits are part of a phone number written in groups.
fn part_of_phone(text: &Text, at: usize) -> bool {
    let group = |at: usize| text.tokens.get(at).is_some_and(|token| token.kind == Kind::Number);
    let close = |at: usize| {
        text.tokens
            .get(at)
            .is_some_and(|token| matches!(token.sign, '-' | '.' | '\0') && token.tight)
    };
    (at > 0 && group(at - 1) && close(at))
        || (group(at + 1) && close(at + 1) && text.word(at + 1).len() != 4)
}
