//! What members may read of a referral, fact by fact, for the page on which an admin checks it.

use model::referral::Facts;

use super::speech::Speech;

/// The facts that are known, each with its name, in the words that an offer uses.
pub(super) fn told(speech: &Speech<'_>, facts: &Facts) -> Vec<(&'static str, String)> {
    let list = |words: Vec<String>| words.join(", ");
    let plain = |word: &str| word.replace('_', " ");
    let baby = [speech.baby(facts), speech.babies(facts)];
    let all = [
        ("place", facts.place.label()),
        ("baby", list(baby.into_iter().flatten().collect())),
        ("concern", list(speech.concerns(facts))),
        ("visit", list(speech.visits(&facts.visit_types))),
        ("payer", facts.insurance.as_ref().map(|who| speech.insurance(who)).unwrap_or_default()),
        ("language", list(speech.languages(&facts.languages))),
        ("time", facts.time_wish.clone().unwrap_or_default()),
        ("urgency", facts.urgency.map(|urgency| plain(&urgency.to_string())).unwrap_or_default()),
        ("writing", plain(&facts.contact_role)),
        ("wishes", list(speech.wishes(&facts.preferences))),
    ];
    all.into_iter().filter(|(_, words)| !words.is_empty()).collect()
}
