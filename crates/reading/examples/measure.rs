//! Measures the reading of families' messages: right fields by name and by language, signs of danger
//! found and cried for nothing, and messages a second.
//! `cargo run --release -p reading --example measure [-- --errors] [--lexicon FILE] [FILE ...]`

use std::time::Instant;

use reading::Reader;

#[path = "../tests/family/score.rs"]
mod score;

const FILES: [&str; 19] = [
    "family_messages.jsonl",
    "family_heldout.jsonl",
    "family_heldout_2.jsonl",
    "family_heldout_3.jsonl",
    "family_heldout_4.jsonl",
    "family_heldout_5.jsonl",
    "family_heldout_6.jsonl",
    "family_heldout_7.jsonl",
    "family_heldout_8.jsonl",
    "family_heldout_9.jsonl",
    "family_heldout_10.jsonl",
    "family_heldout_11.jsonl",
    "family_heldout_12.jsonl",
    "family_heldout_13a.jsonl",
    "family_heldout_13b.jsonl",
    "family_heldout_14.jsonl",
    "family_heldout_15.jsonl",
    "family_heldout_16.jsonl",
    "family_heldout_17.jsonl",
];

#[expect(clippy::disallowed_methods, reason = "measuring needs a clock")]
fn now() -> Instant {
    Instant::now()
}

fn main() {
    let mut errors = false;
    let mut files: Vec<String> = Vec::new();
    let mut extra = String::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--errors" => errors = true,
            "--lexicon" => {
                let file = arguments.next().expect("--lexicon needs a file");
                extra = std::fs::read_to_string(file).expect("a file of words");
            }
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/");
        files = FILES.iter().map(|file| format!("{folder}{file}")).collect();
    }
    let started = now();
    let reader = Reader::with_extra(&extra).expect("good words");
    println!("loaded in {:?}", started.elapsed());
    let mut messages: Vec<score::Case> = Vec::new();
    for file in &files {
        let content = std::fs::read_to_string(file).expect("a file of cases");
        let mut cases = score::cases(&content);
        let score = score::score(&reader, &cases);
        let name = file.rsplit('/').next().unwrap_or(file);
        println!("\n{name}, {} messages", cases.len());
        if score.asserted.all > 0 {
            println!("  asserted fields {} of {}", score.asserted.right, score.asserted.all);
        }
        println!(
            "  signs of danger found {} of {} ({} more read as another), false alarms {} of {}",
            score.flags.right,
            score.flags.all,
            score.otherwise,
            score.alarms.right,
            score.alarms.all
        );
        let shares = [
            ("field", &score.by_field),
            ("language", &score.by_language),
            ("sign", &score.by_flag),
        ];
        for (title, shares) in shares {
            println!("  by {title}");
            for (name, share) in shares {
                println!(
                    "    {name:<26} {:>4} of {:<4} {:5.1} %",
                    share.right,
                    share.all,
                    share.percent()
                );
            }
        }
        let all = score.fields();
        println!("  all {} of {}, {:.1} %", all.right, all.all, all.percent());
        if errors {
            for line in &score.wrong {
                println!("{line}");
            }
        }
        messages.append(&mut cases);
    }
    let started = now();
    let rounds = 10;
    let mut worst = std::time::Duration::ZERO;
    for _ in 0..rounds {
        for case in &messages {
            let slices: Vec<&str> = case.texts.iter().map(String::as_str).collect();
            let one = now();
            std::hint::black_box(reader.family(&slices, &case.context));
            worst = worst.max(one.elapsed());
        }
    }
    let took = started.elapsed();
    let count = f64::from(u32::try_from(messages.len() * rounds).unwrap_or(1));
    println!(
        "\n{:.0} messages a second on one core; the slowest took {worst:?}",
        count / took.as_secs_f64()
    );
}
