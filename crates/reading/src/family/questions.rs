//! Questions put to us.

use crate::family::{
    found::Found,
    lexicon::{Concept, Lexicon, concept as c},
    text::Text,
    wishes,
};

/// Questions by code: `cost`, `home_visits`, `insurance:cigna`, `medication:sudafed`.
pub(crate) fn questions(lexicon: &Lexicon, text: &Text, found: &Found) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut add = |code: String| {
        if !out.contains(&code) {
            out.push(code);
        }
    };
    for (concept, code) in
        [(c::ASK_COST, "cost"), (c::ASK_WHO, "who"), (c::ASK_HOW, "how_it_works")]
    {
        if found.any(concept) {
            add(code.to_owned());
        }
    }
    if found.of(c::VISIT_HOME).any(|hit| wishes::asks(found, hit)) {
        add("home_visits".to_owned());
    }
    if found.of(c::VISIT_VIRTUAL).any(|hit| wishes::asks(found, hit)) {
        add("virtual_visits".to_owned());
    }
    let superbill = found.any(c::ASK_SUPERBILL);
    if superbill {
        add("insurance_or_superbill".to_owned());
    }
    if let Some(hit) = found.first(c::TAKE_PLAN)
        && found.before(c::DO_YOU, hit.at.start, 2).is_some()
        && !superbill
    {
        let payer = found
            .near(c::PAYER, &hit.at, hit.sentence, 4)
            .and_then(|payer| usize::try_from(payer.value).ok())
            .and_then(|at| lexicon.payers.get(at));
        add(payer
            .map_or_else(|| "insurance".to_owned(), |payer| format!("insurance:{}", payer.code)));
    }
    if found.any(c::ASK_AVAILABLE) {
        add("availability".to_owned());
    }
    if let Some(drug) = found.of(c::DRUG).next()
        && (found.any(c::ASK_MEDICAL) || found.any(c::MEDICATION))
    {
        let named = u16::try_from(drug.value).ok().filter(|&value| value > 0);
        let name = named.map_or_else(
            || text.quote(&drug.at).to_lowercase(),
            |value| lexicon.name(Concept(value)).to_owned(),
        );
        add(format!("medication:{name}"));
    }
    if found.any(c::ASK_CAUSE) {
        add(if found.any(c::FEVER) || found.any(c::TEMPERATURE) || found.any(c::BABY_FEVER) {
            "cause_of_fever".to_owned()
        } else {
            "cause".to_owned()
        });
    }
    out
}
