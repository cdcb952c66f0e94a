//! What one sign explains of another, and the order in which they are told.

use model::reading::FlagLevel;

use super::{Flag, Weighing};
use crate::family::{
    lexicon::{Concept, concept as c},
    subject::{Subject, subject},
};

/// Each sign once, at its gravest; what another explains falls away; gravest first.
pub(super) fn settle(weighing: &Weighing, flags: Vec<Flag>) -> Vec<Flag> {
    let mut out: Vec<Flag> = Vec::new();
    for flag in explained(weighing, flags) {
        match out.iter_mut().find(|other| other.concept == flag.concept) {
            Some(other) if flag.level < other.level => *other = flag,
            Some(_) => {}
            None => out.push(flag),
        }
    }
    if has(&out, c::MASTITIS_FEVER) {
        out.retain(|flag| flag.concept != c::PARENT_FEVER);
    }
    // A word for a tired baby alone is explained by any graver sign.
    if out.iter().any(|flag| flag.concept != c::DROWSY && flag.level <= FlagLevel::DoctorNow) {
        out.retain(|flag| flag.concept != c::DROWSY);
    }
    for flag in out.iter_mut().filter(|flag| flag.concept == c::DROWSY) {
        flag.concept = c::LETHARGY;
    }
    // Who has no life in the eyes is not called sleepy as well.
    if has(&out, c::BABY_UNRESPONSIVE) || has(&out, c::BABY_BREATHING) {
        out.retain(|flag| flag.concept != c::LETHARGY);
    }
    if out.iter().any(|flag| flag.level == FlagLevel::Crisis) {
        out.retain(|flag| flag.concept != c::PPD);
    }
    out.sort_by_key(|flag| (flag.level, order(flag.concept)));
    out
}

/// What tells more of a baby than that it is sleepy.
const HARD_TO_WAKE: [Concept; 2] = [c::LETHARGY, c::GONE_AGAIN];

fn has(flags: &[Flag], concept: Concept) -> bool {
    flags.iter().any(|flag| flag.concept == concept)
}

/// What is a part of another sign is not one of its own.
fn explained(weighing: &Weighing, mut flags: Vec<Flag>) -> Vec<Flag> {
    let found = weighing.found;
    let all = flags.clone();
    let beside = |concept: Concept| has(&all, concept);
    let shares = |flag: &Flag, concept: Concept| {
        all.iter().any(|other| {
            other.concept == concept && flag.at.start < other.at.end && other.at.start < flag.at.end
        })
    };
    let parents = |flag: &Flag| {
        let sentence = weighing.text.tokens.get(flag.at.start).map_or(0, |token| token.sentence);
        subject(found, &flag.at, sentence) == Some(Subject::Parent)
    };
    let fit = beside(c::BABY_SEIZURE) || beside(c::PARENT_SEIZURE);
    let counted = [c::SINCE_LONG, c::THREE_FEEDS, c::LAST_FED].into_iter().any(|at| found.any(at));
    flags.retain(|flag| match flag.concept {
        // One fit is told of: the baby's, unless somebody gave birth.
        c::PARENT_SEIZURE => !beside(c::BABY_SEIZURE) || found.says(c::GAVE_BIRTH),
        // Who shakes in a fit has no fever for that.
        c::BABY_FEVER | c::PARENT_FEVER if fit => found.any(c::FEVER) || found.any(c::TEMPERATURE),
        // The white of the eyes is yellow, and not turned up.
        c::BABY_SEIZURE => !shares(flag, c::JAUNDICE),
        // A breast that is hot and hurts is no chest, where nothing is said of breath.
        c::PARENT_CHEST if beside(c::MASTITIS_FEVER) => {
            found.any(c::NO_BREATH) || !found.any(c::MASTITIS)
        }
        // In a fit and after it a baby does not answer, and is limp.
        c::BABY_UNRESPONSIVE => !beside(c::BABY_SEIZURE) && !shares(flag, c::HARM_SELF),
        // Yellow and too sleepy is one sign; hard to wake is another.
        c::LETHARGY if beside(c::JAUNDICE) && !found.says_any(&HARD_TO_WAKE) => false,
        c::LETHARGY => {
            !(beside(c::BABY_SEIZURE)
                || shares(flag, c::HARM_SELF)
                || beside(c::PPD) && parents(flag))
        }
        // Arms and legs of a fit, swelling of the whole of her, blood that runs down.
        c::LEG if !found.any(c::CALF) => {
            !fit && !beside(c::HEADACHE_VISION) && !beside(c::BLEEDING)
        }
        // "A week after the c-section" tells when.
        c::INCISION => !shares(flag, c::LEG),
        // Pills to die of are her own.
        c::INGESTION => !beside(c::HARM_SELF) && !beside(c::PSYCHOSIS),
        // She does not eat, and feels nothing.
        c::NOT_FEEDING if beside(c::PPD) => !parents(flag) && !shares(flag, c::PPD),
        // A yellow or sleepy baby that takes little: that it has refused for long must be told.
        c::NOT_FEEDING if beside(c::JAUNDICE) || beside(c::LETHARGY) => counted,
        // "I want to hit him": whom, the crisis tells; and who threatens to kill is not she.
        c::VIOLENCE => !shares(flag, c::HARM_BABY),
        c::HARM_SELF => !shares(flag, c::VIOLENCE),
        _ => true,
    });
    flags
}

/// The order in which the reference lists them.
fn order(concept: Concept) -> usize {
    const ORDER: [Concept; 23] = [
        c::BABY_BREATHING,
        c::BABY_UNRESPONSIVE,
        c::BABY_SEIZURE,
        c::PARENT_SEIZURE,
        c::PARENT_CHEST,
        c::HARM_SELF,
        c::HARM_BABY,
        c::PSYCHOSIS,
        c::VIOLENCE,
        c::BABY_FEVER,
        c::DEHYDRATION,
        c::LETHARGY,
        c::NOT_FEEDING,
        c::JAUNDICE,
        c::HEADACHE_VISION,
        c::BLEEDING,
        c::PARENT_FEVER,
        c::MASTITIS_FEVER,
        c::LEG,
        c::INCISION,
        c::WEIGHT_CONCERN,
        c::INGESTION,
        c::PPD,
    ];
    ORDER.iter().position(|&known| known == concept).unwrap_or(ORDER.len())
}
