//! A backup as a file: two lines that anybody can read, the rows compressed, and a stamp at the end.
//!
//! ```text
//! latchline backup 1
//! {"program":"0.1.0","schema":2,"database":"sqlite","taken_at":"...","keys":["1:..."],"rows":{"lines":1,...}}
//! gzip: {"table":"lines","columns":["id",...]}, then an array a row; so for each table
//! 32 bytes: HMAC-SHA-256 of everything before it, with a key derived from the oldest of the ring
//! ```
//!
//! It is the same whichever database it was taken from, and can be restored into either. What is
//! sealed in the database is sealed in it.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{self, BufRead, BufReader, Read, Seek as _, SeekFrom, Take, Write},
};

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use hmac::{Hmac, Mac as _};
use model::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{
    BackupError,
    tables::{Cell, Kind},
};
use crate::Vault;

const NAME: &str = "latchline backup ";
/// The form of the file that this program writes, and the newest it reads.
const FORMAT: u32 = 1;
const STAMP: u64 = 32;
/// No header is longer than that: what has no line end by then is something else.
const HEADER: u64 = 1 << 20;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    /// The version of the program that made it.
    pub(super) program: String,
    /// The version of its tables.
    pub(super) schema: i64,
    /// From which kind of database.
    pub(super) database: String,
    /// When.
    pub(super) taken_at: Timestamp,
    /// What the keys were that seal its contents.
    pub(super) keys: Vec<String>,
    /// How many rows of each table it holds.
    pub(super) rows: BTreeMap<String, u64>,
}

/// Counts and stamps what passes through.
struct Stamping<W> {
    out: W,
    stamp: Hmac<Sha256>,
    bytes: u64,
}

impl<W: Write> Write for Stamping<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.stamp.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A backup being written.
pub(super) struct Writing<W: Write>(GzEncoder<Stamping<W>>);

impl<W: Write> Writing<W> {
    pub(super) fn begin(out: W, vault: &Vault, header: &Header) -> Result<Self, BackupError> {
        let stamp = vault.stamp().ok_or(BackupError::OtherKey)?;
        let mut out = Stamping { out, stamp, bytes: 0 };
        let header = serde_json::to_string(header).map_err(io::Error::from)?;
        out.write_all(format!("{NAME}{FORMAT}\n{header}\n").as_bytes())?;
        Ok(Self(GzEncoder::new(out, Compression::default())))
    }

    pub(super) fn table(&mut self, name: &str, columns: &[&str]) -> io::Result<()> {
        self.line(&json!({"table": name, "columns": columns}))
    }

    pub(super) fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        self.line(&Value::Array(cells.iter().map(to_json).collect()))
    }

    fn line(&mut self, value: &Value) -> io::Result<()> {
        serde_json::to_writer(&mut self.0, value)?;
        self.0.write_all(b"\n")
    }

    /// Ends the file; gives how long it has become.
    pub(super) fn finish(self) -> io::Result<u64> {
        let Stamping { mut out, stamp, bytes } = self.0.finish()?;
        out.write_all(&stamp.finalize().into_bytes())?;
        out.flush()?;
        Ok(bytes + STAMP)
    }
}

/// Reads the two lines at the beginning; `NotABackup` where there are none such.
fn header(file: &mut impl BufRead) -> Result<Header, BackupError> {
    let mut lines = file.take(HEADER);
    let (mut name, mut header) = (Vec::new(), Vec::new());
    lines.read_until(b'\n', &mut name)?;
    let name = String::from_utf8(name).map_err(|_| BackupError::NotABackup)?;
    let form = name.strip_prefix(NAME).and_then(|form| form.strip_suffix('\n'));
    let form: u32 = form.and_then(|form| form.parse().ok()).ok_or(BackupError::NotABackup)?;
    if form > FORMAT {
        return Err(BackupError::NewerForm(form));
    }
    lines.read_until(b'\n', &mut header)?;
    serde_json::from_slice(&header).map_err(|_| BackupError::Damaged)
}

/// Makes sure that a file is a whole backup, made with one of these keys; gives what it says of itself.
pub(super) fn check(file: &mut File, vault: &Vault, newest: i64) -> Result<Header, BackupError> {
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let header = header(&mut BufReader::new(&mut *file))?;
    if header.schema > newest {
        return Err(BackupError::NewerTables { program: header.program, schema: header.schema });
    }
    if !header.keys.iter().all(|key| vault.fingerprints().contains(key)) {
        return Err(BackupError::OtherKey);
    }
    file.rewind()?;
    let content = length.checked_sub(STAMP).ok_or(BackupError::Damaged)?;
    let mut stamp = vault.stamp().ok_or(BackupError::OtherKey)?;
    let mut rest = BufReader::new(&mut *file).take(content);
    let mut piece = vec![0; 1 << 16];
    loop {
        match rest.read(&mut piece)? {
            0 => break,
            read => stamp.update(&piece[..read]),
        }
    }
    let mut found = Vec::new();
    rest.into_inner().read_to_end(&mut found)?;
    stamp.verify_slice(&found).map_err(|_| BackupError::Damaged)?;
    Ok(header)
}

/// A line of a backup's contents.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Line {
    Table { table: String, columns: Vec<String> },
    Row(Vec<Value>),
}

/// A checked backup being read.
pub(super) struct Reading(BufReader<GzDecoder<Take<BufReader<File>>>>);

impl Reading {
    pub(super) fn begin(mut file: File) -> Result<Self, BackupError> {
        let length = file.seek(SeekFrom::End(0))?;
        file.rewind()?;
        let mut file = BufReader::new(file);
        header(&mut file)?;
        let content = length.saturating_sub(STAMP).saturating_sub(file.stream_position()?);
        Ok(Self(BufReader::new(GzDecoder::new(file.take(content)))))
    }

    pub(super) fn line(&mut self) -> Result<Option<Line>, BackupError> {
        let mut line = Vec::new();
        if self.0.read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        serde_json::from_slice(&line).map(Some).map_err(|_| BackupError::Damaged)
    }
}

fn to_json(cell: &Cell) -> Value {
    match cell {
        Cell::Id(id) => json!(id),
        Cell::Text(text) => json!(text),
        Cell::Instant(at) => json!(at.map(Timestamp::to_text)),
        Cell::Number(number) => json!(number),
        Cell::Truth(truth) => json!(truth),
        // A document that is null is none: the tables know no other.
        Cell::Document(document) => document.clone().unwrap_or(Value::Null),
        Cell::Bytes(bytes) => json!(bytes.as_ref().map(|bytes| BASE64.encode(bytes))),
    }
}

/// A value of this kind; `None` where it is something else.
pub(super) fn from_json(value: Value, kind: Kind) -> Option<Cell> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Some(if value.is_null() {
        match kind {
            Kind::Id => Cell::Id(None),
            Kind::Text => Cell::Text(None),
            Kind::Instant => Cell::Instant(None),
            Kind::Number => Cell::Number(None),
            Kind::Truth => Cell::Truth(None),
            Kind::Document => Cell::Document(None),
            Kind::Bytes => Cell::Bytes(None),
        }
    } else {
        match kind {
            Kind::Id => Cell::Id(Some(text(&value)?.parse().ok()?)),
            Kind::Text => Cell::Text(Some(text(&value)?)),
            Kind::Instant => Cell::Instant(Some(text(&value)?.parse().ok()?)),
            Kind::Number => Cell::Number(Some(value.as_i64()?)),
            Kind::Truth => Cell::Truth(Some(value.as_bool()?)),
            Kind::Document => Cell::Document(Some(value)),
            Kind::Bytes => Cell::Bytes(Some(BASE64.decode(text(&value)?).ok()?)),
        }
    })
}
