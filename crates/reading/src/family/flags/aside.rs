//! Signs that are named without being there: what would be if, what another one's baby had.

use std::ops::Range;

use model::reading::FlagLevel;

use super::Weighing;
use crate::family::{
    found::{Found, Hit},
    lexicon::{Concept, concept as c},
};

/// How many words before a sign may ask what would be if.
const BEFORE: usize = 10;
/// How many lie between a child and what it has.
const NEAR: usize = 9;
/// How many behind it: in some languages the condition ends the sentence.
const BEHIND: usize = 3;

/// Whether a sign is named without being there. A wish to be dead or to harm, and what somebody does to the
/// one who writes, always stand.
pub(super) fn aside(
    weighing: &Weighing,
    concept: Concept,
    at: &Range<usize>,
    sentence: u16,
    level: FlagLevel,
) -> bool {
    let found = weighing.found;
    match level {
        FlagLevel::Private => false,
        FlagLevel::Crisis => {
            concept == c::PSYCHOSIS && had_by_another(found, at, sentence) && fine(found, level)
        }
        FlagLevel::Support => {
            let other = || found.before(c::RELATIVE_WORD, at.start, BEFORE).is_some();
            found.says(c::MIGHT_GET)
                || had_by_another(found, at, sentence)
                || (fine(found, level) && other())
        }
        _ => {
            supposed(found, at, sentence, level)
                || (an_illness(concept) && an_older_child(found, at, sentence))
                || (fine(found, level) && another_baby(found, at, sentence))
                || (hereditary(concept) && in_the_family(found, at, sentence))
        }
    }
}

/// "If he ever stops breathing, what do we do": in doubt, when anything is told that happens now, the sign
/// stands; a danger to life stands unless the writer says that nothing happened.
fn supposed(found: &Found, at: &Range<usize>, sentence: u16, level: FlagLevel) -> bool {
    if found.says(c::HAPPENING) || found.says(c::WHETHER) {
        return false;
    }
    if level == FlagLevel::Emergency && !found.says(c::CALM) {
        return false;
    }
    let near = at.start.saturating_sub(BEFORE)..at.end + BEHIND;
    let here = |hit: &Hit| {
        hit.sentence == sentence
            && if hit.at.start < at.start {
                at.start.saturating_sub(hit.at.end) <= BEFORE
            } else {
                hit.at.start.saturating_sub(at.end) <= BEHIND
            }
    };
    found.within(c::SUPPOSED, near).any(here)
}

/// Whether the writer says that her own are well. Where a life may be in danger it must be said in so
/// many words, and nothing told that happens now: "but mine is" may go on in any way.
fn fine(found: &Found, level: FlagLevel) -> bool {
    let said = found.says_any(&[c::OURS_FINE, c::CALM]);
    match level {
        FlagLevel::Emergency => said && !found.says_any(&[c::HAPPENING, c::WHETHER]),
        _ => said || found.says(c::OWN_CONTRAST),
    }
}

/// Whether another one's baby, or an animal, is told of before the sign; not where the writer comes to her
/// own in between: "my sister's was fine but mine", "the dog knocked the baby down".
fn another_baby(found: &Found, at: &Range<usize>, sentence: u16) -> bool {
    found.before(c::OTHERS_BABY, at.start, BEFORE).is_some_and(|other| {
        let between = other.at.end..at.start;
        let own = |concept| {
            found
                .within(concept, between.clone())
                .any(|hit| hit.at.start >= between.start && hit.at.end <= between.end)
        };
        other.sentence == sentence && !own(c::BABY) && !own(c::OWN_CONTRAST)
    })
}

/// "My two year old has a fever, can I nurse the newborn": told of the child named right before.
fn an_older_child(found: &Found, at: &Range<usize>, sentence: u16) -> bool {
    found.before(c::OLDER_CHILD, at.start, NEAR).is_some_and(|older| {
        older.sentence == sentence
            && !found
                .within(c::BABY, older.at.end..at.start)
                .any(|baby| baby.at.start > older.at.end && baby.at.end <= at.start)
    })
}

/// What an older child has, and the baby may catch.
fn an_illness(concept: Concept) -> bool {
    matches!(concept, c::FEVER | c::JAUNDICE | c::DEHYDRATION | c::DRY)
}

/// What runs in families, and is asked about for that.
fn hereditary(concept: Concept) -> bool {
    matches!(concept, c::SEIZURE | c::PARENT_SEIZURE | c::LEG | c::JAUNDICE | c::HEADACHE_VISION)
}

/// "My grandmother had seizures, is it safe for me to breastfeed".
fn in_the_family(found: &Found, at: &Range<usize>, sentence: u16) -> bool {
    found.says(c::MAY_I)
        && !found.says_any(&[c::HAPPENING, c::GAVE_BIRTH])
        && found
            .before(c::RELATIVE_WORD, at.start, BEFORE)
            .is_some_and(|hit| hit.sentence == sentence)
}

fn had_by_another(found: &Found, at: &Range<usize>, sentence: u16) -> bool {
    found.before(c::OTHERS_HAD, at.start, BEFORE).is_some_and(|hit| hit.sentence == sentence)
}
