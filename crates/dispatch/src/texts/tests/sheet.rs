//! A family's page of names, in every language.

use std::collections::HashSet;

use model::{Phone, Policy, Word as _, settings::Settings};

use super::{
    every_text::cards,
    samples::{Chapter, code},
};
use crate::{
    policy::Terms,
    texts::{Introduced, Sheet, bundles},
};

fn sheet(lang: &str, names: usize) -> Sheet {
    sheet_under(Policy::FirstThree, lang, names)
}

fn sheet_under(policy: Policy, lang: &str, names: usize) -> Sheet {
    let (chapter, phone) = (Chapter::new(), Phone::from_carrier("+17185550123").expect("a number"));
    let languages = ["en", "yi"].map(str::to_owned);
    let introduced = cards(&phone).map(|card| Introduced {
        card,
        languages: &languages,
        payers_confirmed: Some(jiff::civil::date(2026, 11, 1)),
        portrait: None,
    });
    let until = "2026-12-04T10:15:00-05:00".parse().expect("an instant");
    let terms = Terms::under(policy, &Settings::default());
    let names = &introduced[..names];
    chapter.texts.sheet(&chapter.voice(lang), code("K7Q"), names, &terms, until)
}

#[test]
fn every_policy_is_told_in_every_language_with_its_numbers() {
    let settings = Settings::default();
    for (lang, _) in bundles::LANGUAGES {
        let told = Policy::ALL.iter().map(|&policy| sheet_under(policy, lang, 3).chosen[0].clone());
        let told = told.collect::<Vec<_>>();
        for (policy, words) in Policy::ALL.iter().zip(&told) {
            assert!(words.contains("NYLCA") && !words.contains("{ "), "{lang}: {words}");
            let number = |number: u32| words.contains(&number.to_string());
            assert_eq!(
                number(settings.window_minutes),
                *policy == Policy::Window,
                "{lang}: {words}"
            );
            assert_eq!(number(settings.wave_size), *policy == Policy::Waves, "{lang}: {words}");
        }
        assert_eq!(told.iter().collect::<HashSet<_>>().len(), told.len(), "{lang}");
    }
}

#[test]
fn members_read_the_rule_that_holds() {
    let chapter = Chapter::new();
    let rule = |policy: Policy| {
        let settings = Settings { policy, window_minutes: 20, ..Settings::default() };
        chapter.texts.rule(&chapter.voice("en"), &settings).join(" ")
    };
    for policy in Policy::ALL {
        let told = rule(*policy);
        assert!(told.contains("drawn by chance") && told.contains("Nobody pays"), "{told}");
        assert!(told.contains("holds 3 referrals") && !told.contains("{ "), "{told}");
    }
    assert!(rule(Policy::FirstThree).contains("first three to claim"));
    assert!(rule(Policy::FairStart).contains("at most 6 minutes"));
    assert!(rule(Policy::Waves).contains("the next 10 every 10 minutes"));
    let window = rule(Policy::Window);
    assert!(
        window.contains("collected for 20 minutes") && window.contains("help today"),
        "{window}"
    );
    assert!(!rule(Policy::FairStart).contains("help today"));
}

#[test]
fn every_language_has_every_word_of_the_page() {
    for (lang, _) in bundles::LANGUAGES {
        let sheet = sheet(lang, 3);
        let told = format!("{sheet:?}");
        assert!(!told.contains('{') || !told.contains("page-"), "{lang}: {told}");
        assert_eq!((sheet.lang, sheet.cards.len()), (lang, 3));
        let words = [&sheet.title, &sheet.help, &sheet.until, &sheet.chosen[0], &sheet.chosen[1]];
        for words in words {
            assert!(!words.is_empty() && !words.contains("{ "), "{lang}: {words}");
            assert!(!words.contains('!'), "{lang}: {words}");
        }
        assert!(sheet.chosen[0].contains("NYLCA"), "{lang}");
        assert_eq!(sheet.direction == "rtl", ["ar", "yi"].contains(&lang), "{lang}");
    }
}

#[test]
fn a_card_tells_what_is_known_and_when_payers_were_confirmed() {
    let sheet = sheet("en", 3);
    let row = |card: usize, name: &str| {
        let row = sheet.cards[card].rows.iter().find(|(known, _)| known == name);
        row.map(|(_, words)| words.as_str())
    };
    assert_eq!(row(0, "Insurance and payment"), Some("Aetna, Cigna (confirmed Sun Nov 1)"));
    assert_eq!(row(0, "Says"), Some("\"after 5 pm, video only\""));
    assert_eq!(row(0, "Languages"), Some("English, Yiddish"));
    assert_eq!((row(2, "Insurance and payment"), row(2, "Area")), (None, None));
    assert!(sheet.until.ends_with("Fri Dec 4."), "{}", sheet.until);
}

#[test]
fn a_page_without_names_says_what_comes() {
    assert_eq!(sheet("en", 0).title, "We keep asking and text you if more answer.");
}
