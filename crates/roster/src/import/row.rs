//! Reading a roster's rows: what each says of a member, and what it does not speak of.

use std::collections::HashMap;

use model::{EmailAddress, MemberStatus, PersonName, Phone};

use crate::{
    areas, languages,
    sheet::{self, Bad, Line, list},
};

/// The columns a file may have; those marked must be there.
pub(crate) const COLUMNS: [(&str, bool); 12] = [
    ("name", true),
    ("phone", true),
    ("email", false),
    ("status", false),
    ("credentials", false),
    ("areas", false),
    ("languages", false),
    ("payers", false),
    ("visit_types", false),
    ("night_owl", false),
    ("booking_url", false),
    ("note", false),
];

/// How members see families, by our words.
pub const VISIT_TYPES: [&str; 6] = ["home", "office", "virtual", "hospital", "group", "phone"];

/// A good row. What is `None` the file has no column for: of a member who is known it stays as it is.
#[derive(Debug, Clone)]
pub struct Row {
    /// The line of the file.
    pub line: u64,
    /// Her name.
    pub name: PersonName,
    /// Her number.
    pub phone: Phone,
    /// Her e-mail address, or that she has none.
    pub email: Option<Option<EmailAddress>>,
    /// Her standing. `None` where the cell is empty as well: nobody is reinstated by silence.
    pub status: Option<MemberStatus>,
    /// Credentials as shown on the card.
    pub credentials: Option<Vec<String>>,
    /// Where she works.
    pub areas: Option<Vec<String>>,
    /// What she speaks, by code.
    pub languages: Option<Vec<String>>,
    /// Whom she bills.
    pub payers: Option<Vec<String>>,
    /// How she sees families.
    pub visit_types: Option<Vec<String>>,
    /// Whether she wants to be asked at night.
    pub night_owl: Option<bool>,
    /// Where families book, or that there is no such place.
    pub booking_url: Option<Option<String>>,
    /// The chapter's note.
    pub note: Option<String>,
}

/// Reads a file: its good rows and everything that is bad.
#[must_use]
pub fn parse(bytes: &[u8]) -> (Vec<Row>, Vec<Bad>) {
    let (lines, mut bad) = sheet::read(bytes, &COLUMNS);
    let (mut rows, mut seen) = (Vec::new(), HashMap::new());
    for line in lines {
        match row(&line) {
            Ok(row) => {
                if let Some(first) = seen.insert(row.phone.clone(), row.line) {
                    bad.push(line.bad("phone", format!("the same number stands on line {first}")));
                } else {
                    rows.push(row);
                }
            }
            Err(cells) => bad.extend(cells),
        }
    }
    bad.sort_by_key(|bad| bad.line);
    (rows, bad)
}

fn row(line: &Line) -> Result<Row, Vec<Bad>> {
    let cell = |column: &str| line.cell(column);
    let told = |column: &str| line.has(column).then(|| line.cell(column));
    let mut bad = Vec::new();
    let mut refuse = |column: &str, why: &str| bad.push(line.bad(column, why));
    let name = cell("name");
    if name.is_empty() {
        refuse("name", "a member needs a name");
    }
    let phone = Phone::parse(cell("phone"));
    if phone.is_err() {
        refuse("phone", "not a phone number (write it as +1 and ten digits)");
    }
    let email = cell("email");
    if !email.is_empty() && !is_address(email) {
        refuse("email", "not an e-mail address");
    }
    let status = line.told("status").map(|word| word.to_lowercase().parse::<MemberStatus>());
    let status = status.transpose();
    if status.is_err() {
        refuse("status", "one of applied, active, paused, suspended, removed");
    }
    let night_owl = match cell("night_owl").to_lowercase().as_str() {
        "" | "no" | "false" | "0" | "n" => Some(false),
        "yes" | "true" | "1" | "y" => Some(true),
        _ => None,
    };
    if night_owl.is_none() {
        refuse("night_owl", "yes or no");
    }
    let mut places = Vec::new();
    for place in items(cell("areas")) {
        match areas::place(&place) {
            Some(place) => places.push(place),
            None => refuse("areas", "each a borough, a neighborhood, a town or a ZIP"),
        }
    }
    let mut languages = Vec::new();
    for language in items(cell("languages")) {
        match languages::code(&language) {
            Some(code) => languages.push(code.to_owned()),
            None => refuse(
                "languages",
                "a language we do not know (write its English name or its ISO 639-1 code)",
            ),
        }
    }
    let visits = visits(cell("visit_types"));
    if visits.iter().any(|visit| !VISIT_TYPES.contains(&visit.as_str())) {
        refuse("visit_types", "each one of home, office, virtual, hospital, group, phone");
    }
    let booking = cell("booking_url");
    if !booking.is_empty() && !booking.starts_with("https://") {
        refuse("booking_url", "an address that begins with https://");
    }
    match (phone, status) {
        (Ok(phone), Ok(status)) if bad.is_empty() => Ok(Row {
            line: line.number,
            name: PersonName::new(name),
            phone,
            email: told("email").map(|email| some(email).map(EmailAddress::new)),
            status,
            credentials: told("credentials").map(items),
            areas: told("areas").map(|_| places),
            languages: told("languages").map(|_| languages),
            payers: told("payers").map(list),
            visit_types: told("visit_types").map(|_| visits),
            night_owl: night_owl.filter(|_| line.has("night_owl")),
            booking_url: told("booking_url").map(|url| some(url).map(str::to_owned)),
            note: told("note").map(str::to_owned),
        }),
        _ => Err(bad),
    }
}

/// The items of a list none of which can hold a comma: people write one between them as well.
fn items(cell: &str) -> Vec<String> {
    list(&cell.replace(',', ";"))
}

/// How she sees families, by our words.
fn visits(cell: &str) -> Vec<String> {
    let visits = items(cell).into_iter().map(|visit| visit.to_lowercase());
    visits
        .map(|visit| match visit.as_str() {
            "video" | "telehealth" | "online" => "virtual".to_owned(),
            _ => visit,
        })
        .collect()
}

fn some(cell: &str) -> Option<&str> {
    Some(cell).filter(|cell| !cell.is_empty())
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !text.contains(char::is_whitespace)
            && !host.starts_with('.')
            && !host.ends_with('.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "name,phone,email,status,credentials,areas,languages,payers,visit_types,night_owl,booking_url,note\n\
        \"Ana Sample, IBCLC\",718-555-0101,ana@example.org,active,IBCLC;RN,Brooklyn;Queens,Spanish;en,Aetna,home;video,yes,https://example.org/ana,a note\n";

    #[test]
    fn a_good_row_is_read_whole() {
        let (rows, bad) = parse(GOOD.as_bytes());
        assert_eq!(bad, []);
        let row = &rows[0];
        assert_eq!(
            (row.name.reveal(), row.phone.e164(), row.line),
            ("Ana Sample, IBCLC", "+17185550101", 2)
        );
        assert_eq!(row.languages.clone().expect("languages"), ["es", "en"]);
        assert_eq!(row.visit_types.clone().expect("visits"), ["home", "virtual"]);
        assert_eq!(row.areas.clone().expect("areas"), ["Brooklyn", "Queens"]);
        assert_eq!(row.night_owl, Some(true));
        assert_eq!(row.booking_url, Some(Some("https://example.org/ana".to_owned())));
    }

    #[test]
    fn every_bad_cell_is_named_by_line_and_column_and_never_repeated() {
        let file = "name,phone,email,status,areas,languages,visit_types,night_owl,booking_url\n\
            ,12,nobody,asleep,12 Main Street,Klingon,teleport,perhaps,http://x\n\
            Beth,718-555-0102,,,,,,,\n\
            Cleo,+1 718 555 0102,,,,,,,\n\
            Dora,718-555-0103\n";
        let (rows, bad) = parse(file.as_bytes());
        let places = bad.iter().map(|bad| (bad.line, bad.column.as_str())).collect::<Vec<_>>();
        assert_eq!(rows.len(), 1);
        assert_eq!(
            places,
            [
                (2, "name"),
                (2, "phone"),
                (2, "email"),
                (2, "status"),
                (2, "night_owl"),
                (2, "areas"),
                (2, "languages"),
                (2, "visit_types"),
                (2, "booking_url"),
                (4, "phone"),
                (5, "(row)"),
            ]
        );
        let said = bad.iter().map(ToString::to_string).collect::<String>();
        for cell in ["Klingon", "nobody", "asleep", "Main", "teleport", "perhaps", "718"] {
            assert!(!said.contains(cell), "{cell}");
        }
    }

    #[test]
    fn what_a_file_has_no_column_for_it_says_nothing_of() {
        let (rows, _) = parse(b"name,phone,status,payers\nAna,7185550101,,\n");
        let row = &rows[0];
        assert_eq!((row.status, row.payers.clone()), (None, Some(Vec::new())));
        assert_eq!((&row.email, &row.note, row.night_owl), (&None, &None, None));
        assert!(row.areas.is_none() && row.languages.is_none() && row.booking_url.is_none());
    }

    #[test]
    fn places_are_named_as_they_properly_are_and_a_comma_parts_them_too() {
        let file = b"name,phone,areas,credentials,payers\n\
            Ana,7185550101,\"brooklyn, park slope;11215\",\"IBCLC, RN\",\"Aetna;Local 700\"\n";
        let (rows, bad) = parse(file);
        assert_eq!(bad, []);
        assert_eq!(rows[0].areas.clone().expect("areas"), ["Brooklyn", "Park Slope", "11215"]);
        assert_eq!(rows[0].credentials.clone().expect("credentials"), ["IBCLC", "RN"]);
        assert_eq!(rows[0].payers.clone().expect("payers"), ["Aetna", "Local 700"]);
    }

    #[test]
    fn a_header_that_is_wrong_stops_everything() {
        assert_eq!(parse(b"name,telephone\nA,1\n").1.len(), 2);
        assert_eq!(parse(b"").1.len(), 2);
    }

    #[test]
    fn what_spreadsheets_write_is_taken_as_it_comes() {
        let marked = format!("\u{feff}{}", "name\tphone\nAna\t7185550101\n");
        assert_eq!(parse(marked.as_bytes()).0.len(), 1);
        let windows = b"name,phone\nZo\xeb \x93Z\x94,7185550101\n";
        assert_eq!(parse(windows).0[0].name.reveal(), "Zoë “Z”");
    }
}
