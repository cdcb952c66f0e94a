//! Compares readings with what a person expects of a message, field by field.

use std::collections::BTreeMap;

use model::reading::FamilyContext;
use reading::Reader;
use serde_json::Value;

/// How many are right, of how many.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Share {
    /// Right.
    pub(crate) right: u32,
    /// Of.
    pub(crate) all: u32,
}

impl Share {
    /// In percent; 100 of nothing.
    pub(crate) fn percent(self) -> f64 {
        if self.all == 0 { 100.0 } else { f64::from(self.right) * 100.0 / f64::from(self.all) }
    }

    fn count(&mut self, right: bool) {
        self.right += u32::from(right);
        self.all += 1;
    }
}

/// What a file of messages came to.
#[derive(Debug, Default)]
pub(crate) struct Score {
    /// Fields that the case says must be right.
    pub(crate) asserted: Share,
    /// All fields that are told, by name.
    pub(crate) by_field: BTreeMap<String, Share>,
    /// The same, by language.
    pub(crate) by_language: BTreeMap<String, Share>,
    /// Signs of danger found, of those that are there.
    pub(crate) flags: Share,
    /// The same, by sign.
    pub(crate) by_flag: BTreeMap<String, Share>,
    /// Of the signs that were not found by their name, those of messages in which another one was.
    pub(crate) otherwise: u32,
    /// Messages with no sign of danger in which one was found all the same: `right` is false alarms.
    pub(crate) alarms: Share,
    /// What was wrong, one line each; a line that begins with `MUST` is an asserted field.
    pub(crate) wrong: Vec<String>,
}

impl Score {
    /// All fields together.
    pub(crate) fn fields(&self) -> Share {
        self.by_field.values().fold(Share::default(), |sum, share| Share {
            right: sum.right + share.right,
            all: sum.all + share.all,
        })
    }
}

/// One message with what is expected of it.
pub(crate) struct Case {
    /// Its name.
    pub(crate) id: String,
    /// Its language.
    pub(crate) language: String,
    /// Its texts.
    pub(crate) texts: Vec<String>,
    /// Its thread.
    pub(crate) context: FamilyContext,
    /// What a person reads in it.
    pub(crate) expected: Value,
}

/// The cases of a file of one JSON object a line.
pub(crate) fn cases(content: &str) -> Vec<Case> {
    content
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let case: Value = serde_json::from_str(line).expect("a case");
            let mut context: FamilyContext =
                serde_json::from_value(case["context"].clone()).unwrap_or_default();
            if context.received_at.is_empty() {
                context.received_at = "2026-11-20T10:15:00-05:00".to_owned();
            }
            let one = || case["text"].as_str().map(|text| vec![text.to_owned()]);
            Case {
                id: case["id"].as_str().unwrap_or_default().to_owned(),
                language: case["lang"].as_str().unwrap_or("und").to_owned(),
                texts: serde_json::from_value(case["texts"].clone())
                    .ok()
                    .or_else(one)
                    .expect("the texts"),
                context,
                expected: case["expected"].clone(),
            }
        })
        .collect()
}

/// Reads every case and counts what is right.
pub(crate) fn score(reader: &Reader, cases: &[Case]) -> Score {
    let mut out = Score::default();
    for case in cases {
        let slices: Vec<&str> = case.texts.iter().map(String::as_str).collect();
        let reading = reader.family(&slices, &case.context);
        let read = serde_json::to_value(&reading).expect("a reading");
        let expected = &case.expected;
        let asserted = expected["must"].as_array().into_iter().flatten().filter_map(Value::as_str);
        // What we answer and tell the members is the dispatch's to test.
        for path in asserted.filter(|path| {
            let told = ["reply", "broadcast", "admin_alert", "redact", "media_policy", "outcome"];
            !told.contains(path)
        }) {
            let right = agrees(at(expected, path), at(&read, path));
            out.asserted.count(right);
            if !right {
                let (read, expected) = (at(&read, path), at(expected, path));
                out.wrong.push(format!("MUST {} {path}: {read} for {expected}", case.id));
            }
        }
        if let Some(wanted) = expected["red_flags"].as_array() {
            let got = told(&read["red_flags"], expected);
            for flag in wanted {
                let found = got.iter().any(|other| other["code"] == flag["code"]);
                out.flags.count(found);
                let code = flag["code"].as_str().unwrap_or_default().to_owned();
                out.by_flag.entry(code).or_default().count(found);
                if !found {
                    out.otherwise += u32::from(read["red_flags"] != Value::Array(Vec::new()));
                    out.wrong
                        .push(format!("FLAG {} {:?}: no {}", case.id, case.texts, flag["code"]));
                }
            }
            if wanted.is_empty() {
                out.alarms.count(!got.is_empty());
                if let Some(flag) = got.first() {
                    let line = format!("ALARM {} {:?}: {}", case.id, case.texts, flag["code"]);
                    out.wrong.push(line);
                }
            }
        }
        for (name, value) in fields(expected) {
            let right = if name == "red_flags" {
                agrees(&value, &Value::Array(told(&read["red_flags"], expected)))
            } else {
                agrees(&value, at(&read, &name))
            };
            out.by_field.entry(name.clone()).or_default().count(right);
            out.by_language.entry(case.language.clone()).or_default().count(right);
            if !right {
                let read = at(&read, &name);
                out.wrong
                    .push(format!("{} {:?}\n    {name}: {read} for {value}", case.id, case.texts));
            }
        }
    }
    out
}

/// The signs that were read, but for those that a case leaves open: neither missed nor a false alarm.
fn told(read: &Value, expected: &Value) -> Vec<Value> {
    let open = expected["also_ok"].as_array();
    let is_open = |flag: &&Value| open.is_some_and(|open| open.contains(&flag["code"]));
    let read = read.as_array().into_iter().flatten();
    read.filter(|flag| !is_open(flag)).cloned().collect()
}

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
