//! Named values in one cell of a file, as people type them: `topic=hipaa; max_age_months=12`, a list
//! with `|` between. What does not fit that stands there as JSON.

use serde_json::{Map, Value};

const LISTS: [&str; 4] = ["any_of", "lists", "roles", "disallow"];
const NUMBERS: [&str; 10] = [
    "max_age_months",
    "max_age_days",
    "min_occurrence",
    "min_aggregate",
    "min_years",
    "within_hours",
    "count",
    "event_within_months",
    "per_occurrence",
    "aggregate",
];
const TRUTHS: [&str; 3] = ["or_sliding_scale", "weekend", "declination"];

/// Reads a cell.
///
/// # Errors
/// What is wrong with it, without what stands there.
pub(crate) fn read(cell: &str) -> Result<Value, String> {
    if cell.starts_with('{') {
        return serde_json::from_str(cell).map_err(|_| "is not JSON".to_owned());
    }
    let mut values = Map::new();
    for part in cell.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) =
            part.split_once('=').ok_or("must be written as name=value; name=value")?;
        let (name, value) = (name.trim(), value.trim());
        let value = if LISTS.contains(&name) {
            value.split('|').map(str::trim).filter(|item| !item.is_empty()).collect::<Value>()
        } else if NUMBERS.contains(&name) {
            let digits = value.replace([',', '_'], "");
            Value::from(digits.parse::<u64>().map_err(|_| format!("{name} must be a number"))?)
        } else if TRUTHS.contains(&name) {
            Value::from(truth(value).ok_or_else(|| format!("{name} must be yes or no"))?)
        } else {
            Value::from(value)
        };
        if values.insert(name.to_owned(), value).is_some() {
            return Err(format!("{name} is given twice"));
        }
    }
    Ok(Value::Object(values))
}

/// The one attribute of evidence that is a list stands with `|` between in a cell.
pub(crate) fn insured(mut attrs: Value) -> Value {
    if let Some(insured) = attrs.get_mut("additional_insured").filter(|told| told.is_string()) {
        *insured = insured.as_str().unwrap_or_default().split('|').map(str::trim).collect();
    }
    attrs
}

/// Reads yes or no.
pub(crate) fn truth(cell: &str) -> Option<bool> {
    match cell.to_lowercase().as_str() {
        "yes" | "true" | "1" | "y" => Some(true),
        "no" | "false" | "0" | "n" => Some(false),
        _ => None,
    }
}

/// Writes a cell that [`read`] reads back as it was.
pub(crate) fn write(values: &Value) -> String {
    let plain = values.as_object().map(|values| {
        values.iter().map(|(name, value)| Some(format!("{name}={}", written(name, value)?)))
    });
    let plain = plain.and_then(Iterator::collect::<Option<Vec<_>>>);
    plain.map_or_else(|| values.to_string(), |parts| parts.join("; "))
}

fn written(name: &str, value: &Value) -> Option<String> {
    let text = |value: &Value| {
        let text = value.as_str()?;
        (!text.contains([';', '|', '=']) && text.trim() == text).then(|| text.to_owned())
    };
    match value {
        Value::Array(items) if LISTS.contains(&name) => {
            items.iter().map(text).collect::<Option<Vec<_>>>().map(|items| items.join("|"))
        }
        Value::Number(number) if NUMBERS.contains(&name) => Some(number.to_string()),
        Value::Bool(truth) if TRUTHS.contains(&name) => {
            Some(if *truth { "yes" } else { "no" }.to_owned())
        }
        Value::String(_) if !NUMBERS.contains(&name) => text(value),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_written_is_read_back_as_it_was() {
        for values in [
            json!({}),
            json!({"topic": "hipaa", "max_age_months": 12}),
            json!({"any_of": ["IBCLC", "CLC"], "or_sliding_scale": true}),
            json!({"items": [{"code": "mmr"}, {"code": "flu", "season": "2026-27"}]}),
            json!({"version": "3", "doc": "listing_agreement:H1"}),
            json!({"doc": "a;b"}),
            json!({"additional_insured": ["H4", "H5"]}),
        ] {
            assert_eq!(read(&write(&values)), Ok(values));
        }
        assert_eq!(read("min_occurrence=1,000,000"), Ok(json!({"min_occurrence": 1_000_000})));
        for wrong in ["hipaa", "max_age_months=a year", "a=1; a=2", "weekend=perhaps", "{"] {
            let said = read(wrong).expect_err(wrong);
            assert!(!said.contains("a year") && !said.contains("perhaps"), "{said}");
        }
    }
}
