//! The acceptance cases: each says which patterns the answer must and must not hold.

use std::collections::BTreeMap;

use jiff::civil::date;
use model::{
    reading::{FlagLevel, RedFlag},
    referral::Facts,
};
use serde::Deserialize;

use super::samples::{Chapter, NO_CARE, ack, ask, at, code, insurance, place, usual, words};
use crate::texts::{Ask, Care, HeldPlace, OpenOffer, ToFamily, ToMember};

const PATTERNS: &str = include_str!("../../../tests/data/text_patterns.json");

#[derive(Deserialize)]
struct Patterns {
    family: Vec<Case>,
    offer: Vec<Case>,
    member: Vec<Case>,
}

/// What one case asserts of our text: alternatives stand apart by `|`, letters count in any case.
#[derive(Deserialize)]
struct Case {
    id: String,
    must_include: Vec<String>,
    must_not_include: Vec<String>,
}

/// Where the chapter's rules, written later, ask for another wording than a case's pattern.
const OVERRULED: [(&str, &str); 1] = [
    // Members are told a due date roughly ("due mid-Jan"), the family itself to the day.
    ("offer F38", "1/14"),
];

impl Case {
    fn check(&self, what: &str, text: &str) -> Vec<String> {
        let lower = text.to_lowercase();
        let id = &self.id;
        let overruled =
            |pattern: &str| OVERRULED.contains(&(format!("{what} {id}").as_str(), pattern));
        let lacks = self.must_include.iter().filter(|pattern| {
            let holds = |one: &str| lower.contains(&one.to_lowercase());
            !pattern.split('|').any(holds) && !overruled(pattern)
        });
        let holds = self.must_not_include.iter().filter(|pattern| forbids(&lower, pattern));
        lacks
            .map(|pattern| format!("{what} {id} lacks {pattern:?}: {text}"))
            .chain(holds.map(|pattern| format!("{what} {id} must not say {pattern:?}: {text}")))
            .collect()
    }
}

/// Whether the pattern stands in the text at the start of a word.
fn forbids(lower: &str, pattern: &str) -> bool {
    if pattern == r"\d{3}.\d{4}" {
        return lower.as_bytes().windows(8).any(|window| {
            let digit = |i: &usize| window[*i].is_ascii_digit();
            [0, 1, 2, 4, 5, 6, 7].iter().all(digit)
        });
    }
    pattern.split('|').any(|one| {
        let one = one.to_lowercase();
        lower
            .match_indices(&one)
            .any(|(at, _)| !lower[..at].chars().next_back().is_some_and(char::is_alphanumeric))
    })
}

fn flags(flags: &[(&str, FlagLevel)]) -> Care {
    let flag =
        |(code, level): &(&str, FlagLevel)| RedFlag { code: (*code).to_owned(), level: *level };
    Care::of(&flags.iter().map(flag).collect::<Vec<_>>())
}

/// What is known of a family: place, baby, concerns by code.
fn facts(at: (&str, &str, &str), baby: &str, concerns: &[&str]) -> Facts {
    Facts {
        place: place(at.0, at.1, at.2),
        baby: baby.to_owned(),
        concerns: words(concerns),
        contact_role: "parent".to_owned(),
        ..Facts::default()
    }
}

/// The facts of the cases that are put to the members.
fn referrals() -> BTreeMap<&'static str, Facts> {
    let bronx = facts(("", "10467", "Bronx"), "2 weeks", &["latch_difficulty", "nipple_pain"]);
    let corona = facts(("Corona", "11368", "Queens"), "10 days", &["low_supply", "weight_gain"]);
    let brighton = facts(
        ("Brighton Beach", "11235", "Brooklyn"),
        "4 weeks",
        &["bottle_refusal", "return_to_work"],
    );
    let twins = facts(
        ("", "10028", "Manhattan"),
        "2 weeks",
        &[
            "flange_fitting",
            "latch_difficulty",
            "low_supply",
            "multiples",
            "nicu_preterm",
            "pumping",
            "return_to_work",
            "tongue_tie",
        ],
    );
    let midwood = facts(("Midwood", "11230", "Brooklyn"), "2 days", &["weight_gain"]);
    let forest_hills = facts(
        ("Forest Hills", "", "Queens"),
        "due mid-Jan",
        &["breast_surgery", "low_supply", "prenatal_consult"],
    );
    let fort_greene = facts(
        ("Fort Greene", "", "Brooklyn"),
        "due March",
        &["breast_surgery", "chestfeeding_trans", "prenatal_consult"],
    );
    let staten_island = facts(
        ("", "10314", "Staten Island"),
        "4 days",
        &["combo_feeding", "low_supply", "postpartum_mood"],
    );
    let bed_stuy = facts(
        ("Bedford-Stuyvesant", "11221", "Brooklyn"),
        "9 days",
        &["oversupply", "plugged_duct"],
    );
    BTreeMap::from([
        ("F02", usual()),
        ("F03", bronx),
        (
            "F04",
            Facts {
                insurance: insurance("healthfirst", "medicaid"),
                languages: words(&["es"]),
                ..corona
            },
        ),
        (
            "F06",
            Facts {
                visit_types: words(&["home"]),
                languages: words(&["zh"]),
                ..facts(("Flushing", "11355", "Queens"), "3 weeks", &["low_supply"])
            },
        ),
        (
            "F07",
            Facts {
                languages: words(&["ht"]),
                ..facts(("Flatbush", "", "Brooklyn"), "6 days", &["nipple_pain"])
            },
        ),
        ("F08", Facts { visit_types: words(&["virtual"]), languages: words(&["ru"]), ..brighton }),
        (
            "F09",
            Facts {
                languages: words(&["yi"]),
                ..facts(
                    ("Borough Park", "11219", "Brooklyn"),
                    "8 days",
                    &["newborn_feeding", "nipple_pain"],
                )
            },
        ),
        (
            "F10",
            Facts {
                languages: words(&["bn"]),
                ..facts(("Jackson Heights", "11372", "Queens"), "12 days", &["low_supply"])
            },
        ),
        (
            "F11",
            Facts {
                babies: Some(2),
                visit_types: words(&["home"]),
                insurance: insurance("uhc_oxford", "commercial"),
                time_wish: Some("Mon-Wed mornings".to_owned()),
                ..twins
            },
        ),
        (
            "F16",
            Facts {
                visit_types: words(&["home"]),
                ..facts(("Astoria", "", "Queens"), "7 weeks", &["mastitis"])
            },
        ),
        ("F17", facts(("Upper East Side", "", "Manhattan"), "10 days", &["latch_difficulty"])),
        ("F24", facts(("", "11207", "Brooklyn"), "11 days", &["newborn_feeding"])),
        (
            "F25",
            Facts {
                visit_types: words(&["home"]),
                time_wish: Some("this week".to_owned()),
                contact_role: "doula".to_owned(),
                ..bed_stuy
            },
        ),
        (
            "F26",
            Facts {
                insurance: insurance("emblemhealth", "commercial"),
                languages: words(&["he", "en"]),
                contact_role: "nurse".to_owned(),
                ..midwood
            },
        ),
        ("F29", facts(("", "10031", "Manhattan"), "11 days", &["sleepy_baby", "weight_gain"])),
        ("F30", facts(("Long Island City", "11101", "Queens"), "", &["pumping"])),
        ("F32", facts(("Riverdale", "", "Bronx"), "14 months", &["biting", "weaning"])),
        ("F34", facts(("Prospect Heights", "11238", "Brooklyn"), "3 weeks", &["pumping"])),
        (
            "F38",
            Facts {
                visit_types: words(&["virtual"]),
                insurance: insurance("anthem_bcbs", "commercial"),
                prenatal: true,
                ..forest_hills
            },
        ),
        ("F40", Facts { preferences: words(&["lgbtq_affirming"]), prenatal: true, ..fort_greene }),
        (
            "F44",
            Facts {
                insurance: insurance("fidelis", "medicaid"),
                contact_role: "partner".to_owned(),
                ..staten_island
            },
        ),
    ])
}

/// The acknowledgement a case calls for.
#[derive(Clone, Default)]
struct Acknowledged {
    care: Care,
    due: Option<&'static str>,
    proxy: bool,
    private_details_seen: bool,
    questions: Vec<String>,
    age_asked: bool,
}

fn acknowledge(chapter: &Chapter, lang: &str, facts: &Facts, this: &Acknowledged) -> String {
    chapter.family(
        lang,
        &ToFamily::Ack {
            facts,
            due: this.due,
            code: code("K7Q"),
            asked: 23,
            by: at("2026-11-20T12:15:00-05:00"),
            starts: None,
            care: this.care,
            proxy: this.proxy,
            private_details_seen: this.private_details_seen,
            questions: &this.questions,
            age_asked: this.age_asked,
        },
    )
}

/// Our answer to every family case that has one.
fn answers_to_families() -> BTreeMap<&'static str, String> {
    use FlagLevel::{DoctorNow, DoctorToday, Support};
    let chapter = Chapter::new();
    let referrals = referrals();
    let plain = Acknowledged::default();
    let acknowledged = [
        ("F02", "en", plain.clone()),
        ("F03", "en", plain.clone()),
        ("F04", "es", care(flags(&[("baby_weight_concern", DoctorToday)]))),
        ("F06", "zh-Hans", plain.clone()),
        ("F07", "ht", plain.clone()),
        ("F08", "ru", plain.clone()),
        ("F09", "yi-Latn", plain.clone()),
        ("F10", "bn", plain.clone()),
        (
            "F11",
            "en",
            Acknowledged { questions: words(&["insurance_or_superbill"]), ..plain.clone() },
        ),
        ("F16", "en", care(flags(&[("mastitis_with_fever", DoctorNow)]))),
        ("F17", "en", care(flags(&[("parent_headache_vision", DoctorNow)]))),
        ("F25", "en", Acknowledged { proxy: true, ..plain.clone() }),
        ("F26", "en", Acknowledged { proxy: true, private_details_seen: true, ..plain.clone() }),
        ("F29", "en", care(flags(&[("baby_weight_concern", DoctorToday)]))),
        ("F30", "en", Acknowledged { age_asked: true, ..plain.clone() }),
        ("F32", "en", plain.clone()),
        ("F38", "en", Acknowledged { due: Some("2027-01-14"), ..plain.clone() }),
        ("F40", "en", plain.clone()),
        ("F44", "en", care(flags(&[("ppd_symptoms", Support)]))),
    ];
    let mut answers = acknowledged
        .into_iter()
        .map(|(id, lang, this)| (id, acknowledge(&chapter, lang, &referrals[id], &this)))
        .collect::<BTreeMap<_, _>>();
    answers.extend(questions(&chapter));
    let mut say = |id, what: &ToFamily<'_>| answers.insert(id, chapter.family("en", what));
    say("F14", &ToFamily::Crisis { about_baby: false });
    say("F15", &ToFamily::Crisis { about_baby: true });
    say("F19", &ToFamily::Emergency);
    say("F20", &ToFamily::WrongNumber);
    say("F22", &ToFamily::NotFamily);
    say("F24", &ToFamily::Sorry { care: flags(&[("baby_not_feeding", DoctorNow)]) });
    say("F31", &ToFamily::Stopped { deleting: false });
    say("F33", &ToFamily::WhoIs);
    say("F34", &ToFamily::Reopened { code: code("K7Q"), by: at("2026-11-20T12:15:00-05:00") });
    say("F35", &ToFamily::Thanks);
    say("F36", &ToFamily::Help);
    say("F39", &ToFamily::Loss { child: Some("son"), care: NO_CARE });
    say("F41", &ToFamily::Callback { after: Some(at("2026-11-21T20:00:00-05:00")) });
    answers
}

fn care(care: Care) -> Acknowledged {
    Acknowledged { care, ..Acknowledged::default() }
}

/// The cases that end in our one question.
fn questions(chapter: &Chapter) -> Vec<(&'static str, String)> {
    use FlagLevel::DoctorNow;
    let heights =
        words(&["Washington Heights", "Brooklyn Heights", "Crown Heights", "Jackson Heights"]);
    let (dry, fever) = (
        flags(&[("baby_dehydration", DoctorNow), ("baby_lethargy", DoctorNow)]),
        flags(&[("baby_fever", DoctorNow)]),
    );
    let (costs, fevers) =
        (words(&["cost", "home_visits", "insurance:cigna"]), words(&["cause_of_fever"]));
    let with = |what, care, night_until, age_too, questions| ToFamily::Ask {
        what,
        care,
        night_until,
        age_too,
        prenatal: false,
        questions,
    };
    let night = Some(at("2026-11-20T08:00:00-05:00"));
    let small_hours = Chapter::at("2026-11-20T03:07:00-05:00");
    vec![
        ("F01", chapter.family("en", &with(Ask::Place, NO_CARE, None, true, &[]))),
        ("F05", chapter.family("es", &ask(Ask::Place))),
        ("F12", chapter.family("en", &with(Ask::Place, NO_CARE, None, false, &costs))),
        ("F13", chapter.family("en", &with(Ask::Place, dry, None, false, &[]))),
        ("F18", chapter.family("en", &with(Ask::Place, fever, None, false, &fevers))),
        ("F27", chapter.family("en", &ask(Ask::Photo))),
        ("F28", chapter.family("en", &ask(Ask::Emoji))),
        ("F37", chapter.family("en", &ask(Ask::OutOfArea { place: "07042" }))),
        (
            "F42",
            chapter.family(
                "en",
                &ask(Ask::WantsReferral { place: Some("Williamsburg"), medication: true }),
            ),
        ),
        ("F43", small_hours.family("en", &with(Ask::Place, NO_CARE, night, false, &[]))),
        (
            "F45",
            chapter.family("es", &with(Ask::Zip { borough: "Bronx" }, NO_CARE, None, true, &[])),
        ),
        ("F46", chapter.family("en", &ask(Ask::ZipAgain { raw: "10000" }))),
        ("F47", chapter.family("en", &ask(Ask::Which { candidates: &heights }))),
    ]
}

/// Our answer to every member case that has one.
fn answer_to_member(chapter: &Chapter, id: &str) -> Option<String> {
    let (k7q, m3t) = (code("K7Q"), code("M3T"));
    let facts = usual();
    let open = [(k7q, "Park Slope, home"), (m3t, "Jackson Heights, video")]
        .map(|(code, about)| OpenOffer { code, about: about.to_owned() });
    let claims = [(k7q, Some(2)), (m3t, Some(1))].map(|(code, place)| HeldPlace {
        code,
        place,
        about: String::new(),
    });
    let (sunday, manhattan) = (words(&["sun"]), words(&["Manhattan"]));
    let claimed = |code, place| ToMember::Claimed { code, place, caveat: None };
    let dana = Some("Dana");
    let minutes = 10;
    let text = match id.strip_prefix('R')?.parse::<u32>().ok()? {
        18 => ToMember::SelfOnly { code: k7q, place: Some(2), colleague: dana },
        43 | 47 => claimed(m3t, 1),
        1..=17 | 24 | 44 | 46 | 48 => claimed(k7q, 2),
        19..=22 | 25 => ToMember::Confirm { code: k7q, minutes },
        26 => ToMember::DidYouMean { code: k7q, minutes },
        27 | 28 => ToMember::ConfirmTerms { code: k7q, minutes },
        29 | 30 => ToMember::Standby { code: k7q },
        36 | 37 | 41 => ToMember::Answer { code: k7q, facts: &facts, coarse: false },
        38 | 39 => ToMember::Status { code: k7q, taken: 1, mine: None },
        40 => ToMember::NoFamilyContact { code: k7q },
        42 => ToMember::Which { open: &open, minutes },
        45 => ToMember::ClaimedMany { claims: &claims },
        49 | 80 => ToMember::How { code: Some(k7q) },
        50 | 53 => ToMember::Filled { code: k7q },
        51 => ToMember::NoneOpen { last: Some(k7q) },
        54 => ToMember::Dropped { code: k7q },
        55 => ToMember::DroppedAfterNames { code: k7q },
        56 | 62 | 63 => ToMember::Stopped,
        57 => ToMember::Away { until: Some(date(2027, 1, 5)) },
        58 => ToMember::Away { until: Some(date(2026, 11, 23)) },
        59 => ToMember::Back,
        60 => ToMember::PreferenceAsk { quiet_days: &sunday, exclude_areas: &[] },
        61 => ToMember::PreferenceAsk { quiet_days: &[], exclude_areas: &manhattan },
        64 => ToMember::Restarted,
        65 => ToMember::Help,
        66 => ToMember::Stranger { families_line: None },
        67 => ToMember::NotActive,
        68 => ToMember::NotEligible {
            paper: Some("liability insurance"),
            expired: Some(date(2026, 10, 31)),
        },
        69 => ToMember::Proxy { colleague: dana },
        71 => ToMember::OutcomeThanks { code: k7q, booked: true },
        72 | 73 => ToMember::OutcomeThanks { code: k7q, booked: false },
        74 => ToMember::NoClinical { code: k7q },
        75 => ToMember::Prior { code: k7q },
        78 => ToMember::NotGroup,
        79 => ToMember::Ethics { code: Some(k7q) },
        _ => return None,
    };
    Some(chapter.member(&text))
}

fn patterns() -> Patterns {
    serde_json::from_str(PATTERNS).expect("the patterns")
}

fn check(what: &str, cases: &[Case], answer: impl Fn(&str) -> Option<String>) {
    assert!(cases.len() > 15, "the cases are there");
    let faults = cases
        .iter()
        .flat_map(|case| match answer(&case.id) {
            Some(text) => case.check(what, &text),
            None => vec![format!("{what} {} has no answer", case.id)],
        })
        .collect::<Vec<_>>();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_answer_to_a_family_says_what_its_case_asks() {
    let answers = answers_to_families();
    check("family", &patterns().family, |id| answers.get(id).cloned());
}

#[test]
fn every_offer_says_what_its_case_asks() {
    let (chapter, referrals) = (Chapter::new(), referrals());
    check("offer", &patterns().offer, |id| {
        let facts = referrals.get(id)?;
        let (urgent, again) = (matches!(id, "F16" | "F24"), matches!(id, "F24" | "F34"));
        let code = code("K7Q");
        let offer = ToMember::Offer { code, facts, coarse: false, urgent, again, link: None };
        let text = chapter.member(&offer);
        assert_eq!(carriers::segments::count(&text).segments, 1, "{id}: {text}");
        Some(text)
    });
}

#[test]
fn every_answer_to_a_member_says_what_its_case_asks() {
    let chapter = Chapter::new();
    check("member", &patterns().member, |id| answer_to_member(&chapter, id));
}

#[test]
fn the_usual_answer_says_all_that_a_first_answer_must() {
    let chapter = Chapter::new();
    assert_eq!(
        chapter.family("en", &ack(&usual())),
        "NYLCA: Got it - Park Slope 11215, 5 days, latch, nipple pain, home, Aetna. We are asking \
         23 consultants. You get up to 3 names by 4:15 pm, even if fewer than three answer. They \
         see place, age and what you need, never your name or number. Ref K7Q. Emergency: 911. \
         STOP to opt out."
    );
}

#[test]
fn the_usual_offer_is_one_line() {
    let facts = usual();
    let offer = ToMember::Offer {
        code: code("K7Q"),
        facts: &facts,
        coarse: false,
        urgent: false,
        again: false,
        link: None,
    };
    assert_eq!(
        Chapter::new().member(&offer),
        "K7Q: Park Slope 11215. Baby 5 days. Latch + nipple pain. Home. Aetna. Reply K7Q to \
         claim, NO to pass."
    );
}
