use std::collections::HashMap;

use jiff::civil::Date;
use regex::Regex;
use serde_json::{Map, Value};

use super::{Fault, Shape, judge::wrong};

/// Every pattern of a schema, made ready.
pub(super) fn patterns_in(schema: &Value, found: &mut HashMap<String, Regex>) {
    match schema {
        Value::Object(keywords) => {
            if let Some(pattern) = keywords.get("pattern").and_then(Value::as_str)
                && let Ok(regex) = Regex::new(pattern)
            {
                found.insert(pattern.to_owned(), regex);
            }
            keywords.values().for_each(|schema| patterns_in(schema, found));
        }
        Value::Array(schemas) => schemas.iter().for_each(|schema| patterns_in(schema, found)),
        _ => {}
    }
}

/// Judges a text: how long it is, what stands in it, whether it is a day, an instant or an id.
pub(super) fn judge(
    shape: &Shape,
    keywords: &Map<String, Value>,
    text: &str,
    at: &str,
) -> Result<(), Fault> {
    let bound = |name: &str| keywords.get(name).and_then(Value::as_u64);
    let long = text.chars().count() as u64;
    if bound("minLength").is_some_and(|least| long < least) {
        return wrong(at, if long == 0 { "must say something" } else { "is too short" });
    }
    if let Some(most) = bound("maxLength").filter(|most| long > *most) {
        return wrong(at, format!("must be at most {most} letters long"));
    }
    if let Some(pattern) = keywords.get("pattern").and_then(Value::as_str)
        && !shape.patterns.get(pattern).is_some_and(|regex| regex.is_match(text))
    {
        return wrong(at, "does not have the form that the document gives");
    }
    match keywords.get("format").and_then(Value::as_str) {
        Some("date") if !is_day(text) => wrong(at, "must be a day, as 2026-11-21"),
        Some("date-time") if !is_instant(text) => {
            wrong(at, "must be an instant, as 2026-11-21T15:00:00Z")
        }
        Some("uuid") if !is_uuid(text) => wrong(at, "must be an id"),
        _ => Ok(()),
    }
}

fn is_day(text: &str) -> bool {
    text.len() == "2026-11-21".len() && !text.starts_with('-') && text.parse::<Date>().is_ok()
}

fn is_instant(text: &str) -> bool {
    let has_form = text.as_bytes().get(10).is_some_and(|t| matches!(t, b'T' | b't'))
        && is_day(text.get(..10).unwrap_or_default());
    has_form && text.parse::<model::Timestamp>().is_ok()
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}
