//! What stands in a form's fields, and what they say of the settings.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::groups::{Given, Group, Kind};
use crate::api;

/// The least and the most that a number may be, as the API's document has it.
pub(super) struct Bounds {
    pub(super) least: Option<i64>,
    pub(super) most: Option<i64>,
}

impl Bounds {
    pub(super) fn of(given: &Given) -> Self {
        let [least, most] = match given.kind {
            Kind::Number(_) => api::bounds_of(given.key),
            _ => [None, None],
        };
        Self { least, most }
    }
}

/// What was typed, by the names of the fields.
pub(super) struct Typed(pub(super) HashMap<String, String>);

impl Typed {
    fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |text| text.trim())
    }

    /// The version of the chapter that the form showed.
    pub(super) fn version(&self) -> Option<String> {
        self.0.get("version").cloned()
    }

    /// What stands in a setting's fields.
    pub(super) fn texts(&self, given: &Given) -> (String, String) {
        match given.kind {
            Kind::Switch => (self.is_on(given.key).to_string(), String::new()),
            Kind::Hours => {
                let at = |end: &str| self.text(&format!("{}_{end}", given.key)).to_owned();
                (at("from"), at("to"))
            }
            _ => (self.text(given.key).to_owned(), String::new()),
        }
    }

    fn is_on(&self, name: &str) -> bool {
        !self.text(name).is_empty()
    }

    /// What the form of a group says of its settings.
    pub(super) fn settings(
        &self,
        group: &Group,
        languages: &[(&'static str, bool)],
    ) -> Map<String, Value> {
        let one = |given: &Given| (given.key.to_owned(), self.value(given, languages));
        group.fields.iter().map(one).collect()
    }

    fn value(&self, given: &Given, languages: &[(&'static str, bool)]) -> Value {
        let text = self.text(given.key);
        match given.kind {
            Kind::Switch => json!(self.is_on(given.key)),
            // What is no number stays a text, and is then found wrong.
            Kind::Number(_) => text.parse::<i64>().map_or_else(|_| json!(text), |many| json!(many)),
            Kind::Text | Kind::OneOf(_) | Kind::Policy => json!(text),
            Kind::Hours if self.is_on(&format!("{}_off", given.key)) => json!("off"),
            Kind::Hours => {
                let (from, to) = self.texts(given);
                json!(format!("{from}-{to}"))
            }
            Kind::Canned => self
                .canned()
                .into_iter()
                .map(|(name, text)| json!({"name": name, "text": text}))
                .collect(),
            Kind::Languages => self.accepted(languages),
        }
    }

    /// The texts at hand, row by row; a row without anything is none.
    pub(super) fn canned(&self) -> Vec<(String, String)> {
        let row = |at: usize| {
            let [name, text] =
                ["name", "text"].map(|part| self.text(&format!("canned_{part}_{at}")));
            (name.to_owned(), text.to_owned())
        };
        (0..super::texts::MOST_CANNED)
            .map(row)
            .filter(|(name, text)| !name.is_empty() || !text.is_empty())
            .collect()
    }

    /// The languages that are used though no native reader has read them: all, or each by its name.
    fn accepted(&self, languages: &[(&'static str, bool)]) -> Value {
        let unread = languages.iter().filter(|(_, is_read)| !is_read).map(|(lang, _)| *lang);
        let (chosen, left): (Vec<_>, Vec<_>) =
            unread.partition(|lang| self.is_on(&format!("lang_{lang}")));
        if left.is_empty() { json!(["*"]) } else { json!(chosen) }
    }
}

/// What stands in a setting's fields as it holds now.
pub(super) fn texts(given: &Given, value: &Value) -> (String, String) {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    match given.kind {
        Kind::Hours => match text.split_once('-') {
            Some((from, to)) => (from.to_owned(), to.to_owned()),
            None => (String::new(), String::new()),
        },
        _ => (text, String::new()),
    }
}
