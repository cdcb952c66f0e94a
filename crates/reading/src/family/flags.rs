//! Signs of danger.
//!
//! Vocabularies and rules find them; here they are weighed: against the baby's age, against what is
//! denied, past or somebody else's. In doubt the sign stands: missing one is the worst error. The
//! service never rules anything out.

use std::{cell::OnceCell, ops::Range};

use model::{
    Word,
    reading::{FlagLevel, RedFlag},
};

use crate::{
    age::{BabyRead, amount::Amount},
    family::{
        found::{Found, Hit},
        lexicon::{Concept, Lexicon, concept as c},
        subject::{Subject, subject},
        text::Text,
    },
};

mod aside;
mod feeding;
mod fever;
mod figures;
mod settle;

/// A sign of danger with the rule and the words it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flag {
    /// Which sign.
    pub(crate) concept: Concept,
    /// How grave.
    pub(crate) level: FlagLevel,
    /// The rule.
    pub(crate) rule: String,
    /// The words.
    pub(crate) words: String,
    /// Where they stand.
    pub(crate) at: Range<usize>,
}

/// What weighing needs.
pub(crate) struct Weighing<'a> {
    /// The vocabularies.
    pub(crate) lexicon: &'a Lexicon,
    /// The message.
    pub(crate) text: &'a Text<'a>,
    /// What was found in it.
    pub(crate) found: &'a Found,
    /// The baby.
    pub(crate) baby: &'a BabyRead,
    /// The amounts of time in it, once somebody asked for them.
    pub(crate) amounts: OnceCell<Vec<Amount>>,
}

/// From this day on a baby may sleep the night through.
const SLEEPS_LONG: u32 = 60;

/// A sign that is told more often than this has been weighed often enough.
const MOST: usize = 60;

/// All signs of a message, gravest first, each once.
pub(crate) fn flags(weighing: &Weighing) -> Vec<Flag> {
    let mut out: Vec<Flag> = Vec::new();
    let mut weighed: Vec<(Concept, usize)> = Vec::new();
    let mut certain: Vec<Concept> = Vec::new();
    for hit in &weighing.found.hits {
        let Some(&usual) = weighing.lexicon.traits.flags.get(&hit.concept) else { continue };
        match weighed.iter_mut().find(|(concept, _)| *concept == hit.concept) {
            Some((_, times)) if *times >= MOST => continue,
            Some((_, times)) => *times += 1,
            None => weighed.push((hit.concept, 1)),
        }
        if !hit.said() && (!is_made_of_denial(hit.concept) || weighing.plainly_denied(hit)) {
            continue;
        }
        let level = usize::try_from(hit.value - 1)
            .ok()
            .and_then(|at| FlagLevel::ALL.get(at).copied())
            .unwrap_or(usual);
        if let Some((concept, level)) = weighing.weigh(hit, level) {
            let rule = hit.rule.map_or_else(|| "phrase".to_owned(), |rule| format!("rule {rule}"));
            let words = weighing.text.quote(&hit.at).to_owned();
            // "Can't breathe" alone names nobody, in whatever words.
            let hers = || subject(weighing.found, &hit.at, hit.sentence) == Some(Subject::Parent);
            let unnamed = concept == c::BABY_BREATHING && hit.rule.is_none() && hers();
            if hit.concept != c::NO_BREATH && !unnamed {
                certain.push(concept);
            }
            out.push(Flag { concept, level, rule, words, at: hit.at.clone() });
        }
    }
    one_breath(&mut out, &certain);
    out.extend(fever::fever(weighing));
    out.extend(feeding::few_wet(weighing));
    out.extend(feeding::last_wet(weighing));
    out.extend(feeding::weight(weighing));
    out.extend(figures::pressure(weighing));
    out.extend(figures::weighings(weighing));
    settle::settle(weighing, out)
}

/// One breath is told of: where a chest or a colour tells whose, whoever stands nearest to the other words
/// is not the other one.
fn one_breath(out: &mut Vec<Flag>, certain: &[Concept]) {
    for (sure, other) in
        [(c::BABY_BREATHING, c::PARENT_CHEST), (c::PARENT_CHEST, c::BABY_BREATHING)]
    {
        if certain.contains(&sure) && !certain.contains(&other) {
            out.retain(|flag| flag.concept != other);
        }
    }
}

/// Phrases that hold a denial in themselves and may stand after another one: "won't eat, won't wake".
fn is_made_of_denial(concept: Concept) -> bool {
    matches!(
        concept,
        c::NO_BREATH
            | c::BABY_UNRESPONSIVE
            | c::LETHARGY
            | c::NOT_FEEDING
            | c::HARM_SELF
            | c::DEHYDRATION
            | c::DRY
    )
}

impl Weighing<'_> {
    /// Whether a sign that holds no denial in itself has one right beside it: "not lethargic".
    fn plainly_denied(&self, hit: &Hit) -> bool {
        let beside = |neg: &Hit, back: bool| {
            if back { neg.at.start == hit.at.end } else { neg.at.end == hit.at.start }
        };
        let inside = |neg: &Hit| neg.at.start >= hit.at.start && neg.at.end <= hit.at.end;
        let found = self.found;
        let here = |concept| found.within(concept, hit.at.clone());
        (here(c::NEG).any(|neg| beside(neg, false))
            || here(c::NEG_AFTER).any(|neg| beside(neg, true)))
            && ![c::NEG, c::NEG_AFTER, c::FAIL].into_iter().any(|neg| here(neg).any(inside))
    }

    /// Whether milk is what soaks through, since nothing is said of blood or a pad.
    fn leaks_milk(&self, hit: &Hit) -> bool {
        let blood = [c::BLEED, c::PAD, c::PADS, c::CLOT, c::BLOOD];
        hit.rule.is_none()
            && self.found.says(c::MILK)
            && !blood.into_iter().any(|blood| self.found.any(blood))
    }

    /// Whether the baby opens an eye, or wakes and is gone again.
    fn stirs(&self) -> bool {
        self.found.says(c::GONE_AGAIN) || self.found.says(c::OPENS_EYES)
    }

    /// Whether an older baby sleeps through its nights and nothing else is told of it.
    fn sleeps_well(&self) -> bool {
        self.baby.days().is_some_and(|days| days >= SLEEPS_LONG)
            && self.found.any(c::SLEEPS_THROUGH)
            && !self.found.says_any(&[c::DROWSY, c::TOO_SLEEPY])
    }

    /// Whether a hit stands as a sign, which one and how grave.
    fn weigh(&self, hit: &Hit, level: FlagLevel) -> Option<(Concept, FlagLevel)> {
        let found = self.found;
        if level > FlagLevel::Private && told_of_others(found, &hit.at, hit.sentence)
            || aside::aside(self, hit.concept, &hit.at, hit.sentence, level)
        {
            return None;
        }
        // "Last time he ate" is a piece of the sign itself.
        let past = long_ago(found, &hit.at, hit.sentence).is_some_and(|ago| {
            hit.concept == c::PPD || ago.at.start < hit.at.start || ago.at.end > hit.at.end
        });
        let over = found
            .within(c::RESOLVED, hit.at.start..usize::MAX)
            .filter(|gone| gone.at.start >= hit.at.start)
            .take_while(|gone| gone.sentence <= hit.sentence + 1)
            .any(Hit::said);
        if past && level != FlagLevel::Crisis && level != FlagLevel::Private {
            return None;
        }
        // Who was choked by somebody needs no word about a baby's breath, and no text that tells of it.
        let by_somebody = || {
            found
                .within(c::VIOLENCE, hit.at.clone())
                .any(|other| other.at.start < hit.at.end && hit.at.start < other.at.end)
        };
        match hit.concept {
            c::NO_BREATH | c::BABY_BREATHING | c::BABY_CHOKED | c::PARENT_CHEST
                if by_somebody() =>
            {
                None
            }
            c::NO_BREATH | c::SEIZURE => {
                let whose = subject(found, &hit.at, hit.sentence);
                // Who gave birth is told of, and no baby.
                let parent = whose == Some(Subject::Parent)
                    || (found.says(c::GAVE_BIRTH) && !found.says(c::BABY));
                let concept = match (hit.concept, parent) {
                    (c::NO_BREATH, true) => c::PARENT_CHEST,
                    (c::NO_BREATH, false) => c::BABY_BREATHING,
                    (_, true) => c::PARENT_SEIZURE,
                    (_, false) => c::BABY_SEIZURE,
                };
                Some((concept, level))
            }
            // "She had a fit", of a woman.
            c::BABY_SEIZURE
                if hit.rule.is_none()
                    && subject(found, &hit.at, hit.sentence) == Some(Subject::Parent) =>
            {
                Some((c::PARENT_SEIZURE, level))
            }
            c::BABY_CHOKED => {
                if over {
                    return Some((c::BABY_BREATHING, FlagLevel::DoctorToday));
                }
                // Sputtering at a fast flow of milk is a feeding matter.
                (!found.says(c::OVERSUPPLY)).then_some((c::BABY_BREATHING, level))
            }
            c::BABY_UNRESPONSIVE => {
                // "won't wake up to eat" is hard to wake, not unconscious.
                let milder = found
                    .within(c::LETHARGY, hit.at.clone())
                    .filter(|other| other.at.start < hit.at.end && hit.at.start < other.at.end)
                    .any(|other| {
                        hit.rule.is_some()
                            || other.at.start < hit.at.start
                            || other.at.end > hit.at.end
                            || other.rule.is_some()
                    });
                // So is one who cannot be woken "so that she eats": the purpose stands behind.
                let purpose = [c::EAT, c::FEED_VERB, c::BOTTLE, c::MILK].into_iter().any(|eat| {
                    found.within(eat, hit.at.start..hit.at.end + 5).any(|eat| {
                        !denied_between(found, hit.at.end, eat.at.start)
                            && eat.sentence == hit.sentence
                            && eat.at.start > hit.at.start
                            && eat.at.start <= hit.at.end + 5
                    }) && found.any(c::WAKE)
                });
                // But who does not wake at all, whatever for, is not merely sleepy; unless an eye is opened.
                let stirs = self.stirs();
                let at_all = !stirs && found.near(c::AT_ALL, &hit.at, hit.sentence, 5).is_some();
                let purpose = purpose && !at_all;
                // And one who does not wake of itself.
                let of_itself = found.near(c::OF_ITSELF, &hit.at, hit.sentence, 3).is_some();
                if purpose || of_itself || (stirs && found.any(c::WAKE)) {
                    return Some((c::LETHARGY, FlagLevel::DoctorNow));
                }
                (!milder || at_all).then_some((hit.concept, level))
            }
            c::DEHYDRATION | c::DRY => {
                let told = !feeding::brief(self, hit) && !over && !feeding::many_wets(self);
                told.then_some((c::DEHYDRATION, level))
            }
            c::BRICK_DUST | c::ONE_WET => {
                // In the first days it is common.
                let most = if hit.concept == c::ONE_WET { 3 } else { 4 };
                let early = self.baby.days().is_some_and(|days| days < most);
                (!early).then_some((c::DEHYDRATION, level))
            }
            c::NOT_FEEDING | c::UNFED => {
                // Others say that a baby starves who grows well, and nobody tells since when; or it
                // sleeps through its nights.
                let grows = (found.says(c::THRIVING) && !found.says(c::SINCE_LONG))
                    || found.any(c::SLEEPS_THROUGH);
                (!grows && !found.says(c::SOLIDS) && !feeding::brief(self, hit))
                    .then_some((c::NOT_FEEDING, level))
            }
            c::JAUNDICE => {
                // "His poop is yellow" is as it should be.
                let thing = found.before(c::YELLOW_THING, hit.at.start, 1).is_some();
                if over || thing || found.near(c::RESOLVED, &hit.at, hit.sentence, 8).is_some() {
                    return None;
                }
                let grave = found.says_any(&[
                    c::JAUNDICE_GRAVE,
                    c::LETHARGY,
                    c::TOO_SLEEPY,
                    c::DROWSY,
                    c::SLEEPY,
                    c::NOT_FEEDING,
                    c::UNFED,
                    c::NEWBORN_FEEDING,
                ]);
                Some((c::JAUNDICE, if grave { FlagLevel::DoctorNow } else { level }))
            }
            c::LETHARGY if self.sleeps_well() => None,
            c::CRYING_ALL_DAY => {
                let parent = subject(found, &hit.at, hit.sentence) == Some(Subject::Parent);
                parent.then_some((c::PPD, level))
            }
            // Who bleeds may still say that she is well.
            c::BLEEDING => {
                let stopped = found.near(c::RESOLVED, &hit.at, hit.sentence, 8);
                (!stopped.is_some_and(Hit::said) && !self.leaks_milk(hit))
                    .then_some((hit.concept, level))
            }
            c::HEADACHE_VISION | c::LEG | c::INCISION => (!over).then_some((hit.concept, level)),
            c::TOO_SLEEPY => Some((c::LETHARGY, level)),
            // A baby with teeth hurts as well.
            c::VIOLENCE => {
                (!found.says(c::BITE) || found.any(c::ABUSER)).then_some((hit.concept, level))
            }
            c::WEIGHT_CONCERN | c::LOW_BIRTH_WEIGHT | c::WEIGHT_LOSS => None,
            c::FEVER | c::BABY_FEVER | c::PARENT_FEVER | c::MASTITIS_FEVER => None,
            _ => Some((hit.concept, level)),
        }
    }
}

/// How many words lie between a sign and the time long ago that it is told of.
const AGO: usize = 5;
/// And where the writer is with child: what she had she had at another birth.
const AGO_WITH_CHILD: usize = 16;

/// The time long ago that a sign is told of.
fn long_ago<'f>(found: &'f Found, at: &Range<usize>, sentence: u16) -> Option<&'f Hit> {
    let with_child = found.says(c::PREGNANT) || found.says(c::DUE);
    found.near(c::LONG_AGO, at, sentence, if with_child { AGO_WITH_CHILD } else { AGO })
}

/// Whether a denial stands between two places: "does not wake nor eat".
fn denied_between(found: &Found, from: usize, to: usize) -> bool {
    found.within(c::NEG, from..to).any(|neg| neg.at.start >= from && neg.at.end <= to)
}

/// Whether a sign is told of somebody else, in contrast to the one who writes: "my friend had mastitis
/// with a fever, I just have a sore spot".
fn told_of_others(found: &Found, at: &Range<usize>, sentence: u16) -> bool {
    found.says(c::OWN_CONTRAST)
        && found.before(c::OTHERS_HAD, at.start, 6).is_some_and(|other| other.sentence == sentence)
}

/// The flags as they are told.
pub(crate) fn told(lexicon: &Lexicon, flags: &[Flag]) -> Vec<RedFlag> {
    flags
        .iter()
        .map(|flag| RedFlag { code: lexicon.name(flag.concept).to_owned(), level: flag.level })
        .collect()
}
