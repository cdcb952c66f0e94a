//! Bringing members in from a CSV file: all of it or, where the chapter says so, all good rows.

use std::collections::HashMap;

use model::{
    Chance, ChapterId, EmailAddress, MemberId, MemberStatus, PersonName, Phone, Timestamp,
};
use storage::{MemberPrivate, NewMember, Profile, Store};

use crate::languages;

/// The columns a file may have; those marked must be there.
const COLUMNS: [(&str, bool); 12] = [
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

const VISIT_TYPES: [&str; 6] = ["home", "office", "virtual", "hospital", "group", "phone"];

/// Something that cannot be used, by line and column. It never repeats the cell.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {why}")]
pub struct Bad {
    /// The line of the file, the header being 1.
    pub line: u64,
    /// The column's name.
    pub column: String,
    /// Why, and what would be right.
    pub why: String,
}

/// A good row.
#[derive(Debug, Clone)]
pub struct Row {
    /// The line of the file.
    pub line: u64,
    /// Her name.
    pub name: PersonName,
    /// Her number.
    pub phone: Phone,
    /// Her e-mail address.
    pub email: Option<EmailAddress>,
    /// Her standing.
    pub status: MemberStatus,
    /// What she offers.
    pub profile: Profile,
    /// Her booking link and the chapter's note.
    pub private: MemberPrivate,
}

/// What an import does, or would do, to one member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// She is new.
    Added,
    /// What the roster has of her is brought up to date.
    Updated,
    /// Nothing of her changes.
    Unchanged,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// By line: what happens to whom.
    pub changes: Vec<(u64, Change)>,
}

impl Imported {
    /// How many lines come to a change.
    #[must_use]
    pub fn count(&self, of: Change) -> usize {
        self.changes.iter().filter(|(_, change)| *change == of).count()
    }
}

/// Reads a file: its good rows and everything that is bad.
///
/// A byte order mark, `;` or tab as separator, and Windows-1252 are taken as they come: spreadsheets
/// write all of them.
#[must_use]
pub fn parse(bytes: &[u8]) -> (Vec<Row>, Vec<Bad>) {
    let text = decode(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(&text))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut bad = Vec::new();
    let header = match reader.headers() {
        Ok(header) => header.iter().map(str::to_lowercase).collect::<Vec<_>>(),
        Err(_) => {
            return (
                Vec::new(),
                vec![Bad {
                    line: 1,
                    column: "(header)".to_owned(),
                    why: "the file is no CSV".to_owned(),
                }],
            );
        }
    };
    for name in &header {
        if !COLUMNS.iter().any(|(known, _)| known == name) {
            bad.push(Bad {
                line: 1,
                column: name.clone(),
                why: "there is no such column".to_owned(),
            });
        }
    }
    for (name, _) in
        COLUMNS.iter().filter(|(name, needed)| *needed && !header.iter().any(|have| have == name))
    {
        bad.push(Bad {
            line: 1,
            column: (*name).to_owned(),
            why: "the column is missing".to_owned(),
        });
    }
    if !bad.is_empty() {
        return (Vec::new(), bad);
    }
    let (mut rows, mut seen) = (Vec::new(), HashMap::new());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                bad.push(Bad {
                    line,
                    column: "(row)".to_owned(),
                    why: "the row cannot be read".to_owned(),
                });
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() != header.len() {
            let why = format!("it has {} cells and the header {}", record.len(), header.len());
            bad.push(Bad { line, column: "(row)".to_owned(), why });
            continue;
        }
        let cells: HashMap<&str, &str> =
            header.iter().map(String::as_str).zip(record.iter()).collect();
        match row(line, &cells) {
            Ok(row) => {
                if let Some(first) = seen.insert(row.phone.clone(), line) {
                    let why = format!("the same number stands on line {first}");
                    bad.push(Bad { line, column: "phone".to_owned(), why });
                } else {
                    rows.push(row);
                }
            }
            Err(cells) => bad.extend(cells),
        }
    }
    (rows, bad)
}

fn row(line: u64, cells: &HashMap<&str, &str>) -> Result<Row, Vec<Bad>> {
    let cell = |column: &str| cells.get(column).copied().unwrap_or_default();
    let mut bad = Vec::new();
    let mut refuse = |column: &str, why: &str| {
        bad.push(Bad { line, column: column.to_owned(), why: why.to_owned() });
    };
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
    let status = match cell("status") {
        "" => Ok(MemberStatus::Active),
        word => word.to_lowercase().parse::<MemberStatus>(),
    };
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
    let mut known = Vec::new();
    for language in list(cell("languages")) {
        match languages::code(&language) {
            Some(code) => known.push(code.to_owned()),
            None => refuse(
                "languages",
                "a language we do not know (write its English name or its ISO 639-1 code)",
            ),
        }
    }
    let visits =
        list(cell("visit_types")).into_iter().map(|visit| visit.to_lowercase()).map(|visit| {
            match visit.as_str() {
                "video" | "telehealth" | "online" => "virtual".to_owned(),
                _ => visit,
            }
        });
    let visits = visits.collect::<Vec<_>>();
    if visits.iter().any(|visit| !VISIT_TYPES.contains(&visit.as_str())) {
        refuse("visit_types", "each one of home, office, virtual, hospital, group, phone");
    }
    let booking = cell("booking_url");
    if !booking.is_empty() && !booking.starts_with("https://") {
        refuse("booking_url", "an address that begins with https://");
    }
    match (phone, status, night_owl) {
        (Ok(phone), Ok(status), Some(night_owl)) if bad.is_empty() => Ok(Row {
            line,
            name: PersonName::new(name),
            phone,
            email: (!email.is_empty()).then(|| EmailAddress::new(email)),
            status,
            profile: Profile {
                credentials: list(cell("credentials")),
                areas: list(cell("areas")),
                languages: known,
                payers: list(cell("payers")),
                visit_types: visits,
                night_owl,
                ..Profile::default()
            },
            private: MemberPrivate {
                booking_url: (!booking.is_empty()).then(|| booking.to_owned()),
                note: cell("note").to_owned(),
            },
        }),
        _ => Err(bad),
    }
}

/// Brings rows onto a chapter's roster, in one unit: members with a number it has are brought up to
/// date. With `dry_run` nothing is kept.
///
/// # Errors
/// What the database says; then nothing was kept.
pub async fn import(
    store: &Store,
    chapter: ChapterId,
    rows: Vec<Row>,
    dry_run: bool,
    chance: Chance,
    now: Timestamp,
) -> storage::Result<Imported> {
    if dry_run {
        return store
            .read(move |tx| {
                Box::pin(async move {
                    let mut imported = Imported::default();
                    for row in rows {
                        let known = match tx.phone_by_number(chapter, &row.phone).await? {
                            Some(phone) => tx.member_by_phone(phone.id, chapter).await?,
                            None => None,
                        };
                        imported.changes.push((row.line, change(known.as_ref(), &row)));
                    }
                    Ok(imported)
                })
            })
            .await;
    }
    store
        .write(move |tx| {
            Box::pin(async move {
                let mut imported = Imported::default();
                for row in rows {
                    let phone = tx.phone_for(chapter, &row.phone, now, &chance).await?;
                    let known = tx.member_by_phone(phone.id, chapter).await?;
                    let change = change(known.as_ref(), &row);
                    // What a member decided for herself by text is hers: a file does not undo it.
                    let mut profile = row.profile;
                    if let Some(known) = &known {
                        profile.quiet_days.clone_from(&known.profile.quiet_days);
                        profile.exclude_areas.clone_from(&known.profile.exclude_areas);
                    }
                    if change != Change::Unchanged {
                        tx.put_member(&NewMember {
                            id: MemberId::generate(now, &chance),
                            chapter_id: chapter,
                            phone_id: phone.id,
                            name: row.name,
                            email: row.email,
                            private: row.private,
                            status: row.status,
                            profile,
                            now,
                        })
                        .await?;
                    }
                    imported.changes.push((row.line, change));
                }
                Ok(imported)
            })
        })
        .await
}

fn change(known: Option<&storage::Member>, row: &Row) -> Change {
    let Some(known) = known else { return Change::Added };
    let mut profile = row.profile.clone();
    profile.quiet_days.clone_from(&known.profile.quiet_days);
    profile.exclude_areas.clone_from(&known.profile.exclude_areas);
    let same = known.name == row.name
        && known.email == row.email
        && known.status == row.status
        && known.private == row.private
        && known.profile == profile;
    if same { Change::Unchanged } else { Change::Updated }
}

fn list(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
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

/// UTF-8 with or without its mark; else Windows-1252, as older spreadsheets write it.
fn decode(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().map(|&byte| windows_1252(byte)).collect(), str::to_owned)
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž',
        '\u{8f}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}',
        'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// The separator of the header: lists inside cells are `;`-separated, so a comma or tab wins.
fn separator(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    [b',', b'\t', b';']
        .into_iter()
        .find(|&separator| header.bytes().any(|byte| byte == separator))
        .unwrap_or(b',')
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
        assert_eq!(row.profile.languages, ["es", "en"]);
        assert_eq!(row.profile.visit_types, ["home", "virtual"]);
        assert_eq!(row.profile.areas, ["Brooklyn", "Queens"]);
        assert!(row.profile.night_owl);
        assert_eq!(row.private.booking_url.as_deref(), Some("https://example.org/ana"));
    }

    #[test]
    fn every_bad_cell_is_named_by_line_and_column_and_never_repeated() {
        let file = "name,phone,email,status,languages,visit_types,night_owl,booking_url\n\
            ,12,nobody,asleep,Klingon,teleport,perhaps,http://x\n\
            Beth,718-555-0102,,,,,,\n\
            Cleo,+1 718 555 0102,,,,,,\n\
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
                (2, "languages"),
                (2, "visit_types"),
                (2, "booking_url"),
                (4, "phone"),
                (5, "(row)"),
            ]
        );
        let said = bad.iter().map(ToString::to_string).collect::<String>();
        for cell in ["Klingon", "nobody", "asleep", "teleport", "perhaps", "718"] {
            assert!(!said.contains(cell), "{cell}");
        }
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
