//! Measures the reading of families' messages: right fields by name and by language, and messages
//! a second. `cargo run --release -p reading --example measure [-- --errors] [FILE ...]`

use std::{collections::BTreeMap, time::Instant};

use model::reading::FamilyContext;
use reading::Reader;
use serde_json::Value;

/// Compares what is expected of a field with what was read; only what is told is compared.
fn agrees(expected: &Value, read: &Value) -> bool {
    match (expected, read) {
        (Value::Object(expected), Value::Object(read)) => {
            expected.iter().all(|(key, value)| agrees(value, read.get(key).unwrap_or(&Value::Null)))
        }
        (Value::Array(expected), Value::Array(read)) => {
            expected.len() == read.len() && expected.iter().zip(read).all(|(a, b)| agrees(a, b))
        }
        _ => expected == read,
    }
}

/// The fields of an expected reading, one level into `extract`.
fn fields(expected: &Value) -> Vec<(String, Value)> {
    let mut out = Vec::new();
    for name in ["kind", "route", "urgency", "red_flags", "missing", "lang", "answer"] {
        if let Some(value) = expected.get(name) {
            out.push((name.to_owned(), value.clone()));
        }
    }
    for (name, value) in expected.get("extract").and_then(Value::as_object).into_iter().flatten() {
        out.push((format!("extract.{name}"), value.clone()));
    }
    out
}

fn at<'v>(read: &'v Value, path: &str) -> &'v Value {
    path.split('.').fold(read, |value, key| value.get(key).unwrap_or(&Value::Null))
}

#[expect(clippy::disallowed_methods, reason = "measuring needs a clock")]
fn now() -> Instant {
    Instant::now()
}

fn main() {
    let mut errors = false;
    let mut files: Vec<String> = Vec::new();
    for argument in std::env::args().skip(1) {
        if argument == "--errors" { errors = true } else { files.push(argument) }
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/");
    if files.is_empty() {
        files =
            vec![format!("{folder}family_messages.jsonl"), format!("{folder}family_heldout.jsonl")];
    }
    let started = now();
    let reader = Reader::new();
    println!("loaded in {:?}", started.elapsed());
    let mut messages: Vec<(Vec<String>, FamilyContext)> = Vec::new();
    for file in &files {
        let content = std::fs::read_to_string(file).expect("a file of cases");
        let mut by_field: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        let mut by_language: BTreeMap<String, (u32, u32)> = BTreeMap::new();
        let (mut must, mut must_right) = (0, 0);
        let (mut flags, mut flags_found, mut false_flags, mut plain) = (0, 0, 0, 0);
        for line in content.lines() {
            let case: Value = serde_json::from_str(line).expect("a case");
            let texts: Vec<String> =
                serde_json::from_value(case["texts"].clone()).expect("the texts");
            let mut context: FamilyContext =
                serde_json::from_value(case["context"].clone()).unwrap_or_default();
            if context.received_at.is_empty() {
                context.received_at = "2026-11-20T10:15:00-05:00".to_owned();
            }
            let slices: Vec<&str> = texts.iter().map(String::as_str).collect();
            let reading = reader.family(&slices, &context);
            let read = serde_json::to_value(&reading).expect("a reading");
            let expected = &case["expected"];
            let asserted: Vec<&str> = expected["must"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            for path in asserted.iter().filter(|path| {
                !matches!(
                    **path,
                    "reply" | "broadcast" | "admin_alert" | "redact" | "media_policy" | "outcome"
                )
            }) {
                must += 1;
                if agrees(at(expected, path), at(&read, path)) {
                    must_right += 1;
                } else {
                    println!(
                        "MUST {} {path}: {} for {}",
                        case["id"],
                        at(&read, path),
                        at(expected, path)
                    );
                }
            }
            let wanted: Vec<&Value> =
                expected["red_flags"].as_array().into_iter().flatten().collect();
            let got: Vec<Value> = read["red_flags"].as_array().cloned().unwrap_or_default();
            flags += wanted.len();
            flags_found += wanted
                .iter()
                .filter(|flag| got.iter().any(|other| other["code"] == flag["code"]))
                .count();
            if wanted.is_empty() {
                plain += 1;
                false_flags += usize::from(!got.is_empty());
            }
            let language = case["lang"].as_str().unwrap_or("und").to_owned();
            for (name, value) in fields(expected) {
                let right = agrees(&value, at(&read, &name));
                for counts in [
                    by_field.entry(name.clone()).or_default(),
                    by_language.entry(language.clone()).or_default(),
                ] {
                    counts.0 += u32::from(right);
                    counts.1 += 1;
                }
                if errors && !right {
                    println!(
                        "{} {:?}\n    {name}: {} for {}",
                        case["id"],
                        texts,
                        at(&read, &name),
                        value
                    );
                }
            }
            messages.push((texts, context));
        }
        println!("\n{file}");
        if must > 0 {
            println!("  asserted fields {must_right} of {must}");
        }
        println!("  flags found {flags_found} of {flags}, false alarms {false_flags} of {plain}");
        for (title, counts) in [("field", &by_field), ("language", &by_language)] {
            println!("  by {title}");
            for (name, (right, all)) in counts {
                println!(
                    "    {name:<26} {right:>4} of {all:<4} {:5.1} %",
                    f64::from(*right) * 100.0 / f64::from(*all)
                );
            }
        }
        let (right, all) =
            by_field.values().fold((0, 0), |sum, (right, all)| (sum.0 + right, sum.1 + all));
        println!("  all {right} of {all}, {:.1} %", f64::from(right) * 100.0 / f64::from(all));
    }
    let started = now();
    let rounds = 20;
    let mut worst = std::time::Duration::ZERO;
    for _ in 0..rounds {
        for (texts, context) in &messages {
            let slices: Vec<&str> = texts.iter().map(String::as_str).collect();
            let one = now();
            std::hint::black_box(reader.family(&slices, context));
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
