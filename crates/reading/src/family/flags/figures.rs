//! What figures tell without a word for it: two weighings, a blood pressure.

use std::ops::Range;

use model::reading::FlagLevel;

use super::{Flag, Weighing};
use crate::family::{
    found::distance,
    lexicon::concept as c,
    text::{Kind, Text},
};

/// A blood pressure from which the one who gave birth is to see a doctor.
const HIGH: [u32; 2] = [140, 90];
/// What is no blood pressure of anybody's.
const HIGHEST: [u32; 2] = [250, 160];
/// What a baby of ours weighs, in grams.
const BABIES: Range<u32> = 1_200..9_500;
/// More figures than this tell nothing new.
const MOST: usize = 40;
/// The usual line for loss of weight, in percent, and the day from which any is too much.
const LOSS_PERCENT: u32 = 10;
const BACK_AT_BIRTH_WEIGHT: u32 = 14;
/// How near the word stands that tells of which day a weight is.
const NEAR: usize = 4;

/// "162/104", "158 over 98".
pub(super) fn pressure(weighing: &Weighing) -> Option<Flag> {
    let (text, found) = (weighing.text, weighing.found);
    let numbers = (0..text.tokens.len()).filter(|&at| text.tokens[at].kind == Kind::Number);
    numbers.take(MOST).find_map(|at| {
        let upper = text.number(at).filter(|upper| (HIGH[0]..HIGHEST[0]).contains(upper))?;
        let between = usize::from(matches!(
            text.word(at + 1),
            "over" | "por" | "sobre" | "sur" | "na" | "на" | "x" | "على" | "sou"
        ));
        let at_lower = at + 1 + between;
        let lower = text.number(at_lower)?;
        let joined = between == 1 || text.tokens.get(at_lower)?.sign == '/';
        let high = (60..HIGHEST[1]).contains(&lower) && upper > lower + 15;
        let sentence = text.tokens[at].sentence;
        let range = at..at_lower + 1;
        let over = super::long_ago(found, &range, sentence).is_some()
            || found.near(c::RESOLVED, &range, sentence, 8).is_some();
        (joined && high && !over).then(|| Flag {
            concept: c::HEADACHE_VISION,
            level: FlagLevel::DoctorNow,
            rule: "blood_pressure".to_owned(),
            words: text.quote(&range).to_owned(),
            at: range.clone(),
        })
    })
}

/// A weight, in grams.
struct Weight {
    grams: u32,
    at: Range<usize>,
    sentence: u16,
}

/// "Born 8 lb 2, now 7 lb", "7 lb 1 last week and 6 lb 13 today".
pub(super) fn weighings(weighing: &Weighing) -> Option<Flag> {
    let (text, found) = (weighing.text, weighing.found);
    let all = weights(text);
    if all.len() < 2 || found.says(c::THRIVING) {
        return None;
    }
    let from_birth = |weight: &Weight| {
        let words = [c::BORN, c::BIRTH_WEIGHT].into_iter();
        let near = words.filter_map(|word| found.near(word, &weight.at, weight.sentence, NEAR));
        near.map(|hit| distance(&hit.at, &weight.at)).min()
    };
    let of_birth =
        all.iter().enumerate().filter_map(|(at, weight)| Some((from_birth(weight)?, at)));
    let (before, after) = match of_birth.min() {
        Some((_, birth)) => (&all[birth], &all[usize::from(birth == 0)]),
        None if found.says_any(&[c::TWINS, c::TRIPLETS]) || told_backwards(text, &all[1]) => {
            return None;
        }
        None => (&all[0], &all[1]),
    };
    let lost = before.grams.checked_sub(after.grams)?;
    let percent = lost * 100 / before.grams;
    let days = weighing.baby.days();
    let much = percent > LOSS_PERCENT
        || (percent > 0 && days.is_some_and(|days| days >= BACK_AT_BIRTH_WEIGHT));
    (much && percent < 40).then(|| Flag {
        concept: c::WEIGHT_CONCERN,
        level: FlagLevel::DoctorToday,
        rule: "two_weighings".to_owned(),
        words: text.quote(&after.at).to_owned(),
        at: after.at.clone(),
    })
}

/// "9 lb 2, up from 8 lb 4", "9 lb 2, was 8 lb 4".
fn told_backwards(text: &Text, later: &Weight) -> bool {
    let words = (later.at.start.saturating_sub(2)..later.at.start).map(|at| text.word(at));
    words.into_iter().any(|word| {
        matches!(word, "from" | "was" | "were" | "de" | "desde" | "от" | "с" | "z" | "era")
    })
}

/// Every weight that a baby may have, in the order in which they are told.
fn weights(text: &Text) -> Vec<Weight> {
    let mut out: Vec<Weight> = Vec::new();
    let mut at = 0;
    while at < text.tokens.len() && out.len() < MOST {
        let Some(weight) = weight(text, at) else {
            at += 1;
            continue;
        };
        at = weight.at.end;
        if BABIES.contains(&weight.grams) {
            out.push(weight);
        }
    }
    out
}

/// The weight that begins with a token: "3.2 kg", "7lb 9", "8 lbs 2 oz".
fn weight(text: &Text, start: usize) -> Option<Weight> {
    let (mut thousandths, unit_at) = figure(text, start)?;
    let (grams, mut end) = unit(text, unit_at)?;
    thousandths = thousandths.checked_mul(grams)?;
    if grams == POUND {
        let and = usize::from(matches!(text.word(end), "and" | "y" | "con" | "e"));
        if let Some(ounces) = text.number(end + and).filter(|&ounces| ounces < 16) {
            let behind = unit(text, end + and + 1);
            if let Some((OUNCE, behind)) = behind {
                thousandths += ounces * 1_000 * OUNCE;
                end = behind;
            } else if and == 0 && behind.is_none() && !starts_anew(text, end) {
                thousandths += ounces * 1_000 * OUNCE;
                end += 1;
            }
        }
    }
    let sentence = text.tokens[start].sentence;
    Some(Weight { grams: thousandths / 1_000, at: start..end, sentence })
}

/// Whether a number behind pounds begins something else: "7 lbs, 3 weeks", "7 lb at 5 days".
fn starts_anew(text: &Text, at: usize) -> bool {
    text.tokens[at].sign == ','
        || text.tokens.get(at + 1).is_some_and(|next| {
            next.kind == Kind::Number
                || matches!(
                    text.word(at + 1),
                    "days"
                        | "day"
                        | "d"
                        | "weeks"
                        | "week"
                        | "wks"
                        | "wk"
                        | "w"
                        | "months"
                        | "month"
                        | "mo"
                        | "dias"
                        | "semanas"
                        | "meses"
                        | "mes"
                        | "hours"
                )
        })
}

/// A number in thousandths, with its tenths, and the token behind it.
fn figure(text: &Text, at: usize) -> Option<(u32, usize)> {
    let whole = text.number(at).filter(|&whole| whole < 10_000)?;
    let decimal = text.tokens.get(at + 1).is_some_and(|next| {
        next.kind == Kind::Number && next.tight && matches!(next.sign, '.' | ',')
    });
    if !decimal {
        return Some((whole.checked_mul(1_000)?, at + 1));
    }
    let digits = text.word(at + 1);
    let part = digits.get(..digits.len().min(3))?.parse::<u32>().ok()?;
    let scale = [1_000, 100, 10, 1].get(digits.len().min(3)).copied()?;
    Some((whole.checked_mul(1_000)? + part * scale, at + 2))
}

const POUND: u32 = 454;
const OUNCE: u32 = 28;

/// What a unit weighs in grams, and the token behind it.
fn unit(text: &Text, at: usize) -> Option<(u32, usize)> {
    let one = match text.word(at) {
        "lb" | "lbs" | "pound" | "pounds" | "libra" | "libras" | "liv" | "фунт" | "фунта"
        | "фунтов" | "funt" | "funty" | "funtow" | "פונט" | "পাউন্ড" | "باوند" | "رطل" => {
            POUND
        }
        "oz" | "ounce" | "ounces" | "onza" | "onzas" | "ons" | "once" | "onces" | "унций"
        | "унции" | "אונס" | "আউন্স" | "اونصة" => OUNCE,
        "kg"
        | "kgs"
        | "kilo"
        | "kilos"
        | "кг"
        | "кило"
        | "килограмм"
        | "килограмма"
        | "কেজি"
        | "كيلو"
        | "كغ"
        | "קילא" => 1_000,
        "g" | "gr" | "gram" | "grams" | "gramos" | "grammes" | "gramas" | "gramow" | "г" | "гр"
        | "грамм" | "граммов" | "克" | "গ্রাম" | "غرام" | "جرام" => {
            1
        }
        "斤" => 500,
        _ => 0,
    };
    if one > 0 {
        return Some((one, at + 1));
    }
    let two = match (text.word(at), text.word(at + 1)) {
        ("公", "斤") | ("킬", "로") | ("키", "로") => 1_000,
        ("그", "램") => 1,
        _ => return None,
    };
    Some((two, at + 2))
}
