//! How old the baby is, or when it is expected.
//!
//! Every amount of time in a message ("9 days", "three weeks", 三周, "day 4") is found first; then
//! its neighbours tell whether it is an age, a duration, a gestation, or somebody else's age.

use model::reading::{Age, AgeUnit, Baby, BabyStage};

use crate::{
    age::amount::{Amount, amounts},
    family::{found::Found, lexicon::concept as c, text::Text},
};

pub(crate) mod amount;
mod date;
mod role;

/// What was read of the baby, with the words it rests on.
#[derive(Debug, Default)]
pub(crate) struct BabyRead {
    /// The baby.
    pub(crate) baby: Baby,
    /// Rule and words.
    pub(crate) reasons: Vec<(&'static str, String)>,
    /// Whether somebody is pregnant.
    pub(crate) pregnant: bool,
}

impl BabyRead {
    /// The lower end of the age, in days.
    pub(crate) fn days(&self) -> Option<u32> {
        self.baby.age_days.map(|[from, _]| from)
    }
}

/// What part an amount of time plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The baby's age, and how surely (higher is surer).
    Age(u8),
    /// Weeks of pregnancy, at birth or now.
    Gestation,
    /// How long something lasts, or in how long something is.
    Duration,
    /// Until the birth.
    UntilBirth,
}

/// Reads the baby.
pub(crate) fn read(text: &Text, found: &Found, today: Option<jiff::civil::Date>) -> BabyRead {
    let mut out = BabyRead::default();
    let amounts = amounts(text, found);
    let parts: Vec<Part> =
        amounts.iter().map(|amount| role::part(text, found, amount, &amounts)).collect();
    gestation(text, found, &amounts, &parts, &mut out);
    let age = best(&amounts, &parts);
    let born = date::born(text, found, today);
    let due = date::due(text, found, today, &amounts, &parts);
    out.pregnant = found.says(c::PREGNANT) || due.is_some();
    let sure = age.is_some_and(|(_, sure)| sure >= 2);
    if let Some((date, quote)) = due.as_ref().filter(|_| !sure && born.is_none()) {
        out.baby.stage = BabyStage::Expected;
        out.baby.due_date = date.clone();
        out.reasons.push(("due_date", quote.clone()));
    } else if out.pregnant && !sure && born.is_none() {
        out.baby.stage = BabyStage::Expected;
        if let Some(hit) = found.first(c::PREGNANT) {
            out.reasons.push(("pregnant", text.quote(&hit.at).to_owned()));
        }
    } else if let Some((amount, sure)) = age
        && (sure >= 2 || born.is_none())
    {
        out.baby.stage = BabyStage::Born;
        out.baby.age = Some(Age { value: amount.value, unit: amount.unit });
        out.baby.age_days = Some(amount.days());
        out.reasons.push(("age_amount", text.quote(&amount.at).to_owned()));
        if let Some(born) = born.as_ref().filter(|born| born.told && !born.weekday) {
            out.baby.birth_date = born.date.map(|date| date.to_string());
        }
    } else if let Some(born) = born {
        out.baby.stage = BabyStage::Born;
        out.reasons.push(("birth_day", born.quote.clone()));
        out.baby.age = born.age;
        out.baby.age_days = Some(born.days);
        if born.told {
            out.baby.birth_date = born.date.map(|date| date.to_string());
        }
    } else if let Some(hit) = found.first(c::NEWBORN) {
        out.baby.stage = BabyStage::Born;
        out.reasons.push(("newborn", text.quote(&hit.at).to_owned()));
    }
    out.baby.count = count(found, out.baby.stage);
    if found.says(c::NICU) {
        out.baby.in_nicu = in_nicu(found).then_some(true);
    }
    out
}

/// The surest age; of several the youngest, for the sake of which people write.
fn best<'a>(amounts: &'a [Amount], parts: &[Part]) -> Option<(&'a Amount, u8)> {
    let ages = || {
        amounts.iter().zip(parts).filter_map(|(amount, part)| match part {
            Part::Age(sure) => Some((amount, *sure)),
            _ => None,
        })
    };
    // Who tells of a four year old and of three weeks asks for the baby.
    let has_baby = ages().any(|(amount, sure)| sure >= 2 && amount.unit != AgeUnit::Year);
    ages()
        .filter(|(amount, _)| !(has_baby && amount.unit == AgeUnit::Year && amount.value >= 2))
        .max_by_key(|(amount, sure)| (*sure, std::cmp::Reverse(amount.days()[0])))
}

fn count(found: &Found, stage: BabyStage) -> Option<u32> {
    if found.says(c::TRIPLETS) {
        return Some(3);
    }
    if found.says(c::TWINS) {
        return Some(2);
    }
    (stage != BabyStage::Unknown).then_some(1)
}

/// Whether the baby is in intensive care now, rather than out of it.
fn in_nicu(found: &Found) -> bool {
    found.says(c::NICU) && !found.says(c::NICU_PAST)
}

/// Gestation at birth, as `35+2`.
fn gestation(text: &Text, found: &Found, amounts: &[Amount], parts: &[Part], out: &mut BabyRead) {
    // Written as 35+2, at or without a word.
    for at in 1..text.tokens.len() {
        let token = &text.tokens[at];
        if token.sign == '+'
            && token.tight
            && let (Some(weeks @ 22..=42), Some(days @ 0..=6)) =
                (text.number(at - 1), text.number(at))
        {
            if weeks < 37 || found.says(c::NICU_PRETERM) || found.says(c::NICU) {
                out.baby.preterm_weeks = Some(format!("{weeks}+{days}"));
            }
            out.reasons.push(("gestation", text.quote(&(at - 1..at + 1)).to_owned()));
            return;
        }
    }
    for (amount, part) in amounts.iter().zip(parts) {
        if *part == Part::Gestation && amount.unit == AgeUnit::Week {
            if amount.value < 37 && !found.says(c::PREGNANT) && !found.says(c::LOSS) {
                out.baby.preterm_weeks = Some(format!("{}+{}", amount.value, amount.extra_days));
            }
            out.reasons.push(("gestation", text.quote(&amount.at).to_owned()));
        }
    }
}
