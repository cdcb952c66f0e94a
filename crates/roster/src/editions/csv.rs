//! A list as a CSV file.

use super::{Card, Edition};
use crate::sheet;

/// The columns of a list, as a file and as a table.
const COLUMNS: [&str; 10] = [
    "name",
    "credentials",
    "phone",
    "booking_url",
    "areas",
    "languages",
    "payers",
    "visit_types",
    "standing",
    "valid_until",
];

/// The cells of one card, in the order of the columns.
#[must_use]
pub fn card_rows(card: &Card) -> [String; 10] {
    [
        card.name.clone(),
        card.credentials.join(";"),
        card.phone.clone().unwrap_or_default(),
        card.booking_url.clone().unwrap_or_default(),
        card.areas.join(";"),
        card.languages.join(";"),
        card.payers.join(";"),
        card.visit_types.join(";"),
        card.standing.as_str().to_owned(),
        card.valid_until.map_or_else(String::new, |day| day.to_string()),
    ]
}

/// A list as a CSV file that opens in a spreadsheet.
#[must_use]
pub fn csv(edition: &Edition) -> String {
    sheet::write(COLUMNS, edition.frozen.entries.iter().map(|entry| card_rows(&entry.card)))
}
