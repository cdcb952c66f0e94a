//! Families' messages: the given cases, the held-back sets with their floors, calm messages, reasons.

use std::sync::LazyLock;

use model::reading::{FamilyContext, FamilyKind, FamilyReading, FlagLevel, Route};
use reading::Reader;

#[path = "family/score.rs"]
mod score;

static READER: LazyLock<Reader> = LazyLock::new(Reader::new);

const GIVEN: &str = include_str!("data/family_messages.jsonl");
const CALM: &str = include_str!("data/family_calm.jsonl");

/// The sets that were written before the words and rules they test, in the order of their writing.
const HELD_BACK: [(&str, &str); 18] = [
    ("the first", include_str!("data/family_heldout.jsonl")),
    ("the second", include_str!("data/family_heldout_2.jsonl")),
    ("of danger", include_str!("data/family_heldout_3.jsonl")),
    ("the fourth", include_str!("data/family_heldout_4.jsonl")),
    ("the fifth", include_str!("data/family_heldout_5.jsonl")),
    ("the sixth", include_str!("data/family_heldout_6.jsonl")),
    ("the seventh", include_str!("data/family_heldout_7.jsonl")),
    ("the eighth", include_str!("data/family_heldout_8.jsonl")),
    ("the ninth", include_str!("data/family_heldout_9.jsonl")),
    ("the tenth", include_str!("data/family_heldout_10.jsonl")),
    ("the eleventh", include_str!("data/family_heldout_11.jsonl")),
    ("the twelfth", include_str!("data/family_heldout_12.jsonl")),
    ("the thirteenth", include_str!("data/family_heldout_13a.jsonl")),
    ("the thirteenth, by another hand", include_str!("data/family_heldout_13b.jsonl")),
    ("the fourteenth", include_str!("data/family_heldout_14.jsonl")),
    ("the fifteenth, of ordinary messages", include_str!("data/family_heldout_15.jsonl")),
    ("the sixteenth, by an outside hand", include_str!("data/family_heldout_16.jsonl")),
    ("the seventeenth, by another", include_str!("data/family_heldout_17.jsonl")),
];

/// Of all fields of every held-back set, in percent.
const FIELDS: f64 = 96.0;
/// Of a set that tells red flags alone, in percent: a sign too many makes the whole message wrong.
const FLAGS_ALONE: f64 = 92.0;
/// Signs of danger found under their own name, in percent; the others are read as another sign.
const SIGNS: f64 = 97.0;
/// Of the fields of any one language over all sets, in percent.
const LANGUAGE: f64 = 95.0;
/// Signs of one set for which no other is raised either.
const SILENT: usize = 1;
/// False alarms, in percent of the messages without a sign of danger.
const ALARMS: f64 = 3.5;

fn read(texts: &[&str]) -> FamilyReading {
    let context = FamilyContext {
        received_at: "2026-11-20T10:15:00-05:00".to_owned(),
        ..FamilyContext::default()
    };
    READER.family(texts, &context)
}

/// The words of the reason of a field.
fn reason<'r>(reading: &'r FamilyReading, field: &str) -> Option<&'r str> {
    reading.reasons.iter().find(|reason| reason.field == field).map(|reason| reason.words.as_str())
}

#[test]
fn every_asserted_field_of_the_given_cases_is_right() {
    let score = score::score(&READER, &score::cases(GIVEN));
    let wrong: Vec<&String> = score.wrong.iter().filter(|line| line.starts_with("MUST")).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(score.asserted.all >= 221, "{:?}", score.asserted);
    assert_eq!(score.flags.right, score.flags.all, "{:#?}", score.wrong);
    assert_eq!(score.alarms.right, 0, "{:#?}", score.wrong);
}

#[test]
fn held_back_messages_keep_their_floors() {
    let mut languages = std::collections::BTreeMap::<String, score::Share>::new();
    let mut messages = 0;
    for (name, content) in HELD_BACK {
        let cases = score::cases(content);
        messages += cases.len();
        let score = score::score(&READER, &cases);
        let fields = score.fields().percent();
        let floor = if score.by_field.len() == 1 { FLAGS_ALONE } else { FIELDS };
        assert!(fields >= floor, "{name}: {fields:.1} % of fields\n{:#?}", score.wrong);
        let missed: Vec<&String> =
            score.wrong.iter().filter(|line| line.starts_with("FLAG")).collect();
        let signs = score.flags.percent();
        assert!(signs >= SIGNS, "{name}: {signs:.1} % of the signs of danger\n{missed:#?}");
        let silent = missed.len() - score.otherwise as usize;
        assert!(silent <= SILENT, "{name}: nothing raised\n{missed:#?}");
        let alarms = score.alarms.percent();
        assert!(alarms <= ALARMS, "{name}: {alarms:.1} % false alarms\n{:#?}", score.wrong);
        for (language, share) in score.by_language {
            let sum = languages.entry(language).or_default();
            sum.right += share.right;
            sum.all += share.all;
        }
    }
    assert!(messages >= 300, "{messages} messages");
    for (language, share) in languages {
        assert!(share.percent() >= LANGUAGE, "{language}: {share:?}");
    }
}

#[test]
fn what_one_sign_explains_is_not_named_twice() {
    for (text, codes) in [
        ("she had a seizure, arms and legs shaking and then limp", ["baby_seizure"].as_slice()),
        ("yellow down to her legs and too sleepy to nurse, 5 days", &["baby_jaundice"]),
        ("eyes are yellow and i cant wake her to eat", &["baby_lethargy", "baby_jaundice"]),
        ("i want to die, i have all the pills in my hand", &["parent_harm_self"]),
    ] {
        let read = read(&[text]);
        let found: Vec<&str> = read.red_flags.iter().map(|flag| flag.code.as_str()).collect();
        assert_eq!(found, codes, "{text}");
    }
}

#[test]
fn a_wish_to_be_deleted_is_heard_beside_a_need_and_beside_danger() {
    use model::reading::Answer;
    for text in [
        "please delete my data",
        "baby is 5 days and wont latch, 11215. please delete my data when we are done",
        "mi bebe no respira. borren todo",
        "宝宝五天，含不住，11355。用完请全部删除",
    ] {
        assert_eq!(read(&[text]).answer, Some(Answer::DeleteMe), "{text}");
    }
    let need = read(&["baby is 5 days and wont latch, 11215. please delete my data after"]);
    assert_eq!(need.route, Route::Dispatch);
    assert_eq!(read(&["she deleted the app, 11215 wont latch"]).answer, None);
}

#[test]
fn calm_messages_raise_no_alarm() {
    let calm = score::cases(CALM);
    let alarms: Vec<(FlagLevel, String)> = calm
        .iter()
        .filter_map(|case| {
            let slices: Vec<&str> = case.texts.iter().map(String::as_str).collect();
            let reading = READER.family(&slices, &case.context);
            let flag = reading.red_flags.first()?;
            Some((flag.level, format!("{} {:?}: {}", case.id, case.texts, flag.code)))
        })
        .collect();
    let grave: Vec<_> = alarms.iter().filter(|(level, _)| *level != FlagLevel::Support).collect();
    assert!(grave.is_empty(), "{grave:#?}");
    // A line of support too much does no harm, but is not for every tired joke.
    assert!(alarms.len() * 50 <= calm.len(), "{alarms:#?}");
}

#[test]
fn another_one_who_is_named_first_does_not_hide_a_danger_to_ones_own() {
    for text in [
        "our dog knocked the baby down and he is not breathing i just want help",
        "my sisters baby was fine but mine is not breathing",
        "el bebe de mi hermana esta bien pero el mio no respira",
        "el perro tumbo al bebe y no respira",
    ] {
        assert_eq!(read(&[text]).gravest(), Some(FlagLevel::Emergency), "{text}");
    }
    let calm = "my friends baby turned blue last year but ours is fine, just wondering about latch";
    assert_eq!(read(&[calm]).gravest(), None);
}

#[test]
fn a_wish_to_be_called_is_a_persons_to_answer() {
    for text in [
        "Can someone call me? 11219",
        "please call me, I have a newborn in 11230",
        "can someone call me 718 555 0199 my baby wont latch 11219",
        "I cant text well can somebody call, she is 5 days old and wont nurse, boro park",
        "¿me pueden llamar? 11368",
        "можете перезвонить? 11235",
    ] {
        let reading = read(&[text]);
        assert_eq!(reading.kind, FamilyKind::CallbackRequest, "{text}");
        assert_eq!(reading.route, Route::HoldAdmin, "{text}");
    }
    // Who tells of a baby in danger is not put off to a call.
    let reading = read(&["can someone call me, 2 week old has 101 fever, 718 555 0199 11219"]);
    assert_eq!(reading.route, Route::SafetyThenDispatch);
    // A need with a place and no number goes its way.
    let reading = read(&["my 3 day old wont latch can someone call me, 11215"]);
    assert_eq!(reading.route, Route::Dispatch);
}

#[test]
fn who_has_names_and_wishes_a_call_asks_for_it() {
    let context = FamilyContext {
        received_at: "2026-11-20T10:15:00-05:00".to_owned(),
        state: "names_sent".to_owned(),
        ..FamilyContext::default()
    };
    for text in
        ["can someone call me?", "please have them call me", "Please call me", "can they call me"]
    {
        let reading = READER.family(&[text], &context);
        assert_eq!(reading.kind, FamilyKind::CallbackRequest, "{text}");
        assert_eq!(reading.answer, None, "{text}");
    }
    // Agreed to in so many words.
    for text in ["yes please", "please", "yes they can call me"] {
        let reading = READER.family(&[text], &context);
        assert_eq!(reading.answer, Some(model::reading::Answer::Yes), "{text}");
    }
}

#[test]
fn the_lost_child_is_named_as_the_family_named_it() {
    for (text, child) in [
        ("my son was stillborn on tuesday and my milk came in today", Some("son")),
        ("we lost our daughter at 36 weeks", Some("daughter")),
        ("I lost my baby last week, how do I dry up", Some("baby")),
        ("we lost our twins and my milk is coming in", Some("twins")),
        ("i lost one of my twins", None),
        ("had a miscarriage and my breasts are leaking", None),
        ("mi hija nacio muerta y me bajo la leche", Some("daughter")),
        ("потеряли сына, молоко пришло", Some("son")),
    ] {
        let reading = read(&[text]);
        assert_eq!(reading.kind, FamilyKind::Bereavement, "{text}");
        assert_eq!(reason(&reading, "child"), child, "{text}");
    }
    assert_eq!(reason(&read(&["my son is 5 days old and wont latch"]), "child"), None);
}

#[test]
fn what_a_helper_told_of_a_patient_is_noticed() {
    let nurse = "Hi its Maria RN from Maimonides postpartum, pt Sarah Levy DOB 3/4/93 rm 512 going \
                 home tmrw, baby 2 days, needs outpt LC in Midwood 11230";
    assert!(reason(&read(&[nurse]), "private").is_some());
    // The helper's own name is no patient's, and a family may sign.
    let doula = "Hi this is Keisha, a postpartum doula. My client in Bed-Stuy (11221) is 9 days PP";
    assert_eq!(reason(&read(&[doula]), "private"), None);
    assert_eq!(reason(&read(&["5 days old, wont latch, 11215. Thanks, Jess"]), "private"), None);
}

#[test]
fn every_reading_keeps_its_reasons() {
    for case in score::cases(GIVEN) {
        let slices: Vec<&str> = case.texts.iter().map(String::as_str).collect();
        let reading = READER.family(&slices, &case.context);
        assert_eq!(reading.reasons.first().map(|reason| reason.field.as_str()), Some("kind"));
        for flag in &reading.red_flags {
            let words = reason(&reading, &flag.code);
            assert!(words.is_some_and(|words| !words.is_empty()), "{}: {}", case.id, flag.code);
        }
        for concern in &reading.extract.concerns {
            let told = concern == "general" || reason(&reading, concern).is_some();
            assert!(told, "{}: {concern}", case.id);
        }
        if reading.extract.location.is_some() {
            assert!(reason(&reading, "location").is_some(), "{}", case.id);
        }
    }
}

#[test]
fn a_chapters_own_words_count() {
    let extra = "lang en\n[low_supply]\nrunning on empty\n[rules]\nbiting: vampire baby ~3\n[oops";
    assert!(Reader::with_extra(extra).is_err());
    let reader =
        Reader::with_extra("lang en\n[low_supply]\nrunning on empty\n").expect("good words");
    let context = FamilyContext::default();
    let text = "i feel like im running on empty, 3 weeks, 11215";
    let with = reader.family(&[text], &context);
    assert!(with.extract.concerns.iter().any(|concern| concern == "low_supply"), "{with:?}");
    let without = READER.family(&[text], &context);
    assert!(!without.extract.concerns.iter().any(|concern| concern == "low_supply"));
}
