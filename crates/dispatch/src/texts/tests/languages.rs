//! Every language has every text, with the same arguments and the same numbers.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;

use super::{
    every_text::{every_admin_text, every_member_text, family_texts},
    samples::Chapter,
};
use crate::texts::{Texts, bundles};

/// The messages of a file: name to everything that is written there.
fn messages(source: &str) -> BTreeMap<&str, String> {
    let mut messages = BTreeMap::new();
    let mut key = "";
    for line in source.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        if let Some((name, text)) = line.split_once(" = ").filter(|_| !line.starts_with(' ')) {
            key = name;
            assert!(messages.insert(name, text.to_owned()).is_none(), "{name} stands twice");
        } else if let Some(text) = messages.get_mut(key) {
            text.push_str(line);
        }
    }
    messages
}

/// The arguments a message uses.
fn arguments(text: &str) -> BTreeSet<&str> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.split('$').skip(1).map(|rest| rest.split(|c| !is_part(c)).next().unwrap_or("")).collect()
}

/// Whether a language may tell this with other arguments: times, days and ages are told in ways
/// of their own.
fn has_ways_of_its_own(key: &str) -> bool {
    ["clock", "moment", "date", "due", "due-day"].contains(&key)
}

#[test]
fn every_file_is_read_whole_and_names_nothing_twice() {
    for (name, source) in bundles::every_file() {
        assert!(FluentResource::try_new(source.to_owned()).is_ok(), "{name} has a fault");
    }
    // A message and a term share one space of names: a second of the same name is left out.
    let mut names = BTreeSet::new();
    let shared = bundles::every_file().filter(|(name, _)| *name == "a shared file");
    for (_, source) in shared.chain([bundles::LANGUAGES[0]]) {
        for name in messages(source).keys() {
            assert!(names.insert(name.trim_start_matches('-').to_owned()), "{name} stands twice");
        }
    }
}

#[test]
fn every_language_has_every_message_with_the_same_arguments() {
    let [(_, english), others @ ..] = bundles::LANGUAGES;
    let english = messages(english);
    for (lang, source) in others {
        let theirs = messages(source);
        let (ours, their_keys) = (english.keys(), theirs.keys());
        assert!(ours.eq(their_keys), "{lang} has other messages than English");
        for (key, text) in &english {
            if has_ways_of_its_own(key) {
                continue;
            }
            let theirs = &theirs[key];
            let counted = |text: &str| {
                // One baby, one name: a language may say the number in a word.
                let mut arguments = arguments(text).into_iter().collect::<BTreeSet<_>>();
                arguments.remove("count");
                arguments.into_iter().map(str::to_owned).collect::<BTreeSet<_>>()
            };
            assert_eq!(counted(text), counted(theirs), "{lang}: {key}");
            let hotlines = |text: &str| text.matches("-tel-").count();
            assert!(hotlines(text) <= hotlines(theirs), "{lang}: {key} lacks a number");
        }
    }
}

#[test]
fn no_text_shows_a_hole() {
    let whole = |name: &str, text: &str| {
        assert!(!text.contains(['{', '}']) && !text.is_empty(), "{name}: {text}");
        assert!(!text.contains("  ") || name.contains("e-mail"), "{name}: {text}");
    };
    for (lang, _) in bundles::LANGUAGES {
        family_texts(lang).iter().for_each(|sample| whole(&sample.name, &sample.text));
    }
    every_member_text(|name, text| whole(name, &text));
    every_admin_text(|name, text| whole(name, &text));
}

#[test]
fn every_language_gives_the_same_numbers_and_commands_as_english() {
    let numbers = ["911", "988", "1-833-852-6262", "1-800-222-1222", "1-800-994-9662", "311"];
    let commands = ["STOP", "START", "YES"];
    let mut lost = Vec::new();
    for (lang, _) in &bundles::LANGUAGES[1..] {
        for (english, theirs) in family_texts("en").iter().zip(family_texts(lang)) {
            let (name, text) = (&theirs.name, &theirs.text);
            if english.text == *text {
                lost.push(format!("{lang}: {name} is in English"));
            }
            for word in numbers.iter().chain(&commands) {
                if english.text.contains(word) && !text.contains(word) {
                    lost.push(format!("{lang}: {name} lacks {word}: {text}"));
                }
            }
        }
    }
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

#[test]
fn a_language_is_found_by_its_tag() {
    let texts = Texts::new();
    let everything = ["*".to_owned()];
    assert!(texts.speaks("en", &[]));
    assert!(texts.speaks("en-US", &[]));
    assert!(!texts.speaks("es", &[]), "nobody has read it yet");
    assert!(texts.speaks("es", &everything));
    assert!(texts.speaks("es-MX", &["es".to_owned()]));
    assert!(!texts.speaks("es", &["fr".to_owned()]));
    let traditional = ["zh-Hant".to_owned()];
    assert!(texts.speaks("zh-TW", &traditional) && texts.speaks("zh-Hant-HK", &traditional));
    assert!(!texts.speaks("zh", &traditional) && !texts.speaks("zh-CN", &traditional));
    for lang in ["und", "yi-Latn", "tlh", "", "not a tag"] {
        assert!(!texts.speaks(lang, &everything), "{lang}");
    }
}

#[test]
fn what_we_have_no_texts_in_is_answered_in_english() {
    let chapter = Chapter::new();
    let text = chapter.family("tlh", &crate::texts::ToFamily::Thanks);
    assert_eq!(text, "NYLCA: Thank you for telling us. Text any time you need us again.");
}

#[test]
fn the_hotlines_have_a_day_on_which_they_were_called() {
    let day = Texts::new().numbers_checked_on();
    assert!(day.parse::<jiff::civil::Date>().is_ok(), "{day}");
}

#[test]
fn every_first_answer_says_what_is_shared_and_the_record_has_its_words() {
    let chapter = Chapter::new();
    for (lang, _) in bundles::LANGUAGES {
        let voice = chapter.voice(lang);
        for sample in family_texts(lang) {
            let (name, text) = (&sample.name, sample.text.as_str());
            let said = chapter.texts.sharing(&voice, &model::MessageText::new(text));
            assert_eq!(said.is_some(), name.starts_with("ack"), "{lang}: {name}: {text}");
        }
    }
    let usual = chapter.family("en", &super::samples::ack(&super::samples::usual()));
    let said = chapter.texts.sharing(&chapter.voice("en"), &model::MessageText::new(usual));
    let words = "They see place, age and what you need, never your name or number.";
    assert_eq!(said.as_deref(), Some(words));
}
