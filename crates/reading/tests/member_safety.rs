//! What must hold whatever the words: nothing is guessed with two open, nothing is claimed by a
//! number that may not, a quoted code is never hers, and a chapter's own phrases count.

use model::reading::{Intent, MemberContext};
use reading::member::{LexiconError, MemberReader, read};
use serde_json::Value;

const SETS: [&str; 5] = [
    "member_replies.jsonl",
    "member_heldout.jsonl",
    "member_heldout_2.jsonl",
    "member_heldout_3.jsonl",
    "member_heldout_4.jsonl",
];

fn folder() -> String {
    format!("{}/tests/data", env!("CARGO_MANIFEST_DIR"))
}

fn contexts() -> Value {
    let text = std::fs::read_to_string(folder() + "/member_contexts.json").expect("the contexts");
    serde_json::from_str(&text).expect("contexts")
}

fn context(name: &str) -> MemberContext {
    serde_json::from_value(contexts()[name].clone()).expect("a context")
}

/// Every text of every set, with its expected intent.
fn texts() -> Vec<(String, String)> {
    let case = |line: &str| {
        let case: Value = serde_json::from_str(line).expect("a case");
        let field = |value: &Value| value.as_str().expect("text").to_owned();
        (field(&case["text"]), field(&case["expected"]["intent"]))
    };
    let file =
        |name: &&str| std::fs::read_to_string(format!("{}/{name}", folder())).expect("a set");
    SETS.iter().map(file).flat_map(|file| file.lines().map(case).collect::<Vec<_>>()).collect()
}

#[test]
fn with_two_open_nothing_is_claimed_that_was_not_named() {
    let two = context("two");
    let mut tried = 0;
    for (text, intent) in texts() {
        if intent != "claim" {
            continue;
        }
        let lower = reading::normalise::Normalised::plain(&text).text().to_owned();
        // Words that name one of the two offers, by code, place, visit, payer, age or order.
        let names = [
            "7",
            "m3t",
            "m 3",
            "slope",
            "11215",
            "brooklyn",
            "bay ridge",
            "11372",
            "queens",
            "jackson",
            "home",
            "video",
            "virtual",
            "telehealth",
            "zoom",
            "aetna",
            "first",
            "second",
            "2nd",
            "both",
            "all",
            "dos",
            "обе",
            "two",
            "one and",
            "last",
            "latest",
            "newer",
            "earlier",
            "old",
            "segunda",
            "11",
            "k-",
            "к",
            "latter",
            "1",
        ];
        if names.iter().any(|name| lower.contains(name)) {
            continue;
        }
        let reading = read(&text, &two);
        assert!(
            reading.intent != Intent::Claim || reading.codes.len() == 2,
            "{text:?} was read as {:?} {:?}",
            reading.intent,
            reading.codes
        );
        tried += 1;
    }
    assert!(tried > 300, "{tried}");
}

#[test]
fn an_unknown_number_and_a_barred_member_claim_nothing() {
    let claims = |intent| {
        matches!(
            intent,
            Intent::Claim
                | Intent::ClaimProvisional
                | Intent::ClaimStandby
                | Intent::ClaimConditional
                | Intent::ClaimAmbiguous
                | Intent::Duplicate
        )
    };
    let (unknown, suspended, blocked) =
        (context("unknown"), context("suspended"), context("blocked"));
    for (text, _) in texts() {
        let reading = read(&text, &unknown);
        let allowed =
            [Intent::NotOnRoster, Intent::OptOut, Intent::OptIn, Intent::Help, Intent::Resign];
        assert!(allowed.contains(&reading.intent), "{text:?} was {:?}", reading.intent);
        assert!(reading.codes.is_empty() && reading.extract == Default::default(), "{text:?}");
        assert!(!claims(read(&text, &suspended).intent), "{text:?}");
        assert!(!claims(read(&text, &blocked).intent), "{text:?}");
    }
}

#[test]
fn what_a_reaction_quotes_is_never_hers() {
    let one = context("one");
    for opening in [
        "Liked",
        "Loved",
        "Emphasized",
        "Questioned",
        "Disliked",
        "Laughed at",
        "👍 to",
        "❤️ to",
        "Removed a like from",
    ] {
        for quoted in [
            "K7Q yes I can take it",
            "K7Q: Park Slope 11215. Reply K7Q to claim, NO to pass.",
            "STOP",
            "drop K7Q",
        ] {
            let reading = read(&format!("{opening} \u{201C}{quoted}\u{201D}"), &one);
            assert_eq!(reading.intent, Intent::Reaction, "{opening} {quoted}");
        }
    }
}

#[test]
fn no_caveat_of_any_set_holds_anything_private() {
    let mut caveats = 0;
    for (text, _) in texts() {
        for name in ["one", "two", "confirm"] {
            if let Some(caveat) = read(&text, &context(name)).extract.caveat {
                caveats += 1;
                assert!(!reading::redact::holds_private(&caveat), "{text:?} gave {caveat:?}");
            }
        }
    }
    assert!(caveats > 300, "{caveats}");
}

#[test]
fn carriers_words_are_obeyed_whatever_the_state() {
    for name in contexts().as_object().expect("contexts").keys() {
        for word in ["STOP", "unsubscribe", "Cancel", "END", "quit", "opt out"] {
            assert_eq!(read(word, &context(name)).intent, Intent::OptOut, "{word} in {name}");
        }
    }
}

#[test]
fn every_reading_says_why() {
    let one = context("one");
    for (text, _) in texts() {
        let reading = read(&text, &one);
        let silent = matches!(reading.intent, Intent::Unclear | Intent::MediaOnly);
        assert!(silent || !reading.reasons.is_empty(), "{text:?} was {:?}", reading.intent);
    }
}

#[test]
fn a_chapter_adds_its_own_phrases() {
    let one = context("one");
    assert_eq!(read("bagsy", &one).intent, Intent::Unclear);
    let reader =
        MemberReader::with("[claim]\n^bagsy  # as in Leeds\n[decline]\n(nowt|summat) doing\n")
            .expect("phrases");
    assert_eq!(reader.read("Bagsy!", &one).intent, Intent::Claim);
    assert_eq!(reader.read("nowt doing", &one).intent, Intent::Decline);
}

#[test]
fn a_phrase_file_with_a_mistake_names_its_line() {
    let error = |file: &str| MemberReader::with(file).expect_err("a mistake");
    assert_eq!(
        error("[claim]\nme\n[clam]\n"),
        LexiconError::Section { line: 3, name: "clam".to_owned() }
    );
    assert_eq!(error("me\n"), LexiconError::Homeless(1));
    for phrase in ["(a|b", "a)", "()", "@nobody", "[may be]", "^"] {
        assert_eq!(
            error(&format!("[claim]\n# a comment\n{phrase}\n")),
            LexiconError::Phrase(3),
            "{phrase}"
        );
    }
}
