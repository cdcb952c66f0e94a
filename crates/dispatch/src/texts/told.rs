//! What members may read of a referral, fact by fact: for the page on which an admin checks it, and
//! for the page of a member's offer.

use model::referral::Facts;

use super::{speech::Speech, words};

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

/// The same for a member before she claims. Where the chapter's offers are coarse she reads no ZIP
/// and the age roughly, here as in her text.
pub(super) fn offered(
    speech: &Speech<'_>,
    facts: &Facts,
    coarse: bool,
) -> Vec<(&'static str, String)> {
    let mut told = told(speech, facts);
    // How soon stands at the head of the page; after a loss no age is told.
    let loss = facts.concerns.iter().any(|concern| concern == "loss_lactation");
    told.retain(|(name, _)| *name != "urgency" && !(loss && *name == "baby"));
    for (name, words) in &mut told {
        match *name {
            "place" => *words = area(facts, coarse),
            "baby" if coarse => {
                let baby = [speech.age_band(facts), speech.babies(facts)];
                *words = baby.into_iter().flatten().collect::<Vec<_>>().join(", ");
            }
            _ => {}
        }
    }
    told.retain(|(_, words)| !words.is_empty());
    told
}

/// The place with its borough, as one finds it on a map.
fn area(facts: &Facts, coarse: bool) -> String {
    let label = if coarse { words::coarse(&facts.place) } else { facts.place.label() };
    match &facts.place.borough {
        Some(borough) if !label.contains(borough.as_str()) => format!("{label}, {borough}"),
        _ => label,
    }
}
