//! What no text says: advice, comfort that promises, congratulation, a guess about who is reading.

use super::every_text::{FamilyText, every_admin_text, every_member_text, family_texts};
use crate::texts::bundles;

/// Carriers take these for an opt-out, and "yes" alone is never the only way.
const CARRIER_WORDS: [&str; 5] = ["CANCEL", "END", "QUIT", "REMOVE", "UNSUBSCRIBE"];

/// Marks that are loud, that cost the cheap encoding, or that phones draw in their own way.
const MARKS: [char; 17] = [
    '!', '\u{ff01}', '\u{a1}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{2013}',
    '\u{2014}', '\u{2026}', '\u{2022}', '\u{a0}', '\u{ab}', '\u{bb}', '\u{200e}', '\u{200f}',
    '\u{2022}',
];

/// Words and beginnings of words that no English text holds.
const UNSAID: [&str; 24] = [
    "mom",
    "moms",
    "mother",
    "mama",
    "she",
    "she's",
    "her",
    "hers",
    "ladies",
    "congrat",
    "normal",
    "don't worry",
    "worry",
    "fine",
    "perfect",
    "massage",
    "antibiotic",
    "ibuprofen",
    "tylenol",
    "guarantee",
    "promise",
    "survey",
    "police",
    "report",
];

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty())
}

fn holds(text: &str, unsaid: &str) -> bool {
    let lower = text.to_lowercase();
    if unsaid.contains(' ') || unsaid == "congrat" {
        return lower.contains(unsaid);
    }
    words(&lower).any(|word| word == unsaid)
}

#[test]
fn no_text_in_any_language_is_loud_or_teaches_a_carrier_word() {
    let quiet = |name: &str, text: &str| {
        assert!(!text.contains(MARKS), "{name}: {text}");
        let is_emoji = |c: char| (0x1F000..=0x1FAFF).contains(&(c as u32));
        assert!(!text.contains(is_emoji), "{name}: {text}");
        assert!(!words(text).any(|word| CARRIER_WORDS.contains(&word)), "{name}: {text}");
    };
    for (lang, _) in bundles::LANGUAGES {
        family_texts(lang).iter().for_each(|sample| quiet(&sample.name, &sample.text));
    }
    every_member_text(|name, text| quiet(name, &text));
    every_admin_text(|name, text| quiet(name, &text));
}

#[test]
fn no_english_text_advises_comforts_or_guesses_who_reads() {
    let plain = |name: &str, text: &str| {
        for unsaid in UNSAID {
            assert!(!holds(text, unsaid), "{name} says {unsaid:?}: {text}");
        }
    };
    family_texts("en").iter().for_each(|sample| plain(&sample.name, &sample.text));
    every_member_text(|name, text| plain(name, &text));
    every_admin_text(|name, text| plain(name, &text));
}

#[test]
fn danger_and_loss_ask_nothing_and_sell_nothing() {
    for (lang, _) in bundles::LANGUAGES {
        for FamilyText { name, text, .. } in family_texts(lang) {
            let name = name.as_str();
            if ["emergency", "crisis", "crisis about the baby", "loss"].contains(&name) {
                for word in ["ZIP", "STOP", "K7Q", "?"] {
                    assert!(!text.contains(word), "{lang}: {name} says {word}: {text}");
                }
            }
            if name == "emergency" {
                assert!(!text.contains("NYLCA"), "{lang}: {text}");
            }
            if name == "private danger" {
                for word in ["911", "988", "ZIP", "STOP"] {
                    assert!(!text.contains(word), "{lang}: {name} says {word}: {text}");
                }
            }
        }
    }
}

#[test]
fn whoever_needs_a_doctor_now_reads_that_first() {
    let lines = ["care-now-baby", "care-now-parent", "care-now-both", "care-poison"];
    let bundles = bundles::Bundles::read();
    for (lang, _) in bundles::LANGUAGES {
        let lines = lines.map(|key| bundles.say(lang, key, &[]));
        let urgent = family_texts(lang).iter().filter(|text| text.care.now || text.care.poison);
        let mut seen = 0;
        for FamilyText { name, text, .. } in urgent {
            let (_, words) = text.split_once("NYLCA").expect("the chapter's name");
            let words = words.trim_start_matches([':', '\u{ff1a}', ' ']);
            assert!(lines.iter().any(|line| words.starts_with(line)), "{lang}: {name}: {text}");
            seen += 1;
        }
        assert!(seen > 50, "{lang}: {seen}");
    }
}

#[test]
fn what_a_partner_may_read_has_no_word_of_health() {
    for FamilyText { name, text, .. } in family_texts("en") {
        if ["who is this", "wrong number", "private danger"].contains(&name.as_str()) {
            for word in ["baby", "breast", "milk", "nursing", "lactation", "consultant"] {
                assert!(!text.to_lowercase().contains(word), "{name} says {word}: {text}");
            }
        }
    }
}

#[test]
fn every_confirmation_of_a_claim_repeats_the_code_and_the_way_out() {
    every_member_text(|name, text| {
        let has_place = ["claimed", "self only", "standby", "filled", "already", "moved up"];
        if has_place.iter().any(|start| name.starts_with(start)) {
            assert!(text.contains("K7Q") && text.contains("DROP"), "{name}: {text}");
        }
    });
}
