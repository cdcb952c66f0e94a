//! What a family wishes: kind of visit, language, times, who pays.

use model::reading::Insurance;

use crate::family::{
    found::{Found, Hit},
    lexicon::{Concept, Lexicon, concept as c},
    text::Text,
    tongue::Tongue,
};

/// The kinds of visit with their concepts.
const VISITS: [(Concept, &str); 6] = [
    (c::VISIT_HOME, "home"),
    (c::VISIT_OFFICE, "office"),
    (c::VISIT_VIRTUAL, "virtual"),
    (c::VISIT_HOSPITAL, "hospital"),
    (c::VISIT_GROUP, "group"),
    (c::VISIT_PHONE, "phone"),
];

/// Wished kinds of visit with the words they rest on. "Do you come to the house?" is a question.
pub(crate) fn visits(text: &Text, found: &Found) -> Vec<(&'static str, String)> {
    VISITS
        .iter()
        .filter_map(|&(concept, name)| {
            let wished = |hit: &&Hit| {
                hit.said()
                    && !asks(found, hit)
                    && !(concept == c::VISIT_OFFICE && a_doctors(found, hit))
            };
            let hit = found.of(concept).find(wished)?;
            Some((name, text.quote(&hit.at).to_owned()))
        })
        .collect()
}

/// Whether a wish stands in a question to us.
pub(crate) fn asks(found: &Found, hit: &Hit) -> bool {
    found.before(c::DO_YOU, hit.at.start, 2).is_some()
}

/// "My OB's office gave me this number".
fn a_doctors(found: &Found, office: &Hit) -> bool {
    found.before(c::DOCTOR, office.at.start, 1).is_some()
}

/// Who pays, with the words.
pub(crate) fn insurance(
    lexicon: &Lexicon,
    text: &Text,
    found: &Found,
) -> Option<(Insurance, String)> {
    let mut hits: Vec<&Hit> = found
        .of(c::PAYER)
        .filter(|hit| hit.said())
        .filter(|hit| found.around(c::PAYER, &hit.at).next().is_none())
        .filter(|hit| !within_place(found, hit))
        .collect();
    hits.sort_by_key(|hit| hit.at.start);
    let payer = |hit: &Hit| usize::try_from(hit.value).ok().and_then(|at| lexicon.payers.get(at));
    // "Medicaid (Healthfirst)": the plan is the payer, the class is Medicaid's.
    let medicaid = hits.iter().any(|hit| payer(hit).is_some_and(|payer| payer.code == "medicaid"));
    let named = hits
        .iter()
        .find(|hit| {
            payer(hit).is_some_and(|payer| payer.code != "medicaid" && payer.code != "self_pay")
        })
        .or_else(|| hits.first())?;
    let found_payer = payer(named)?;
    let mut insurance = Insurance {
        payer: found_payer.code.clone(),
        class: found_payer.class.clone(),
        plan: found_payer.plan.clone(),
    };
    if medicaid && insurance.class == "commercial" {
        "medicaid".clone_into(&mut insurance.class);
        if insurance.payer == "uhc" {
            "uhc_community".clone_into(&mut insurance.payer);
        } else if insurance.payer == "anthem_bcbs" {
            "anthem_medicaid".clone_into(&mut insurance.payer);
        }
    }
    if insurance.plan.is_none()
        && let Some(plan) = found.first(c::PLAN)
    {
        insurance.plan = Some(text.quote(&plan.at).to_uppercase());
    }
    let words = text.quote(&named.at).to_owned();
    Some((insurance, words))
}

fn within_place(found: &Found, hit: &Hit) -> bool {
    found.around(c::PLACE, &hit.at).chain(found.around(c::HOSPITAL, &hit.at)).next().is_some()
}

/// Languages wished for the visit: those named, else the one that was written in.
pub(crate) fn languages(lexicon: &Lexicon, found: &Found) -> Vec<String> {
    let mut named: Vec<&str> = Vec::new();
    for hit in found.of(c::LANGUAGE_NAME).filter(|hit| hit.said()) {
        let near = |concept| found.near(concept, &hit.at, hit.sentence, 4).is_some();
        let spoken = near(c::SPEAKS)
            || near(c::WANT_CONSULTANT)
            || found.near(c::LANGUAGE_NAME, &hit.at, hit.sentence, 2).is_some_and(|other| {
                other.at != hit.at && found.near(c::SPEAKS, &other.at, other.sentence, 4).is_some()
            });
        if !spoken || within_place(found, hit) {
            continue;
        }
        let code = u16::try_from(hit.value).map_or("", |code| lexicon.name(Concept(code)));
        if !code.is_empty() && !named.contains(&code) {
            named.push(code);
        }
    }
    if named.is_empty() && !matches!(found.languages.main, Tongue::EN | Tongue::ANY) {
        let code = found.languages.main.code();
        named.push(code.split('-').next().unwrap_or(code));
    } else if named.is_empty() {
        let code = found.languages.code.split('-').next().unwrap_or("");
        if !matches!(code, "en" | "und") {
            named.push(code);
        }
    }
    // Who names her variety of Chinese has said it all.
    if named.len() > 1 && named.iter().any(|code| matches!(*code, "yue" | "cdo")) {
        named.retain(|code| *code != "zh");
    }
    named.into_iter().map(str::to_owned).collect()
}

/// What comes every time, or before a day that was.
const TOLD_BEFORE: [&str; 12] = [
    "last", "most", "every", "each", "all", "since", "some", "past", "cada", "toutes", "todas",
    "las",
];

/// Whether a time is told of rather than wished: "most nights", "since Friday", "up 9 oz this week".
fn is_told(text: &Text, found: &Found, hit: &Hit) -> bool {
    let before = text.word(hit.at.start.wrapping_sub(1));
    // "Las mañanas" are wished, "todas las noches" are told.
    let told = if before == "las" {
        text.word(hit.at.start.wrapping_sub(2)) == "todas"
    } else {
        TOLD_BEFORE.contains(&before)
    };
    told || found.before(c::RESOLVED, hit.at.start, 1).is_some()
        || found.before(c::WEIGHT_UNIT, hit.at.start, 1).is_some()
}

/// Wished times in the family's own few words.
pub(crate) fn times(text: &Text, found: &Found) -> Option<String> {
    let mut hits: Vec<&Hit> = found
        .hits
        .iter()
        .filter(|hit| {
            matches!(hit.concept, c::WEEKDAY | c::DAY_PART | c::THIS_WEEK | c::TOMORROW)
                && hit.said()
                && found.near(c::BORN, &hit.at, hit.sentence, 6).is_none()
                && found.near(c::DUE, &hit.at, hit.sentence, 4).is_none()
                && found.near(c::LOSS, &hit.at, hit.sentence, 6).is_none()
                && !is_told(text, found, hit)
                && found.around(c::GREETING, &hit.at).next().is_none()
                // "Las 11 de la mañana" is this one.
                && !(hit.concept == c::TOMORROW
                    && text.word(hit.at.start.wrapping_sub(1)) == "la")
        })
        .collect();
    hits.sort_by_key(|hit| hit.at.start);
    let mut best: Option<std::ops::Range<usize>> = None;
    let mut run: Option<std::ops::Range<usize>> = None;
    let mut sentence = 0;
    for hit in hits {
        run = match run {
            Some(run) if hit.sentence == sentence && hit.at.start <= run.end + 1 => {
                Some(run.start..run.end.max(hit.at.end))
            }
            _ => Some(hit.at.clone()),
        };
        sentence = hit.sentence;
        let last = text.word(hit.at.end - 1);
        let told = hit.concept != c::DAY_PART || last.ends_with('s') || last == "weekend";
        if let Some(run) = &run
            && (told || run.len() > 1)
            && best.as_ref().is_none_or(|best| run.len() > best.len())
        {
            best = Some(run.clone());
        }
    }
    best.map(|at| text.quote(&at).to_owned()).filter(|words| !words.is_empty())
}

/// Other wishes.
pub(crate) fn preferences(lexicon: &Lexicon, found: &Found) -> Vec<String> {
    [c::AFFIRMING, c::PREFER_BLACK, c::PREFER_FEMALE, c::PREFER_JEWISH]
        .into_iter()
        .filter(|&concept| found.says(concept))
        .map(|concept| lexicon.name(concept).to_owned())
        .collect()
}
