//! A list on paper: one or two pages of a letter across for a usual one, told by screen readers, with a
//! square code that leads to the current list.

mod letters;
mod paper;

use self::paper::Sheet;
use super::{Card, Edition};

/// The columns and how wide each is beside the others.
const COLUMNS: [(&str, f32); 7] = [
    ("Name", 2.2),
    ("Phone", 1.2),
    ("Areas", 2.0),
    ("Languages", 1.1),
    ("Payers", 1.4),
    ("Visits", 1.0),
    ("On the list", 1.3),
];

/// A list as a PDF that meets PDF/UA-1, as far as a program can tell. `address` is that of the current
/// list. `None` where it cannot be drawn so.
#[must_use]
pub fn pdf(edition: &Edition, address: Option<&str>) -> Option<Vec<u8>> {
    let frozen = &edition.frozen;
    let mut lines = vec![
        format!("Outpatient lactation consultants, from {}", frozen.chapter),
        format!(
            "Edition {}, verified on {}. It is no endorsement: families choose for themselves.",
            edition.number,
            edition.as_of.strftime("%-d %b %Y")
        ),
    ];
    if let Some(number) = edition.corrects {
        lines.push(format!(
            "It corrects edition {number}: please throw printed copies of earlier editions away."
        ));
    }
    if address.is_some() {
        lines.push("The square code leads to the current list.".to_owned());
    }
    paper::draw(&Sheet {
        title: frozen.hospital_name.clone(),
        lines,
        columns: COLUMNS,
        foot: format!("{}, edition {}", frozen.hospital_name, edition.number),
        rows: frozen.entries.iter().map(|entry| cells(&entry.card)).collect(),
        link: address.map(|address| {
            (address.to_owned(), format!("Square code that leads to the current list: {address}"))
        }),
    })
}

fn cells(card: &Card) -> [String; 7] {
    let named = [std::slice::from_ref(&card.name), &card.credentials].concat();
    [
        named.join(", "),
        card.national().unwrap_or_default(),
        card.areas.join(", "),
        card.language_names().join(", "),
        card.payers.join(", "),
        card.visit_types.join(", "),
        card.until(),
    ]
}
