//! Of whom something is said: the baby or the one who gave birth.

use std::ops::Range;

use crate::family::{
    found::{Found, distance},
    lexicon::concept as c,
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

/// The nearest mention before some tokens, then the nearest after them; `None` where nobody is
/// mentioned.
pub(crate) fn subject(found: &Found, at: &Range<usize>, sentence: u16) -> Option<Subject> {
    let mut best: Option<(usize, Subject)> = None;
    let other_adult = found.says(c::PARTNER) || found.says(c::MOTHER);
    for hit in &found.hits {
        let who = match hit.concept {
            c::BABY | c::TWINS | c::NEWBORN | c::DAY_OLD => Subject::Baby,
            c::THIRD if !other_adult => Subject::Baby,
            // "My wife ... she": of a woman and a baby, the pronoun is hers where no baby is near.
            c::THIRD => Subject::Parent,
            c::SELF | c::PARTNER | c::MOTHER | c::CLIENT => Subject::Parent,
            c::BREAST | c::INCISION_WORD | c::MASTITIS => Subject::Parent,
            _ => continue,
        };
        if hit.sentence > sentence {
            continue;
        }
        let far = usize::from(sentence - hit.sentence) * SENTENCE;
        let overlaps = hit.at.start < at.end && at.start < hit.at.end;
        let place = if overlaps {
            0
        } else if hit.at.end <= at.start {
            distance(&hit.at, at) * 2 + 1
        } else {
            distance(&hit.at, at) * 2 + if hit.concept == c::SELF { 12 } else { 4 }
        };
        let pronoun = usize::from(hit.concept == c::THIRD);
        let weight = place + pronoun + far;
        if best.is_none_or(|(other, _)| weight < other) {
            best = Some((weight, who));
        }
    }
    best.map(|(_, who)| who)
}
