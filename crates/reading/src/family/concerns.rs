//! Lactation concerns.

use model::reading::{BabyStage, FlagLevel};

use crate::{
    age::BabyRead,
    family::{
        flags::Flag,
        found::Found,
        lexicon::{Concept, Lexicon, concept as c},
        text::Text,
    },
};

/// A concern with the words it rests on.
#[derive(Debug, Clone)]
pub(crate) struct Concern {
    /// Which.
    pub(crate) concept: Concept,
    /// The rule.
    pub(crate) rule: &'static str,
    /// The words.
    pub(crate) words: String,
}

/// All concerns of a message, each once; empty where only "general" could be said.
pub(crate) fn concerns(
    lexicon: &Lexicon,
    text: &Text,
    found: &Found,
    baby: &BabyRead,
    flags: &[Flag],
) -> Vec<Concern> {
    let mut out: Vec<Concern> = Vec::new();
    let mut add = |concept: Concept, rule: &'static str, words: String| {
        if !out.iter().any(|other| other.concept == concept) {
            out.push(Concern { concept, rule, words });
        }
    };
    for hit in &found.hits {
        if lexicon.traits.concerns.contains(&hit.concept)
            && (hit.said() || lexicon.traits.topics.contains(&hit.concept))
        {
            let rule = if hit.rule.is_some() { "rule" } else { "phrase" };
            add(hit.concept, rule, text.quote(&hit.at).to_owned());
        }
    }
    for flag in flags {
        let implied: &[Concept] = match flag.concept {
            c::DEHYDRATION | c::NOT_FEEDING => &[c::NEWBORN_FEEDING],
            c::LETHARGY => &[c::NEWBORN_FEEDING, c::SLEEPY],
            c::WEIGHT_CONCERN => &[c::WEIGHT_GAIN],
            c::MASTITIS_FEVER => &[c::MASTITIS],
            c::PPD => &[c::MOOD],
            c::JAUNDICE => &[c::JAUNDICE_FEEDING],
            _ => &[],
        };
        for &concept in implied {
            add(concept, "flag", flag.words.clone());
        }
    }
    if baby.baby.count.is_some_and(|count| count > 1) {
        add(c::MULTIPLES, "twins", String::new());
    }
    if found.says(c::NICU) || baby.baby.preterm_weeks.is_some() {
        add(c::NICU_PRETERM, "nicu", String::new());
    }
    let has = |out: &[Concern], concept: Concept| out.iter().any(|other| other.concept == concept);
    if baby.baby.stage == BabyStage::Expected
        && !has(&out, c::TANDEM)
        && !has(&out, c::INDUCED)
        && !has(&out, c::MEDICATION)
        && !has(&out, c::PRENATAL)
    {
        out.push(Concern { concept: c::PRENATAL, rule: "expected", words: String::new() });
    }
    // A hot, hard, red breast is one thing, not three.
    if has(&out, c::MASTITIS) {
        out.retain(|other| other.concept != c::ENGORGEMENT);
    }
    // Two babies at the breast at once are no pregnancy.
    if has(&out, c::MULTIPLES) && !found.says(c::PREGNANT) {
        out.retain(|other| other.concept != c::TANDEM);
    }
    if has(&out, c::RELACTATION) {
        out.retain(|other| other.concept != c::WEANING);
    }
    // Tears of the one who gave birth are not the baby's.
    let tears = flags.iter().find(|flag| flag.concept == c::PPD);
    if let Some(tears) = tears {
        out.retain(|other| other.concept != c::FUSSY || !tears.words.contains(&other.words));
    }
    if flags.iter().all(|flag| flag.level > FlagLevel::DoctorNow)
        && baby.days().is_some_and(|d| d > 60)
    {
        // The first check of feeding is for the first weeks.
        let other = out.iter().any(|other| other.concept != c::NEWBORN_FEEDING);
        if other {
            out.retain(|other| other.concept != c::NEWBORN_FEEDING);
        }
    }
    if found.says(c::LOSS) {
        out.retain(|other| other.concept == c::LOSS_LACTATION);
        if out.is_empty() {
            out.push(Concern { concept: c::LOSS_LACTATION, rule: "loss", words: String::new() });
        }
    }
    out
}
