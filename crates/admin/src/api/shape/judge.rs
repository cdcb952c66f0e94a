use serde_json::{Map, Value};

use super::{Fault, Shape, text};

type Judged = Result<(), Fault>;

/// Judges a value by a schema, at a place of what was sent.
pub(super) fn judge(shape: &Shape, schema: &Value, value: &Value, at: &str) -> Judged {
    let Some(keywords) = schema.as_object() else {
        return if schema == &Value::Bool(false) { wrong(at, "must not be there") } else { Ok(()) };
    };
    if keywords.contains_key("$ref") {
        judge(shape, shape.resolved(schema), value, at)?;
    }
    kind(keywords, value, at)?;
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = keywords.get(choice).and_then(Value::as_array) {
            one_of(shape, choices, value, at)?;
        }
    }
    for schema in keywords.get("allOf").and_then(Value::as_array).into_iter().flatten() {
        judge(shape, schema, value, at)?;
    }
    match value {
        Value::String(text) => text::judge(shape, keywords, text, at),
        Value::Number(_) => number(keywords, value, at),
        Value::Array(items) => list(shape, keywords, items, at),
        Value::Object(fields) => object(shape, keywords, fields, at),
        Value::Null | Value::Bool(_) => Ok(()),
    }
}

pub(super) fn wrong(at: &str, problem: impl Into<String>) -> Judged {
    Err(Fault { field: at.to_owned(), problem: problem.into() })
}

fn kind(keywords: &Map<String, Value>, value: &Value, at: &str) -> Judged {
    if let Some(only) = keywords.get("const")
        && only != value
    {
        return wrong(at, format!("must be {only}"));
    }
    if let Some(words) = keywords.get("enum").and_then(Value::as_array)
        && !words.contains(value)
    {
        let words: Vec<_> = words.iter().filter_map(Value::as_str).collect();
        return wrong(at, format!("must be one of {}", words.join(", ")));
    }
    let kinds: Vec<&str> = match keywords.get("type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return Ok(()),
    };
    if kinds.iter().any(|kind| is(kind, value)) {
        return Ok(());
    }
    let kinds: Vec<_> = kinds.iter().map(|kind| called(kind)).collect();
    wrong(at, format!("must be {}", kinds.join(" or ")))
}

fn is(kind: &str, value: &Value) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}

fn called(kind: &str) -> &'static str {
    match kind {
        "null" => "null",
        "boolean" => "true or false",
        "integer" => "a whole number",
        "number" => "a number",
        "string" => "a text",
        "array" => "a list",
        _ => "an object",
    }
}

/// One of the choices fits. Where none does, the one that was meant tells what is wrong: the one
/// whose fixed words are there, or the only one that is not `null`.
fn one_of(shape: &Shape, choices: &[Value], value: &Value, at: &str) -> Judged {
    let mut meant = None;
    for choice in choices {
        let Err(fault) = judge(shape, choice, value, at) else { return Ok(()) };
        if is_meant(shape.resolved(choice), value) {
            meant = Some(fault);
        }
    }
    match (meant, choices) {
        (Some(fault), _) => Err(fault),
        (None, [only, null]) if null["type"] == "null" => judge(shape, only, value, at),
        _ => {
            let words: Vec<_> = choices.iter().filter_map(|choice| fixed(shape, choice)).collect();
            match words.first() {
                Some((field, _)) if value.is_object() => {
                    let words: Vec<_> = words.iter().map(|(_, word)| *word).collect();
                    wrong(&below(at, field), format!("must be one of {}", words.join(", ")))
                }
                _ => wrong(at, "is none of what may stand there"),
            }
        }
    }
}

/// The first field of a choice that has one fixed word.
fn fixed<'s>(shape: &'s Shape, choice: &'s Value) -> Option<(&'s str, &'s str)> {
    let fields = shape.resolved(choice)["properties"].as_object()?;
    fields.iter().find_map(|(name, schema)| Some((name.as_str(), schema["const"].as_str()?)))
}

fn is_meant(choice: &Value, value: &Value) -> bool {
    let Some(fields) = choice["properties"].as_object() else { return false };
    let mut fixed = fields.iter().filter(|(_, schema)| schema.get("const").is_some()).peekable();
    fixed.peek().is_some() && fixed.all(|(name, schema)| value.get(name) == schema.get("const"))
}

fn number(keywords: &Map<String, Value>, value: &Value, at: &str) -> Judged {
    let bound = |name: &str| keywords.get(name).and_then(Value::as_f64);
    let number = value.as_f64().unwrap_or(f64::NAN);
    if bound("minimum").is_some_and(|least| number < least)
        || bound("maximum").is_some_and(|most| number > most)
    {
        let (least, most) = (keywords.get("minimum"), keywords.get("maximum"));
        return wrong(
            at,
            match (least, most) {
                (Some(least), Some(most)) => format!("must be a number from {least} to {most}"),
                (Some(least), None) => format!("must be at least {least}"),
                (None, most) => format!("must be at most {}", most.unwrap_or(&Value::Null)),
            },
        );
    }
    Ok(())
}

fn list(shape: &Shape, keywords: &Map<String, Value>, items: &[Value], at: &str) -> Judged {
    let bound = |name: &str| keywords.get(name).and_then(Value::as_u64);
    let many = items.len() as u64;
    if bound("minItems").is_some_and(|least| many < least) {
        return wrong(at, "must not be empty");
    }
    if let Some(most) = bound("maxItems").filter(|most| many > *most) {
        return wrong(at, format!("must hold at most {most}"));
    }
    if let Some(schema) = keywords.get("items") {
        for (nth, item) in items.iter().enumerate() {
            judge(shape, schema, item, &format!("{at}[{nth}]"))?;
        }
    }
    Ok(())
}

fn object(
    shape: &Shape,
    keywords: &Map<String, Value>,
    fields: &Map<String, Value>,
    at: &str,
) -> Judged {
    let known = keywords.get("properties").and_then(Value::as_object);
    for name in keywords.get("required").and_then(Value::as_array).into_iter().flatten() {
        let name = name.as_str().unwrap_or_default();
        if !fields.contains_key(name) {
            return wrong(&below(at, name), "is missing");
        }
    }
    for (name, value) in fields {
        match (known.and_then(|known| known.get(name)), keywords.get("additionalProperties")) {
            (Some(schema), _) => judge(shape, schema, value, &below(at, name))?,
            (None, Some(Value::Bool(false))) => {
                let names: Vec<_> = known.into_iter().flatten().map(|(name, _)| &**name).collect();
                let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
                return wrong(at, format!("holds a field that is not known; known are {names}"));
            }
            (None, Some(schema)) => judge(shape, schema, value, &below(at, "*"))?,
            (None, None) => {}
        }
    }
    Ok(())
}

fn below(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}
