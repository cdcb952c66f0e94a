use model::{
    MemberStatus,
    schemars::{self, JsonSchema},
    shapes::Line,
};
use serde_json::{Value, json};

use super::{Shape, whole_numbers};

#[derive(JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it is described and never made")]
struct Sample {
    #[schemars(with = "Line<5>")]
    name: String,
    #[schemars(range(min = 1, max = 9))]
    many: Option<i64>,
    status: Option<MemberStatus>,
    on: Option<jiff::civil::Date>,
    parts: Vec<Part>,
}

#[derive(JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[expect(dead_code, reason = "it is described and never made")]
enum Part {
    Small { size: bool },
    Large { weight: i64 },
}

fn fault(value: &Value) -> (String, String) {
    let fault = Shape::of::<Sample>().judge(value).expect_err("it is wrong");
    (fault.field, fault.problem)
}

#[test]
fn what_is_as_described_passes() {
    let whole = json!({
        "name": "Ana", "many": 3, "status": "active", "on": "2026-11-21",
        "parts": [{"kind": "small", "size": true}, {"kind": "large", "weight": -1}],
    });
    for value in [whole, json!({"name": "A", "many": null, "parts": []})] {
        assert_eq!(Shape::of::<Sample>().judge(&value), Ok(()));
    }
    let float = whole_numbers(json!({"name": "A", "many": 2.0, "parts": []}));
    assert_eq!(Shape::of::<Sample>().judge(&float), Ok(()));
}

#[test]
fn what_is_not_is_named_and_never_repeated() {
    for (value, field, problem) in [
        (json!([]), "", "an object"),
        (json!({"parts": []}), "name", "missing"),
        (json!({"name": " ", "parts": []}), "name", "form"),
        (json!({"name": "", "parts": []}), "name", "say something"),
        (json!({"name": "zyxwvu", "parts": []}), "name", "at most 5"),
        (json!({"name": "z\u{0}", "parts": []}), "name", "form"),
        (json!({"name": 7, "parts": []}), "name", "a text"),
        (json!({"name": "A", "many": 10, "parts": []}), "many", "from 1 to 9"),
        (json!({"name": "A", "many": 1.5, "parts": []}), "many", "whole number or null"),
        (json!({"name": "A", "status": "zyxwv", "parts": []}), "status", "one of applied"),
        (json!({"name": "A", "on": "2026-02-30", "parts": []}), "on", "a day"),
        (json!({"name": "A", "on": "-026-02-01", "parts": []}), "on", "a day"),
        (json!({"name": "A", "zyxwv": 1, "parts": []}), "", "known are many, name"),
        (json!({"name": "A", "parts": [{"kind": "zyxwv"}]}), "parts[0].kind", "small, large"),
        (json!({"name": "A", "parts": [{"kind": "small"}]}), "parts[0].size", "missing"),
        (
            json!({"name": "A", "parts": [{"kind": "large", "weight": 1, "zyxwv": 2}]}),
            "parts[0]",
            "not known",
        ),
    ] {
        let (at, told) = fault(&value);
        assert_eq!(at, field, "{told}");
        assert!(told.contains(problem), "{told}");
        assert!(!told.contains("zyxwv"), "{told}");
    }
}

#[test]
fn a_text_in_an_address_becomes_what_is_wanted() {
    let shape = Shape::of::<Sample>();
    assert_eq!(shape.value_of("many", "7"), Some(json!(7)));
    for text in ["07", "7.0", "+7", "seven", ""] {
        assert_eq!(shape.value_of("many", text), Some(json!(text)), "then it is found wrong");
    }
    assert_eq!(shape.value_of("name", "7"), Some(json!("7")));
    assert_eq!(shape.value_of("zyxwv", "7"), None);
}
