//! Reads a million generated and mutated messages and prints the slowest.
//! `cargo run --release -p reading --example fuzz [-- COUNT [SEED]]`

use std::time::{Duration, Instant};

use model::reading::FamilyContext;
use reading::Reader;

#[path = "../tests/family/inputs.rs"]
mod inputs;
#[path = "../tests/family/score.rs"]
#[expect(dead_code, reason = "the cases alone are wanted here")]
mod score;

#[expect(clippy::disallowed_methods, reason = "measuring needs a clock")]
fn now() -> Instant {
    Instant::now()
}

fn main() {
    let mut numbers = std::env::args().skip(1).filter_map(|argument| argument.parse::<u64>().ok());
    let count = numbers.next().unwrap_or(1_000_000);
    let mut chance = inputs::Chance::new(numbers.next().unwrap_or(1));
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/");
    let seeds: Vec<String> =
        ["family_messages", "family_heldout", "family_heldout_2", "family_heldout_3"]
            .iter()
            .flat_map(|file| {
                let content = std::fs::read_to_string(format!("{folder}{file}.jsonl"));
                score::cases(&content.expect("the cases"))
            })
            .flat_map(|case| case.texts)
            .filter(|text| !text.is_empty())
            .collect();
    let seeds: Vec<&str> = seeds.iter().map(String::as_str).collect();
    let reader = Reader::new();
    let context = FamilyContext {
        received_at: "2026-02-28T23:59:59-05:00".to_owned(),
        ..FamilyContext::default()
    };
    let (mut slowest, mut worst, mut over, mut sum) =
        (String::new(), Duration::ZERO, 0, Duration::ZERO);
    for _ in 0..count {
        let text = inputs::text(&mut chance, &seeds);
        // Of two goes the quicker counts: the other may have waited for somebody else's work.
        let mut took = Duration::MAX;
        for _ in 0..2 {
            let one = now();
            std::hint::black_box(reader.family(&[&text], &context));
            took = took.min(one.elapsed());
            if took < Duration::from_millis(2) {
                break;
            }
        }
        sum += took;
        over += u64::from(took > Duration::from_millis(5));
        if took > worst {
            worst = took;
            slowest = text;
        }
    }
    println!("{count} messages, none made it panic; {over} took over 5 ms");
    println!("mean {:?}, slowest {worst:?}", sum / u32::try_from(count.max(1)).unwrap_or(u32::MAX));
    let head: String = slowest.chars().take(160).collect();
    println!("the slowest, {} bytes: {head:?}", slowest.len());
}
