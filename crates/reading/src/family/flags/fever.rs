//! Fever: a word, a number, and whose it is.

use std::ops::Range;

use model::reading::FlagLevel;

use super::{Flag, Weighing};
use crate::family::{
    found::{Found, Hit},
    lexicon::{Concept, concept as c},
    subject::{Subject, subject},
    text::Kind,
};

/// From this age on a baby's fever is for the doctor today rather than at once.
const THREE_MONTHS: u32 = 90;

/// More mentions than this tell nothing new.
const MOST: usize = 40;

/// A breast that a fever may come from.
const INFLAMED: [Concept; 4] = [c::MASTITIS, c::BREAST_INFLAMED, c::PLUGGED, c::ENGORGEMENT];

/// One mention of fever.
struct Mention {
    at: Range<usize>,
    sentence: u16,
    whose: Option<Subject>,
    /// Whether a figure tells it.
    figure: bool,
}

/// What is said of fever.
pub(super) fn fever(weighing: &Weighing) -> Vec<Flag> {
    let mut mentions = mentions(weighing);
    told_of_one(weighing, &mut mentions);
    let found = weighing.found;
    let mut out = Vec::new();
    let inflamed = found.says_any(&INFLAMED);
    for mention in mentions {
        let whose = mention.whose.unwrap_or_else(|| {
            let parent = inflamed || found.says(c::CHILLS) || weighing.baby.pregnant;
            let baby =
                found.says(c::BABY) || found.says(c::THIRD) || weighing.baby.days().is_some();
            // Of nobody at all it is told of the baby: for its age, the more so.
            let parent = parent || (!baby && found.says(c::SELF));
            if parent { Subject::Parent } else { Subject::Baby }
        });
        let past = super::long_ago(found, &mention.at, mention.sentence).is_some()
            || super::told_of_others(found, &mention.at, mention.sentence);
        let over = found.near(c::RESOLVED, &mention.at, mention.sentence, 5).is_some();
        let level = FlagLevel::DoctorNow;
        let aside = super::aside::aside(weighing, c::FEVER, &mention.at, mention.sentence, level);
        if past || aside || (over && whose == Subject::Parent) {
            continue;
        }
        let (concept, level) = match whose {
            Subject::Baby if weighing.baby.days().is_some_and(|days| days >= THREE_MONTHS) => {
                (c::BABY_FEVER, FlagLevel::DoctorToday)
            }
            Subject::Baby => (c::BABY_FEVER, FlagLevel::DoctorNow),
            Subject::Parent if inflamed => (c::MASTITIS_FEVER, FlagLevel::DoctorNow),
            Subject::Parent => (c::PARENT_FEVER, FlagLevel::DoctorNow),
        };
        out.push(Flag {
            concept,
            level,
            rule: "fever".to_owned(),
            words: weighing.text.quote(&mention.at).to_owned(),
            at: mention.at.clone(),
        });
    }
    out
}

fn mentions(weighing: &Weighing) -> Vec<Mention> {
    let found = weighing.found;
    let mut out: Vec<Mention> = Vec::new();
    for hit in found.hits.iter().filter(|hit| hit.said()) {
        if out.len() >= MOST {
            break;
        }
        let whose = match hit.concept {
            c::SELF_FEVER | c::PARENT_FEVER | c::MASTITIS_FEVER => Some(Subject::Parent),
            // "Burning up" names nobody.
            c::BABY_FEVER_WORDS if !names_a_baby(found, &hit.at) => {
                subject(found, &hit.at, hit.sentence).or(Some(Subject::Baby))
            }
            c::BABY_FEVER | c::BABY_FEVER_WORDS => Some(Subject::Baby),
            c::CHILLS => match subject(found, &hit.at, hit.sentence) {
                Some(Subject::Baby) if !found.says(c::SELF) && !found.says_any(&INFLAMED) => {
                    Some(Subject::Baby)
                }
                _ => Some(Subject::Parent),
            },
            // "I have fever" tells whose it is, whoever stands nearer.
            c::FEVER if owned(found, &hit.at) => continue,
            c::FEVER => subject(found, &hit.at, hit.sentence),
            _ => continue,
        };
        // A figure beside the word decides: "fever of 99.5" is none.
        if let Some(degrees) = degrees_near(weighing, &hit.at, hit.sentence)
            && !is_fever(degrees)
        {
            continue;
        }
        let figure = degrees_near(weighing, &hit.at, hit.sentence).is_some();
        out.push(Mention { at: hit.at.clone(), sentence: hit.sentence, whose, figure });
    }
    // A figure that only a fever reaches, with a word for temperature or a decimal; of one who is ill beside it
    // nobody doubts what it is.
    let ill = found.says_any(&[c::INCISION, c::CHILLS, c::MASTITIS, c::BREAST_INFLAMED]);
    for at in 0..weighing.text.tokens.len() {
        if out.len() >= MOST {
            break;
        }
        let Some(degrees) = degrees(weighing, at) else { continue };
        let token = &weighing.text.tokens[at];
        let range = at..at + 1;
        let spoken = found.near(c::TEMPERATURE, &range, token.sentence, 6).is_some_and(Hit::said);
        let fever = found.near(c::FEVER, &range, token.sentence, 6);
        let denied = fever.is_some_and(|hit| !hit.said());
        let told = spoken || degrees.decimal || degrees.sign;
        let bare = ill && out.is_empty() && (1_010..1_060).contains(&degrees.tenths);
        if is_fever(degrees.tenths) && (told || bare) && !denied && !owned(found, &range) {
            let whose = if told {
                whose_figure(found, &range, token.sentence)
            } else {
                Some(Subject::Parent)
            };
            out.push(Mention { at: range, sentence: token.sentence, whose, figure: true });
        }
    }
    out
}

/// Whose temperature a figure is: under the arm and behind only a baby's is taken.
fn whose_figure(found: &Found, at: &Range<usize>, sentence: u16) -> Option<Subject> {
    let taken = found.near(c::TAKEN_OF_BABY, at, sentence, 8).is_some();
    if taken { Some(Subject::Baby) } else { subject(found, at, sentence) }
}

/// Whether a phrase has a baby in it.
fn names_a_baby(found: &Found, at: &Range<usize>) -> bool {
    let inside = |hit: &Hit| hit.at.start >= at.start && hit.at.end <= at.end;
    [c::BABY, c::THIRD].into_iter().any(|who| found.within(who, at.clone()).any(inside))
}

/// Where the one who writes has it for sure, a figure that stands near nobody is hers as well; and where a
/// figure tells that there is none, a word alone does not make one.
fn told_of_one(weighing: &Weighing, mentions: &mut Vec<Mention>) {
    let found = weighing.found;
    let inflamed = found.says_any(&INFLAMED);
    let hers = mentions.iter().any(|mention| match mention.whose {
        Some(whose) => whose == Subject::Parent,
        None => inflamed,
    });
    if hers {
        for mention in mentions.iter_mut().filter(|mention| mention.figure) {
            let near = |who| found.near(who, &mention.at, mention.sentence, 6).is_some();
            if !near(c::BABY) && !near(c::NEWBORN) {
                mention.whose = Some(Subject::Parent);
            }
        }
    }
    let normal = || {
        (0..weighing.text.tokens.len()).any(|at| {
            degrees(weighing, at)
                .is_some_and(|told| (told.decimal || told.sign) && !is_fever(told.tenths))
        })
    };
    if !mentions.is_empty() && mentions.iter().all(|mention| !mention.figure) && normal() {
        mentions.clear();
    }
}

/// Whether tokens are part of a phrase that tells whose fever it is.
fn owned(found: &Found, at: &Range<usize>) -> bool {
    [c::SELF_FEVER, c::BABY_FEVER_WORDS].into_iter().any(|concept| {
        found.within(concept, at.clone()).any(|hit| {
            hit.said()
                && hit.at.start <= at.start
                && hit.at.end >= at.end
                && hit.at.len() > at.len()
        })
    })
}

fn is_fever(tenths: u32) -> bool {
    (380..=430).contains(&tenths) || (1004..=1080).contains(&tenths) || tenths == 1000
}

/// A figure that may be a temperature.
struct Degrees {
    tenths: u32,
    decimal: bool,
    sign: bool,
}

/// The temperature that a token is: 38.3, 39,5, 101, 100.9; `None` where it is none.
fn degrees(weighing: &Weighing, at: usize) -> Option<Degrees> {
    let text = weighing.text;
    let whole = text.number(at)?;
    if !((35..=43).contains(&whole) || (95..=108).contains(&whole)) {
        return None;
    }
    // "39 weeks" is none.
    if [c::HOUR, c::DAY, c::WEEK, c::MONTH]
        .into_iter()
        .any(|unit| weighing.found.after(unit, at + 1, 0).is_some())
    {
        return None;
    }
    let first = &text.tokens[at];
    if first.sign == '$' || (at > 0 && first.tight && text.tokens[at - 1].kind == Kind::Number) {
        return None;
    }
    let next = text.tokens.get(at + 1);
    let decimal = next.is_some_and(|next| {
        next.kind == Kind::Number
            && next.tight
            && matches!(next.sign, '.' | ',' | '٫')
            && next.at.len() == 1
    });
    if !decimal
        && next.is_some_and(|next| {
            next.tight && (next.kind == Kind::Number || matches!(next.sign, '+' | '/'))
        })
    {
        return None;
    }
    // 39度二, "38 y medio".
    let spoken = if text.word(at + 1) == "度" { spoken_tenth(weighing, at + 2) } else { None };
    let half = weighing.found.after(c::HALF, at + 1, 0).is_some();
    let tenth = match (decimal, spoken) {
        (true, _) => text.number(at + 1).unwrap_or(0),
        (false, Some(tenth)) => tenth,
        (false, None) => 5 * u32::from(half),
    };
    let decimal = decimal || half;
    let unit = text.word(at + 1 + usize::from(decimal));
    let sign = matches!(
        unit,
        "f" | "c" | "degrees" | "degree" | "grados" | "度" | "도" | "ºc" | "градусов" | "градуса"
    );
    Some(Degrees { tenths: whole * 10 + tenth, decimal, sign })
}

/// The tenth that is told behind the word for degrees.
fn spoken_tenth(weighing: &Weighing, at: usize) -> Option<u32> {
    let number = weighing.found.within(c::NUMBER, at..at).find(|hit| hit.at.start == at);
    weighing.text.number(at).or(number.map(|hit| hit.value.unsigned_abs())).filter(|&it| it < 10)
}

fn degrees_near(weighing: &Weighing, at: &Range<usize>, sentence: u16) -> Option<u32> {
    let from = at.start.saturating_sub(4);
    (from..at.end + 5)
        .filter(|&index| {
            weighing.text.tokens.get(index).is_some_and(|token| token.sentence == sentence)
        })
        .find_map(|index| {
            let degrees = degrees(weighing, index)?;
            // Thirty-odd without more may be anything.
            (degrees.tenths >= 950 || degrees.decimal || degrees.sign).then_some(degrees.tenths)
        })
}
