//! Compares our recognition of languages with whatlang alone, over the given and held-back messages.
//! `cargo run --release -p reading --example languages`

use std::collections::BTreeMap;

use reading::Reader;
use whatlang::Lang;

#[path = "../tests/family/score.rs"]
#[expect(dead_code, reason = "the cases alone are wanted here")]
mod score;

/// The languages that families here write, with whatlang's names for them.
const OURS: [(Lang, &str); 12] = [
    (Lang::Eng, "en"),
    (Lang::Spa, "es"),
    (Lang::Cmn, "zh"),
    (Lang::Rus, "ru"),
    (Lang::Ben, "bn"),
    (Lang::Kor, "ko"),
    (Lang::Ara, "ar"),
    (Lang::Fra, "fr"),
    (Lang::Pol, "pl"),
    (Lang::Yid, "yi"),
    (Lang::Por, "pt"),
    (Lang::Heb, "he"),
];

fn main() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/");
    let reader = Reader::new();
    // It has no Haitian Creole; told which languages to expect it does its best.
    let detector = whatlang::Detector::with_allowlist(OURS.iter().map(|(lang, _)| *lang).collect());
    let mut counts: BTreeMap<String, (u32, u32, u32)> = BTreeMap::new();
    for file in [
        "messages",
        "heldout",
        "heldout_2",
        "heldout_3",
        "heldout_4",
        "heldout_5",
        "heldout_6",
        "heldout_7",
    ] {
        let content = std::fs::read_to_string(format!("{folder}family_{file}.jsonl"));
        for case in score::cases(&content.expect("the cases")) {
            let text = case.texts.join("\n");
            if case.language == "und" || text.chars().count() < 3 {
                continue;
            }
            let base = |code: &str| code.split('-').next().unwrap_or(code).to_owned();
            let slices: Vec<&str> = case.texts.iter().map(String::as_str).collect();
            let ours = base(&reader.family(&slices, &case.context).lang) == base(&case.language);
            let theirs = detector.detect_lang(&text).is_some_and(|found| {
                OURS.iter().any(|(lang, code)| *lang == found && base(&case.language) == *code)
            });
            for name in [case.language.as_str(), "all"] {
                let count = counts.entry(name.to_owned()).or_default();
                count.0 += u32::from(ours);
                count.1 += u32::from(theirs);
                count.2 += 1;
            }
        }
    }
    println!("language   messages   ours   whatlang");
    for (name, (ours, theirs, all)) in counts {
        println!("{name:<10} {all:>8} {ours:>6} {theirs:>10}");
    }
}
