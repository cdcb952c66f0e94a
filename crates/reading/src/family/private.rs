//! What the answer to a family turns on and no member may read: the child it lost, and the private
//! details that a nurse or a doula told of somebody else.

use crate::{
    family::{
        found::{Found, Hit, distance},
        lexicon::concept as c,
        text::Text,
    },
    redact::{self, CutKind},
};

/// The longest way, in words, between the loss and the child it is told of.
const REACH: usize = 8;

/// Roles that write of patients and clients.
const PROFESSIONS: [&str; 5] = ["nurse", "doula", "midwife", "doctor", "other"];

/// Words before a name that say that it is a patient's.
const OF_A_PATIENT: [&str; 12] = [
    "pt", "patient", "client", "mom", "mother", "mama", "baby", "named", "wife", "paciente",
    "patiente", "clienta",
];

/// What the family called the child it lost: `son`, `daughter`, `twins` or `baby`, the words that
/// the texts know; `None` where no child is named, as of a miscarriage.
pub(crate) fn child(text: &Text, found: &Found) -> Option<&'static str> {
    let loss = found.first(c::LOSS)?;
    let far = |hit: &Hit| {
        let overlaps = hit.at.start < loss.at.end && loss.at.start < hit.at.end;
        if overlaps { 0 } else { distance(&hit.at, &loss.at) + 1 }
    };
    let kinds = [
        (c::TWINS, "twins"),
        (c::CHILD_SON, "son"),
        (c::CHILD_DAUGHTER, "daughter"),
        (c::BABY, "baby"),
    ];
    // The nearest decides; of equally near ones the word that tells most.
    let (_, hit, word) = kinds
        .into_iter()
        .flat_map(|(concept, word)| found.of(concept).map(move |hit| (hit, word)))
        .map(|(hit, word)| (far(hit), hit, word))
        .filter(|&(far, hit, _)| far <= REACH && hit.sentence.abs_diff(loss.sentence) <= 1)
        .min_by_key(|&(far, _, _)| far)?;
    if word == "twins" {
        // One of the two may live: nothing is said of both.
        let one = |at: usize| {
            matches!(
                text.word(at),
                "one" | "uno" | "una" | "um" | "uma" | "un" | "один" | "одного" | "jeden"
            )
        };
        return (!(hit.at.start.saturating_sub(3)..hit.at.end).any(one)).then_some(word);
    }
    Some(word)
}

/// What a helper told that nobody asked for: a patient's name, day of birth or room. The rule and
/// the words, or `None`.
pub(crate) fn overshared(text: &Text, role: &str) -> Option<(&'static str, String)> {
    if !PROFESSIONS.contains(&role) {
        return None;
    }
    text.parts().iter().find_map(|part| {
        let written = part.original();
        redact::spans_of(part).into_iter().find_map(|(at, kind)| {
            let rule = match kind {
                CutKind::BirthDate => "birth_date",
                CutKind::Room => "room",
                CutKind::Record => "record",
                CutKind::Name if of_a_patient(&written[..at.start]) => "patient_name",
                _ => return None,
            };
            Some((rule, written[at].to_owned()))
        })
    })
}

/// Whether the words before a name say that it is a patient's.
fn of_a_patient(before: &str) -> bool {
    let last =
        before.trim_end_matches([' ', ':', '-', ',']).rsplit(|c: char| !c.is_alphanumeric()).next();
    last.is_some_and(|last| OF_A_PATIENT.contains(&last.to_lowercase().as_str()))
}
