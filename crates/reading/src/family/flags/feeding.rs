//! Too little in, too little out: counts of wet diapers, loss of weight, how long.

use model::reading::{AgeUnit, FlagLevel};

use super::{Flag, Weighing};
use crate::{
    age::amount::amounts,
    family::{
        found::{Found, Hit, distance},
        lexicon::concept as c,
        subject::{Subject, subject},
        text::{Kind, Text},
    },
};

/// Fewer hours than this without a wet diaper or a feed are no sign.
const HOURS: u32 = 5;
/// The day from which a baby should have four wet diapers and more.
const FULL_WETS: u32 = 4;
/// So many are as it should be.
const MANY_WETS: u32 = 6;
/// The usual line for loss of weight, in percent.
const LOSS_PERCENT: u32 = 10;
/// By now a baby is back at its birth weight.
const BACK_AT_BIRTH_WEIGHT: u32 = 14;

/// Whether it is said for a few hours only: "no pee for 2 hours".
pub(super) fn brief(weighing: &Weighing, hit: &Hit) -> bool {
    let amounts = weighing.amounts.get_or_init(|| amounts(weighing.text, weighing.found));
    amounts.iter().any(|amount| {
        amount.unit == AgeUnit::Hour
            && amount.sentence == hit.sentence
            && distance(&amount.at, &hit.at) <= 5
            && amount.upper < HOURS
            && !matches!(weighing.text.word(amount.at.start.wrapping_sub(1)), "every" | "cada")
    })
}

/// "The last wet diaper was 11 hours ago".
pub(super) fn last_wet(weighing: &Weighing) -> Vec<Flag> {
    let amounts = weighing.amounts.get_or_init(|| amounts(weighing.text, weighing.found));
    let long_ago = |hit: &&Hit| {
        amounts.iter().any(|amount| {
            amount.unit == AgeUnit::Hour
                && amount.sentence == hit.sentence
                && amount.upper > HOURS
                && distance(&amount.at, &hit.at) <= 8
        })
    };
    let found = weighing.found.of(c::LAST_WET).find(long_ago);
    found
        .map(|hit| Flag {
            concept: c::DEHYDRATION,
            level: FlagLevel::DoctorNow,
            rule: "last_wet_diaper".to_owned(),
            words: weighing.text.quote(&hit.at).to_owned(),
            at: hit.at.clone(),
        })
        .into_iter()
        .collect()
}

/// "Only one wet diaper today": weighed against the age.
pub(super) fn few_wet(weighing: &Weighing) -> Vec<Flag> {
    let (text, found) = (weighing.text, weighing.found);
    let mut out = Vec::new();
    for wet in found.of(c::WET) {
        let Some((count, at)) = count_before(text, found, wet) else { continue };
        let only = found
            .within(c::ONLY, wet.at.start.saturating_sub(4)..wet.at.end + 4)
            .any(|hit| hit.sentence == wet.sentence && distance(&hit.at, &wet.at) <= 4);
        let expected = match weighing.baby.days() {
            Some(days) if days < FULL_WETS => days.min(3),
            _ => FULL_WETS,
        };
        let few = count == 0 || (count < expected && (only || count <= 2));
        let long = weighing.baby.days().is_none_or(|days| days < 300);
        if few && long && !(count > 0 && followed_by_hours(weighing, wet)) {
            out.push(Flag {
                concept: c::DEHYDRATION,
                level: FlagLevel::DoctorNow,
                rule: "few_wet_diapers".to_owned(),
                words: text.quote(&(at..wet.at.end)).to_owned(),
                at: at..wet.at.end,
            });
        }
    }
    out
}

/// "She has 8 wets a day": whatever else is feared.
pub(super) fn many_wets(weighing: &Weighing) -> bool {
    let (text, found) = (weighing.text, weighing.found);
    let before = |wet| count_before(text, found, wet).is_some_and(|(count, _)| count >= MANY_WETS);
    // "Pees like 8 times".
    let behind = |wet: &Hit| {
        (wet.at.end..wet.at.end + 3).any(|at| {
            text.number(at).is_some_and(|count| (MANY_WETS..20).contains(&count))
                && matches!(text.word(at + 1), "times" | "x" | "veces" | "fois" | "раз" | "razy")
        })
    };
    found.of(c::WET).filter(|wet| wet.said()).any(|wet| before(wet) || behind(wet))
}

/// "One wet diaper every 3 hours" is many.
fn followed_by_hours(weighing: &Weighing, wet: &Hit) -> bool {
    matches!(weighing.text.word(wet.at.end), "every" | "per" | "cada" | "each" | "an")
}

fn count_before(text: &Text, found: &Found, wet: &Hit) -> Option<(u32, usize)> {
    (1..=2).find_map(|back| {
        let at = wet.at.start.checked_sub(back)?;
        let token = &text.tokens[at];
        if token.sentence != wet.sentence {
            return None;
        }
        // "Every 2 h, pees": hours, not diapers.
        if back == 2 && found.after(c::HOUR, at + 1, 0).is_some() {
            return None;
        }
        if token.kind == Kind::Number {
            return text.number(at).filter(|&count| count < 20).map(|count| (count, at));
        }
        found
            .within(c::NUMBER, at..at)
            .find(|hit| hit.at.start == at && hit.value >= 0)
            .map(|hit| (hit.value.unsigned_abs(), at))
    })
}

/// Loss of weight, weighed against its size and the age.
pub(super) fn weight(weighing: &Weighing) -> Vec<Flag> {
    let (text, found) = (weighing.text, weighing.found);
    let mut out = Vec::new();
    let percent = percent(text, found);
    let mut add = |rule: &str, hit: &Hit| {
        out.push(Flag {
            concept: c::WEIGHT_CONCERN,
            level: FlagLevel::DoctorToday,
            rule: rule.to_owned(),
            words: text.quote(&hit.at).to_owned(),
            at: hit.at.clone(),
        });
    };
    for hit in &found.hits {
        if !matches!(hit.concept, c::WEIGHT_CONCERN | c::LOW_BIRTH_WEIGHT | c::WEIGHT_LOSS)
            || !hit.said()
        {
            continue;
        }
        if hit.concept != c::LOW_BIRTH_WEIGHT
            && subject(found, &hit.at, hit.sentence) == Some(Subject::Parent)
            && !found.says(c::BABY)
            && !found.says(c::THIRD)
            && weighing.baby.days().is_none()
        {
            continue;
        }
        let small = percent.is_some_and(|percent| percent <= LOSS_PERCENT);
        let days = weighing.baby.days();
        match hit.concept {
            c::LOW_BIRTH_WEIGHT if days.is_some_and(|days| days < BACK_AT_BIRTH_WEIGHT) => {}
            c::WEIGHT_LOSS if small => {}
            c::WEIGHT_LOSS | c::WEIGHT_CONCERN
                if found.near(c::RESOLVED, &hit.at, hit.sentence, 8).is_some() => {}
            _ => add("weight", hit),
        }
    }
    if let Some(percent) = percent
        && percent > LOSS_PERCENT
        && percent < 40
        && let Some(hit) = [c::LOST, c::WEIGHT, c::BIRTH_WEIGHT, c::WEIGHT_UNIT]
            .into_iter()
            .find_map(|word| found.of(word).next())
    {
        add("weight_percent", hit);
    }
    out
}

/// A percentage beside words for weight or loss.
fn percent(text: &Text, found: &Found) -> Option<u32> {
    (0..text.tokens.len()).find_map(|at| {
        let number = text.number(at)?;
        // The whole part of "12.5 %" stands before its tenths.
        let end =
            at + 1 + usize::from(text.tokens.get(at + 1).is_some_and(|next| next.sign == '.'));
        found.after(c::PERCENT, end, 0).map(|_| number)
    })
}
