//! Bringing members in from a CSV file: all of it or, where the chapter says so, all good rows.

use std::collections::HashMap;

use model::{
    Chance, ChapterId, EmailAddress, MemberId, MemberStatus, PersonName, Phone, Timestamp,
};
use storage::{MemberPrivate, NewMember, Profile, Store};

use crate::{
    languages,
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

const VISIT_TYPES: [&str; 6] = ["home", "office", "virtual", "hospital", "group", "phone"];

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
            line: line.number,
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
                let zone = tx.chapter(chapter).await?.map(|chapter| chapter.timezone);
                let today = zone.map(|zone| now.in_zone(&zone).date());
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
                    // What the file says of payers holds as of today, changed or not.
                    profile.payers_confirmed = today.filter(|_| !profile.payers.is_empty());
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
                    } else if let Some(known) = known {
                        tx.set_member_profile(known.id, &profile).await?;
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
    profile.payers_confirmed = known.profile.payers_confirmed;
    let same = known.name == row.name
        && known.email == row.email
        && known.status == row.status
        && known.private == row.private
        && known.profile == profile;
    if same { Change::Unchanged } else { Change::Updated }
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
