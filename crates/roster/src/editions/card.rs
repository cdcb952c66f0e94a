//! What stands on a card, in words for people.

use model::Phone;

use super::{Card, Standing};
use crate::{areas::with_boroughs, languages};

impl Card {
    /// Her number as people write it.
    #[must_use]
    pub fn national(&self) -> Option<String> {
        let written = self.phone.as_deref()?;
        Some(Phone::from_carrier(written).map_or_else(|_| written.to_owned(), |it| it.national()))
    }

    /// Where she sees families: her areas, and the boroughs in which they lie.
    #[must_use]
    pub fn served(&self) -> Vec<String> {
        with_boroughs(&self.areas)
    }

    /// What she speaks, by name.
    #[must_use]
    pub fn language_names(&self) -> Vec<String> {
        self.languages.iter().map(|code| languages::name(code)).collect()
    }

    /// How she stands and until when, such as `in grace, until 11 Dec 2026`.
    #[must_use]
    pub fn until(&self) -> String {
        let until = self.valid_until.map_or_else(
            || "no end named".to_owned(),
            |last| format!("until {}", last.strftime("%-d %b %Y")),
        );
        match self.standing {
            Standing::Eligible => until,
            Standing::InGrace => format!("in grace, {until}"),
            Standing::ByException => format!("by exception, {until}"),
        }
    }
}
