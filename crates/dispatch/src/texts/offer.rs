//! A member's copy of a broadcast: structured facts only, in one GSM 7-bit segment where possible.

use carriers::segments::to_gsm7;
use model::{
    Code,
    referral::{Facts, Place},
};

use super::{
    speech::{Limit, Speech, first_that_fits},
    words,
};

/// An offer in the making; its fields are those of `ToMember::Offer`.
pub(super) struct Offer<'a> {
    pub(super) code: Code,
    pub(super) facts: &'a Facts,
    pub(super) coarse: bool,
    pub(super) urgent: bool,
    pub(super) again: bool,
    pub(super) link: Option<&'a str>,
}

/// How much an offer tells. What decides whether a member can take it is given up last: the place,
/// the age, the language, the visit.
#[derive(Debug, Clone, Copy)]
struct Telling {
    concerns: usize,
    role: bool,
    time: bool,
    payer: bool,
    link: bool,
    /// Wishes, a third language, and visits where any will do.
    fine: bool,
}

const STEPS: [Telling; 12] = {
    let all = Telling {
        concerns: usize::MAX,
        role: true,
        time: true,
        payer: true,
        link: true,
        fine: true,
    };
    let quiet = Telling { role: false, ..all };
    [
        all,
        quiet,
        Telling { concerns: 5, ..quiet },
        Telling { concerns: 4, ..quiet },
        Telling { concerns: 3, ..quiet },
        Telling { concerns: 2, ..quiet },
        Telling { concerns: 5, link: false, ..quiet },
        Telling { concerns: 3, link: false, ..quiet },
        Telling { concerns: 2, link: false, ..quiet },
        Telling { concerns: 2, time: false, link: false, ..quiet },
        Telling { concerns: 1, time: false, payer: false, link: false, ..quiet },
        Telling { concerns: 1, role: false, time: false, payer: false, link: false, fine: false },
    ]
};

/// The offer, as full as fits one segment. Letters that GSM 7-bit lacks are folded or left out.
pub(super) fn offer(speech: &Speech<'_>, offer: &Offer<'_>) -> String {
    let tries = STEPS.iter().map(|telling| to_gsm7(&at(speech, offer, *telling)));
    first_that_fits(Limit::OFFER, tries)
}

fn at(speech: &Speech<'_>, offer: &Offer<'_>, telling: Telling) -> String {
    let mut pieces = pieces(speech, offer.facts, offer.coarse, telling);
    if offer.urgent {
        pieces.push(speech.say("offer-today", &[]));
    }
    let mut sentences = sentences(&pieces);
    let code = offer.code.as_str();
    let reply = match offer.link.filter(|_| telling.link) {
        Some(link) => {
            speech.say("offer-reply-link", &[("code", code.into()), ("link", link.into())])
        }
        None => speech.say("offer-reply", &[("code", code.into())]),
    };
    sentences.push_str(&reply);
    let head = if offer.again { "offer-head-again" } else { "offer-head" };
    speech.say(head, &[("code", code.into()), ("pieces", sentences.into())])
}

/// All that is known of a referral and may be told: the answer to a member's question.
pub(super) fn everything(speech: &Speech<'_>, facts: &Facts, coarse: bool) -> String {
    sentences(&pieces(speech, facts, coarse, STEPS[0])).trim_end().to_owned()
}

/// A referral in few words, for a list of several.
pub(super) fn about(speech: &Speech<'_>, facts: &Facts, coarse: bool) -> String {
    let mut words = vec![place(&facts.place, coarse)];
    words.extend(age(speech, facts, coarse));
    words.extend(speech.concerns(facts).into_iter().take(1));
    words.extend(visits(speech, facts));
    words.retain(|word| !word.is_empty());
    to_gsm7(&speech.list(&words))
}

fn visits(speech: &Speech<'_>, facts: &Facts) -> Vec<String> {
    facts.visit_types.iter().map(|code| speech.word("offer-visit", code)).collect()
}

fn sentences(pieces: &[String]) -> String {
    pieces.iter().map(|piece| format!("{piece}. ")).collect()
}

fn place(place: &Place, coarse: bool) -> String {
    if coarse { words::coarse(place) } else { place.label() }
}

fn age(speech: &Speech<'_>, facts: &Facts, coarse: bool) -> Option<String> {
    if coarse { speech.age_band(facts) } else { speech.baby(facts) }
}

fn pieces(speech: &Speech<'_>, facts: &Facts, coarse: bool, telling: Telling) -> Vec<String> {
    let mut pieces = vec![place(&facts.place, coarse)];
    if pieces[0].is_empty() {
        pieces[0] = speech.say("offer-place-unknown", &[]);
    }
    pieces.push(baby(speech, facts, coarse));
    pieces.push(capitalised(concerns(speech, facts, telling.concerns)));
    let visits = visits(speech, facts);
    if telling.fine || visits.len() < 3 {
        pieces.push(capitalised(speech.series(&visits, "offer-or")));
    }
    if telling.time {
        pieces.push(capitalised(facts.time_wish.clone().unwrap_or_default()));
    }
    if telling.payer {
        pieces.extend(facts.insurance.as_ref().map(|payer| speech.insurance(payer)));
    }
    let mut languages = speech.languages(&facts.languages);
    languages.truncate(if telling.fine { languages.len() } else { 2 });
    let languages = languages.iter().map(|name| name.to_uppercase()).collect::<Vec<_>>();
    pieces.push(speech.series(&languages, "offer-or"));
    if telling.fine {
        pieces.push(speech.list(&speech.wishes(&facts.preferences)));
    }
    let role = facts.contact_role.as_str();
    if telling.role && !matches!(role, "" | "parent" | "partner" | "other") {
        pieces.push(speech.say("offer-via", &[("role", role.into())]));
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// "Baby 5 days", "Twins, 2 weeks", "PRENATAL, due mid-Jan", "Age not given"; nothing after a loss.
fn baby(speech: &Speech<'_>, facts: &Facts, coarse: bool) -> String {
    if facts.concerns.iter().any(|concern| concern == "loss_lactation") {
        return String::new();
    }
    let babies = speech.babies(facts);
    if facts.prenatal {
        let mut words = vec![speech.say("offer-prenatal", &[])];
        words.extend(babies);
        words.extend(speech.baby(facts).filter(|_| !coarse));
        return speech.list(&words);
    }
    match (babies, age(speech, facts, coarse)) {
        (Some(babies), Some(age)) => speech.list(&[capitalised(babies), age]),
        (Some(babies), None) => capitalised(babies),
        (None, Some(age)) => speech.say("offer-baby", &[("age", age.into())]),
        (None, None) => speech.say("offer-age-unknown", &[]),
    }
}

/// "latch + nipple pain", "latch, low supply +3".
fn concerns(speech: &Speech<'_>, facts: &Facts, most: usize) -> String {
    let all = speech.concerns(facts);
    let told = &all[..all.len().min(most)];
    let words = if told.len() == 2 && all.len() == 2 {
        speech.series(told, "offer-plus")
    } else {
        speech.list(told)
    };
    let left = i64::try_from(all.len() - told.len()).unwrap_or(0);
    if left == 0 {
        words
    } else {
        speech.say("offer-more", &[("concerns", words.into()), ("count", left.into())])
    }
}

fn capitalised(words: String) -> String {
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => words,
    }
}
