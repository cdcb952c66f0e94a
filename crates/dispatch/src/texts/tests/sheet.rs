//! A family's page of names, in every language.

use model::Phone;

use super::{
    every_text::cards,
    samples::{Chapter, code},
};
use crate::texts::{Introduced, Sheet, bundles};

fn sheet(lang: &str, names: usize) -> Sheet {
    let (chapter, phone) = (Chapter::new(), Phone::from_carrier("+17185550123").expect("a number"));
    let languages = ["en", "yi"].map(str::to_owned);
    let introduced = cards(&phone).map(|card| Introduced {
        card,
        languages: &languages,
        payers_confirmed: Some(jiff::civil::date(2026, 11, 1)),
    });
    let until = "2026-12-04T10:15:00-05:00".parse().expect("an instant");
    chapter.texts.sheet(&chapter.voice(lang), code("K7Q"), &introduced[..names], until)
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
