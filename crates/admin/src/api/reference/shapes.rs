use serde_json::Value;

use super::{fields, list, text};

/// A field or a parameter.
pub(super) struct Row {
    pub(super) name: String,
    /// Where it stands, if it is a parameter.
    pub(super) place: String,
    pub(super) needed: bool,
    pub(super) kind: Kind,
    pub(super) told: String,
}

/// Of which kind a value is: words, and the shape they lead to.
#[derive(Default)]
pub(super) struct Kind {
    pub(super) before: String,
    pub(super) shape: String,
    pub(super) after: String,
}

/// A shape that others refer to.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) told: String,
    /// What it is, if it has no fields.
    pub(super) kind: Kind,
    /// Its fields; several groups where it is one of several kinds.
    pub(super) groups: Vec<Group>,
}

/// The fields of one kind.
pub(super) struct Group {
    pub(super) name: String,
    pub(super) rows: Vec<Row>,
}

/// A shape with its fields.
pub(super) fn named(name: &str, schema: &Value) -> Named {
    let choices: Vec<_> = list(&schema["oneOf"]).collect();
    let groups = if choices.is_empty() {
        let rows = rows(schema);
        if rows.is_empty() { Vec::new() } else { vec![Group { name: String::new(), rows }] }
    } else {
        choices.iter().map(|choice| Group { name: fixed(choice), rows: rows(choice) }).collect()
    };
    let kind = if groups.is_empty() { kind_of(schema) } else { Kind::default() };
    Named { name: name.to_owned(), told: text(&schema["description"]), kind, groups }
}

/// The word that tells one kind from the others.
fn fixed(choice: &Value) -> String {
    let fixed = fields(&choice["properties"]).find(|(_, field)| field.get("const").is_some());
    fixed.map(|(name, field)| format!("{name}: {}", text(&field["const"]))).unwrap_or_default()
}

fn rows(schema: &Value) -> Vec<Row> {
    let needed: Vec<_> = list(&schema["required"]).collect();
    let row = |(name, field): (&String, &Value)| Row {
        name: name.clone(),
        place: String::new(),
        needed: needed.iter().any(|needed| *needed == name),
        kind: kind_of(field),
        told: text(&field["description"]),
    };
    fields(&schema["properties"]).map(row).collect()
}

/// Of which kind a value is, in few words.
pub(super) fn kind_of(schema: &Value) -> Kind {
    if let Some(path) = schema["$ref"].as_str() {
        let shape = path.rsplit('/').next().unwrap_or_default().to_owned();
        return Kind { shape, ..Kind::default() };
    }
    if let Some([one, other]) = schema["anyOf"].as_array().map(Vec::as_slice)
        && other["type"] == "null"
    {
        let kind = kind_of(one);
        return Kind { after: format!("{} or null", kind.after), ..kind };
    }
    if schema["type"] == "array" {
        let kind = kind_of(&schema["items"]);
        return Kind { before: format!("list of {}", kind.before), ..kind };
    }
    Kind { before: words(schema), ..Kind::default() }
}

fn words(schema: &Value) -> String {
    if let Some(only) = schema["const"].as_str() {
        return only.to_owned();
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<_> = words.iter().filter_map(Value::as_str).collect();
        return words.join(" | ");
    }
    let kinds: Vec<_> = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect(),
    };
    let mut words = if kinds.is_empty() { "any".to_owned() } else { kinds.join(" or ") };
    for (bound, told) in [
        ("format", ""),
        ("minimum", "from "),
        ("maximum", "to "),
        ("maxLength", "at most "),
        ("maxItems", "at most "),
    ] {
        match &schema[bound] {
            Value::String(bound) => words.push_str(&format!(", {told}{bound}")),
            Value::Number(bound) => words.push_str(&format!(", {told}{bound}")),
            _ => {}
        }
    }
    words
}
