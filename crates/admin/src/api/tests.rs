use std::collections::BTreeSet;

use serde_json::Value;

use super::{document, routes};

/// Words of a schema that the service judges by, or that only tell.
const KNOWN: [&str; 27] = [
    "$ref",
    "type",
    "enum",
    "const",
    "oneOf",
    "anyOf",
    "allOf",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minimum",
    "maximum",
    "description",
    "title",
    "default",
    "examples",
    "readOnly",
    "writeOnly",
    "deprecated",
    "$comment",
];

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            all.push((method.clone(), path.clone(), operation));
        }
    }
    all
}

#[test]
fn every_route_is_described_and_nothing_else_is() {
    let routes = routes();
    let (document, served) = (routes.document(), routes.all());
    let told: BTreeSet<_> =
        operations(&document).into_iter().map(|(method, path, _)| (method, path)).collect();
    let served: Vec<_> =
        served.map(|about| (about.method.to_owned(), about.path.to_owned())).collect();
    assert_eq!(told.len(), served.len(), "no route is added twice");
    assert_eq!(told, served.into_iter().collect());
    for (method, path, operation) in operations(&document) {
        let what = format!("{method} {path}");
        for part in ["summary", "description", "operationId"] {
            assert!(operation[part].as_str().is_some_and(|text| text.len() > 4), "{what}: {part}");
        }
        for parameter in operation["parameters"].as_array().expect("parameters") {
            let told = parameter["description"].as_str().unwrap_or_default();
            assert!(!told.is_empty(), "{what}: {parameter} is not described");
        }
        let named = path.matches('{').count();
        let in_path = operation["parameters"].as_array().into_iter().flatten();
        let in_path = in_path.filter(|parameter| parameter["in"] == "path").count();
        assert_eq!(named, in_path, "{what}: the names in the address");
    }
}

#[test]
fn every_field_is_described_and_every_word_of_a_schema_is_judged_by() {
    let document = document();
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        looked_through(name, schema);
    }
}

fn looked_through(at: &str, schema: &Value) {
    let Some(schema) = schema.as_object() else { return };
    for word in schema.keys() {
        assert!(KNOWN.contains(&word.as_str()), "{at}: nobody judges by {word}");
    }
    for (name, field) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
        let at = format!("{at}.{name}");
        let is_told = field["description"].as_str().is_some_and(|told| !told.is_empty());
        assert!(is_told || field.get("const").is_some(), "{at}: {field}");
        looked_through(&at, field);
    }
    for word in ["items", "additionalProperties"] {
        schema.get(word).into_iter().for_each(|schema| looked_through(at, schema));
    }
    for word in ["oneOf", "anyOf", "allOf"] {
        let all = schema.get(word).and_then(Value::as_array).into_iter().flatten();
        all.for_each(|schema| looked_through(at, schema));
    }
}

#[test]
fn what_is_sent_and_what_is_taken_under_one_name_is_the_same() {
    let document = routes().document();
    // A word that both use is described once; two things of one name would hide each other.
    let names = document["components"]["schemas"].as_object().expect("schemas");
    assert!(names.keys().all(|name| !name.ends_with('2')), "two things have one name: {names:?}");
    let (sent, taken) = routes().schemas();
    let both: Vec<_> = sent.keys().filter(|name| taken.contains_key(*name)).collect();
    assert!(both.len() > 3, "{both:?}");
    for name in both {
        assert_eq!(sent[name], taken[name], "{name} is two things");
    }
}
