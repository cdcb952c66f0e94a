//! Whether what was sent is as the document says. The document and the service judge by the same
//! schema, which is made from the type that the handler is given: they cannot differ.

mod judge;
mod text;

use std::{
    any::TypeId,
    collections::HashMap,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use model::schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use regex::Regex;
use serde_json::{Map, Value};

/// Where the document keeps the schemas that others refer to.
pub(crate) const SCHEMAS: &str = "/components/schemas";

/// What is wrong with a value, without what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    /// Where: `rules[0].kind`; empty for the whole.
    pub(crate) field: String,
    /// What, as the end of a sentence that begins with "It".
    pub(crate) problem: String,
}

/// The schema of a type, ready to judge values.
#[derive(Debug)]
pub(crate) struct Shape {
    root: Value,
    named: Map<String, Value>,
    patterns: HashMap<String, Regex>,
}

/// Schemas as OpenAPI 3.1 has them, of what is taken.
pub(crate) fn of_what_is_taken() -> SchemaGenerator {
    settings().for_deserialize().into_generator()
}

/// Schemas as OpenAPI 3.1 has them, of what is sent.
pub(crate) fn of_what_is_sent() -> SchemaGenerator {
    settings().for_serialize().into_generator()
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = SCHEMAS.into();
        settings.meta_schema = None;
    })
}

static KNOWN: LazyLock<RwLock<HashMap<TypeId, Arc<Shape>>>> = LazyLock::new(RwLock::default);

impl Shape {
    /// The shape of a type: made once, then remembered.
    pub(crate) fn of<T: JsonSchema + 'static>() -> Arc<Self> {
        let id = TypeId::of::<T>();
        if let Some(known) = KNOWN.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return known.clone();
        }
        let shape = Arc::new(Self::new::<T>());
        let mut all = KNOWN.write().unwrap_or_else(PoisonError::into_inner);
        all.entry(id).or_insert(shape).clone()
    }

    fn new<T: JsonSchema>() -> Self {
        let mut generator = of_what_is_taken();
        let root = generator.subschema_for::<T>().to_value();
        let named = generator.take_definitions(true);
        let mut patterns = HashMap::new();
        for schema in named.values().chain([&root]) {
            text::patterns_in(schema, &mut patterns);
        }
        Self { root, named, patterns }
    }

    /// The schemas of its fields by name, in alphabetical order.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&String, &Value)> {
        let fields = self.resolved(&self.root)["properties"].as_object();
        fields.into_iter().flatten()
    }

    /// A field's schema as an address has it: nothing is `null` there, and nothing stands elsewhere.
    pub(crate) fn of_address(&self, field: &Value) -> Value {
        let of = |schema: &Value| self.resolved(schema).clone();
        let choices = field["anyOf"].as_array();
        let only = choices.and_then(|all| all.iter().find(|choice| choice["type"] != "null"));
        let mut schema = of(only.unwrap_or(field));
        if let Some(kinds) = schema["type"].as_array() {
            schema["type"] = kinds.iter().find(|kind| *kind != "null").cloned().unwrap_or_default();
        }
        if let Some(words) = schema.get_mut("enum").and_then(Value::as_array_mut) {
            words.retain(|word| !word.is_null());
        }
        if let Some(told) = field.get("description") {
            schema["description"] = told.clone();
        }
        schema
    }

    /// Whether an empty object will do.
    pub(crate) fn is_met_by_nothing(&self) -> bool {
        self.judge(&Value::Object(Map::new())).is_ok()
    }

    /// Whether a field must be given.
    pub(crate) fn needs(&self, field: &str) -> bool {
        let needed = self.resolved(&self.root)["required"].as_array();
        needed.is_some_and(|needed| needed.iter().any(|name| name == field))
    }

    /// A field's value from its text in an address: as the number or the truth value that is wanted.
    /// What cannot be read so stays a text, and is then found wrong.
    pub(crate) fn value_of(&self, field: &str, text: &str) -> Option<Value> {
        let (_, schema) = self.fields().find(|(name, _)| *name == field)?;
        let schema = self.of_address(schema);
        let is = |kind: &str| schema["type"] == kind;
        let number = || text.parse::<i64>().ok().filter(|number| number.to_string() == text);
        Some(match text {
            "true" if is("boolean") => Value::Bool(true),
            "false" if is("boolean") => Value::Bool(false),
            _ if is("integer") => number().map_or_else(|| text.into(), Value::from),
            _ => text.into(),
        })
    }

    /// Judges a value; the first thing that is wrong with it is told.
    pub(crate) fn judge(&self, value: &Value) -> Result<(), Fault> {
        judge::judge(self, &self.root, value, "")
    }

    fn resolved<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let name = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next());
        name.and_then(|name| self.named.get(name)).map_or(schema, |found| self.resolved(found))
    }
}

/// Numbers without a fraction as whole ones: `1.0` is a whole number in JSON.
pub(crate) fn whole_numbers(value: Value) -> Value {
    match value {
        Value::Number(number) => match number.as_f64() {
            Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 9e15 => {
                format!("{float:.0}").parse::<i64>().map_or(Value::Number(number), Value::from)
            }
            _ => Value::Number(number),
        },
        Value::Array(items) => items.into_iter().map(whole_numbers).collect(),
        Value::Object(fields) => {
            fields.into_iter().map(|(name, value)| (name, whole_numbers(value))).collect()
        }
        value => value,
    }
}

#[cfg(test)]
mod tests;
