//! Members' papers, and the facts beside them, as a CSV file: a row a paper or a fact.
//!
//! A fact has one of these as its type: `dues` (`expires`: paid through), `event` (`issued`), `practice`
//! (`issued`: its first day), `conflict` and `sliding_scale` (`attrs`: the conflict, or yes).

mod book;
mod export;
mod line;

use std::{collections::HashMap, ops::Range, sync::Arc};

use model::MemberId;
use serde_json::{Value, json};
use storage::{Store, WriteTx};

pub use self::export::export_evidence;
use self::{
    book::{Book, Names},
    line::{Judged, Wanted, judged},
};
use crate::{
    Act, Bad, Imported, Result,
    facts::write_facts,
    sheet::{self, Line},
};

const COLUMNS: [(&str, bool); 10] = [
    ("member", true),
    ("type", true),
    ("attrs", false),
    ("issued", false),
    ("expires", false),
    ("status", false),
    ("verifier", false),
    ("verified_on", false),
    ("lookup", false),
    ("rejected_because", false),
];

const FACTS: [&str; 5] = ["dues", "event", "practice", "conflict", "sliding_scale"];

/// So many lines are written as one unit of work: texts wait no longer than for one of them.
const PIECE: usize = 250;

/// A file whose lines are known to be good, each with its member.
struct Sheet {
    lines: Vec<Line>,
    names: Names,
    whose: Vec<MemberId>,
}

/// Brings papers and facts in from a CSV file: all of it, or nothing where anything is bad. A paper that
/// is there already, by its member, what it shows and its day of issue, is brought up to date; what was
/// decided of it holds unless its line says otherwise. With `dry_run` nothing is kept.
///
/// The whole file is judged before anything of it is written, and then written in units of some
/// hundred lines. Where the database fails between two of them, the same file brings the rest.
///
/// # Errors
/// Where the database failed; what is bad of the file is given beside what was done.
pub async fn import_evidence(
    store: &Store,
    act: &Act,
    bytes: &[u8],
    dry_run: bool,
) -> Result<(Imported, Vec<Bad>)> {
    let (lines, bad) = sheet::read(bytes, &COLUMNS);
    if !bad.is_empty() {
        return Ok((Imported::default(), bad));
    }
    let (tried, bad, sheet) = tried(store, act, lines).await?;
    if !bad.is_empty() {
        return Ok((Imported::default(), bad));
    }
    if dry_run {
        return Ok((tried, bad));
    }
    let (sheet, mut imported) = (Arc::new(sheet), Imported::default());
    for from in (0..sheet.lines.len()).step_by(PIECE) {
        let piece = from..(from + PIECE).min(sheet.lines.len());
        let (act, sheet) = (act.clone(), Arc::clone(&sheet));
        let done = store
            .write_again(move |tx| Box::pin(async move { written(tx, &act, &sheet, piece).await }))
            .await?;
        match done {
            Ok(done) => imported.changes.extend(done),
            // Somebody decided about a paper between the look and the writing.
            Err(bad) => return Ok((imported, vec![bad])),
        }
    }
    Ok((imported, Vec::new()))
}

/// Judges a whole file without writing anything.
async fn tried(store: &Store, act: &Act, lines: Vec<Line>) -> Result<(Imported, Vec<Bad>, Sheet)> {
    let act = act.clone();
    store
        .read(move |tx| {
            Box::pin(async move {
                let names = Names::load(tx, &act).await?;
                let mut book = Book::of_chapter(tx, act.chapter).await?;
                let (mut imported, mut bad, mut whose) =
                    (Imported::default(), Vec::new(), Vec::new());
                for line in &lines {
                    match one(&names, line) {
                        Err(cell) => bad.push(cell),
                        Ok(member) => {
                            whose.push(member);
                            match judged(&act, &names, &mut book, member, line)? {
                                Ok((change, _)) => imported.changes.push((line.number, change)),
                                Err(cell) => bad.push(cell),
                            }
                        }
                    }
                }
                Ok((imported, bad, Sheet { lines, names, whose }))
            })
        })
        .await
}

/// The one member whom a line names.
fn one(names: &Names, line: &Line) -> Result<MemberId, Bad> {
    let named = names.of(line.cell("member"));
    let mut named = named.into_iter();
    match (named.next(), named.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => {
            Err(line.bad("member", "nobody of the roster has this number, e-mail address or name"))
        }
        _ => Err(line.bad("member", "several of the roster have this name: give the number")),
    }
}

/// Writes some lines, judged anew by what is known now.
async fn written(
    tx: &mut WriteTx,
    act: &Act,
    sheet: &Sheet,
    piece: Range<usize>,
) -> Result<Result<Vec<(u64, crate::Change)>, Bad>> {
    let whose = sheet.whose[piece.clone()].iter().copied().collect();
    let mut book = Book::of(tx, &whose).await?;
    let (mut changes, mut wanted) = (Vec::new(), Vec::new());
    for place in piece {
        let (line, member) = (&sheet.lines[place], sheet.whose[place]);
        let judged: Judged = judged(act, &sheet.names, &mut book, member, line);
        match judged? {
            Ok((change, write)) => {
                changes.push((line.number, change));
                wanted.extend(write);
            }
            Err(bad) => return Ok(Err(bad)),
        }
    }
    let mut facts: HashMap<MemberId, Value> = HashMap::new();
    for wanted in wanted {
        match wanted {
            Wanted::Paper(evidence) => {
                tx.add_evidence(&evidence).await?;
                let detail = json!({
                    "member": evidence.member_id, "evidence": evidence.id, "kind": evidence.kind,
                    "to": evidence.status,
                });
                act.record(tx, "evidence_imported", detail).await?;
            }
            Wanted::Instead { before, after, what } => {
                tx.save_evidence(&after).await?;
                let detail = json!({
                    "member": after.member_id, "evidence": after.id, "kind": after.kind, "by": "file",
                    "from": before, "to": after.status,
                });
                act.record(tx, what, detail).await?;
            }
            Wanted::Facts(member, content) => {
                facts.insert(member, content);
            }
        }
    }
    for (member, content) in facts {
        write_facts(tx, act, member, content).await?;
    }
    Ok(Ok(changes))
}
