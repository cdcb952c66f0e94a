//! What is other in a list than in the one before it.

use model::schemars::JsonSchema;
use serde::Serialize;

use super::{Card, Edition};

/// What became of one person between two editions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(crate = "model::schemars", rename = "EditionChange")]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// She is on it and was not.
    Added {
        /// Her name.
        name: String,
    },
    /// She was on it and is not.
    Removed {
        /// Her name.
        name: String,
    },
    /// Something of her card is other.
    Changed {
        /// Her name.
        name: String,
        /// What, by its name.
        fields: Vec<&'static str>,
    },
}

/// What changed from one edition to the next; nothing where there was none before.
#[must_use]
pub fn changes(before: Option<&Edition>, after: &Edition) -> Vec<Change> {
    let Some(before) = before else { return Vec::new() };
    let (old, new) = (&before.frozen.entries, &after.frozen.entries);
    let mut changes = Vec::new();
    for entry in new {
        let name = entry.card.name.clone();
        match old.iter().find(|known| known.member == entry.member) {
            None => changes.push(Change::Added { name }),
            Some(known) => {
                let fields = other(&known.card, &entry.card);
                if !fields.is_empty() {
                    changes.push(Change::Changed { name, fields });
                }
            }
        }
    }
    let gone = old.iter().filter(|known| !new.iter().any(|entry| entry.member == known.member));
    changes.extend(gone.map(|entry| Change::Removed { name: entry.card.name.clone() }));
    changes
}

fn other(before: &Card, after: &Card) -> Vec<&'static str> {
    [
        ("name", before.name != after.name),
        ("credentials", before.credentials != after.credentials),
        ("phone", before.phone != after.phone),
        ("booking link", before.booking_url != after.booking_url),
        ("areas", before.areas != after.areas),
        ("languages", before.languages != after.languages),
        ("payers", before.payers != after.payers),
        ("visits", before.visit_types != after.visit_types),
        ("standing", before.standing != after.standing),
        ("valid until", before.valid_until != after.valid_until),
    ]
    .into_iter()
    .filter_map(|(name, is_other)| is_other.then_some(name))
    .collect()
}
