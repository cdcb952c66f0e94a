//! What was read, fact by fact: the words each rests on, the rule, and what it may be instead.

use dispatch::{Correction, texts};
use model::{
    ReferralState, Word as _,
    reading::{BabyStage, FamilyReading, Reason, Route, Urgency},
    referral::Facts,
};

use super::{
    names,
    thread::{self, Why},
};

/// A fact, and what a person may put in its place.
pub(super) struct Fact {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) value: String,
    pub(super) whys: Vec<Why>,
    pub(super) choices: Vec<Choice>,
    /// What may be typed instead of chosen.
    pub(super) free: Option<&'static str>,
    /// Choices that are made seldom.
    pub(super) more: Vec<Choice>,
}

/// One thing that a fact may be.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) name: String,
}

const BOROUGHS: [&str; 5] = ["Manhattan", "Brooklyn", "Queens", "Bronx", "Staten Island"];
const AGES: [&str; 8] =
    ["1 day", "3 days", "1 week", "2 weeks", "1 month", "3 months", "6 months", "1 year"];
const EXPECTING: &str = "I am pregnant";
const VISITS: [&str; 6] = ["home", "office", "virtual", "hospital", "group", "phone"];
/// What families need most often.
const LIKELY: [&str; 12] = [
    "latch_difficulty",
    "nipple_pain",
    "low_supply",
    "weight_gain",
    "engorgement",
    "mastitis",
    "plugged_duct",
    "tongue_tie",
    "pumping",
    "newborn_feeding",
    "bottle_refusal",
    "prenatal_consult",
];
const PAYERS: [(&str, &str); 8] = [
    ("aetna", "Aetna"),
    ("cigna", "Cigna"),
    ("united healthcare", "UnitedHealthcare"),
    ("blue cross", "Blue Cross"),
    ("emblem", "EmblemHealth"),
    ("medicaid", "Medicaid"),
    ("self pay", "Pays herself"),
    ("", "Not known"),
];
const LANGUAGES: [(&str, &str); 13] = [
    ("en", "English"),
    ("es", "Spanish"),
    ("zh-Hans", "Chinese, simplified"),
    ("zh-Hant", "Chinese, traditional"),
    ("ru", "Russian"),
    ("ht", "Haitian Creole"),
    ("bn", "Bengali"),
    ("ko", "Korean"),
    ("ar", "Arabic"),
    ("fr", "French"),
    ("pl", "Polish"),
    ("yi", "Yiddish"),
    ("pt", "Portuguese"),
];
/// No place or age takes more letters than this.
const MOST: usize = 80;

/// A correction as a form tells it; `None` for one that no form of ours sends.
pub(super) fn correction(fact: &str, value: &str) -> Option<Correction> {
    let value = value.trim();
    let typed = || Some(value.to_owned()).filter(|v| !v.is_empty() && v.chars().count() <= MOST);
    // Whatever is added comes from our own lists: it is shown to members.
    let listed = |known: &dyn Fn(&str) -> bool| {
        let holds = value.starts_with('+');
        let code = value.strip_prefix(['+', '-'])?;
        (!holds || known(code)).then(|| (code.to_owned(), holds))
    };
    let speaks = |code: &str| LANGUAGES.iter().any(|(known, _)| *known == code);
    match fact {
        "place" => typed().map(Correction::Place),
        "age" => typed().map(Correction::Age),
        "urgency" => value.parse().ok().map(Correction::Urgency),
        "concern" => listed(&|code| texts::concern_codes().contains(&code))
            .map(|(code, holds)| Correction::Concern(code, holds)),
        "visit" => listed(&|code| VISITS.contains(&code))
            .map(|(code, holds)| Correction::VisitType(code, holds)),
        "payer" if value.is_empty() => Some(Correction::Payer(None)),
        "payer" => typed().map(|payer| Correction::Payer(Some(payer))),
        "visit_language" => listed(&|code| speaks_for_visit(code))
            .map(|(code, holds)| Correction::VisitLanguage(code, holds)),
        "language" => Some(value)
            .filter(|code| speaks(code))
            .map(|code| Correction::Language(code.to_owned())),
        "route" => match value.parse().ok()? {
            route @ (Route::Dispatch | Route::HoldAdmin) => Some(Correction::Route(route)),
            _ => None,
        },
        _ => None,
    }
}

/// Both ways of writing Chinese are one language where people speak.
fn speaks_for_visit(code: &str) -> bool {
    code == "zh" || (!code.starts_with("zh-") && LANGUAGES.iter().any(|(known, _)| *known == code))
}

/// The facts of a reading. `facts` are those that members see.
pub(super) fn rows(
    reading: &FamilyReading,
    facts: &Facts,
    state: Option<ReferralState>,
) -> Vec<Fact> {
    let known = |value: String| if value.is_empty() { "not known".to_owned() } else { value };
    let plain =
        |codes: &[String]| known(codes.iter().map(names::plain).collect::<Vec<_>>().join(", "));
    let fact = |id, name, value, fields: &[&str], choices, free| Fact {
        id,
        name,
        value,
        whys: whys(&reading.reasons, fields),
        choices,
        free,
        more: Vec::new(),
    };
    let location = reading.extract.location.as_ref();
    let candidates = location.map(|at| at.candidates.as_slice()).unwrap_or_default();
    let places = candidates.iter().map(String::as_str).chain(BOROUGHS);
    let baby = reading.extract.baby.as_ref();
    let expected = baby.is_some_and(|baby| baby.stage == BabyStage::Expected);
    let ages = AGES.iter().map(|age| same(age, age)).chain([same(EXPECTING, "Not born yet")]);
    let urgencies = [Urgency::UrgentToday, Urgency::Soon48h, Urgency::Routine, Urgency::Planning];
    let mut concerns = fact(
        "concern",
        "Concerns",
        plain(&facts.concerns),
        &facts.concerns.iter().map(String::as_str).chain(["concerns"]).collect::<Vec<_>>(),
        toggles(&facts.concerns, &LIKELY, |code| names::plain(code)),
        None,
    );
    concerns.more = texts::concern_codes()
        .iter()
        .filter(|code| !LIKELY.contains(code) && !facts.concerns.iter().any(|held| held == *code))
        .map(|code| same(&format!("+{code}"), &names::plain(code)))
        .collect();
    let spoken: Vec<&str> = LANGUAGES
        .iter()
        .map(|(code, _)| *code)
        .filter(|code| speaks_for_visit(code))
        .chain(["zh"])
        .collect();
    let urgency = reading.urgency.unwrap_or(Urgency::Unknown);
    let mut urgent_whys = vec!["urgency"];
    urgent_whys.extend(reading.red_flags.iter().map(|flag| flag.code.as_str()));
    vec![
        fact(
            "place",
            "Place",
            known(facts.place.label()),
            &["location"],
            places.map(|place| same(place, place)).collect(),
            Some("ZIP or neighborhood"),
        ),
        fact(
            "age",
            "Baby",
            known(match (facts.baby.as_str(), expected) {
                ("", true) => "not born yet".to_owned(),
                (words, _) => words.to_owned(),
            }),
            &["baby"],
            ages.collect(),
            Some("Age or due date"),
        ),
        fact(
            "urgency",
            "How soon",
            how_soon(urgency).to_owned(),
            &urgent_whys,
            urgencies.iter().map(|&soon| same(soon.as_str(), how_soon(soon))).collect(),
            None,
        ),
        concerns,
        fact(
            "visit",
            "Visit",
            plain(&facts.visit_types),
            &["visit_types"],
            toggles(&facts.visit_types, &VISITS, |code| names::plain(code)),
            None,
        ),
        fact(
            "payer",
            "Who pays",
            known(
                facts
                    .insurance
                    .as_ref()
                    .map(|payer| names::plain(&payer.payer))
                    .unwrap_or_default(),
            ),
            &["insurance"],
            PAYERS.iter().map(|(code, name)| same(code, name)).collect(),
            Some("Plan or payer"),
        ),
        fact(
            "visit_language",
            "Language of the visit",
            known(facts.languages.iter().map(|code| language(code)).collect::<Vec<_>>().join(", ")),
            &["consult_languages"],
            toggles(&facts.languages, &spoken, language),
            None,
        ),
        fact(
            "language",
            "Answered in",
            language(&reading.lang),
            &["lang"],
            LANGUAGES.iter().map(|(code, name)| same(code, name)).collect(),
            None,
        ),
        fact("route", "Which way", way(reading.route).to_owned(), &["kind"], routes(state), None),
    ]
}

fn same(value: &str, name: &str) -> Choice {
    Choice { value: value.to_owned(), name: name.to_owned() }
}

/// What a list holds may go, and what it does not hold may come.
fn toggles(held: &[String], likely: &[&str], name: impl Fn(&str) -> String) -> Vec<Choice> {
    let off = held.iter().map(|code| same(&format!("-{code}"), &format!("Not: {}", name(code))));
    let on = likely.iter().filter(|code| !held.iter().any(|held| held == *code));
    off.chain(on.map(|code| same(&format!("+{code}"), &name(code)))).collect()
}

fn routes(state: Option<ReferralState>) -> Vec<Choice> {
    use ReferralState::{Gathering, Held, Open, Queued};
    let mut ways = Vec::new();
    if matches!(state, None | Some(Held | Gathering)) {
        let name = if state.is_none() { "Make it a referral" } else { "Release to the members" };
        ways.push(same(Route::Dispatch.as_str(), name));
    }
    if matches!(state, Some(Gathering | Queued | Open)) {
        ways.push(same(Route::HoldAdmin.as_str(), "Hold for a person"));
    }
    ways
}

/// The reasons of some fields.
fn whys(reasons: &[Reason], fields: &[&str]) -> Vec<Why> {
    let of = reasons.iter().filter(|reason| fields.contains(&reason.field.as_str()));
    thread::whys(&of.cloned().collect::<Vec<_>>())
}

pub(super) fn language(code: &str) -> String {
    match LANGUAGES.iter().find(|(known, _)| *known == code) {
        Some((_, name)) => (*name).to_owned(),
        None if code == "zh" => "Chinese".to_owned(),
        None if code == "und" => "not known".to_owned(),
        None => code.to_owned(),
    }
}

fn how_soon(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Emergency => "an emergency",
        Urgency::UrgentToday => "today",
        Urgency::Soon48h => "within two days",
        Urgency::Routine => "this week",
        Urgency::Planning => "before the birth",
        Urgency::Unknown => "not known",
    }
}

/// Which way a message goes, in plain words.
pub(super) fn way(route: Route) -> &'static str {
    match route {
        Route::Dispatch => "to the members",
        Route::Ask => "we ask the family one question",
        Route::SafetyThenDispatch => "the care line first, then to the members",
        Route::SafetyThenAsk => "the care line first, then one question",
        Route::SafetyHold => "the safety text only, and a person is called",
        Route::HoldAdmin => "to a person first",
        Route::Info => "answered, and nothing follows",
        Route::UpdateExisting => "to the referral that runs",
        Route::Close => "closed",
        Route::None => "nothing is done",
    }
}
