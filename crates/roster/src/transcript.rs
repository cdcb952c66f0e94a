//! What somebody reads off a paper, as she types it: what it is, what it says in the way of the files
//! (`cred=IBCLC; number=L-41207`), and its dates.

use serde_json::{Map, Value, json};

use crate::{Error, Result, cells};

/// What a paper says, as it would be typed.
#[must_use]
pub fn typed(content: &Value) -> String {
    let none = Value::Object(Map::new());
    cells::write(content.get("attrs").unwrap_or(&none))
}

/// What was typed, in the form of `docs/ELIGIBILITY.md`. A day that is empty is none.
///
/// # Errors
/// A [`Refusal`](crate::Refusal) that names the field.
pub fn transcribed(kind: &str, says: &str, issued: &str, expires: &str) -> Result<Value> {
    let attrs = cells::read(says.trim()).map_err(|why| Error::invalid("says", why))?;
    let mut content = json!({"type": kind.trim(), "attrs": cells::insured(attrs)});
    for (name, day) in [("issued", issued), ("expires", expires)] {
        if !day.trim().is_empty() {
            content[name] = json!(day.trim());
        }
    }
    Ok(content)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{transcribed, typed};

    #[test]
    fn what_is_typed_is_told_as_it_was_typed() {
        let says = "per_occurrence=1000000; aggregate=3000000; additional_insured=H4|H5";
        let content = transcribed("liability", says, " 2026-01-01", "").expect("it can be read");
        assert_eq!(
            content,
            json!({"type": "liability", "issued": "2026-01-01", "attrs": {
                "per_occurrence": 1_000_000, "aggregate": 3_000_000, "additional_insured": ["H4", "H5"],
            }})
        );
        assert_eq!(typed(&json!({"attrs": {"topic": "hipaa"}})), "topic=hipaa");
        assert_eq!(typed(&json!({"type": "unsorted"})), "");
        assert!(transcribed("training", "hipaa", "", "").is_err());
    }
}
