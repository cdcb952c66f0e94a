//! Things of several kinds, each with fields of its own beside those that all have.

use model::schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

/// A kind, and the field that it alone has.
pub(super) struct Kind {
    pub(super) name: &'static str,
    /// What its own field is called.
    pub(super) field: &'static str,
    pub(super) schema: Schema,
}

/// One of some kinds, told apart by the field `tag`. What all have are the fields of `Common`.
pub(super) fn union<Common: JsonSchema>(
    generator: &mut SchemaGenerator,
    tag: &str,
    kinds: Vec<Kind>,
) -> Schema {
    let common = Common::json_schema(generator).to_value();
    let one = |kind: Kind| {
        let mut one = common.clone();
        let mut required = one["required"].as_array().cloned().unwrap_or_default();
        required.push(json!(tag));
        let needs = kind.schema.get("required").and_then(Value::as_array);
        let is_list = kind.schema.get("type").is_some_and(|kind| kind == "array");
        if is_list || needs.is_some_and(|needs| !needs.is_empty()) {
            required.push(json!(kind.field));
        }
        one["type"] = json!("object");
        one["properties"][tag] = json!({"const": kind.name, "description": "Of which kind it is."});
        one["properties"][kind.field] = kind.schema.to_value();
        if one["properties"][kind.field].get("description").is_none() {
            one["properties"][kind.field]["description"] = json!("What this kind has.");
        }
        one["required"] = required.into();
        one["additionalProperties"] = json!(false);
        one
    };
    let all: Vec<_> = kinds.into_iter().map(one).collect();
    let mut schema = Schema::default();
    schema.insert("oneOf".to_owned(), Value::Array(all));
    schema
}
