//! Of whom something is said: the baby or the one who gave birth.

use std::ops::Range;

use crate::family::{
    found::{Found, Hit, distance},
    lexicon::{Concept, concept as c},
};

/// Whose fever, whose tears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The baby.
    Baby,
    /// The parent who writes, or for whom a partner or helper writes.
    Parent,
}

/// How many words lie between sentences, for what the sentence before said.
const SENTENCE: usize = 12;

/// How near a part of the body counts that stands in the sign itself.
const WITHIN: usize = 6;

/// What names a person, or a part of one.
pub(crate) const PERSONS: [Concept; 13] = [
    c::BABY,
    c::TWINS,
    c::NEWBORN,
    c::DAY_OLD,
    c::THIRD,
    c::SELF,
    c::PARTNER,
    c::MOTHER,
    c::CLIENT,
    c::BREAST,
    c::INCISION_WORD,
    c::MASTITIS,
    c::RELATIVE,
];

/// The nearest mention before some tokens, then the nearest after them; `None` where nobody is
/// mentioned.
pub(crate) fn subject(found: &Found, at: &Range<usize>, sentence: u16) -> Option<Subject> {
    let gave_birth = found.says(c::GAVE_BIRTH);
    let adult = [c::PARTNER, c::MOTHER, c::RELATIVE]
        .into_iter()
        .filter(|&adult| adult != c::RELATIVE || gave_birth)
        .filter_map(|adult| found.first(adult))
        .map(|hit| hit.at.start)
        .min();
    let mut best: Option<(usize, usize, Subject)> = None;
    // Of equally near ones the first in the order of all.
    let mut offer = |order: usize, hit: &Hit| {
        // Of a sister it is told where it is told that she gave birth.
        if hit.concept == c::RELATIVE && !gave_birth {
            return best.map_or(usize::MAX, |(weight, _, _)| weight);
        }
        let who = match hit.concept {
            c::BABY | c::TWINS | c::NEWBORN | c::DAY_OLD => Subject::Baby,
            // "My wife ... she": of a woman and a baby, the pronoun is hers where no baby is near; who is
            // told of only later is not meant yet.
            c::THIRD if adult.is_none_or(|adult| hit.at.start < adult) => Subject::Baby,
            _ => Subject::Parent,
        };
        let far = usize::from(sentence - hit.sentence) * SENTENCE;
        let overlaps = hit.at.start < at.end && at.start < hit.at.end;
        let place = if overlaps && hit.concept == c::BREAST {
            // "His left side is jumping": a part that has two names.
            WITHIN
        } else if overlaps {
            0
        } else if hit.at.end <= at.start {
            distance(&hit.at, at) * 2 + 1
        } else {
            distance(&hit.at, at) * 2 + if hit.concept == c::SELF { 12 } else { 4 }
        };
        let pronoun = usize::from(hit.concept == c::THIRD);
        let weight = place + pronoun + far;
        if best.is_none_or(|(other, earlier, _)| (weight, order) < (other, earlier)) {
            best = Some((weight, order, who));
        }
        best.map_or(usize::MAX, |(weight, _, _)| weight)
    };
    let people = found.people();
    let hit = |number: &u32| (*number as usize, &found.hits[*number as usize]);
    let here = people.partition_point(|number| hit(number).1.at.start < at.start);
    // Outward from the tokens, as far as somebody may still be nearer.
    for (order, person) in people[here..].iter().map(hit) {
        if person.sentence > sentence
            || offer(order, person) <= person.at.start.saturating_sub(at.end) * 2
        {
            break;
        }
    }
    for (order, person) in people[..here].iter().rev().map(hit) {
        if offer(order, person) < at.start.saturating_sub(person.at.start + found.longest()) * 2 {
            break;
        }
    }
    let made = found.made_of(c::MASTITIS).filter(|hit| hit.sentence <= sentence);
    for (order, person) in made.enumerate() {
        offer(found.hits.len() + order, person);
    }
    best.map(|(_, _, who)| who)
}
