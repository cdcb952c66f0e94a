//! Lactation concerns.

use std::ops::Range;

use model::reading::{BabyStage, FlagLevel};

use crate::{
    age::BabyRead,
    family::{
        flags::Flag,
        found::{Denial, Found, Hit},
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
            && !is_something_else(found, flags, hit)
        {
            let rule = if hit.rule.is_some() { "rule" } else { "phrase" };
            add(hit.concept, rule, text.quote(&hit.at).to_owned());
        }
    }
    for flag in flags {
        let implied: &[Concept] = match flag.concept {
            c::LETHARGY => &[c::SLEEPY],
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
    eats_nothing(&mut out, found, flags);
    let has = |out: &[Concern], concept: Concept| out.iter().any(|other| other.concept == concept);
    if baby.baby.stage == BabyStage::Expected
        && !has(&out, c::TANDEM)
        && !has(&out, c::INDUCED)
        && !has(&out, c::MEDICATION)
        && !has(&out, c::PRENATAL)
        && !has(&out, c::PRENATAL_CLASS)
    {
        out.push(Concern { concept: c::PRENATAL, rule: "expected", words: String::new() });
    }
    if baby.baby.stage == BabyStage::Expected {
        out.retain(|other| other.concept != c::NEWBORN_FEEDING);
    }
    // Fed all the time since there is too little: the little is the matter.
    if has(&out, c::LOW_SUPPLY) {
        out.retain(|other| other.concept != c::NEWBORN_FEEDING);
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
        out.retain(|other| matches!(other.concept, c::LOSS_LACTATION | c::DONOR_MILK));
        if !has(&out, c::LOSS_LACTATION) {
            out.push(Concern { concept: c::LOSS_LACTATION, rule: "loss", words: String::new() });
        }
    }
    out
}

/// What a baby that takes nothing needs: its feeding looked at, whatever it was offered. Where another concern
/// tells what is wrong, that is the one.
fn eats_nothing(out: &mut Vec<Concern>, found: &Found, flags: &[Flag]) {
    let refuses = |concern: &Concern| matches!(concern.concept, c::LATCH | c::BOTTLE_REFUSAL);
    let flag = |concept| flags.iter().find(|flag| flag.concept == concept);
    let both = out.iter().filter(|concern| refuses(concern)).count() == 2 || found.any(c::BOTTLE);
    if flag(c::NOT_FEEDING).is_some() && both {
        out.retain(|concern| !refuses(concern));
    }
    let told = out.iter().any(|concern| concern.concept != c::SLEEPY);
    if let Some(flag) = flag(c::DEHYDRATION).or(flag(c::NOT_FEEDING))
        && !told
    {
        let words = flag.words.clone();
        out.push(Concern { concept: c::NEWBORN_FEEDING, rule: "flag", words });
    }
}

/// Whether the words of a concern tell of something else.
fn is_something_else(found: &Found, flags: &[Flag], hit: &Hit) -> bool {
    let overlaps = |other: &Range<usize>| other.start < hit.at.end && hit.at.start < other.end;
    let flagged = |concept| flags.iter().any(|flag| flag.concept == concept);
    let of = |concepts: &[Concept]| {
        flags.iter().any(|flag| concepts.contains(&flag.concept) && overlaps(&flag.at))
    };
    let with = |concept| found.within(concept, hit.at.clone()).find(|other| overlaps(&other.at));
    match hit.concept {
        // What is over, or another one's.
        c::JAUNDICE_FEEDING => {
            let other = [c::RESOLVED, c::LONG_AGO, c::OTHERS_BABY, c::OLDER_CHILD];
            !flagged(c::JAUNDICE) && found.says_any(&other)
        }
        // Who gains well is told of to calm us.
        c::WEIGHT_GAIN => {
            !flagged(c::WEIGHT_CONCERN)
                && found.of(c::THRIVING).any(|fine| fine.said() && fine.sentence == hit.sentence)
        }
        c::LATCH if of(&[c::VIOLENCE]) => true,
        // "Won't take the bottle": the breast must be told of behind the verb that both share.
        c::LATCH if with(c::BOTTLE_REFUSAL).is_some() => {
            let from = with(c::BOTTLE_REFUSAL).map_or(0, |bottle| bottle.at.start);
            with(c::BREAST).is_none_or(|breast| breast.at.start < from)
        }
        // Pain at the latch is pain, where nothing is said to go wrong with it.
        c::LATCH if hit.rule.is_some() && with(c::NIPPLE_PAIN).is_some() => {
            ![c::NEG, c::NEG_AFTER, c::FAIL].into_iter().any(|not| with(not).is_some())
                && hit.denial == Denial::None
        }
        c::NIPPLE_PAIN => of(&[c::PARENT_CHEST, c::BLEEDING]),
        c::MEDICATION => flagged(c::HEADACHE_VISION) && !found.any(c::ASK_MEDICAL),
        _ => false,
    }
}
