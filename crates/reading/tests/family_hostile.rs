//! No text makes the reading of families panic, and what it says stays within its words.
//! `cargo run --release -p reading --example fuzz` does the same a million times and takes the time.

use model::reading::{FamilyContext, PriorReferral};
use reading::Reader;

#[path = "family/inputs.rs"]
mod inputs;

const STATES: [&str; 6] =
    ["new", "asked_location", "referral_open_collecting", "names_sent", "followup_sent", "?"];

fn seeds() -> Vec<String> {
    [
        include_str!("data/family_messages.jsonl"),
        include_str!("data/family_heldout.jsonl"),
        include_str!("data/family_heldout_2.jsonl"),
    ]
    .iter()
    .flat_map(|file| file.lines())
    .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
    .flat_map(|case| {
        let texts = case["texts"].as_array().cloned().unwrap_or_default();
        texts.into_iter().filter_map(|text| text.as_str().map(str::to_owned)).collect::<Vec<_>>()
    })
    .filter(|text| !text.is_empty())
    .collect()
}

#[test]
fn no_text_makes_it_panic() {
    let reader = Reader::new();
    let seeds = seeds();
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    let mut chance = inputs::Chance::new(7);
    for round in 0..10_000 {
        let texts: Vec<String> =
            (0..=chance.below(3) / 2).map(|_| inputs::text(&mut chance, &seeds)).collect();
        // Most as long as texts are, a few as long as they come: without optimisation those are slow.
        let most = if round % 100 == 0 { usize::MAX } else { 120 };
        let texts: Vec<String> =
            texts.iter().map(|text| text.chars().take(most).collect()).collect();
        let slices: Vec<&str> = texts.iter().map(String::as_str).collect();
        let context = FamilyContext {
            received_at: "2026-02-28T23:59:59-05:00".to_owned(),
            state: STATES[chance.below(STATES.len())].to_owned(),
            prior_referral: (chance.below(2) == 0).then(PriorReferral::default),
            ..FamilyContext::default()
        };
        let reading = reader.family(&slices, &context);
        assert!(!reading.reasons.is_empty(), "round {round}");
        // A sign that ends the referral is never read in a text that waits for the others.
        if reading.red_flags.iter().any(|flag| flag.level <= model::reading::FlagLevel::Crisis)
            && slices.len() == 1
        {
            assert!(reader.danger(slices[0]), "round {round}");
        }
    }
}
