//! CSV files as spreadsheets write them, read with every fault named by its place, and written so
//! that a spreadsheet takes no cell for a formula.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use storage::{Store, WriteTx};

use crate::{Error, Imported, Result};

/// What begins a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A file may have so many rows.
const MOST: usize = 20_000;

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

/// A row of a file, its cells by the columns of the header.
pub(crate) struct Line {
    /// The line of the file, the header being 1.
    pub(crate) number: u64,
    cells: HashMap<String, String>,
}

impl Line {
    /// The cell of a column; empty where the file has no such column.
    pub(crate) fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }

    /// Whether the file has this column.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.cells.contains_key(column)
    }

    /// The cell of a column that says something.
    pub(crate) fn told(&self, column: &str) -> Option<&str> {
        Some(self.cell(column)).filter(|cell| !cell.is_empty())
    }

    /// What is wrong with one of its cells.
    pub(crate) fn bad(&self, column: &str, why: impl Into<String>) -> Bad {
        Bad { line: self.number, column: column.to_owned(), why: why.into() }
    }
}

/// Reads a file with some of these columns; those marked must be there. Gives its rows and what is
/// wrong with the file as such; where the header is, there are no rows.
///
/// A byte order mark, `;` or tab as separator, and Windows-1252 are taken as they come: spreadsheets
/// write all of them.
pub(crate) fn read(bytes: &[u8], columns: &[(&str, bool)]) -> (Vec<Line>, Vec<Bad>) {
    let text = as_text(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator(&text))
        .trim(csv::Trim::All)
        .flexible(true)
        .from_reader(text.as_bytes());
    let of_header =
        |column: &str, why: &str| Bad { line: 1, column: column.to_owned(), why: why.to_owned() };
    let header = match reader.headers() {
        Ok(header) => header.iter().map(str::to_lowercase).collect::<Vec<_>>(),
        Err(_) => return (Vec::new(), vec![of_header("(header)", "the file is no CSV")]),
    };
    let unknown = header.iter().filter(|name| !columns.iter().any(|(known, _)| known == name));
    let mut bad: Vec<_> = unknown.map(|name| of_header(name, "there is no such column")).collect();
    let missing =
        columns.iter().filter(|(name, needed)| *needed && !header.iter().any(|have| have == name));
    bad.extend(missing.map(|(name, _)| of_header(name, "the column is missing")));
    if !bad.is_empty() {
        return (Vec::new(), bad);
    }
    let mut lines = Vec::new();
    for record in reader.records() {
        let of_row = |line, why| Bad { line, column: "(row)".to_owned(), why };
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                bad.push(of_row(line, "the row cannot be read".to_owned()));
                continue;
            }
        };
        let number = record.position().map_or(0, csv::Position::line);
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() != header.len() {
            let why = format!("it has {} cells and the header {}", record.len(), header.len());
            bad.push(of_row(number, why));
            continue;
        }
        if lines.len() == MOST {
            let why = format!("it has more than {MOST} rows: bring it in as several files");
            return (Vec::new(), vec![Bad { line: number, column: "(file)".to_owned(), why }]);
        }
        let cells = header
            .iter()
            .cloned()
            .zip(record.iter().map(|cell| taken_back(cell).to_owned()))
            .collect();
        lines.push(Line { number, cells });
    }
    (lines, bad)
}

/// Writes a file.
pub(crate) fn write<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    csv_rows([header.map(str::to_owned)]) + &csv_rows(rows)
}

/// Writes rows of a sheet. Cells that a spreadsheet would take for a formula are defused.
pub fn csv_rows<const N: usize>(rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut file = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // Writing into memory cannot fail.
        let _ = file.write_record(row.map(|cell| defused(&cell)));
    }
    String::from_utf8(file.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A number keeps its plus: nothing that begins with a plus and goes on in digits is a formula. One
/// more apostrophe stands before a cell that looks defused as it is, so that it is read as it was.
fn defused(cell: &str) -> String {
    let number =
        cell.strip_prefix('+').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    if !number && cell.trim_start_matches('\'').starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// A cell without the apostrophe that defused it.
fn taken_back(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'');
    bare.filter(|bare| bare.trim_start_matches('\'').starts_with(FORMULA)).unwrap_or(cell)
}

/// The items of a cell that holds a list.
pub(crate) fn list(cell: &str) -> Vec<String> {
    cell.split(';').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// A file as text: UTF-8 with or without its mark; else Windows-1252, as older spreadsheets write it.
#[must_use]
pub fn as_text(bytes: &[u8]) -> String {
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

/// What an import comes to: what it did or would do, and what is bad.
pub(crate) type Outcome = (Imported, Vec<Bad>);

/// Brings a file in as one unit of work. Where anything is bad, or only a try was asked for, nothing of
/// it is kept.
pub(crate) async fn all_or_nothing<F>(store: &Store, dry_run: bool, work: F) -> Result<Outcome>
where
    F: for<'t> FnOnce(&'t mut WriteTx) -> BoxFuture<'t, Result<Outcome>> + Clone + Send + 'static,
{
    /// What stops a unit: a fault, or that nothing is to be kept.
    enum Stop {
        Failed(Error),
        NotKept(Outcome),
    }
    impl From<storage::Error> for Stop {
        fn from(error: storage::Error) -> Self {
            Self::Failed(error.into())
        }
    }
    let done = store
        .write_again(move |tx| {
            Box::pin(async move {
                let (imported, bad) = work(tx).await.map_err(Stop::Failed)?;
                if !bad.is_empty() {
                    return Err(Stop::NotKept((Imported::default(), bad)));
                }
                if dry_run {
                    return Err(Stop::NotKept((imported, bad)));
                }
                Ok((imported, bad))
            })
        })
        .await;
    match done {
        Ok(outcome) | Err(Stop::NotKept(outcome)) => Ok(outcome),
        Err(Stop::Failed(error)) => Err(error),
    }
}
