//! Reads a million generated and mutated messages, then phrases of the vocabularies told over and over
//! up to what is read of a message, and prints the slowest.
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
    let mut slowest = Slowest::default();
    for _ in 0..count {
        slowest.read(&reader, &context, &inputs::text(&mut chance, &seeds));
    }
    slowest.print("generated messages");
    let mut slowest = Slowest::default();
    let phrases = phrases();
    for (at, phrase) in phrases.iter().enumerate().step_by(11) {
        let other = &phrases[at * 7_919 % phrases.len()];
        for unit in [format!("{phrase} "), format!("{phrase} {other} ")] {
            slowest.read(&reader, &context, &unit.repeat(4_900 / unit.len() + 1));
        }
    }
    slowest.print("phrases told over and over");
}

/// Every phrase of the vocabularies, near enough.
fn phrases() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/words");
    let mut out = Vec::new();
    let mut files = Vec::new();
    for folder in [folder.to_owned(), format!("{folder}/signs")] {
        let entries = std::fs::read_dir(folder).expect("the vocabularies").flatten();
        files.extend(entries.map(|entry| entry.path()).filter(|path| path.is_file()));
    }
    for file in files {
        let content = std::fs::read_to_string(file).expect("a vocabulary");
        let lines = content.lines().filter(|line| !line.starts_with(['#', '[']));
        // A line of a section may begin with its language.
        let lines = lines.map(|line| {
            line.strip_prefix('@')
                .map_or(line, |line| line.split_once(' ').map_or("", |(_, phrases)| phrases))
        });
        let plain = |phrase: &str| phrase.replace(['(', ')', '/', '*'], " ").trim().to_owned();
        out.extend(lines.flat_map(|line| line.split(',')).map(plain));
    }
    out.retain(|phrase| !phrase.is_empty());
    out.sort_unstable();
    out
}

/// How long messages took.
#[derive(Default)]
struct Slowest {
    count: u32,
    over: u32,
    sum: Duration,
    worst: Duration,
    text: String,
}

impl Slowest {
    fn read(&mut self, reader: &Reader, context: &FamilyContext, text: &str) {
        // The quickest counts: the others may have waited for somebody else's work.
        let mut took = Duration::MAX;
        for _ in 0..4 {
            let one = now();
            std::hint::black_box(reader.family(&[text], context));
            took = took.min(one.elapsed());
            if took < Duration::from_millis(2) {
                break;
            }
        }
        self.count += 1;
        self.sum += took;
        self.over += u32::from(took > Duration::from_millis(5));
        if took > self.worst {
            self.worst = took;
            text.clone_into(&mut self.text);
        }
    }

    fn print(&self, what: &str) {
        println!("{} {what}, none made it panic; {} took over 5 ms", self.count, self.over);
        println!("mean {:?}, slowest {:?}", self.sum / self.count.max(1), self.worst);
        let head: String = self.text.chars().take(160).collect();
        println!("the slowest, {} bytes: {head:?}", self.text.len());
    }
}
