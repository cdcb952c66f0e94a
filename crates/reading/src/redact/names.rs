//! People's names: by title, by introduction, by signature, by a list, and by their capital.

use std::{collections::HashSet, ops::Range, sync::LazyLock};

use super::{CutKind, numbers::month};
use crate::normalise::{Normalised, WordKind};

/// What the lists know of a word.
#[derive(Debug, Default)]
struct Known {
    /// Names and nothing else.
    names: HashSet<String>,
    /// Names that are words or places too.
    words: HashSet<String>,
    /// Words that no person is called by: places, payers, days, and every word the phrases know.
    others: HashSet<String>,
}

static KNOWN: LazyLock<Known> = LazyLock::new(|| {
    let mut known = Known::default();
    let mut words = false;
    for line in include_str!("../../data/member_names.txt").lines() {
        match line.trim() {
            "[names]" => words = false,
            "[words]" => words = true,
            line if line.starts_with('#') => {}
            line => {
                let list = if words { &mut known.words } else { &mut known.names };
                list.extend(
                    line.split_whitespace().map(|name| Normalised::plain(name).text().to_owned()),
                );
            }
        }
    }
    for file in [
        include_str!("../../data/member_phrases.txt"),
        include_str!("../../data/member_places.txt"),
        include_str!("../../data/refusals.txt"),
        include_str!("../../data/nyc_place_aliases.csv"),
        include_str!("../../data/nyc_zips.csv"),
        include_str!("../../data/member_capitals.txt"),
    ] {
        for line in file.lines() {
            let line = Normalised::plain(line);
            known.others.extend(line.spoken().map(|word| word.replace('\'', "")));
        }
    }
    known
});

/// Every name in a text, as ranges of words.
pub(super) fn find(text: &Normalised<'_>) -> Vec<(Range<usize>, CutKind)> {
    let mut found = Vec::new();
    let mute = capitals_are_mute(text);
    let mut at = 0;
    while at < text.words().len() {
        let here = titled(text, at)
            .or_else(|| introduced(text, at))
            .or_else(|| related(text, at))
            .or_else(|| signed(text, at))
            .or_else(|| listed(text, at, mute).map(|count| at..at + count));
        match here {
            Some(words) => {
                at = words.end.max(at + 1);
                found.push((words, CutKind::Name));
            }
            None => at += 1,
        }
    }
    found
}

/// How many words from `at` on are a person's name, judged by list and capital. At the head of a
/// sentence an unknown capital counts too, so the caller must know that somebody acts there.
///
/// `mute` is [`capitals_are_mute`] of the text.
pub(crate) fn person_at(text: &Normalised<'_>, at: usize, mute: bool) -> Option<usize> {
    listed(text, at, mute).or_else(|| {
        let named = capital(text, at)
            && (!other(text, at) || maybe(text, at))
            && text.word(at).chars().count() > 2;
        named.then(|| 1 + following(text, at + 1))
    })
}

/// A word as the lists spell it: `dana's` is `dana`.
fn bare<'t>(text: &'t Normalised<'_>, at: usize) -> &'t str {
    let word = text.word(at);
    word.strip_suffix("'s").unwrap_or(word)
}

fn letters(text: &Normalised<'_>, at: usize) -> bool {
    text.words().get(at).is_some_and(|word| word.kind == WordKind::Letters)
}

fn capital(text: &Normalised<'_>, at: usize) -> bool {
    letters(text, at) && text.quote(at..at + 1).starts_with(char::is_uppercase)
}

/// Capitals throughout: `ENT`, or somebody shouting.
fn shouted(text: &Normalised<'_>, at: usize) -> bool {
    let word = text.quote(at..at + 1);
    word.chars().count() > 1 && !word.contains(char::is_lowercase)
}

/// A word that is a name and nothing else. "Niña" is not Nina.
fn sure(text: &Normalised<'_>, at: usize) -> bool {
    KNOWN.names.contains(bare(text, at)) && !text.quote(at..at + 1).contains(['ñ', 'Ñ'])
}

fn maybe(text: &Normalised<'_>, at: usize) -> bool {
    KNOWN.words.contains(bare(text, at))
}

fn other(text: &Normalised<'_>, at: usize) -> bool {
    KNOWN.others.contains(&bare(text, at).replace('\'', ""))
}

/// A word that may be a name where something says that a name comes.
fn fits(text: &Normalised<'_>, at: usize) -> bool {
    sure(text, at)
        || capital(text, at) && !shouted(text, at) && (!other(text, at) || maybe(text, at))
}

/// Whether most words have capitals, so that they tell nothing.
pub(crate) fn capitals_are_mute(text: &Normalised<'_>) -> bool {
    let all = (0..text.words().len()).filter(|&at| letters(text, at));
    let (capitals, all) = all
        .fold((0, 0), |(capitals, all), at| (capitals + usize::from(capital(text, at)), all + 1));
    all > 3 && capitals * 3 > all * 2
}

/// Whether a word begins a sentence, where capitals tell nothing.
fn begins(text: &Normalised<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return true };
    match text.words().get(before).map(|word| word.kind) {
        Some(WordKind::LineBreak | WordKind::Emoji) => true,
        Some(WordKind::Mark) => {
            matches!(
                text.word(before),
                "." | "!" | "?" | "¿" | "¡" | ":" | ";" | "\"" | "(" | "-" | "*"
            )
        }
        _ => false,
    }
}

/// A name by the lists, or by a capital inside a sentence.
fn listed(text: &Normalised<'_>, at: usize, mute: bool) -> Option<usize> {
    let word = bare(text, at);
    if !letters(text, at) || word.chars().count() < 2 || place_like(text, at) || month(word) {
        return None;
    }
    let by_capital = capital(text, at) && !begins(text, at) && !mute && !shouted(text, at);
    let unknown =
        by_capital && !other(text, at) && word.chars().count() > 2 && !in_a_place(text, at);
    let known = sure(text, at) || maybe(text, at) && by_capital;
    (known || unknown).then(|| 1 + following(text, at + 1))
}

/// An unknown capital after a word for where: places are bent in many languages ("на Брайтоне").
fn in_a_place(text: &Normalised<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| text.word(before));
    matches!(
        before,
        "in" | "near"
            | "на"
            | "в"
            | "w"
            | "we"
            | "na"
            | "en"
            | "em"
            | "nan"
            | "a"
            | "oyf"
            | "el"
            | "la"
    )
}

/// "St George", "Mount Sinai", "Park Slope", "Lenox Hill": parts of a place.
fn place_like(text: &Normalised<'_>, at: usize) -> bool {
    let dotted = at > 1 && text.word(at - 1) == ".";
    let before = at.checked_sub(if dotted { 2 } else { 1 }).map_or("", |before| text.word(before));
    let after = text.word(at + 1);
    matches!(before, "st" | "saint" | "mt" | "mount" | "fort" | "ft" | "port" | "lake" | "new")
        || matches!(
            after,
            "hill"
                | "hills"
                | "heights"
                | "hts"
                | "park"
                | "island"
                | "ave"
                | "avenue"
                | "st"
                | "street"
                | "hospital"
                | "university"
                | "beach"
                | "gardens"
                | "slope"
                | "village"
                | "square"
                | "medical"
                | "houses"
                | "blvd"
                | "pkwy"
                | "parkway"
                | "center"
                | "bridge"
        )
}

/// How many words from `at` on go on with a name: a surname, an initial.
fn following(text: &Normalised<'_>, at: usize) -> usize {
    let mut count = 0;
    while count < 3 {
        let index = at + count;
        let initial = text.word(index).chars().count() == 1
            && capital(text, index)
            && text.word(index) != "i";
        let glued = |index: usize| matches!(text.words().get(index..index + 2), Some([a, b]) if a.at.end == b.at.start);
        let hyphen = text.word(index) == "-"
            && index > 0
            && glued(index - 1)
            && glued(index)
            && capital(text, index + 1);
        if initial || fits(text, index) && !place_like(text, index) {
            count += 1;
        } else if hyphen {
            count += 2;
        } else {
            break;
        }
    }
    count
}

/// "Dr Siegel ENT", "Mrs. Cohen", "Nurse Patel", "dr katz".
fn titled(text: &Normalised<'_>, at: usize) -> Option<Range<usize>> {
    let small = matches!(text.word(at), "dr" | "mrs" | "mr" | "ms" | "dra");
    let title = matches!(
        text.word(at),
        "drs"
            | "doctor"
            | "miss"
            | "nurse"
            | "prof"
            | "rabbi"
            | "rebbetzin"
            | "sra"
            | "sr"
            | "doctora"
            | "midwife"
            | "aunt"
            | "auntie"
            | "доктор"
            | "врач"
            | "morah"
    );
    if !title && !small {
        return None;
    }
    let start = at + 1 + usize::from(text.word(at + 1) == ".");
    let named = |index: usize| fits(text, index);
    let written_small = small && letters(text, start) && !other(text, start);
    if !(named(start) || written_small) {
        return None;
    }
    // What she is a doctor of goes with her: "Dr Siegel ENT".
    let more = |index: usize| letters(text, index) && (named(index) || shouted(text, index));
    let to = (start + 1..start + 4).find(|&index| !more(index)).unwrap_or(start + 4);
    Some(at..to)
}

/// What comes before a name when people tell it; the second says that it is enough by itself, so
/// that a name may be written small.
const INTRODUCTIONS: [(&[&str], bool); 31] = [
    (&["my", "name", "is"], true),
    (&["name", "is"], true),
    (&["name", ":"], true),
    (&["named"], true),
    (&["signed"], true),
    (&["ask", "for"], true),
    (&["this", "is"], false),
    (&["it's"], false),
    (&["its"], false),
    (&["it", "is"], false),
    (&["i'm"], false),
    (&["im"], false),
    (&["i", "am"], false),
    (&["call", "her"], false),
    (&["me", "llamo"], true),
    (&["mi", "nombre", "es"], true),
    (&["pregunte", "por"], true),
    (&["soy"], false),
    (&["меня", "зовут"], true),
    (&["зовут"], true),
    (&["это"], false),
    (&["я"], false),
    (&["je", "m'appelle"], true),
    (&["je", "suis"], false),
    (&["c'est"], false),
    (&["mwen", "rele"], true),
    (&["non", "mwen", "se"], true),
    (&["nazywam", "sie"], true),
    (&["mam", "na", "imie"], true),
    (&["meu", "nome", "e"], true),
    (&["me", "chamo"], true),
];

fn introduced(text: &Normalised<'_>, at: usize) -> Option<Range<usize>> {
    if let Some(name) = without_capitals(text, at) {
        return Some(name);
    }
    let told = |words: &[&str]| {
        words.iter().enumerate().all(|(offset, word)| text.word(at + offset) == *word)
    };
    let (words, enough) = INTRODUCTIONS
        .iter()
        .filter(|(words, _)| told(words))
        .max_by_key(|(words, _)| words.len())?;
    let start = at + words.len();
    let small = *enough && letters(text, start) && !other(text, start);
    if text.word(start).chars().count() < 2 || !fits(text, start) && !small {
        return None;
    }
    Some(start..start + 1 + following(text, start + 1))
}

/// Introductions in scripts without capitals: the word after them is the name.
fn without_capitals(text: &Normalised<'_>, at: usize) -> Option<Range<usize>> {
    let start = match (text.word(at), text.word(at + 1), text.word(at + 2)) {
        ("名", "字", "是" | "叫") => at + 3,
        ("我", "叫", _) | ("আমার", "নাম", _) | ("제", "이름은", _) | ("קוראים", "לי", _) => {
            at + 2
        }
        ("اسمي" | "שמי", _, _) => at + 1,
        _ => return None,
    };
    if !letters(text, start) {
        return None;
    }
    // A Chinese name has two or three signs.
    let sign =
        |index: usize| text.word(index).starts_with(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let to = if sign(start) {
        (start + 1..start + 3).find(|&index| !sign(index)).unwrap_or(start + 3)
    } else {
        start + 1
    };
    Some(start..to)
}

/// Whom a name follows: "my daughter Emma", "pt Sarah Levy", "baby Noa".
const RELATIVES: [&str; 54] = [
    "daughter",
    "son",
    "husband",
    "wife",
    "partner",
    "mom",
    "mother",
    "mama",
    "dad",
    "father",
    "sister",
    "brother",
    "baby",
    "newborn",
    "client",
    "patient",
    "pt",
    "friend",
    "doula",
    "nurse",
    "pediatrician",
    "ped",
    "kid",
    "boy",
    "girl",
    "infant",
    "cousin",
    "niece",
    "family",
    "colleague",
    "daughters",
    "sons",
    "twins",
    "assistant",
    "intern",
    "student",
    "hija",
    "hijo",
    "esposo",
    "esposa",
    "marido",
    "bebe",
    "муж",
    "дочь",
    "сын",
    "жена",
    "малыш",
    "femme",
    "fille",
    "fils",
    "mari",
    "corka",
    "maz",
    "syn",
];

fn related(text: &Normalised<'_>, at: usize) -> Option<Range<usize>> {
    if !RELATIVES.contains(&text.word(at)) {
        return None;
    }
    let start = at + 1 + usize::from(matches!(text.word(at + 1), "," | ":"));
    if !letters(text, start) || !fits(text, start) {
        return None;
    }
    let to = start + 1 + following(text, start + 1);
    // "Emma and Noah"
    let second = matches!(text.word(to), "and" | "&" | "y" | "и")
        && letters(text, to + 1)
        && fits(text, to + 1);
    Some(start..if second { to + 2 + following(text, to + 2) } else { to })
}

/// A name that closes a text: "Thanks, Jess", "- Miriam", "xo Dana K".
fn signed(text: &Normalised<'_>, at: usize) -> Option<Range<usize>> {
    let line =
        |index: usize| text.words().get(index).is_some_and(|word| word.kind == WordKind::LineBreak);
    let closing = matches!(
        text.word(at),
        "thanks"
            | "thank"
            | "thx"
            | "ty"
            | "best"
            | "regards"
            | "xo"
            | "xoxo"
            | "love"
            | "sincerely"
            | "cheers"
            | "-"
            | "~"
            | "warmly"
            | "hugs"
            | "gracias"
            | "saludos"
            | "спасибо"
            | "merci"
            | "mesi"
            | "from"
            | "you"
            | "much"
            | "advance"
    );
    if !closing && !line(at) {
        return None;
    }
    let mut start = at + 1;
    while start < at + 4 && (line(start) || matches!(text.word(start), "," | "!" | "." | "-" | "~"))
    {
        start += 1;
    }
    if !capital(text, start) || !fits(text, start) {
        return None;
    }
    let to = (start + 1..start + 3).find(|&index| !capital(text, index)).unwrap_or(start + 3);
    // Only a full stop, an emoji or a credential may stand after it.
    let ends = (to..text.words().len()).all(|index| {
        !matches!(text.words()[index].kind, WordKind::Letters | WordKind::Digits | WordKind::Mixed)
            || matches!(text.word(index), "ibclc" | "rn" | "lc" | "clc" | "cd" | "np" | "md")
    });
    ends.then_some(start..to)
}
