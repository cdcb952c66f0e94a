//! What part an amount of time plays in a message.

use model::reading::AgeUnit;

use super::{Part, amount::Amount};
use crate::family::{
    found::Found,
    lexicon::concept as c,
    text::{Kind, Text},
};

/// The oldest child a family asks for, in years.
const OLDEST: u32 = 6;
/// From this many weeks on, "at 33 weeks" is a pregnancy.
const VIABLE: u32 = 20;

/// Decides by the neighbours.
pub(super) fn part(text: &Text, found: &Found, amount: &Amount, all: &[Amount]) -> Part {
    let (start, end, sentence) = (amount.at.start, amount.at.end, amount.sentence);
    let old = found.after(c::OLD, end, 0).or_else(|| {
        found.after(c::OLD, end, 1).filter(|hit| hit.at.start == end || skippable(text, end))
    });
    if amount.unit == AgeUnit::Year && amount.value > OLDEST {
        return Part::Duration;
    }
    if amount.whole {
        return Part::Age(4);
    }
    // "2월 10일" is a date.
    let month = start.checked_sub(1).is_some_and(|at| matches!(text.word(at), "월" | "月"));
    if month && amount.unit == AgeUnit::Day {
        return Part::Duration;
    }
    // Hours beside days are how long something lasts: "3 days old, dry for 12 hours".
    if amount.unit == AgeUnit::Hour && all.iter().any(|other| other.unit != AgeUnit::Hour) {
        return Part::Duration;
    }
    let weeks = amount.unit == AgeUnit::Week;
    let months_gestation = amount.unit == AgeUnit::Month;
    if (weeks || months_gestation)
        && (found.after(c::GESTATION, end, 2).is_some()
            || found.before(c::GESTATION, start, 1).is_some())
    {
        return Part::Gestation;
    }
    if found.before(c::WHEN_WAS, start, 1).is_some() {
        return Part::Duration;
    }
    if weeks && (VIABLE..=43).contains(&amount.value) {
        let at = found.before(c::AT, start, 1).is_some();
        let born = found.near(c::BORN, &amount.at, sentence, 3).is_some();
        let loss = found.near(c::LOSS, &amount.at, sentence, 6).is_some();
        let early = found.near(c::NICU_PRETERM, &amount.at, sentence, 4).is_some();
        let pregnant = found.near(c::PREGNANT, &amount.at, sentence, 5).is_some();
        if old.is_none() && (early || loss || pregnant || (at && born)) {
            return Part::Gestation;
        }
        if at && old.is_none() && amount.value >= 28 && found.says(c::BORN) {
            return Part::Gestation;
        }
    }
    if found.after(c::EARLY, end, 1).is_some() {
        return Part::Duration;
    }
    if found.before(c::DUE, start, 2).is_some() && old.is_none() {
        return Part::UntilBirth;
    }
    // "Tem 5 dias", "li gen 5 jou": the word for "ago" is the word for "has" as well.
    let has = found
        .within(c::AGO, start.saturating_sub(1)..start)
        .filter(|ago| ago.at.end <= start && start - ago.at.end <= 1)
        .any(|ago| {
            [c::BABY, c::THIRD, c::NEWBORN, c::TWINS].into_iter().any(|who| {
                found.before(who, ago.at.start, 3).is_some_and(|who| who.sentence == sentence)
            }) && found.within(c::AGE_WORD, ago.at.clone()).any(|age| age.at == ago.at)
        });
    if has && amount.unit != AgeUnit::Hour {
        return Part::Age(3);
    }
    // "Her age is 18 days, since ...": the word behind begins another thing.
    if found.after(c::AGO, end, 0).is_some() && found.before(c::AGE_WORD, start, 0).is_some() {
        return Part::Age(3);
    }
    let ago = found.after(c::AGO, end, 0).is_some() || found.before(c::AGO, start, 1).is_some();
    if ago {
        let born = found.near(c::BORN, &amount.at, sentence, 8).filter(|hit| hit.said());
        return if born.is_some() && old_enough(amount, all) {
            Part::Age(4)
        } else {
            Part::Duration
        };
    }
    // "two weeks after the birth"
    if found.within(c::BORN, end..end + 3).any(|hit| {
        hit.sentence == sentence
            && hit.at.start > end
            && hit.at.start - end <= 3
            && matches!(
                text.word(end),
                "after"
                    | "despues"
                    | "apres"
                    | "po"
                    | "после"
                    | "apre"
                    | "depois"
                    | "post"
                    | "since"
            )
    }) {
        return Part::Age(4);
    }
    if old.is_some() {
        return Part::Age(4);
    }
    // "Nobody has called in two days".
    if amount.unit == AgeUnit::Hour || (found.any(c::NO_ANSWER) && !found.says(c::BABY)) {
        return Part::Duration;
    }
    // "A fever at two months, now he is five months": what was then is not now.
    if found.before(c::AT, start, 0).is_some() && all.len() > 1 {
        return Part::Age(1);
    }
    // "She gave birth since 6 days".
    if let Some(since) = found.before(c::BEFORE_DURATION, start, 0)
        && found
            .before(c::GAVE_BIRTH, since.at.start, 0)
            .is_some_and(|hit| hit.sentence == sentence)
    {
        return Part::Age(4);
    }
    if found.before(c::BEFORE_DURATION, start, 0).is_some() {
        return Part::Duration;
    }
    if weak(text, amount) {
        let baby = found.before(c::BABY, start, 1).is_some();
        let age = found.before(c::AGE_WORD, start, 1).is_some();
        return if baby || age { Part::Age(3) } else { Part::Duration };
    }
    if amount.ordinal {
        return Part::Age(3);
    }
    if found.before(c::AGE_WORD, start, 1).is_some()
        || found.before(c::BABY, start, 2).is_some()
        || found.after(c::BABY, end, 0).is_some()
    {
        return Part::Age(3);
    }
    Part::Age(2)
}

/// "a week", "un mes": too common to be an age without more.
fn weak(text: &Text, amount: &Amount) -> bool {
    matches!(
        text.word(amount.at.start),
        "a" | "an" | "un" | "una" | "une" | "um" | "uma" | "yon" | "one"
    ) && amount.at.len() == 2
}

fn skippable(text: &Text, at: usize) -> bool {
    text.tokens.get(at).is_some_and(|token| token.kind != Kind::Break)
        && text.word(at).chars().count() <= 4
}

/// A birth "3 months ago" and another amount with "old": the one with "old" is the age.
fn old_enough(amount: &Amount, all: &[Amount]) -> bool {
    all.len() < 8 || amount.value < 100
}
