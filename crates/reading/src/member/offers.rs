//! Which of several open offers she means without typing a code: "the virtual one", "the second",
//! "Queens", "the 5 day old".

use std::sync::LazyLock;

use model::{Code, reading::OpenOffer};

use super::{lexicon::Meaning, reply::Reply};
use crate::normalise::Normalised;

/// The offers that her words single out, in the order asked; none where they describe none or all.
///
/// `bare` says that a lone figure is an answer ("1"), as it is while a numbered question is open.
pub(crate) fn described(reply: &Reply<'_>, offers: &[&OpenOffer], bare: bool) -> Vec<Code> {
    let code = |offer: &OpenOffer| offer.code.parse::<Code>().ok();
    if reply.has(Meaning::Both) {
        return offers.iter().filter_map(|offer| code(offer)).collect();
    }
    if let Some(places) = ordinals(reply, offers.len(), bare) {
        return places
            .into_iter()
            .filter_map(|place| offers.get(place).and_then(|offer| code(offer)))
            .collect();
    }
    let by_area = chosen(offers, |offer| names_area(reply, &offer.area));
    let by_visit = chosen(offers, |offer| names_visit(reply, offer, bare));
    let by_baby = chosen(offers, |offer| names_age(reply, &offer.baby));
    let by_payer = chosen(offers, |offer| {
        offer.insurance.as_deref().is_some_and(|payer| says(reply, payer))
            && (bare || says_one(reply))
    });
    let narrowed = [by_area, by_visit, by_baby, by_payer];
    let mut narrowed = narrowed.iter().flatten();
    let Some(first) = narrowed.next() else { return Vec::new() };
    let kept = first.iter().filter(|at| narrowed.clone().all(|other| other.contains(at)));
    kept.filter_map(|&at| offers.get(at).and_then(|offer| code(offer))).collect()
}

/// The offers for which something holds, unless it holds for all or none.
fn chosen(offers: &[&OpenOffer], holds: impl Fn(&OpenOffer) -> bool) -> Option<Vec<usize>> {
    let chosen = (0..offers.len()).filter(|&at| holds(offers[at])).collect::<Vec<_>>();
    (!chosen.is_empty() && chosen.len() < offers.len()).then_some(chosen)
}

/// "First", "2nd", "the last one", "1 and 2": places in the list, counted from nought.
fn ordinals(reply: &Reply<'_>, count: usize, bare: bool) -> Option<Vec<usize>> {
    let text = |at: usize| reply.tokens.all.get(at).map_or("", |token| token.text.as_str());
    let mut places = Vec::new();
    let lone = reply.tokens.all.iter().all(|token| {
        token.text.chars().all(|c| c.is_ascii_digit())
            || matches!(
                token.text.as_str(),
                "and"
                    | "y"
                    | "n"
                    | "or"
                    | "option"
                    | "number"
                    | "no"
                    | "the"
                    | "please"
                    | "pls"
                    | "yes"
                    | "one"
                    | "two"
                    | "three"
                    | "uno"
                    | "dos"
                    | "и"
            )
    });
    for at in 0..reply.tokens.all.len() {
        let place = match text(at) {
            "first" | "1st" | "1rst" | "frist" | "primero" | "primera" | "первый" | "первую"
            | "первая" | "premier" | "premiere" | "pierwszy" | "pierwsza" | "earlier"
            | "former" | "premye" => 0,
            "second" | "2nd" | "2d" | "secnd" | "segundo" | "segunda" | "второй" | "вторую"
            | "вторая" | "deuxieme" | "drugi" | "druga" | "dezyem" => 1,
            "third" | "3rd" | "tercero" | "tercera" | "третий" | "третью" | "troisieme" => {
                2
            }
            "last" | "latest" | "later" | "latter" | "newest" | "newer" | "ultimo" | "ultima"
            | "последний" | "последнюю" | "derniere"
                if !matches!(
                    text(at + 1),
                    "week" | "night" | "month" | "minute" | "min" | "today" | "on" | "than"
                ) =>
            {
                count.checked_sub(1)?
            }
            "第" => match text(at + 1) {
                "一" => 0,
                "二" => 1,
                "三" => 2,
                _ => continue,
            },
            "1" | "one" | "uno" if bare && lone => 0,
            "2" | "two" | "dos" if bare && lone => 1,
            "3" | "three" if bare && lone => 2,
            "baby" => continue,
            _ => continue,
        };
        // "first baby?" and "second time mom" are about the family.
        if matches!(text(at + 1), "baby" | "time" | "child" | "kid" | "visit" | "appointment") {
            continue;
        }
        if !places.contains(&place) {
            places.push(place);
        }
    }
    (!places.is_empty()).then_some(places)
}

/// Whether a part of an offer's area stands in the reply: its ZIP, neighbourhood or borough, by its
/// own name or one of those that people type.
fn names_area(reply: &Reply<'_>, area: &str) -> bool {
    let parts = area.split([',', ';', '/']).flat_map(|part| {
        let (zips, names): (Vec<_>, Vec<_>) =
            part.split_whitespace().partition(|word| word.chars().all(|c| c.is_ascii_digit()));
        zips.into_iter()
            .map(str::to_owned)
            .chain(Some(names.join(" ")).filter(|name| !name.is_empty()))
    });
    let parts = parts.map(|part| Normalised::plain(&part).text().to_owned()).collect::<Vec<_>>();
    parts.iter().any(|part| {
        says(reply, part)
            || ALIASES.iter().any(|(name, aliases)| {
                name == part && aliases.iter().any(|alias| says_words(reply, alias))
            })
    })
}

/// Each place's name and the words that people type for it.
static ALIASES: LazyLock<Vec<(String, Vec<Vec<String>>)>> = LazyLock::new(|| {
    let mut places = Vec::<(String, Vec<Vec<String>>)>::new();
    let table =
        include_str!("../../data/nyc_place_aliases.csv").lines().skip(1).filter_map(|line| {
            let mut fields = line.split(',');
            Some((fields.next()?, fields.next()?))
        });
    let rules =
        include_str!("../../data/member_places.txt").lines().filter(|line| !line.starts_with('#'));
    let rules = rules
        .filter_map(|line| line.split_once('='))
        .flat_map(|(name, spellings)| spellings.split('|').map(move |spelling| (spelling, name)));
    for (alias, name) in table.chain(rules) {
        let name = Normalised::plain(name).text().to_owned();
        let mut spellings = vec![words_of(alias)];
        // "Jackson hts" for Jackson Heights, whatever place it is.
        if let Some(first) = name.strip_suffix(" heights") {
            spellings.extend(
                ["hts", "hgts", "ht", "hghts"].map(|short| words_of(&format!("{first} {short}"))),
            );
        }
        spellings.retain(|words| !words.is_empty());
        match places.iter_mut().find(|(known, _)| *known == name) {
            Some((_, known)) => known.extend(spellings),
            None => places.push((name, spellings)),
        }
    }
    places
});

fn words_of(text: &str) -> Vec<String> {
    Normalised::plain(text).spoken().map(|word| word.replace('\'', "")).collect()
}

fn names_visit(reply: &Reply<'_>, offer: &OpenOffer, bare: bool) -> bool {
    let meaning = match offer.visit.as_deref() {
        Some("virtual" | "phone") => Meaning::VisitVirtual,
        Some("home") => Meaning::VisitHome,
        Some("office") => Meaning::VisitOffice,
        Some("hospital") => Meaning::VisitHospital,
        _ => return false,
    };
    // "Video only" is a limit of hers; "the video one" is a choice.
    let text = |at: usize| reply.tokens.all.get(at).map_or("", |token| token.text.as_str());
    let home = offer.visit.as_deref() == Some("home");
    let lone_home = |at: usize| home && text(at) == "home";
    let points = |from: usize, to: usize| {
        bare || matches!(
            text(to),
            "one" | "visit" | "1" | "referral" | "family" | "consult" | "client"
        ) || (from > 0 && matches!(text(from - 1), "the" | "la" | "el" | "that"))
    };
    reply.all(meaning).any(|found| points(found.from, found.to))
        || (0..reply.tokens.all.len()).any(|at| lone_home(at) && points(at, at + 1))
}

/// Whether a baby's age as the offer tells it stands in the reply: "5 days" as "5 day old".
fn names_age(reply: &Reply<'_>, baby: &str) -> bool {
    let mut words = baby.split_whitespace();
    let (Some(count), Some(unit)) = (words.next(), words.next()) else { return false };
    let Some(letter) = unit.chars().next() else { return false };
    let single = unit.trim_end_matches('s');
    reply.tokens.all.iter().enumerate().any(|(at, token)| {
        let next = reply.tokens.all.get(at + 1).map_or("", |token| token.text.as_str());
        let glued =
            token.text.strip_prefix(count).is_some_and(|rest| unit_is(rest, letter, single));
        (token.text == count && unit_is(next, letter, single)) || glued
    })
}

fn unit_is(word: &str, letter: char, single: &str) -> bool {
    let word = word.trim_end_matches("old").trim_end_matches('s');
    word == single
        || word.len() == 1 && word.starts_with(letter)
        || (word == "wk" && single == "week")
        || (word == "mo" && single == "month")
}

/// Whether words stand in the reply, one after another.
fn says(reply: &Reply<'_>, words: &str) -> bool {
    says_words(reply, &words_of(words))
}

fn says_words(reply: &Reply<'_>, wanted: &[String]) -> bool {
    !wanted.is_empty()
        && reply
            .tokens
            .all
            .windows(wanted.len())
            .any(|window| window.iter().zip(wanted).all(|(token, wanted)| token.text == *wanted))
}

fn says_one(reply: &Reply<'_>) -> bool {
    ["one", "family", "referral"].iter().any(|word| says(reply, word))
}
